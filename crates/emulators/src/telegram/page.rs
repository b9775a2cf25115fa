//! The chat page: its files, and the stream of what happens in the chats.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::sse::{Event as Line, KeepAlive, Sse};
use axum::routing::get;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::broadcast::error::RecvError;

use super::world::World;

pub(crate) fn router() -> Router<Arc<World>> {
    let mut router = Router::new().route("/control/events", get(events));
    for (path, kind, content) in FILES {
        router = router.route(
            path,
            get(async move || ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], content)),
        );
    }
    router
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Where each file of the page is found.
const FILES: [(&str, &str, &str); 9] = [
    ("/", HTML, include_str!("../../chat/index.html")),
    ("/chat/chat.css", CSS, include_str!("../../chat/chat.css")),
    ("/chat/icon.svg", "image/svg+xml", include_str!("../../chat/icon.svg")),
    ("/chat/app.js", SCRIPT, include_str!("../../chat/app.js")),
    ("/chat/api.js", SCRIPT, include_str!("../../chat/api.js")),
    ("/chat/text.js", SCRIPT, include_str!("../../chat/text.js")),
    ("/chat/message.js", SCRIPT, include_str!("../../chat/message.js")),
    ("/chat/payment.js", SCRIPT, include_str!("../../chat/payment.js")),
    ("/chat/faults.js", SCRIPT, include_str!("../../chat/faults.js")),
];

/// Events as they happen; one that says `resync` when some were missed.
async fn events(
    State(world): State<Arc<World>>,
) -> Sse<impl Stream<Item = Result<Line, Infallible>>> {
    let stream = unfold(world.events.watch(), |mut events| async move {
        let line = match events.recv().await {
            Ok(event) => Line::default().json_data(event).ok()?,
            Err(RecvError::Lagged(_)) => Line::default().data(r#"{"event":"resync"}"#),
            Err(RecvError::Closed) => return None,
        };
        Some((Ok(line), events))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
