//! Telling Telegram where to post, and looking from time to time whether it still does.

use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use kernel::backoff::Backoff;
use secrecy::SecretString;
use telegram::{ALLOWED_UPDATES, ApiError, Client, SetWebhook, WebhookStatus};

use crate::meters;

/// Deliveries at once; Telegram allows no more.
const CONNECTIONS_MAX: u8 = 100;
/// More waiting updates than this are worth a word.
const PENDING_MAX: u64 = 100;
/// Between tries to reach Telegram.
const BACKOFF: Backoff = Backoff { first: Duration::from_secs(1), cap: Duration::from_mins(1) };

/// The webhook as it should be.
pub struct Announcement {
    /// The Bot API.
    pub client: Client,
    /// Where Telegram posts to, with the path.
    pub url: String,
    /// What it proves itself with.
    pub secret: SecretString,
    /// Between two looks.
    pub check_every: Duration,
}

impl Announcement {
    /// Sets the webhook, and again whenever it is not ours any more, until the process stops.
    pub async fn run(self, lifecycle: Lifecycle) {
        let mut failures = 0;
        let mut is_set = false;
        let mut known_error = None;
        loop {
            let result = if is_set { self.check(&mut known_error).await } else { self.set().await };
            let pause = match result {
                Ok(()) => {
                    (failures, is_set) = (0, true);
                    self.check_every
                }
                Err(error) => {
                    failures += 1;
                    tracing::warn!(failures, %error, "the webhook cannot be seen to");
                    let asked = error.trouble().retry_after().unwrap_or_default();
                    BACKOFF.after(failures, u64::from(failures)).max(asked)
                }
            };
            if !lifecycle.pause(pause).await {
                return;
            }
        }
    }

    async fn set(&self) -> Result<(), ApiError> {
        let webhook = SetWebhook::new(&self.url, self.secret.clone());
        let webhook = SetWebhook { max_connections: CONNECTIONS_MAX, ..webhook };
        self.client.set_webhook(&webhook).await?;
        tracing::info!(url = self.url, "webhook set");
        Ok(())
    }

    /// Looks at what Telegram has on record; an error it has told of before is not told again.
    async fn check(&self, known_error: &mut Option<i64>) -> Result<(), ApiError> {
        let status = self.client.get_webhook_info().await?;
        meters::pending(status.pending_update_count);
        if status.pending_update_count > PENDING_MAX {
            tracing::warn!(pending = status.pending_update_count, "updates wait at telegram");
        }
        if status.last_error_date > *known_error {
            let (at, words) = (status.last_error_date, &status.last_error_message);
            tracing::warn!(at, words, "telegram calls a delivery failed");
            *known_error = at;
        }
        if self.is_ours(&status) {
            return Ok(());
        }
        // The other address may hold a secret of whoever set it: only that it differs is logged.
        tracing::error!(
            "the webhook is not ours any more: somebody with the token changed it; setting it again"
        );
        meters::repaired();
        self.set().await
    }

    fn is_ours(&self, status: &WebhookStatus) -> bool {
        let kinds = &status.allowed_updates;
        // Some servers do not say.
        let all_kinds = kinds.is_empty()
            || ALLOWED_UPDATES.iter().all(|kind| kinds.iter().any(|theirs| theirs == kind));
        status.url == self.url && all_kinds
    }
}
