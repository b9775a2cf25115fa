//! Buying, as people do it: menu, shop, category, item, yes.

use std::time::Instant;

use emulators::telegram::Message;

use super::{Buyer, Ware};
use crate::PATIENCE;

impl Buyer<'_> {
    /// Walks from a new menu to the card of an item.
    pub async fn opens(&self, ware: &Ware) -> Message {
        self.starts().await;
        self.goes(self.words.shop, self.words.categories).await;
        self.goes(&ware.category, &ware.category).await;
        self.goes(&ware.name, ware.price_words().as_str()).await
    }

    /// Walks to the question whether to buy, and leaves the answer open.
    pub async fn is_about_to_buy(&self, ware: &Ware) -> Message {
        let card = self.opens(ware).await;
        self.insists_on(&card, self.words.buy).await;
        self.awaits("the question whether to buy", |message| {
            message.message_id >= card.message_id && message.callback(self.words.pay).is_some()
        })
        .await
    }

    /// Walks to the card until it says `words`: the catalogue that buyers see may be a second old.
    pub async fn opens_until(&self, ware: &Ware, words: &str) -> Message {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let card = self.opens(ware).await;
            if card.words().contains(words) {
                return card;
            }
            assert!(Instant::now() < deadline, "{words:?} never comes in {:?}", card.words());
        }
    }

    /// Says yes to that question and reads the receipt that takes its place.
    pub async fn confirms(&self, question: &Message) -> Message {
        self.insists_on(question, self.words.pay).await;
        self.sees_after(question.message_id - 1, self.words.thanks).await
    }

    /// Buys one, from a new menu to the receipt.
    pub async fn buys(&self, ware: &Ware) -> Message {
        let question = self.is_about_to_buy(ware).await;
        self.confirms(&question).await
    }

    /// The profile, below a new menu.
    pub async fn profile(&self) -> Message {
        self.starts().await;
        self.goes(self.words.profile, self.words.balance).await
    }
}
