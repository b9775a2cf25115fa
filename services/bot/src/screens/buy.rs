//! The press that buys. Repeated, it is the same order; an unclear outcome is left to the order itself, which either
//! delivers here later or costs nothing.

use contract::failure::Failure;
use kernel::ids::{ItemId, OrderId};
use serde::{Deserialize, Serialize};

use crate::outbound::key;
use crate::peers::orders::{Order, OrderState};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::confirm::total;
use crate::screens::no_money::Gap;
use crate::screens::{BuyOn, Confirm, Home, Item, Purchase, Shop, Watch};
use crate::screens::{no_money, price_changed, receipt};

/// Buys at the price that the person saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buy {
    /// Made when the question was shown.
    pub order: OrderId,
    /// What is bought.
    pub item: ItemId,
    /// The price of one on the screen, in the shop's currency.
    pub price_minor: i64,
    /// How many.
    pub quantity: u8,
}

impl Page for Buy {
    /// Asks again: a press buys, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let quantity = self.quantity;
        Confirm { item: self.item, page: 0, shop_page: 0, quantity }.view(cx).await
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if !matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let seen = cx.money(self.price_minor);
        let view = match cx.peers.place_order(self.order, self.item, self.quantity, seen).await {
            Ok(order) => self.placed(cx, &order).await,
            // Inventory takes fresh ids only; a button of ours has one, a forged or very old one need not.
            Err(failure) if failure.data("field") == Some("order_id") => {
                let home = Home.view(cx).await?;
                return Ok(Reaction::ShowSaying(home, cx.texts.toast_old_button()));
            }
            Err(failure) => self.refused(cx, failure).await?,
        };
        Ok(Reaction::Show(view))
    }
}

impl Buy {
    async fn placed(&self, cx: &Cx, order: &Order) -> View {
        match order.state {
            OrderState::Delivered => self.delivered(cx, order).await,
            OrderState::Open => self.finishing(cx),
            OrderState::Released => self.released(cx, &order.release_reason),
        }
    }

    /// The receipt; where a file of it cannot be read now, the queue sends the goods in a moment.
    async fn delivered(&self, cx: &Cx, order: &Order) -> View {
        match receipt::view(cx, order, cx.texts.receipt_thanks()).await {
            Ok(view) => {
                view.settling(key::goods(order.id)).row(receipt::review_key(cx, order)).row([
                    Key::to(cx.texts.key_view_again(), Purchase { order: order.id, page: 0 }),
                    Key::to(cx.texts.key_to_shop(), Shop { page: 0 }),
                ])
            }
            Err(failure) => {
                tracing::warn!(order = ?order.id, %failure, "goods are left to the queue");
                self.finishing(cx)
            }
        }
    }

    async fn refused(&self, cx: &Cx, failure: Failure) -> Result<View, Failure> {
        let number = |key| failure.data(key).and_then(|text| text.parse::<i64>().ok());
        match failure.code() {
            "inventory.price_changed" => {
                let Some(now) = number("price_minor") else { return Err(failure) };
                Ok(price_changed::view(cx, self, cx.money(now)))
            }
            "payments.insufficient_funds" => Ok(match number("available_minor") {
                Some(available) => self.too_dear(cx, available).await?,
                None => no_money::brief(cx, self.card()),
            }),
            "inventory.out_of_stock" => Ok(self.released(cx, failure.code())),
            // Nothing was written; the same button may be pressed again.
            "inventory.stock_contended" => Err(failure),
            _ if failure.is_unknown_outcome() => {
                tracing::warn!(order = ?self.order, %failure, "an order's outcome is not known");
                Ok(self.finishing(cx))
            }
            _ => Err(failure),
        }
    }

    async fn too_dear(&self, cx: &Cx, available_minor: i64) -> Result<View, Failure> {
        let total = total(cx.money(self.price_minor), self.quantity)?;
        let gap = Gap { total, available: cx.money(available_minor) };
        // This order was refused for good: another id for the one that may go on.
        let order = OrderId::fresh(&cx.clock);
        let Self { item, price_minor, quantity, .. } = *self;
        let go_on = BuyOn::Item { order, item, price_minor, quantity };
        Ok(no_money::view(cx, gap, self.card(), go_on).await)
    }

    fn finishing(&self, cx: &Cx) -> View {
        let check = Purchase { order: self.order, page: 0 };
        View::new(cx.texts.order_finishing())
            .row([Key::to(cx.texts.key_check_order(), check)])
            .row([cx.home_key()])
    }

    fn released(&self, cx: &Cx, reason: &str) -> View {
        match reason {
            "payments.insufficient_funds" => no_money::brief(cx, self.card()),
            "inventory.out_of_stock" => View::new(cx.texts.sold_out())
                .row([Key::to(cx.texts.key_watch(), self.bell())])
                .row([Key::to(cx.texts.key_to_shop(), Shop { page: 0 }), cx.home_key()]),
            _ => View::new(cx.texts.order_undone())
                .row([Key::to(cx.texts.key_to_item(), self.card()), cx.home_key()]),
        }
    }

    fn bell(&self) -> Watch {
        Watch { item: self.item, page: 0, shop_page: 0, on: true }
    }

    fn card(&self) -> Item {
        Item { item: self.item, page: 0, shop_page: 0 }
    }
}
