//! The control API under `/control`: everything the Rust methods do, as JSON over HTTP.
//!
//! | call | body |
//! | --- | --- |
//! | `GET /state` | bot, people with standing and commands, webhook, stars |
//! | `POST /people` | `first_name`, `id?`, `username?`, `language_code?` |
//! | `POST /people/{id}/say` | `text` |
//! | `POST /people/{id}/open` | `payload`: a deep link |
//! | `POST /people/{id}/press` | `message_id`, `data`, which may be forged |
//! | `POST /people/{id}/document?name=&caption=` | the file itself |
//! | `POST /people/{id}/pay` | `message_id` or `link`; `wait` for the end |
//! | `POST /people/{id}/block`, `unblock`, `deactivate` | |
//! | `POST /people/{id}/membership` | `channel`, `status` |
//! | `GET /chats/{id}/messages` | as they stand, with `paid_by` and `payload` of invoices |
//! | `POST /chats/{id}/wait` | `contains?`, `button?`, `after?`, `invoice?`, `deadline_ms?` |
//! | `GET /calls?chat=`, `DELETE /calls` | Bot API calls with parameters, times and outcomes |
//! | `GET /queries/{id}` | the answer to a press or a pre-checkout |
//! | `GET /files/{id}`, `GET /links/{slug}`, `GET /stars`, `GET /events` | |
//! | `POST /updates/{id}/redeliver` | `times`, all at once |
//! | `POST /inject` | any bytes, which go to the webhook with its secret |
//! | `POST /drained` | `deadline_ms?` |
//! | `GET /faults`, `DELETE /faults` | |
//! | `POST /faults/calls` | `method?`, `chat?`, `fault` with its fields, `strikes?` |
//! | `POST /faults/deliveries` | `kind?`, `chat?`, `fault` with its fields, `strikes?` |
//! | `DELETE /faults/calls/{id}`, `DELETE /faults/deliveries/{id}` | |

mod chats;
mod faults;
mod people;
mod updates;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;

use super::actions::ActionFailure;
use super::world::World;
use crate::control::Refusal;

/// Files of people, and updates that are too big on purpose.
const BODY_BYTES_MAX: usize = 50 * 1024 * 1024;

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .merge(people::router())
        .merge(chats::router())
        .merge(updates::router())
        .merge(faults::router())
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

impl From<ActionFailure> for Refusal {
    fn from(failure: ActionFailure) -> Self {
        let status = match failure {
            ActionFailure::NoSuchPerson(_)
            | ActionFailure::NoSuchChat(_)
            | ActionFailure::NoSuchMessage(_)
            | ActionFailure::NoSuchLink(_) => StatusCode::NOT_FOUND,
            ActionFailure::IdTaken(_) | ActionFailure::Blocked => StatusCode::CONFLICT,
            _ => StatusCode::BAD_REQUEST,
        };
        Self(status, failure.to_string())
    }
}
