//! What can be changed about an item: its words, its picture, how it is sold; and the ways to move and archive it.

use contract::failure::Failure;
use contract::inventory::UpdateItemRequest;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use super::add_category::name;
use super::add_item::description;
use super::add_stock;
use super::move_to::Moved;
use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog::{Item, Stock};
use crate::screen::{Cx, Input, Key, Page, Reaction, TEXT_MAX, View};
use crate::screens::{Archive, MoveTo, SetPrice, StaffItem};

/// Leaves room for the other lines.
const DESCRIPTION_MAX: usize = TEXT_MAX - 600;

/// One item, and what about it is being changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditItem {
    /// Which.
    pub item: ItemId,
    /// What about it.
    pub field: ItemField,
}

/// What about an item is being changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemField {
    /// Nothing yet: the choice.
    Menu,
    /// Asks for the name.
    Name,
    /// Asks for the description.
    Description,
    /// Asks for a picture.
    Picture,
    /// Takes the picture away.
    NoPicture,
    /// Asks whether to sell it in the other way.
    Kind,
    /// Sells it in this way from now on.
    Sold {
        /// Every buyer gets the same value.
        unlimited: bool,
    },
}

impl Page for EditItem {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(self.shown(cx, &cx.peers.get_item(self.item).await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let mut change = UpdateItemRequest::default();
        match (self.field, input) {
            (ItemField::Name, Input::Text { text, .. }) => match name(text) {
                Some(name) => change.name = Some(name),
                None => return self.again(cx, cx.texts.staff_bad_name()).await,
            },
            (ItemField::Description, Input::Text { text, .. }) => match description(text) {
                Some(description) => change.description = Some(description),
                None => return self.again(cx, cx.texts.staff_bad_description()).await,
            },
            (ItemField::Picture, Input::Photo { file_id, .. }) => {
                change.picture = Some(file_id.to_owned());
            }
            (ItemField::Picture, Input::Text { .. } | Input::Document { .. }) => {
                return self.again(cx, cx.texts.staff_bad_picture()).await;
            }
            (ItemField::NoPicture, Input::Press) => change.picture = Some(String::new()),
            (ItemField::Sold { unlimited }, Input::Press) => change.unlimited = Some(unlimited),
            _ => return Ok(Reaction::Show(self.view(cx).await?)),
        }
        self.store(cx, change).await.map(Reaction::Show)
    }
}

impl EditItem {
    fn at(&self, field: ItemField) -> Self {
        Self { field, ..self.clone() }
    }

    async fn again(&self, cx: &Cx, problem: Html) -> Result<Reaction, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        Ok(Reaction::Show(self.shown(cx, &item, Some(problem))))
    }

    async fn store(&self, cx: &Cx, change: UpdateItemRequest) -> Result<View, Failure> {
        match cx.peers.update_item(self.item, change).await {
            Ok(item) if self.field == (ItemField::Sold { unlimited: true }) => {
                // What it sells from now on is still to be said.
                Ok(add_stock::ask(cx, &item, Some(cx.texts.staff_item_changed(&item.name))))
            }
            Ok(item) => {
                let done = cx.texts.staff_item_changed(&item.name);
                Ok(self.at(ItemField::Menu).shown(cx, &item, Some(done)))
            }
            Err(failure) => {
                let problem = failure_text::asking_again(cx, failure)?;
                let item = cx.peers.get_item(self.item).await?;
                Ok(self.shown(cx, &item, Some(problem)))
            }
        }
    }

    fn shown(&self, cx: &Cx, item: &Item, before: Option<Html>) -> View {
        let texts = cx.texts;
        let question = match self.field {
            ItemField::Menu | ItemField::NoPicture | ItemField::Sold { .. } => {
                return self.menu(cx, item, before);
            }
            ItemField::Kind => return self.kind(cx, item),
            ItemField::Name => texts.staff_ask_new_name(&item.name),
            ItemField::Description => texts.staff_ask_new_description(&item.name),
            ItemField::Picture => texts.staff_ask_picture(&item.name),
        };
        let remove = (self.field == ItemField::Picture && item.picture.is_some())
            .then(|| Key::to(texts.key_staff_no_picture(), self.at(ItemField::NoPicture)));
        View::new(below(before, question))
            .row(remove)
            .row([Key::to(texts.key_cancel(), self.at(ItemField::Menu))])
            .asking(self.clone())
    }

    fn menu(&self, cx: &Cx, item: &Item, before: Option<Html>) -> View {
        let texts = cx.texts;
        let kind = match item.stock {
            Stock::Unlimited | Stock::NoValue => texts.staff_sold_unlimited(),
            Stock::Left(_) => texts.staff_sold_limited(),
        };
        let description = Html::text(&shorten(&item.description, DESCRIPTION_MAX));
        let text = below(before, texts.staff_item_title(&item.name))
            .paragraph(description)
            .paragraph(texts.item_price(cx.format.money(item.price)))
            .line(kind);
        let item_id = item.id;
        View::new(text)
            .with_photo(item.picture.clone())
            .grid(
                2,
                [
                    Key::to(texts.key_staff_name(), self.at(ItemField::Name)),
                    Key::to(texts.key_staff_description(), self.at(ItemField::Description)),
                    Key::to(texts.key_staff_price(), SetPrice { item: item_id }),
                    Key::to(texts.key_staff_picture(), self.at(ItemField::Picture)),
                    Key::to(texts.key_staff_move(), MoveTo::of(Moved::Item(item_id))),
                    Key::to(texts.key_staff_kind(), self.at(ItemField::Kind)),
                    Key::to(texts.key_staff_archive(), Archive::Item { item: item_id }),
                ],
            )
            .row([Key::to(texts.key_back(), StaffItem { item: item_id, page: 0 }), cx.home_key()])
    }

    fn kind(&self, cx: &Cx, item: &Item) -> View {
        let texts = cx.texts;
        let (question, label, unlimited) = match item.stock {
            Stock::Unlimited | Stock::NoValue => {
                (texts.staff_ask_to_limited(&item.name), texts.key_kind_limited(), false)
            }
            Stock::Left(_) => {
                (texts.staff_ask_to_unlimited(&item.name), texts.key_kind_unlimited(), true)
            }
        };
        View::new(question)
            .row([Key::to(label, self.at(ItemField::Sold { unlimited }))])
            .row([Key::to(texts.key_cancel(), self.at(ItemField::Menu))])
    }
}

/// A text under what has just been done or what was wrong.
pub fn below(before: Option<Html>, text: Html) -> Html {
    before.map_or_else(|| text.clone(), |before| before.paragraph(text.clone()))
}
