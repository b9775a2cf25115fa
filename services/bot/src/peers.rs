//! What the bot asks of the other services, as functions of its own; every call is made as one person and has a
//! deadline.

pub mod audit;
pub mod broadcast_admin;
pub mod buyers;
pub mod carts;
pub mod catalog;
pub mod catalog_admin;
pub mod invoices;
pub mod order_admin;
pub mod orders;
pub mod payments_admin;
pub mod people_admin;
pub mod promo_admin;
pub mod promos;
pub mod referrals;
pub mod review_admin;
pub mod reviews;
pub mod rewards;
pub mod sales;
pub mod shop_state;
pub mod staff;
pub mod stock_admin;
pub mod tickets;
pub mod waiting;
pub mod wallet;

use std::time::Duration;

use chassis::ground::Wires;
use contract::actor::Caller;
use contract::common;
use contract::failure::{Failure, Kind};
use kernel::page::PageRequest;
use tonic::Request;

/// Looking something up; a person waits for it.
const READ: Duration = Duration::from_secs(4);
/// Of an answer with goods: a hundred pieces of 16 KiB in each of ten lines. tonic's own limit is four megabytes, and what does
/// not fit is bought and never seen.
const GOODS_BYTES_MAX: usize = 32 * 1024 * 1024;
/// Doing something that others have to do their part of.
const WORK: Duration = Duration::from_secs(10);

/// The other services, as one person.
#[derive(Clone)]
pub struct Peers {
    wires: Wires,
    caller: Caller,
}

impl Peers {
    /// For one piece of work of one person.
    pub fn new(wires: Wires, caller: Caller) -> Self {
        Self { wires, caller }
    }

    fn read<T>(&self, message: T) -> Request<T> {
        self.within(READ, message)
    }

    fn work<T>(&self, message: T) -> Request<T> {
        self.within(WORK, message)
    }

    fn within<T>(&self, deadline: Duration, message: T) -> Request<T> {
        let mut request = self.caller.request(message);
        request.set_timeout(deadline);
        request
    }
}

fn page(page: PageRequest) -> common::PageRequest {
    common::PageRequest { number: page.number, size: page.size }
}

/// A peer left out what its contract promises.
fn absent(field: &str) -> Failure {
    Failure::new(Kind::Internal, "bot.peer_answer").because(format_args!("{field} is absent"))
}
