//! Traces against a collector of the test's own.

use chassis::config::Settings;
use chassis::telemetry;
use testkit::Collector;

const DEFAULTS: &str = include_str!("../../../bodega/default.toml");

#[tokio::test(flavor = "multi_thread")]
async fn spans_reach_the_collector_under_the_ids_that_calls_carry() {
    let collector = Collector::start().await;
    let environment = [("OTEL_EXPORTER_OTLP_ENDPOINT".to_owned(), collector.url().to_owned())];
    let settings = Settings::load(DEFAULTS, None, environment).unwrap();
    let telemetry = telemetry::start(&settings, "test").unwrap();
    assert!(telemetry::start(&settings, "test").is_err());

    let carried = tracing::info_span!("webhook").in_scope(contract::trace::traceparent);
    let later = tracing::info_span!("notice");
    contract::trace::resume(&later, &carried);
    drop(later);
    for nothing in ["", "00-nonsense", "\n"] {
        contract::trace::resume(&tracing::info_span!("stray"), nothing);
    }
    telemetry.stop().await;

    let spans = collector.spans();
    let [webhook, notice, strays @ ..] = spans.as_slice() else { panic!("{spans:?}") };
    assert_eq!((webhook.process.as_str(), webhook.name.as_str()), ("bodega-test", "webhook"));
    assert!(carried.contains(&webhook.trace), "{carried} has not {}", webhook.trace);
    assert_eq!((&notice.trace, notice.parent.as_ref()), (&webhook.trace, Some(&webhook.id)));
    assert_eq!(strays.len(), 3);
    assert!(strays.iter().all(|stray| stray.parent.is_none()), "{strays:?}");
}
