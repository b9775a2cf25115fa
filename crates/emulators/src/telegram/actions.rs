//! What people do: write, press, open links, send files, pay, block.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use kernel::ids::PersonId;
use serde_json::json;
use tokio::sync::watch;

use super::Telegram;
use super::chat::{Chat, Standing};
use super::events::Event;
use super::message::{Document, Entity, Message, PhotoSize, User};
use super::options::Seed;
use super::payments::{Bill, Payment, PaymentOutcome};
use super::photo;
use super::query::CallbackAnswer;
use super::update::UpdateKind;
use super::world::{World, command_entities};
use crate::parameters::Upload;
use crate::post::Delivery;

/// Why a person cannot do that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionFailure {
    #[error("there is no person {0}")]
    NoSuchPerson(i64),
    #[error("the id {0} is taken")]
    IdTaken(i64),
    #[error("there is no chat {0}")]
    NoSuchChat(i64),
    #[error("there is no message {0} in this chat")]
    NoSuchMessage(i64),
    #[error("message {0} has no button with {1:?}")]
    NoSuchButton(i64, String),
    #[error("message {0} is no invoice")]
    NotAnInvoice(i64),
    #[error("there is no invoice behind {0}")]
    NoSuchLink(String),
    #[error("the person has blocked the bot; unblock it first")]
    Blocked,
    #[error("a message needs some text")]
    NothingSaid,
    #[error("the file is no picture")]
    NoPicture,
}

/// A file that a person sends.
#[derive(Debug, Clone, Default)]
pub struct Attachment {
    pub name: String,
    pub mime: String,
    pub bytes: Bytes,
    pub caption: Option<String>,
}

/// A pressed button that waits for its answer.
#[derive(Debug, Clone)]
pub struct Press {
    pub query_id: String,
    pub update_id: i64,
    answer: watch::Receiver<Option<CallbackAnswer>>,
}

impl Press {
    /// The bot's answer, once it comes; `None` if it does not come in time.
    pub async fn answer(mut self, within: Duration) -> Option<CallbackAnswer> {
        let answered = tokio::time::timeout(within, self.answer.wait_for(Option::is_some)).await;
        answered.ok()?.ok()?.clone()
    }
}

/// The methods of [`Telegram`] that act for people.
impl Telegram {
    /// Adds a person who has not pressed Start yet.
    pub fn add_person(&self, seed: Seed) -> Result<PersonId, ActionFailure> {
        self.world.add_person(seed)
    }

    /// Writes a text to the bot; gives the id of the update.
    pub fn say(&self, person: PersonId, text: &str) -> Result<i64, ActionFailure> {
        self.world.say(person, text)
    }

    /// Writes a text that was formatted in the app; gives the id of the update.
    pub fn say_formatted(
        &self,
        person: PersonId,
        text: &str,
        entities: Vec<Entity>,
    ) -> Result<i64, ActionFailure> {
        self.world.say_formatted(person, text, entities)
    }

    /// Opens `https://t.me/<bot>?start=<payload>` and presses Start.
    pub fn open_link(&self, person: PersonId, payload: &str) -> Result<i64, ActionFailure> {
        self.world.say(person, format!("/start {payload}").trim_end())
    }

    /// Presses a button with any data, whether or not the message has such a button: clients can
    /// be modified.
    pub fn press(
        &self,
        person: PersonId,
        message_id: i64,
        data: &str,
    ) -> Result<Press, ActionFailure> {
        self.world.press(person, message_id, data)
    }

    /// Presses the first button of a message whose label contains `label`.
    pub fn press_button(
        &self,
        person: PersonId,
        message_id: i64,
        label: &str,
    ) -> Result<Press, ActionFailure> {
        let data = {
            let chat = self.world.private_chat(person)?.0;
            let mut state = chat.lock();
            let message = state.find(message_id).ok_or(ActionFailure::NoSuchMessage(message_id))?;
            message
                .callback(label)
                .ok_or_else(|| ActionFailure::NoSuchButton(message_id, label.to_owned()))?
                .to_owned()
        };
        self.world.press(person, message_id, &data)
    }

    /// Sends a file; gives the id of the update.
    pub fn send_document(
        &self,
        person: PersonId,
        attachment: Attachment,
    ) -> Result<i64, ActionFailure> {
        self.world.send_document(person, attachment)
    }

    /// Sends a picture, as the app does from the gallery: without its name; gives the id of the update.
    pub fn send_photo(
        &self,
        person: PersonId,
        attachment: Attachment,
    ) -> Result<i64, ActionFailure> {
        self.world.send_photo(person, attachment)
    }

