//! One behaviour in memory and in Redis, and what is left of it when Redis goes away.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use chassis::kv::{Kv, Limit, Taken};
use futures_util::future::join_all;

const MINUTE: Duration = Duration::from_mins(1);

/// A Redis of this test alone, on a socket.
struct Redis {
    dir: tempfile::TempDir,
    child: Child,
}

impl Redis {
    async fn start() -> Self {
        let dir = tempfile::tempdir_in("/tmp").unwrap();
        let mut redis = Self { child: spawn(dir.path()), dir };
        redis.until_it_answers().await;
        redis
    }

    fn url(&self) -> String {
        format!("redis+unix://{}/redis.sock", self.dir.path().display())
    }

    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    async fn start_again(&mut self) {
        self.child = spawn(self.dir.path());
        self.until_it_answers().await;
    }

    async fn until_it_answers(&mut self) {
        let since = Instant::now();
        while Kv::redis(&self.url()).unwrap().ping().await.is_err() {
            assert!(self.child.try_wait().unwrap().is_none(), "redis-server ended");
            assert!(since.elapsed() < Duration::from_secs(20), "redis-server does not answer");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn spawn(dir: &std::path::Path) -> Child {
    Command::new("redis-server")
        .args(["--port", "0", "--save", "", "--appendonly", "no", "--unixsocket", "redis.sock"])
        .current_dir(dir)
        .stdout(Stdio::null())
        .spawn()
        .expect("redis-server is installed; `make test` sees to it")
}

async fn until_absent(kv: &Kv, key: &str) {
    let since = Instant::now();
    while kv.get(key).await.is_some() {
        assert!(since.elapsed() < Duration::from_secs(20), "the value never expired");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

async fn until_it_begins_anew(kv: &Kv, key: &str, window: Duration) {
    let since = Instant::now();
    while kv.count(key, window).await != 1 {
        assert!(since.elapsed() < Duration::from_secs(20), "the count never began anew");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// What holds for both stores.
async fn behaves(kv: &Kv) {
    assert_eq!(kv.get("a").await, None);
    kv.set("a", b"one", MINUTE).await;
    kv.set("a", b"two", MINUTE).await;
    assert_eq!(kv.get("a").await.as_deref(), Some(&b"two"[..]));
    kv.delete("a").await;
    assert_eq!(kv.get("a").await, None);
    kv.set("empty", b"", MINUTE).await;
    assert_eq!(kv.get("empty").await.as_deref(), Some(&b""[..]));
    kv.set("short", b"x", Duration::from_millis(20)).await;
    until_absent(kv, "short").await;

    assert_eq!(kv.count("c", MINUTE).await, 1);
    assert_eq!(kv.count("c", MINUTE).await, 2);
    assert_eq!(kv.count("d", MINUTE).await, 1);
    let brief = Duration::from_millis(1);
    assert_eq!(kv.count("e", brief).await, 1);
    until_it_begins_anew(kv, "e", brief).await;

    let limit = Limit { count: 50, per: MINUTE };
    let taken = join_all((0..200).map(|_| kv.take("person", limit))).await;
    assert_eq!(taken.iter().filter(|taken| **taken == Taken::Allowed).count(), 50);
    let Taken::Wait(wait) = kv.take("person", limit).await else { panic!("over the limit") };
    assert!(wait <= MINUTE / 50 && wait > Duration::from_millis(500), "{wait:?}");
    assert_eq!(kv.take("another", limit).await, Taken::Allowed);
    assert_eq!(kv.take("person", Limit::NONE).await, Taken::Allowed);
}

#[tokio::test]
async fn memory_keeps_values_counts_and_limits() {
    let kv = Kv::memory();
    behaves(&kv).await;
    assert!(!kv.is_shared());
}

#[tokio::test]
async fn sec_06_bug_33_redis_keeps_values_counts_and_limits_for_all_processes() {
    let redis = Redis::start().await;
    let kv = Kv::redis(&redis.url()).unwrap();
    behaves(&kv).await;
    assert!(kv.is_shared());

    let other = Kv::redis(&redis.url()).unwrap();
    kv.set("shared", b"x", MINUTE).await;
    assert_eq!(other.get("shared").await.as_deref(), Some(&b"x"[..]));
    let Taken::Wait(_) = other.take("person", Limit { count: 50, per: MINUTE }).await else {
        panic!("the limit is not shared")
    };
}

#[tokio::test(start_paused = true)]
async fn what_was_taken_grows_back_with_time() {
    let kv = Kv::memory();
    let limit = Limit { count: 2, per: Duration::from_secs(10) };
    for _ in 0..2 {
        assert_eq!(kv.take("k", limit).await, Taken::Allowed);
    }
    assert_eq!(kv.take("k", limit).await, Taken::Wait(Duration::from_secs(5)));
    tokio::time::advance(Duration::from_secs(5)).await;
    assert_eq!(kv.take("k", limit).await, Taken::Allowed);
    assert_eq!(kv.take("k", limit).await, Taken::Wait(Duration::from_secs(5)));
}

#[tokio::test]
async fn in13_without_redis_values_are_absent_and_limits_hold_in_each_process() {
    let mut redis = Redis::start().await;
    let kv = Kv::redis(&redis.url()).unwrap();
    kv.set("a", b"one", MINUTE).await;
    redis.kill();

    let since = Instant::now();
    assert_eq!(kv.get("a").await, None);
    let limit = Limit { count: 3, per: MINUTE };
    let taken = join_all((0..10).map(|_| kv.take("person", limit))).await;
    assert_eq!(taken.iter().filter(|taken| **taken == Taken::Allowed).count(), 3);
    assert_eq!(kv.count("c", MINUTE).await, 1);
    kv.set("a", b"two", MINUTE).await;
    assert!(kv.ping().await.is_err());
    assert!(since.elapsed() < Duration::from_secs(2), "{:?}", since.elapsed());

    redis.start_again().await;
    let since = Instant::now();
    loop {
        kv.set("a", b"three", MINUTE).await;
        if kv.get("a").await.as_deref() == Some(&b"three"[..]) {
            break;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "redis is back but not used");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn in13_a_redis_that_hangs_costs_one_deadline_and_not_one_per_call() {
    let redis = Redis::start().await;
    let kv = Kv::redis(&redis.url()).unwrap();
    kv.set("a", b"one", MINUTE).await;
    let pid = rustix::process::Pid::from_raw(redis.child.id().try_into().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
    let since = Instant::now();
    for _ in 0..100 {
        assert_eq!(kv.get("a").await, None);
    }
    assert!(since.elapsed() < Duration::from_millis(900), "{:?}", since.elapsed());
}

#[tokio::test]
async fn in14_a_value_of_another_format_is_absent() {
    let redis = Redis::start().await;
    let client = redis::Client::open(redis.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let kv = Kv::redis(&redis.url()).unwrap();
    for garbled in [&b""[..], b"\x02from a newer release", b"{}"] {
        redis::cmd("SET")
            .arg("bodega:1:a")
            .arg(garbled)
            .query_async::<()>(&mut connection)
            .await
            .unwrap();
        assert_eq!(kv.get("a").await, None);
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_at_the_start() {
    assert!(Kv::redis("http://nonsense").is_err());
}
