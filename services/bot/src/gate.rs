//! Who may go on: not those whom staff have shut out, and of the others only who is in the channels of the settings.

use std::time::Duration;

use kernel::ids::PersonId;

use crate::bot::Bot;
use crate::screen::{Cx, View};
use crate::screens::{Screen, join};

/// Whoever is shut out is told so once in this time.
const TOLD_EVERY: Duration = Duration::from_hours(1);

impl Bot {
    /// Whether staff have shut this person out. Nobody can shut out the owner.
    pub fn is_shut_out(&self, cx: &Cx) -> bool {
        cx.person.is_blocked && self.owner != Some(cx.person.id)
    }

    /// Whether somebody who is shut out is to be told so; whoever goes on writing is not answered at all.
    pub async fn is_to_be_told(&self, person: PersonId) -> bool {
        metrics::counter!("bodega_bot_turned_away_total").increment(1);
        self.kv.count(&format!("bot:shut_out:{person}"), TOLD_EVERY).await == 1
    }

    /// What a person has to do before they come to a screen; nothing when they may go on. Help is there for everybody.
    pub async fn to_do_first(&self, cx: &Cx, wanted: &Screen) -> Option<View> {
        let is_open = matches!(
            wanted,
            Screen::Join(_)
                | Screen::Support(_)
                | Screen::Ticket(_)
                | Screen::Rules(_)
                | Screen::Language(_)
        );
        if !self.subscriptions.is_on() || is_open || cx.staff.is_staff() {
            return None;
        }
        let missing = self.subscriptions.missing(cx.person.id).await;
        if missing.is_empty() {
            return None;
        }
        self.subscriptions.keep_wanted(cx.person.id, wanted).await;
        Some(join::ask(cx, &missing))
    }
}
