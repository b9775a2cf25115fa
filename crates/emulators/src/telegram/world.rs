//! Everything one emulator knows, and the two ways anything is said: by the bot and to the bot.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use kernel::clock::Clock;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use super::backlog::Backlog;
use super::chat::{Chat, Chats, Standing};
use super::events::{Event, Events};
use super::failure::Failure;
use super::files::Files;
use super::flood::Flood;
use super::journal::Journal;
use super::ledger::Ledger;
use super::message::{Entity, Message, User};
use super::options::{CallHook, Deadlines, Options};
use super::payments::InvoiceLinks;
use super::profile::Profile;
use super::query::{CallbackAnswer, PreCheckoutAnswer, Queries, QueryNumbers};
use super::update::{Queue, Update, UpdateKind};
use crate::faults::{CallFault, DeliveryFault, Switches};
use crate::post::Postman;
use crate::tasks::Tasks;

/// Which Bot API calls a fault applies to; an absent field means any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallScope {
    /// A method's name, in any case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Whom the call concerns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<i64>,
}

impl CallScope {
    pub fn method(name: &str) -> Self {
        Self { method: Some(name.to_owned()), chat: None }
    }

    pub fn chat(chat: i64) -> Self {
        Self { method: None, chat: Some(chat) }
    }

    pub(crate) fn matches(&self, method: &str, chat: Option<i64>) -> bool {
        self.method.as_ref().is_none_or(|name| name.eq_ignore_ascii_case(method))
            && (self.chat.is_none() || self.chat == chat)
    }
}

/// Which deliveries of updates a fault applies to; an absent field means any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryScope {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<UpdateKind>,
    /// The chat of a message, the person of a query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<i64>,
}

impl DeliveryScope {
    pub fn kind(kind: UpdateKind) -> Self {
        Self { kind: Some(kind), chat: None }
    }

    pub(crate) fn matches(&self, update: &Update) -> bool {
        self.kind.is_none_or(|kind| kind == update.kind)
            && self.chat.is_none_or(|chat| chat == update.queue.subject)
    }
}

pub(crate) struct World {
    pub(crate) token: String,
    pub(crate) bot: Arc<User>,
    pub(crate) clock: Clock,
    pub(crate) pace: f64,
    pub(crate) deadlines: Deadlines,
    pub(crate) messages_per_chat: usize,
    pub(crate) on_call: Option<CallHook>,
    pub(crate) chats: Chats,
    pub(crate) files: Files,
    pub(crate) backlog: Backlog,
    pub(crate) postman: Postman,
    /// Delivered updates, for those that wait to be overtaken.
    pub(crate) overtaken: broadcast::Sender<(i64, Queue)>,
    pub(crate) query_numbers: QueryNumbers,
    pub(crate) callbacks: Queries<CallbackAnswer>,
    pub(crate) pre_checkouts: Queries<PreCheckoutAnswer>,
    pub(crate) invoice_links: InvoiceLinks,
    pub(crate) ledger: Ledger,
    pub(crate) profile: Profile,
    pub(crate) flood: Flood,
    pub(crate) journal: Journal,
    pub(crate) events: Events,
    pub(crate) call_faults: Switches<CallScope, CallFault>,
    pub(crate) delivery_faults: Switches<DeliveryScope, DeliveryFault>,
    /// Where the state is kept over restarts.
    pub(crate) kept_at: OnceLock<PathBuf>,
    pub(crate) tasks: Tasks,
}

