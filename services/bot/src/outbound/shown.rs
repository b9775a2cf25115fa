//! Remembering what the chat has shown by itself, so that the queue does not say it again. Written in bunches: a sale
//! does not wait for it, and what a crash loses is said twice, which harms nobody.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use contract::failure::Failure;
use kernel::backoff::Backoff;
use kernel::ids::PersonId;
use sqlx::PgPool;
use tokio::sync::mpsc;

use crate::operations::queue;

/// Keys that may wait to be written; beyond that they are forgotten.
const WAITING_MAX: usize = 20_000;
/// Keys in one statement.
const BUNCH_MAX: usize = 1_000;
/// Bunches grow for this long; far less than the queue waits.
const PACE: Duration = Duration::from_millis(200);
/// A bunch that the database did not take is offered again so often, and then forgotten.
const ATTEMPTS: u32 = 5;
/// All attempts together take less than the queue waits.
const RETRY: Backoff = Backoff { first: Duration::from_millis(100), cap: Duration::from_secs(2) };
/// With nothing new for this long after the stop began, nothing more comes.
const LAST_WAIT: Duration = Duration::from_millis(300);

/// Takes keys of what was shown. Cheap to clone.
#[derive(Clone)]
pub struct Shown {
    keys: mpsc::Sender<(String, PersonId)>,
}

impl Shown {
    /// Starts the writer on this lifecycle.
    pub fn start(lifecycle: &Lifecycle, pool: PgPool) -> Self {
        let (keys, waiting) = mpsc::channel(WAITING_MAX);
        let owner = lifecycle.clone();
        lifecycle.spawn("bot shown messages", async move { write(owner, pool, waiting).await });
        Self { keys }
    }

    /// Notes that the message with this key was shown to a person.
    pub fn note(&self, key: &str, person: PersonId) {
        if self.keys.try_send((key.to_owned(), person)).is_err() {
            metrics::counter!("bodega_bot_shown_forgotten_total").increment(1);
        }
    }
}

async fn write(
    lifecycle: Lifecycle,
    pool: PgPool,
    mut waiting: mpsc::Receiver<(String, PersonId)>,
) {
    let mut bunch = Vec::with_capacity(BUNCH_MAX);
    loop {
        let received = tokio::select! {
            received = waiting.recv_many(&mut bunch, BUNCH_MAX) => received,
            // Updates that still run may have something to say.
            () = silence(&lifecycle) => return,
        };
        if received == 0 {
            return;
        }
        if let Err(failure) = settle(&lifecycle, &pool, &bunch).await {
            metrics::counter!("bodega_bot_shown_forgotten_total").increment(bunch.len() as u64);
            tracing::warn!(%failure, keys = bunch.len(), "what was shown may be said twice");
        }
        bunch.clear();
        lifecycle.pause(PACE).await;
    }
}

async fn settle(
    lifecycle: &Lifecycle,
    pool: &PgPool,
    bunch: &[(String, PersonId)],
) -> Result<(), Failure> {
    let mut attempt = 1;
    loop {
        match queue::settle(pool, bunch).await {
            Err(failure) if failure.is_passing() && attempt < ATTEMPTS => {
                lifecycle.pause(RETRY.after(attempt, bunch.len() as u64)).await;
                attempt += 1;
            }
            outcome => return outcome,
        }
    }
}

async fn silence(lifecycle: &Lifecycle) {
    lifecycle.stopping().await;
    tokio::time::sleep(LAST_WAIT).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Refuses the first two statements, as a deadlock would; sequences outlive what is rolled back.
    const TROUBLE: &str = "create sequence bot.tries;
        create function bot.trouble() returns trigger language plpgsql as $$
        begin
            if nextval('bot.tries') <= 2 then raise exception using errcode = '40P01'; end if;
            return null;
        end $$;
        create trigger trouble before insert on bot.outbound
            for each statement execute function bot.trouble();";

    #[tokio::test]
    async fn what_was_shown_is_noted_after_a_passing_failure() {
        let migrations = [&durable::MIGRATIONS, &crate::MIGRATIONS];
        let pool = testkit::database("bot", &migrations).await.pool;
        sqlx::raw_sql(TROUBLE).execute(&pool).await.unwrap();
        let lifecycle = Lifecycle::new();
        let shown = [("goods:1".to_owned(), PersonId(1))];
        settle(&lifecycle, &pool, &shown).await.unwrap();
        let sent = "select count(*) from bot.outbound where key = 'goods:1' and state = 'sent'";
        assert_eq!(sqlx::query_scalar::<_, i64>(sent).fetch_one(&pool).await.unwrap(), 1);
        // A failure that no repetition helps is not repeated.
        sqlx::query("drop table bot.outbound cascade").execute(&pool).await.unwrap();
        assert!(!settle(&lifecycle, &pool, &shown).await.unwrap_err().is_passing());
    }
}
