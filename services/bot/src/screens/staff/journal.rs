//! The log of what staff did, and of what is worth a look, newest first.

use std::borrow::Cow;

use contract::failure::Failure;
use kernel::ids::PersonId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::audit::{Record, Worth};
use crate::screen::{Cx, Key, Page, View};
use crate::screens::Console;

/// Entries on a page: each is a few lines.
const ENTRIES: u32 = 5;
/// Changes that are shown of an entry.
const CHANGES: usize = 3;
/// Of a name, of a value or a subject, of a reason; in UTF-16 units.
const NAME_MAX: usize = 32;
const VALUE_MAX: usize = 40;
const REASON_MAX: usize = 100;
/// In place of a value that is not there.
const NOTHING: &str = "—";

/// One page of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Only what is worth a look.
    pub problems: bool,
    /// The last entry of the page before; 0 on the first one.
    pub before: i64,
}

impl Page for Journal {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        let worth = if self.problems { Worth::Problems } else { Worth::Everything };
        let records = cx.peers.list_audit(worth, self.before, ENTRIES).await?;
        let title =
            if self.problems { texts.journal_problems_title() } else { texts.journal_title() };
        let mut text = title;
        for record in &records.rows {
            text = text.paragraph(entry(cx, record).await);
        }
        if records.rows.is_empty() {
            text = text.paragraph(texts.journal_empty());
        }
        let first = Self { before: 0, ..self.clone() };
        let newest = (self.before > 0).then(|| Key::to(texts.key_journal_newest(), first));
        let last = records.rows.last().filter(|_| records.more);
        let older = last.map(|last| {
            Key::to(texts.key_journal_older(), Self { before: last.id, ..self.clone() })
        });
        let other = Self { problems: !self.problems, before: 0 };
        let other_label =
            if self.problems { texts.key_journal_all() } else { texts.key_journal_problems() };
        Ok(View::new(text)
            .row(newest.into_iter().chain(older))
            .row([Key::to(other_label, other)])
            .row([Key::to(texts.key_back(), Console), cx.home_key()]))
    }
}

async fn entry(cx: &Cx, record: &Record) -> Html {
    let texts = cx.texts;
    let time = cx.format.short_time(record.at);
    let head = if record.is_problem {
        texts.journal_problem(time, &record.action)
    } else {
        texts.journal_entry(time, &record.action)
    };
    let who = match record.staff {
        Some(staff) => mention(cx, staff).await,
        None => texts.journal_shop_itself(),
    };
    let mut text = head.line(texts.journal_who(who, &*shorten(&record.subject, VALUE_MAX)));
    if let Some(person) = record.person {
        text = text.line(texts.journal_about(mention(cx, person).await, person.to_string()));
    }
    for change in record.changes.iter().take(CHANGES) {
        let (before, after) = (value(&change.before), value(&change.after));
        text = text.line(texts.journal_change(&change.field, &*before, &*after));
    }
    let more = record.changes.len().saturating_sub(CHANGES);
    if more > 0 {
        text = text.line(texts.journal_more_changes(more as u64));
    }
    if record.reason.is_empty() {
        return text;
    }
    text.line(texts.journal_reason(&*shorten(&record.reason, REASON_MAX)))
}

fn value(text: &str) -> Cow<'_, str> {
    if text.is_empty() { NOTHING.into() } else { shorten(text, VALUE_MAX) }
}

async fn mention(cx: &Cx, person: PersonId) -> Html {
    Html::mention(person, &shorten(&cx.name_of(person).await, NAME_MAX))
}
