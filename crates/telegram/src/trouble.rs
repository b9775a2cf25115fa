//! What a failed call means to the caller, whatever words Telegram used for it.

use std::time::Duration;

use serde::Deserialize;

/// Used when Telegram says "too many" and not for how long.
const RETRY_AFTER_DEFAULT: Duration = Duration::from_secs(5);
/// Nothing waits longer than this on one answer's word; asking again then is harmless.
const RETRY_AFTER_MAX: Duration = Duration::from_hours(1);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The edit would change nothing. Success, in effect.
    #[error("the message is not modified")]
    NotModified,
    /// The message to edit or delete is gone, or too old.
    #[error("the message is gone or cannot be changed")]
    MessageGone,
    /// The callback or pre-checkout query was answered too late, or twice.
    #[error("the query is too old")]
    QueryTooOld,
    #[error("the chat is not found")]
    ChatNotFound,
    #[error("the user is not found")]
    UserNotFound,
    #[error("the user blocked the bot")]
    Blocked,
    #[error("the user's account is deleted")]
    Deactivated,
    /// The user never started the bot.
    #[error("the bot cannot start the conversation")]
    CannotInitiate,
    /// The bot is no longer in the group or channel.
    #[error("the bot is not in the chat")]
    NotInChat,
    /// The group has a new id; repeat the call with it.
    #[error("the group has become supergroup {0}")]
    MigratedTo(i64),
    /// Our markup is wrong; the text may be sent without a parse mode.
    #[error("the text's markup is not valid")]
    CannotParseEntities,
    /// A text, caption, keyboard or file is over its limit.
    #[error("too long")]
    TooLong,
    /// The charge has been refunded before. Success, in effect.
    #[error("the payment is already refunded")]
    AlreadyRefunded,
    #[error("too many requests, retry in {} s", retry_after.as_secs())]
    TooManyRequests { retry_after: Duration },
    /// The token is revoked or wrong.
    #[error("the token is not accepted")]
    Unauthorized,
    /// Another poller, or a webhook, owns the updates.
    #[error("conflict over who receives updates")]
    Conflict,
    /// Refused for a reason without a variant; holds Telegram's words.
    #[error("refused")]
    BadRequest(String),
    /// Telegram, or a proxy before it, failed; the call may or may not have been carried out.
    #[error("telegram's servers failed")]
    Server,
    /// No connection was made, so nothing happened.
    #[error("not sent")]
    NotSent,
    /// The call was sent and its answer was lost, or could not be read.
    #[error("the outcome is not known")]
    Unknown,
}

impl Trouble {
    /// The same call will never succeed.
    pub fn is_permanent(&self) -> bool {
        !matches!(
            self,
            Self::TooManyRequests { .. }
                | Self::Conflict
                | Self::Server
                | Self::NotSent
                | Self::Unknown
        )
    }

    /// The call may have been carried out: repeat only what may happen twice.
    pub fn is_unknown_outcome(&self) -> bool {
        matches!(self, Self::Server | Self::Unknown)
    }

    /// Nothing can be sent to this chat until its user or owner acts.
    pub fn is_unreachable(&self) -> bool {
        matches!(
            self,
            Self::Blocked
                | Self::Deactivated
                | Self::ChatNotFound
                | Self::UserNotFound
                | Self::CannotInitiate
                | Self::NotInChat
        )
    }

    /// How long Telegram asks this chat, or the whole bot, to be quiet.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooManyRequests { retry_after } => Some(*retry_after),
            _ => None,
        }
    }

    /// A proxy or a server that did not answer as Telegram does.
    pub(crate) fn of_status(status: u16, retry_after: Option<u64>) -> Self {
        match status {
            429 => Self::too_many(retry_after),
            200..=299 => Self::Unknown,
            _ => Self::Server,
        }
    }

    pub(crate) fn of_refusal(code: u16, description: &str, parameters: Parameters) -> Self {
        if let Some(chat) = parameters.migrate_to_chat_id {
            return Self::MigratedTo(chat);
        }
        let words = description.to_ascii_lowercase();
        let known = match code {
            400 => bad_request(&words),
            401 => Some(Self::Unauthorized),
            403 => forbidden(&words),
            // A token of the wrong shape is answered as an unknown path.
            404 if !words.contains("method") => Some(Self::Unauthorized),
            409 => Some(Self::Conflict),
            413 => Some(Self::TooLong),
            429 => Some(Self::too_many(parameters.retry_after)),
            500.. => Some(Self::Server),
            _ => None,
        };
        known.unwrap_or_else(|| Self::BadRequest(description.to_owned()))
    }

    fn too_many(retry_after: Option<u64>) -> Self {
        let asked = retry_after.map_or(RETRY_AFTER_DEFAULT, Duration::from_secs);
        Self::TooManyRequests { retry_after: asked.clamp(Duration::from_secs(1), RETRY_AFTER_MAX) }
    }
}

/// The part of a refusal that is meant for programs.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub(crate) struct Parameters {
    /// Seconds.
    retry_after: Option<u64>,
    migrate_to_chat_id: Option<i64>,
}

