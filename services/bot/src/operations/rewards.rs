//! Rewards for joining channels: written down before the money moves, under an id that stays, so that a repetition and a
//! crash bring it once; taken back, where the settings say so, from whoever leaves soon.

use contract::failure::Failure;
use futures_util::future::join_all;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;

use crate::bot::Bot;
use crate::store::channel_rewards::{self as store, Reward};
use crate::subscriptions::{Channel, Membership};

/// Rewards looked at in one round.
pub const BATCH: i64 = 50;
/// Between two looks whether somebody is still there.
const CHECKED_EVERY_HOURS: i32 = 6;

/// The channels, and for which of them somebody was rewarded.
#[derive(Debug, Clone)]
pub struct Standing {
    /// In the order of the settings.
    pub channels: Vec<(Channel, bool)>,
    /// What was brought just now.
    pub credited: Money,
}

/// How a person stands.
///
/// # Errors
/// The database cannot be asked now.
pub async fn list(bot: &Bot, person: PersonId) -> Result<Standing, Failure> {
    let granted = store::list_granted(&bot.pool, person).await.map_err(chassis::sql::failure)?;
    let rewarded = |channel: &Channel| (channel.clone(), granted.contains(&channel.key()));
    let channels = bot.rewards.channels.iter().map(rewarded).collect();
    Ok(Standing { channels, credited: Money::new(0, bot.rewards.amount.currency) })
}

/// Rewards a person for the channels that they are in now and were not rewarded for.
///
/// # Errors
/// The database or payments cannot be asked now: repeated, it goes on.
pub async fn claim(bot: &Bot, person: PersonId) -> Result<Standing, Failure> {
    let before = list(bot, person).await?;
    if !bot.rewards.is_on() {
        return Ok(before);
    }
    let open = before.channels.iter().filter(|(_, is_rewarded)| !is_rewarded);
    let asked = open.map(|(channel, _)| async move {
        let membership = bot.subscriptions.ask(channel, person).await;
        (channel, membership)
    });
    let mut credited = before.credited;
    for (channel, membership) in join_all(asked).await {
        if membership != Membership::In {
            continue;
        }
        let reward = Reward {
            person,
            channel: channel.key(),
            transfer: TransferId::fresh(&bot.clock),
            amount: bot.rewards.amount,
        };
        let kept = store::keep(&bot.pool, &reward).await.map_err(chassis::sql::failure)?;
        if grant(bot, &kept).await? {
            credited = credited.plus(kept.amount).unwrap_or(credited);
        }
    }
    Ok(Standing { credited, ..list(bot, person).await? })
}

/// Brings the money of rewards that a crash left without it.
///
/// # Errors
/// The database or payments cannot be asked now.
pub async fn finish(bot: &Bot) -> Result<(), Failure> {
    let unfinished = store::list_unfinished(&bot.pool, BATCH).await;
    for reward in unfinished.map_err(chassis::sql::failure)? {
        grant(bot, &reward).await?;
    }
    Ok(())
}

/// Takes back what is left of rewards whose people have left their channels; how many were looked at. While Telegram
/// does not say who is where, nobody loses anything.
///
/// # Errors
/// The database or payments cannot be asked now.
pub async fn take_back(bot: &Bot) -> Result<usize, Failure> {
    let days = i32::try_from(bot.rewards.take_back_days).unwrap_or(i32::MAX);
    let due = store::take_to_check(&bot.pool, days, CHECKED_EVERY_HOURS, BATCH).await;
    let due = due.map_err(chassis::sql::failure)?;
    for reward in &due {
        let is_it = |channel: &&Channel| channel.key() == reward.channel;
        let Some(channel) = bot.rewards.channels.iter().find(is_it) else { continue };
        if bot.subscriptions.ask(channel, reward.person).await != Membership::Out {
            continue;
        }
        let fresh = TransferId::fresh(&bot.clock);
        let id = store::keep_take_back(&bot.pool, reward, fresh).await;
        let id = id.map_err(chassis::sql::failure)?;
        let taken = bot.own_peers().take_back_grant(id, reward.transfer).await?;
        store::mark_taken_back(&bot.pool, reward).await.map_err(chassis::sql::failure)?;
        tracing::info!(person = ?reward.person, channel = reward.channel, minor = taken.minor,
            "a reward was taken back");
    }
    Ok(due.len())
}

/// Whether the money has come by this call, and not before.
async fn grant(bot: &Bot, reward: &Reward) -> Result<bool, Failure> {
    let Reward { person, channel, transfer, amount } = reward;
    bot.own_peers().grant_reward(*person, *transfer, *amount, channel).await?;
    let is_new = store::mark_granted(&bot.pool, reward).await.map_err(chassis::sql::failure)?;
    bot.intents.credited(*person).await;
    Ok(is_new)
}
