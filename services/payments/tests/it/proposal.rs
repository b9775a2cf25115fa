//! Four eyes and limits: what one member of staff may move alone, and what a second one has to agree to.

use contract::common::AuditEntry;
use contract::failure::Failure;
use contract::payments::event::What;
use futures_util::future::join_all;
use jiff::Timestamp;
use kernel::clock::Clock;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use kernel::page::PageRequest;
use payments::domain::proposal::{Proposal, State};
use payments::operations::adjustment::{Adjusted, adjust_balance, preview_adjustment};
use payments::operations::proposal::{
    approve_adjustment, get_proposal, list_proposals, reject_adjustment,
};
use payments::postings::Adjustment;

use super::fakes::admin::{ADMIN, BUYER, OWNER};
use super::shop::{ANNA, BORIS, Shop, rub};

const OLGA: PersonId = PersonId(1);
const PETR: PersonId = PersonId(2);
const RITA: PersonId = PersonId(3);
const FOUR_EYES: &str = "[payments.adjustments]\napproval_from = \"50\"";
const LIMIT: &str = "[payments.adjustments]\ndaily_limit = \"10\"";

fn asked(minor: i64) -> Adjustment {
    Adjustment {
        id: TransferId::fresh(&Clock::System),
        person: ANNA,
        amount: rub(minor),
        reason: "a mistake of ours".into(),
        staff: OLGA,
    }
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    outcome.unwrap_err().code().to_owned()
}

async fn propose(shop: &Shop, minor: i64) -> Proposal {
    match adjust_balance(&shop.payments, asked(minor)).await.unwrap() {
        Adjusted::Pending(proposal) => proposal,
        done @ Adjusted::Done { .. } => panic!("{done:?}"),
    }
}

async fn approve(shop: &Shop, id: TransferId, staff: PersonId) -> Result<Money, Failure> {
    approve_adjustment(&shop.payments, id, staff).await
}

async fn waiting(shop: &Shop) -> Vec<Proposal> {
    let page = PageRequest::clamped(0, 10);
    let found = list_proposals(&shop.payments, page).await.unwrap();
    assert_eq!(found.total, found.rows.len() as u64);
    found.rows
}

async fn audited(shop: &Shop) -> Vec<AuditEntry> {
    let told = shop.events().await.into_iter();
    told.filter_map(|what| if let What::Audited(entry) = what { Some(entry) } else { None })
        .collect()
}

