//! The desk of staff: what they may do from the chat.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Key, Page, View};
use crate::screens::{AddCategory, AddItem, StaffCategories};

/// The desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Console;

impl Page for Console {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        Ok(View::new(texts.console_title())
            .row([Key::to(texts.key_staff_goods(), StaffCategories { page: 0 })])
            .row([
                Key::to(texts.key_staff_add_category(), AddCategory),
                Key::to(texts.key_staff_add_item(), AddItem::Name),
            ])
            .row([cx.home_key()]))
    }
}
