//! Receiving updates: by webhook, or by long polling.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;
use serde_json::value::RawValue;

use super::is_false;
use crate::client::Client;
use crate::failure::ApiError;

/// The header in which Telegram returns [`SetWebhook::secret_token`].
pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// The kinds a shop reads; asking for no more keeps the rest off the wire.
pub const ALLOWED_UPDATES: &[&str] = &[
    "message",
    "edited_message",
    "callback_query",
    "pre_checkout_query",
    "shipping_query",
    "my_chat_member",
    "purchased_paid_media",
    "subscription",
];

#[derive(Debug, Clone, Serialize)]
pub struct SetWebhook {
    /// https, on port 443, 80, 88 or 8443.
    pub url: String,
    /// 1 to 256 of `A-Z`, `a-z`, `0-9`, `_` and `-`.
    #[serde(serialize_with = "expose")]
    pub secret_token: SecretString,
    /// 1 to 100 deliveries at once.
    pub max_connections: u8,
    pub allowed_updates: &'static [&'static str],
    #[serde(rename = "drop_pending_updates", skip_serializing_if = "is_false")]
    pub drops_pending: bool,
}

impl SetWebhook {
    /// Forty deliveries at once, the kinds a shop reads, and nothing dropped.
    pub fn new(url: impl Into<String>, secret_token: SecretString) -> Self {
        Self {
            url: url.into(),
            secret_token,
            max_connections: 40,
            allowed_updates: ALLOWED_UPDATES,
            drops_pending: false,
        }
    }
}

fn expose<S: Serializer>(secret: &SecretString, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(secret.expose_secret())
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DeleteWebhook {
    #[serde(rename = "drop_pending_updates", skip_serializing_if = "is_false")]
    pub drops_pending: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct WebhookStatus {
    /// Empty when there is none.
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub pending_update_count: u64,
    /// Unix seconds.
    pub last_error_date: Option<i64>,
    pub last_error_message: Option<String>,
    pub max_connections: Option<u32>,
    #[serde(default)]
    pub allowed_updates: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetUpdates {
    /// One more than the last update seen, which confirms all before it.
    pub offset: Option<i64>,
    /// 1 to 100.
    pub limit: u8,
    /// How long to wait for the first; Telegram waits no longer than 50 s.
    pub timeout: Duration,
}

impl Client {
    pub async fn set_webhook(&self, webhook: &SetWebhook) -> Result<(), ApiError> {
        self.order("setWebhook", webhook).await
    }

    pub async fn delete_webhook(&self, webhook: &DeleteWebhook) -> Result<(), ApiError> {
        self.order("deleteWebhook", webhook).await
    }

    pub async fn get_webhook_info(&self) -> Result<WebhookStatus, ApiError> {
        self.call("getWebhookInfo", &json!({})).await
    }

    /// Waits for updates and returns them byte for byte, each to be read with [`crate::Head`] or
    /// [`crate::Update`]. [`crate::Trouble::Conflict`] means a webhook or another poller is in the
    /// way.
    pub async fn get_updates(&self, poll: &GetUpdates) -> Result<Vec<Box<RawValue>>, ApiError> {
        let mut parameters = json!({
            "limit": poll.limit,
            "timeout": poll.timeout.as_secs(),
            "allowed_updates": ALLOWED_UPDATES,
        });
        if let Some(offset) = poll.offset {
            parameters["offset"] = json!(offset);
        }
        let request = self
            .post("getUpdates")
            .timeout(poll.timeout + self.options().request_timeout)
            .json(&parameters);
        self.perform("getUpdates", request).await
    }
}
