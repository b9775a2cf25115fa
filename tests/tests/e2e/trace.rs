//! Traces: what one update sets off is one trace, whichever processes it crosses, and tells no secret.

use emulators::telegram::Options;
use journeys::shop::{ACTOR_KEY, CRYPTO_PAY_TOKEN, SEAL_KEY, SECRET, Shop, Topology};
use testkit::{Collector, Span};

use crate::values;

#[tokio::test]
async fn a_purchase_is_one_trace_from_the_webhook_to_its_statements_and_its_answer() {
    let collector = Collector::start().await;
    let shop = Shop::open_with(&[("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())]).await;
    let goods = values("PRECIOUS", 2);
    let ware = shop.sells("Licence", 100, &goods).await;
    let anna = shop.person_with(500).await;
    anna.buys(&ware).await;
    let topology = shop.topology;
    shop.close().await;

    let spans = collector.spans();
    let charge = called(&spans, "ChargeWallet");
    let place = parent(&spans, charge);
    let take = parent(&spans, place);
    let request = parent(&spans, take);
    assert_eq!(place.fields["method"], "/bodega.inventory.v1.OrderService/PlaceOrder");
    assert_eq!(take.fields["method"], "/bodega.bot.v1.BotIntakeService/TakeUpdate");
    assert_is_webhook(request, "/webhook");
    if topology == Topology::Split {
        let processes = [request, take, place, charge].map(|span| span.process.as_str());
        let all = ["bodega-gateway", "bodega-bot", "bodega-inventory", "bodega-payments"];
        assert_eq!(processes, all);
    }

    assert_has_run(place, "inventory.orders");
    assert_has_run(charge, "payments.wallets");
    for method in ["editMessageText", "answerCallbackQuery"] {
        assert!(asks_telegram(&spans, take, method), "no {method} below {take:?}");
    }
    assert_tells_no_secret(&collector, &goods);
}

#[tokio::test]
async fn a_top_up_and_the_notice_of_it_are_one_trace() {
    let collector = Collector::start().await;
    let shop = Shop::open_with(&[("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url())]).await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.tops_up_by_stars(300).await;
    anna.tops_up_by_crypto(&shop.cryptopay, 500).await;
    shop.close().await;

    let spans = collector.spans();
    for (method, route) in
        [("TakeUpdate", "/webhook"), ("TakeCallback", "/hooks/payments/{provider}")]
    {
        // It may have waited for its turn in the chat before.
        let is_cause = |notice: &&Span| {
            notice.name == "notice"
                && notice.fields["key"].starts_with("paid:")
                && is_call(parent(&spans, notice), method)
                && asks_telegram(&spans, notice, "sendMessage")
        };
        let notice = spans.iter().find(is_cause);
        let notice = notice.unwrap_or_else(|| panic!("no notice because of {method}: {spans:#?}"));
        let take = parent(&spans, notice);
        assert_has_run(take, "payments.receipts");
        assert_is_webhook(parent(&spans, take), route);
        // What it says is asked of payments for the buyer.
        let is_wallet = |span: &Span| is_call(span, "GetWallet") && is_part(span, notice);
        assert!(spans.iter().any(is_wallet), "{notice:?} has no balance");
    }
    assert_tells_no_secret(&collector, &[]);
}

fn called<'s>(spans: &'s [Span], method: &str) -> &'s Span {
    let call = spans.iter().find(|span| is_call(span, method));
    call.unwrap_or_else(|| panic!("no call of {method} among {spans:#?}"))
}

fn is_call(span: &Span, method: &str) -> bool {
    span.name == "rpc" && span.fields["method"].ends_with(&format!("/{method}"))
}

/// What a span is part of, which is in the same trace.
fn parent<'s>(spans: &'s [Span], span: &Span) -> &'s Span {
    let parent = spans.iter().find(|other| is_part(span, other));
    parent.unwrap_or_else(|| panic!("nothing above {span:?} among {spans:#?}"))
}

fn is_part(span: &Span, whole: &Span) -> bool {
    span.trace == whole.trace && span.parent.as_ref() == Some(&whole.id)
}

fn assert_is_webhook(span: &Span, route: &str) {
    let (name, parent) = (span.name.as_str(), span.parent.as_ref());
    assert_eq!((name, span.fields["route"].as_str(), parent), ("request", route, None));
}

fn assert_has_run(span: &Span, table: &str) {
    let has_it = span.statements.iter().any(|statement| statement.contains(table));
    assert!(has_it, "nothing about {table} in {span:#?}");
}

fn asks_telegram(spans: &[Span], because_of: &Span, method: &str) -> bool {
    let is_it = |span: &Span| span.name == "bot api" && span.fields["method"] == method;
    spans.iter().any(|span| is_it(span) && is_part(span, because_of))
}

fn assert_tells_no_secret(collector: &Collector, goods: &[String]) {
    let token = Options::default().token;
    let secrets = [&token, SECRET, CRYPTO_PAY_TOKEN, ACTOR_KEY, SEAL_KEY];
    for secret in secrets.into_iter().chain(goods.iter().map(String::as_str)) {
        assert!(!collector.has_seen(secret), "{secret} is in a trace");
    }
    assert!(collector.has_seen("payments.wallets"), "it sees what is there");
}
