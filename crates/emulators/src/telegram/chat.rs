//! A chat: who it is with, what was said, and word to those who wait for more.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, RwLock};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;

use super::failure::Failure;
use super::message::{ChatHead, ChatKind, Message, User};
use super::options::{Channel, Seed};
use crate::lock::{lock, read, write};

/// How the other side stands to the bot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Never pressed Start: the bot may not write first.
    #[default]
    Stranger,
    Active,
    /// Blocked the bot.
    Blocked,
    /// Deleted the account.
    Deactivated,
}

pub(crate) struct Chat {
    pub(crate) head: Arc<ChatHead>,
    /// Who it is with; none in a channel.
    pub(crate) person: Option<Arc<User>>,
    /// Beside the name on the page.
    pub(crate) note: Option<String>,
    state: Mutex<ChatState>,
    /// Moves with every change of the chat.
    changes: watch::Sender<u64>,
}

#[derive(Default)]
pub(crate) struct ChatState {
    pub(crate) standing: Standing,
    pub(crate) messages: VecDeque<Message>,
    pub(crate) last_message_id: i64,
    /// The keyboard in place of the person's own.
    pub(crate) reply_keyboard: Option<Value>,
    /// Of a channel: who belongs to it, and as what.
    pub(crate) members: HashMap<i64, String>,
}

impl ChatState {
    pub(crate) fn find(&mut self, message_id: i64) -> Option<&mut Message> {
        let at = self.messages.binary_search_by_key(&message_id, |m| m.message_id).ok()?;
        self.messages.get_mut(at)
    }

    pub(crate) fn remove(&mut self, message_id: i64) -> Option<Message> {
        let at = self.messages.binary_search_by_key(&message_id, |m| m.message_id).ok()?;
        self.messages.remove(at)
    }

    /// Adds a message under the next number, forgetting the oldest beyond `keep`.
    pub(crate) fn push(&mut self, mut message: Message, keep: usize) -> &mut Message {
        self.last_message_id += 1;
        message.message_id = self.last_message_id;
        while self.messages.len() >= keep.max(1) {
            self.messages.pop_front();
        }
        self.messages.push_back(message);
        self.messages.back_mut().expect("a message was just added")
    }
}

impl Chat {
    fn new(head: ChatHead, person: Option<Arc<User>>) -> Self {
        let (changes, _) = watch::channel(0);
        Self { head: Arc::new(head), person, note: None, state: Mutex::default(), changes }
    }

    /// The chat with a new person, who is a stranger unless they have started before.
    pub(crate) fn begin(seed: Seed) -> Self {
        let (note, has_started) = (seed.note.clone(), seed.has_started);
        let chat = Self { note, ..Self::with(User::from(seed)) };
        if has_started {
            chat.lock().standing = Standing::Active;
        }
        chat
    }

    pub(crate) fn with(person: User) -> Self {
        let head = ChatHead {
            id: person.id,
            kind: ChatKind::Private,
            title: None,
            username: person.username.clone(),
            first_name: Some(person.first_name.clone()),
            last_name: person.last_name.clone(),
        };
        Self::new(head, Some(Arc::new(person)))
    }

    pub(crate) fn channel(channel: Channel) -> Self {
        let head = ChatHead {
            id: channel.id,
            kind: ChatKind::Channel,
            title: Some(channel.title),
            username: channel.username,
            ..ChatHead::default()
        };
        let chat = Self::new(head, None);
        chat.lock().standing = Standing::Active;
        chat
    }

    pub(crate) fn id(&self) -> i64 {
        self.head.id
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, ChatState> {
        lock(&self.state)
    }

    /// Tells those who wait that something changed.
    pub(crate) fn touch(&self) {
        self.changes.send_modify(|version| *version += 1);
    }

    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }
}

impl Standing {
    /// Whether the bot may write there now.
    pub(crate) fn check(self) -> Result<(), Failure> {
        match self {
            Self::Active => Ok(()),
            Self::Stranger => {
                Err(Failure::forbidden("bot can't initiate conversation with a user"))
            }
            Self::Blocked => Err(Failure::forbidden("bot was blocked by the user")),
            Self::Deactivated => Err(Failure::forbidden("user is deactivated")),
        }
    }
}

/// All chats, by id and by username.
#[derive(Default)]
pub(crate) struct Chats {
    by_id: RwLock<HashMap<i64, Arc<Chat>>>,
    by_username: RwLock<HashMap<String, i64>>,
    /// In order of arrival, for the page.
    order: RwLock<Vec<i64>>,
}

impl Chats {
    pub(crate) fn find(&self, id: i64) -> Option<Arc<Chat>> {
        read(&self.by_id).get(&id).cloned()
    }

    pub(crate) fn find_by_username(&self, username: &str) -> Option<Arc<Chat>> {
        let id = *read(&self.by_username).get(&username.to_ascii_lowercase())?;
        self.find(id)
    }

    /// The person with this id.
    pub(crate) fn person(&self, id: i64) -> Option<Arc<User>> {
        self.find(id)?.person.clone()
    }

    /// Adds a chat; false if the id is taken.
    pub(crate) fn add(&self, chat: Chat) -> bool {
        let id = chat.id();
        let username = chat.head.username.as_ref().map(|name| name.to_ascii_lowercase());
        let mut by_id = write(&self.by_id);
        if by_id.contains_key(&id) {
            return false;
        }
        by_id.insert(id, Arc::new(chat));
        write(&self.order).push(id);
        drop(by_id);
        if let Some(username) = username {
            write(&self.by_username).insert(username, id);
        }
        true
    }

    /// All chats in order of arrival.
    pub(crate) fn list(&self) -> Vec<Arc<Chat>> {
        let by_id = read(&self.by_id);
        read(&self.order).iter().filter_map(|id| by_id.get(id).cloned()).collect()
    }

    /// The smallest id above all people's, for a new one.
    pub(crate) fn next_person_id(&self) -> i64 {
        let taken = read(&self.by_id).keys().copied().filter(|id| *id > 0).max();
        taken.unwrap_or(1_000) + 1
    }
}

impl From<Seed> for User {
    fn from(seed: Seed) -> Self {
        Self {
            id: seed.id,
            is_bot: false,
            first_name: seed.first_name,
            last_name: None,
            username: seed.username,
            language_code: seed.language_code,
        }
    }
}
