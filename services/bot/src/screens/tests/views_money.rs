//! Screens about money: what inviting brought, and what staff do with balances.

use std::fmt::Write;

use contract::common;
use contract::failure::{Failure, Kind};
use contract::payments::{
    AccountBalance, Earning, GetMoneyStatsResponse, MethodTopUps, Operation, OperationKind,
    Proposal, ProposalState, Referral as Invitee,
};
use kernel::currency::Currency;
use kernel::ids::{PersonId, TransferId};
use kernel::locale::Locale;

use super::stage::{Stage, keep, picture};
use crate::dialogue::Draft;
use crate::failure_text;
use crate::fakes::{Referrals, Wallet, now, roubles};
use crate::screen::{Action, Input, Reaction};
use crate::screens::invited::Place;
use crate::screens::staff::adjust::AdjustAnswers;
use crate::screens::staff::person_wallet::Part;
use crate::screens::*;

const ANNA: i64 = 42;
const OWNER: i64 = 7;
const FRIEND: PersonId = PersonId(1 << 52);
const STRANGER: PersonId = PersonId((1 << 52) - 1);

/// The bot knows Anna's friend, by a name as awkward as it comes.
fn stage() -> Stage {
    let stage = Stage::new();
    let name: String = "Друг <b>&".chars().chain("я".repeat(200).chars()).take(100).collect();
    stage.bot.people.introduce(FRIEND, &name);
    stage
}

fn earning_id(number: u32) -> TransferId {
    TransferId::derived(&format!("earning {number}"))
}

/// Anna has invited this many, and the first of them has topped up this often.
fn inviter(stage: &Stage, people: i64, credits: u32) {
    let wallet = Wallet { earned: 231, invited: 12, available: 1, ..Wallet::default() };
    let brought = |at| Invitee {
        person_id: FRIEND.0 - at,
        earned: Some(roubles(231 - at)),
        topped_up: Some(roubles(2_319)),
        invited_at: Some(now()),
    };
    let earning = |number| Earning {
        earning_id: earning_id(number).to_string(),
        invited_id: FRIEND.0,
        amount: Some(roubles(231)),
        topped_up: Some(roubles(2_319)),
        happened_at: Some(now()),
    };
    let referrals = Referrals {
        people: (0..people).map(brought).collect(),
        earnings: (0..credits).map(earning).collect(),
    };
    let mut state = stage.fakes.state();
    state.wallets.insert(ANNA, wallet);
    state.referrals.insert(ANNA, referrals);
}

fn proposal(words: &str, minor: i64, by: i64, state: ProposalState) -> Proposal {
    Proposal {
        proposal_id: TransferId::derived(words).to_string(),
        person_id: ANNA,
        amount: Some(roubles(minor)),
        reason: "<b>&\" я".chars().chain("я".repeat(200).chars()).take(200).collect(),
        proposed_by: by,
        proposed_at: Some(now()),
        expires_at: Some(now()),
        state: state.into(),
    }
}

#[tokio::test]
async fn ref_03_ref_04_what_inviting_brought_is_shown_to_the_last_kopeck() {
    let stage = stage();
    let people = |page| Invited { place: Place::People { page } };
    let all = |page| Invited { place: Place::Earnings { of: None, page } };
    stage.anna_sees("referral_nobody", Referral).await;
    stage.anna_sees("invited_nobody", people(0)).await;
    stage.anna_sees("earnings_none", all(0)).await;
    inviter(&stage, 12, 23);
    stage.anna_sees("referral_with_friends", Referral).await;
    stage.anna_sees("invited_people", people(1)).await;
    stage.anna_sees("earnings", all(2)).await;
    stage.anna_sees("earnings_beyond_the_end", all(99)).await;
    let of_friend = Place::Earnings { of: Some(FRIEND), page: 0 };
    stage.anna_sees("earnings_by_one", Invited { place: of_friend }).await;
    let one = Place::Earning { id: earning_id(3), of: Some(FRIEND), page: 1 };
    stage.anna_sees("earning", Invited { place: one }).await;
    let names = stage.bot.people.names([FRIEND, STRANGER]).await;
    assert!(names.of(FRIEND).starts_with("Друг <b>&"));
    assert_eq!(names.of(STRANGER), "ID 4503599627370495");
}

#[tokio::test]
async fn bug_04_an_earning_of_another_person_is_not_shown() {
    let stage = stage();
    inviter(&stage, 1, 1);
    let place = Place::Earning { id: earning_id(0), of: None, page: 0 };
    let screen = Screen::from(Invited { place });
    assert!(screen.view(&stage.anna(Locale::En)).await.is_ok());
    let failure = screen.view(&stage.owner(Locale::En)).await.unwrap_err();
    assert_eq!(failure.code(), "payments.no_such_earning");
}

