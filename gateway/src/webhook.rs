//! Where Telegram posts updates: who posts is settled before anything is read, what is posted
//! before anything is done.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};

use crate::body::{self, BodyLimits};
use crate::intake::{Answer, Intake};
use crate::meters::{self, Rejection};
use crate::secret::Secrets;

/// What the webhook needs.
#[derive(Clone)]
pub struct Webhook {
    /// Who may post.
    pub secrets: Arc<Secrets>,
    /// What may be posted.
    pub body: BodyLimits,
    /// Where it goes.
    pub intake: Arc<Intake>,
}

/// Takes one update; 200 only once the service that owns it has finished or stored it.
pub async fn take(State(webhook): State<Webhook>, request: Request) -> Response {
    if !webhook.secrets.admit(request.headers()) {
        meters::rejected(Rejection::Secret);
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if !body::is_json(request.headers()) {
        meters::rejected(Rejection::ContentType);
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let update = match body::read(request, webhook.body).await {
        Ok(update) => update,
        Err(refused) => return refused.into_response(),
    };
    match webhook.intake.take(update).await {
        Answer::Done => StatusCode::OK.into_response(),
        Answer::Later => later(),
        // Without a time: Telegram's own waits grow from try to try.
        Answer::Failed => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The answer when a service cannot take it now: nothing is lost, whoever posted it comes back.
pub fn later() -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "5")]).into_response()
}
