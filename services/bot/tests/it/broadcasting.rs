//! How broadcasts go out: against a Telegram that refuses and falls silent, through deaths of the process, beside people
//! who want answers.

use std::time::{Duration, Instant};

use contract::bot::audience::Who;
use contract::bot::{BroadcastState, Tally};
use emulators::faults::CallFault;
use emulators::telegram::{CallScope, Seed};
use kernel::ids::PersonId;
use sqlx::{AssertSqlSafe, Row};

use super::broadcasts::{cancel, copies, draft, get, is_done, start, with_people};
use super::shop::{ANNA, BORIS, OWNER, TestShop};

fn sending_to(person: PersonId) -> CallScope {
    CallScope { method: Some("sendMessage".into()), chat: Some(person.0) }
}

/// So many people more, who started long ago.
async fn crowd(shop: &TestShop, count: i64) -> Vec<PersonId> {
    let people: Vec<_> = (3_001..=3_000 + count).map(PersonId).collect();
    for person in &people {
        shop.telegram.add_person(Seed::new(person.0, "Somebody").started()).unwrap();
    }
    sqlx::query(
        "insert into bot.people (person_id, first_name, client_locale)
         select 3000 + n, 'Somebody', 'en' from generate_series(1, $1) n",
    )
    .bind(count)
    .execute(&shop.pool)
    .await
    .unwrap();
    people
}

async fn tally(shop: &TestShop, id: &str) -> Tally {
    get(shop, id).await.unwrap().tally.unwrap()
}

#[tokio::test]
async fn bug_47_peer_15_whoever_blocked_the_bot_is_remembered_and_left_out_next_time() {
    let shop = with_people().await;
    shop.telegram.block(BORIS).unwrap();
    shop.counts("select count(*) from bot.people where unreachable_at is not null", 1).await;
    shop.run("update bot.people set unreachable_at = null").await;
    let id = draft(&shop, "First", Who::Everybody(true)).await;
    start(&shop, &id).await.unwrap();
    is_done(&shop).await;
    let expected = Tally { people: 3, sent: 2, unreachable: 1, ..Tally::default() };
    assert_eq!(tally(&shop, &id).await, expected);
    shop.counts("select count(*) from bot.people where unreachable_at is not null", 1).await;
    let next = draft(&shop, "Second", Who::Everybody(true)).await;
    start(&shop, &next).await.unwrap();
    shop.counts("select count(*) from bot.broadcasts where state = 'done'", 2).await;
    let expected = Tally { people: 2, sent: 2, ..Tally::default() };
    assert_eq!(tally(&shop, &next).await, expected);
    shop.close().await;
}

#[tokio::test]
async fn bug_47_sec_03_who_must_wait_or_is_refused_holds_up_nobody() {
    let shop = with_people().await;
    let wait = CallFault::TooManyRequests { retry_after_s: 2 };
    shop.telegram.break_calls(sending_to(ANNA), wait, Some(1));
    let refusal = CallFault::Refuse { status: 400, reason: "Bad Request: BUTTON_X".into() };
    shop.telegram.break_calls(sending_to(BORIS), refusal, Some(1));
    let id = draft(&shop, "Sale", Who::Everybody(true)).await;
    start(&shop, &id).await.unwrap();
    shop.sees(OWNER, &["Sale"]).await;
    assert_eq!(copies(&shop, ANNA, "Sale"), 0);
    shop.sees(ANNA, &["Sale"]).await;
    is_done(&shop).await;
    let expected = Tally { people: 3, sent: 2, failed: 1, ..Tally::default() };
    assert_eq!(tally(&shop, &id).await, expected);
    assert_eq!(copies(&shop, ANNA, "Sale"), 1);
    shop.close().await;
}

#[tokio::test]
async fn adm_05_what_may_have_arrived_is_in_doubt_and_never_sent_again() {
    let shop = with_people().await;
    shop.telegram.break_calls(sending_to(ANNA), CallFault::TimeOutAfterEffect, Some(1));
    shop.telegram.break_calls(sending_to(BORIS), CallFault::bad_gateway(), Some(1));
    let id = draft(&shop, "Sale", Who::Everybody(true)).await;
    start(&shop, &id).await.unwrap();
    is_done(&shop).await;
    let expected = Tally { people: 3, sent: 1, in_doubt: 2, ..Tally::default() };
    assert_eq!(tally(&shop, &id).await, expected);
    assert_eq!((copies(&shop, ANNA, "Sale"), copies(&shop, BORIS, "Sale")), (1, 0));
    shop.close().await;
}

#[tokio::test]
async fn adm_05_tg10_a_death_in_the_middle_sends_nothing_twice_and_tells_who_is_in_doubt() {
    let mut shop = with_people().await;
    let people = crowd(&shop, 40).await;
    // He is being written to when the process dies.
    let hang = CallFault::Delay { delay_ms: 60_000 };
    shop.telegram.break_calls(sending_to(BORIS), hang, Some(1));
    let id = draft(&shop, "Sale", Who::Everybody(true)).await;
    start(&shop, &id).await.unwrap();
    shop.sees(people[4], &["Sale"]).await;
    shop.dies_and_comes_back().await;
    shop.telegram.mend_all();
    for person in &people[30..] {
        shop.sees(*person, &["Sale"]).await;
    }
    // As if the time of those who died had run out.
    shop.run("update bot.broadcast_people set due_at = now() where state = 'sending'").await;
    is_done(&shop).await;
    let counted = tally(&shop, &id).await;
    assert_eq!((counted.people, counted.unreachable, counted.failed), (43, 0, 0));
    assert_eq!(counted.sent + counted.in_doubt, 43);
    assert!(counted.in_doubt >= 1, "{counted:?}");
    let doubted: Vec<i64> =
        sqlx::query_scalar("select person_id from bot.broadcast_people where state = 'in_doubt'")
            .fetch_all(&shop.pool)
            .await
            .unwrap();
    assert!(doubted.contains(&BORIS.0));
    for person in people.iter().chain(&[ANNA, BORIS, OWNER]) {
        let copies = copies(&shop, *person, "Sale");
        assert!(copies == 1 || copies == 0 && doubted.contains(&person.0), "{person:?}: {copies}");
    }
    shop.close().await;
}