#[tokio::test]
async fn adm_03_ref_04_pay_26_staff_see_a_persons_wallet_and_referrals() {
    let stage = stage();
    let person = PersonId(ANNA);
    inviter(&stage, 1, 1);
    stage.owner_presses("person_wallet_new", PersonWallet::of(person), None).await;
    let wallet = Wallet {
        available: 123_456_789,
        held: 5_000,
        topped_up: 200_000_000,
        spent: 76_543_211,
        earned: 231,
        invited: 1,
        inviter: FRIEND.0,
    };
    stage.fakes.state().wallets.insert(ANNA, wallet);
    for number in 0..12 {
        let reference = "<b>&\" я".repeat(30);
        stage.fakes.state().operations.push(Operation {
            transfer_id: String::new(),
            kind: OperationKind::Adjustment.into(),
            amount: Some(roubles(-100 - number)),
            happened_at: Some(now()),
            reference,
        });
    }
    let part = |part| PersonWallet { person, part };
    stage.owner_presses("person_wallet", part(Part::Wallet { page: 0 }), None).await;
    stage.owner_presses("person_referrals", part(Part::Referrals), None).await;
    let people = Part::Invited(Place::People { page: 0 });
    stage.owner_presses("person_invited", part(people), None).await;
    let earning = Part::Invited(Place::Earning { id: earning_id(0), of: None, page: 0 });
    stage.owner_presses("person_earning", part(earning), None).await;
    // Nobody else has such screens.
    let view = Screen::from(PersonWallet::of(person)).view(&stage.anna(Locale::En)).await.unwrap();
    assert_eq!(view.text, Home.view(&stage.anna(Locale::En)).await.unwrap().text);
}

#[tokio::test]
async fn new_09_adm_03_an_adjustment_is_asked_for_step_by_step() {
    let stage = stage();
    let person = PersonId(ANNA);
    let wallet = Wallet { available: 10_000, ..Wallet::default() };
    stage.fakes.state().wallets.insert(ANNA, wallet);
    let amount = Adjust::Amount { person };
    let reason = |amount_minor| Adjust::Reason { person, amount_minor };
    stage.owner_presses("adjust", amount.clone(), None).await;
    stage.owner_writes("adjust_not_an_amount", amount.clone(), None, "5-5").await;
    stage.owner_writes("adjust_too_precise", amount.clone(), None, "+1,500").await;
    stage.owner_writes("adjust_too_little", amount.clone(), None, "−100,01").await;
    stage.owner_writes("adjust_reason", amount, None, "- 99,50 ₽").await;
    stage.owner_writes("adjust_reason_too_short", reason(-9_950), None, " x ").await;
    stage.owner_writes("adjust_confirm", reason(-9_950), None, "Our <b>mistake</b>\n& yours").await;
    let longest = "<&я\">".repeat(40);
    stage.owner_writes("adjust_confirm_large", reason(50_000), None, &longest).await;
    let transfer = TransferId::derived("adjustment");
    let make = |amount_minor| Adjust::Make { transfer, person, amount_minor };
    stage.owner_presses("adjust_forgotten", make(-9_950), None).await;
    let answers =
        || Some(Draft::new(&AdjustAnswers { reason: "a <gift>".into(), transfer: Some(transfer) }));
    let other = Adjust::Make { transfer: TransferId::derived("other"), person, amount_minor: 1 };
    stage.owner_presses("adjust_forgotten", other, answers()).await;
    stage.owner_presses("adjust_done", make(-9_950), answers()).await;
    stage.owner_presses("adjust_pending", make(50_000), answers()).await;
    assert_eq!(stage.fakes.state().wallets[&ANNA].available, 50);
}

#[tokio::test]
async fn bug_15_pay_15_a_confirmation_pressed_again_and_again_moves_money_once() {
    let stage = stage();
    let person = PersonId(ANNA);
    stage.fakes.state().wallets.insert(ANNA, Wallet::default());
    let cx = stage.owner(Locale::En);
    let reason = Screen::from(Adjust::Reason { person, amount_minor: 500 });
    let input = Input::Text { text: "a gift", message_id: 5, marks: &[] };
    let Reaction::Show(question) = reason.react(&cx, input).await.unwrap() else {
        panic!("no question")
    };
    stage.bot.dialogues.keep(cx.person.id, question.asks.as_ref()).await;
    let Action::Open(make) = question.rows[0][0].action.clone() else { panic!("no button") };
    for press in 0..10 {
        let Reaction::Show(done) = make.react(&cx, Input::Press).await.unwrap() else {
            panic!("press {press} did nothing")
        };
        assert!(done.text.as_str().contains("done"), "{}", done.text);
        // What was answered is forgotten as soon as the first press is through.
        stage.bot.dialogues.keep(cx.person.id, done.asks.as_ref()).await;
    }
    assert_eq!(stage.fakes.state().wallets[&ANNA].available, 500);
}

