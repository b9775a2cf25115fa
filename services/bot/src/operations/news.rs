//! The news channel: a post about fresh stock, and what the owner is told when the channel does not take it.

use std::time::Duration;

use contract::actor::Actor;
use contract::common::Permission;
use contract::failure::Failure;
use kernel::backoff::Backoff;
use kernel::ids::PersonId;
use telegram::{ApiError, Trouble};

use crate::bot::Bot;
use crate::item_link;
use crate::news_channel::NewsChannel;
use crate::operations::restocks::{self, Restock};
use crate::outbound::{ChannelHint, Notice};
use crate::peers::Peers;
use crate::peers::catalog::{Item, Stock};
use crate::screen::{Key, View};
use crate::texts::Texts;

/// A turn of the limiter is waited for so long.
const TURN_MAX: Duration = Duration::from_secs(5);
const RETRY: Backoff = Backoff { first: Duration::from_secs(5), cap: Duration::from_mins(10) };
/// News that could not be told so often is no news any more.
const ATTEMPTS_MAX: u32 = 12;

/// Posts a bundle of fresh stock; without a channel there is nothing to post.
///
/// # Errors
/// The database's or inventory's; the bundle is claimed again.
pub async fn tell(bot: &Bot, restock: &Restock) -> Result<(), Failure> {
    let Some(channel) = &bot.channel else {
        return restocks::posted(&bot.pool, restock, None).await;
    };
    let item = match anybody(bot).get_item(restock.item).await {
        // Switched to unlimited meanwhile, and nobody has set its value.
        Ok(item) if item.stock == Stock::NoValue => {
            return restocks::posted(&bot.pool, restock, None).await;
        }
        Ok(item) => item,
        // Archived meanwhile.
        Err(failure) if failure.code() == "inventory.item_missing" => {
            return restocks::posted(&bot.pool, restock, None).await;
        }
        Err(failure) => return Err(failure),
    };
    let Some(name) = bot.username().await else { return later(bot, restock, None).await };
    let view = post(Texts::of(bot.locale), &item, restock.units, &item_link::to(&name, item.id));
    let id = match channel.id(bot.renderer.client()).await {
        Ok(id) => id,
        Err(error) => return refused(bot, restock, channel, &error).await,
    };
    let limiter = bot.renderer.limiter();
    if limiter.queued_within(PersonId(id), TURN_MAX).await.is_err() {
        return later(bot, restock, None).await;
    }
    match bot.renderer.post(id, &view).await {
        Ok(()) => restocks::posted(&bot.pool, restock, None).await,
        Err(error) => refused(bot, restock, channel, &error).await,
    }
}

/// The catalogue is open to every person: the bot looks at it as one.
fn anybody(bot: &Bot) -> Peers {
    let id = PersonId(bot.renderer.client().bot_id());
    let bits = u32::try_from(i32::from(Permission::Use)).unwrap_or_default();
    Peers::new(bot.wires.clone(), bot.keys.caller(&Actor::Person { id, bits }))
}

fn post(texts: &'static Texts, item: &Item, units: i64, link: &str) -> View {
    let text = if item.stock.is_unlimited() {
        texts.news_unlimited(&item.name)
    } else {
        texts.news_restock(&item.name, units.unsigned_abs())
    };
    View::new(text).row([Key::url(texts.key_news_open(), link)])
}

async fn refused(
    bot: &Bot,
    restock: &Restock,
    channel: &NewsChannel,
    error: &ApiError,
) -> Result<(), Failure> {
    let trouble = error.trouble();
    if !trouble.is_permanent() || *trouble == Trouble::Unauthorized {
        return later(bot, restock, trouble.retry_after()).await;
    }
    tracing::warn!(%error, %channel, "the news channel was not told");
    let (channel, hint) = (channel.to_string(), ChannelHint::of(trouble));
    let notice = Notice::ChannelTrouble { channel, hint };
    restocks::posted(&bot.pool, restock, bot.owner.map(|owner| notice.row(owner))).await
}

async fn later(bot: &Bot, restock: &Restock, asked: Option<Duration>) -> Result<(), Failure> {
    if restock.attempts >= ATTEMPTS_MAX {
        tracing::warn!(item = ?restock.item, "news were given up");
        return restocks::posted(&bot.pool, restock, None).await;
    }
    let delay = RETRY.after(restock.attempts, restock.id.unsigned_abs());
    restocks::postpone_post(&bot.pool, restock, asked.unwrap_or_default().max(delay)).await
}
