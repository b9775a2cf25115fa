//! Finishing what was claimed: looks at the wallet, asks for the order, and says how it ended.

use std::time::Duration;

use contract::failure::{Failure, Kind};
use contract::trace;
use durable::jobs::Round;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use kernel::backoff::Backoff;
use tracing::Instrument;

use crate::bot::Bot;
use crate::intents::Intent;
use crate::operations::intents::{self, Row, State};
use crate::outbound::{Message, Notice, Stop};
use crate::peers::carts::Checkout;
use crate::peers::orders::{Order, OrderState};
use crate::screen::Cx;
use crate::screens::agreed::{Agreed, Source};

/// Taken up at once.
const BATCH: i64 = 16;
/// Longer than all calls of one of them together; should it be exceeded, two ask for one order.
const LEASE: Duration = Duration::from_secs(20);
/// What nobody could answer is asked again after this.
const RETRY: Backoff = Backoff { first: Duration::from_secs(1), cap: Duration::from_mins(1) };

/// How one of them ends.
enum End {
    /// The order has delivered.
    Bought,
    /// Nothing was charged.
    Stopped(Stop),
    /// There is not enough yet.
    TooLittle,
    /// Nobody knows yet: the same is asked again.
    Unknown(Failure),
    /// Its buyer is shut out: nothing is bought, and nothing said.
    ShutOut,
    /// The shop is closed now.
    Closed,
}

/// Takes up those that are due and brings each as far as it gets.
///
/// # Errors
/// The database cannot be asked now.
pub async fn finish_due(bot: &Bot) -> Result<Round, Failure> {
    let rows = intents::take(&bot.pool, BATCH, LEASE).await?;
    let taken = rows.len();
    let mut under_way = FuturesUnordered::new();
    for row in rows {
        let span = tracing::info_span!("intent", order = ?row.order);
        trace::resume(&span, &row.traceparent);
        under_way.push(async move { finish(bot, &row).await }.instrument(span));
    }
    while let Some(finished) = under_way.next().await {
        if let Err(failure) = finished {
            // The lease runs out by itself.
            tracing::warn!(%failure, "how a purchase went on was not written");
        }
    }
    Ok(Round::of(taken, usize::try_from(BATCH).unwrap_or(usize::MAX)))
}

async fn finish(bot: &Bot, row: &Row) -> Result<(), Failure> {
    let end = match outcome(bot, row).await {
        Ok(end) => end,
        Err(failure) => End::Unknown(failure),
    };
    let name = match &end {
        End::Bought => "bought",
        End::Stopped(_) => "stopped",
        End::TooLittle => "too_little",
        End::Unknown(_) => "unknown",
        End::ShutOut => "shut_out",
        End::Closed => "closed",
    };
    metrics::counter!("bodega_bot_intents_total", "outcome" => name).increment(1);
    let (pool, order) = (&bot.pool, row.order);
    let delay = RETRY.after(row.attempts.unsigned_abs(), order.0.as_u64_pair().1);
    match end {
        End::Bought => {
            let goods = Notice::Goods { order }.row(row.person);
            let goods = Message { delay: Duration::ZERO, ..goods };
            close(bot, row, State::Bought, Some(goods)).await
        }
        End::Stopped(why) => {
            tracing::info!(?order, ?why, "a purchase that waited for money came to nothing");
            let notice = Notice::Stopped { order, why }.row(row.person);
            close(bot, row, State::Stopped, Some(notice)).await
        }
        End::ShutOut => close(bot, row, State::Stopped, None).await,
        End::TooLittle => intents::give_back(pool, row).await,
        End::Closed => intents::postpone(pool, order, delay).await,
        End::Unknown(failure) => {
            tracing::warn!(?order, %failure, "a purchase that waited for money is asked for again");
            intents::postpone(pool, order, delay).await
        }
    }
}

async fn close(
    bot: &Bot,
    row: &Row,
    state: State,
    message: Option<Message>,
) -> Result<(), Failure> {
    let message = message.map(|it| Message { traceparent: row.traceparent.clone(), ..it });
    intents::end(&bot.pool, row.order, state, message).await?;
    bot.queued.notify_one();
    Ok(())
}

async fn outcome(bot: &Bot, row: &Row) -> Result<End, Failure> {
    let Some(person) = bot.people.find(row.person).await? else { return Ok(End::ShutOut) };
    let intent = Intent::try_from(row.clone())?;
    // Not beside a press of the same person.
    let _turn = bot.turns.wait(row.person).await;
    let cx = bot.cx(person).await;
    if !row.is_placed {
        if bot.is_shut_out(&cx) {
            return Ok(End::ShutOut);
        }
        if bot.maintenance.closed_to(&cx).is_some() {
            return Ok(End::Closed);
        }
        if cx.peers.get_wallet().await?.available.minor < intent.agreed.total.minor {
            return Ok(End::TooLittle);
        }
        intents::note_placed(&bot.pool, row.order).await?;
    }
    Ok(buy(&cx, &intent.agreed).await)
}

/// Asks for the order, under the id that it had from the beginning.
async fn buy(cx: &Cx, agreed: &Agreed) -> End {
    let answer = match (agreed.source, agreed.lines.as_slice()) {
        (Source::Card, [line]) => {
            cx.peers.place_discounted(agreed.order, line).await.map(Checkout::Ordered)
        }
        _ => cx.peers.check_out(agreed.order, &agreed.lines).await,
    };
    match answer {
        Ok(Checkout::Ordered(order)) => ended(&order),
        Ok(Checkout::Changed(differences)) => End::Stopped(Stop::Changed { differences }),
        Err(failure) => refused(cx, failure),
    }
}

fn ended(order: &Order) -> End {
    match order.state {
        OrderState::Delivered => End::Bought,
        OrderState::Released => {
            let why = Failure::new(Kind::Conflict, &order.release_reason);
            End::Stopped(Stop::refused(&why))
        }
        OrderState::Open => End::Unknown(Order::still_open()),
    }
}

fn refused(cx: &Cx, failure: Failure) -> End {
    let now = failure.data("price_minor").and_then(|text| text.parse().ok());
    match (failure.code(), now) {
        // Where only what a code takes off has moved, the question says what it costs now.
        ("inventory.price_changed", Some(now)) if failure.data("discount_minor").is_none() => {
            End::Stopped(Stop::Price { now: cx.money(now) })
        }
        // It may have happened all the same, or nobody was asked: the same id tells.
        _ if failure.is_unknown_outcome() || failure.kind() == Kind::Unauthenticated => {
            End::Unknown(failure)
        }
        _ => End::Stopped(Stop::refused(&failure)),
    }
}
