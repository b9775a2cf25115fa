//! The mechanisms against a real database.

#![cfg(test)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::common::{FeedEntry, ReadFeedRequest};
use contract::failure::{Failure, Kind};
use contract::payments::event::What;
use contract::payments::{Event, InvoiceExpired};
use durable::feed::{self, Bell};
use durable::follow::{self, Effect};
use durable::{jobs, outbox};
use prost::Message;
use sqlx::{PgConnection, PgPool};
use tokio::sync::watch;

fn event(person_id: i64) -> Event {
    Event { what: Some(What::InvoiceExpired(InvoiceExpired { person_id, ..Default::default() })) }
}

fn person(entry: &FeedEntry) -> i64 {
    match Event::decode(entry.event.as_slice()).unwrap().what {
        Some(What::InvoiceExpired(expired)) => expired.person_id,
        other => panic!("not what was written: {other:?}"),
    }
}

async fn pool() -> PgPool {
    testkit::database("durable", &[&durable::MIGRATIONS]).await.pool
}

async fn people_after(pool: &PgPool, cursor: &str) -> Vec<i64> {
    let request = ReadFeedRequest { cursor: cursor.to_owned(), limit: 0, wait_ms: 0 };
    let answer = feed::read(pool, &Bell::default(), request).await.unwrap();
    answer.entries.iter().map(person).collect()
}

/// The first `count` entries after a cursor. They may take a moment: a transaction of any other test on the same server
/// holds the feed back while it is open.
async fn entries_after(pool: &PgPool, cursor: &str, count: usize) -> Vec<FeedEntry> {
    let mut entries: Vec<FeedEntry> = Vec::new();
    while entries.len() < count {
        let cursor = entries.last().map_or_else(|| cursor.to_owned(), |last| last.cursor.clone());
        let request = ReadFeedRequest { cursor, limit: 0, wait_ms: 10_000 };
        let page = feed::read(pool, &Bell::default(), request).await.unwrap().entries;
        assert!(!page.is_empty(), "{} of {count} entries came", entries.len());
        entries.extend(page);
    }
    entries
}

async fn people_until(pool: &PgPool, cursor: &str, count: usize) -> Vec<i64> {
    entries_after(pool, cursor, count).await.iter().map(person).collect()
}

#[tokio::test]
async fn in27_a_slow_transaction_is_not_missed() {
    let pool = pool().await;
    let mut slow = pool.begin().await.unwrap();
    outbox::write(&mut slow, &event(1)).await.unwrap();
    let mut fast = pool.begin().await.unwrap();
    outbox::write(&mut fast, &event(2)).await.unwrap();
    fast.commit().await.unwrap();
    assert_eq!(
        people_after(&pool, "").await,
        [0_i64; 0],
        "2 must wait: 1 may still come before it"
    );
    slow.commit().await.unwrap();
    assert_eq!(people_until(&pool, "", 2).await, [1, 2]);
}

#[tokio::test]
async fn bug_32_an_event_of_a_transaction_that_failed_is_never_told() {
    let pool = pool().await;
    let mut doomed = pool.begin().await.unwrap();
    outbox::write(&mut doomed, &event(1)).await.unwrap();
    doomed.rollback().await.unwrap();
    assert_eq!(people_after(&pool, "").await, [0_i64; 0]);
}

#[tokio::test]
async fn a_cursor_goes_on_where_it_stopped_and_nonsense_is_refused() {
    let pool = pool().await;
    for id in 1..=3 {
        outbox::write(&mut pool.acquire().await.unwrap(), &event(id)).await.unwrap();
    }
    let all = entries_after(&pool, "", 3).await;
    let request = ReadFeedRequest { limit: 2, ..Default::default() };
    let page = feed::read(&pool, &Bell::default(), request).await.unwrap().entries;
    assert_eq!(page, all[..2], "a page is as long as it was asked to be");
    assert_eq!(people_until(&pool, &page[1].cursor, 1).await, [3]);
    let request = ReadFeedRequest { cursor: "x-1".into(), ..Default::default() };
    let failure = feed::read(&pool, &Bell::default(), request).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Invalid);
}

