//! The client against a server that answers as Telegram, its proxies and broken networks do.

use std::future::{Future, pending};
use std::sync::Mutex;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;
use crate::keyboard::{CallbackPayload, InlineButton, InlineKeyboard};
use crate::methods::files::{DocumentSource, SendDocument};
use crate::methods::invoices::{AnswerPreCheckoutQuery, GetStarTransactions, Invoice, SendInvoice};
use crate::methods::messages::{AnswerCallbackQuery, DeleteMessage, SendMessage};
use crate::methods::updates::{GetUpdates, SetWebhook};

const SECRET: &str = "AAexampleTokenForTestsOnly";

fn options() -> ClientOptions {
    let request_timeout = Duration::from_millis(300);
    ClientOptions { request_timeout, ..ClientOptions::default() }
}

fn client(base: &str) -> Client {
    Client::with_options(base, format!("12345:{SECRET}").into(), options()).unwrap()
}

/// Runs a call while a server answers every request with `answer`; also returns the requests.
async fn against<T, F>(
    answer: impl IntoResponse + Clone + Send + Sync + 'static,
    call: impl FnOnce(Client) -> F,
) -> (T, Vec<(String, Vec<u8>)>)
where
    F: Future<Output = T>,
{
    let seen = Arc::new(Mutex::new(Vec::new()));
    let record = Arc::clone(&seen);
    let router = Router::new().fallback(async move |request: Request| {
        let path = request.uri().path().to_owned();
        let body = to_bytes(request.into_body(), usize::MAX).await.unwrap();
        record.lock().unwrap().push((path, body.to_vec()));
        answer
    });
    let outcome = serving(router, call).await;
    let requests = seen.lock().unwrap().clone();
    (outcome, requests)
}

async fn serving<T, F: Future<Output = T>>(router: Router, call: impl FnOnce(Client) -> F) -> T {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(&format!("http://{}", listener.local_addr().unwrap()));
    tokio::select! {
        outcome = call(client) => outcome,
        stopped = axum::serve(listener, router) => panic!("the server stopped: {stopped:?}"),
    }
}

async fn send_text(client: Client) -> Result<crate::Sent, ApiError> {
    client.send_message(&SendMessage::html(7, "<b>hello</b>")).await
}

async fn failure(answer: impl IntoResponse + Clone + Send + Sync + 'static) -> ApiError {
    keeps_the_secret(against(answer, send_text).await.0.unwrap_err())
}

fn keeps_the_secret(error: ApiError) -> ApiError {
    let shown = format!("{error} {error:?} {error:#?} {}", error.detail());
    assert!(!shown.contains(SECRET), "{shown}");
    error
}

fn refusal(code: u16, description: &str) -> (StatusCode, String) {
    let body = json!({"ok": false, "error_code": code, "description": description});
    (StatusCode::from_u16(code).unwrap(), body.to_string())
}

fn granted(result: &Value) -> String {
    json!({"ok": true, "result": result}).to_string()
}

#[tokio::test]
async fn a_message_is_sent_as_json_to_its_method() {
    let answer = granted(&json!({"message_id": 44, "date": 1_767_323_070, "text": "hello",
        "chat": {"id": 7, "type": "private"}}));
    let (sent, requests) = against(answer, async |client| {
        let button = InlineButton::callback("Top up", CallbackPayload::new("tu").unwrap());
        let message = SendMessage::html(7, "<b>hello</b>")
            .keyboard(InlineKeyboard::new().button(button))
            .protected();
        client.send_message(&message).await
    })
    .await;
    assert_eq!(sent.unwrap().message_id, 44);
    let (path, body) = &requests[0];
    assert_eq!(path, &format!("/bot12345:{SECRET}/sendMessage"));
    let expected = json!({
        "chat_id": 7, "text": "<b>hello</b>", "parse_mode": "HTML", "protect_content": true,
        "link_preview_options": {"is_disabled": true},
        "reply_markup": {"inline_keyboard": [[{"text": "Top up", "callback_data": "tu"}]]},
    });
    assert_eq!(serde_json::from_slice::<Value>(body).unwrap(), expected);
}

#[tokio::test]
async fn a_document_is_uploaded_as_a_form() {
    let answer = granted(&json!({"message_id": 45, "document": {"file_id": "f1"}}));
    let (sent, requests) = against(answer, async |client| {
        let bytes = Bytes::from_static(b"code-1\ncode-2");
        let source = DocumentSource::Upload { file_name: "order 7.txt".into(), bytes };
        let document = SendDocument::new(7, source).caption("Your <b>codes</b>");
        client.send_document(&document).await
    })
    .await;
    assert_eq!(sent.unwrap().file_id(), Some("f1"));
    let form = String::from_utf8(requests[0].1.clone()).unwrap();
    for part in [
        "name=\"chat_id\"\r\n\r\n7\r\n",
        "name=\"caption\"\r\n\r\nYour <b>codes</b>\r\n",
        "name=\"parse_mode\"\r\n\r\nHTML\r\n",
        "name=\"document\"; filename=\"order_7.txt\"\r\n",
        "\r\n\r\ncode-1\ncode-2\r\n",
    ] {
        assert!(form.contains(part), "{part:?} is not in {form:?}");
    }
}

