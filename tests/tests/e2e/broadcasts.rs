//! One message to twenty thousand people, while Telegram refuses some, holds up others, and the process dies.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use emulators::faults::CallFault;
use emulators::telegram::{Call, CallScope, History, Options, Seed};
use journeys::facts::Facts;
use journeys::shop::{OWNER, Shop};

const PEOPLE: i64 = 20_000;
const FIRST: i64 = 100_001;
/// One in so many has blocked the bot, and one in so many is told to wait.
const BLOCKED_EVERY: i64 = 20;
const BUSY_EVERY: i64 = 50;
const KILLS: i64 = 3;
/// Messages a second, and the share of them that a broadcast may take: quick, and still a limit that can be measured.
const PER_SECOND: usize = 800;
const PERCENT: usize = 60;
/// Messages that one process has under way at most.
const UNDER_WAY: i64 = 64;
/// Words that nothing else says.
const WORDS: &str = "Twenty thousand hellos";
const ENDED: &str = "select (sent + unreachable + failed + in_doubt)::bigint from bot.broadcasts";
const DONE: &str = "select count(*) from bot.broadcasts where state = 'done'";

/// What became of it, as the database says.
struct Outcome {
    people: i64,
    sent: i64,
    unreachable: i64,
    failed: i64,
    in_doubt: i64,
    doubted: HashSet<i64>,
}

fn to(chat: i64) -> CallScope {
    CallScope { method: Some("sendMessage".to_owned()), chat: Some(chat) }
}

fn has_blocked(person: i64) -> bool {
    person % BLOCKED_EVERY == 0
}

/// A shop with a crowd that started long ago.
async fn crowded() -> Shop {
    let history = History { calls: 200_000, ..History::default() };
    let options = Options { history, ..Options::default() };
    let (per_second, percent) = (PER_SECOND.to_string(), PERCENT.to_string());
    let env = [
        ("BODEGA__BOT__SENDING__PER_SECOND", per_second.as_str()),
        ("BODEGA__BOT__SENDING__BROADCAST_PERCENT", percent.as_str()),
    ];
    let shop = Shop::closed_at(options, &env).await;
    shop.start(&[]).await;
    for person in FIRST..FIRST + PEOPLE {
        let seed = Seed::new(person, "Somebody").speaks("en").started();
        shop.telegram.add_person(seed).expect("the id is free");
        if has_blocked(person) {
            shop.telegram.break_calls(to(person), CallFault::blocked(), None);
        } else if person % BUSY_EVERY == 1 {
            let retry_after_s = if person % 3 == 0 { 2 } else { 1 };
            let busy = CallFault::TooManyRequests { retry_after_s };
            shop.telegram.break_calls(to(person), busy, Some(1));
        }
    }
    let crowd = "insert into bot.people (person_id, first_name, client_locale) \
                 select 100000 + n, 'Somebody', 'en' from generate_series(1, 20000) n";
    shop.facts().await.change(crowd).await;
    shop
}

/// The owner writes to everybody.
async fn send(shop: &Shop) {
    let owner = shop.owner();
    owner.starts().await;
    owner.tells("/admin", "For staff").await;
    owner.goes("Broadcasts", "None yet").await;
    owner.goes("New broadcast", "1 of 3").await;
    owner.tells(WORDS, "2 of 3").await;
    owner.goes("No buttons", "3 of 3").await;
    owner.goes("Everybody", "People now: 20,001").await;
    owner.goes("Send now", "Send this now?").await;
    owner.presses("Yes, send it").await;
}

async fn outcome(shop: &Shop) -> Outcome {
    let mut sql = shop.sql().await;
    let counts = "select people::bigint, sent::bigint, unreachable::bigint, failed::bigint, \
                  in_doubt::bigint from bot.broadcasts";
    let counts: (i64, i64, i64, i64, i64) =
        sqlx::query_as(counts).fetch_one(&mut sql).await.expect("there is one broadcast");
    let doubted = "select person_id from bot.broadcast_people where state = 'in_doubt'";
    let doubted: Vec<i64> =
        sqlx::query_scalar(doubted).fetch_all(&mut sql).await.expect("the table is there");
    let (people, sent, unreachable, failed, in_doubt) = counts;
    let doubted = doubted.into_iter().collect();
    Outcome { people, sent, unreachable, failed, in_doubt, doubted }
}

