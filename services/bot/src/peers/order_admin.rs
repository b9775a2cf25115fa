//! Orders of anybody, for staff.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::order_admin_service_client::OrderAdminServiceClient;
use jiff::Timestamp;
use kernel::ids::{OrderId, PersonId};

use crate::peers::orders::Order;
use crate::peers::{GOODS_BYTES_MAX, Peers, absent};

pub use contract::inventory::UnitState;

/// An order, and whose it is.
#[derive(Debug, Clone)]
pub struct StaffOrder {
    /// The order.
    pub order: Order,
    /// Who bought.
    pub buyer: PersonId,
    /// When the buyer first saw the goods.
    pub seen_at: Option<Timestamp>,
}

/// What became of a value.
#[derive(Debug, Clone)]
pub struct FoundUnit {
    /// Of which item.
    pub item_name: String,
    /// Where it is now.
    pub state: UnitState,
    /// Of the order that holds it; empty where none does.
    pub order_number: String,
}

impl TryFrom<wire::StaffOrder> for StaffOrder {
    type Error = Failure;

    fn try_from(found: wire::StaffOrder) -> Result<Self, Failure> {
        Ok(Self {
            order: found.order.ok_or_else(|| absent("order"))?.try_into()?,
            buyer: PersonId(found.buyer_id),
            seen_at: found.revealed_at.map(|at| convert::instant(Some(at))),
        })
    }
}

impl Peers {
    /// The order with a number as people type it, without its goods.
    pub async fn find_order(&self, number: &str) -> Result<StaffOrder, Failure> {
        let request = self.read(wire::FindOrderRequest { number: number.to_owned() });
        let answer = self.order_admin().find_order(request).await?.into_inner();
        answer.order.ok_or_else(|| absent("order"))?.try_into()
    }

    /// An order with its goods; who asked and why is kept.
    pub async fn reveal_order(&self, id: OrderId, reason: &str) -> Result<StaffOrder, Failure> {
        let (order_id, reason) = (id.to_string(), reason.to_owned());
        let request = self.work(wire::RevealOrderRequest { order_id, reason });
        let answer = self.order_admin().reveal_order(request).await?.into_inner();
        answer.order.ok_or_else(|| absent("order"))?.try_into()
    }

    /// What became of a value; that somebody asked is kept, the value is not.
    pub async fn find_unit(&self, value: &str) -> Result<FoundUnit, Failure> {
        let unit = Some(wire::UnitValue { value: value.to_owned(), file: None });
        let request = self.work(wire::FindUnitByValueRequest { unit });
        let answer = self.order_admin().find_unit_by_value(request).await?.into_inner();
        let state = answer.state();
        let (item_name, order_number) = (answer.item_name, answer.order_number);
        Ok(FoundUnit { item_name, state, order_number })
    }

    fn order_admin(&self) -> OrderAdminServiceClient<contract::wire::Wire> {
        OrderAdminServiceClient::new(self.wires.inventory.clone())
            .max_decoding_message_size(GOODS_BYTES_MAX)
    }
}
