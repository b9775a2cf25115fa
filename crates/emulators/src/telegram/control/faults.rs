//! Controls of faults: which are on, switching them on and off.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::{delete, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::control::{Order, Refusal};
use crate::faults::{CallFault, DeliveryFault};
use crate::telegram::world::{CallScope, DeliveryScope, World};

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/faults", get(list).delete(clear))
        .route("/faults/calls", post(arm_call))
        .route("/faults/calls/{fault}", delete(disarm_call))
        .route("/faults/deliveries", post(arm_delivery))
        .route("/faults/deliveries/{fault}", delete(disarm_delivery))
}

async fn list(State(world): State<Arc<World>>) -> Json<Value> {
    Json(json!({
        "calls": world.call_faults.list(),
        "deliveries": world.delivery_faults.list(),
    }))
}

async fn clear(State(world): State<Arc<World>>) -> Json<Value> {
    world.call_faults.clear();
    world.delivery_faults.clear();
    Json(json!({}))
}

async fn arm_call(
    State(world): State<Arc<World>>,
    Json(order): Json<Order<CallScope, CallFault>>,
) -> Json<Value> {
    Json(json!({ "id": world.call_faults.arm(order.scope, order.fault, order.strikes) }))
}

async fn arm_delivery(
    State(world): State<Arc<World>>,
    Json(order): Json<Order<DeliveryScope, DeliveryFault>>,
) -> Json<Value> {
    Json(json!({ "id": world.delivery_faults.arm(order.scope, order.fault, order.strikes) }))
}

async fn disarm_call(
    State(world): State<Arc<World>>,
    Path(fault): Path<u64>,
) -> Result<Json<Value>, Refusal> {
    if world.call_faults.disarm(fault) { Ok(Json(json!({}))) } else { Err(gone()) }
}

async fn disarm_delivery(
    State(world): State<Arc<World>>,
    Path(fault): Path<u64>,
) -> Result<Json<Value>, Refusal> {
    if world.delivery_faults.disarm(fault) { Ok(Json(json!({}))) } else { Err(gone()) }
}

fn gone() -> Refusal {
    Refusal::missing("this fault is not switched on")
}
