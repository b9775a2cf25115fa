//! What the person has bought, newest first.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::{Profile, Purchase, Shop};

/// Leaves room for the date on a button.
const NAME_MAX: usize = 44;

/// One page of the purchases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchases {
    /// Zero-based.
    pub page: u16,
}

impl Page for Purchases {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (shelf, orders) = page_or_first(self.page, |page| cx.peers.list_orders(page)).await?;
        if orders.rows.is_empty() {
            return Ok(View::new(cx.texts.purchases_empty())
                .row([Key::to(cx.texts.key_to_shop(), Shop { page: 0 })])
                .row([cx.home_key()]));
        }
        let keys = orders.rows.iter().map(|order| {
            let time = cx.format.short_time(order.placed_at);
            let label = cx.texts.key_purchase(time, &*shorten(order.title(), NAME_MAX));
            Key::to(label, Purchase { order: order.id, page: shelf.number })
        });
        Ok(View::new(cx.texts.purchases_title(shelf.total))
            .list(keys)
            .arrows(cx, shelf, |page| Self { page }.into())
            .row([Key::to(cx.texts.key_back(), Profile), cx.home_key()]))
    }
}
