//! Adjustments: staff add to a wallet or take from it, with a reason, never below zero.

use chassis::sql;
use contract::convert;
use contract::failure::{Failure, Kind};
use contract::payments::{BalanceAdjusted, event};
use kernel::money::Money;
use sqlx::PgConnection;

use super::wallet::{accept_id, available, conflict};
use super::{Payments, tell};
use crate::domain::ledger;
use crate::postings::{self, Adjustment};
use crate::store;

/// A reason that says something, and fits a line.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=200;

/// Adjusts a balance, once; gives what may be spent afterwards.
///
/// # Errors
/// `payments.no_such_wallet`, `payments.insufficient_funds`, `payments.transfer_conflict`, an id
/// that is not a fresh one, or a reason that is none.
pub async fn adjust_balance(payments: &Payments, adjustment: Adjustment) -> Result<Money, Failure> {
    accept_id(adjustment.id)?;
    payments.accept(adjustment.amount, -i64::MAX)?;
    if adjustment.amount.minor == 0 {
        return Err(convert::invalid("amount", "nothing to add or take"));
    }
    let reason = adjustment.reason.trim().to_owned();
    if !REASON_CHARS.contains(&reason.chars().count()) || reason.contains('\0') {
        return Err(convert::invalid("reason", "3 to 200 characters"));
    }
    let asked = Adjustment { reason, ..adjustment };
    match book(payments, &asked).await.map_err(sql::failure)? {
        Booked::Fresh(minor) => {
            payments.bell.ring();
            let Adjustment { person, amount, staff, .. } = &asked;
            tracing::info!(?person, %amount, ?staff, "balance adjusted");
            metrics::counter!("bodega_payments_adjustments_total").increment(1);
            Ok(Money::new(minor, asked.amount.currency))
        }
        Booked::Known => repeat(payments, &asked).await,
        Booked::NoWallet => Err(Failure::new(Kind::Missing, "payments.no_such_wallet")
            .because("nobody with this id has a wallet")),
        Booked::Missing => Err(Failure::new(Kind::Conflict, "payments.insufficient_funds")
            .because("the wallet has less than that")),
    }
}

enum Booked {
    Fresh(i64),
    Known,
    NoWallet,
    Missing,
}

async fn book(payments: &Payments, asked: &Adjustment) -> sqlx::Result<Booked> {
    let mut tx = payments.pool.begin().await?;
    // A mistyped id must not open a wallet for a stranger.
    if store::wallets::find_available(&mut *tx, asked.person).await?.is_none() {
        return Ok(Booked::NoWallet);
    }
    let booked = apply(&mut tx, asked).await?;
    if let Booked::Fresh(_) = booked {
        let told = BalanceAdjusted {
            transfer_id: asked.id.to_string(),
            person_id: asked.person.0,
            amount: Some(asked.amount.into()),
        };
        tell(&mut tx, event::What::BalanceAdjusted(told)).await?;
        tx.commit().await?;
    }
    Ok(booked)
}

async fn apply(conn: &mut PgConnection, asked: &Adjustment) -> sqlx::Result<Booked> {
    let transfer = postings::adjustment(asked.clone());
    if asked.amount.minor > 0 {
        let added = store::transfers::credit(conn, &transfer).await?;
        return Ok(added.map_or(Booked::Known, Booked::Fresh));
    }
    match store::transfers::debit(conn, &transfer).await {
        Ok(Some(minor)) => Ok(Booked::Fresh(minor)),
        // The money may be missing because this very adjustment took it before.
        Ok(None) => match store::transfers::find(conn, asked.id).await? {
            Some(_) => Ok(Booked::Known),
            None => Ok(Booked::Missing),
        },
        Err(error) if sql::is_violation(&error, store::transfers::PRIMARY_KEY) => Ok(Booked::Known),
        Err(error) => Err(error),
    }
}

async fn repeat(payments: &Payments, asked: &Adjustment) -> Result<Money, Failure> {
    let written = store::transfers::find(&payments.pool, asked.id).await.map_err(sql::failure)?;
    let is_same = written.is_some_and(|written| {
        written.kind == ledger::Kind::Adjustment
            && written.person == asked.person
            && written.amount == asked.amount
    });
    if is_same { available(payments, asked.person).await } else { Err(conflict()) }
}
