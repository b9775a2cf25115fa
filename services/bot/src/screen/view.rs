//! What a person sees: text, rows of keys, at times a picture, a file or an invoice; and what the bot waits for afterwards.

use kernel::money::Money;

use crate::dialogue::{Answers, Draft};
use crate::html::Html;
use crate::screen::Key;
use crate::screens::Screen;
use crate::texts::Label;

/// Telegram's limit is 4,096 characters after parsing; the rest is left for what a later text may add.
pub const TEXT_MAX: usize = 3_900;

/// One message, before it is known whether it is sent or edited.
#[derive(Debug, Clone)]
pub struct View {
    /// The words.
    pub text: Html,
    /// The buttons under them.
    pub rows: Vec<Vec<Key>>,
    /// Telegram's id of a picture above the words, which become its caption. It is left out where they are too long for
    /// one, or where Telegram does not know it any more.
    pub photo: Option<String>,
    /// A file; the words become its caption.
    pub document: Option<Document>,
    /// Files that go ahead of it, each a message of its own.
    pub attachments: Vec<Document>,
    /// An invoice to be paid in the chat; the words are not shown, Telegram draws it.
    pub invoice: Option<ChatInvoice>,
    /// What the next text or file is for; none: nobody takes it.
    pub asks: Option<Asks>,
    /// The key of the queued message that this view makes superfluous once it is shown.
    pub settles: Option<String>,
}

/// A file.
#[derive(Clone)]
pub struct Document {
    /// With its extension.
    pub name: String,
    /// What is in it; may be a secret, so that it is not in debug output.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.name, self.content.len())
    }
}

/// What `sendInvoice` needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatInvoice {
    /// 1 to 32 characters.
    pub title: Label,
    /// 1 to 255 characters.
    pub description: Label,
    /// The one line of the bill.
    pub label: Label,
    /// Comes back with the payment: the invoice's id.
    pub payload: String,
    /// What is to be paid, in stars or another currency.
    pub price: Money,
    /// Empty for Stars.
    pub provider_token: String,
}

/// Who takes the next text or file, and what was answered before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asks {
    /// The screen that takes it.
    pub screen: Screen,
    /// Earlier answers of the same conversation; never a secret.
    pub draft: Option<Draft>,
}

impl View {
    /// A view without buttons.
    pub fn new(text: impl Into<Html>) -> Self {
        Self {
            text: text.into(),
            rows: Vec::new(),
            photo: None,
            document: None,
            attachments: Vec::new(),
            invoice: None,
            asks: None,
            settles: None,
        }
    }

    /// Adds a row of buttons; an empty one is not a row.
    #[must_use]
    pub fn row(mut self, keys: impl IntoIterator<Item = Key>) -> Self {
        let row: Vec<Key> = keys.into_iter().collect();
        if !row.is_empty() {
            self.rows.push(row);
        }
        self
    }

    /// Adds buttons, so many to a row.
    #[must_use]
    pub fn grid(mut self, columns: usize, keys: impl IntoIterator<Item = Key>) -> Self {
        let keys: Vec<Key> = keys.into_iter().collect();
        self.rows.extend(keys.chunks(columns.max(1)).map(<[Key]>::to_vec));
        self
    }

    /// Adds one button to a row.
    #[must_use]
    pub fn list(self, keys: impl IntoIterator<Item = Key>) -> Self {
        self.grid(1, keys)
    }

    /// Shows a picture above the text, where there is one.
    #[must_use]
    pub fn with_photo(mut self, photo: Option<String>) -> Self {
        self.photo = photo;
        self
    }

    /// Sends a file; the text is its caption.
    #[must_use]
    pub fn with_document(mut self, document: Document) -> Self {
        self.document = Some(document);
        self
    }

    /// Sends these files ahead.
    #[must_use]
    pub fn attaching(mut self, files: Vec<Document>) -> Self {
        self.attachments.extend(files);
        self
    }

    /// Sends an invoice; the first button is Telegram's Pay.
    #[must_use]
    pub fn with_invoice(mut self, invoice: ChatInvoice) -> Self {
        self.invoice = Some(invoice);
        self
    }

    /// Has `screen` take the next text or file.
    #[must_use]
    pub fn asking(mut self, screen: impl Into<Screen>) -> Self {
        let draft = self.asks.take().and_then(|asks| asks.draft);
        self.asks = Some(Asks { screen: screen.into(), draft });
        self
    }

    /// Keeps earlier answers for the screen that takes the next text.
    #[must_use]
    pub fn with_draft(mut self, answers: &impl Answers) -> Self {
        if let Some(asks) = &mut self.asks {
            asks.draft = Some(Draft::new(answers));
        }
        self
    }

    /// Once this is shown, the queued message with this key need not be sent.
    #[must_use]
    pub fn settling(mut self, key: String) -> Self {
        self.settles = Some(key);
        self
    }
}
