//! Categories at the top of the shop, as staff see them.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::peers::catalog_admin::ArchivedKind;
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::{AddCategory, Archived, Console, StaffItems};

/// One page of the categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffCategories {
    /// Zero-based.
    pub page: u16,
}

impl Page for StaffCategories {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (shelf, branch) =
            page_or_first(self.page, |page| cx.peers.list_categories(None, page)).await?;
        let title = if branch.categories.rows.is_empty() {
            cx.texts.staff_categories_empty()
        } else {
            cx.texts.staff_categories_title()
        };
        let keys = branch.categories.rows.into_iter().map(|category| {
            Key::to(category.name.into(), StaffItems { category: category.id, page: 0 })
        });
        Ok(View::new(title)
            .list(keys)
            .arrows(cx, shelf, |page| Self { page }.into())
            .row([
                Key::to(cx.texts.key_staff_add_category(), AddCategory),
                Key::to(
                    cx.texts.key_staff_archived(),
                    Archived::List { kind: ArchivedKind::Item, page: 0 },
                ),
            ])
            .row([Key::to(cx.texts.key_back(), Console), cx.home_key()]))
    }
}
