//! What payment providers post, and what they are answered.

use std::sync::Arc;

use contract::failure::Kind;
use contract::payments::Header;
use tokio::sync::Semaphore;

use crate::http::{Connection, ask, head};
use crate::services::Reply;
use crate::stand::Stand;

const SIGNED: [(&str, &str); 3] = [
    ("content-type", "application/json"),
    ("Crypto-Pay-Api-Signature", "c0ffee"),
    ("cookie", "session=1"),
];
const LINE: &str = "POST /hooks/payments/cryptopay";

#[tokio::test]
async fn a_callback_reaches_payments_byte_by_byte() {
    let stand = Stand::webhook().await;
    // Not what any JSON writer would make of it: the signature is over these very bytes.
    let body = b"{ \"update_id\":1,\t\"x\": \"\xff\"}\n";
    let answer = ask(stand.gateway.address, LINE, &SIGNED, body).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let callback = stand.payments.callbacks.seen().remove(0);
    assert_eq!((callback.provider.as_str(), callback.body.as_slice()), ("cryptopay", &body[..]));
    let header = |name: &str, value: &str| Header { name: name.into(), value: value.into() };
    assert_eq!(
        callback.headers,
        [header("content-type", SIGNED[0].1), header("crypto-pay-api-signature", "c0ffee")]
    );
}

#[tokio::test]
async fn pc01_what_payments_says_is_what_the_provider_hears() {
    let stand = Stand::webhook().await;
    let cases = [
        (Reply::Fail(Kind::Unauthenticated, "payments.bad_signature"), 401, None),
        (Reply::Fail(Kind::Missing, "payments.unknown_provider"), 404, None),
        (Reply::Fail(Kind::Unavailable, "common.database"), 503, Some("5")),
        (Reply::Fail(Kind::Internal, "payments.store"), 500, None),
        (Reply::Panic, 500, None),
        (Reply::Done, 200, None),
    ];
    for (reply, status, retry_after) in cases {
        stand.payments.callbacks.then([reply]);
        let answer = ask(stand.gateway.address, LINE, &SIGNED, "{}").await;
        let told = (answer.status, answer.header("retry-after"), answer.body.as_str());
        assert_eq!(told, (status, retry_after, ""));
    }
}

#[tokio::test]
async fn pc04_a_replayed_callback_reaches_payments_each_time() {
    let stand = Stand::webhook().await;
    for _ in 0..10 {
        assert_eq!(ask(stand.gateway.address, LINE, &SIGNED, "{}").await.status, 200);
    }
    assert_eq!(stand.payments.callbacks.seen().len(), 10);
}

#[tokio::test]
async fn what_names_no_provider_is_not_passed_on() {
    let stand = Stand::webhook().await;
    for path in ["/hooks/payments/", "/hooks/payments/A%20B", "/hooks/payments/a/b", "/hooks/sms/x"]
    {
        let line = format!("POST {path}");
        assert_eq!(ask(stand.gateway.address, &line, &SIGNED, "{}").await.status, 404, "{path}");
    }
    assert!(stand.payments.callbacks.seen().is_empty());
}

#[tokio::test]
async fn slow_bodies_of_strangers_do_not_shut_callbacks_out() {
    let stand = Stand::webhook().await;
    let mut strangers = Vec::new();
    for _ in 0..200 {
        let mut stranger = Connection::open(stand.gateway.address).await;
        stranger.send(head(LINE, &[("expect", "100-continue")], 2)).await;
        // Told so once its body is waited for.
        assert_eq!(stranger.answer().await.status, 100);
        strangers.push(stranger);
    }
    assert_eq!(ask(stand.gateway.address, LINE, &SIGNED, "{}").await.status, 200);
    // Nor are they cut off for it.
    strangers[0].send("{}").await;
    assert_eq!(strangers[0].answer().await.status, 200);
}

#[tokio::test]
async fn beyond_128_callbacks_at_payments_a_provider_is_asked_to_come_again() {
    let stand = Stand::webhook().await;
    let gate = Arc::new(Semaphore::new(0));
    stand.payments.callbacks.always(Reply::Hold(Arc::clone(&gate)));
    let mut held = Vec::new();
    for _ in 0..128 {
        let mut connection = Connection::open(stand.gateway.address).await;
        connection.send(head(LINE, &SIGNED, 2) + "{}").await;
        held.push(connection);
    }
    stand.payments.callbacks.sees(128).await;
    let answer = ask(stand.gateway.address, LINE, &SIGNED, "{}").await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
    gate.add_permits(129);
    for mut connection in held {
        assert_eq!(connection.answer().await.status, 200);
    }
    assert_eq!(ask(stand.gateway.address, LINE, &SIGNED, "{}").await.status, 200);
    assert_eq!(stand.payments.callbacks.seen().len(), 129);
}

#[tokio::test]
async fn a_callback_that_is_too_long_or_packed_is_refused() {
    let stand = Stand::webhook().await;
    let mut connection = Connection::open(stand.gateway.address).await;
    connection.send(head(LINE, &[], 64 * 1024 + 1)).await;
    assert_eq!(connection.answer().await.status, 413);
    let packed = ask(stand.gateway.address, LINE, &[("content-encoding", "br")], "{}").await;
    assert_eq!(packed.status, 415);
    assert!(stand.payments.callbacks.seen().is_empty());
}
