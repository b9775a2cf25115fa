//! Traces against a collector of the test's own.

use chassis::config::Settings;
use chassis::telemetry;
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

const DEFAULTS: &str = include_str!("../../../bodega/default.toml");

struct Collector(mpsc::UnboundedSender<ExportTraceServiceRequest>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.send(request.into_inner()).unwrap();
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn spans_reach_the_collector_under_the_ids_that_calls_carry() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (collect, mut collected) = mpsc::unbounded_channel();
    let server = Server::builder()
        .add_service(TraceServiceServer::new(Collector(collect)))
        .serve_with_incoming(TcpIncoming::from(listener));
    let work = async {
        let environment = [("OTEL_EXPORTER_OTLP_ENDPOINT".to_owned(), endpoint)];
        let settings = Settings::load(DEFAULTS, None, environment).unwrap();
        let telemetry = telemetry::start(&settings, "test").unwrap();
        assert!(telemetry::start(&settings, "test").is_err());
        let carried = tracing::info_span!("webhook").in_scope(contract::trace::traceparent);
        telemetry.stop().await;
        carried
    };
    let carried = tokio::select! {
        ended = server => panic!("the collector ended: {ended:?}"),
        carried = work => carried,
    };

    let spans = collected.recv().await.unwrap().resource_spans.remove(0);
    let resource = format!("{:?}", spans.resource);
    assert!(resource.contains("bodega-test"), "{resource}");
    let span = &spans.scope_spans[0].spans[0];
    assert_eq!(span.name, "webhook");
    let trace_id = hex::encode(&span.trace_id);
    assert!(carried.contains(&trace_id), "{carried} has not {trace_id}");
}
