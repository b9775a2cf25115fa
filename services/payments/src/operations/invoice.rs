//! Invoices: opened with an intent first, asked about, expired. What is paid goes to `payment`.

use chassis::sql;
use contract::failure::{Failure, Kind};
use contract::payments::{InvoiceExpired, event};
use durable::jobs::Round;
use kernel::ids::{InvoiceId, PersonId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use super::{Payments, invalid_amount, payment, tell};
use crate::domain::invoice::{self, Event, Intent, Invoice, State};
use crate::domain::payment::Outcome;
use crate::providers::{CHECKED_MAX, Desk, Opened, Place, ProviderError, Report};
use crate::store;

/// A payment that was made in the last second needs a moment to be told.
const EXPIRY_GRACE_SECONDS: i32 = 60;
/// Invoices that one round of the job expires.
const EXPIRED_MAX: i64 = 100;

impl From<ProviderError> for Failure {
    fn from(error: ProviderError) -> Self {
        // The log has the words; who pays gets a code.
        match error {
            ProviderError::Refused { .. } => {
                Failure::new(Kind::Conflict, "payments.provider_refused")
                    .because("this way to pay does not work at present")
            }
            _ => Failure::new(Kind::Unavailable, "payments.provider_unavailable")
                .because("this way to pay cannot be reached at present"),
        }
    }
}

/// What a person asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvoice {
    /// Made by the caller: the same id is the same invoice.
    pub id: InvoiceId,
    /// Who is to be credited.
    pub person: PersonId,
    /// The provider's slug.
    pub method: String,
    /// What is to be credited.
    pub amount: Money,
}

/// How an invoice can be paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pay {
    /// On this page.
    Page(String),
    /// In the chat.
    Chat {
        /// For Telegram's form; empty for Stars.
        provider_token: String,
    },
}

/// Opens an invoice: writes the intent down, tells the provider, fills in its answer. A crash or a
/// lost answer in between leaves an intent that a payment finds by our id, and a repetition goes on
/// from.
///
/// # Errors
/// A method or an amount that is not offered, too many open invoices, the id of another invoice, or
/// no answer.
pub async fn open_invoice(payments: &Payments, asked: OpenInvoice) -> Result<Invoice, Failure> {
    let desk = payments.providers.find(&asked.method).ok_or_else(no_such_method)?;
    let intent = intent(payments, desk, &asked)?;
    let written = store::invoices::insert(&payments.pool, &intent).await.map_err(sql::failure)?;
    let invoice = match written {
        Some(invoice) => invoice,
        None => repeated(payments, &asked).await?,
    };
    if invoice.state != State::New || invoice.is_overdue {
        return Ok(invoice);
    }
    let opened = desk.open(&invoice).await?;
    let page = match &opened {
        Opened::Page { reference, url } => Some((reference.as_str(), url.as_str())),
        Opened::Chat => None,
    };
    store::invoices::attach(&payments.pool, invoice.id, page).await.map_err(sql::failure)
}

fn intent(payments: &Payments, desk: &Desk, asked: &OpenInvoice) -> Result<Intent, Failure> {
    let terms = &payments.terms;
    let amount = payments.accept(asked.amount, 1)?;
    if !(terms.min.minor..=terms.max.minor).contains(&amount.minor) {
        return Err(Failure::new(Kind::Invalid, "payments.amount_out_of_bounds")
            .because(format_args!("a top-up is {} to {}", terms.min, terms.max))
            .with("min_minor", terms.min.minor)
            .with("max_minor", terms.max.minor));
    }
    let price = desk.quote(amount).map_err(invalid_amount)?;
    let check_seconds = desk.about().poll_every.map(seconds);
    Ok(Intent {
        id: asked.id,
        person: asked.person,
        method: asked.method.clone(),
        amount,
        price,
        lasts_seconds: terms.invoice_seconds,
        check_seconds,
        open_max: terms.open_invoices_max,
    })
}

fn seconds(period: std::time::Duration) -> i32 {
    i32::try_from(period.as_secs()).unwrap_or(i32::MAX)
}

