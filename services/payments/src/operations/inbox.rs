//! The inbox: what comes in about money is stored raw, then handled at once, and again by a job
//! until it is done.

use chassis::sql;
use contract::failure::{Failure, Kind};
use durable::jobs::Round;
use http::HeaderMap;
use sha2::{Digest, Sha256};
use telegram::StarTransaction;

use super::Payments;
use super::checkout::answer_checkout;
use super::invoice::no_such_method;
use super::payment::settle;
use super::star_ledger::book_line;
use super::suspense::note_refund;
use crate::domain::payment::Outcome;
use crate::providers::stars::{self, Update};
use crate::providers::{BadSignature, Unreadable};
use crate::store;
use crate::store::inbox::{Letter, Next};

/// The doors that are not a provider's own.
const TELEGRAM_PAYMENT: &str = "telegram-payment";
const TELEGRAM_REFUND: &str = "telegram-refund";
const TELEGRAM_UNREADABLE: &str = "telegram-unreadable";
const STAR_LEDGER: &str = "star-ledger";

/// Whoever brings a letter has this long to handle it before the job does.
const LEASE_SECONDS: i32 = 15;
/// Letters that one round of the job takes.
const BATCH: i64 = 20;
/// A letter that failed this often waits for people, unless what it waits for may still come.
const TRIES_MAX: i32 = 5;

/// Takes a provider's callback: verified on its raw bytes, stored, handled.
///
/// # Errors
/// `payments.bad_signature`, and then nothing is stored; or the database's, and then the provider
/// sends it again.
pub async fn take_callback(
    payments: &Payments,
    provider: &str,
    headers: &HeaderMap,
    body: Vec<u8>,
) -> Result<(), Failure> {
    let desk = payments.providers.find(provider).ok_or_else(no_such_method)?;
    desk.verify_callback(headers, &body).map_err(|error: BadSignature| {
        tracing::warn!(provider, "callback with a bad signature refused");
        Failure::new(Kind::Unauthenticated, "payments.bad_signature").because(error)
    })?;
    // By content: a provider's own numbering of its callbacks need not be unique.
    take(payments, by_content(provider, body)).await
}

/// Takes an update of Telegram's about money: a checkout is answered, everything else is stored and
/// handled. What cannot be read is parked: it is not lost, and no chat waits for it.
///
/// # Errors
/// It was not stored, or the checkout not answered; then Telegram delivers it again.
pub async fn take_update(payments: &Payments, body: Vec<u8>) -> Result<(), Failure> {
    let (source, external_id) = match stars::read_update(&body) {
        Err(error) => return park_unreadable(payments, body, error).await,
        Ok(Update::Checkout { query_id, checkout, locale }) => {
            return answer_checkout(payments, &query_id, &checkout, locale).await;
        }
        Ok(Update::Paid(payment)) => (TELEGRAM_PAYMENT, payment.external_id),
        Ok(Update::Refunded(payment)) => (TELEGRAM_REFUND, payment.external_id),
        Ok(Update::Other) => {
            tracing::warn!("an update about money says nothing that we know");
            return Ok(());
        }
    };
    take(payments, Letter { source: source.to_owned(), external_id, body, attempts: 0 }).await
}

async fn park_unreadable(
    payments: &Payments,
    body: Vec<u8>,
    error: Unreadable,
) -> Result<(), Failure> {
    let letter = by_content(TELEGRAM_UNREADABLE, body);
    let failure = unreadable(error);
    let is_new = store::inbox::put_parked(&payments.pool, &letter, failure.code())
        .await
        .map_err(sql::failure)?;
    if is_new {
        report_parked(&letter, &failure);
    }
    Ok(())
}

/// Leaves a line of Telegram's ledger that could not be booked to the job.
pub(super) async fn put_line(payments: &Payments, line: &StarTransaction) -> Result<(), Failure> {
    let letter = by_content(STAR_LEDGER, stars::write_line(line));
    let put = store::inbox::put(&payments.pool, &letter, LEASE_SECONDS).await;
    put.map(|_| ()).map_err(sql::failure)
}

fn by_content(source: &str, body: Vec<u8>) -> Letter {
    let external_id = hex::encode(Sha256::digest(&body));
    Letter { source: source.to_owned(), external_id, body, attempts: 0 }
}

