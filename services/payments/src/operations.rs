//! What the service does: one transaction each, or one statement, and never a network call inside
//! either.

pub mod adjustment;
pub mod books;
pub mod checkout;
pub mod grant;
pub mod hold;
pub mod import;
pub mod inbox;
pub mod invoice;
pub mod money_stats;
pub mod payment;
pub mod proposal;
pub mod referral;
pub mod star_ledger;
pub mod suspense;
pub mod wallet;

use std::fmt::Display;

use contract::failure::{Failure, Kind};
use contract::payments::{Event, event};
use durable::feed::Bell;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::clock::Clock;
use kernel::locale::Locale;
use kernel::money::Money;
use sqlx::{PgConnection, PgPool};

use crate::config::{Adjustments, Terms};
use crate::operations::money_stats::RecentTotals;
use crate::peers::Peers;
use crate::providers::Providers;

/// What every operation works with; one per process.
pub struct Payments {
    /// The service's own tables.
    pub pool: PgPool,
    /// Wakes the readers of the feed.
    pub bell: Bell,
    /// On what terms money is taken.
    pub terms: Terms,
    /// What bounds adjustments by staff.
    pub adjustments: Adjustments,
    /// The ways to pay.
    pub providers: Providers,
    /// Answers checkouts; none without a bot.
    pub telegram: Option<telegram::Client>,
    /// For people whose own language is not spoken.
    pub locale: Locale,
    /// Those whom the service asks.
    pub peers: Peers,
    /// Says which day it is.
    pub clock: Clock,
    /// Where the shop's days begin.
    pub zone: TimeZone,
    /// What staff asked for a moment ago.
    pub recent_totals: RecentTotals,
}

impl Payments {
    /// The present day, where the shop is.
    pub(crate) fn today(&self) -> Date {
        self.clock.now().to_zoned(self.zone.clone()).date()
    }

    /// When it began.
    pub(crate) fn midnight(&self) -> Timestamp {
        let now = self.clock.now();
        now.to_zoned(self.zone.clone()).start_of_day().map_or(now, |start| start.timestamp())
    }

    /// The amount, if it is in the currency of wallets and at least `minor_min`.
    pub(crate) fn accept(&self, amount: Money, minor_min: i64) -> Result<Money, Failure> {
        let currency = self.terms.currency();
        if amount.currency != currency {
            return Err(Failure::new(Kind::Invalid, "payments.wrong_currency")
                .because(format_args!("wallets are in {currency}")));
        }
        if amount.minor < minor_min {
            return Err(invalid_amount("the amount is too small"));
        }
        Ok(amount)
    }
}

fn invalid_amount(why: impl Display) -> Failure {
    Failure::new(Kind::Invalid, "payments.invalid_amount").because(why)
}

/// Longest text that is kept with a movement.
const REFERENCE_CHARS_MAX: usize = 200;

fn accept_reference(reference: String) -> Result<String, Failure> {
    if reference.chars().count() > REFERENCE_CHARS_MAX || reference.contains('\0') {
        return Err(contract::convert::invalid("reference", "at most 200 characters"));
    }
    Ok(reference)
}

/// Tells others what happened, in the transaction in which it happens.
async fn tell(conn: &mut PgConnection, what: event::What) -> sqlx::Result<()> {
    durable::outbox::write(conn, &Event { what: Some(what) }).await
}
