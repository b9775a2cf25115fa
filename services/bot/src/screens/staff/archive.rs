//! Out of the shop, after a question: an item, or a category with as much below it as the question named.

use contract::failure::Failure;
use kernel::ids::{CategoryId, ItemId};
use serde::{Deserialize, Serialize};

use super::edit_category::CategoryField;
use super::edit_item::ItemField;
use crate::peers::catalog_admin::{ArchivedKind, Contents};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Archived, EditCategory, EditItem, StaffCategories, StaffItems};

/// The question, and its yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Archive {
    /// Asks about an item.
    Item {
        /// Which.
        item: ItemId,
    },
    /// Archives it.
    ItemNow {
        /// Which.
        item: ItemId,
    },
    /// Asks about a category.
    Category {
        /// Which.
        category: CategoryId,
    },
    /// Archives it with what was seen below it.
    CategoryNow {
        /// Which.
        category: CategoryId,
        /// So many categories.
        categories: u32,
        /// So many items.
        items: u32,
    },
}

impl Page for Archive {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        match *self {
            Self::Item { item } | Self::ItemNow { item } => {
                let name = cx.peers.get_item(item).await?.name;
                let back = EditItem { item, field: ItemField::Menu };
                Ok(View::new(texts.staff_ask_archive_item(&name))
                    .row([Key::to(texts.key_staff_archive(), Self::ItemNow { item })])
                    .row([Key::to(texts.key_cancel(), back)]))
            }
            Self::Category { category } => ask(cx, category, Contents::default()).await,
            Self::CategoryNow { category, categories, items } => {
                ask(cx, category, Contents { categories, items }).await
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        match *self {
            Self::ItemNow { item } if matches!(input, Input::Press) => {
                // The second press finds it gone, and that is what was wanted.
                let category = cx.peers.get_item(item).await.ok().map(|item| item.category);
                cx.peers.archive_item(item).await?;
                Ok(Reaction::ShowSaying(
                    match category {
                        Some(category) => StaffItems { category, page: 0 }.view(cx).await?,
                        None => StaffCategories { page: 0 }.view(cx).await?,
                    },
                    cx.texts.toast_archived(),
                ))
            }
            Self::CategoryNow { category, categories, items } if matches!(input, Input::Press) => {
                archive(cx, category, Contents { categories, items }).await
            }
            _ => Ok(Reaction::Show(self.view(cx).await?)),
        }
    }
}

async fn archive(cx: &Cx, category: CategoryId, seen: Contents) -> Result<Reaction, Failure> {
    match cx.peers.archive_category(category, seen).await {
        Ok(()) => {
            let archived = Archived::List { kind: ArchivedKind::Category, page: 0 };
            Ok(Reaction::ShowSaying(archived.view(cx).await?, cx.texts.toast_archived()))
        }
        Err(failure) if failure.code() == "inventory.category_not_empty" => {
            let count = |field| failure.data(field).and_then(|count| count.parse().ok());
            let categories = count("categories").unwrap_or_default();
            let items = count("items").unwrap_or_default();
            Ok(Reaction::Show(ask(cx, category, Contents { categories, items }).await?))
        }
        Err(failure) => Err(failure),
    }
}

/// The question names what goes along; what is not empty after all is asked about once more.
async fn ask(cx: &Cx, category: CategoryId, below: Contents) -> Result<View, Failure> {
    let texts = cx.texts;
    let name = cx.peers.get_category(category).await?.name;
    let Contents { categories, items } = below;
    let question = if below == Contents::default() {
        texts.staff_ask_archive_category(&name)
    } else {
        texts.staff_ask_archive_contents(&name, categories, items)
    };
    let now = Archive::CategoryNow { category, categories, items };
    let back = EditCategory { category, field: CategoryField::Menu };
    Ok(View::new(question)
        .row([Key::to(texts.key_staff_archive(), now)])
        .row([Key::to(texts.key_cancel(), back)]))
}
