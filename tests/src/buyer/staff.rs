//! What the owner does in the chat: categories, items, prices, stock.

use emulators::telegram::{Attachment, Message};

use super::Buyer;
use crate::words::roubles;

/// Longer lists go as a file: Telegram cuts long messages.
const MESSAGE_CHARS_MAX: usize = 3_000;

/// Something that the shop sells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ware {
    /// Where it is listed.
    pub category: String,
    /// What it is called.
    pub name: String,
    /// In whole roubles, below a thousand.
    pub price: i64,
}

/// How an item is sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sale {
    /// Every value once.
    PieceByPiece,
    /// Everybody gets the same value.
    Unlimited,
}

impl Sale {
    fn label(self) -> &'static str {
        match self {
            Self::PieceByPiece => "🔢 Piece by piece",
            Self::Unlimited => "♾ Unlimited",
        }
    }
}

impl Ware {
    /// An item of the category `Keys`.
    pub fn new(name: &str, price: i64) -> Self {
        Self { category: "Keys".to_owned(), name: name.to_owned(), price }
    }

    /// The same item in another category.
    #[must_use]
    pub fn listed_in(self, category: &str) -> Self {
        Self { category: category.to_owned(), ..self }
    }

    /// The price as people read it.
    pub fn price_words(&self) -> String {
        roubles(self.price)
    }
}

impl Buyer<'_> {
    /// Puts something on the shelf that was not there: category, item and what it sells.
    pub async fn puts_up(&self, ware: &Ware, sale: Sale, values: &[String]) {
        self.adds_category(&ware.category).await;
        self.adds_item(ware, sale).await;
        match (sale, values) {
            (Sale::Unlimited, [value]) => self.sends_value(value, "The value is set").await,
            _ => self.sends_stock(values).await,
        };
    }

    /// Goes to the desk of staff, below a new menu.
    pub async fn goes_to_the_desk(&self) -> Message {
        self.starts().await;
        self.goes("🛠 For staff", "What would you like to do?").await
    }

    /// Adds a category.
    pub async fn adds_category(&self, name: &str) {
        self.goes_to_the_desk().await;
        self.goes("➕ Category", "Send the name of the new category").await;
        self.tells(name, "is there.").await;
    }

    /// Adds an item to a category; the bot then asks for what it sells.
    pub async fn adds_item(&self, ware: &Ware, sale: Sale) -> Message {
        self.goes_to_the_desk().await;
        self.goes("➕ Item", "1 of 5").await;
        self.tells(&ware.name, "2 of 5").await;
        self.tells(&format!("All about {}", ware.name), "3 of 5").await;
        let categories = self.tells(&ware.price.to_string(), "4 of 5").await;
        self.presses_on(&categories, &ware.category).await;
        self.sees_after(categories.message_id - 1, "5 of 5").await;
        self.goes(sale.label(), "is in the shop").await
    }

    /// Walks to an item as staff see it.
    pub async fn opens_as_staff(&self, ware: &Ware) -> Message {
        self.goes_to_the_desk().await;
        self.goes("🗂 Categories and items", "Choose one").await;
        self.goes(&ware.category, &ware.category).await;
        self.goes(&ware.name, "📦 Stock:").await
    }

    /// Sends values to the open question for stock, one per line; returns the counters.
    pub async fn sends_stock(&self, values: &[String]) -> Message {
        let lines = values.join("\n");
        if lines.chars().count() > MESSAGE_CHARS_MAX {
            self.sends_file("stock.txt", lines.as_bytes(), "Added:").await
        } else {
            self.tells(&lines, "Added:").await
        }
    }

    /// Sends the one value of an unlimited item to the open question; `words` say what became of it.
    pub async fn sends_value(&self, value: &str, words: &str) -> Message {
        self.tells(value, words).await
    }

    /// Sends a file and waits for an answer that contains `words`.
    pub async fn sends_file(&self, name: &str, bytes: &[u8], words: &str) -> Message {
        let before = self.newest();
        let file = Attachment {
            name: name.to_owned(),
            mime: "text/plain".to_owned(),
            bytes: bytes.to_vec().into(),
            caption: None,
        };
        self.telegram.send_document(self.id, file).expect("the person can write");
        self.sees_after(before, words).await
    }

    /// Walks to the question for more of an item; `words` are its beginning.
    pub async fn is_asked_for_stock(&self, ware: &Ware, words: &str) -> Message {
        self.opens_as_staff(ware).await;
        self.goes("➕ Add stock", words).await
    }

    /// Walks to the rules of an item's stock.
    pub async fn opens_rules(&self, ware: &Ware) -> Message {
        self.opens_as_staff(ware).await;
        self.goes("⚖️ Limits", "In one order:").await
    }

    /// Sets one number among them, by the label of its button.
    pub async fn sets_rule(&self, ware: &Ware, rule: &str, number: u32) -> Message {
        self.opens_rules(ware).await;
        self.goes(rule, "Send").await;
        self.tells(&number.to_string(), "✅ Done.").await
    }

    /// Gives an item another price.
    pub async fn sets_price(&self, ware: &mut Ware, price: i64) {
        self.opens_as_staff(ware).await;
        self.goes("🏷 Price", "Send the new price").await;
        self.tells(&price.to_string(), "now costs").await;
        ware.price = price;
    }
}
