//! How the shop is doing, in numbers.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::Console;

/// The numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistics;

impl Page for Statistics {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        Ok(View::new(texts.statistics_title().paragraph(people(cx).await?))
            .row([Key::to(texts.key_refresh(), Self)])
            .row([Key::to(texts.key_back(), Console), cx.home_key()]))
    }
}

async fn people(cx: &Cx) -> Result<Html, Failure> {
    let (texts, stats) = (cx.texts, cx.peers.people_stats().await?);
    Ok(texts
        .statistics_people(stats.people)
        .line(texts.statistics_people_new(stats.new_today, stats.new_in_7_days))
        .line(texts.statistics_people_blocked(stats.blocked))
        .line(texts.statistics_people_unreachable(stats.unreachable)))
}