#[tokio::test]
async fn invoices_answers_and_webhooks_say_what_telegram_expects() {
    let (_, requests) = against(granted(&json!(true)), async |client: Client| {
        let invoice = Invoice::stars("US number", 75, "pay_01").description("One SMS");
        // The answer is not a message, which is beside the point here.
        client.send_invoice(&SendInvoice::new(7, invoice)).await.unwrap_err();
        client.answer_pre_checkout_query(&AnswerPreCheckoutQuery::refuse("9", "late")).await?;
        client.answer_callback_query(&AnswerCallbackQuery::alert("8", &"x".repeat(300))).await?;
        client.set_webhook(&SetWebhook::new("https://shop.example/tg", "s3".into())).await
    })
    .await;
    let bodies: Vec<Value> =
        requests.iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect();
    let invoice = json!({
        "chat_id": 7, "title": "US number", "description": "One SMS", "payload": "pay_01",
        "provider_token": "", "currency": "XTR", "start_parameter": "invoice",
        "prices": [{"label": "US number", "amount": 75}],
    });
    assert_eq!(bodies[0], invoice);
    let refused = json!({"pre_checkout_query_id": "9", "ok": false, "error_message": "late"});
    assert_eq!(bodies[1], refused);
    assert_eq!(bodies[2]["text"].as_str().unwrap().chars().count(), 200);
    assert_eq!(
        (&bodies[3]["secret_token"], &bodies[3]["max_connections"]),
        (&"s3".into(), &40.into())
    );
}

#[tokio::test]
async fn updates_are_returned_byte_for_byte() {
    let update = r#"{"update_id":5, "message" : {"text":"\u044f","n":1.50}}"#;
    let answer = format!(r#"{{"ok":true,"result":[{update}]}}"#);
    let poll = GetUpdates { offset: Some(5), limit: 100, timeout: Duration::from_secs(1) };
    let (updates, requests) =
        against(answer, async |client: Client| client.get_updates(&poll).await).await;
    assert_eq!(updates.unwrap()[0].get(), update);
    let body: Value = serde_json::from_slice(&requests[0].1).unwrap();
    assert_eq!((&body["offset"], &body["timeout"]), (&5.into(), &1.into()));
}

#[tokio::test]
async fn both_directions_of_the_ledger_are_read() {
    let user = json!({"type": "user", "transaction_type": "invoice_payment",
        "user": {"id": 7, "is_bot": false, "first_name": "Ada"}, "invoice_payload": "pay_01"});
    let answer = granted(&json!({"transactions": [
        {"id": "stx", "amount": 75, "date": 1, "source": user},
        {"id": "stx", "amount": 75, "date": 2, "receiver": {"type": "fragment"}},
    ]}));
    let page = GetStarTransactions { offset: 0, limit: 100 };
    let (lines, _) =
        against(answer, async |client: Client| client.get_star_transactions(&page).await).await;
    let lines = lines.unwrap();
    let payer = lines[0].source.as_ref().unwrap();
    assert_eq!((payer.user_id, payer.invoice_payload.as_deref()), (Some(7), Some("pay_01")));
    assert_eq!(lines[1].receiver.as_ref().unwrap().kind, "fragment");
}

#[tokio::test]
async fn refusals_are_classified() {
    let not_modified = failure(refusal(400, "Bad Request: message is not modified")).await;
    assert_eq!(not_modified.trouble(), &Trouble::NotModified);
    let blocked = failure(refusal(403, "Forbidden: bot was blocked by the user")).await;
    assert!(blocked.trouble().is_unreachable() && blocked.trouble().is_permanent());
    let revoked = failure(refusal(401, "Unauthorized")).await;
    assert_eq!(revoked.trouble(), &Trouble::Unauthorized);
    assert_eq!(revoked.to_string(), "sendMessage: the token is not accepted (Unauthorized)");
}

#[tokio::test]
async fn a_flood_says_how_long_to_wait() {
    let body = json!({"ok": false, "error_code": 429, "description": "Too Many Requests",
        "parameters": {"retry_after": 17}});
    let flood = failure((StatusCode::TOO_MANY_REQUESTS, body.to_string())).await;
    assert_eq!(flood.trouble().retry_after(), Some(Duration::from_secs(17)));
    let bare = failure(refusal(429, "Too Many Requests")).await;
    assert_eq!(bare.trouble().retry_after(), Some(Duration::from_secs(5)));
    let proxy = (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "9")], Html("slow down"));
    assert_eq!(failure(proxy).await.trouble().retry_after(), Some(Duration::from_secs(9)));
}