#[tokio::test]
async fn a_bell_ends_the_wait() {
    let pool = pool().await;
    let bell = Bell::default();
    let request = ReadFeedRequest { wait_ms: 20_000, ..Default::default() };
    let (ringer, writer) = (bell.clone(), pool.clone());
    let write = async move {
        outbox::write(&mut writer.acquire().await.unwrap(), &event(7)).await.unwrap();
        ringer.ring();
    };
    let (answer, ()) = tokio::join!(feed::read(&pool, &bell, request), write);
    assert_eq!(answer.unwrap().entries.len(), 1);
}

#[tokio::test]
async fn a_reader_that_waits_goes_when_the_process_stops() {
    let pool = pool().await;
    let lifecycle = Lifecycle::new();
    let bell = Bell::new(&lifecycle);
    let request = ReadFeedRequest { wait_ms: 20_000, ..Default::default() };
    let stop = async { lifecycle.begin_stop() };
    let (answer, ()) = tokio::join!(feed::read(&pool, &bell, request), stop);
    assert!(answer.unwrap().entries.is_empty());
}

/// Counts what it was given; refuses the poisoned person for ever.
#[derive(Clone)]
struct Ledger {
    poison: i64,
    seen: watch::Sender<Vec<i64>>,
    calls: Arc<AtomicUsize>,
}

impl Effect for Ledger {
    async fn apply(&self, _: &mut PgConnection, entries: &[FeedEntry]) -> Result<(), Failure> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        if entries.iter().any(|entry| person(entry) == self.poison) {
            return Err(Failure::new(Kind::Internal, "test.poison"));
        }
        self.seen.send_modify(|seen| seen.extend(entries.iter().map(person)));
        Ok(())
    }
}

fn ledger(poison: i64) -> (Ledger, watch::Receiver<Vec<i64>>) {
    let (seen, watch) = watch::channel(Vec::new());
    (Ledger { poison, seen, calls: Arc::default() }, watch)
}

fn follow_from(source: &PgPool, lifecycle: &Lifecycle, follower: &PgPool, effect: Ledger) {
    let source = source.clone();
    let bell = Bell::default();
    let read = move |request| {
        let (source, bell) = (source.clone(), bell.clone());
        async move { feed::read(&source, &bell, request).await }
    };
    follow::spawn(lifecycle, follower.clone(), "test", read, effect);
}

async fn until(watch: &mut watch::Receiver<Vec<i64>>, wanted: &[i64]) {
    let seen = watch.wait_for(|seen| seen.len() >= wanted.len());
    let seen = tokio::time::timeout(Duration::from_secs(30), seen).await;
    assert_eq!(*seen.expect("followed in time").unwrap(), wanted);
}