#[tokio::test]
async fn adm_04_a_broadcast_stops_when_it_is_told_to_and_answers_come_before_it() {
    let shop = with_people().await;
    let people = crowd(&shop, 300).await;
    let id = draft(&shop, "Sale", Who::Everybody(true)).await;
    start(&shop, &id).await.unwrap();
    shop.sees(people[0], &["Sale"]).await;
    // The limit is used to the full, and the answer comes all the same.
    let asked = Instant::now();
    shop.says(ANNA, "/profile");
    shop.sees(ANNA, &["Balance:"]).await;
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    shop.sees(OWNER, &["under way", "░"]).await;
    let stopped = cancel(&shop, &id).await.unwrap();
    assert_eq!(stopped.state(), BroadcastState::Cancelled);
    shop.counts("select count(*) from bot.broadcast_people where state = 'sending'", 0).await;
    let counted = tally(&shop, &id).await;
    assert_eq!((counted.people, counted.in_doubt), (303, 0));
    assert!(counted.sent < 303, "{counted:?}");
    assert_eq!(copies(&shop, people[299], "Sale"), 0);
    let left = format!("Not sent: {}", 303 - counted.sent);
    shop.sees(OWNER, &["stopped", &left]).await;
    shop.close().await;
}

#[tokio::test]
async fn adm_04_a_silent_telegram_leaves_few_in_doubt_and_the_rest_is_sent_when_it_speaks() {
    let shop = with_people().await;
    let people = crowd(&shop, 60).await;
    let silence = CallFault::internal_error();
    shop.telegram.break_calls(CallScope::method("sendMessage"), silence, None);
    let id = draft(&shop, "Sale", Who::Everybody(true)).await;
    start(&shop, &id).await.unwrap();
    let doubted = "select count(*) from bot.broadcast_people where state = 'in_doubt'";
    let any =
        "select (count(*) > 0)::int::bigint from bot.broadcast_people where state = 'in_doubt'";
    shop.counts(any, 1).await;
    shop.telegram.mend_all();
    is_done(&shop).await;
    let in_doubt: i64 = sqlx::query_scalar(doubted).fetch_one(&shop.pool).await.unwrap();
    assert!((1..=10).contains(&in_doubt), "{in_doubt}");
    let counted = tally(&shop, &id).await;
    assert_eq!(counted.sent + counted.in_doubt, 63);
    assert_eq!(copies(&shop, people[59], "Sale"), 1);
    shop.close().await;
}

const CLAIM: &str = include_str!("../../src/store/claim_broadcast.sql");
const LARGE: &str = "00000000-0000-7000-8000-000000000001";

#[tokio::test]
async fn adm_04_a_claim_reads_as_few_rows_of_a_large_broadcast_as_it_takes() {
    let shop = TestShop::open().await;
    let mut tx = shop.pool.begin().await.unwrap();
    // As while it goes out: the planner knows nothing of what has just been written.
    let fill = format!(
        "insert into bot.broadcasts (id, author_id, html, buttons, audience, state, started_at,
             people)
         values ('{LARGE}', 7, 'x', '[]', '\"everybody\"', 'sending', now(), 50000);
         insert into bot.broadcast_people (broadcast_id, person_id)
         select '{LARGE}', n from generate_series(1, 50000) n;
         update bot.broadcast_people set state = 'sent' where person_id <= 20000;
         prepare claim (uuid, bigint, float8) as {CLAIM}"
    );
    sqlx::raw_sql(AssertSqlSafe(fill)).execute(&mut *tx).await.unwrap();
    for (mode, analyze) in [("force_custom_plan", ""), ("force_generic_plan", "")]
        .into_iter()
        .chain([("force_generic_plan", "; analyze bot.broadcast_people")])
    {
        let set = format!("set local plan_cache_mode = {mode}{analyze}");
        sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut *tx).await.unwrap();
        let explain = format!("explain (analyze, costs off) execute claim ('{LARGE}', 40, 30)");
        let lines = sqlx::raw_sql(AssertSqlSafe(explain)).fetch_all(&mut *tx).await.unwrap();
        let plan: Vec<String> = lines.iter().map(|line| line.get(0)).collect();
        let plan = plan.join("\n");
        for part in ["Tid Scan on broadcast_people", "using broadcast_people_waiting"] {
            assert!(plan.contains(part), "{mode}{analyze}: no {part}\n{plan}");
        }
        assert!(!plan.contains("Sort"), "{mode}{analyze}:\n{plan}");
        assert!(!plan.contains("Seq Scan on broadcast_people"), "{mode}{analyze}:\n{plan}");
    }
    let claimed = "select count(*) from bot.broadcast_people where state = 'sending'";
    let claimed: i64 = sqlx::query_scalar(claimed).fetch_one(&mut *tx).await.unwrap();
    assert_eq!(claimed, 3 * 40);
    tx.rollback().await.unwrap();
    shop.close().await;
}
