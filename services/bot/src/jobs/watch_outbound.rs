//! Shows how many messages wait and for how long, so that a stuck queue is seen before people ask.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::queue::{self, Backlog};

const PERIOD: Duration = Duration::from_secs(15);

/// Runs it every quarter of a minute.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let pool = bot.pool.clone();
    jobs::every(lifecycle, "watch_outbound", PERIOD, move || {
        let pool = pool.clone();
        async move {
            let Backlog { waiting, lag_seconds } = queue::backlog(&pool).await?;
            #[expect(clippy::cast_precision_loss, reason = "a gauge is a float")]
            metrics::gauge!("bodega_bot_outbound_waiting").set(waiting as f64);
            metrics::gauge!("bodega_bot_outbound_lag_seconds").set(lag_seconds);
            Ok(Round::Done)
        }
    });
}
