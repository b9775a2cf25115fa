//! Running the shop: health, metrics, stopping, long polling, migrations.

use std::time::Duration;

use emulators::faults::CallFault;
use emulators::telegram::{CallScope, Telegram};
use journeys::buyer::goods;
use journeys::door::get;
use journeys::shop::{Shop, Topology};
use journeys::until;
use tonic::transport::Endpoint;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::values;

#[tokio::test]
async fn every_process_tells_its_health_and_its_metrics() {
    let shop = Shop::open().await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    let mut doors = vec![(shop.url(), "gateway")];
    doors.extend(shop.roles().into_iter().map(|role| (shop.ops_url(role), role)));
    for (url, role) in &doors {
        for path in ["/health", "/health/live", "/health/ready"] {
            let answer = get(&format!("{url}{path}")).await;
            assert_eq!(answer.status, 200, "{role} {path}: {}", answer.body);
        }
    }
    for role in shop.roles() {
        let metrics = get(&format!("{}/metrics", shop.ops_url(role))).await;
        assert_eq!(metrics.status, 200);
        assert!(metrics.body.contains("# TYPE "), "{role}: {}", metrics.body);
        let json = get(&format!("{}/metrics.json", shop.ops_url(role))).await;
        assert!(serde_json::from_str::<serde_json::Value>(&json.body).is_ok(), "{role}");
    }
    let gateway = get(&format!("{}/metrics", shop.ops_url("gateway"))).await;
    assert!(gateway.body.contains("bodega_gateway_"), "{}", gateway.body);
    let outside = get(&format!("{}/metrics", shop.url())).await;
    assert_eq!(outside.status, 404, "metrics are not for the outside");
    shop.close().await;
}

#[tokio::test]
async fn every_role_that_runs_apart_answers_grpc_health() {
    let shop = Shop::open().await;
    let urls = shop.grpc_urls();
    let apart: Vec<&str> = urls.iter().map(|(role, _)| *role).collect();
    match shop.topology {
        Topology::One => assert!(apart.is_empty(), "{apart:?}"),
        Topology::Split => assert_eq!(apart, ["payments", "inventory", "admin", "bot"]),
    }
    for (role, url) in urls {
        let channel = Endpoint::from_shared(url).unwrap().connect().await.unwrap();
        let mut health = HealthClient::new(channel);
        let answer = health.check(HealthCheckRequest { service: String::new() }).await.unwrap();
        assert_eq!(answer.into_inner().status(), ServingStatus::Serving, "{role}");
    }
    shop.close().await;
}

#[tokio::test]
async fn a_purchase_that_is_under_way_is_finished_before_the_shop_stops() {
    let shop = Shop::open().await;
    let ware = shop.sells("Licence", 100, &values("KEY", 1)).await;
    let anna = shop.person_with(100).await;
    let question = anna.is_about_to_buy(&ware).await;
    shop.settles().await;

    let scope = CallScope { method: Some("editMessageText".into()), chat: Some(anna.id.0) };
    shop.telegram.break_calls(scope, CallFault::Delay { delay_ms: 1_500 }, Some(1));
    let press = anna.touches(&question, anna.words.pay);
    let mut facts = shop.facts().await;
    let delivered = "select count(*) from inventory.orders where state = 'delivered'";
    facts.until(delivered, |orders| orders == 1).await;
    assert_eq!(anna.count("KEY-0001"), 0, "the receipt is still on its way");
    shop.stop().await;

    assert_eq!(anna.count("KEY-0001"), 1);
    assert!(press.answer(Duration::from_secs(1)).await.is_some());
    assert_eq!(shop.telegram.pending_updates(), 0);
    shop.start(&[]).await;
    shop.close().await;
}

#[tokio::test]
async fn without_a_public_address_the_shop_fetches_updates_itself() {
    let shop = Shop::open_with(&[("WEBHOOK_ENABLED", "0")]).await;
    let ware = shop.sells("Licence", 100, &values("KEY", 2)).await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.tops_up_by_stars(200).await;
    anna.tops_up_by_crypto(&shop.cryptopay, 100).await;
    assert_eq!(goods(&anna.buys(&ware).await), ["KEY-0001"]);
    assert_eq!(shop.posts_update("{}").await.status, 404, "there is no webhook then");

    // What was said while the shop was closed is heard when it opens.
    shop.settles().await;
    shop.stop().await;
    let before = anna.newest();
    anna.says("/start");
    shop.start(&[]).await;
    anna.sees_after(before, anna.words.menu).await;
    shop.close().await;
}

#[tokio::test]
async fn a_shop_that_changes_from_polling_to_a_webhook_and_back_misses_nothing() {
    let shop = Shop::closed(&[]).await;
    let anna = shop.person(1, "Anna", "en");
    for polls in ["0", "1", "0", "1"] {
        let before = anna.newest();
        anna.says("/start");
        shop.start(&[("WEBHOOK_ENABLED", polls)]).await;
        anna.sees_after(before, anna.words.menu).await;
        shop.drains().await;
        shop.stop().await;
    }
    shop.start(&[]).await;
    shop.close().await;
}

#[tokio::test]
async fn migrating_twice_changes_nothing_the_second_time() {
    let shop = Shop::closed(&[]).await;
    assert!(shop.runs(&["migrate"]).await.success());
    let mut facts = shop.facts().await;
    let tables = "select count(*) from information_schema.tables \
                  where table_schema in ('bot', 'payments', 'inventory')";
    let after_first = facts.count(tables).await;
    assert!(after_first > 10, "{after_first}");
    assert!(shop.runs(&["migrate"]).await.success());
    assert_eq!(facts.count(tables).await, after_first);
    shop.start(&[]).await;
    shop.close().await;
}

#[tokio::test]
async fn a_service_cannot_read_the_tables_of_another() {
    let shop = Shop::open().await;
    let mut facts = shop.facts().await;
    let readable = "select count(*) from information_schema.tables t \
        cross join (values ('bot'), ('payments'), ('inventory')) as roles (name) \
        where t.table_schema in ('bot', 'payments', 'inventory') and t.table_schema <> roles.name \
        and has_table_privilege('bodega_' || roles.name, \
            quote_ident(t.table_schema) || '.' || quote_ident(t.table_name), \
            'select, insert, update, delete, truncate')";
    assert_eq!(facts.count(readable).await, 0);
    shop.close().await;
}

#[tokio::test]
async fn the_commands_of_the_bot_are_announced_in_both_languages_and_lead_somewhere() {
    let shop = Shop::open().await;
    let anna = shop.person(1, "Anna", "en");
    for (command, words) in [("/shop", "shelves are empty"), ("/profile", anna.words.balance)] {
        anna.tells(command, words).await;
    }
    let all = ["", "en", "ru"];
    until("the commands are announced", || languages_with_commands(&shop.telegram) == all).await;
    shop.close().await;
}

fn languages_with_commands(telegram: &Telegram) -> Vec<String> {
    let calls = telegram.calls(None);
    let calls = calls.iter().filter(|call| call.method == "setMyCommands" && call.status == 200);
    let language = calls.map(|call| call.parameters.get("language_code"));
    let mut languages: Vec<String> = language
        .map(|code| code.and_then(|code| code.as_str()).unwrap_or_default().into())
        .collect();
    languages.sort();
    languages
}
