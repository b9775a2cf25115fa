//! Begins broadcasts that are due, finds out whom they are for, and ends them.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use durable::jobs::{self, Round};

use crate::bot::Bot;
use crate::operations::broadcasting;

const PERIOD: Duration = Duration::from_secs(1);

/// Runs it every second; part after part while there are more people.
pub fn spawn(lifecycle: &Lifecycle, bot: &Bot) {
    let bot = bot.clone();
    jobs::every(lifecycle, "tend_broadcasts", PERIOD, move || {
        let bot = bot.clone();
        async move {
            let is_open = broadcasting::tend(&bot).await?;
            let is_more = is_open && broadcasting::spread(&bot).await?;
            Ok(if is_more { Round::More } else { Round::Done })
        }
    });
}