    /// Blocks the bot; gives the id of the update that says so.
    pub fn block(&self, person: PersonId) -> Result<i64, ActionFailure> {
        self.world.set_standing(person, Standing::Blocked)
    }

    /// Unblocks the bot; gives the id of the update that says so.
    pub fn unblock(&self, person: PersonId) -> Result<i64, ActionFailure> {
        self.world.set_standing(person, Standing::Active)
    }

    /// Deletes the account: the bot gets 403 from then on.
    pub fn deactivate(&self, person: PersonId) -> Result<(), ActionFailure> {
        self.world.private_chat(person)?.0.lock().standing = Standing::Deactivated;
        Ok(())
    }

    /// Taps Pay on an invoice; the bot is asked first.
    pub fn begin_payment(
        &self,
        person: PersonId,
        message_id: i64,
    ) -> Result<Payment, ActionFailure> {
        self.world.pay_message(person, message_id)
    }

    /// Taps Pay on the invoice behind a link of createInvoiceLink.
    pub fn begin_link_payment(
        &self,
        person: PersonId,
        link: &str,
    ) -> Result<Payment, ActionFailure> {
        self.world.pay_link(person, link)
    }

    /// Taps Pay on an invoice and waits for the end.
    pub async fn pay(
        &self,
        person: PersonId,
        message_id: i64,
    ) -> Result<PaymentOutcome, ActionFailure> {
        Ok(self.begin_payment(person, message_id)?.outcome().await)
    }

    /// Takes the money of an invoice without asking the bot first, as when the pre-checkout
    /// query and its answer are long past.
    pub fn settle(
        &self,
        person: PersonId,
        message_id: i64,
    ) -> Result<PaymentOutcome, ActionFailure> {
        let (chat, _) = self.world.private_chat(person)?;
        let bill = World::bill(&chat, message_id)?;
        Ok(self.world.settle(&chat, &bill))
    }

    /// Makes a person a member of a channel (`member`, `creator`, ...), or not (`left`, `kicked`).
    pub fn set_membership(
        &self,
        channel: i64,
        person: PersonId,
        status: &str,
    ) -> Result<(), ActionFailure> {
        self.world.set_membership(channel, person, status)
    }

    /// Delivers an update again, that many times at once, outside of its queue. Empty if the
    /// update is forgotten or no webhook is set.
    pub async fn redeliver(&self, update_id: i64, times: u32) -> Vec<Delivery> {
        self.world.redeliver(update_id, times).await
    }

    /// Delivers any bytes to the webhook with its secret, once and outside of all queues; `None`
    /// if no webhook is set.
    pub async fn inject(&self, update: impl Into<Bytes>) -> Option<Delivery> {
        self.world.deliver_copies(update.into(), 1).await.pop()
    }
}

impl World {
    pub(crate) fn add_person(&self, seed: Seed) -> Result<PersonId, ActionFailure> {
        let id = seed.id;
        if !self.chats.add(Chat::begin(seed)) {
            return Err(ActionFailure::IdTaken(id));
        }
        self.events.tell(|| Event::People);
        Ok(PersonId(id))
    }

    pub(crate) fn private_chat(
        &self,
        person: PersonId,
    ) -> Result<(Arc<Chat>, Arc<User>), ActionFailure> {
        let missing = || ActionFailure::NoSuchPerson(person.0);
        let chat = self.chats.find(person.0).ok_or_else(missing)?;
        let user = chat.person.clone().ok_or_else(missing)?;
        Ok((chat, user))
    }

    /// The chat of a person who can write to the bot.
    fn open_chat(&self, person: PersonId) -> Result<(Arc<Chat>, Arc<User>), ActionFailure> {
        let (chat, user) = self.private_chat(person)?;
        let standing = chat.lock().standing;
        match standing {
            Standing::Blocked | Standing::Deactivated => Err(ActionFailure::Blocked),
            Standing::Stranger | Standing::Active => Ok((chat, user)),
        }
    }

    pub(crate) fn say(
        self: &Arc<Self>,
        person: PersonId,
        text: &str,
    ) -> Result<i64, ActionFailure> {
        let text = text.trim();
        self.say_formatted(person, text, command_entities(text))
    }

    fn say_formatted(
        self: &Arc<Self>,
        person: PersonId,
        text: &str,
        entities: Vec<Entity>,
    ) -> Result<i64, ActionFailure> {
        if text.is_empty() {
            return Err(ActionFailure::NothingSaid);
        }
        let (chat, _) = self.open_chat(person)?;
        let message = Message { text: Some(text.to_owned()), entities, ..Message::default() };
        Ok(self.hear(&chat, UpdateKind::Message, message).0)
    }