fn is_copy(call: &Call) -> bool {
    call.method == "sendMessage" && call.parameters.get("text").is_some_and(|text| text == WORDS)
}

/// Everybody who can have it has it once; of those in doubt nobody has it twice.
fn check_copies(calls: &[Arc<Call>], outcome: &Outcome) {
    let mut copies: HashMap<i64, u32> = HashMap::new();
    for call in calls.iter().filter(|call| is_copy(call) && call.status == 200) {
        *copies.entry(call.chat.expect("a message has a chat")).or_default() += 1;
    }
    for person in (FIRST..FIRST + PEOPLE).chain([OWNER.0]) {
        let has = copies.get(&person).copied().unwrap_or_default();
        if has_blocked(person) && person != OWNER.0 {
            assert_eq!(has, 0, "{person} has blocked the bot");
        } else if outcome.doubted.contains(&person) {
            assert!(has <= 1, "{person} is in doubt and has it {has} times");
        } else {
            assert_eq!(has, 1, "{person} has it {has} times");
        }
    }
}

/// The most messages within any one second.
fn most_in_a_second(calls: &[Arc<Call>], is_counted: impl Fn(&Call) -> bool) -> usize {
    let mut arrived: Vec<Instant> =
        calls.iter().filter(|call| is_counted(call)).map(|call| call.arrived).collect();
    arrived.sort_unstable();
    let (mut first, mut most) = (0, 0);
    for (last, at) in arrived.iter().enumerate() {
        while *at - arrived[first] >= Duration::from_secs(1) {
            first += 1;
        }
        most = most.max(last - first + 1);
    }
    most
}

fn is_message(call: &Call) -> bool {
    call.method.starts_with("send") || call.method.starts_with("edit")
}

fn grouped(number: i64) -> String {
    if number < 1_000 {
        return number.to_string();
    }
    format!("{},{:03}", number / 1_000, number % 1_000)
}

async fn dies_again_and_again(shop: &Shop, facts: &mut Facts) {
    for kill in 1..=KILLS {
        let some = kill * PEOPLE / (KILLS + 1);
        facts.until(ENDED, |ended| ended >= some).await;
        shop.kill().await;
        shop.start(&[]).await;
    }
}

#[tokio::test]
async fn tg10_adm_04_adm_05_peer_15_twenty_thousand_get_it_once_through_three_kills() {
    let shop = crowded().await;
    let mut facts = shop.facts().await;
    send(&shop).await;
    dies_again_and_again(&shop, &mut facts).await;
    facts.until(ENDED, |ended| ended >= PEOPLE - KILLS * UNDER_WAY).await;
    // Whomever the last dead process wrote to is in doubt when its time has run out.
    facts.until(ENDED, |ended| ended >= PEOPLE).await;
    facts.until(DONE, |done| done == 1).await;

    let report = shop.owner().sees("has gone out").await;
    let outcome = outcome(&shop).await;
    assert_eq!((outcome.people, outcome.failed), (PEOPLE + 1, 0));
    for line in [
        format!("Sent: {} of 20,001", grouped(outcome.sent)),
        format!("Unreachable: {}", grouped(outcome.unreachable)),
        format!("In doubt: {}", grouped(outcome.in_doubt)),
    ] {
        assert!(report.words().contains(&line), "{line:?} is not in {:?}", report.words());
    }
    let calls = shop.telegram.calls(None);
    check_copies(&calls, &outcome);
    let blocked = PEOPLE / BLOCKED_EVERY;
    assert!(outcome.unreachable <= blocked && outcome.unreachable + outcome.in_doubt >= blocked);
    // A kill leaves in doubt what was under way, and not more.
    assert!(outcome.in_doubt <= KILLS * UNDER_WAY, "{} in doubt", outcome.in_doubt);

    let pace = most_in_a_second(&calls, is_message);
    assert!(pace <= PER_SECOND, "{pace} messages in one second");
    let share = most_in_a_second(&calls, is_copy);
    println!(
        "{} in doubt; at most {pace} messages in a second, {share} of them copies",
        outcome.in_doubt
    );
    shop.close().await;
}
