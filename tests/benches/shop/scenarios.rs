//! What people do: look, browse, buy, pay.

use std::sync::Arc;
use std::time::Duration;

use crate::backstage::{CATEGORY, ITEM};
use crate::chats::{Chats, PEOPLE};
use crate::load::Scenario;

/// Labels of buttons, as people who speak English see them.
pub mod label {
    /// On the menu.
    pub const SHOP: &str = "Shop";
    /// On the menu.
    pub const TOP_UP: &str = "Top up";
    /// On an item's card.
    pub const BUY: &str = "Buy for";
    /// On the question.
    pub const PAY: &str = "Yes, pay";
    /// Among the ways to pay.
    pub const STARS: &str = "Stars";
}

/// Writes /start.
pub struct Start(pub Arc<Chats>);

impl Scenario for Start {
    async fn turn(&self, person: u32, _: u32) -> Vec<Duration> {
        vec![self.0.say(person, "/start").await]
    }
}

/// Looks at the shop, a category and an item.
pub struct Browse {
    /// Where.
    pub chats: Arc<Chats>,
    /// What the menu's button to the shop carries, the same for everybody.
    pub to_shop: String,
}

impl Scenario for Browse {
    async fn turn(&self, person: u32, _: u32) -> Vec<Duration> {
        let shop = self.chats.press_data(person, &self.to_shop).await;
        let category = self.chats.press(person, CATEGORY).await;
        let item = self.chats.press(person, ITEM).await;
        vec![shop, category, item]
    }
}

/// Goes all the way from the shop to the goods.
pub struct Purchase(pub Browse);

impl Scenario for Purchase {
    async fn turn(&self, person: u32, turn: u32) -> Vec<Duration> {
        let mut updates = self.0.turn(person, turn).await;
        updates.push(self.0.chats.press(person, label::BUY).await);
        updates.push(self.0.chats.press(person, label::PAY).await);
        updates
    }
}

/// Presses one thing that is the same for everybody: gets everybody to one screen.
pub struct Gather {
    /// Where.
    pub chats: Arc<Chats>,
    /// What the button carries.
    pub data: String,
}

impl Scenario for Gather {
    async fn turn(&self, person: u32, _: u32) -> Vec<Duration> {
        vec![self.chats.press_data(person, &self.data).await]
    }
}

/// Opens an invoice in Stars from the choice of ways to pay.
pub struct OpenInvoice(pub Gather);

impl Scenario for OpenInvoice {
    async fn turn(&self, person: u32, turn: u32) -> Vec<Duration> {
        let mut updates = self.0.turn(person, turn).await;
        updates.push(self.0.chats.press(person, label::STARS).await);
        updates
    }
}

/// Pays the invoice that was opened last.
pub struct PayStars(pub Arc<Chats>);

impl Scenario for PayStars {
    async fn turn(&self, person: u32, _: u32) -> Vec<Duration> {
        self.0.pay(person, self.0.message_id(person)).await.to_vec()
    }
}

/// What buttons carry that is the same for everybody, learnt by one person who goes ahead.
pub struct Signposts {
    /// To the shop.
    pub shop: String,
    /// To the ways to pay the first amount that is offered.
    pub methods: String,
}

impl Signposts {
    /// Goes ahead.
    pub async fn learn(chats: &Chats) -> Self {
        let scout = PEOPLE - 1;
        chats.say(scout, "/start").await;
        let shop = chats.button(scout, label::SHOP);
        chats.press(scout, label::TOP_UP).await;
        let message = chats.message(scout);
        let amount = message.buttons().find_map(|button| button.callback_data.clone());
        Self { shop, methods: amount.expect("some amounts are offered") }
    }

    /// To the question before an item is bought.
    pub async fn ask(&self, chats: &Chats, category: &str, item: &str) -> String {
        let scout = PEOPLE - 1;
        chats.press_data(scout, &self.shop).await;
        chats.press(scout, category).await;
        chats.press(scout, item).await;
        chats.button(scout, label::BUY)
    }
}
