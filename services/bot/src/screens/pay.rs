//! The press that buys what was agreed to: a cart, or an item with a code. What was agreed to is kept beside the question;
//! where it was forgotten, the order itself tells whether it was bought, and otherwise the question is asked anew.

use contract::failure::Failure;
use kernel::ids::OrderId;
use serde::{Deserialize, Serialize};

use crate::failure_text;
use crate::outbound::key;
use crate::peers::carts::Checkout as Ended;
use crate::peers::orders::{Order, OrderState};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::agreed::{Agreed, Source, ask_again, no_money};
use crate::screens::{Cart, Purchase, Shop, checkout, receipt};

/// Buys what was agreed to under this id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pay {
    /// Made when the question was shown.
    pub order: OrderId,
}

impl Page for Pay {
    /// Asks again: a press buys, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match self.agreed(cx).await {
            Some(agreed) => ask_again(cx, &agreed, None).await,
            None => Cart::Show.view(cx).await,
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if !matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let Some(agreed) = self.agreed(cx).await else { return self.forgotten(cx).await };
        let outcome = match agreed.source {
            Source::Cart => cx.peers.check_out(agreed.order, &agreed.lines).await,
            Source::Card => match agreed.lines.as_slice() {
                [line] => cx.peers.place_discounted(agreed.order, line).await.map(Ended::Ordered),
                _ => return self.forgotten(cx).await,
            },
        };
        let view = match outcome {
            Ok(Ended::Ordered(order)) => self.placed(cx, &agreed, &order).await?,
            Ok(Ended::Changed(changed)) => checkout::changed(cx, &agreed, &changed).await?,
            Err(failure) => self.refused(cx, &agreed, failure).await?,
        };
        Ok(Reaction::Show(view))
    }
}

impl Pay {
    async fn agreed(&self, cx: &Cx) -> Option<Agreed> {
        cx.draft().await.filter(|agreed: &Agreed| agreed.order == self.order)
    }

    /// Pressed once more after it was done, or much too late.
    async fn forgotten(&self, cx: &Cx) -> Result<Reaction, Failure> {
        match cx.peers.get_order(self.order).await {
            Ok(_) => Ok(Reaction::Go(Purchase { order: self.order, page: 0 }.into())),
            Err(failure) if failure.code() == "inventory.order_missing" => {
                let cart = Cart::Show.view(cx).await?;
                Ok(Reaction::ShowSaying(cart, cx.texts.toast_ask_again()))
            }
            Err(failure) => Err(failure),
        }
    }

    async fn placed(&self, cx: &Cx, agreed: &Agreed, order: &Order) -> Result<View, Failure> {
        match order.state {
            OrderState::Delivered => Ok(self.delivered(cx, order).await),
            OrderState::Open => Ok(self.finishing(cx)),
            OrderState::Released => ask_again(cx, agreed, Some(cx.texts.order_undone())).await,
        }
    }

    /// The receipt; where a file of it cannot be read now, the queue sends the goods in a moment.
    async fn delivered(&self, cx: &Cx, order: &Order) -> View {
        match receipt::view(cx, order, cx.texts.receipt_thanks()).await {
            Ok(view) => {
                let view = view.settling(key::goods(order.id)).row(receipt::review_key(cx, order));
                receipt::line_keys(cx, view, order, 0).row([
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

    async fn refused(&self, cx: &Cx, agreed: &Agreed, failure: Failure) -> Result<View, Failure> {
        let available = failure.data("available_minor").and_then(|text| text.parse::<i64>().ok());
        match (failure.code(), available) {
            ("payments.insufficient_funds", Some(available)) => {
                // That order was refused for good: another id for the one that may go on.
                let agreed = Agreed { order: OrderId::fresh(&cx.clock), ..agreed.clone() };
                Ok(no_money(cx, &agreed, cx.money(available)).await)
            }
            // Nothing was written; the same button may be pressed again.
            ("inventory.stock_contended", _) => Err(failure),
            _ if failure.is_unknown_outcome() => {
                tracing::warn!(order = ?self.order, %failure, "an order's outcome is not known");
                Ok(self.finishing(cx))
            }
            _ => ask_again(cx, agreed, Some(failure_text::asking_again(cx, failure)?)).await,
        }
    }

    fn finishing(&self, cx: &Cx) -> View {
        let check = Purchase { order: self.order, page: 0 };
        View::new(cx.texts.order_finishing())
            .row([Key::to(cx.texts.key_check_order(), check)])
            .row([cx.home_key()])
    }
}
