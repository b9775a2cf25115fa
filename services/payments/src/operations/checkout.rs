//! Checkouts: Telegram asks whether a person may pay and waits ten seconds. It always gets an
//! answer.

use std::fmt::Display;
use std::time::Duration;

use contract::failure::{Failure, Kind};
use kernel::locale::Locale;
use telegram::{AnswerPreCheckoutQuery, Trouble};

use super::Payments;
use crate::domain::checkout::{Checkout, Refusal, admit};
use crate::domain::invoice::Invoice;
use crate::store;

/// Looking the invoice up may take this long; then the answer is "not now".
const DECIDE_WITHIN: Duration = Duration::from_secs(4);
/// The bot may take this long to say whether the payer is shut out; then they are not.
const STANDING_WITHIN: Duration = Duration::from_millis(1_500);
/// One try of answering; with all tries it stays below eight seconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
const TRIES: u32 = 2;

/// Decides and answers. The same question gets the same answer as long as the invoice has not
/// changed.
///
/// # Errors
/// The answer did not reach Telegram, which then asks again.
pub async fn answer_checkout(
    payments: &Payments,
    query_id: &str,
    checkout: &Checkout,
    locale: Option<Locale>,
) -> Result<(), Failure> {
    let Some(client) = &payments.telegram else {
        return Err(Failure::new(Kind::Internal, "payments.no_bot")
            .because("a checkout came, but telegram.token is not set"));
    };
    let decided = tokio::time::timeout(DECIDE_WITHIN, decide(payments, checkout)).await;
    let answer = match decided.unwrap_or(Err(Refusal::NotNow)) {
        Ok(()) => AnswerPreCheckoutQuery::accept(query_id),
        Err(refusal) => {
            let (invoice, reason) = (checkout.invoice_id, refusal.code());
            tracing::warn!(payer = ?checkout.payer, ?invoice, reason, "checkout refused");
            metrics::counter!("bodega_payments_refused_checkouts_total", "reason" => reason)
                .increment(1);
            let text = refusal.text(locale.unwrap_or(payments.locale));
            AnswerPreCheckoutQuery::refuse(query_id, text)
        }
    };
    send(client, &answer).await
}

async fn decide(payments: &Payments, checkout: &Checkout) -> Result<(), Refusal> {
    let (invoice, is_blocked) = tokio::join!(
        find_invoice(payments, checkout),
        payments.peers.is_blocked(checkout.payer, STANDING_WITHIN)
    );
    let invoice = invoice?;
    admit(invoice.as_ref(), checkout)?;
    if is_blocked {
        return Err(Refusal::Blocked);
    }
    let method = invoice.map(|invoice| invoice.method).unwrap_or_default();
    payments.providers.find(&method).map(|_| ()).ok_or(Refusal::SwitchedOff)
}

async fn find_invoice(
    payments: &Payments,
    checkout: &Checkout,
) -> Result<Option<Invoice>, Refusal> {
    let Some(id) = checkout.invoice_id else { return Ok(None) };
    store::invoices::find(&payments.pool, id).await.map_err(|error| {
        tracing::warn!(%error, "checkout could not be looked up");
        Refusal::NotNow
    })
}

async fn send(client: &telegram::Client, answer: &AnswerPreCheckoutQuery) -> Result<(), Failure> {
    for _ in 0..TRIES {
        let call = client.answer_pre_checkout_query(answer);
        match tokio::time::timeout(ANSWER_WITHIN, call).await {
            Ok(Ok(())) => return Ok(()),
            // Answered before, or nobody waits any more: there is nothing left to do.
            Ok(Err(error)) if *error.trouble() == Trouble::QueryTooOld => {
                tracing::warn!(%error, "checkout was answered too late or twice");
                return Ok(());
            }
            Ok(Err(error)) if error.trouble().is_permanent() => {
                return Err(not_answered(Kind::Internal, error));
            }
            Ok(Err(error)) => tracing::warn!(%error, "checkout not answered yet"),
            Err(_) => tracing::warn!("checkout not answered in time"),
        }
    }
    Err(not_answered(Kind::Unavailable, "telegram did not take the answer"))
}

fn not_answered(kind: Kind, why: impl Display) -> Failure {
    Failure::new(kind, "payments.checkout_not_answered").because(why)
}
