//! Shows whoever sent a broadcast how far it is: one message with a bar, brought up to date in its place until the end.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::failure::Failure;
use durable::jobs::{self, Round};
use telegram::{ApiError, Trouble};

use crate::bot::Bot;
use crate::broadcast::{Broadcast, State};
use crate::operations::broadcasting::{self, Shows, Untold};
use crate::operations::broadcasts;
use crate::screens::{self, Broadcasts};

const PERIOD: Duration = Duration::from_secs(1);
/// A message that changes more often only costs turns.
const AGE: Duration = Duration::from_secs(2);
/// A turn of the limiter is waited for so long.
const TURN_MAX: Duration = Duration::from_secs(2);
/// What was under way when somebody stopped it has ended by then.
const SETTLED_AFTER: Duration = Duration::from_secs(5);
/// Stands for a message that was taken away: nobody wants to see it.
const GONE: i64 = 0;

/// Runs it every second.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let bot = bot.clone();
    jobs::every(lifecycle, "show_progress", PERIOD, move || {
        let bot = bot.clone();
        async move {
            for untold in broadcasting::take_untold(&bot.pool, AGE).await? {
                show(&bot, untold).await?;
            }
            Ok(Round::Done)
        }
    });
}

async fn show(bot: &Bot, untold: Untold) -> Result<(), Failure> {
    let broadcast = broadcasts::get(bot, untold.id).await?;
    let is_over = is_over(bot, &broadcast);
    let shown = match bot.people.find(untold.author).await? {
        // The question whether to stop it may stand in the very message.
        Some(_) if !is_over && is_asked(bot, untold).await => return Ok(()),
        Some(person) if untold.message_id != Some(GONE) => {
            let view = screens::broadcast_progress(&bot.cx(person).await, &broadcast);
            let limiter = bot.renderer.limiter();
            if limiter.queued_within(untold.author, TURN_MAX).await.is_err() {
                return Ok(());
            }
            match untold.message_id {
                None => bot.renderer.send_text(untold.author, &view).await.map(Some),
                Some(id) => bot.renderer.revise(untold.author, id, &view).await.map(|()| Some(id)),
            }
        }
        // Whoever sent it has left, or does not want to know.
        _ => Ok(Some(GONE)),
    };
    let message_id = match shown {
        Ok(message_id) => message_id,
        Err(error) if is_final(&error) => Some(GONE),
        Err(error) => {
            tracing::debug!(%error, "how far a broadcast is cannot be shown now");
            if let Some(length) = error.trouble().retry_after() {
                bot.renderer.limiter().hold(untold.author, length);
            }
            return Ok(());
        }
    };
    let shows = if is_over { Shows::End } else { Shows::Progress };
    broadcasting::told(&bot.pool, untold.id, message_id, shows).await
}

async fn is_asked(bot: &Bot, untold: Untold) -> bool {
    let question = Broadcasts::AskCancel { broadcast: untold.id };
    let open = bot.dialogues.find(untold.author).await;
    open.is_some_and(|asks| asks.screen == question.into())
}

/// Nothing about it changes any more.
fn is_over(bot: &Bot, broadcast: &Broadcast) -> bool {
    let Some(finished_at) = broadcast.finished_at else { return false };
    let age = bot.clock.now().as_second().saturating_sub(finished_at.as_second());
    let is_settled = u64::try_from(age).is_ok_and(|age| age >= SETTLED_AFTER.as_secs());
    broadcast.state == State::Done || is_settled
}

fn is_final(error: &ApiError) -> bool {
    error.trouble().is_permanent() && *error.trouble() != Trouble::Unauthorized
}
