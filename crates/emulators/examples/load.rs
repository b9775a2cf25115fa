//! tmp load
use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::Request,
    routing::post,
};
use emulators::telegram::*;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
#[tokio::main]
async fn main() {
    let n = 40;
    let done = Arc::new(AtomicUsize::new(0));
    let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
    let d = done.clone();
    let t = Telegram::start(Options {
        people: (1..=n).map(|i| Seed::new(i, "P")).collect(),
        on_call: Some(Arc::new(move |a| {
            if a.method == "sendMessage" {
                d.fetch_add(1, Ordering::Relaxed);
                let _ = tx.send(a.chat.unwrap());
            }
        })),
        ..Options::default()
    })
    .await
    .unwrap();
    let api = Arc::new((
        Client::builder(TokioExecutor::new()).build::<_, Body>(HttpConnector::new()),
        format!("{}/bot{}/sendMessage", t.base_url(), t.token()),
    ));
    let a2 = api.clone();
    let app = Router::new().route("/h", post(move |b: Bytes| { let api = a2.clone(); async move {
        let v: serde_json::Value = serde_json::from_slice(&b).unwrap();
        let body = serde_json::json!({"chat_id": v["message"]["chat"]["id"], "text": "<b>Welcome</b> to the shop &amp; more, balance <code>12.50</code> USD", "parse_mode":"HTML","reply_markup":{"inline_keyboard":[[{"text":"Shop","callback_data":"a"}],[{"text":"Profile","callback_data":"b"},{"text":"Rules","callback_data":"c"}]]}}).to_string();
        let r = api.0.request(Request::post(&api.1).header("content-type","application/json").body(Body::from(body)).unwrap()).await.unwrap();
        to_bytes(Body::new(r.into_body()), 1<<20).await.unwrap(); "" } }));
    let l = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = l.local_addr().unwrap();
    let mut js = tokio::task::JoinSet::new();
    js.spawn(async move {
        axum::serve(l, app).await.unwrap();
    });
    let body =
        serde_json::json!({"url": format!("http://{addr}/h"), "max_connections": 100}).to_string();
    api.0
        .request(
            Request::post(api.1.replace("sendMessage", "setWebhook"))
                .header("content-type", "application/json")
                .body(Body::from(body))
                .unwrap(),
        )
        .await
        .unwrap();
    for i in 1..=n {
        t.say(PersonId(i), "/start").unwrap();
    }
    let s = Instant::now();
    let mut k = 0;
    while let Some(c) = rx.recv().await {
        t.say(PersonId(c), "/start").unwrap();
        k += 1;
        if k == 20000 {
            break;
        }
    }
    println!("{:.0} updates/s", f64::from(k) / s.elapsed().as_secs_f64());
}
