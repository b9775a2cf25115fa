//! What the bot waits for in a chat: kept for an hour where it may be lost, and taken only by the screen that asked.

use std::time::Duration;

use chassis::kv::Kv;
use kernel::ids::PersonId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::screen::Asks;
use crate::screens::Screen;

/// How long a question stays open.
const LIFETIME: Duration = Duration::from_hours(1);

/// What was answered in a conversation so far; each conversation has its own. What is sold is never among them.
pub trait Answers: Serialize + DeserializeOwned {
    /// Of which conversation, so that no other takes them for its own.
    const OF: &'static str;
}

/// Earlier answers, as they are kept beside the open question.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    of: String,
    answers: Vec<u8>,
}

impl std::fmt::Debug for Draft {
    /// Of which conversation; what was answered stays out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Draft({})", self.of)
    }
}

impl Draft {
    /// The answers of one conversation.
    pub fn new<A: Answers>(answers: &A) -> Self {
        let answers = postcard::to_allocvec(answers).expect("texts and numbers always serialise");
        Self { of: A::OF.to_owned(), answers }
    }

    /// The answers, where they are of this conversation.
    pub fn answers<A: Answers>(&self) -> Option<A> {
        if self.of != A::OF {
            return None;
        }
        postcard::from_bytes(&self.answers).ok()
    }
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

#[cfg(test)]
mod tests {
    use kernel::money::Money;

    use super::*;
    use crate::screens::{AddItem, NewItemAnswers, TopUp};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Other(String);

    impl Answers for Other {
        const OF: &'static str = "other";
    }

    const ANNA: PersonId = PersonId(1);
    const BORIS: PersonId = PersonId(2);

    #[tokio::test]
    async fn ux_11_cache_05_bug_73_a_question_is_open_for_its_person_until_they_move_on() {
        let dialogues = Dialogues::new(Kv::memory());
        let item = NewItemAnswers {
            name: "Ключ".into(),
            description: "x".repeat(2_000),
            price: Some(Money::new(9_900, "RUB".parse().unwrap())),
        };
        let draft = Draft::new(&item);
        assert_eq!(draft.answers(), Some(item));
        assert_eq!(draft.answers::<Other>(), None);
        let asks = Asks { screen: AddItem::Price.into(), draft: Some(draft) };
        dialogues.keep(ANNA, Some(&asks)).await;
        assert_eq!(dialogues.find(ANNA).await, Some(asks));
        assert_eq!(dialogues.find(BORIS).await, None);
        let other = Asks { screen: TopUp.into(), draft: None };
        dialogues.keep(ANNA, Some(&other)).await;
        assert_eq!(dialogues.find(ANNA).await, Some(other));
        dialogues.keep(ANNA, None).await;
        assert_eq!(dialogues.find(ANNA).await, None);
    }

    #[tokio::test]
    async fn what_an_older_version_left_is_no_question() {
        let kv = Kv::memory();
        let dialogues = Dialogues::new(kv.clone());
        for left in [&b""[..], b"\xff\xff", b"\x04zzzz\x00"] {
            kv.set(&key(ANNA), left, LIFETIME).await;
            assert_eq!(dialogues.find(ANNA).await, None, "{left:?}");
        }
    }
}
