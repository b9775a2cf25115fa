//! The shop's categories; whoever knows what they want sends a word of it.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::{Category, Search};

/// One page of the categories at the top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// Zero-based.
    pub page: u16,
}

impl Page for Shop {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (shelf, branch) =
            page_or_first(self.page, |page| cx.peers.list_categories(None, page)).await?;
        let rows = branch.categories.rows;
        if rows.is_empty() {
            return Ok(View::new(cx.texts.shop_empty()).row([cx.home_key()]));
        }
        let keys = rows.into_iter().map(|category| {
            let to = Category { category: category.id, page: 0, shop_page: shelf.number };
            Key::to(category.name.into(), to)
        });
        Ok(View::new(cx.texts.shop_title().paragraph(cx.texts.shop_search_hint()))
            .list(keys)
            .arrows(cx, shelf, |page| Self { page }.into())
            .row([cx.home_key()])
            .asking(Search::Found { page: 0 }))
    }
}
