//! One item, as staff see it: its stock, and what can be done with it.

use contract::failure::Failure;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};

use super::edit_item::ItemField;
use super::items::stock;
use crate::html::Html;
use crate::peers::catalog;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{AddStock, EditItem, ItemRules, SetPrice, StaffItems, StaffUnits};

/// One item's card for staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffItem {
    /// Which.
    pub item: ItemId,
    /// The page of its category that leads back.
    pub page: u16,
}

impl Page for StaffItem {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        Ok(card(cx, &item, self.page, None))
    }
}

/// The card, with what has just been done above it.
pub fn card(cx: &Cx, item: &catalog::Item, page: u16, done: Option<Html>) -> View {
    let texts = cx.texts;
    let title = texts.staff_item_title(&item.name);
    let text = match done {
        Some(done) => done.paragraph(title),
        None => title,
    };
    let text = text
        .paragraph(texts.item_price(cx.format.money(item.price)))
        .line(texts.staff_item_stock(&*stock(cx, item.stock)));
    let add = if item.stock.is_unlimited() {
        texts.key_staff_set_value()
    } else {
        texts.key_staff_add_stock()
    };
    View::new(text)
        .with_photo(item.picture.clone())
        .row([Key::to(add, AddStock { item: item.id }).primary()])
        .row([
            Key::to(texts.key_staff_price(), SetPrice { item: item.id }),
            Key::to(texts.key_staff_edit(), EditItem { item: item.id, field: ItemField::Menu }),
        ])
        .row([
            Key::to(texts.key_staff_units(), StaffUnits::of(item.id)),
            Key::to(texts.key_staff_rules(), ItemRules::Show { item: item.id }),
        ])
        .row([
            Key::to(texts.key_back(), StaffItems { category: item.category, page }),
            cx.home_key(),
        ])
}
