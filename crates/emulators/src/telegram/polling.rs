//! getUpdates: long polling, confirmation by offset, and the conflicts between two pollers.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::failure::{Answer, Failure};
use super::update::Update;
use super::webhook::Wanted;
use super::world::World;
use crate::parameters::Parameters;

/// The server waits no longer than this, whatever is asked.
const TIMEOUT_S_MAX: i64 = 50;

pub(crate) async fn get_updates(
    world: &Arc<World>,
    parameters: &Parameters,
) -> Result<Answer, Failure> {
    let limit = parameters.integer("limit").unwrap_or(100).clamp(1, 100);
    let limit = usize::try_from(limit).expect("clamped to a small number");
    let timeout = parameters.integer("timeout").unwrap_or(0).clamp(0, TIMEOUT_S_MAX);
    let deadline = Instant::now() + Duration::from_secs(timeout.unsigned_abs());
    let offset = parameters.integer("offset").unwrap_or(0);
    let begun = world.backlog.begin_poll(Wanted::parse(parameters)?, offset)?;
    let mut signal = world.backlog.watch();
    loop {
        let now = *signal.borrow_and_update();
        if now.hook != begun.hook {
            return Err(Failure::conflict("terminated by setWebhook request"));
        }
        if now.poll != begun.poll {
            return Err(Failure::conflict(
                "terminated by other getUpdates request; \
                 make sure that only one bot instance is running",
            ));
        }
        let updates = world.backlog.peek(limit);
        let left = deadline.saturating_duration_since(Instant::now());
        if !updates.is_empty() || left.is_zero() {
            return Ok(answer(&updates));
        }
        // Running out of time ends the loop at the next look.
        let _ = tokio::time::timeout(left, signal.changed()).await;
    }
}

fn answer(updates: &[Arc<Update>]) -> Answer {
    let bodies: Vec<_> =
        updates.iter().map(|update| String::from_utf8_lossy(&update.body)).collect();
    Answer { result: format!("[{}]", bodies.join(",")), description: None, message_id: None }
}
