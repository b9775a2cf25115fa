//! The channel where fresh stock is posted: known by its id or, where it is public, by its name.

use std::fmt;
use std::sync::Arc;

use telegram::{ApiError, ChatId, Client, GetChat};
use tokio::sync::OnceCell;

/// The news channel. Clones are the same.
#[derive(Debug, Clone)]
pub struct NewsChannel {
    chat: ChatId,
    id: Arc<OnceCell<i64>>,
}

impl NewsChannel {
    /// The channel with this id or name.
    pub fn new(chat: ChatId) -> Self {
        Self { chat, id: Arc::default() }
    }

    /// Its id; of a name Telegram is asked once.
    ///
    /// # Errors
    /// Telegram's, who may know no such channel.
    pub async fn id(&self, client: &Client) -> Result<i64, ApiError> {
        match &self.chat {
            ChatId::Id(id) => Ok(*id),
            chat @ ChatId::Username(_) => {
                let lookup = GetChat { chat_id: chat.clone() };
                let ask = || async { client.get_chat(&lookup).await.map(|found| found.id) };
                self.id.get_or_try_init(ask).await.copied()
            }
        }
    }
}

impl fmt::Display for NewsChannel {
    /// As the owner knows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.chat {
            ChatId::Id(id) => write!(f, "{id}"),
            ChatId::Username(name) => f.write_str(name),
        }
    }
}
