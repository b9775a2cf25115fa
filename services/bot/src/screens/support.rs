//! Whom to ask, and what to tell them.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Rules, Ticket};

/// Help with orders and payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Support;

impl Page for Support {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        let contact = match cx.shop.support {
            // As a mention: a button to a person is refused where their privacy settings say so.
            Some(id) => texts.support_contact(Html::mention(id, &texts.plain_support_person())),
            None => texts.support_none(),
        };
        let rules = cx.shop.has_rules().then(|| Key::to(texts.key_rules(), Rules));
        Ok(View::new(contact.paragraph(texts.support_hint(cx.person.id.0)))
            .row([Key::to(texts.key_ticket(), Ticket::Show)])
            .row(rules.into_iter().chain([cx.home_key()])))
    }
}
