//! The private chat with one person, beyond what is shown there: files they sent, messages to take away, the bot's own
//! name.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use contract::failure::{Failure, Kind};
use kernel::ids::PersonId;
use telegram::{ApiError, Client, DeleteMessage, SendMessage, Trouble};
use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::html::Html;

/// How often a person is told how far a long piece of work is: well within what a chat takes.
const PROGRESS_EVERY: Duration = Duration::from_secs(2);

/// The chat with one person. In a private chat both have the same number.
#[derive(Clone)]
pub struct Chat {
    client: Client,
    person: PersonId,
    username: Arc<OnceCell<String>>,
}

impl Chat {
    /// `username` is shared by all chats, so that Telegram is asked for it once.
    pub fn new(client: Client, person: PersonId, username: Arc<OnceCell<String>>) -> Self {
        Self { client, person, username }
    }

    /// The bot's name without the `@`; nothing while Telegram does not answer.
    pub async fn bot_username(&self) -> Option<&str> {
        bot_username(&self.client, &self.username).await
    }

    /// Takes a message away, where Telegram lets us; nothing depends on it.
    pub async fn delete(&self, message_id: i64) {
        let message = DeleteMessage { chat_id: self.person.0, message_id };
        if let Err(error) = self.client.delete_message(&message).await {
            tracing::debug!(%error, "a message could not be taken away");
        }
    }

    /// A file that the person sent; none when it is larger than `bytes_max` or no longer there.
    ///
    /// # Errors
    /// Telegram cannot be asked now.
    pub async fn download(
        &self,
        file_id: &str,
        bytes_max: usize,
    ) -> Result<Option<Bytes>, Failure> {
        match self.fetch(file_id, bytes_max).await {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.trouble().is_permanent() => {
                tracing::info!(%error, "a file that staff sent cannot be read");
                Ok(None)
            }
            Err(error) => Err(unavailable(&error)),
        }
    }

    async fn fetch(&self, file_id: &str, bytes_max: usize) -> Result<Option<Bytes>, ApiError> {
        let file = self.client.get_file(file_id).await?;
        let Some(path) = file.file_path else { return Ok(None) };
        self.client.download(&path, bytes_max).await.map(Some)
    }
}

/// The bot's name without the `@`, asked for once; nothing while Telegram does not answer.
pub async fn bot_username<'a>(client: &Client, known: &'a OnceCell<String>) -> Option<&'a str> {
    let ask = || async { client.get_me().await.map(|me| me.username) };
    match known.get_or_try_init(ask).await {
        Ok(name) => Some(name),
        Err(error) => {
            tracing::warn!(%error, "the bot's own name is not known yet");
            None
        }
    }
}

/// A line that says how far a long piece of work is: it appears when the work takes long, is rewritten every few
/// seconds, and is gone when the work is done. Nothing depends on it.
pub struct Progress {
    chat: Chat,
    last: Instant,
    message_id: Option<i64>,
}

impl Progress {
    /// Begins with the work.
    pub fn new(chat: Chat) -> Self {
        Self { chat, last: Instant::now(), message_id: None }
    }

    /// Says how far it is, if it was not said a moment ago.
    pub async fn say(&mut self, text: impl FnOnce() -> Html) {
        if self.last.elapsed() < PROGRESS_EVERY {
            return;
        }
        self.last = Instant::now();
        let message = SendMessage::html(self.chat.person.0, text().as_str());
        let client = &self.chat.client;
        let said = match self.message_id {
            Some(id) => client.edit_message_text(&message.into_edit(id)).await,
            None => client.send_message(&message).await,
        };
        match said {
            Ok(sent) => self.message_id = Some(sent.message_id),
            Err(error) => tracing::debug!(%error, "progress was not shown"),
        }
    }

    /// Takes the line away.
    pub async fn end(self) {
        if let Some(id) = self.message_id {
            self.chat.delete(id).await;
        }
    }
}

/// Telegram did not do what it was asked to, and may do it later.
pub fn unavailable(error: &ApiError) -> Failure {
    match error.trouble() {
        Trouble::TooManyRequests { .. } => busy(error),
        _ => Failure::new(Kind::Unavailable, "bot.telegram").because(error),
    }
}

/// Telegram takes no more now, or our own limiter says so for it.
pub fn busy(why: impl std::fmt::Display) -> Failure {
    Failure::new(Kind::Unavailable, "bot.telegram_busy").because(why)
}
