//! Connections that mean no good, or never say what they mean.

use std::time::Duration;

use crate::http::{Connection, ask, head};
use crate::stand::{FROM_TELEGRAM, Stand};
use crate::updates;

const SOON: Duration = Duration::from_millis(100);

#[tokio::test]
async fn wh10_a_body_that_trickles_is_given_up() {
    let stand = Stand::webhook_with(|config| config.body.timeout = SOON).await;
    let mut connection = Connection::open(stand.gateway.address).await;
    connection.send(head("POST /webhook", &FROM_TELEGRAM, 10)).await;
    connection.send("{").await;
    assert_eq!(connection.answer().await.status, 408);
    connection.closes().await;
    assert!(stand.bot.parked.seen().is_empty());
}

#[tokio::test]
async fn wh11_connections_that_do_not_speak_are_closed() {
    let stand = Stand::webhook_with(|config| config.head_timeout = SOON).await;
    // Each may yet become a request.
    for start in ["", "P", "POST /webhook HTTP/1.1\r\nhost: gate"] {
        let mut connection = Connection::open(stand.gateway.address).await;
        connection.send(start).await;
        connection.closes().await;
    }
    // Nor does a request that was answered buy time for the next one.
    let update = updates::message(1, 7).to_string();
    let mut connection = Connection::open(stand.gateway.address).await;
    connection.send(head("POST /webhook", &FROM_TELEGRAM, update.len()) + &update).await;
    assert_eq!(connection.answer().await.status, 200);
    connection.send("POST /webhook HTT").await;
    connection.closes().await;
}

#[tokio::test]
async fn wh11_http_2_is_not_spoken_so_that_pings_hold_no_place() {
    let stand = Stand::webhook().await;
    let mut connection = Connection::open(stand.gateway.address).await;
    let no_settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    connection.send([b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &no_settings[..]].concat()).await;
    connection.closes().await;
}

#[tokio::test]
async fn wh03_a_head_that_is_too_long_is_refused() {
    let stand = Stand::webhook().await;
    let mut connection = Connection::open(stand.gateway.address).await;
    let long = "x".repeat(8_192);
    connection.send(head("POST /webhook", &[("x-long", &long)], 0)).await;
    assert_eq!(connection.answer().await.status, 431);
}

#[tokio::test]
async fn wh34_what_is_not_plain_http_is_refused() {
    let stand = Stand::webhook().await;
    for bytes in [
        "POST /webhook HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}",
        "POST /webhook HTTP/1.1\r\nhost: a\r\ncontent-length: +2\r\n\r\n{}",
        "POST /webhook HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n",
        "GET /webhook\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
    ] {
        let mut connection = Connection::open(stand.gateway.address).await;
        connection.send(bytes).await;
        assert_eq!(connection.answer().await.status, 400, "{bytes:?}");
        connection.closes().await;
    }
    assert!(stand.bot.updates.seen().is_empty() && stand.bot.parked.seen().is_empty());
}

#[tokio::test]
async fn a_connection_is_kept_for_the_next_update() {
    let stand = Stand::webhook().await;
    let mut connection = Connection::open(stand.gateway.address).await;
    for id in 1..=3 {
        let update = updates::message(id, 7).to_string();
        connection.send(head("POST /webhook", &FROM_TELEGRAM, update.len()) + &update).await;
        assert_eq!(connection.answer().await.status, 200);
    }
}

#[tokio::test]
async fn health_is_told_at_the_front_door() {
    let stand = Stand::webhook().await;
    for path in ["/health", "/health/live", "/health/ready"] {
        let answer = ask(stand.gateway.address, &format!("GET {path}"), &[], "").await;
        assert_eq!(answer.status, 200, "{path}");
    }
}

#[tokio::test]
async fn every_answer_has_an_id_to_find_it_by() {
    let stand = Stand::webhook().await;
    let first = stand.post("{").await;
    let second = stand.post("{").await;
    let id = |answer: &crate::http::Answer| answer.header("x-request-id").unwrap().to_owned();
    assert_ne!(id(&first), id(&second));
}

#[tokio::test]
async fn what_keeps_the_gateway_from_starting_is_named() {
    let stand = Stand::webhook().await;
    let ground = stand.ground("[telegram]\ntoken = \"\"");
    let error = gateway::start(&ground).await.unwrap_err().to_string();
    assert!(error.contains("telegram.token"), "{error}");
    let ground = stand.ground("[telegram]\ntoken = \"no token\"");
    let error = gateway::start(&ground).await.unwrap_err().to_string();
    assert!(error.contains("telegram.token") && !error.contains("no token"), "{error}");
    let taken = stand.gateway.address.port();
    let settings =
        format!("[telegram]\ntoken = \"1:test\"\n[gateway]\nbind = \"127.0.0.1\"\nport = {taken}");
    let error = gateway::start(&stand.ground(&settings)).await.unwrap_err().to_string();
    assert!(error.contains("gateway.port"), "{error}");
}
