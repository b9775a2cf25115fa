//! The bot's Stars: every payment and every refund, in order.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::failure::Failure;
use super::message::User;
use crate::lock::lock;

/// Which way stars moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Incoming,
    Outgoing,
}

/// A movement of stars; a refund carries the id of its payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarEntry {
    pub charge_id: String,
    pub direction: Direction,
    pub amount: i64,
    /// Seconds since the epoch.
    pub date: i64,
    pub person: Arc<User>,
    pub payload: String,
}

impl StarEntry {
    fn transaction(&self) -> Value {
        let partner = json!({
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": self.person,
            "invoice_payload": self.payload,
        });
        let side = match self.direction {
            Direction::Incoming => "source",
            Direction::Outgoing => "receiver",
        };
        json!({ "id": self.charge_id, "amount": self.amount, "date": self.date, side: partner })
    }
}

/// A refund that is asked for.
pub(crate) struct Refund<'a> {
    pub(crate) person: i64,
    pub(crate) charge: &'a str,
    /// Seconds since the epoch.
    pub(crate) date: i64,
}

#[derive(Default)]
pub(crate) struct Ledger {
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    entries: Vec<StarEntry>,
    /// Where a charge's payment stands, and whether it was refunded.
    charges: HashMap<String, (usize, bool)>,
    balance: i64,
}

impl Book {
    fn push(&mut self, entry: StarEntry) {
        match entry.direction {
            Direction::Incoming => {
                self.balance += entry.amount;
                self.charges.insert(entry.charge_id.clone(), (self.entries.len(), false));
            }
            Direction::Outgoing => {
                self.balance -= entry.amount;
                if let Some((_, refunded)) = self.charges.get_mut(&entry.charge_id) {
                    *refunded = true;
                }
            }
        }
        self.entries.push(entry);
    }
}

impl Ledger {
    pub(crate) fn record(&self, entry: StarEntry) {
        lock(&self.book).push(entry);
    }

    /// Pays a charge back in full, once.
    pub(crate) fn refund(&self, refund: Refund<'_>) -> Result<StarEntry, Failure> {
        let Refund { person, charge, date } = refund;
        let mut book = lock(&self.book);
        let Some(&(at, refunded)) = book.charges.get(charge) else {
            return Err(Failure::bad_request("CHARGE_NOT_FOUND"));
        };
        let payment = &book.entries[at];
        if payment.person.id != person {
            return Err(Failure::bad_request("CHARGE_NOT_FOUND"));
        }
        if refunded {
            return Err(Failure::bad_request("CHARGE_ALREADY_REFUNDED"));
        }
        if book.balance < payment.amount {
            return Err(Failure::bad_request("BALANCE_TOO_LOW"));
        }
        let refund = StarEntry { direction: Direction::Outgoing, date, ..payment.clone() };
        book.push(refund.clone());
        Ok(refund)
    }

    /// The transactions of a stretch, counted from the oldest.
    pub(crate) fn transactions(&self, stretch: Range<usize>) -> Vec<Value> {
        let book = lock(&self.book);
        let entries = book.entries.iter().skip(stretch.start).take(stretch.len());
        entries.map(StarEntry::transaction).collect()
    }

    pub(crate) fn balance(&self) -> i64 {
        lock(&self.book).balance
    }

    pub(crate) fn list(&self) -> Vec<StarEntry> {
        lock(&self.book).entries.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(charge: &str) -> StarEntry {
        StarEntry {
            charge_id: charge.to_owned(),
            direction: Direction::Incoming,
            amount: 75,
            date: 1,
            person: Arc::new(User { id: 7, ..User::default() }),
            payload: "p".to_owned(),
        }
    }

    #[test]
    fn a_refund_repeats_the_id_of_its_payment_and_happens_once() {
        let ledger = Ledger::default();
        ledger.record(payment("stx1"));
        assert_eq!(ledger.balance(), 75);
        let refund = |person| ledger.refund(Refund { person, charge: "stx1", date: 2 });
        let stranger = refund(8).unwrap_err();
        assert_eq!(stranger.description, "Bad Request: CHARGE_NOT_FOUND");
        assert!(refund(7).is_ok());
        let again = refund(7).unwrap_err();
        assert_eq!(again.description, "Bad Request: CHARGE_ALREADY_REFUNDED");
        assert_eq!(ledger.balance(), 0);
        let transactions = ledger.transactions(0..100);
        assert_eq!(transactions[0]["id"], transactions[1]["id"]);
        assert_eq!(transactions[0]["source"]["user"]["id"], 7);
        assert_eq!(transactions[1]["receiver"]["invoice_payload"], "p");
        assert_eq!(ledger.transactions(1..101).len(), 1);
    }
}
