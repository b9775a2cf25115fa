//! A collector of traces: takes what a process exports over OTLP, and tells it as plain spans.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chassis::lifecycle::Lifecycle;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1 as otlp;
use prost::Message;
use tokio::net::TcpListener;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

/// Listens as long as the test runs.
pub struct Collector {
    url: String,
    taken: Taken,
}

/// Exports, as they came.
#[derive(Clone, Default)]
struct Taken(Arc<Mutex<Vec<ExportTraceServiceRequest>>>);

/// A span that some process exported.
#[derive(Debug, Clone)]
pub struct Span {
    /// The service that it names, for example `bodega-bot`.
    pub process: String,
    /// The trace, in hex.
    pub trace: String,
    /// The span itself, in hex.
    pub id: String,
    /// What it is part of; none for the first of a trace.
    pub parent: Option<String>,
    /// What kind of work it is.
    pub name: String,
    /// Its fields.
    pub fields: BTreeMap<String, String>,
    /// The SQL that ran in it.
    pub statements: Vec<String>,
}

impl Collector {
    /// A collector on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let taken = Taken::default();
        let served = Server::builder()
            .add_service(TraceServiceServer::new(taken.clone()))
            .serve_with_incoming(TcpIncoming::from(listener));
        Lifecycle::new().spawn("collector", async move {
            served.await.expect("the collector serves");
        });
        Self { url, taken }
    }

    /// The value of `telemetry.otlp_endpoint`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Everything that has come so far.
    pub fn spans(&self) -> Vec<Span> {
        let exports = self.taken.all();
        let resources = exports.into_iter().flat_map(|export| export.resource_spans);
        let of_resource = |resource: otlp::ResourceSpans| {
            let about = resource.resource.unwrap_or_default().attributes;
            let process = fields(&about).remove("service.name").unwrap_or_default();
            let spans = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
            spans.map(|span| Span::read(&process, &span)).collect::<Vec<_>>()
        };
        resources.flat_map(of_resource).collect()
    }

    /// Whether a text is anywhere in what has come so far, names and all.
    pub fn has_seen(&self, text: &str) -> bool {
        let is_in = |export: &ExportTraceServiceRequest| {
            export.encode_to_vec().windows(text.len()).any(|bytes| bytes == text.as_bytes())
        };
        self.taken.all().iter().any(is_in)
    }
}

impl Taken {
    fn all(&self) -> Vec<ExportTraceServiceRequest> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[tonic::async_trait]
impl TraceService for Taken {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Span {
    fn read(process: &str, span: &otlp::Span) -> Self {
        Self {
            process: process.to_owned(),
            trace: hex::encode(&span.trace_id),
            id: hex::encode(&span.span_id),
            parent: Some(hex::encode(&span.parent_span_id)).filter(|parent| !parent.is_empty()),
            name: span.name.clone(),
            fields: fields(&span.attributes),
            statements: span.events.iter().filter_map(statement).collect(),
        }
    }
}

/// As sqlx tells it: the beginning, and the whole where that is longer.
fn statement(event: &otlp::span::Event) -> Option<String> {
    let mut fields = fields(&event.attributes);
    let whole = fields.remove("db.statement")?;
    Some(if whole.trim().is_empty() { fields.remove("summary")? } else { whole })
}

fn fields(attributes: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |value: Option<&AnyValue>| match value.and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        other => format!("{other:?}"),
    };
    attributes.iter().map(|one| (one.key.clone(), text(one.value.as_ref()))).collect()
}
