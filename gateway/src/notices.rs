//! What a person is told whose update was dropped at a limit: a text once in a while, and no
//! spinner that stays.

use std::sync::Arc;
use std::time::Duration;

use chassis::lifecycle::Lifecycle;
use kernel::locale::Locale;
use telegram::{AnswerCallbackQuery, Client, Head, SendMessage};
use tokio::sync::Semaphore;

use crate::limits::Dropped;

/// Notices on their way at a time; more are left out, for a flood from outside must not become one
/// from here.
const NOTICES_MAX: usize = 64;

/// Tells people that they have to wait.
pub struct Notices {
    client: Client,
    lifecycle: Lifecycle,
    fallback: Locale,
    places: Arc<Semaphore>,
}

enum Notice {
    Message(SendMessage),
    Answer(AnswerCallbackQuery),
}

impl Notices {
    /// Notices in a person's own language or, where it is not spoken here, in `fallback`.
    pub fn new(client: Client, lifecycle: Lifecycle, fallback: Locale) -> Self {
        Self { client, lifecycle, fallback, places: Arc::new(Semaphore::new(NOTICES_MAX)) }
    }

    /// Tells the sender of a dropped update, off the path of other updates.
    pub fn send(&self, head: &Head<'_>, dropped: Dropped) {
        let Some(notice) = self.notice(head, dropped) else { return };
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else { return };
        let client = self.client.clone();
        self.lifecycle.spawn_errand("limit notice", async move {
            let sent = match notice {
                Notice::Message(message) => client.send_message(&message).await.map(drop),
                Notice::Answer(answer) => client.answer_callback_query(&answer).await,
            };
            if let Err(error) = sent {
                tracing::debug!(%error, "a notice of a limit was not sent");
            }
            drop(place);
        });
    }

    fn notice(&self, head: &Head<'_>, dropped: Dropped) -> Option<Notice> {
        let tag = head.user.as_ref().and_then(|user| user.language_code.as_deref());
        let locale = tag.and_then(Locale::from_tag).unwrap_or(self.fallback);
        let words = dropped.tell.then(|| words(locale, dropped.wait));
        match &head.callback {
            Some(press) => Some(Notice::Answer(match words {
                Some(words) => AnswerCallbackQuery::alert(&*press.id, &words),
                None => AnswerCallbackQuery::silent(&*press.id),
            })),
            None => Some(Notice::Message(SendMessage::plain(head.chat_id()?, words?))),
        }
    }
}

/// Short units, which need no plural.
fn words(locale: Locale, wait: Duration) -> String {
    let seconds = wait.as_secs_f64().ceil().max(1.0);
    let (minutes, in_minutes) = ((seconds / 60.0).ceil(), seconds >= 120.0);
    match locale {
        Locale::En if in_minutes => format!("Too many requests. Try again in {minutes} min."),
        Locale::En => format!("Too many requests. Try again in {seconds} s."),
        Locale::Ru if in_minutes => {
            format!("Слишком много запросов. Повторите через {minutes} мин.")
        }
        Locale::Ru => format!("Слишком много запросов. Повторите через {seconds} с."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_seconds_or_minutes_and_never_too_short() {
        let said = |millis| words(Locale::En, Duration::from_millis(millis));
        assert_eq!(said(0), "Too many requests. Try again in 1 s.");
        assert_eq!(said(11_001), "Too many requests. Try again in 12 s.");
        assert_eq!(said(119_000), "Too many requests. Try again in 119 s.");
        assert_eq!(said(120_001), "Too many requests. Try again in 3 min.");
        let russian = words(Locale::Ru, Duration::from_mins(5));
        assert_eq!(russian, "Слишком много запросов. Повторите через 5 мин.");
    }
}
