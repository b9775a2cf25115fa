//! Keys of queued messages: the same cause is one message, whoever tells of it and how often.

use kernel::ids::{InvoiceId, OrderId};

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
