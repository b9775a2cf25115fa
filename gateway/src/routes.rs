//! Every route that the outside can reach, on one screen.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::post;
use kernel::clock::Clock;

use crate::callbacks::{self, Callbacks};
use crate::requests;
use crate::webhook::{self, Webhook};

/// What stands behind the routes.
pub struct Doors {
    /// Where Telegram posts to and what takes it; none while updates are fetched.
    pub webhook: Option<(String, Webhook)>,
    /// Takes what payment providers post.
    pub callbacks: Callbacks,
    /// Health, ready and live.
    pub health: Router,
    /// For ids of requests.
    pub clock: Clock,
}

/// The routes. Whatever is not here is 404, another method 405, both without a word.
pub fn routes(doors: Doors) -> Router {
    let callbacks = post(callbacks::take).with_state(doors.callbacks);
    let mut routes = Router::new().route("/hooks/payments/{provider}", callbacks);
    if let Some((path, webhook)) = doors.webhook {
        routes = routes.route(&path, post(webhook::take).with_state(webhook));
    }
    routes.layer(from_fn_with_state(doors.clock, requests::observe)).merge(doors.health)
}
