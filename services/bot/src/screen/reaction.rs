//! What a person did, and what the bot does about it.

use telegram::Entity;

use crate::screen::View;
use crate::screens::Screen;
use crate::texts::Label;

/// What a person did.
#[derive(Debug, Clone, Copy)]
pub enum Input<'a> {
    /// Pressed a button, or gave a command, that leads to this screen.
    Press,
    /// Sent a text that this screen had asked for.
    Text {
        /// As it was written.
        text: &'a str,
        /// The message, for taking it away when it holds a secret.
        message_id: i64,
        /// How it was formatted.
        marks: &'a [Entity<'a>],
    },
    /// Sent a picture while this screen asked for something.
    Photo {
        /// What Telegram calls its largest size.
        file_id: &'a str,
        /// What is written under it; may be empty.
        caption: &'a str,
        /// How that was formatted.
        marks: &'a [Entity<'a>],
    },
    /// Sent a file that this screen had asked for.
    Document {
        /// What Telegram calls it.
        file_id: &'a str,
        /// As the sender calls it; may be empty.
        name: &'a str,
        /// Bytes; 0 when Telegram does not say.
        size: u64,
        /// The message, for taking it away when it holds a secret.
        message_id: i64,
    },
}

/// What the bot does about it. A press is always answered, whichever it is.
#[derive(Debug)]
pub enum Reaction {
    /// Shows a view: in place of the pressed message, or as a new one.
    Show(View),
    /// The same, with a toast above it.
    ShowSaying(View, Label),
    /// Shows another screen.
    Go(Screen),
    /// Says something briefly and changes nothing.
    Toast(Label),
    /// Says something that has to be confirmed and changes nothing.
    Alert(Label),
}
