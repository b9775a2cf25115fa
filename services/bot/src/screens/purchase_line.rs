//! One line of a purchase of several items, with its goods.

use contract::failure::Failure;
use kernel::ids::OrderId;
use serde::{Deserialize, Serialize};

use crate::peers::orders::OrderState;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Purchase, receipt, write_review};

/// One line of an order of whoever looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseLine {
    /// The order.
    pub order: OrderId,
    /// Which of its lines, from zero; lines of an order never change.
    pub line: u8,
    /// The page of the purchases that leads back from there.
    pub page: u16,
}

impl Page for PurchaseLine {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let whole = Purchase { order: self.order, page: self.page };
        let order = cx.peers.get_order(self.order).await?;
        let Some(line) = order.lines.get(usize::from(self.line)) else {
            return whole.view(cx).await;
        };
        if order.state != OrderState::Delivered {
            return whole.view(cx).await;
        }
        Ok(receipt::of_line(cx, &order, line)
            .await?
            .row(write_review::offer(cx, line.item))
            .row([Key::to(cx.texts.key_back(), whole), cx.home_key()]))
    }
}
