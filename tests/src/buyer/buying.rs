//! Buying, as people do it: menu, shop, category, item, yes.

use emulators::telegram::Message;

use super::{Buyer, Ware};

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
        self.opens(ware).await;
        self.presses(self.words.buy).await;
        self.finds(self.words.pay).await
    }

    /// Says yes to that question and reads the receipt that takes its place.
    pub async fn confirms(&self, question: &Message) -> Message {
        self.presses_on(question, self.words.pay).await;
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
