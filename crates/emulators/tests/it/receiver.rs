//! A webhook of the tests: writes down what comes and answers as told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Long enough for a slow machine, never waited for in vain.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What came.
#[derive(Clone)]
pub struct Letter {
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub json: Value,
    pub at: Instant,
}

/// How one request is answered.
#[derive(Clone, Default)]
pub struct Reply {
    pub status: Option<u16>,
    pub retry_after: Option<u64>,
    pub body: String,
    /// The answer waits until this becomes true.
    pub gate: Option<watch::Receiver<bool>>,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self { status: Some(status), ..Self::default() }
    }
}

#[derive(Default)]
struct Desk {
    letters: Mutex<Vec<Letter>>,
    replies: Mutex<VecDeque<Reply>>,
    count: watch::Sender<usize>,
}

pub struct Receiver {
    pub url: String,
    desk: Arc<Desk>,
    _server: JoinSet<()>,
}

impl Receiver {
    pub async fn start() -> Self {
        let desk = Arc::new(Desk::default());
        let router = Router::new().fallback(receive).with_state(desk.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let mut server = JoinSet::new();
        server.spawn(async move {
            axum::serve(listener, router).await.expect("the server runs");
        });
        Self { url: format!("http://{address}/hook"), desk, _server: server }
    }

    /// Answers the next requests so, one after the other; 200 afterwards.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.desk.replies.lock().expect("no panics").extend(replies);
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.desk.letters.lock().expect("no panics").clone()
    }

    /// Waits until that many requests came, and gives all.
    pub async fn wait_for(&self, count: usize) -> Vec<Letter> {
        let mut seen = self.desk.count.subscribe();
        tokio::time::timeout(PATIENCE, seen.wait_for(|now| *now >= count))
            .await
            .expect("the requests come in time")
            .expect("the receiver lives");
        self.letters()
    }
}

async fn receive(State(desk): State<Arc<Desk>>, headers: HeaderMap, body: Bytes) -> Response {
    let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let letter = Letter { headers, body: body.to_vec(), json, at: Instant::now() };
    let reply = desk.replies.lock().expect("no panics").pop_front().unwrap_or_default();
    desk.letters.lock().expect("no panics").push(letter);
    desk.count.send_modify(|count| *count += 1);
    if let Some(mut gate) = reply.gate {
        gate.wait_for(|open| *open).await.expect("the test opens the gate");
    }
    let status = StatusCode::from_u16(reply.status.unwrap_or(200)).expect("a status");
    let mut response = (status, reply.body).into_response();
    if let Some(seconds) = reply.retry_after {
        response.headers_mut().insert("retry-after", seconds.into());
    }
    response
}
