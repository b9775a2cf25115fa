//! Another place for an item or a category: a walk through the tree, and a key that says “here”.

use contract::failure::Failure;
use contract::inventory::{UpdateCategoryRequest, UpdateItemRequest};
use kernel::ids::{CategoryId, ItemId};
use serde::{Deserialize, Serialize};

use super::edit_category::CategoryField;
use super::edit_item::ItemField;
use crate::html::Html;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::{EditCategory, EditItem, Screen};

/// A place that is looked at, for something that is to be moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveTo {
    /// What is to be moved.
    pub what: Moved,
    /// The place; none: the top of the shop.
    pub inside: Option<CategoryId>,
    /// Zero-based.
    pub page: u16,
    /// Whether it is to be put here now.
    pub here: bool,
}

/// What is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Moved {
    /// An item.
    Item(ItemId),
    /// A category, with all that lies in it.
    Category(CategoryId),
}

impl Page for MoveTo {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let look = |page| cx.peers.list_categories(self.inside, page);
        let (shelf, branch) = page_or_first(self.page, look).await?;
        let place = match &branch.parent {
            Some(parent) => cx.texts.staff_move_into(&parent.name),
            None => cx.texts.staff_move_to_top(),
        };
        let itself = |id| self.what == Moved::Category(id);
        let rows = branch.categories.rows.iter().filter(|category| !itself(category.id));
        let keys = rows.map(|category| {
            Key::to(cx.texts.key_category(&category.name), self.inside(Some(category.id)))
        });
        // Items lie in categories, never at the top.
        let here = (self.inside.is_some() || matches!(self.what, Moved::Category(_)))
            .then(|| Key::to(cx.texts.key_staff_here(), Self { here: true, ..self.clone() }));
        let up = branch
            .parent
            .as_ref()
            .map(|place| Key::to(cx.texts.key_back(), self.inside(place.parent)));
        Ok(View::new(place)
            .list(keys)
            .arrows(cx, shelf, |page| Self { page, here: false, ..self.clone() }.into())
            .row(here.map(Key::primary))
            .row(up.into_iter().chain([Key::to(cx.texts.key_cancel(), self.card())])))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if !self.here || !matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let place = self.inside.map(|place| place.to_string());
        let label = match self.what {
            Moved::Item(item) => {
                let change = UpdateItemRequest { category_id: place, ..Default::default() };
                cx.texts.staff_item_changed(&cx.peers.update_item(item, change).await?.name)
            }
            Moved::Category(category) => {
                let parent_id = Some(place.unwrap_or_default());
                let change = UpdateCategoryRequest { parent_id, ..Default::default() };
                let moved = cx.peers.update_category(category, change).await?;
                cx.texts.staff_category_changed(&moved.name)
            }
        };
        Ok(Reaction::ShowSaying(self.card().view(cx).await?, plain(&label)))
    }
}

impl MoveTo {
    /// The walk begins at the top.
    pub fn of(what: Moved) -> Self {
        Self { what, inside: None, page: 0, here: false }
    }

    fn inside(&self, place: Option<CategoryId>) -> Self {
        Self { inside: place, ..Self::of(self.what) }
    }

    /// What is to be moved, as staff see it.
    fn card(&self) -> Screen {
        match self.what {
            Moved::Item(item) => EditItem { item, field: ItemField::Menu }.into(),
            Moved::Category(category) => {
                EditCategory { category, field: CategoryField::Menu }.into()
            }
        }
    }
}

fn plain(text: &Html) -> crate::texts::Label {
    text.visible().into()
}
