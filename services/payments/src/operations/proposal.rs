//! Proposals: an adjustment that is too large for one person is done when a second one agrees, once.

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use contract::payments::event;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use kernel::once::Once;
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use super::adjustment::{self, Booked, beyond_limit, insufficient_funds};
use super::wallet::{available, conflict};
use super::{Payments, tell};
use crate::domain::proposal::{Decision, Obstacle, Proposal, State, decide};
use crate::postings::Adjustment;
use crate::store;

/// Writes an adjustment down for somebody else to decide; none where its id is known.
pub(super) async fn propose(
    payments: &Payments,
    asked: &Adjustment,
) -> Result<Option<Proposal>, Failure> {
    let proposed = async {
        let mut tx = payments.pool.begin().await?;
        let Some(proposal) = store::proposals::insert(&mut tx, asked).await? else {
            return Ok(None);
        };
        let entry = AuditEntry::new(asked.staff, "payments.proposal.create", asked.id)
            .about(asked.person)
            .changed("amount_minor", "", asked.amount.minor)
            .because(&asked.reason);
        tell(&mut tx, event::What::Audited(entry)).await?;
        tx.commit().await?;
        sqlx::Result::Ok(Some(proposal))
    };
    let proposal = proposed.await.map_err(sql::failure)?;
    if proposal.is_some() {
        payments.bell.ring();
        metrics::counter!("bodega_payments_proposals_total").increment(1);
    }
    Ok(proposal)
}

/// What waits for a second person, oldest first.
///
/// # Errors
/// The database's.
pub async fn list_proposals(
    payments: &Payments,
    page: PageRequest,
) -> Result<Page<Proposal>, Failure> {
    let rows = store::proposals::list(&payments.pool, page).await.map_err(sql::failure)?;
    let total = store::proposals::count_waiting(&payments.pool).await.map_err(sql::failure)?;
    Ok(Page { rows, total })
}

/// One proposal, decided or not.
///
/// # Errors
/// `payments.no_such_proposal`.
pub async fn get_proposal(payments: &Payments, id: TransferId) -> Result<Proposal, Failure> {
    let found = store::proposals::find(&payments.pool, id).await.map_err(sql::failure)?;
    found.ok_or_else(no_such_proposal)
}

/// Does what somebody else proposed; what the person may spend afterwards. It counts for the day of whoever proposed it.
///
/// # Errors
/// `payments.no_such_proposal`, `payments.own_proposal`, `payments.proposal_decided`,
/// `payments.proposal_expired`, or why it cannot be done at this moment.
pub async fn approve_adjustment(
    payments: &Payments,
    id: TransferId,
    staff: PersonId,
) -> Result<Money, Failure> {
    let Proposal { person, .. } = get_proposal(payments, id).await?;
    payments.peers.may_act_on(staff, person).await?;
    let mut tx = payments.pool.begin().await.map_err(sql::failure)?;
    let proposal = find_locked(&mut tx, id).await?;
    let state = match decide(&proposal, staff, Decision::Approve).map_err(refused)? {
        Once::Fresh(state) => state,
        Once::Repeat(_) => {
            // Before another connection is wanted.
            tx.rollback().await.map_err(sql::failure)?;
            return available(payments, person).await;
        }
    };
    let asked = Adjustment {
        id,
        person,
        amount: proposal.amount,
        reason: proposal.reason.clone(),
        staff: proposal.proposed_by,
    };
    let minor = match adjustment::book(payments, &mut tx, &asked).await.map_err(sql::failure)? {
        Booked::Fresh(minor) => minor,
        Booked::Known => return Err(conflict()),
        Booked::Missing => return Err(insufficient_funds()),
        Booked::BeyondLimit => return Err(beyond_limit(payments)),
    };
    keep(&mut tx, &proposal, state, staff).await.map_err(sql::failure)?;
    tx.commit().await.map_err(sql::failure)?;
    adjustment::report(payments, &asked);
    Ok(Money::new(minor, proposal.amount.currency))
}

/// Declines a proposal, or takes back one's own.
///
/// # Errors
/// `payments.no_such_proposal`, `payments.person_out_of_reach`, `payments.proposal_decided`,
/// `payments.proposal_expired`.
pub async fn reject_adjustment(
    payments: &Payments,
    id: TransferId,
    staff: PersonId,
) -> Result<(), Failure> {
    let Proposal { person, proposed_by, .. } = get_proposal(payments, id).await?;
    if staff != proposed_by {
        payments.peers.may_act_on(staff, person).await?;
    }
    let mut tx = payments.pool.begin().await.map_err(sql::failure)?;
    let proposal = find_locked(&mut tx, id).await?;
    if let Once::Fresh(state) = decide(&proposal, staff, Decision::Reject).map_err(refused)? {
        keep(&mut tx, &proposal, state, staff).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        payments.bell.ring();
    }
    Ok(())
}

/// The proposal, where it still waits; otherwise what became of it.
pub(super) fn still_pending(proposal: Proposal) -> Result<Proposal, Failure> {
    match proposal.state {
        State::Pending => Ok(proposal),
        State::Approved | State::Rejected => Err(refused(Obstacle::Decided)),
        State::Expired => Err(refused(Obstacle::Expired)),
    }
}

async fn find_locked(conn: &mut PgConnection, id: TransferId) -> Result<Proposal, Failure> {
    let found = store::proposals::find_locked(conn, id).await.map_err(sql::failure)?;
    found.ok_or_else(no_such_proposal)
}

async fn keep(
    conn: &mut PgConnection,
    proposal: &Proposal,
    state: State,
    staff: PersonId,
) -> sqlx::Result<()> {
    store::proposals::decide(&mut *conn, proposal.id, state, staff).await?;
    let action = match state {
        State::Approved => "payments.proposal.approve",
        _ => "payments.proposal.reject",
    };
    let entry = AuditEntry::new(staff, action, proposal.id)
        .about(proposal.person)
        .changed("state", proposal.state.name(), state.name())
        .because(&proposal.reason);
    tell(conn, event::What::Audited(entry)).await
}

fn no_such_proposal() -> Failure {
    Failure::new(Kind::Missing, "payments.no_such_proposal").because("there is no such proposal")
}

fn refused(obstacle: Obstacle) -> Failure {
    match obstacle {
        Obstacle::Own => Failure::new(Kind::Denied, "payments.own_proposal")
            .because("somebody else has to approve it"),
        Obstacle::Decided => Failure::new(Kind::Conflict, "payments.proposal_decided")
            .because("it was decided before"),
        Obstacle::Expired => Failure::new(Kind::Conflict, "payments.proposal_expired")
            .because("nobody decided within a day"),
    }
}
