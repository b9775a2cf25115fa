//! Units of an item, as staff look through them: numbers and ages, never what is in them.

use contract::failure::Failure;
use contract::inventory::UnitState;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Key, Page, View};
use crate::screens::{ExportUnits, StaffItem, StaffUnit};

/// One page of an item's units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffUnits {
    /// Of which item.
    pub item: ItemId,
    /// Which of them.
    pub shelf: Shelf,
    /// The last unit of the page before; 0 on the first.
    pub after: i64,
}

/// Where a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shelf {
    /// For sale.
    Sale,
    /// Taken back, or replaced.
    Withdrawn,
}

impl StaffUnits {
    /// What is for sale, from the oldest on.
    pub fn of(item: ItemId) -> Self {
        Self { item, shelf: Shelf::Sale, after: 0 }
    }
}

impl Page for StaffUnits {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        let state = match self.shelf {
            Shelf::Withdrawn => UnitState::Withdrawn,
            Shelf::Sale if item.stock.is_unlimited() => UnitState::Shared,
            Shelf::Sale => UnitState::Free,
        };
        let units = cx.peers.list_units(self.item, state, self.after).await?;
        let texts = cx.texts;
        let title = match (self.shelf, units.rows.is_empty()) {
            (_, true) => texts.staff_units_none(&item.name),
            (Shelf::Sale, false) => texts.staff_units_title(&item.name),
            (Shelf::Withdrawn, false) => texts.staff_units_withdrawn(&item.name),
        };
        let last = units.rows.last().map_or(0, |unit| unit.id);
        let keys = units.rows.iter().map(|unit| {
            let label = texts.key_staff_unit(unit.id, cx.format.short_time(unit.added_at));
            Key::to(label, StaffUnit::Show { item: self.item, unit: unit.id })
        });
        let to = |shelf, after| Self { item: self.item, shelf, after };
        let first =
            (self.after > 0).then(|| Key::to(texts.key_staff_units_first(), to(self.shelf, 0)));
        let later = units.more.then(|| Key::to(texts.key_later(), to(self.shelf, last)));
        let other = match self.shelf {
            Shelf::Sale => Key::to(texts.key_staff_units_withdrawn(), to(Shelf::Withdrawn, 0)),
            Shelf::Withdrawn => Key::to(texts.key_staff_units_sale(), to(Shelf::Sale, 0)),
        };
        let export = Key::to(texts.key_staff_export(), ExportUnits { item: self.item });
        Ok(View::new(title)
            .grid(2, keys)
            .row(first.into_iter().chain(later))
            .row([other, export])
            .row([
                Key::to(texts.key_back(), StaffItem { item: self.item, page: 0 }),
                cx.home_key(),
            ]))
    }
}
