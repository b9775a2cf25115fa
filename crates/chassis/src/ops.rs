//! The ops port of every role: health and metrics.

mod metrics_json;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::serve::ListenerExt;
use axum::{Json, Router};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;

use crate::ground::Ground;
use crate::lifecycle::Lifecycle;
use crate::telemetry;

/// A dependency that answers later than this is as good as away.
const CHECK_DEADLINE: Duration = Duration::from_secs(1);
/// Histograms gather samples until they are drained.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Whether the role works without a dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Without it the role is not ready.
    Required,
    /// Without it the role does less.
    Optional,
}

/// Checks of what this process depends on. Cheap to clone.
#[derive(Clone)]
pub struct Health {
    lifecycle: Lifecycle,
    checks: Arc<Vec<Check>>,
}

type Probe = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

#[derive(Clone)]
struct Check {
    name: &'static str,
    need: Need,
    probe: Probe,
}

/// What a check found.
struct Found {
    name: &'static str,
    need: Need,
    well: bool,
    took: Duration,
}

impl Health {
    /// Health of a process with no dependencies yet.
    pub fn new(lifecycle: Lifecycle) -> Self {
        Self { lifecycle, checks: Arc::default() }
    }

    /// The dependencies that every role has.
    pub fn of(ground: &Ground) -> Self {
        let (database, kv) = (ground.database.clone(), ground.kv.clone());
        let health =
            Self::new(ground.lifecycle.clone()).with("database", Need::Required, move || {
                let database = database.clone();
                async move { database.ping().await }
            });
        if !kv.is_shared() {
            return health;
        }
        health.with("redis", Need::Optional, move || {
            let kv = kv.clone();
            async move { kv.ping().await }
        })
    }

    /// Adds a dependency and how to ask after it; each answer is given a second.
    #[must_use]
    pub fn with<F, E>(
        mut self,
        name: &'static str,
        need: Need,
        probe: impl Fn() -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: std::fmt::Display,
    {
        let probe: Probe = Arc::new(move || {
            probe().map(|answer| answer.map_err(|error| error.to_string())).boxed()
        });
        Arc::make_mut(&mut self.checks).push(Check { name, need, probe });
        self
    }

    /// `/health/live`, `/health/ready` and `/health`.
    pub fn router(self) -> Router {
        Router::new()
            .route("/health/live", get(live))
            .route("/health/ready", get(ready))
            .route("/health", get(report))
            .with_state(self)
    }

    async fn check(&self) -> Vec<Found> {
        join_all(self.checks.iter().map(Check::run)).await
    }
}

impl Check {
    async fn run(&self) -> Found {
        let since = Instant::now();
        let answer = tokio::time::timeout(CHECK_DEADLINE, (self.probe)()).await;
        let answer = answer.unwrap_or_else(|_| Err("no answer in time".to_owned()));
        if let Err(error) = &answer {
            // Only in the log: the port may be open to people whom the reason does not concern.
            tracing::warn!(dependency = self.name, error, "dependency not healthy");
        }
        Found { name: self.name, need: self.need, well: answer.is_ok(), took: since.elapsed() }
    }
}

/// Health and metrics on one router.
pub fn router(health: Health) -> Router {
    health.router().route("/metrics", get(|| async { telemetry::prometheus().render() })).route(
        "/metrics.json",
        get(|| async { Json(metrics_json::from_text(&telemetry::prometheus().render())) }),
    )
}

/// Serves health and metrics on `listener` until the process stops.
pub fn serve(listener: TcpListener, ground: &Ground) {
    let lifecycle = ground.lifecycle.clone();
    let listener = listener.tap_io(|stream| {
        // Without it answers come a little later, no more.
        stream.set_nodelay(true).ok();
    });
    let stopping = lifecycle.clone();
    let serving = axum::serve(listener, router(Health::of(ground)))
        .with_graceful_shutdown(async move { stopping.stopping().await });
    lifecycle.spawn("ops server", async move {
        if let Err(error) = serving.await {
            tracing::error!(%error, "ops server failed");
        }
    });
    let upkeep = lifecycle.clone();
    lifecycle.spawn("metrics upkeep", async move {
        while upkeep.pause(UPKEEP_EVERY).await {
            telemetry::prometheus().run_upkeep();
        }
    });
}

/// Alive means that a restart would not help; a loop that fell does not get up again.
async fn live(State(health): State<Health>) -> impl IntoResponse {
    let fallen = health.lifecycle.fallen();
    if fallen.is_empty() {
        (StatusCode::OK, "ok".to_owned())
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, format!("fallen: {}", fallen.join(", ")))
    }
}

