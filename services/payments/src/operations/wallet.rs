//! Wallets: opening, reading, and the charge that every sale waits for.

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};

use super::adjustment::no_such_wallet;
use super::{Payments, accept_reference};
use crate::domain::ledger::{self, Operation, Totals, WalletCard};
use crate::postings::{self, Charge};
use crate::store;
use crate::store::transfers::Written;

/// Makes sure that a person has a wallet; the inviter counts in the first call only.
///
/// # Errors
/// The database's.
pub async fn open_wallet(
    payments: &Payments,
    person: PersonId,
    inviter: Option<PersonId>,
) -> Result<(), Failure> {
    let currency = payments.terms.currency();
    store::wallets::open(&payments.pool, person, inviter, currency).await.map_err(sql::failure)
}

/// What a person has; nothing at all where there is no wallet yet.
///
/// # Errors
/// The database's.
pub async fn get_wallet(payments: &Payments, person: PersonId) -> Result<Totals, Failure> {
    let found = store::wallets::find_totals(&payments.pool, person).await.map_err(sql::failure)?;
    Ok(found.unwrap_or_default())
}

/// A person's wallet as staff see it.
///
/// # Errors
/// `payments.no_such_wallet`.
pub async fn get_card(payments: &Payments, person: PersonId) -> Result<WalletCard, Failure> {
    let found = store::wallets::find_card(&payments.pool, person).await.map_err(sql::failure)?;
    found.ok_or_else(no_such_wallet)
}

/// What moved a person's balance, newest first.
///
/// # Errors
/// The database's.
pub async fn list_operations(
    payments: &Payments,
    person: PersonId,
    page: PageRequest,
) -> Result<Page<Operation>, Failure> {
    let rows = store::transfers::list(&payments.pool, person, page).await.map_err(sql::failure)?;
    let total = store::transfers::count_of(&payments.pool, person).await.map_err(sql::failure)?;
    Ok(Page { rows, total })
}

/// How a charge ended; final for its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charged {
    /// The shop has the money.
    Charged {
        /// What may be spent now.
        available: Money,
    },
    /// There was not enough.
    Refused {
        /// What may be spent now.
        available: Money,
    },
}

/// Takes the price of an order from a wallet, once. A charge of nothing is charged without a trace.
///
/// # Errors
/// `payments.transfer_conflict` where the id stands for something else; an id that is not a fresh
/// one; an amount that is none.
pub async fn charge_wallet(payments: &Payments, charge: Charge) -> Result<Charged, Failure> {
    accept_id(charge.id)?;
    let amount = payments.accept(charge.amount, 0)?;
    let reference = accept_reference(charge.reference)?;
    let charge = Charge { reference, ..charge };
    if amount.minor == 0 {
        return Ok(Charged::Charged { available: available(payments, charge.person).await? });
    }
    let transfer = postings::purchase(charge.clone());
    let charged = match store::transfers::charge(&payments.pool, &transfer).await {
        Ok(Some(minor)) => Charged::Charged { available: Money::new(minor, amount.currency) },
        // Read again: the statement that refused saw the wallet as it was when it began to wait for
        // it.
        Ok(None) => Charged::Refused { available: available(payments, charge.person).await? },
        Err(error) if sql::is_violation(&error, store::transfers::PRIMARY_KEY) => {
            return repeat_charge(payments, &charge).await;
        }
        Err(error) => return Err(sql::failure(error)),
    };
    let outcome = if matches!(charged, Charged::Charged { .. }) { "charged" } else { "refused" };
    metrics::counter!("bodega_payments_charges_total", "outcome" => outcome).increment(1);
    Ok(charged)
}

/// The first answer again.
async fn repeat_charge(payments: &Payments, charge: &Charge) -> Result<Charged, Failure> {
    let written = store::transfers::find(&payments.pool, charge.id).await.map_err(sql::failure)?;
    let asked = Money::new(-charge.amount.minor, charge.amount.currency);
    match written {
        Some(Written { person, kind, amount, .. })
            if person == charge.person && amount == asked =>
        {
            let available = available(payments, person).await?;
            match kind {
                ledger::Kind::Purchase => Ok(Charged::Charged { available }),
                ledger::Kind::Refused => Ok(Charged::Refused { available }),
                _ => Err(conflict()),
            }
        }
        _ => Err(conflict()),
    }
}

/// Ids of callers are fresh ones, version 7. Those that are derived here, of payments, commissions
/// and holds, are version 5: nobody can take the id of a movement that is yet to come.
pub(super) fn accept_id(id: TransferId) -> Result<(), Failure> {
    if id.0.get_version_num() == 7 {
        return Ok(());
    }
    Err(Failure::new(Kind::Invalid, "payments.transfer_id")
        .because("the id of a transfer is a fresh one: a UUID of version 7"))
}

/// The id stands for another movement.
pub(super) fn conflict() -> Failure {
    Failure::new(Kind::Conflict, "payments.transfer_conflict")
        .because("the transfer id was used for another movement")
}

/// What a person may spend; none where there is no wallet.
pub(super) async fn find_available(
    payments: &Payments,
    person: PersonId,
) -> Result<Option<Money>, Failure> {
    let minor =
        store::wallets::find_available(&payments.pool, person).await.map_err(sql::failure)?;
    Ok(minor.map(|minor| Money::new(minor, payments.terms.currency())))
}

pub(super) async fn available(payments: &Payments, person: PersonId) -> Result<Money, Failure> {
    let found = find_available(payments, person).await?;
    Ok(found.unwrap_or_else(|| Money::zero(payments.terms.currency())))
}