/// Why an invoice was not written down: it is there already, or it is one too many.
async fn repeated(payments: &Payments, asked: &OpenInvoice) -> Result<Invoice, Failure> {
    match store::invoices::find(&payments.pool, asked.id).await.map_err(sql::failure)? {
        None => Err(Failure::new(Kind::Exhausted, "payments.too_many_open_invoices")
            .because("pay or let expire the invoices that are open")
            .with("max", payments.terms.open_invoices_max)),
        Some(invoice) if invoice.person != asked.person => Err(no_such_invoice()),
        Some(invoice) if invoice.method != asked.method || invoice.amount != asked.amount => {
            Err(Failure::new(Kind::Conflict, "payments.invoice_conflict")
                .because("the invoice id was used for another invoice"))
        }
        Some(invoice) => Ok(invoice),
    }
}

/// How an invoice can be paid now; none where it cannot.
pub fn how_to_pay(payments: &Payments, invoice: &Invoice) -> Option<Pay> {
    if invoice.state != State::Pending || invoice.is_overdue {
        return None;
    }
    if let Some(url) = &invoice.pay_url {
        return Some(Pay::Page(url.clone()));
    }
    match &payments.providers.find(&invoice.method)?.about().place {
        Place::Chat { provider_token } => {
            Some(Pay::Chat { provider_token: provider_token.clone() })
        }
        Place::Page => None,
    }
}

/// One invoice of a person's; another's is not there.
///
/// # Errors
/// `payments.no_such_invoice`.
pub async fn get_invoice(
    payments: &Payments,
    person: PersonId,
    id: InvoiceId,
) -> Result<Invoice, Failure> {
    let found = store::invoices::find(&payments.pool, id).await.map_err(sql::failure)?;
    found.filter(|invoice| invoice.person == person).ok_or_else(no_such_invoice)
}

/// A person's invoices, newest first.
///
/// # Errors
/// The database's.
pub async fn list_invoices(
    payments: &Payments,
    person: PersonId,
    page: PageRequest,
) -> Result<Page<Invoice>, Failure> {
    let rows = store::invoices::list(&payments.pool, person, page).await.map_err(sql::failure)?;
    let total = store::invoices::count_of(&payments.pool, person).await.map_err(sql::failure)?;
    Ok(Page { rows, total })
}

/// Asks the provider now, books what it tells, and gives the invoice as it stands then.
///
/// # Errors
/// `payments.no_such_invoice`, or no answer.
pub async fn check_invoice(
    payments: &Payments,
    person: PersonId,
    id: InvoiceId,
) -> Result<Invoice, Failure> {
    let invoice = get_invoice(payments, person, id).await?;
    match payments.providers.find(&invoice.method) {
        Some(desk) if invoice.state != State::Paid && desk.about().poll_every.is_some() => {
            ask(payments, desk, &[invoice]).await?;
            get_invoice(payments, person, id).await
        }
        _ => Ok(invoice),
    }
}

/// Asks about the invoices of one provider that are due: the second path of every payment whose
/// callback was lost.
///
/// # Errors
/// The database's or the provider's; the invoices come round again.
pub async fn poll_invoices(payments: &Payments, desk: &Desk) -> Result<Round, Failure> {
    let method = desk.about();
    let Some(poll_every) = method.poll_every else { return Ok(Round::Done) };
    let poll_seconds = seconds(poll_every);
    let due = store::invoices::claim_due(&payments.pool, method.slug, poll_seconds, CHECKED_MAX)
        .await
        .map_err(sql::failure)?;
    ask(payments, desk, &due).await?;
    store::invoices::stop_old_checks(&payments.pool, &due).await.map_err(sql::failure)?;
    Ok(Round::of(due.len(), usize::try_from(CHECKED_MAX).unwrap_or(usize::MAX)))
}