async fn ready(State(health): State<Health>) -> impl IntoResponse {
    let status = status(&health, &health.check().await);
    (code(status), status)
}

async fn report(State(health): State<Health>) -> impl IntoResponse {
    let found = health.check().await;
    let status = status(&health, &found);
    let checks: Map<String, Value> = found
        .into_iter()
        .map(|found| {
            let status = if found.well { "ok" } else { "failing" };
            let took_ms = u64::try_from(found.took.as_millis()).unwrap_or(u64::MAX);
            let required = found.need == Need::Required;
            (
                found.name.to_owned(),
                json!({ "status": status, "required": required, "took_ms": took_ms }),
            )
        })
        .collect();
    let version = env!("CARGO_PKG_VERSION");
    (code(status), Json(json!({ "status": status, "version": version, "checks": checks })))
}

fn status(health: &Health, found: &[Found]) -> &'static str {
    if health.lifecycle.is_stopping() {
        "stopping"
    } else if found.iter().any(|found| !found.well && found.need == Need::Required) {
        "failing"
    } else if found.iter().any(|found| !found.well) {
        "degraded"
    } else {
        "ok"
    }
}

fn code(status: &str) -> StatusCode {
    match status {
        "ok" | "degraded" => StatusCode::OK,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn ask(health: &Health, path: &str) -> (u16, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = router(health.clone()).oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    fn healthy(need: Need) -> Health {
        Health::new(Lifecycle::new()).with("one", need, || async { Ok::<_, String>(()) })
    }

    #[tokio::test]
    async fn a_process_with_all_it_needs_is_ready() {
        let health = healthy(Need::Required);
        assert_eq!(ask(&health, "/health/live").await, (200, "ok".to_owned()));
        assert_eq!(ask(&health, "/health/ready").await, (200, "ok".to_owned()));
        let (status, body) = ask(&health, "/health").await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &body["checks"]["one"]["status"]), (200, &json!("ok")));
    }

    #[tokio::test(start_paused = true)]
    async fn what_hangs_is_failing_after_a_second_and_says_no_reason_outside() {
        let health = healthy(Need::Required)
            .with("hangs", Need::Required, std::future::pending::<Result<(), String>>)
            .with("broken", Need::Optional, || async { Err("canary") });
        assert_eq!(ask(&health, "/health/live").await.0, 200);
        let since = tokio::time::Instant::now();
        assert_eq!(ask(&health, "/health/ready").await, (503, "failing".to_owned()));
        assert!(since.elapsed() <= CHECK_DEADLINE * 2);
        let (status, body) = ask(&health, "/health").await;
        assert_eq!(status, 503);
        assert!(!body.contains("canary") && body.contains("\"hangs\""), "{body}");
    }

    #[tokio::test]
    async fn an_optional_dependency_only_degrades() {
        let health =
            healthy(Need::Required).with("redis", Need::Optional, || async { Err("away") });
        assert_eq!(ask(&health, "/health/ready").await, (200, "degraded".to_owned()));
    }

    #[tokio::test]
    async fn a_stopping_process_is_not_ready_and_one_with_a_fallen_loop_not_alive() {
        let health = healthy(Need::Required);
        health.lifecycle.spawn("falls", async {});
        while health.lifecycle.fallen().is_empty() {
            tokio::task::yield_now().await;
        }
        assert_eq!(ask(&health, "/health/live").await, (503, "fallen: falls".to_owned()));
        health.lifecycle.begin_stop();
        assert_eq!(ask(&health, "/health/ready").await, (503, "stopping".to_owned()));
    }

    #[tokio::test]
    async fn bug_57_metrics_are_shown_as_text_and_as_json() {
        let health = healthy(Need::Optional);
        telemetry::prometheus();
        metrics::counter!("bodega_ops_test_total", "kind" => "a\"b").increment(3);
        metrics::histogram!("bodega_ops_test_seconds").record(0.2);
        let (_, text) = ask(&health, "/metrics").await;
        assert!(text.contains("bodega_ops_test_seconds_bucket{le=\"0.25\"} 1"), "{text}");
        let (_, body) = ask(&health, "/metrics.json").await;
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            body["bodega_ops_test_total"],
            json!([{ "labels": { "kind": "a\"b" }, "value": 3.0 }])
        );
    }
}
