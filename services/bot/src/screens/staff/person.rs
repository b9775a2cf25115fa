//! One person, as staff see them, and what may be done about them.

use contract::common::Permission;
use contract::failure::Failure;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::people_admin::{Profile, Reach};
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Adjust, AssignRole, BlockPerson, PersonWallet, StaffPeople, StaffTickets};

/// One person's card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPerson {
    /// Who.
    pub person: PersonId,
}

impl Page for StaffPerson {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (person, reach) = cx.peers.get_person(self.person).await?;
        Ok(card(cx, &person, reach, None))
    }
}

/// The card, with what has just been done above it. Who is not below this member of staff is only looked at.
pub fn card(cx: &Cx, person: &Profile, reach: Reach, done: Option<Html>) -> View {
    let (texts, format) = (cx.texts, &cx.format);
    let title = texts.person_title(Html::mention(person.id, &person.name));
    let mut text = match done {
        Some(done) => done.paragraph(title),
        None => title,
    };
    text = text.line(texts.person_id(person.id.0));
    if let Some(username) = &person.username {
        text = text.line(texts.person_username(username));
    }
    if let Some(language) = person.locale.as_deref().and_then(Locale::from_tag) {
        let language = match language {
            Locale::En => texts.key_language_en(),
            Locale::Ru => texts.key_language_ru(),
        };
        text = text.line(texts.person_language(&*language));
    }
    text = text.line(texts.person_registered(format.time(person.registered_at)));
    text = text.paragraph(match person.unreachable_since {
        None => texts.person_reachable(),
        Some(since) => texts.person_unreachable(format.time(since)),
    });
    if let Some(block) = &person.block {
        let since = format.time(block.since);
        text = text
            .paragraph(texts.person_blocked(since, block.staff.0))
            .line(texts.person_reason(&block.reason));
    }
    View::new(text)
        .grid(2, doors(cx, person, reach))
        .row([Key::to(texts.key_people(), StaffPeople::default()), cx.home_key()])
}

/// What this member of staff may do about the person.
fn doors(cx: &Cx, person: &Profile, reach: Reach) -> impl Iterator<Item = Key> {
    let texts = cx.texts;
    let (id, is_blocked) = (person.id, person.block.is_some());
    let block = if is_blocked {
        (texts.key_unblock(), BlockPerson::AskToUnblock { person: id })
    } else {
        (texts.key_block(), BlockPerson::AskWhy { person: id })
    };
    let staff = cx.staff;
    let look = Key::to(texts.key_person_wallet(), PersonWallet::of(id));
    let acts = [
        (Permission::Balance, Key::to(texts.key_adjust(), Adjust::Amount { person: id })),
        (
            Permission::Admins,
            Key::to(texts.key_person_role(), AssignRole::Choose { person: id, page: 0 }),
        ),
        (Permission::Users, Key::to(block.0, block.1)),
        (Permission::Users, Key::to(texts.key_ticket_write(), StaffTickets::Card { person: id })),
    ];
    let acts = acts
        .into_iter()
        .filter(move |(permission, _)| reach == Reach::Below && staff.may(*permission))
        .map(|(_, key)| key);
    [look].into_iter().chain(acts)
}
