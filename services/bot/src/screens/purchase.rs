//! One purchase again, with its goods.

use contract::failure::Failure;
use kernel::ids::OrderId;
use serde::{Deserialize, Serialize};

use crate::outbound::key;
use crate::peers::orders::OrderState;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Purchases, Shop, receipt};

/// One purchase of whoever looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    /// Which.
    pub order: OrderId,
    /// The page of the purchases that leads back.
    pub page: u16,
}

impl Page for Purchase {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let order = cx.peers.get_order(self.order).await?;
        let back = Key::to(cx.texts.key_purchases(), Purchases { page: self.page });
        Ok(match order.state {
            OrderState::Delivered => {
                let view = receipt::view(cx, &order, cx.texts.receipt_again()).await?;
                let view = view.settling(key::goods(order.id)).row(receipt::review_key(cx, &order));
                receipt::line_keys(cx, view, &order, self.page)
                    .row([back, Key::to(cx.texts.key_to_shop(), Shop { page: 0 })])
            }
            OrderState::Open => View::new(cx.texts.order_finishing())
                .row([Key::to(cx.texts.key_check_order(), self.clone())])
                .row([back, cx.home_key()]),
            OrderState::Released => cx.notice(cx.texts.order_undone()),
        })
    }
}
