//! Any order by its number, or by a value that was sold. To see what was sold takes another right and a reason.

use contract::common::Permission;
use contract::failure::{Failure, Kind};
use kernel::ids::OrderId;
use serde::{Deserialize, Serialize};

use super::edit_item::below;
use crate::failure_text;
use crate::html::Html;
use crate::peers::order_admin::{FoundUnit, StaffOrder, UnitState};
use crate::peers::orders::OrderState;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Console, receipt};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindOrder {
    /// The number of an order.
    Number,
    /// A value.
    Value,
    /// Why the goods of an order are to be seen.
    Reason {
        /// Which order.
        order: OrderId,
    },
}

impl Page for FindOrder {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(self.ask(cx, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let Input::Text { text, message_id, .. } = input else {
            return Ok(Reaction::Show(self.ask(cx, None)));
        };
        let found = match self {
            Self::Number => cx.peers.find_order(text).await.map(|found| card(cx, &found)),
            Self::Value => {
                let found = cx.peers.find_unit(text).await;
                // It may be for sale: it does not stay in the chat.
                cx.chat.delete(message_id).await;
                found.map(|found| unit(cx, &found))
            }
            Self::Reason { order } => {
                let opened = cx.peers.reveal_order(*order, text).await;
                opened.map(|found| opened_card(cx, &found))
            }
        };
        Ok(Reaction::Show(match found {
            Ok(view) => view,
            Err(failure) => self.ask(cx, Some(problem(cx, failure)?)),
        }))
    }
}

impl FindOrder {
    fn ask(&self, cx: &Cx, before: Option<Html>) -> View {
        let texts = cx.texts;
        let opens = cx.staff.may(Permission::Catalog);
        let (question, other) = match self {
            Self::Number => (
                texts.staff_ask_order_number(),
                opens.then(|| Key::to(texts.key_staff_by_value(), Self::Value)),
            ),
            Self::Value => (
                texts.staff_ask_value_sold(),
                Some(Key::to(texts.key_staff_by_number(), Self::Number)),
            ),
            Self::Reason { .. } => (texts.staff_ask_reason(), None),
        };
        View::new(below(before, question))
            .row(other)
            .row([Key::to(texts.key_cancel(), Console)])
            .asking(self.clone())
    }
}

fn problem(cx: &Cx, failure: Failure) -> Result<Html, Failure> {
    match (failure.code(), failure.kind()) {
        ("inventory.order_missing", _) => Ok(cx.texts.staff_order_missing()),
        (_, Kind::Invalid) => Ok(cx.texts.staff_bad_reason()),
        _ => failure_text::asking_again(cx, failure),
    }
}

/// What staff see of an order: all but the goods.
fn card(cx: &Cx, found: &StaffOrder) -> View {
    let texts = cx.texts;
    let order = found.order.id;
    let opens = found.order.state == OrderState::Delivered && cx.staff.may(Permission::Catalog);
    let open =
        opens.then(|| Key::to(texts.key_staff_reveal(), FindOrder::Reason { order }).primary());
    View::new(facts(cx, found)).row(open).row(ways(cx))
}

fn opened_card(cx: &Cx, found: &StaffOrder) -> View {
    // Files by their names: one of them is looked at among the units of its item.
    let facts = found
        .order
        .files()
        .fold(facts(cx, found), |text, file| text.line(cx.texts.staff_order_file(&file.name)));
    receipt::with_goods(cx, &found.order, facts).row(ways(cx))
}

fn facts(cx: &Cx, found: &StaffOrder) -> Html {
    let texts = cx.texts;
    let state = match found.order.state {
        OrderState::Delivered => texts.staff_order_delivered(),
        OrderState::Open => texts.staff_order_open(),
        OrderState::Released => texts.staff_order_released(),
    };
    let seen = match found.seen_at {
        Some(at) => texts.staff_order_seen(cx.format.time(at)),
        None => texts.staff_order_unseen(),
    };
    let title = texts.staff_order_title(&found.order.number);
    receipt::items(cx, &found.order, title)
        .paragraph(state)
        .line(texts.receipt_time(cx.format.time(found.order.placed_at)))
        .line(texts.staff_order_buyer(found.buyer.0))
        .line(seen)
}

fn unit(cx: &Cx, found: &FoundUnit) -> View {
    let texts = cx.texts;
    let state = match found.state {
        UnitState::Sold => texts.staff_unit_sold(&found.order_number),
        UnitState::Reserved => texts.staff_unit_reserved(&found.order_number),
        UnitState::Shared => texts.staff_unit_shared(),
        UnitState::Withdrawn => texts.staff_unit_withdrawn(),
        UnitState::Free | UnitState::Unspecified => texts.staff_unit_free(),
    };
    View::new(texts.staff_item_title(&found.item_name).paragraph(state)).row(ways(cx))
}

fn ways(cx: &Cx) -> [Key; 2] {
    [Key::to(cx.texts.key_staff_find_order(), FindOrder::Number), cx.home_key()]
}