fn bad_request(words: &str) -> Option<Trouble> {
    // Telegram's descriptions have changed around these parts, and never within them.
    let known = [
        ("message is not modified", Trouble::NotModified),
        ("message to edit not found", Trouble::MessageGone),
        ("message can't be edited", Trouble::MessageGone),
        ("message to delete not found", Trouble::MessageGone),
        ("message can't be deleted", Trouble::MessageGone),
        ("query is too old", Trouble::QueryTooOld),
        ("query id is invalid", Trouble::QueryTooOld),
        ("query_id_invalid", Trouble::QueryTooOld),
        ("chat not found", Trouble::ChatNotFound),
        ("peer_id_invalid", Trouble::ChatNotFound),
        ("user not found", Trouble::UserNotFound),
        ("participant_id_invalid", Trouble::UserNotFound),
        ("can't parse entities", Trouble::CannotParseEntities),
        ("is too long", Trouble::TooLong),
        ("file is too big", Trouble::TooLong),
        ("charge_already_refunded", Trouble::AlreadyRefunded),
    ];
    find(words, known)
}

fn forbidden(words: &str) -> Option<Trouble> {
    let known = [
        ("blocked by the user", Trouble::Blocked),
        ("user is deactivated", Trouble::Deactivated),
        ("can't initiate conversation", Trouble::CannotInitiate),
        ("was kicked", Trouble::NotInChat),
        ("is not a member", Trouble::NotInChat),
        ("chat was deleted", Trouble::NotInChat),
    ];
    find(words, known)
}

fn find<const N: usize>(words: &str, known: [(&str, Trouble); N]) -> Option<Trouble> {
    known.into_iter().find(|(part, _)| words.contains(part)).map(|(_, trouble)| trouble)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: u16, description: &str) -> Trouble {
        Trouble::of_refusal(code, description, Parameters::default())
    }

    #[test]
    fn every_refusal_a_shop_meets_has_its_meaning() {
        let cases = [
            (400, "Bad Request: message is not modified: same content", Trouble::NotModified),
            (400, "Bad Request: message to edit not found", Trouble::MessageGone),
            (400, "Bad Request: message can't be edited", Trouble::MessageGone),
            (400, "Bad Request: message to delete not found", Trouble::MessageGone),
            (400, "Bad Request: query is too old and response timeout", Trouble::QueryTooOld),
            (400, "Bad Request: chat not found", Trouble::ChatNotFound),
            (400, "Bad Request: PEER_ID_INVALID", Trouble::ChatNotFound),
            (400, "Bad Request: user not found", Trouble::UserNotFound),
            (400, "Bad Request: can't parse entities: Unsupported", Trouble::CannotParseEntities),
            (400, "Bad Request: message is too long", Trouble::TooLong),
            (400, "Bad Request: message caption is too long", Trouble::TooLong),
            (400, "Bad Request: CHARGE_ALREADY_REFUNDED", Trouble::AlreadyRefunded),
            (401, "Unauthorized", Trouble::Unauthorized),
            (403, "Forbidden: bot was blocked by the user", Trouble::Blocked),
            (403, "Forbidden: user is deactivated", Trouble::Deactivated),
            (403, "Forbidden: bot can't initiate conversation", Trouble::CannotInitiate),
            (403, "Forbidden: bot was kicked from the group chat", Trouble::NotInChat),
            (403, "Forbidden: bot is not a member of the channel chat", Trouble::NotInChat),
            (404, "Not Found", Trouble::Unauthorized),
            (409, "Conflict: terminated by other getUpdates request", Trouble::Conflict),
            (500, "Internal Server Error: restart", Trouble::Server),
        ];
        for (code, description, trouble) in cases {
            assert_eq!(of(code, description), trouble, "{description}");
        }
    }

    #[test]
    fn an_unknown_refusal_keeps_its_words() {
        for (code, words) in [
            (400, "Bad Request: BUTTON_DATA_INVALID"),
            (403, "Forbidden: bot can't send messages to bots"),
            (404, "Not Found: method not found"),
            (418, ""),
        ] {
            assert_eq!(of(code, words), Trouble::BadRequest(words.to_owned()));
            assert!(of(code, words).is_permanent());
        }
    }

    #[test]
    fn the_wait_is_read_defaulted_and_capped() {
        let wait = |seconds| {
            let parameters = Parameters { retry_after: seconds, migrate_to_chat_id: None };
            Trouble::of_refusal(429, "Too Many Requests", parameters).retry_after()
        };
        assert_eq!(wait(Some(17)), Some(Duration::from_secs(17)));
        assert_eq!(wait(None), Some(Duration::from_secs(5)));
        assert_eq!(wait(Some(0)), Some(Duration::from_secs(1)));
        assert_eq!(wait(Some(u64::MAX)), Some(Duration::from_hours(1)));
    }

    #[test]
    fn a_migrated_group_names_its_new_id() {
        let parameters = Parameters { retry_after: None, migrate_to_chat_id: Some(-100_123) };
        let trouble = Trouble::of_refusal(400, "Bad Request: group chat was upgraded", parameters);
        assert_eq!(trouble, Trouble::MigratedTo(-100_123));
    }

    #[test]
    fn an_answer_that_is_not_telegrams_is_never_permanent() {
        for status in [200, 302, 403, 404, 429, 502, 504] {
            assert!(!Trouble::of_status(status, None).is_permanent(), "{status}");
        }
    }
}