    pub(crate) fn send_document(
        self: &Arc<Self>,
        person: PersonId,
        attachment: Attachment,
    ) -> Result<i64, ActionFailure> {
        let (chat, _) = self.open_chat(person)?;
        let Attachment { name, mime, bytes, caption } = attachment;
        let file = self.files.add(Upload { name, mime, bytes }, &self.clock);
        let caption = caption.filter(|caption| !caption.is_empty());
        let document = Some(Document::from(&file));
        let message = Message { caption, document, ..Message::default() };
        Ok(self.hear(&chat, UpdateKind::Message, message).0)
    }

    pub(crate) fn send_photo(
        self: &Arc<Self>,
        person: PersonId,
        attachment: Attachment,
    ) -> Result<i64, ActionFailure> {
        let (chat, _) = self.open_chat(person)?;
        let Attachment { name, mime, bytes, caption } = attachment;
        let (width, height) = photo::dimensions(&bytes).ok_or(ActionFailure::NoPicture)?;
        let file = self.files.add(Upload { name, mime, bytes }, &self.clock);
        let caption = caption.filter(|caption| !caption.is_empty());
        let photo = vec![PhotoSize::new(file, width, height)];
        let message = Message { caption, photo, ..Message::default() };
        Ok(self.hear(&chat, UpdateKind::Message, message).0)
    }

    pub(crate) fn press(
        self: &Arc<Self>,
        person: PersonId,
        message_id: i64,
        data: &str,
    ) -> Result<Press, ActionFailure> {
        let (chat, presser) = self.open_chat(person)?;
        let (number, update_id) = self.ask_callback(&chat, &presser, message_id, data);
        let query_id = number.to_string();
        let answer =
            self.callbacks.watch(&query_id).ok_or(ActionFailure::NoSuchMessage(message_id))?;
        Ok(Press { query_id, update_id, answer })
    }

    pub(crate) fn set_standing(
        self: &Arc<Self>,
        person: PersonId,
        standing: Standing,
    ) -> Result<i64, ActionFailure> {
        let (chat, user) = self.private_chat(person)?;
        let blocks = standing == Standing::Blocked;
        let member = |status: &str| {
            let mut member = json!({ "user": self.bot, "status": status });
            if status == "kicked" {
                member["until_date"] = json!(0);
            }
            member
        };
        let (old, new) = if blocks { ("member", "kicked") } else { ("kicked", "member") };
        let payload = json!({
            "chat": chat.head,
            "from": user,
            "date": self.now_s(),
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        });
        chat.lock().standing = standing;
        let update_id = self.publish(UpdateKind::MyChatMember, person.0, &payload.to_string());
        chat.touch();
        self.events.tell(|| Event::People);
        Ok(update_id)
    }

    pub(crate) fn set_membership(
        &self,
        channel: i64,
        person: PersonId,
        status: &str,
    ) -> Result<(), ActionFailure> {
        self.private_chat(person)?;
        let chat = self
            .chats
            .find(channel)
            .filter(|chat| chat.person.is_none())
            .ok_or(ActionFailure::NoSuchChat(channel))?;
        chat.lock().members.insert(person.0, status.to_owned());
        Ok(())
    }

    fn bill(chat: &Chat, message_id: i64) -> Result<Bill, ActionFailure> {
        let mut state = chat.lock();
        let message = state.find(message_id).ok_or(ActionFailure::NoSuchMessage(message_id))?;
        let terms = message.terms.clone().ok_or(ActionFailure::NotAnInvoice(message_id))?;
        Ok(Bill { terms, message_id: Some(message_id) })
    }

    pub(crate) fn pay_message(
        self: &Arc<Self>,
        person: PersonId,
        message_id: i64,
    ) -> Result<Payment, ActionFailure> {
        let (chat, payer) = self.open_chat(person)?;
        let bill = Self::bill(&chat, message_id)?;
        Ok(self.begin_payment(&chat, &payer, bill))
    }

    pub(crate) fn pay_link(
        self: &Arc<Self>,
        person: PersonId,
        link: &str,
    ) -> Result<Payment, ActionFailure> {
        let (chat, payer) = self.open_chat(person)?;
        let terms = self
            .invoice_links
            .find(link)
            .ok_or_else(|| ActionFailure::NoSuchLink(link.to_owned()))?;
        Ok(self.begin_payment(&chat, &payer, Bill { terms, message_id: None }))
    }
}
