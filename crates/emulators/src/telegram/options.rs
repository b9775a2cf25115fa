//! What a Telegram emulator is started with.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::clock::Clock;

pub use crate::server::Bind;

/// How to start: [`Options::default`] suits tests, [`Options::demo`] a person at a browser.
pub struct Options {
    /// The bot's token, `<bot id>:<secret>`.
    pub token: String,
    /// The bot's username, without the `@`.
    pub bot_username: String,
    pub bot_name: String,
    pub bind: Bind,
    /// People who exist from the start; none of them has pressed Start yet.
    pub people: Vec<Seed>,
    /// Channels that exist from the start; the bot may post there.
    pub channels: Vec<Channel>,
    /// The clock of dates in messages.
    pub clock: Clock,
    /// Retry delays are multiplied by this: 1.0 is Telegram's pace, 0.01 a hundred times faster.
    pub pace: f64,
    pub deadlines: Deadlines,
    /// Limits on messages by the bot; off unless set.
    pub flood: Option<FloodLimits>,
    pub history: History,
    /// Called after each executed Bot API call, before it is answered; must be quick.
    pub on_call: Option<CallHook>,
    /// A JSON file that carries chats, stars and undelivered updates over a restart.
    pub persistence: Option<PathBuf>,
}

/// A callback of the benches.
pub type CallHook = Arc<dyn Fn(&Arrival) + Send + Sync>;

/// A Bot API call, as a bench sees it.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    pub method: &'static str,
    /// Whom it concerns: the chat, or the person whose query it answers.
    pub chat: Option<i64>,
    /// When the call had arrived in full.
    pub at: Instant,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The message that was sent or changed.
    pub message_id: Option<i64>,
}

/// A person who exists from the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    pub id: i64,
    pub first_name: String,
    pub username: Option<String>,
    pub language_code: Option<String>,
    /// Shown beside the name on the chat page, such as `owner`.
    pub note: Option<String>,
    /// Pressed Start before: the bot may write to them at once.
    pub has_started: bool,
}

impl Seed {
    pub fn new(id: i64, first_name: &str) -> Self {
        Self {
            id,
            first_name: first_name.to_owned(),
            username: None,
            language_code: None,
            note: None,
            has_started: false,
        }
    }

    #[must_use]
    pub fn username(self, username: &str) -> Self {
        Self { username: Some(username.to_owned()), ..self }
    }

    #[must_use]
    pub fn note(self, note: &str) -> Self {
        Self { note: Some(note.to_owned()), ..self }
    }

    /// Somebody who pressed Start long ago.
    #[must_use]
    pub fn started(self) -> Self {
        Self { has_started: true, ..self }
    }

    /// An IETF language tag, as the person's client reports it.
    #[must_use]
    pub fn speaks(self, language_code: &str) -> Self {
        Self { language_code: Some(language_code.to_owned()), ..self }
    }
}

/// A channel; its id is negative and begins with `-100`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    pub id: i64,
    pub title: String,
    pub username: Option<String>,
}

/// How long things live; real ones by default.
#[derive(Debug, Clone, Copy)]
pub struct Deadlines {
    /// For the answer to a pre-checkout query.
    pub pre_checkout: Duration,
    /// For the answer to a callback query.
    pub callback: Duration,
    /// Undelivered updates with messages are dropped after this.
    pub message: Duration,
    /// Undelivered updates with queries are dropped after this.
    pub query: Duration,
    /// A webhook that takes longer counts as failed.
    pub webhook: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            pre_checkout: Duration::from_secs(10),
            callback: Duration::from_secs(15),
            message: Duration::from_hours(24),
            query: Duration::from_secs(150),
            webhook: Duration::from_mins(1),
        }
    }
}

/// Messages per second that the bot may send before it is told to wait.
#[derive(Debug, Clone, Copy)]
pub struct FloodLimits {
    pub per_chat_per_second: f64,
    pub per_chat_burst: f64,
    pub per_bot_per_second: f64,
}

impl Default for FloodLimits {
    fn default() -> Self {
        Self { per_chat_per_second: 1.0, per_chat_burst: 3.0, per_bot_per_second: 30.0 }
    }
}

/// How much is remembered; older things are forgotten.
#[derive(Debug, Clone, Copy)]
pub struct History {
    pub messages_per_chat: usize,
    pub calls: usize,
    pub updates: usize,
    pub queries: usize,
    pub files: usize,
}

impl Default for History {
    fn default() -> Self {
        Self {
            messages_per_chat: 300,
            calls: 20_000,
            updates: 20_000,
            queries: 20_000,
            files: 1_000,
        }
    }
}

impl Default for Options {
    /// A free port, nobody there, retries a hundred times faster than Telegram's.
    fn default() -> Self {
        Self {
            token: "12345:AAexampleTokenForDocsOnly000000000000".to_owned(),
            bot_username: "bodega_bot".to_owned(),
            bot_name: "Bodega".to_owned(),
            bind: Bind::default(),
            people: Vec::new(),
            channels: Vec::new(),
            clock: Clock::System,
            pace: 0.01,
            deadlines: Deadlines::default(),
            flood: None,
            history: History::default(),
            on_call: None,
            persistence: None,
        }
    }
}

impl Options {
    /// Real pace, and a few people who speak English and Russian beside the owner.
    pub fn demo(owner: Seed) -> Self {
        let people = vec![
            Seed { note: owner.note.or_else(|| Some("owner".to_owned())), ..owner },
            Seed::new(1001, "Anna").username("anna").speaks("en"),
            Seed::new(1002, "Борис").username("boris").speaks("ru"),
            Seed::new(1003, "Chen").username("chen").speaks("en"),
            Seed::new(1004, "Дарья").username("darya").speaks("ru"),
        ];
        Self { people, pace: 1.0, ..Self::default() }
    }
}
