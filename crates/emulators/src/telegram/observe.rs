//! What can be seen from outside: chats, calls, answers, stars; and waiting until something holds.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Telegram;
use super::chat::{Chat, Standing};
use super::files::StoredFile;
use super::journal::Call;
use super::ledger::StarEntry;
use super::message::{Message, User};
use super::query::{CallbackAnswer, PreCheckoutAnswer};
use super::world::World;
use crate::patience::TimedOut;

/// The methods of [`Telegram`] that look.
impl Telegram {
    /// The messages of a chat as they stand now, oldest first; empty for an unknown chat.
    pub fn messages(&self, chat: i64) -> Vec<Message> {
        let Some(chat) = self.world.chats.find(chat) else { return Vec::new() };
        chat.lock().messages.iter().cloned().collect()
    }

    /// One message of a chat, while it is there.
    pub fn message(&self, chat: i64, message_id: i64) -> Option<Message> {
        self.world.chats.find(chat)?.lock().find(message_id).cloned()
    }

    /// The newest message of a chat.
    pub fn last_message(&self, chat: i64) -> Option<Message> {
        self.world.chats.find(chat)?.lock().messages.back().cloned()
    }

    /// How a person stands to the bot.
    pub fn standing(&self, chat: i64) -> Option<Standing> {
        Some(self.world.chats.find(chat)?.lock().standing)
    }

    /// All people in order of arrival.
    pub fn people(&self) -> Vec<Arc<User>> {
        self.world.chats.list().iter().filter_map(|chat| chat.person.clone()).collect()
    }

    /// The content of a file that was sent.
    pub fn file(&self, file_id: &str) -> Option<StoredFile> {
        self.world.files.find(file_id)
    }

    /// The Bot API calls that concern a chat, or all, oldest first.
    pub fn calls(&self, chat: Option<i64>) -> Vec<Arc<Call>> {
        self.world.journal.list(chat)
    }

    /// Forgets the calls so far.
    pub fn forget_calls(&self) {
        self.world.journal.clear();
    }

    /// What the bot answered to a pressed button, so far.
    pub fn callback_answer(&self, query_id: &str) -> Option<CallbackAnswer> {
        self.world.callbacks.watch(query_id)?.borrow().clone()
    }

    /// What the bot answered to a pre-checkout query, so far.
    pub fn pre_checkout_answer(&self, query_id: &str) -> Option<PreCheckoutAnswer> {
        self.world.pre_checkouts.watch(query_id)?.borrow().clone()
    }

    /// Every movement of the bot's stars.
    pub fn stars(&self) -> Vec<StarEntry> {
        self.world.ledger.list()
    }

    /// The bot's stars, refunds deducted.
    pub fn star_balance(&self) -> i64 {
        self.world.ledger.balance()
    }

    /// Waits until `holds` is true of a chat's messages, which it then gives. The condition is
    /// asked at every change, with the chat locked: it must be quick and not call the emulator.
    ///
    /// # Errors
    /// It did not hold within `deadline`.
    pub async fn wait_for(
        &self,
        chat: i64,
        deadline: Duration,
        holds: impl FnMut(&[Message]) -> bool,
    ) -> Result<Vec<Message>, TimedOut> {
        self.world.wait_for(chat, deadline, holds).await
    }

    /// Waits until a message satisfies `wanted`, and gives the newest one that does.
    ///
    /// # Errors
    /// None did within `deadline`.
    pub async fn wait_for_message(
        &self,
        chat: i64,
        deadline: Duration,
        mut wanted: impl FnMut(&Message) -> bool,
    ) -> Result<Message, TimedOut> {
        let mut found = None;
        self.wait_for(chat, deadline, |messages| {
            found = messages.iter().rev().find(|message| wanted(message)).cloned();
            found.is_some()
        })
        .await?;
        Ok(found.expect("the wait ended because it was found"))
    }

    /// Waits until no update is undelivered or under way.
    ///
    /// # Errors
    /// Some still are after `deadline`.
    pub async fn wait_until_drained(&self, deadline: Duration) -> Result<(), TimedOut> {
        self.world.wait_until_drained(deadline).await
    }

    /// Undelivered updates.
    pub fn pending_updates(&self) -> usize {
        self.world.backlog.pending()
    }
}

impl World {
    pub(crate) async fn wait_for(
        &self,
        chat: i64,
        deadline: Duration,
        mut holds: impl FnMut(&[Message]) -> bool,
    ) -> Result<Vec<Message>, TimedOut> {
        let Some(chat) = self.chats.find(chat) else {
            let seen = format!("no chat {chat}");
            return Err(TimedOut { within: deadline, seen });
        };
        let mut changes = chat.watch();
        let ends_at = Instant::now() + deadline;
        loop {
            changes.borrow_and_update();
            {
                let mut state = chat.lock();
                let messages = state.messages.make_contiguous();
                if holds(messages) {
                    return Ok(messages.to_vec());
                }
            }
            let left = ends_at.saturating_duration_since(Instant::now());
            if tokio::time::timeout(left, changes.changed()).await.is_err() {
                return Err(TimedOut { within: deadline, seen: transcript(&chat) });
            }
        }
    }

    pub(crate) async fn wait_until_drained(&self, deadline: Duration) -> Result<(), TimedOut> {
        let mut signal = self.backlog.watch();
        let drained = signal.wait_for(|signal| !signal.busy);
        if tokio::time::timeout(deadline, drained).await.is_ok() {
            return Ok(());
        }
        let seen = format!("{} undelivered updates", self.backlog.pending());
        Err(TimedOut { within: deadline, seen })
    }
}

/// The last messages of a chat, for the message of a failed test.
fn transcript(chat: &Chat) -> String {
    let state = chat.lock();
    let skipped = state.messages.len().saturating_sub(12);
    let mut lines = Vec::new();
    for message in state.messages.iter().skip(skipped) {
        let who = if message.is_from_bot() { "bot" } else { "person" };
        let buttons: Vec<_> = message.buttons().map(|button| button.text.as_str()).collect();
        lines.push(format!("#{} {who}: {:?} {buttons:?}", message.message_id, message.words()));
    }
    lines.join("\n")
}
