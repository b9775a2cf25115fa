//! Holds: set aside, post, void, expire. Each is one statement; what it left behind answers every
//! repetition.

use chassis::sql;
use contract::convert;
use contract::failure::{Failure, Kind};
use durable::jobs::Round;
use kernel::ids::HoldId;
use kernel::once::Once;

use super::{Payments, accept_reference};
use crate::domain::hold::{Event, Hold, Intent, Refusal, after};
use crate::postings;
use crate::store;

/// The longest that money may be set aside: 31 days.
pub const LASTS_SECONDS_MAX: i32 = 2_678_400;
/// Holds that one round of the job expires.
const EXPIRED_MAX: i64 = 200;
/// A hold ends once, so that whoever lost a race reads the end at the second look.
const LOOKS: usize = 3;

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        let code = match refusal {
            Refusal::Posted => "payments.hold_posted",
            Refusal::Voided => "payments.hold_voided",
            Refusal::Expired => "payments.hold_expired",
            Refusal::Refused => "payments.hold_refused",
            Refusal::Exceeded => "payments.hold_exceeded",
            Refusal::Conflict => "payments.hold_conflict",
        };
        Failure::new(Kind::Conflict, code).because(refusal)
    }
}

/// Sets money aside, or says that there is not enough; the state of the hold tells which.
///
/// # Errors
/// `payments.hold_conflict` where the id stands for another hold.
pub async fn hold_funds(payments: &Payments, intent: Intent) -> Result<Hold, Failure> {
    payments.accept(intent.amount, 1)?;
    if !(1..=LASTS_SECONDS_MAX).contains(&intent.lasts_seconds) {
        return Err(convert::invalid("lasts_seconds", "1 to 2,678,400"));
    }
    let intent = Intent { reference: accept_reference(intent.reference)?, ..intent };
    match store::holds::take(&payments.pool, &intent).await {
        Ok(hold) => Ok(hold),
        Err(error) if sql::is_violation(&error, store::holds::PRIMARY_KEY) => {
            let hold = get(payments, intent.id).await?;
            Ok(hold.repeated(intent.person, intent.amount)?)
        }
        Err(error) => Err(sql::failure(error)),
    }
}

/// Pays the shop from a hold: `minor` of it, or all. The rest is free again.
///
/// # Errors
/// `payments.no_such_hold`, or how the hold ended otherwise.
pub async fn post_hold(
    payments: &Payments,
    id: HoldId,
    minor: Option<i64>,
) -> Result<Hold, Failure> {
    for _ in 0..LOOKS {
        let hold = get(payments, id).await?;
        let minor = match hold.post(minor)? {
            Once::Repeat(_) => return Ok(hold),
            Once::Fresh(minor) => minor,
        };
        let person = hold.person.ok_or(Refusal::Voided)?;
        let transfer = postings::hold_posted(&hold, person, minor);
        let posted =
            store::holds::post(&payments.pool, id, &transfer).await.map_err(sql::failure)?;
        if posted {
            return get(payments, id).await;
        }
    }
    Err(undecided())
}

/// Frees a hold. Before its hold it leaves a tombstone, so that the hold never comes.
///
/// # Errors
/// `payments.hold_posted`.
pub async fn void_hold(payments: &Payments, id: HoldId) -> Result<Hold, Failure> {
    let currency = payments.terms.currency();
    for _ in 0..LOOKS {
        if store::holds::void(&payments.pool, id).await.map_err(sql::failure)?
            || store::holds::bury(&payments.pool, id, currency).await.map_err(sql::failure)?
        {
            return get(payments, id).await;
        }
        let hold = get(payments, id).await?;
        if !after(hold.state, Event::Void)?.is_fresh() {
            return Ok(hold);
        }
    }
    Err(undecided())
}

/// Frees the money of holds whose time is over, by the database's clock.
///
/// # Errors
/// The database's.
pub async fn expire_holds(payments: &Payments) -> Result<Round, Failure> {
    let expired =
        store::holds::expire_due(&payments.pool, EXPIRED_MAX).await.map_err(sql::failure)?;
    if expired > 0 {
        tracing::info!(expired, "holds expired");
        metrics::counter!("bodega_payments_expired_holds_total").increment(expired);
    }
    Ok(if expired >= EXPIRED_MAX.unsigned_abs() { Round::More } else { Round::Done })
}

async fn get(payments: &Payments, id: HoldId) -> Result<Hold, Failure> {
    store::holds::find(&payments.pool, id).await.map_err(sql::failure)?.ok_or_else(|| {
        Failure::new(Kind::Missing, "payments.no_such_hold").because("there is no such hold")
    })
}

fn undecided() -> Failure {
    Failure::new(Kind::Unavailable, "payments.hold_busy")
        .because("the hold is being changed; repeat the call with the same id")
}
