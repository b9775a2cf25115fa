//! Controls of people: who is there, and what they do.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::routing::{get, post};
use axum::{Json, Router};
use kernel::ids::PersonId;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::control::Refusal;
use crate::telegram::actions::Attachment;
use crate::telegram::chat::{Chat, Standing};
use crate::telegram::options::Seed;
use crate::telegram::world::World;

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/state", get(state))
        .route("/people", post(add))
        .route("/people/{person}/say", post(say))
        .route("/people/{person}/press", post(press))
        .route("/people/{person}/open", post(open))
        .route("/people/{person}/document", post(document))
        .route("/people/{person}/block", post(block))
        .route("/people/{person}/unblock", post(unblock))
        .route("/people/{person}/deactivate", post(deactivate))
        .route("/people/{person}/pay", post(pay))
        .route("/people/{person}/membership", post(membership))
}

/// Everything the page shows beside the messages.
async fn state(State(world): State<Arc<World>>) -> Json<Value> {
    let people: Vec<_> = world.chats.list().iter().map(|chat| describe(&world, chat)).collect();
    Json(json!({
        "bot": world.bot,
        "people": people,
        "webhook": world.backlog.describe_hook(),
        "star_balance": world.ledger.balance(),
    }))
}

fn describe(world: &World, chat: &Chat) -> Value {
    let language = chat.person.as_ref().and_then(|person| person.language_code.clone());
    let commands = world.profile.commands_for(chat.id(), language.as_deref().unwrap_or_default());
    let state = chat.lock();
    json!({
        "chat": chat.head,
        "person": chat.person,
        "standing": state.standing,
        "last_message_id": state.last_message_id,
        "last_message": state.messages.back(),
        "note": chat.note,
        "reply_keyboard": state.reply_keyboard,
        "commands": commands,
    })
}

#[derive(Deserialize)]
struct NewPerson {
    id: Option<i64>,
    first_name: String,
    username: Option<String>,
    language_code: Option<String>,
}

async fn add(
    State(world): State<Arc<World>>,
    Json(new): Json<NewPerson>,
) -> Result<Json<Value>, Refusal> {
    let id = new.id.unwrap_or_else(|| world.chats.next_person_id());
    let NewPerson { first_name, username, language_code, .. } = new;
    let seed = Seed { id, first_name, username, language_code, note: None, has_started: false };
    let person = world.add_person(seed)?;
    Ok(Json(json!({ "id": person.0 })))
}

#[derive(Deserialize)]
struct Said {
    text: String,
}

async fn say(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
    Json(said): Json<Said>,
) -> Result<Json<Value>, Refusal> {
    let update_id = world.say(PersonId(person), &said.text)?;
    Ok(Json(json!({ "update_id": update_id })))
}

#[derive(Deserialize)]
struct Pressed {
    message_id: i64,
    data: String,
}

async fn press(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
    Json(pressed): Json<Pressed>,
) -> Result<Json<Value>, Refusal> {
    let press = world.press(PersonId(person), pressed.message_id, &pressed.data)?;
    Ok(Json(json!({ "query_id": press.query_id, "update_id": press.update_id })))
}

#[derive(Deserialize)]
struct Opened {
    #[serde(default)]
    payload: String,
}

async fn open(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
    Json(opened): Json<Opened>,
) -> Result<Json<Value>, Refusal> {
    let text = format!("/start {}", opened.payload);
    let update_id = world.say(PersonId(person), &text)?;
    Ok(Json(json!({ "update_id": update_id })))
}

#[derive(Deserialize)]
struct Named {
    name: String,
    caption: Option<String>,
}

/// The body is the file itself.
async fn document(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
    Query(named): Query<Named>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal> {
    let mime = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("application/octet-stream")
        .to_owned();
    let attachment = Attachment { name: named.name, mime, bytes, caption: named.caption };
    let update_id = world.send_document(PersonId(person), attachment)?;
    Ok(Json(json!({ "update_id": update_id })))
}

async fn block(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
) -> Result<Json<Value>, Refusal> {
    let update_id = world.set_standing(PersonId(person), Standing::Blocked)?;
    Ok(Json(json!({ "update_id": update_id })))
}

async fn unblock(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
) -> Result<Json<Value>, Refusal> {
    let update_id = world.set_standing(PersonId(person), Standing::Active)?;
    Ok(Json(json!({ "update_id": update_id })))
}

async fn deactivate(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
) -> Result<Json<Value>, Refusal> {
    world.private_chat(PersonId(person))?.0.lock().standing = Standing::Deactivated;
    Ok(Json(json!({})))
}

#[derive(Deserialize)]
struct Paid {
    message_id: Option<i64>,
    link: Option<String>,
    /// Answer only when the payment has ended.
    #[serde(default)]
    wait: bool,
}

async fn pay(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
    Json(paid): Json<Paid>,
) -> Result<Json<Value>, Refusal> {
    let person = PersonId(person);
    let payment = match (paid.message_id, paid.link) {
        (Some(message_id), _) => world.pay_message(person, message_id)?,
        (None, link) => world.pay_link(person, &link.unwrap_or_default())?,
    };
    let mut answer = json!({ "query_id": payment.query_id, "update_id": payment.update_id });
    if paid.wait {
        answer["payment"] = json!(payment.outcome().await);
    }
    Ok(Json(answer))
}

#[derive(Deserialize)]
struct Membership {
    channel: i64,
    status: String,
}

async fn membership(
    State(world): State<Arc<World>>,
    Path(person): Path<i64>,
    Json(membership): Json<Membership>,
) -> Result<Json<Value>, Refusal> {
    world.set_membership(membership.channel, PersonId(person), &membership.status)?;
    Ok(Json(json!({})))
}