#[tokio::test]
async fn a_follower_takes_each_entry_once_over_a_restart() {
    let pool = pool().await;
    for id in 1..=3 {
        outbox::write(&mut pool.acquire().await.unwrap(), &event(id)).await.unwrap();
    }
    let (effect, mut watch) = ledger(-1);
    let first = Lifecycle::new();
    follow_from(&pool, &first, &pool, effect.clone());
    until(&mut watch, &[1, 2, 3]).await;
    first.stop(Duration::from_secs(5)).await;

    outbox::write(&mut pool.acquire().await.unwrap(), &event(4)).await.unwrap();
    let second = Lifecycle::new();
    follow_from(&pool, &second, &pool, effect);
    until(&mut watch, &[1, 2, 3, 4]).await;
    second.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn in28_a_poisoned_entry_is_set_aside_and_the_rest_goes_on() {
    let pool = pool().await;
    for id in 1..=4 {
        outbox::write(&mut pool.acquire().await.unwrap(), &event(id)).await.unwrap();
    }
    let (effect, mut watch) = ledger(2);
    let lifecycle = Lifecycle::new();
    follow_from(&pool, &lifecycle, &pool, effect);
    until(&mut watch, &[1, 3, 4]).await;
    let parked: Vec<String> =
        sqlx::query_scalar("select reason from parked_entries").fetch_all(&pool).await.unwrap();
    assert_eq!(parked, ["test.poison"]);
    lifecycle.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn a_job_with_a_full_batch_comes_round_at_once() {
    let lifecycle = Lifecycle::new();
    let (count, mut watch) = watch::channel(0_usize);
    let run = move || {
        count.send_modify(|count| *count += 1);
        let runs = *count.borrow();
        async move { Ok(jobs::Round::of(usize::from(runs < 5), 1)) }
    };
    jobs::every(&lifecycle, "eager", Duration::from_hours(1), run);
    let done = tokio::time::timeout(Duration::from_secs(30), watch.wait_for(|runs| *runs == 5));
    assert!(done.await.expect("no wait between full batches").is_ok());
    lifecycle.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn bug_41_a_job_that_panics_comes_round_again() {
    let lifecycle = Lifecycle::new();
    let (count, mut watch) = watch::channel(0_usize);
    let run = move || {
        count.send_modify(|count| *count += 1);
        let runs = *count.borrow();
        async move {
            assert_ne!(runs, 1, "on purpose");
            Ok(jobs::Round::Done)
        }
    };
    jobs::every(&lifecycle, "clumsy", Duration::from_millis(10), run);
    let again = tokio::time::timeout(Duration::from_secs(30), watch.wait_for(|runs| *runs > 2));
    assert!(again.await.expect("the job goes on").is_ok());
    assert_eq!(lifecycle.fallen(), Vec::<&str>::new());
    lifecycle.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn an_entry_is_not_to_blame_for_an_outage_of_its_source() {
    let pool = pool().await;
    outbox::write(&mut pool.acquire().await.unwrap(), &event(1)).await.unwrap();
    let (effect, mut watch) = ledger(-1);
    let (calls, source) = (Arc::new(AtomicUsize::new(0)), pool.clone());
    let bell = Bell::default();
    let read = move |request| {
        let away = calls.fetch_add(1, Ordering::SeqCst) < 6;
        let (source, bell) = (source.clone(), bell.clone());
        async move {
            if away {
                return Err(Failure::new(Kind::Unavailable, "test.away"));
            }
            feed::read(&source, &bell, request).await
        }
    };
    let lifecycle = Lifecycle::new();
    let flaky = Flaky { first: Arc::default(), then: effect };
    follow::spawn(&lifecycle, pool.clone(), "test", read, flaky);
    until(&mut watch, &[1]).await;
    let parked: i64 =
        sqlx::query_scalar("select count(*) from parked_entries").fetch_one(&pool).await.unwrap();
    assert_eq!(parked, 0);
    lifecycle.stop(Duration::from_secs(5)).await;
}

/// Fails once for good, then does as it should.
struct Flaky {
    first: Arc<AtomicUsize>,
    then: Ledger,
}

impl Effect for Flaky {
    async fn apply(&self, conn: &mut PgConnection, entries: &[FeedEntry]) -> Result<(), Failure> {
        if self.first.fetch_add(1, Ordering::SeqCst) == 0 {
            return Err(Failure::new(Kind::Internal, "test.once"));
        }
        self.then.apply(conn, entries).await
    }
}

#[tokio::test]
async fn old_entries_are_forgotten_and_young_ones_kept() {
    let pool = pool().await;
    for id in 1..=2 {
        outbox::write(&mut pool.acquire().await.unwrap(), &event(id)).await.unwrap();
    }
    sqlx::query("update outbox set at = now() - interval '31 days' where id = 1")
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(outbox::prune(&pool, 30).await.unwrap(), 1);
    assert_eq!(people_until(&pool, "", 1).await, [2]);
}
