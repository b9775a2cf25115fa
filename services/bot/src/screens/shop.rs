//! The shop's categories.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::Category;

/// One page of the categories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Zero-based.
    pub page: u16,
}

impl Page for Shop {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (shelf, categories) =
            page_or_first(self.page, |page| cx.peers.list_categories(page)).await?;
        let title =
            if categories.rows.is_empty() { cx.texts.shop_empty() } else { cx.texts.shop_title() };
        let keys = categories.rows.into_iter().map(|category| {
            let to = Category { category: category.id, page: 0, shop_page: shelf.number };
            Key::to(category.name.into(), to)
        });
        Ok(View::new(title)
            .list(keys)
            .arrows(cx, shelf, |page| Self { page }.into())
            .row([cx.home_key()]))
    }
}
