//! The store in Redis: every call has a deadline, and one that failed spares the next ones the
//! wait.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::io::tcp::TcpSettings;
use redis::{Client, Cmd, FromRedisValue, IntoConnectionInfo, RedisResult, Script};
use tokio::time::Instant;

use super::{KvError, Limit, Memory, Taken};

/// For one call, connecting included.
const DEADLINE: Duration = Duration::from_millis(250);
/// After a failure nobody asks for this long, then one call tries for all.
const REST_MS: u64 = 1_000;
/// Begins every key, with the version of what is stored under them.
const PREFIX: &str = "bodega:1:";

/// GCRA on Redis's own clock, in microseconds. Returns how long to wait; 0 means taken.
const TAKE: &str = "
    local time = redis.call('TIME')
    local now = time[1] * 1000000 + time[2]
    local interval, per = tonumber(ARGV[1]), tonumber(ARGV[2])
    local whole_at = tonumber(redis.call('GET', KEYS[1])) or now
    local after = math.max(whole_at, now) + interval
    local wait = after - per - now
    if wait > 0 then
        return wait
    end
    redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000))
    return 0
";

/// The window begins with the first count.
const COUNT: &str = "
    local count = redis.call('INCR', KEYS[1])
    if count == 1 then
        redis.call('PEXPIRE', KEYS[1], ARGV[1])
    end
    return count
";

/// One shared, multiplexed connection to Redis, and what stands in while it is away.
#[derive(Clone)]
pub struct Remote {
    connection: ConnectionManager,
    scripts: Arc<Scripts>,
    rest: Arc<Rest>,
    /// Limits and counts of this process while Redis is away.
    meanwhile: Memory,
}

struct Scripts {
    take: Script,
    count: Script,
}

impl Remote {
    pub(super) fn open(url: &str) -> RedisResult<Self> {
        let nodelay = TcpSettings::default().set_nodelay(true);
        let client = Client::open(url.into_connection_info()?.set_tcp_settings(nodelay))?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(DEADLINE))
            .set_response_timeout(Some(DEADLINE))
            .set_number_of_retries(0);
        Ok(Self {
            connection: ConnectionManager::new_lazy_with_config(client, config)?,
            scripts: Arc::new(Scripts { take: Script::new(TAKE), count: Script::new(COUNT) }),
            rest: Arc::new(Rest::new()),
            meanwhile: Memory::new(),
        })
    }

    pub(super) async fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.command("get", Cmd::get(named(key))).await.ok().flatten()
    }

    pub(super) async fn set(&self, key: &str, value: Vec<u8>, ttl: Duration) {
        let set = Cmd::pset_ex(named(key), value, at_least_one(ttl.as_millis()));
        self.command::<()>("set", set).await.ok();
    }

    pub(super) async fn delete(&self, key: &str) {
        self.command::<()>("delete", Cmd::del(named(key))).await.ok();
    }

    pub(super) async fn count(&self, key: &str, window: Duration) -> u64 {
        let mut count = self.scripts.count.key(named(key));
        count.arg(at_least_one(window.as_millis()));
        let mut connection = self.connection.clone();
        let counted = self.guarded("count", count.invoke_async(&mut connection)).await;
        counted.unwrap_or_else(|_| self.meanwhile.count(key, window))
    }

    pub(super) async fn take(&self, key: &str, limit: Limit) -> Taken {
        let mut take = self.scripts.take.key(named(key));
        take.arg(at_least_one(limit.interval().as_micros()));
        take.arg(at_least_one(limit.per.as_micros()));
        let mut connection = self.connection.clone();
        match self.guarded("take", take.invoke_async(&mut connection)).await {
            Ok(0) => Taken::Allowed,
            Ok(wait) => Taken::Wait(Duration::from_micros(wait)),
            Err(_) => self.meanwhile.take(key, limit),
        }
    }

    pub(super) async fn ping(&self) -> Result<(), KvError> {
        let mut connection = self.connection.clone();
        let ping = redis::cmd("PING");
        with_deadline(ping.query_async::<()>(&mut connection)).await
    }

    async fn command<T: FromRedisValue>(
        &self,
        operation: &'static str,
        command: Cmd,
    ) -> Result<T, KvError> {
        let mut connection = self.connection.clone();
        self.guarded(operation, command.query_async(&mut connection)).await
    }

    /// A call under the deadline, not made at all while Redis rests; what it comes to is remembered
    /// and counted.
    async fn guarded<T>(
        &self,
        operation: &'static str,
        call: impl Future<Output = RedisResult<T>>,
    ) -> Result<T, KvError> {
        if !self.rest.admits() {
            return Err(KvError::Resting);
        }
        let answer = with_deadline(call).await;
        match &answer {
            Ok(_) => self.rest.end(),
            Err(error) => {
                self.rest.begin();
                metrics::counter!("bodega_kv_errors_total", "operation" => operation).increment(1);
                let error = error as &dyn std::error::Error;
                tracing::warn!(operation, error, "redis call failed");
            }
        }
        answer
    }
}

async fn with_deadline<T>(call: impl Future<Output = RedisResult<T>>) -> Result<T, KvError> {
    match tokio::time::timeout(DEADLINE, call).await {
        Ok(answer) => answer.map_err(KvError::Redis),
        Err(_) => Err(KvError::Deadline),
    }
}

fn named(key: &str) -> String {
    format!("{PREFIX}{key}")
}

/// Redis refuses a life of nothing; what does not fit is as good as for ever.
fn at_least_one(number: u128) -> u64 {
    u64::try_from(number.max(1)).unwrap_or(u64::from(u32::MAX))
}

/// Whether Redis is left alone after a failure, and until when.
struct Rest {
    epoch: Instant,
    /// Milliseconds since `epoch`; 0 while all is well.
    until_ms: AtomicU64,
}

impl Rest {
    fn new() -> Self {
        Self { epoch: Instant::now(), until_ms: AtomicU64::new(0) }
    }

    /// True while all is well, and for one caller when the rest is over.
    fn admits(&self) -> bool {
        let until = self.until_ms.load(Ordering::Relaxed);
        let now = self.now_ms();
        until == 0
            || (now >= until
                && self
                    .until_ms
                    .compare_exchange(until, now + REST_MS, Ordering::Relaxed, Ordering::Relaxed)
                    .is_ok())
    }

    fn begin(&self) {
        self.until_ms.store(self.now_ms() + REST_MS, Ordering::Relaxed);
    }

    fn end(&self) {
        self.until_ms.store(0, Ordering::Relaxed);
    }

    fn now_ms(&self) -> u64 {
        u64::try_from(self.epoch.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn after_a_failure_one_call_tries_for_all() {
        let rest = Rest::new();
        assert!(rest.admits() && rest.admits());
        rest.begin();
        assert!(!rest.admits());
        tokio::time::advance(Duration::from_millis(REST_MS)).await;
        assert!(rest.admits());
        assert!(!rest.admits());
        rest.end();
        assert!(rest.admits() && rest.admits());
    }
}