impl World {
    pub(crate) fn new(options: &Options) -> Self {
        let history = options.history;
        let id = options.token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or(12345);
        let bot = User {
            id,
            is_bot: true,
            first_name: options.bot_name.clone(),
            username: Some(options.bot_username.clone()),
            ..User::default()
        };
        let (overtaken, _) = broadcast::channel(256);
        let deadlines = options.deadlines;
        Self {
            token: options.token.clone(),
            bot: Arc::new(bot),
            clock: options.clock.clone(),
            pace: options.pace,
            deadlines,
            messages_per_chat: history.messages_per_chat,
            on_call: options.on_call.clone(),
            chats: Chats::default(),
            files: Files::new(history.files),
            backlog: Backlog::new(deadlines, history.updates, first_update_id(&options.clock)),
            postman: Postman::new(),
            overtaken,
            query_numbers: QueryNumbers::starting(options.clock.now()),
            callbacks: Queries::new(deadlines.callback, history.queries),
            pre_checkouts: Queries::new(deadlines.pre_checkout, history.queries),
            invoice_links: InvoiceLinks::default(),
            ledger: Ledger::default(),
            profile: Profile::default(),
            flood: Flood::new(options.flood),
            journal: Journal::new(history.calls),
            events: Events::default(),
            call_faults: Switches::default(),
            delivery_faults: Switches::default(),
            kept_at: OnceLock::new(),
            tasks: Tasks::default(),
        }
    }

    pub(crate) fn now_s(&self) -> i64 {
        self.clock.now().as_second()
    }

    /// The bot says something in a chat.
    pub(crate) fn post(&self, chat: &Chat, mut message: Message) -> Result<Message, Failure> {
        message.chat = chat.head.clone();
        message.date = self.now_s();
        if chat.person.is_some() {
            message.from = Some(self.bot.clone());
        } else {
            message.sender_chat = Some(chat.head.clone());
        }
        let mut state = chat.lock();
        state.standing.check()?;
        let posted = state.push(message, self.messages_per_chat).clone();
        drop(state);
        self.show(chat, &posted);
        Ok(posted)
    }

    /// A person says something to the bot; gives the update's id and the message.
    pub(crate) fn hear(
        self: &Arc<Self>,
        chat: &Chat,
        kind: UpdateKind,
        mut message: Message,
    ) -> (i64, Message) {
        message.chat = chat.head.clone();
        message.date = self.now_s();
        message.from.clone_from(&chat.person);
        let mut state = chat.lock();
        if state.standing == Standing::Stranger {
            state.standing = Standing::Active;
        }
        let heard = state.push(message, self.messages_per_chat).clone();
        // Under the lock, so that updates leave in the order of the messages.
        let update_id = self.publish(kind, chat.id(), &to_json(&heard));
        drop(state);
        self.show(chat, &heard);
        (update_id, heard)
    }

    /// Tells waiters and watchers of a message that is new or changed.
    pub(crate) fn show(&self, chat: &Chat, message: &Message) {
        chat.touch();
        self.events.tell(|| Event::Message {
            chat: chat.id(),
            paid_by: message.paid_by.clone(),
            message: Box::new(message.clone()),
        });
    }
}

/// Ids must not repeat after a restart, or the bot would take new updates for repeated ones.
fn first_update_id(clock: &Clock) -> i64 {
    const EPOCH_S: i64 = 1_760_000_000;
    (clock.now().as_second() - EPOCH_S).max(0) * 8 + 100_000_000
}

pub(crate) fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("what is said in chats has string keys only")
}

/// The commands in what a person wrote, as entities.
pub(crate) fn command_entities(text: &str) -> Vec<Entity> {
    let mut entities = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let command = bare.strip_prefix('/').unwrap_or_default();
        let named = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '@';
        if !command.is_empty() && command.len() <= 64 && command.chars().all(named) {
            entities.push(Entity {
                kind: "bot_command".to_owned(),
                offset,
                length: bare.encode_utf16().count(),
                ..Entity::default()
            });
        }
        offset += word.encode_utf16().count();
    }
    entities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_where_words_begin() {
        let found: Vec<_> = command_entities("/start ref_77 😀 a/b /help@shop_bot")
            .into_iter()
            .map(|entity| (entity.offset, entity.length))
            .collect();
        assert_eq!(found, [(0, 6), (21, 14)]);
    }
}
