//! What the process says of itself: logs on stderr, metrics for Prometheus, traces to a collector
//! where one is named.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::Duration;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use opentelemetry::trace::TracerProvider;
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use serde::Deserialize;
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, Registry, fmt};

use crate::config::{Settings, SettingsError};

/// For one batch of spans.
const EXPORT_TIMEOUT: Duration = Duration::from_secs(5);
/// For the last ones when the process stops.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);
/// From half a millisecond, an in-process call, to ten seconds, Telegram's patience.
const SECONDS_BUCKETS: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// What is no news: PostgreSQL tells at every start that the table of migrations is there. The owner's filter comes after it
/// and may say otherwise.
const QUIET: &str = "sqlx::postgres::notice=warn";

/// Logs, metrics and traces of a running process.
pub struct Telemetry {
    traces: Option<SdkTracerProvider>,
}

#[derive(Deserialize)]
struct Section {
    log: String,
    json: bool,
    otlp_endpoint: Option<String>,
}

/// Starts logs, metrics and traces by the section `telemetry`; once a process, inside its runtime.
/// `role` is the name that traces carry.
///
/// # Errors
/// The filter or the endpoint is malformed, or logs were started before.
pub fn start(settings: &Settings, role: &str) -> Result<Telemetry, SettingsError> {
    let section: Section = settings.section("telemetry")?;
    let filter = EnvFilter::try_new(format!("{QUIET},{}", section.log))
        .map_err(|error| format!("telemetry.log: `{}` is no filter: {error}", section.log))?;
    global::set_text_map_propagator(TraceContextPropagator::new());
    let traces =
        section.otlp_endpoint.as_ref().map(|endpoint| exporter(endpoint, role)).transpose()?;
    let started = match &traces {
        // One filter for everything costs least: what nobody wants is dropped before it is made.
        None => Registry::default().with(filter).with(log(&section)).try_init(),
        Some(traces) => {
            let spans = tracing_opentelemetry::layer().with_tracer(traces.tracer("bodega"));
            Registry::default()
                .with(log(&section).with_filter(filter))
                .with(spans.with_filter(traced()))
                .try_init()
        }
    };
    started.map_err(|error| format!("telemetry: logs cannot be started: {error}"))?;
    prometheus();
    metrics::gauge!("bodega_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Ok(Telemetry { traces })
}

impl Telemetry {
    /// Sends what is left to send.
    pub async fn stop(self) {
        let Some(traces) = self.traces else { return };
        // It blocks its thread until the collector has answered.
        let sent =
            tokio::task::spawn_blocking(move || traces.shutdown_with_timeout(SHUTDOWN_TIMEOUT));
        match sent.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last traces were not sent"),
            Err(error) => tracing::warn!(%error, "the last traces were not sent"),
        }
    }
}

/// The metrics of this process; recording begins with the first call.
pub fn prometheus() -> &'static PrometheusHandle {
    static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();
    HANDLE.get_or_init(|| {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS_BUCKETS)
            .expect("there are buckets")
            .build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("metrics are already recorded elsewhere");
        }
        handle
    })
}

/// What a trace shows whatever the log shows: our spans, and each statement as an event on the span that ran it. sqlx
/// tells statements without their values.
fn traced() -> Targets {
    Targets::new().with_default(Level::INFO).with_target("sqlx::query", Level::DEBUG)
}

fn log<S>(section: &Section) -> Box<dyn Layer<S> + Send + Sync>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    let stderr = std::io::stderr;
    if section.json {
        fmt::layer().json().flatten_event(true).with_writer(stderr).boxed()
    } else {
        fmt::layer().compact().with_ansi(stderr().is_terminal()).with_writer(stderr).boxed()
    }
}

fn exporter(endpoint: &str, role: &str) -> Result<SdkTracerProvider, SettingsError> {
    let exporter = SpanExporter::builder()
        .with_tonic()
        .with_endpoint(endpoint)
        .with_timeout(EXPORT_TIMEOUT)
        .build()
        .map_err(|error| format!("telemetry.otlp_endpoint: {error}"))?;
    let resource = Resource::builder()
        .with_service_name(format!("bodega-{role}"))
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .build();
    Ok(SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build())
}