#[tokio::test]
async fn new_09_from_the_threshold_on_nothing_moves_until_somebody_else_approves() {
    let shop = Shop::open_with(FOUR_EYES).await;
    shop.fund(ANNA, 4_999).await;
    let call = asked(-4_500);
    assert!(matches!(adjust_balance(&shop.payments, call).await, Ok(Adjusted::Done { .. })));
    let preview = preview_adjustment(&shop.payments, OLGA, ANNA, rub(5_000)).await.unwrap();
    assert_eq!((preview.before, preview.after), (rub(499), rub(5_499)));
    assert!(preview.needs_approval);
    let proposal = propose(&shop, 5_000).await;
    assert_eq!(shop.available(ANNA).await, 499);
    assert_eq!(waiting(&shop).await, std::slice::from_ref(&proposal));
    // The same call again is the same proposal.
    let again = Adjustment { id: proposal.id, ..asked(5_000) };
    let pending = Ok(Adjusted::Pending(proposal.clone()));
    assert_eq!(adjust_balance(&shop.payments, again.clone()).await, pending);
    let other = Adjustment { amount: rub(5_001), ..again.clone() };
    assert_eq!(code(adjust_balance(&shop.payments, other).await), "payments.transfer_conflict");
    assert_eq!(code(approve(&shop, proposal.id, OLGA).await), "payments.own_proposal");
    assert_eq!(shop.available(ANNA).await, 499);
    assert_eq!(approve(&shop, proposal.id, PETR).await, Ok(rub(5_499)));
    let done = Ok(Adjusted::Done { available: rub(5_499) });
    assert_eq!(adjust_balance(&shop.payments, again).await, done);
    assert_eq!(waiting(&shop).await, []);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn new_09_bug_15_a_proposal_approved_ten_times_at_once_is_done_once() {
    let shop = Shop::open_with(FOUR_EYES).await;
    shop.fund(ANNA, 4_000).await;
    let proposal = propose(&shop, 5_000).await;
    let staff = [PETR, RITA];
    let outcomes = join_all((0..10).map(|at| approve(&shop, proposal.id, staff[at % 2]))).await;
    assert!(outcomes.iter().all(|outcome| *outcome == Ok(rub(9_000))), "{outcomes:?}");
    let told = shop.events().await.into_iter().filter(|what| match what {
        What::BalanceAdjusted(adjusted) => adjusted.transfer_id == proposal.id.to_string(),
        _ => false,
    });
    assert_eq!(told.count(), 1);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn pay_15_bug_15_an_adjustment_retried_ten_times_at_once_moves_money_once() {
    let shop = Shop::open_with(LIMIT).await;
    shop.fund(ANNA, 0).await;
    // Each fills a whole day of its own member of staff, and the second takes all there is.
    for (minor, left, staff) in [(1_000, 1_000, PETR), (-1_000, 0, RITA)] {
        let call = Adjustment { staff, ..asked(minor) };
        let again = (0..10).map(|_| adjust_balance(&shop.payments, call.clone()));
        let outcomes = join_all(again).await;
        let done = Ok(Adjusted::Done { available: rub(left) });
        assert!(outcomes.iter().all(|outcome| *outcome == done), "{outcomes:?}");
        // A later repetition needs no words.
        let bare = Adjustment { reason: String::new(), ..call };
        assert_eq!(adjust_balance(&shop.payments, bare).await, done);
    }
    assert_eq!(shop.count("select count(*) from transfers").await, 2);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn new_09_the_daily_limit_is_exact_however_many_calls_come_at_once() {
    let shop = Shop::open_with(LIMIT).await;
    for person in [ANNA, BORIS] {
        shop.fund(person, 0).await;
    }
    let calls = (0..30).map(|at| {
        let person = if at % 2 == 0 { ANNA } else { BORIS };
        adjust_balance(&shop.payments, Adjustment { person, ..asked(99) })
    });
    let outcomes = join_all(calls).await;
    let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(done, 10, "{outcomes:?}");
    for failure in outcomes.into_iter().filter_map(Result::err) {
        assert_eq!(failure.code(), "payments.daily_limit");
        assert_eq!(failure.data("limit_minor"), Some("1000"));
    }
    assert_eq!(shop.available(ANNA).await + shop.available(BORIS).await, 990);
    // Ten kopecks are left, for adding and taking together, and for this member of staff alone.
    assert_eq!(code(adjust_balance(&shop.payments, asked(-11)).await), "payments.daily_limit");
    let other = Adjustment { staff: PETR, ..asked(1_000) };
    adjust_balance(&shop.payments, other).await.unwrap();
    adjust_balance(&shop.payments, asked(-10)).await.unwrap();
    assert_eq!(code(adjust_balance(&shop.payments, asked(1)).await), "payments.daily_limit");
    shop.books_are_zero().await;
}

#[tokio::test]
async fn new_09_a_day_begins_at_midnight_where_the_shop_is() {
    let zone = "[shop]\ntimezone = \"Europe/Moscow\"";
    let shop = Shop::open_with(&format!("{LIMIT}\n{zone}")).await;
    shop.fund(ANNA, 0).await;
    let clock = Clock::fixed("2026-01-02T20:59:59Z".parse::<Timestamp>().unwrap());
    let payments = shop.payments_at(clock.clone());
    adjust_balance(&payments, asked(1_000)).await.unwrap();
    assert_eq!(code(adjust_balance(&payments, asked(1)).await), "payments.daily_limit");
    clock.advance(1_000);
    adjust_balance(&payments, asked(1_000)).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 2_000);
}

#[tokio::test]
async fn new_09_an_approval_counts_for_whoever_proposed_and_what_is_too_much_is_not_proposed() {
    let both = "[payments.adjustments]\napproval_from = \"6\"\ndaily_limit = \"10\"";
    let shop = Shop::open_with(both).await;
    shop.fund(ANNA, 0).await;
    assert_eq!(code(adjust_balance(&shop.payments, asked(1_001)).await), "payments.daily_limit");
    let (first, second) = (propose(&shop, 600).await, propose(&shop, 600).await);
    approve(&shop, first.id, PETR).await.unwrap();
    assert_eq!(code(approve(&shop, second.id, PETR).await), "payments.daily_limit");
    assert_eq!(waiting(&shop).await, [second]);
    // Petr has moved nothing himself.
    adjust_balance(&shop.payments, Adjustment { staff: PETR, ..asked(500) }).await.unwrap();
    assert_eq!(shop.available(ANNA).await, 1_100);
    shop.books_are_zero().await;
}

#[tokio::test]
async fn new_09_a_proposal_that_was_declined_or_forgotten_moves_nothing() {
    let shop = Shop::open_with(FOUR_EYES).await;
    shop.fund(ANNA, 0).await;
    let (declined, own, late) =
        (propose(&shop, 5_000).await, propose(&shop, 6_000).await, propose(&shop, 7_000).await);
    for _ in 0..2 {
        reject_adjustment(&shop.payments, declined.id, PETR).await.unwrap();
        reject_adjustment(&shop.payments, own.id, OLGA).await.unwrap();
    }
    shop.execute("update adjustment_proposals set expires_at = now() where state = 'pending'")
        .await;
    let refusals = [
        (declined, State::Rejected, "payments.proposal_decided"),
        (own, State::Rejected, "payments.proposal_decided"),
        (late, State::Expired, "payments.proposal_expired"),
    ];
    for (proposal, state, refusal) in refusals {
        assert_eq!(code(approve(&shop, proposal.id, PETR).await), refusal);
        let again = Adjustment { id: proposal.id, ..asked(proposal.amount.minor) };
        assert_eq!(code(adjust_balance(&shop.payments, again).await), refusal);
        assert_eq!(get_proposal(&shop.payments, proposal.id).await.unwrap().state, state);
    }
    let unknown = TransferId::fresh(&Clock::System);
    assert_eq!(code(approve(&shop, unknown, PETR).await), "payments.no_such_proposal");
    assert_eq!((waiting(&shop).await.len(), shop.available(ANNA).await), (0, 0));
    assert_eq!(shop.count("select count(*) from transfers").await, 0);
}

#[tokio::test]
async fn new_09_a_proposal_that_cannot_be_done_now_stays_for_later() {
    let shop = Shop::open_with(FOUR_EYES).await;
    shop.fund(ANNA, 4_999).await;
    shop.adjust(ANNA, 1).await;
    let proposal = propose(&shop, -5_000).await;
    shop.adjust(ANNA, -1).await;
    assert_eq!(code(approve(&shop, proposal.id, PETR).await), "payments.insufficient_funds");
    shop.adjust(ANNA, 1).await;
    assert_eq!(approve(&shop, proposal.id, PETR).await, Ok(rub(0)));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn new_09_bug_37_staff_adjust_only_those_whose_rights_are_below_theirs_at_that_moment() {
    let shop = Shop::open().await;
    for person in [ANNA, BORIS, PETR] {
        shop.fund(person, 0).await;
    }
    shop.admin.give(BORIS, OWNER);
    let adjust = async |staff, person| {
        let call = Adjustment { staff, person, ..asked(5) };
        adjust_balance(&shop.payments, call).await
    };
    for (staff, person) in [(OLGA, OLGA), (OLGA, BORIS), (OLGA, PETR), (ANNA, PETR), (BORIS, BORIS)]
    {
        assert_eq!(code(adjust(staff, person).await), "payments.person_out_of_reach");
    }
    adjust(OLGA, ANNA).await.unwrap();
    shop.admin.give(OLGA, BUYER);
    assert_eq!(code(adjust(OLGA, ANNA).await), "payments.person_out_of_reach");
    adjust(BORIS, PETR).await.unwrap();
    assert_eq!((shop.available(ANNA).await, shop.available(BORIS).await), (5, 0));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn new_09_who_decides_must_be_above_the_person_too() {
    let shop = Shop::open_with(FOUR_EYES).await;
    shop.fund(ANNA, 0).await;
    let proposal = propose(&shop, 5_000).await;
    shop.admin.give(ANNA, ADMIN);
    assert_eq!(code(approve(&shop, proposal.id, PETR).await), "payments.person_out_of_reach");
    for above in [PETR, ANNA] {
        let declined = reject_adjustment(&shop.payments, proposal.id, above).await;
        assert_eq!(code(declined), "payments.person_out_of_reach");
    }
    shop.admin.give(PETR, OWNER);
    assert_eq!(approve(&shop, proposal.id, PETR).await, Ok(rub(5_000)));
    shop.books_are_zero().await;
}

#[tokio::test]
async fn sec_19_new_09_every_step_is_in_the_journal_with_before_after_and_reason() {
    let shop = Shop::open_with(FOUR_EYES).await;
    shop.fund(ANNA, 100).await;
    let (first, second) = (propose(&shop, 5_000).await, propose(&shop, 5_000).await);
    approve(&shop, first.id, PETR).await.unwrap();
    reject_adjustment(&shop.payments, second.id, PETR).await.unwrap();
    let entries = audited(&shop).await;
    let told: Vec<_> = entries[1..]
        .iter()
        .map(|entry| {
            let change = &entry.changes[0];
            (entry.staff_id, &*entry.action, &*change.before, &*change.after)
        })
        .collect();
    let expected = [
        (1, "payments.proposal.create", "", "5000"),
        (1, "payments.proposal.create", "", "5000"),
        (1, "payments.balance.adjust", "100", "5100"),
        (2, "payments.proposal.approve", "pending", "approved"),
        (2, "payments.proposal.reject", "pending", "rejected"),
    ];
    assert_eq!(told, expected);
    assert!(entries[1..].iter().all(|entry| entry.reason == "a mistake of ours"));
    assert!(entries.iter().all(|entry| entry.person_id == ANNA.0));
}
