//! What Telegram may post, what it is answered, and who gets it.

use std::sync::Arc;

use chassis::telemetry;
use contract::failure::Kind;
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::http::{Connection, Headers, ask, head};
use crate::services::Reply;
use crate::stand::{FROM_TELEGRAM, SECRET, Stand};
use crate::updates;

const DOWN: Reply = Reply::Fail(Kind::Unavailable, "common.database");
const BROKEN: Reply = Reply::Fail(Kind::Internal, "bot.broken");

#[tokio::test]
async fn an_update_reaches_the_bot_as_it_came() {
    let stand = Stand::webhook().await;
    let update = updates::message(1, 7).to_string();
    let answer = stand.post(&update).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(stand.bot.updates.seen(), [update]);
}

#[tokio::test]
async fn payment_updates_go_to_payments_and_nothing_else_does() {
    let stand = Stand::webhook().await;
    let theirs = [
        updates::payment(1, 7),
        updates::refund(2, 7),
        updates::pre_checkout(3, 7),
        updates::other(4, "shipping_query"),
        updates::other(5, "subscription"),
    ];
    for update in &theirs {
        assert_eq!(stand.update(update).await, 200);
    }
    assert_eq!(stand.update(&updates::press(6, 7, "h")).await, 200);
    assert_eq!(stand.payments.updates.seen(), theirs.map(|update| update.to_string()));
    assert_eq!(stand.bot.updates.seen().len(), 1);
}

#[tokio::test]
async fn wh01_without_the_secret_nothing_is_read_or_done() {
    let stand = Stand::webhook().await;
    let mut connection = Connection::open(stand.gateway.address).await;
    // The body never comes, and is not waited for.
    let json = [("content-type", "application/json")];
    connection.send(head("POST /webhook", &json, 100)).await;
    let answer = connection.answer().await;
    assert_eq!((answer.status, answer.body.as_str()), (401, ""));
    connection.closes().await;
    assert!(stand.bot.updates.seen().is_empty() && stand.bot.parked.seen().is_empty());
}

#[tokio::test]
async fn sec_25_bug_40_wh02_wh03_wh05_only_the_one_right_secret_is_let_in() {
    let stand = Stand::webhook().await;
    let update = updates::message(1, 7).to_string();
    let wrong = SECRET.replace('f', "e");
    let long = "x".repeat(6_000);
    for secrets in [&[wrong.as_str()][..], &[""], &[&long], &[SECRET, &wrong], &[SECRET, SECRET]] {
        let mut headers = vec![FROM_TELEGRAM[1]];
        headers.extend(secrets.iter().map(|secret| (FROM_TELEGRAM[0].0, *secret)));
        let answer = ask(stand.gateway.address, "POST /webhook", &headers, &update).await;
        assert_eq!((answer.status, answer.body.as_str()), (401, ""));
    }
    assert!(stand.bot.updates.seen().is_empty());
}

#[tokio::test]
async fn wh07_a_body_that_says_it_is_too_long_is_not_read() {
    let stand = Stand::webhook().await;
    let mut connection = Connection::open(stand.gateway.address).await;
    connection.send(head("POST /webhook", &FROM_TELEGRAM, 5 * 1024 * 1024)).await;
    assert_eq!(connection.answer().await.status, 413);
    connection.closes().await;
}

#[tokio::test]
async fn wh08_a_chunked_body_is_cut_at_the_limit() {
    let stand = Stand::webhook_with(|config| config.body.bytes_max = 1_000).await;
    let mut connection = Connection::open(stand.gateway.address).await;
    let [(secret, value), (kind, json)] = FROM_TELEGRAM;
    let head = format!(
        "POST /webhook HTTP/1.1\r\nhost: gateway\r\n{secret}: {value}\r\n{kind}: {json}\r\n\
         transfer-encoding: chunked\r\n\r\n"
    );
    connection.send(format!("{head}200\r\n{}\r\n", "x".repeat(512))).await;
    // The last chunk, which would end the body, is never sent.
    connection.send(format!("200\r\n{}\r\n", "x".repeat(512))).await;
    assert_eq!(connection.answer().await.status, 413);
    connection.closes().await;
    assert!(stand.bot.parked.seen().is_empty());
}

