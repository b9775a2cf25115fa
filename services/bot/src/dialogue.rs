//! What the bot waits for in a chat: kept for an hour where it may be lost, and taken only by the screen that asked.

use std::time::Duration;

use chassis::kv::Kv;
use kernel::ids::PersonId;
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use crate::screen::Asks;
use crate::screens::Screen;

/// How long a question stays open.
const LIFETIME: Duration = Duration::from_hours(1);

/// Answers of staff who are entering an item. What is sold is never among them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Draft {
    /// The item's name.
    pub name: String,
    /// What buyers read.
    pub description: String,
    /// What it costs.
    pub price: Option<Money>,
}

/// A question and the earlier answers, as they are kept.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    /// The button code of the screen that asked.
    screen: String,
    draft: Option<Draft>,
}

/// The open questions of all chats.
#[derive(Clone)]
pub struct Dialogues {
    kv: Kv,
}

impl Dialogues {
    /// Over Redis or memory.
    pub fn new(kv: Kv) -> Self {
        Self { kv }
    }

    /// What is waited for in this chat; nothing when it was lost or is too old.
    pub async fn find(&self, person: PersonId) -> Option<Asks> {
        let bytes = self.kv.get(&key(person)).await?;
        let kept: Kept = postcard::from_bytes(&bytes).ok()?;
        Some(Asks { screen: Screen::decode(&kept.screen)?, draft: kept.draft })
    }

    /// Remembers what a view asked for, or that it asked for nothing: whoever has moved on is no longer asked.
    pub async fn keep(&self, person: PersonId, asks: Option<&Asks>) {
        let Some(asks) = asks else {
            return self.kv.delete(&key(person)).await;
        };
        let kept = Kept { screen: asks.screen.encode(), draft: asks.draft.clone() };
        let bytes = postcard::to_allocvec(&kept).expect("texts and numbers always serialise");
        self.kv.set(&key(person), &bytes, LIFETIME).await;
    }
}

fn key(person: PersonId) -> String {
    format!("bot:dialogue:{person}")
}
