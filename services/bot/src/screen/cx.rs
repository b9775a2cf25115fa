//! What a screen has at hand: the person, their language, the services as that person, and the shop's settings.

use std::sync::Arc;

use kernel::clock::Clock;
use kernel::currency::Currency;
use kernel::ids::PersonId;
use kernel::money::Money;

use crate::chat::Chat;
use crate::dialogue::{Answers, Dialogues};
use crate::format::Format;
use crate::html::Html;
use crate::intents::Intents;
use crate::maintenance::Maintenance;
use crate::peers::Peers;
use crate::people::{People, Person};
use crate::rights::Rights;
use crate::screen::{Key, View};
use crate::screens::Home;
use crate::staff::Staff;
use crate::subscriptions::Subscriptions;
use crate::texts::Texts;

/// The context of one update: everything a screen may use.
pub struct Cx {
    /// Who it is about.
    pub person: Arc<Person>,
    /// Texts in their language.
    pub texts: &'static Texts,
    /// Amounts and times in their way.
    pub format: Format,
    /// The other services; every call is made as this person.
    pub peers: Peers,
    /// Settings that people see.
    pub shop: Arc<Shop>,
    /// What this person may do besides buying.
    pub staff: Staff,
    /// The chat itself, for what is not a view: reading a file, taking a message away.
    pub chat: Chat,
    /// Open questions, for answers that a conversation gave before.
    pub dialogues: Dialogues,
    /// Everybody, for the choice of a language and the names of others.
    pub people: People,
    /// Purchases that wait for money.
    pub intents: Intents,
    /// Channels to be in.
    pub subscriptions: Subscriptions,
    /// What everybody may do, for whoever changes it.
    pub rights: Rights,
    /// Whether the shop is closed, for whoever changes it.
    pub maintenance: Maintenance,
    /// For fresh ids and minutes left.
    pub clock: Clock,
}

/// Settings that people see.
#[derive(Debug, Clone)]
pub struct Shop {
    /// The one currency of prices and wallets.
    pub currency: Currency,
    /// Empty where there are none.
    pub rules: String,
    /// Who answers questions.
    pub support: Option<PersonId>,
    /// The news channel.
    pub channel_url: Option<String>,
    /// What people are told about data that the shop posts to a channel of its own; none: it posts none.
    pub data_notice: Option<String>,
    /// Whether buyers review what they bought.
    pub reviews: bool,
    /// What joining a channel is worth, where there is one that rewards.
    pub reward: Option<Money>,
    /// Share of a friend's top-ups that an inviter earns; 0 hides inviting.
    pub referral_percent: u8,
}

impl Shop {
    /// Whether there is anything to read about the shop.
    pub fn has_rules(&self) -> bool {
        !self.rules.trim().is_empty() || self.data_notice.is_some()
    }
}

impl Cx {
    /// An amount in the shop's currency.
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.shop.currency)
    }

    /// The way home that stands under most screens.
    pub fn home_key(&self) -> Key {
        Key::to(self.texts.key_home(), Home)
    }

    /// A view that only says something and leads home.
    pub fn notice(&self, text: impl Into<Html>) -> View {
        View::new(text).row([self.home_key()])
    }

    /// What to call somebody else: by their name, or by the number of whoever never wrote.
    pub async fn name_of(&self, person: PersonId) -> String {
        match self.people.find(person).await {
            Ok(Some(known)) => known.name.clone(),
            _ => person.to_string(),
        }
    }

    /// What was answered earlier in the conversation that is open; nothing when it was left or is too old.
    pub async fn draft<A: Answers>(&self) -> Option<A> {
        self.dialogues.find(self.person.id).await?.draft?.answers()
    }
}