/// Once it is stored it is taken: what fails after that is for the job.
async fn take(payments: &Payments, letter: Letter) -> Result<(), Failure> {
    let is_new =
        store::inbox::put(&payments.pool, &letter, LEASE_SECONDS).await.map_err(sql::failure)?;
    if !is_new {
        return Ok(());
    }
    if let Err(failure) = handle(payments, &letter).await {
        give_back(payments, &letter, &failure).await;
    }
    Ok(())
}

/// Handles letters that wait: those whose first handling failed or was cut off.
///
/// # Errors
/// The database's.
pub async fn work_inbox(payments: &Payments) -> Result<Round, Failure> {
    let letters = store::inbox::claim(&payments.pool, BATCH).await.map_err(sql::failure)?;
    for letter in &letters {
        if let Err(failure) = handle(payments, letter).await {
            give_back(payments, letter, &failure).await;
        }
    }
    Ok(Round::of(letters.len(), usize::try_from(BATCH).unwrap_or(usize::MAX)))
}

async fn handle(payments: &Payments, letter: &Letter) -> Result<(), Failure> {
    match letter.source.as_str() {
        // A later release may read what this one cannot.
        TELEGRAM_PAYMENT | TELEGRAM_REFUND | TELEGRAM_UNREADABLE => {
            match stars::read_update(&letter.body).map_err(unreadable)? {
                Update::Paid(payment) => settle(payments, &payment).await.map(|_| ())?,
                Update::Refunded(payment) => note_refund(payments, &payment).await?,
                Update::Checkout { .. } | Update::Other => {}
            }
        }
        STAR_LEDGER => {
            let line = stars::read_line(&letter.body).map_err(unreadable)?;
            book_line(payments, &line).await?;
        }
        provider => {
            let desk = payments.providers.find(provider).ok_or_else(no_such_method)?;
            for report in desk.read_callback(&letter.body).map_err(unreadable)? {
                if let Outcome::Paid(payment) = report.outcome {
                    settle(payments, &payment).await?;
                }
            }
        }
    }
    store::inbox::finish(&payments.pool, letter).await.map_err(sql::failure)
}

/// For another try, or for people where no try can help.
async fn give_back(payments: &Payments, letter: &Letter, failure: &Failure) {
    let next = next(letter.attempts, failure);
    let (source, external_id) = (letter.source.as_str(), letter.external_id.as_str());
    match next {
        Next::Park => report_parked(letter, failure),
        Next::Retry => tracing::warn!(source, external_id, %failure, "letter not handled yet"),
    }
    // Without this note the job takes the letter again when its lease is over.
    if let Err(error) = store::inbox::fail(&payments.pool, letter, failure.code(), next).await {
        tracing::warn!(source, external_id, %error, "letter not noted");
    }
}

/// Content that is wrong stays wrong. What a method that is switched on again mends, or a database
/// that is set right, is tried until then: money is not left lying for an outage.
fn next(attempts: i32, failure: &Failure) -> Next {
    let is_database = failure.kind() == Kind::Internal;
    let may_be_mended =
        failure.is_passing() || is_database || failure.code() == no_such_method().code();
    match failure.kind() {
        Kind::Invalid => Next::Park,
        _ if !may_be_mended && attempts >= TRIES_MAX => Next::Park,
        _ => Next::Retry,
    }
}

fn report_parked(letter: &Letter, failure: &Failure) {
    let (source, external_id) = (letter.source.as_str(), letter.external_id.as_str());
    tracing::error!(source, external_id, %failure, "letter parked, people must look at it");
    metrics::counter!("bodega_payments_parked_letters_total").increment(1);
}

fn unreadable(error: Unreadable) -> Failure {
    Failure::new(Kind::Invalid, "payments.unreadable_update").because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_no_time_mends_is_parked() {
        let failure = |kind| Failure::new(kind, "payments.test");
        assert_eq!(next(0, &failure(Kind::Invalid)), Next::Park);
        assert_eq!(next(TRIES_MAX - 1, &failure(Kind::Conflict)), Next::Retry);
        assert_eq!(next(TRIES_MAX, &failure(Kind::Conflict)), Next::Park);
        for failure in [
            failure(Kind::Unavailable),
            failure(Kind::Exhausted),
            failure(Kind::Internal),
            no_such_method(),
        ] {
            assert_eq!(next(1_000, &failure), Next::Retry, "{failure}");
        }
    }
}
