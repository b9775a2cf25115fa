//! Keys of queued messages: the same cause is one message, whoever tells of it and how often.

use jiff::Timestamp;
use kernel::ids::{BroadcastId, InvoiceId, ItemId, MessageId, OrderId, PersonId, PressId};

/// The goods of an order.
pub fn goods(order: OrderId) -> String {
    format!("goods:{order}")
}

/// An order that was undone after its buyer had been told to wait.
pub fn released(order: OrderId) -> String {
    format!("released:{order}")
}

/// A purchase that waited for money and did not come about.
pub fn stopped(order: OrderId) -> String {
    format!("stopped:{order}")
}

/// An invoice that was shown as paid.
pub fn paid(invoice: InvoiceId) -> String {
    format!("paid:{invoice}")
}

/// Money that came in: an invoice can be paid more than once.
pub fn paid_by(transfer: &str) -> String {
    format!("paid:{transfer}")
}

/// An inviter's share.
pub fn referral(transfer: &str) -> String {
    format!("referral:{transfer}")
}

/// A change of the balance by staff.
pub fn adjusted(transfer: &str) -> String {
    format!("adjusted:{transfer}")
}

/// One wish of staff to see a broadcast as others would.
pub fn preview(press: PressId) -> String {
    format!("preview:{press}")
}

/// A broadcast that went to everybody.
pub fn broadcast_over(broadcast: BroadcastId) -> String {
    format!("broadcast-over:{broadcast}")
}

/// What staff wrote to a person.
pub fn ticket_answered(message: MessageId) -> String {
    format!("ticket-answered:{message}")
}

/// What a person wrote, for one of staff.
pub fn ticket_written(message: MessageId, staff: PersonId) -> String {
    format!("ticket-written:{message}:{staff}")
}

/// A person who has waited since then, for one of staff.
pub fn ticket_waits(person: PersonId, since: Timestamp, staff: PersonId) -> String {
    format!("ticket-waits:{person}:{}:{staff}", since.as_second())
}

/// A payment that staff must look at.
pub fn suspense(case: &str) -> String {
    format!("suspense:{case}")
}

/// An item's stock has fallen to its threshold; `entry` is the event that said so.
pub fn low_stock(item: ItemId, entry: &str) -> String {
    format!("low:{item}:{entry}")
}

/// An item is back, for one who waited; once per bundle of fresh stock.
pub fn back(restock: i64, person: PersonId) -> String {
    format!("back:{restock}:{person}")
}

/// The news channel does not take posts, for this kind of reason.
pub fn channel(channel: &str, hint: &str) -> String {
    format!("channel:{channel}:{hint}")
}