#[tokio::test]
async fn new_09_proposals_are_decided_by_somebody_else() {
    let stage = Stage::new();
    let list = |page| Proposals::List { page };
    stage.owner_presses("proposals_none", list(0), None).await;
    let theirs = proposal("theirs", 50_000, 99, ProposalState::Pending);
    let own = proposal("own", -50_000, OWNER, ProposalState::Pending);
    let mut all = vec![theirs, own];
    for (words, state) in [
        ("approved", ProposalState::Approved),
        ("rejected", ProposalState::Rejected),
        ("expired", ProposalState::Expired),
    ] {
        all.push(proposal(words, 50_000, 99, state));
    }
    stage.fakes.state().proposals = all;
    stage.owner_presses("proposals", list(0), None).await;
    let show = |words| Proposals::Show { proposal: TransferId::derived(words) };
    stage.owner_presses("proposal_of_another", show("theirs"), None).await;
    stage.owner_presses("proposal_of_ones_own", show("own"), None).await;
    for words in ["approved", "rejected", "expired"] {
        stage.owner_presses(&format!("proposal_{words}"), show(words), None).await;
    }
    let own = TransferId::derived("own");
    let approve = Screen::from(Proposals::Approve { proposal: own });
    let failure = approve.react(&stage.owner(Locale::En), Input::Press).await.unwrap_err();
    assert_eq!(failure.code(), "payments.own_proposal");
    stage.owner_presses("proposal_taken_back", Proposals::Reject { proposal: own }, None).await;
    let theirs = TransferId::derived("theirs");
    let approve = Screen::from(Proposals::Approve { proposal: theirs });
    let cx = stage.owner(Locale::Ru);
    let Reaction::Show(done) = approve.react(&cx, Input::Press).await.unwrap() else {
        panic!("nothing was shown")
    };
    keep("proposal_done", &picture(Locale::Ru, &done));
    assert_eq!(stage.fakes.state().wallets[&ANNA].available, 50_000);
}

#[tokio::test]
async fn adm_02_bug_70_the_shops_money_is_shown_by_method_and_account() {
    let stage = Stage::new();
    let nothing = GetMoneyStatsResponse {
        wallets: Some(roubles(0)),
        held: Some(roubles(0)),
        referral_cost: Some(roubles(0)),
        ..GetMoneyStatsResponse::default()
    };
    stage.fakes.state().money_stats = nothing.clone();
    stage.owner_presses("money_stats_new", MoneyStats, None).await;
    let by = |method: &str, minor, count| MethodTopUps {
        method: method.into(),
        amount: Some(roubles(minor)),
        count,
    };
    let account =
        |account: &str, balance| AccountBalance { account: account.into(), balance: Some(balance) };
    let stars = common::Money { minor: 75, currency: Currency::XTR.code().into() };
    stage.fakes.state().money_stats = GetMoneyStatsResponse {
        today: vec![by("stars", 231, 1)],
        in_total: vec![by("cryptopay", 123_456_789, 4_321), by("new_one", 1, 1)],
        wallets: Some(roubles(98_765)),
        held: Some(roubles(5_000)),
        referral_cost: Some(roubles(231)),
        suspense_cases: 2,
        accounts: vec![account("revenue", roubles(1_050)), account("suspense", stars)],
        ..nothing
    };
    stage.owner_presses("money_stats", MoneyStats, None).await;
}

#[tokio::test]
async fn new_09_every_refusal_about_money_has_words_that_fit_an_alert() {
    let stage = Stage::new();
    let mut told = String::new();
    for (kind, code) in [
        (Kind::Missing, "payments.no_such_earning"),
        (Kind::Missing, "payments.no_such_wallet"),
        (Kind::Denied, "payments.person_out_of_reach"),
        (Kind::Exhausted, "payments.daily_limit"),
        (Kind::Missing, "payments.no_such_proposal"),
        (Kind::Denied, "payments.own_proposal"),
        (Kind::Conflict, "payments.proposal_decided"),
        (Kind::Conflict, "payments.proposal_expired"),
    ] {
        for locale in Locale::ALL {
            let text = failure_text::text(&stage.owner(locale), &Failure::new(kind, code));
            assert!(telegram::html::utf16_len(&text) <= 200, "{text}");
            writeln!(told, "{code} {}: {text}", locale.tag()).unwrap();
        }
    }
    keep("failures_of_money", &told);
}
