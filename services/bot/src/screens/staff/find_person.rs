//! A search for one person, by id or username.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{StaffPeople, StaffPerson};

/// More than this is not a name; the service takes 255.
const QUERY_MAX: usize = 255;

/// Asks for an id or a username.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindPerson;

impl Page for FindPerson {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(ask(cx, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let Input::Text { text, .. } = input else {
            return Ok(Reaction::Show(ask(cx, None)));
        };
        let query = text.trim();
        let found = if (1..=QUERY_MAX).contains(&query.chars().count()) {
            cx.peers.find_person(query).await?
        } else {
            None
        };
        Ok(match found {
            Some(person) => Reaction::Go(StaffPerson { person: person.id }.into()),
            None => Reaction::Show(ask(cx, Some(cx.texts.find_person_none()))),
        })
    }
}

fn ask(cx: &Cx, problem: Option<Html>) -> View {
    let question = cx.texts.find_person_ask();
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text).row([Key::to(cx.texts.key_cancel(), StaffPeople::default())]).asking(FindPerson)
}