#[tokio::test]
async fn a_proxys_page_is_a_servers_failure() {
    let page = Html("<html><h1>502 Bad Gateway</h1></html>");
    let error = failure((StatusCode::BAD_GATEWAY, page)).await;
    assert_eq!(error.trouble(), &Trouble::Server);
    assert!(error.trouble().is_unknown_outcome() && !error.trouble().is_permanent());
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_leaves_the_outcome_unknown() {
    for answer in ["", "{}", "[]", r#"{"ok":true}"#, r#"{"ok":true,"result":5}"#, "<html>"] {
        assert_eq!(failure(answer).await.trouble(), &Trouble::Unknown, "{answer}");
    }
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let away = (StatusCode::FOUND, [("location", "http://127.0.0.1:1/steal")]);
    assert_eq!(failure(away).await.trouble(), &Trouble::Server);
}

#[tokio::test]
async fn a_slow_answer_leaves_the_outcome_unknown() {
    let router = Router::new().fallback(async || pending::<StatusCode>().await);
    let error = keeps_the_secret(serving(router, send_text).await.unwrap_err());
    assert_eq!(error.trouble(), &Trouble::Unknown);
    assert!(error.detail().contains("timed out"), "{error}");
}

#[tokio::test]
async fn a_dropped_connection_leaves_the_outcome_unknown() {
    let dropped = [&b""[..], b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"ok\":"];
    for beginning in dropped {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = client(&format!("http://{}", listener.local_addr().unwrap()));
        let drop_it = async {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = [0; 4096];
            let length = connection.read(&mut request).await.unwrap();
            connection.write_all(beginning).await.unwrap();
            length
        };
        let (length, outcome) = tokio::join!(drop_it, send_text(client));
        assert!(length > 0);
        let error = keeps_the_secret(outcome.unwrap_err());
        assert_eq!(error.trouble(), &Trouble::Unknown);
    }
}

#[tokio::test]
async fn a_refused_connection_means_nothing_was_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let outcome = send_text(client(&format!("http://{address}"))).await;
    let error = keeps_the_secret(outcome.unwrap_err());
    assert_eq!(error.trouble(), &Trouble::NotSent);
    assert!(!error.trouble().is_unknown_outcome());
}

#[tokio::test]
async fn an_echoed_token_is_masked() {
    let error = failure(refusal(400, &format!("Bad Request: bot12345:{SECRET}/x"))).await;
    assert_eq!(error.detail(), "Bad Request: bot***/x");
}

#[tokio::test]
async fn downloads_are_bounded_and_their_refusals_classified() {
    let (file, requests) = against("contents", async |client: Client| {
        let long = client.download("documents/f.txt", 7).await.unwrap_err();
        assert_eq!(long.trouble(), &Trouble::TooLong);
        let outside = client.download("../bot1:x/getMe", 7).await.unwrap_err();
        assert!(outside.trouble().is_permanent());
        client.download("documents/f.txt", 8).await
    })
    .await;
    assert_eq!(file.unwrap(), "contents");
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0].0, format!("/file/bot12345:{SECRET}/documents/f.txt"));
    let gone = refusal(404, "Not Found");
    let (outcome, _) =
        against(gone, async |client: Client| client.download("documents/f.txt", 8).await).await;
    assert!(matches!(outcome.unwrap_err().trouble(), Trouble::BadRequest(_)));
    let (outcome, _) = against(refusal(401, "Unauthorized"), async |client: Client| {
        client.download("documents/f.txt", 8).await
    })
    .await;
    assert_eq!(outcome.unwrap_err().trouble(), &Trouble::Unauthorized);
}

#[tokio::test]
async fn one_connection_serves_calls_that_follow_each_other() {
    let opened = Arc::new(Mutex::new(std::collections::HashSet::new()));
    let record = Arc::clone(&opened);
    let router = Router::new().fallback(
        async move |axum::extract::ConnectInfo(peer): axum::extract::ConnectInfo<
            std::net::SocketAddr,
        >| {
            record.lock().unwrap().insert(peer);
            granted(&json!(true))
        },
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client(&format!("http://{}", listener.local_addr().unwrap()));
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let calls = async {
        for message_id in 1..=5 {
            client.delete_message(&DeleteMessage { chat_id: 7, message_id }).await.unwrap();
        }
    };
    tokio::select! {
        () = calls => {}
        stopped = axum::serve(listener, service) => panic!("the server stopped: {stopped:?}"),
    }
    assert_eq!(opened.lock().unwrap().len(), 1);
}

#[test]
fn settings_that_cannot_work_are_refused() {
    let make = |base: &str, token: &str| Client::new(base, token.into()).map(|c| c.bot_id());
    for base in ["", "api.telegram.org", "ftp://x/", "http://", "https://x/?a=b", "https://x/#f"] {
        assert!(matches!(make(base, "1:a"), Err(InvalidClient::BaseUrl)), "{base}");
    }
    for token in ["", "a", "1:", ":a", "x:a", "1:a/b", "1:a?b", "1:a b", "99999999999999999999:a"] {
        let refused = make("http://localhost:8081", token);
        assert!(matches!(refused, Err(InvalidClient::Token)), "{token}");
    }
    assert_eq!(make("http://localhost:8081/prefix/", "12345:AA-x_9").unwrap(), 12345);
}

#[test]
fn the_client_never_shows_its_token() {
    let shown = format!("{:?}", client("https://api.telegram.org"));
    assert!(shown.contains("api.telegram.org") && !shown.contains(SECRET), "{shown}");
}
