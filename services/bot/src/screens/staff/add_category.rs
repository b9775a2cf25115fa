//! A new category: one question.

use contract::failure::Failure;
use kernel::ids::CategoryId;
use serde::{Deserialize, Serialize};

use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog_admin::NewCategory;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{AddItem, Console, StaffCategories};

/// Characters of a name.
const NAME_MAX: usize = 100;

/// Asks for the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddCategory;

impl Page for AddCategory {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(ask(cx, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let Input::Text { text, message_id, .. } = input else {
            return Ok(Reaction::Show(ask(cx, None)));
        };
        let Some(name) = name(text) else {
            return Ok(Reaction::Show(ask(cx, Some(cx.texts.staff_bad_name()))));
        };
        // The same message again is the same category.
        let id = CategoryId::derived(&format!("{}:{message_id}", cx.person.id));
        Ok(Reaction::Show(
            match cx.peers.create_category(NewCategory { id, parent: None, name: &name }).await {
                Ok(()) => View::new(cx.texts.staff_category_added(&name))
                    .row([
                        Key::to(cx.texts.key_staff_add_item(), AddItem::Name),
                        Key::to(cx.texts.key_staff_add_category(), Self),
                    ])
                    .row([Key::to(cx.texts.key_staff_goods(), StaffCategories { page: 0 })])
                    .row([cx.home_key()]),
                Err(failure) => ask(cx, Some(failure_text::asking_again(cx, failure)?)),
            },
        ))
    }
}

/// A name as it is stored: one line, single spaces, 1 to 100 characters; nothing when it is not that.
pub fn name(text: &str) -> Option<String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_name = (1..=NAME_MAX).contains(&name.chars().count())
        && !name.chars().any(char::is_control)
        && text.trim().lines().count() == 1;
    is_name.then_some(name)
}

fn ask(cx: &Cx, problem: Option<Html>) -> View {
    let question = cx.texts.staff_ask_category();
    View::new(problem.map_or_else(|| question.clone(), |text| text.paragraph(question.clone())))
        .row([Key::to(cx.texts.key_cancel(), Console)])
        .asking(AddCategory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_a_hundred_characters_at_most() {
        assert_eq!(name("  VPN   keys "), Some("VPN keys".into()));
        assert_eq!(name(&"я".repeat(100)).map(|name| name.len()), Some(200));
        for text in ["", "   ", "a\nb", "a\u{0}b", &"я".repeat(101)] {
            assert_eq!(name(text), None, "{text:?}");
        }
    }
}
