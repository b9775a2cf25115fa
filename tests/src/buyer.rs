//! A person at their phone: writes, presses, reads.

mod buying;
mod reading;
mod staff;
mod topping_up;

use emulators::telegram::{CallbackAnswer, Message, PaymentOutcome, Press, Telegram};
use kernel::ids::PersonId;

use crate::PATIENCE;
use crate::words::{self, Words};

pub use reading::{codes, goods};
pub use staff::{Sale, Ware};
pub use topping_up::invoice_id;

/// Then even a patient person gives up.
const PRESSES_MAX: usize = 10;

/// Somebody in their private chat with the bot.
#[derive(Clone, Copy)]
pub struct Buyer<'a> {
    telegram: &'a Telegram,
    /// Who it is.
    pub id: PersonId,
    /// What the bot says in their language.
    pub words: &'static Words,
}

impl<'a> Buyer<'a> {
    /// The person behind an id, who reads English.
    pub fn new(telegram: &'a Telegram, id: PersonId) -> Self {
        Self { telegram, id, words: &words::EN }
    }

    /// The same person, reading the bot in `language`.
    #[must_use]
    pub fn reading(self, language: &str) -> Self {
        Self { words: Words::of(language), ..self }
    }

    /// Writes to the bot; returns the update's id.
    pub fn says(&self, text: &str) -> i64 {
        self.telegram.say(self.id, text).expect("the person can write")
    }

    /// Writes, and waits for an answer that contains `words`.
    pub async fn tells(&self, text: &str, words: &str) -> Message {
        let before = self.newest();
        self.says(text);
        self.sees_after(before, words).await
    }

    /// Begins, or begins anew: the menu comes as a new message.
    pub async fn starts(&self) -> Message {
        self.tells("/start", self.words.menu).await
    }

    /// Begins by a link that carries something, such as who sent it.
    pub async fn follows(&self, payload: &str) -> Message {
        self.tells(&format!("/start {payload}"), self.words.menu).await
    }

    /// Waits for a message of the bot that contains `words` and gives the newest one.
    pub async fn sees(&self, words: &str) -> Message {
        self.sees_after(0, words).await
    }

    /// The same, of messages that came after the one with this id.
    pub async fn sees_after(&self, message_id: i64, words: &str) -> Message {
        self.awaits(&format!("{words:?} after #{message_id}"), |message| {
            message.message_id > message_id
                && message.is_from_bot()
                && message.words().contains(words)
        })
        .await
    }

    /// Waits until a message satisfies `wanted` and gives the newest one; `what` is for whoever waits in vain.
    pub async fn awaits(&self, what: &str, wanted: impl FnMut(&Message) -> bool) -> Message {
        let found = self.telegram.wait_for_message(self.id.0, PATIENCE, wanted).await;
        found.unwrap_or_else(|error| panic!("{:?} does not see {what}: {error}", self.id))
    }

    /// Waits for a button whose label contains `label`, presses it on the newest message that has it, and waits until
    /// the bot has answered the press.
    pub async fn presses(&self, label: &str) -> CallbackAnswer {
        let message = self.finds(label).await;
        self.presses_on(&message, label).await
    }

    /// Presses a button of this very message, however old it is.
    pub async fn presses_on(&self, message: &Message, label: &str) -> CallbackAnswer {
        self.forges(message, data(message, label)).await
    }

    /// Presses and waits for no answer.
    pub fn touches(&self, message: &Message, label: &str) -> Press {
        let press = self.telegram.press(self.id, message.message_id, data(message, label));
        press.expect("the person can press")
    }

    /// Presses the newest button with this label and waits until it has led to `words`, in this message or below it.
    pub async fn goes(&self, label: &str, words: &str) -> Message {
        let message = self.finds(label).await;
        self.insists_on(&message, label).await;
        self.sees_after(message.message_id - 1, words).await
    }

    /// Presses a button, and again as often as people do who are told to try again in a moment.
    pub async fn insists_on(&self, message: &Message, label: &str) {
        for _ in 0..PRESSES_MAX {
            let answer = self.presses_on(message, label).await;
            if !answer.text.is_some_and(|text| text.contains(self.words.try_again)) {
                return;
            }
        }
    }

    /// Waits for the newest message with a button whose label contains `label`.
    pub async fn finds(&self, label: &str) -> Message {
        let has_it = |message: &Message| message.callback(label).is_some();
        self.awaits(&format!("a button {label:?}"), has_it).await
    }

    /// Sends any callback data, as a modified client can.
    pub async fn forges(&self, message: &Message, data: &str) -> CallbackAnswer {
        let press = self.telegram.press(self.id, message.message_id, data).expect("a press");
        let answer = press.answer(PATIENCE).await;
        answer.unwrap_or_else(|| panic!("{:?} waits for ever after {data:?}", self.id))
    }

    /// Pays the newest invoice in the chat with Stars.
    pub async fn pays_stars(&self) -> PaymentOutcome {
        let message = self.awaits("an invoice", |message| message.invoice.is_some()).await;
        self.telegram.pay(self.id, message.message_id).await.expect("a payment can begin")
    }

    /// The id of the newest message in the chat; 0 where there is none.
    pub fn newest(&self) -> i64 {
        self.telegram.last_message(self.id.0).map_or(0, |message| message.message_id)
    }

    /// How many messages of the bot contain `words`.
    pub fn count(&self, words: &str) -> usize {
        let messages = self.telegram.messages(self.id.0);
        let said = |message: &&Message| message.is_from_bot() && message.words().contains(words);
        messages.iter().filter(said).count()
    }
}

/// What a button of a message carries.
pub fn data<'m>(message: &'m Message, label: &str) -> &'m str {
    let shown: Vec<_> = message.buttons().map(|button| button.text.as_str()).collect();
    message.callback(label).unwrap_or_else(|| panic!("no button {label:?} among {shown:?}"))
}
