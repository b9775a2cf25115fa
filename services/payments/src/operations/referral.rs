//! What inviting has brought somebody, for themselves and for staff.

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::{PersonId, TransferId};
use kernel::page::{Page, PageRequest};

use super::Payments;
use crate::domain::referral::{Earning, Referral, ReferralStats};
use crate::store::referrals;

/// Numbers of an inviter; all zero for whoever invited nobody.
///
/// # Errors
/// The database's.
pub async fn get_stats(payments: &Payments, inviter: PersonId) -> Result<ReferralStats, Failure> {
    referrals::find_stats(&payments.pool, inviter).await.map_err(sql::failure)
}

/// Whom somebody invited, those who brought most first.
///
/// # Errors
/// The database's.
pub async fn list_referrals(
    payments: &Payments,
    inviter: PersonId,
    page: PageRequest,
) -> Result<Page<Referral>, Failure> {
    let rows = referrals::list(&payments.pool, inviter, page).await.map_err(sql::failure)?;
    let total = referrals::count_of(&payments.pool, inviter).await.map_err(sql::failure)?;
    Ok(Page { rows, total })
}

/// What somebody earned, by one person they invited or by all; newest first.
///
/// # Errors
/// The database's.
pub async fn list_earnings(
    payments: &Payments,
    inviter: PersonId,
    invited: Option<PersonId>,
    page: PageRequest,
) -> Result<Page<Earning>, Failure> {
    let pool = &payments.pool;
    let rows =
        referrals::list_earnings(pool, inviter, invited, page).await.map_err(sql::failure)?;
    let total = referrals::count_earnings(pool, inviter, invited).await.map_err(sql::failure)?;
    Ok(Page { rows, total })
}

/// One earning of somebody's.
///
/// # Errors
/// `payments.no_such_earning`, for another person's too.
pub async fn get_earning(
    payments: &Payments,
    inviter: PersonId,
    id: TransferId,
) -> Result<Earning, Failure> {
    let found = referrals::find_earning(&payments.pool, inviter, id).await.map_err(sql::failure)?;
    found.ok_or_else(|| {
        Failure::new(Kind::Missing, "payments.no_such_earning").because("there is no such earning")
    })
}
