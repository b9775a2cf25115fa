//! The gateway from outside, with services and a Bot API behind it that do as they are told.
#![cfg(test)]

#[path = "it/announce.rs"]
mod announce;
#[path = "it/bot_api.rs"]
mod bot_api;
#[path = "it/callbacks.rs"]
mod callbacks;
#[path = "it/connections.rs"]
mod connections;
#[path = "it/http.rs"]
mod http;
#[path = "it/limits.rs"]
mod limits;
#[path = "it/polling.rs"]
mod polling;
#[path = "it/services.rs"]
mod services;
#[path = "it/stand.rs"]
mod stand;
#[path = "it/updates.rs"]
mod updates;
#[path = "it/webhook.rs"]
mod webhook;