/// Asks by the provider's ids, and where an opening was never answered, looks for our payload among
/// its latest. A report that cannot be taken stops no other; the first failure is given at the end.
async fn ask(payments: &Payments, desk: &Desk, asked: &[Invoice]) -> Result<(), Failure> {
    let known: Vec<String> = asked.iter().filter_map(|invoice| invoice.reference.clone()).collect();
    let mut reports = Vec::new();
    if !known.is_empty() {
        reports.extend(desk.check(&known).await?);
    }
    if known.len() < asked.len() {
        reports.extend(desk.list_recent().await?);
    }
    let mut taken = Ok(());
    for report in reports {
        let invoice = asked.iter().find(|invoice| match &invoice.reference {
            Some(reference) => *reference == report.reference,
            None => report.invoice_id == Some(invoice.id),
        });
        if let Some(invoice) = invoice
            && let Err(failure) = take_report(payments, invoice, report).await
        {
            tracing::error!(invoice = ?invoice.id, %failure, "report on an invoice not taken");
            taken = taken.and(Err(failure));
        }
    }
    taken
}

async fn take_report(
    payments: &Payments,
    invoice: &Invoice,
    report: Report,
) -> Result<(), Failure> {
    if invoice.reference.is_none() {
        let page = Some((report.reference.as_str(), report.url.as_str()));
        store::invoices::attach(&payments.pool, invoice.id, page).await.map_err(sql::failure)?;
    }
    match report.outcome {
        Outcome::Pending => {}
        Outcome::Paid(paid) => {
            if payment::settle(payments, &paid).await?.is_fresh() {
                // Now and then we are only faster; always means that callbacks do not reach us.
                let method = paid.provider.clone();
                metrics::counter!("bodega_payments_polled_credits_total", "method" => method)
                    .increment(1);
            }
            // A payment that was booked before, under another report, needs no more asking either.
            store::invoices::stop_checks(&payments.pool, invoice.id).await.map_err(sql::failure)?;
        }
        Outcome::Expired => expire(payments, invoice.id).await.map_err(sql::failure)?,
    }
    Ok(())
}

/// The provider takes no more money for it.
async fn expire(payments: &Payments, id: InvoiceId) -> sqlx::Result<()> {
    let mut tx = payments.pool.begin().await?;
    let Some(invoice) = store::invoices::find_locked(&mut *tx, id).await? else {
        return tx.rollback().await;
    };
    match invoice::after(invoice.state, Event::TimeOver) {
        Some(state) => {
            store::invoices::end(&mut *tx, &invoice, state).await?;
            tell_expired(&mut tx, &invoice).await?;
        }
        None => store::invoices::stop_checks(&mut *tx, id).await?,
    }
    tx.commit().await?;
    payments.bell.ring();
    Ok(())
}

/// Expires invoices whose time is over, by the database's clock. The provider is still asked about
/// them for a week.
///
/// # Errors
/// The database's.
pub async fn expire_invoices(payments: &Payments) -> Result<Round, Failure> {
    let expired = async {
        let mut tx = payments.pool.begin().await?;
        let expired =
            store::invoices::expire_due(&mut *tx, EXPIRY_GRACE_SECONDS, EXPIRED_MAX).await?;
        for invoice in &expired {
            tell_expired(&mut tx, invoice).await?;
        }
        tx.commit().await?;
        sqlx::Result::Ok(expired.len())
    };
    let expired = expired.await.map_err(sql::failure)?;
    if expired > 0 {
        payments.bell.ring();
        tracing::info!(expired, "invoices expired");
    }
    Ok(Round::of(expired, usize::try_from(EXPIRED_MAX).unwrap_or(usize::MAX)))
}

/// `before` is the invoice as it was. What no provider ever confirmed, nobody could have paid: its
/// owner was told of the failure and waits for nothing.
async fn tell_expired(conn: &mut PgConnection, before: &Invoice) -> sqlx::Result<()> {
    if before.state != State::Pending {
        return Ok(());
    }
    let expired = InvoiceExpired { invoice_id: before.id.to_string(), person_id: before.person.0 };
    tell(conn, event::What::InvoiceExpired(expired)).await
}

pub(super) fn no_such_method() -> Failure {
    Failure::new(Kind::Missing, "payments.no_such_method").because("there is no such way to pay")
}

fn no_such_invoice() -> Failure {
    Failure::new(Kind::Missing, "payments.no_such_invoice").because("there is no such invoice")
}
