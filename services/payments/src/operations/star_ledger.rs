//! Telegram's own ledger of stars: what its updates never told is found there.

use chassis::sql;
use contract::failure::{Failure, Kind};
use durable::jobs::Round;
use telegram::{GetStarTransactions, StarTransaction};

use super::payment::settle;
use super::suspense::note_refund;
use super::{Payments, inbox};
use crate::providers::stars::{self, Update, read_transaction};
use crate::store;

/// The most that Telegram gives at once.
const PAGE: u8 = 100;

/// Compares the next page of the ledger with the books and books what is missing. Whatever was
/// booked before stays booked once: a line has the id of its payment. A line that time alone will
/// not mend goes to the inbox, so that it holds up no other.
///
/// # Errors
/// Telegram's, or what passes; the same page comes again.
pub async fn reconcile_stars(payments: &Payments) -> Result<Round, Failure> {
    let is_offered = payments.providers.find(stars::SLUG).is_some();
    let Some(client) = payments.telegram.as_ref().filter(|_| is_offered) else {
        return Ok(Round::Done);
    };
    let place =
        store::star_ledger::open(&payments.pool, client.bot_id()).await.map_err(sql::failure)?;
    let page = GetStarTransactions {
        offset: u32::try_from(place.seen_lines).unwrap_or(u32::MAX),
        limit: PAGE,
    };
    let lines = client
        .get_star_transactions(&page)
        .await
        .map_err(|error| Failure::new(Kind::Unavailable, "payments.star_ledger").because(error))?;
    for line in lines.iter().filter(|line| line.date >= place.began_at.as_second()) {
        match book_line(payments, line).await {
            Err(failure) if !failure.is_passing() => {
                tracing::error!(charge = line.id, %failure, "line of the star ledger not booked");
                inbox::put_line(payments, line).await?;
            }
            booked => booked?,
        }
    }
    let seen = i64::try_from(lines.len()).unwrap_or_default();
    store::star_ledger::advance(&payments.pool, place, seen).await.map_err(sql::failure)?;
    Ok(Round::of(lines.len(), usize::from(PAGE)))
}

/// Books what one line tells.
pub(super) async fn book_line(payments: &Payments, line: &StarTransaction) -> Result<(), Failure> {
    match read_transaction(line) {
        Update::Paid(payment) => {
            if settle(payments, &payment).await?.is_fresh() {
                tracing::warn!(charge = line.id, "a payment was missed by its update");
            }
        }
        Update::Refunded(refund) => note_refund(payments, &refund).await?,
        Update::Checkout { .. } | Update::Other => {}
    }
    Ok(())
}
