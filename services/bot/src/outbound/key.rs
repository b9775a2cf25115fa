//! Keys of queued messages: the same cause is one message, whoever tells of it and how often.

use kernel::ids::{InvoiceId, ItemId, OrderId, PersonId};

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
