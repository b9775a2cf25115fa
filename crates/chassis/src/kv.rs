//! Values that may be lost: rate limits, caches, dialogue state; in Redis, or in this process where
//! there is none.
//!
//! Nothing here is needed to be correct. When Redis fails, a value is absent, a write is skipped
//! and limits are kept by each process for itself; the failures are counted in
//! `bodega_kv_errors_total`.

mod limit;
mod memory;
mod remote;

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

pub use limit::{InvalidLimit, Limit};
pub use memory::Memory;
pub use remote::Remote;

use crate::config::{Settings, SettingsError};

/// Begins every stored value; a value of another format, or none of ours, is absent.
const FORMAT: u8 = 1;

/// A store of values that may be lost. Cheap to clone; clones share their contents.
#[derive(Clone)]
pub enum Kv {
    /// In this process: enough while all roles run in one.
    Memory(Memory),
    /// In Redis: needed as soon as roles run apart.
    Redis(Remote),
}

/// The answer of [`Kv::take`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Go ahead.
    Allowed,
    /// Not before this much time has passed.
    Wait(Duration),
}

/// Redis does not answer.
#[derive(Debug, thiserror::Error)]
pub enum KvError {
    /// It refused or the connection broke.
    #[error("redis failed")]
    Redis(#[from] redis::RedisError),
    /// No answer within the deadline of a call.
    #[error("redis did not answer in time")]
    Deadline,
    /// It failed a moment ago and is left alone until the next try is due.
    #[error("redis failed a moment ago")]
    Resting,
}

#[derive(Deserialize)]
struct Section {
    url: Option<SecretString>,
}

impl Kv {
    /// A store in this process.
    pub fn memory() -> Self {
        Self::Memory(Memory::new())
    }

    /// A store in the Redis at an address; connects when first used. Call it inside a runtime.
    ///
    /// # Errors
    /// The address is malformed.
    pub fn redis(url: &str) -> Result<Self, KvError> {
        Ok(Self::Redis(Remote::open(url)?))
    }

    /// The store that the section `redis` asks for.
    ///
    /// # Errors
    /// The address is malformed.
    pub fn open(settings: &Settings) -> Result<Self, SettingsError> {
        let section: Section = settings.section("redis")?;
        let Some(url) = section.url else { return Ok(Self::memory()) };
        Self::redis(url.expose_secret()).map_err(|_| {
            SettingsError::from(
                "redis.url: it must be like redis://user:password@host/0".to_owned(),
            )
        })
    }

    /// True when other processes see the same values.
    pub fn is_shared(&self) -> bool {
        matches!(self, Self::Redis(_))
    }

    /// The value, unless it was never set, has expired or cannot be had now.
    pub async fn get(&self, key: &str) -> Option<Vec<u8>> {
        let stored = match self {
            Self::Memory(memory) => memory.get(key),
            Self::Redis(remote) => remote.get(key).await,
        };
        let (format, value) = stored.as_deref()?.split_first()?;
        (*format == FORMAT).then(|| value.to_vec())
    }

    /// Sets the value for `ttl`; after that it is absent.
    pub async fn set(&self, key: &str, value: &[u8], ttl: Duration) {
        let mut stored = Vec::with_capacity(value.len() + 1);
        stored.push(FORMAT);
        stored.extend_from_slice(value);
        match self {
            Self::Memory(memory) => memory.set(key, stored, ttl),
            Self::Redis(remote) => remote.set(key, stored, ttl).await,
        }
    }

    /// Makes the value absent.
    pub async fn delete(&self, key: &str) {
        match self {
            Self::Memory(memory) => memory.delete(key),
            Self::Redis(remote) => remote.delete(key).await,
        }
    }

    /// Adds one and returns the sum; the counting begins anew `window` after its first one.
    pub async fn count(&self, key: &str, window: Duration) -> u64 {
        match self {
            Self::Memory(memory) => memory.count(key, window),
            Self::Redis(remote) => remote.count(key, window).await,
        }
    }

    /// Takes one of what `limit` allows for this key: all of its count at once, then evenly as time
    /// passes.
    pub async fn take(&self, key: &str, limit: Limit) -> Taken {
        if limit.is_none() {
            return Taken::Allowed;
        }
        match self {
            Self::Memory(memory) => memory.take(key, limit),
            Self::Redis(remote) => remote.take(key, limit).await,
        }
    }

    /// Asks whether the store answers, for health checks.
    ///
    /// # Errors
    /// Redis is away.
    pub async fn ping(&self) -> Result<(), KvError> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(remote) => remote.ping().await,
        }
    }
}
