//! Tells the channel of user data of new people, several in a message; runs only where the owner has named one.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::failure::Failure;
use durable::jobs::{self, Round};
use kernel::ids::PersonId;
use telegram::SendMessage;

use crate::bot::Bot;
use crate::chat;
use crate::format::Format;
use crate::operations::registrations::{self, Registration};
use crate::texts::Texts;
use crate::user_data::NewcomerChannel;

const PERIOD: Duration = Duration::from_secs(10);
/// Lines of a message.
const BATCH: i64 = 40;
/// A turn of the limiter is waited for so long.
const TURN_MAX: Duration = Duration::from_secs(5);

/// Runs it every ten seconds.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let Some(data) = bot.user_data.clone() else { return };
    let bot = bot.clone();
    jobs::every(lifecycle, "post_registrations", PERIOD, move || {
        let (bot, data) = (bot.clone(), data.clone());
        async move { post(&bot, &data).await }
    });
}

async fn post(bot: &Bot, data: &NewcomerChannel) -> Result<Round, Failure> {
    let limiter = bot.renderer.limiter();
    if limiter.queued_within(PersonId(data.channel), TURN_MAX).await.is_err() {
        return Ok(Round::Done);
    }
    let batch = registrations::claim(&bot.pool, BATCH).await?;
    if batch.is_empty() {
        return Ok(Round::Done);
    }
    let message = SendMessage::plain(data.channel, words(bot, data, &batch));
    if let Err(error) = bot.renderer.client().send_message(&message).await {
        registrations::give_back(&bot.pool, &batch).await?;
        return Err(chat::unavailable(&error));
    }
    Ok(Round::of(batch.len(), usize::try_from(BATCH).unwrap_or(usize::MAX)))
}

fn words(bot: &Bot, data: &NewcomerChannel, batch: &[Registration]) -> String {
    let texts = Texts::of(bot.locale);
    let format = Format::new(bot.locale, bot.zone.clone());
    let mut words = texts.plain_new_people().into_owned();
    for registration in batch {
        let locale = registration.locale.as_deref().unwrap_or(bot.locale.tag());
        let (who, at) = (data.pseudonym(registration.person), format.time(registration.at));
        words.push_str("\n• ");
        words.push_str(&[who.as_str(), locale, at.as_str()].join(" · "));
    }
    words
}
