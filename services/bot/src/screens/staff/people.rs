//! Everybody who has ever written, newest first, ten on a screen.

use contract::failure::Failure;
use jiff::ToSpan;
use serde::{Deserialize, Serialize};

use crate::peers::people_admin::{ListedBy, PeopleFilter, Profile};
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Console, FindPerson, StaffPerson};
use crate::texts::Label;

/// Rows on a screen.
const ROWS: u32 = 10;
/// Hours of the seven days in which people count as new.
const NEW_HOURS: i64 = 7 * 24;

/// Which people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Among {
    /// All.
    #[default]
    All,
    /// Those who came in the last seven days.
    New,
    /// Those who are shut out.
    Blocked,
    /// Those whom messages do not reach.
    Unreachable,
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StaffPeople {
    /// Which people.
    pub among: Among,
    /// Where the list goes on; empty for its beginning.
    pub cursor: String,
}

impl Page for StaffPeople {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        let list = cx.peers.list_people(self.by(cx), ROWS).await?;
        let title = match self.among {
            Among::All => texts.people_title(),
            Among::New => texts.people_title_new(),
            Among::Blocked => texts.people_title_blocked(),
            Among::Unreachable => texts.people_title_unreachable(),
        };
        let text =
            if list.people.is_empty() { title.paragraph(texts.people_none()) } else { title };
        let people = list
            .people
            .iter()
            .map(|person| Key::to(label(cx, person), StaffPerson { person: person.id }));
        let onward = |label: Label, cursor: Option<String>| {
            cursor.map(|cursor| Key::to(label, Self { among: self.among, cursor }))
        };
        let newer = onward(texts.key_people_newer(), list.newer);
        let older = onward(texts.key_people_older(), list.older);
        let others = [
            (Among::All, texts.key_people_all()),
            (Among::New, texts.key_people_new()),
            (Among::Blocked, texts.key_people_blocked()),
            (Among::Unreachable, texts.key_people_unreachable()),
        ];
        let others = others
            .into_iter()
            .filter(|(among, _)| *among != self.among)
            .map(|(among, label)| Key::to(label, Self { among, ..Self::default() }));
        Ok(View::new(text)
            .list(people)
            .row(newer.into_iter().chain(older))
            .row(others)
            .row([Key::to(texts.key_find_person(), FindPerson)])
            .row([Key::to(texts.key_back(), Console), cx.home_key()]))
    }
}

impl StaffPeople {
    fn by(&self, cx: &Cx) -> ListedBy {
        let filter = match self.among {
            Among::All | Among::New => PeopleFilter::Unspecified,
            Among::Blocked => PeopleFilter::Blocked,
            Among::Unreachable => PeopleFilter::Unreachable,
        };
        let a_week_ago = cx.clock.now().checked_sub(NEW_HOURS.hours()).unwrap_or_default();
        let registered_after = (self.among == Among::New).then_some(a_week_ago);
        ListedBy { filter, registered_after, cursor: self.cursor.clone() }
    }
}

fn label(cx: &Cx, person: &Profile) -> Label {
    let name = match &person.username {
        Some(username) => format!("{} · @{username}", person.name),
        None => person.name.clone(),
    };
    match (&person.block, person.unreachable_since) {
        (Some(_), _) => cx.texts.key_person_blocked(name),
        (None, Some(_)) => cx.texts.key_person_unreachable(name),
        (None, None) => name.into(),
    }
}
