//! What can be changed about a category: its name, its picture, where it lies; what lies in it; and the way out of the
//! shop.

use contract::failure::Failure;
use contract::inventory::UpdateCategoryRequest;
use kernel::ids::CategoryId;
use serde::{Deserialize, Serialize};

use super::add_category::name;
use super::edit_item::below;
use super::move_to::Moved;
use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog::Category;
use crate::peers::catalog_admin::NewCategory;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Archive, MoveTo, StaffItems};

/// One category, and what about it is being changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditCategory {
    /// Which.
    pub category: CategoryId,
    /// What about it.
    pub field: CategoryField,
}

/// What about a category is being changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CategoryField {
    /// Nothing yet: the choice.
    Menu,
    /// Asks for the name.
    Name,
    /// Asks for a picture.
    Picture,
    /// Takes the picture away.
    NoPicture,
    /// Asks for the name of a new category in it.
    Below,
}

impl Page for EditCategory {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(self.shown(cx, &cx.peers.get_category(self.category).await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let mut change = UpdateCategoryRequest::default();
        match (self.field, input) {
            (CategoryField::Name, Input::Text { text, .. }) => match name(text) {
                Some(name) => change.name = Some(name),
                None => return self.again(cx, cx.texts.staff_bad_name()).await,
            },
            (CategoryField::Below, Input::Text { text, message_id, .. }) => {
                return self.add(cx, text, message_id).await;
            }
            (CategoryField::Picture, Input::Photo { file_id, .. }) => {
                change.picture = Some(file_id.to_owned());
            }
            (CategoryField::Picture, Input::Text { .. } | Input::Document { .. }) => {
                return self.again(cx, cx.texts.staff_bad_picture()).await;
            }
            (CategoryField::NoPicture, Input::Press) => change.picture = Some(String::new()),
            _ => return Ok(Reaction::Show(self.view(cx).await?)),
        }
        match cx.peers.update_category(self.category, change).await {
            Ok(category) => {
                let done = cx.texts.staff_category_changed(&category.name);
                let view = self.at(CategoryField::Menu).shown(cx, &category, Some(done));
                Ok(Reaction::Show(view))
            }
            Err(failure) => self.again(cx, failure_text::asking_again(cx, failure)?).await,
        }
    }
}

impl EditCategory {
    fn at(&self, field: CategoryField) -> Self {
        Self { field, ..self.clone() }
    }

    async fn again(&self, cx: &Cx, problem: Html) -> Result<Reaction, Failure> {
        let category = cx.peers.get_category(self.category).await?;
        Ok(Reaction::Show(self.shown(cx, &category, Some(problem))))
    }

    async fn add(&self, cx: &Cx, text: &str, message_id: i64) -> Result<Reaction, Failure> {
        let Some(name) = name(text) else {
            return self.again(cx, cx.texts.staff_bad_name()).await;
        };
        // The same message again is the same category.
        let id = CategoryId::derived(&format!("{}:{message_id}", cx.person.id));
        let new = NewCategory { id, parent: Some(self.category), name: &name };
        match cx.peers.create_category(new).await {
            Ok(()) => {
                let category = cx.peers.get_category(self.category).await?;
                let done = cx.texts.staff_category_added(&name);
                let view = self.at(CategoryField::Menu).shown(cx, &category, Some(done));
                Ok(Reaction::Show(view))
            }
            Err(failure) => self.again(cx, failure_text::asking_again(cx, failure)?).await,
        }
    }

    fn shown(&self, cx: &Cx, category: &Category, before: Option<Html>) -> View {
        let texts = cx.texts;
        let question = match self.field {
            CategoryField::Menu | CategoryField::NoPicture => {
                return self.menu(cx, category, before);
            }
            CategoryField::Name => texts.staff_ask_new_name(&category.name),
            CategoryField::Picture => texts.staff_ask_picture(&category.name),
            CategoryField::Below => texts.staff_ask_category_below(&category.name),
        };
        let remove = (self.field == CategoryField::Picture && category.picture.is_some())
            .then(|| Key::to(texts.key_staff_no_picture(), self.at(CategoryField::NoPicture)));
        View::new(below(before, question))
            .row(remove)
            .row([Key::to(texts.key_cancel(), self.at(CategoryField::Menu))])
            .asking(self.clone())
    }

    fn menu(&self, cx: &Cx, category: &Category, before: Option<Html>) -> View {
        let texts = cx.texts;
        let id = category.id;
        View::new(below(before, texts.staff_category_title(&category.name)))
            .with_photo(category.picture.clone())
            .grid(
                2,
                [
                    Key::to(texts.key_staff_name(), self.at(CategoryField::Name)),
                    Key::to(texts.key_staff_picture(), self.at(CategoryField::Picture)),
                    Key::to(texts.key_staff_move(), MoveTo::of(Moved::Category(id))),
                    Key::to(texts.key_staff_category_below(), self.at(CategoryField::Below)),
                    Key::to(texts.key_staff_archive(), Archive::Category { category: id }),
                ],
            )
            .row([Key::to(texts.key_back(), StaffItems { category: id, page: 0 }), cx.home_key()])
    }
}