#[tokio::test]
async fn wh09_wh33_other_encodings_kinds_paths_and_methods_are_refused() {
    let stand = Stand::webhook().await;
    let address = stand.gateway.address;
    let secret = FROM_TELEGRAM[0];
    let json = FROM_TELEGRAM[1];
    let update = updates::message(1, 7).to_string();
    let cases: [(&str, Headers<'_>, u16); 9] = [
        ("POST /webhook", &[secret, json, ("content-encoding", "gzip")], 415),
        ("POST /webhook", &[secret, ("content-type", "text/plain")], 415),
        ("POST /webhook", &[secret], 415),
        ("GET /webhook", &[secret, json], 405),
        ("PUT /webhook", &[secret, json], 405),
        ("POST /webhook/", &[secret, json], 404),
        ("POST /", &[secret, json], 404),
        ("POST /nothing", &[], 404),
        ("GET /hooks/payments/cryptopay", &[], 405),
    ];
    for (line, headers, status) in cases {
        let answer = ask(address, line, headers, &update).await;
        assert_eq!((answer.status, answer.body.as_str()), (status, ""), "{line} {headers:?}");
    }
    assert!(stand.bot.updates.seen().is_empty());
}

#[tokio::test]
async fn wh12_wh13_wh14_wh15_wh16_what_cannot_be_understood_is_parked_and_taken() {
    let stand = Stand::webhook().await;
    let deep = format!("{{\"update_id\":1,\"message\":{}", "[".repeat(100_000));
    let many_digits = format!("{{\"update_id\":{}}}", "9".repeat(400));
    let bodies: [&[u8]; 14] = [
        b"",
        b"{",
        b"null",
        b"[]",
        b"{\"message\":{}}",
        b"{\"update_id\":\"1\",\"message\":{}}",
        b"{\"update_id\":1.5,\"message\":{}}",
        b"{\"update_id\":-1,\"message\":{}}",
        b"{\"update_id\":9223372036854775808,\"message\":{}}",
        b"{\"update_id\":1e999}",
        b"{\"update_id\":1,\"message\":{\"text\":\"\xff\xfe\"}}",
        b"{\"update_id\":1,\"message\":{}} trailing",
        many_digits.as_bytes(),
        deep.as_bytes(),
    ];
    for body in bodies {
        let answer = stand.post(body).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    }
    let parked = stand.bot.parked.seen();
    assert_eq!(parked.len(), bodies.len());
    for ((kept, reason), body) in parked.iter().zip(bodies) {
        assert_eq!(
            (kept.as_slice(), reason.as_str()),
            (&body[..body.len().min(65_536)], "malformed")
        );
    }
    assert!(stand.bot.updates.seen().is_empty());
}

#[tokio::test]
async fn a_malformed_update_that_cannot_be_parked_comes_again() {
    let stand = Stand::webhook().await;
    stand.bot.parked.then([DOWN]);
    assert_eq!(stand.post("{").await.status, 503);
    assert_eq!(stand.post("{").await.status, 200);
}

#[tokio::test]
async fn wh15_a_nul_in_a_text_is_the_bots_to_judge() {
    let stand = Stand::webhook().await;
    let mut update = updates::message(1, 7);
    update["message"]["text"] = json!("a\0b");
    assert_eq!(stand.update(&update).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 1);
}

#[tokio::test]
async fn wh17_an_update_that_comes_again_reaches_its_service_again() {
    let stand = Arc::new(Stand::webhook().await);
    let mut posts = JoinSet::new();
    for _ in 0..20 {
        let stand = Arc::clone(&stand);
        posts.spawn(async move { stand.update(&updates::payment(5, 7)).await });
    }
    assert!(posts.join_all().await.iter().all(|status| *status == 200));
    // The service knows what it has done; the gateway does not guess.
    assert_eq!(stand.payments.updates.seen().len(), 20);
}

#[tokio::test]
async fn wh19_wh20_a_lower_number_is_not_old() {
    let stand = Stand::webhook().await;
    for id in [5, 3, 4, 900_000, 1] {
        assert_eq!(stand.update(&updates::message(id, 7)).await, 200);
    }
    assert_eq!(stand.bot.updates.seen().len(), 5);
}

#[tokio::test]
async fn wh23_unknown_kinds_and_fields_are_taken_without_an_error() {
    let stand = Stand::webhook().await;
    assert_eq!(stand.update(&updates::other(1, "time_travel_request")).await, 200);
    assert_eq!(stand.update(&json!({"update_id": 2})).await, 200);
    assert!(stand.bot.updates.seen().is_empty() && stand.bot.parked.seen().is_empty());

    let mut update = updates::message(3, 7);
    update["message"]["hologram"] = json!({"deep": [{"new": true}]});
    assert_eq!(stand.update(&update).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 1);
}

#[tokio::test]
async fn wh27_groups_and_senders_that_are_nobody_are_left_to_the_bot() {
    let stand = Stand::webhook().await;
    assert_eq!(stand.update(&updates::group_message(1, Some(7))).await, 200);
    assert_eq!(stand.update(&updates::group_message(2, None)).await, 200);
    assert_eq!(stand.bot.updates.seen().len(), 2);
}

#[tokio::test]
async fn wh29_a_service_that_cannot_now_is_asked_again() {
    let stand = Stand::webhook().await;
    stand.bot.updates.then([DOWN; 8]);
    let update = updates::message(1, 7).to_string();
    for _ in 0..8 {
        let answer = stand.post(&update).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
    }
    assert_eq!(stand.post(&update).await.status, 200);
    assert!(stand.bot.parked.seen().is_empty(), "an outage is no fault of the update");
}

#[tokio::test]
async fn wh32_an_update_that_always_fails_is_parked_and_its_chat_goes_on() {
    let stand = Stand::webhook().await;
    stand.bot.updates.then([BROKEN, Reply::Panic, DOWN, BROKEN, Reply::Panic, BROKEN]);
    let poison = updates::message(1, 7).to_string();
    for status in [500, 500, 503, 500, 500, 200] {
        assert_eq!(stand.post(&poison).await.status, status);
    }
    assert_eq!(stand.bot.parked.seen(), [(poison.into_bytes(), "poison".to_owned())]);
    assert_eq!(stand.update(&updates::message(2, 7)).await, 200);
}

#[tokio::test]
async fn wh32_poison_that_cannot_be_parked_is_not_lost() {
    let stand = Stand::webhook().await;
    stand.bot.updates.always(BROKEN);
    stand.bot.parked.then([DOWN]);
    let poison = updates::message(1, 7);
    for status in [500, 500, 500, 500, 503, 200] {
        assert_eq!(stand.update(&poison).await, status);
    }
    assert_eq!(stand.bot.parked.seen().len(), 2);
}

#[tokio::test]
async fn wh32_money_is_never_parked_however_it_fails() {
    let metrics = telemetry::prometheus();
    let stand = Stand::webhook().await;
    let failures = [
        Reply::Fail(Kind::Unauthenticated, "common.unauthenticated"),
        Reply::Fail(Kind::Denied, "common.denied"),
        Reply::Fail(Kind::Exhausted, "common.exhausted"),
        Reply::Fail(Kind::Invalid, "payments.unreadable"),
        Reply::Fail(Kind::Missing, "payments.missing"),
        Reply::Fail(Kind::Conflict, "payments.conflict"),
        Reply::Fail(Kind::Internal, "payments.store"),
        Reply::Panic,
    ];
    for money in [updates::payment(1, 7), updates::refund(2, 7), updates::pre_checkout(3, 7)] {
        stand.payments.updates.then(failures.clone());
        for _ in &failures {
            let answer = stand.post(money.to_string()).await;
            assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
        }
        assert_eq!(stand.update(&money).await, 200);
    }
    assert_eq!(stand.payments.updates.seen().len(), 3 * 9);
    assert!(stand.bot.parked.seen().is_empty());
    let counted = metrics.render();
    assert!(counted.contains("bodega_gateway_payment_updates_failed_total 24\n"), "{counted}");
}

#[tokio::test]
async fn wh29_a_gateway_that_is_not_let_in_does_not_count_against_the_update() {
    let stand = Stand::webhook().await;
    for (kind, code) in [
        (Kind::Unauthenticated, "common.unauthenticated"),
        (Kind::Denied, "common.denied"),
        (Kind::Exhausted, "common.exhausted"),
    ] {
        stand.bot.updates.then(vec![Reply::Fail(kind, code); 6]);
    }
    let update = updates::message(1, 7).to_string();
    for _ in 0..18 {
        let answer = stand.post(&update).await;
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")));
    }
    assert_eq!(stand.post(&update).await.status, 200);
    assert!(stand.bot.parked.seen().is_empty());
}

#[tokio::test]
async fn ps37_work_goes_on_when_the_one_who_posted_hangs_up() {
    let stand = Stand::webhook().await;
    let gate = Arc::new(Semaphore::new(0));
    stand.bot.updates.then([BROKEN, BROKEN, BROKEN, BROKEN]);
    stand.bot.updates.then([Reply::HoldAndBreak(Arc::clone(&gate))]);
    let poison = updates::message(1, 7).to_string();
    for _ in 0..4 {
        assert_eq!(stand.post(&poison).await.status, 500);
    }
    let mut connection = Connection::open(stand.gateway.address).await;
    connection.send(head("POST /webhook", &FROM_TELEGRAM, poison.len()) + &poison).await;
    stand.bot.updates.sees(5).await;
    drop(connection);
    // While another update passes the gateway notices that the connection is gone.
    assert_eq!(stand.update(&updates::message(2, 8)).await, 200);
    gate.add_permits(1);
    // What was left to do after the call is done all the same.
    assert_eq!(stand.bot.parked.sees(1).await, [(poison.into_bytes(), "poison".to_owned())]);
}

#[tokio::test]
async fn a_stop_finishes_what_runs() {
    let stand = Arc::new(Stand::webhook().await);
    let gate = Arc::new(Semaphore::new(0));
    stand.bot.updates.then([Reply::Hold(Arc::clone(&gate))]);
    let posting = Arc::clone(&stand);
    let mut posts = JoinSet::new();
    posts.spawn(async move { posting.update(&updates::message(1, 7)).await });
    stand.bot.updates.sees(1).await;
    stand.lifecycle.begin_stop();
    gate.add_permits(1);
    assert_eq!(posts.join_all().await, [200]);
    stand.stop().await;
}
