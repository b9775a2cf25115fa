//! Controls of updates: repeating them, injecting others, waiting until all are delivered.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::control::{Deadline, Refusal, Repetition};
use crate::post::Delivery;
use crate::telegram::world::World;

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/updates/{update}/redeliver", post(redeliver))
        .route("/inject", post(inject))
        .route("/drained", post(drained))
}

async fn redeliver(
    State(world): State<Arc<World>>,
    Path(update): Path<i64>,
    Json(repetition): Json<Repetition>,
) -> Result<Json<Vec<Delivery>>, Refusal> {
    let deliveries = world.redeliver(update, repetition.times).await;
    if deliveries.is_empty() {
        return Err(Refusal::missing("no such update, or no webhook"));
    }
    Ok(Json(deliveries))
}

/// The body goes to the webhook as it is.
async fn inject(State(world): State<Arc<World>>, body: Bytes) -> Result<Json<Delivery>, Refusal> {
    let delivery = world.deliver_copies(body, 1).await.pop();
    Ok(Json(delivery.ok_or_else(|| Refusal::missing("no webhook"))?))
}

async fn drained(
    State(world): State<Arc<World>>,
    Json(deadline): Json<Deadline>,
) -> Result<Json<Value>, Refusal> {
    world.wait_until_drained(deadline.duration()).await?;
    Ok(Json(json!({})))
}
