//! Membership of chats; in a private chat, whether the bot is blocked.

use serde::Deserialize;

use crate::user::{Chat, User};

/// The bot's own place in a chat changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MyChatMember<'a> {
    #[serde(borrow)]
    pub chat: Chat<'a>,
    #[serde(borrow)]
    pub from: User<'a>,
    /// Unix seconds.
    #[serde(default)]
    pub date: i64,
    #[serde(rename = "old_chat_member")]
    pub old: ChatMember,
    #[serde(rename = "new_chat_member")]
    pub new: ChatMember,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct ChatMember {
    #[serde(default)]
    pub status: MemberStatus,
    /// Sent for [`MemberStatus::Restricted`] only: such a user may be in the chat or out of it.
    #[serde(default)]
    pub is_member: bool,
}

impl ChatMember {
    pub fn is_in(self) -> bool {
        match self.status {
            MemberStatus::Creator | MemberStatus::Administrator | MemberStatus::Member => true,
            MemberStatus::Restricted => self.is_member,
            MemberStatus::Left | MemberStatus::Kicked | MemberStatus::Other => false,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MemberStatus {
    Creator,
    Administrator,
    Member,
    Restricted,
    Left,
    /// Banned; of the bot in a private chat, blocked.
    Kicked,
    #[default]
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_restricted_are_in_when_they_are_members() {
        let read = |json: &str| serde_json::from_str::<ChatMember>(json).unwrap();
        assert!(read(r#"{"status":"restricted","is_member":true}"#).is_in());
        assert!(!read(r#"{"status":"restricted","is_member":false}"#).is_in());
        assert!(read(r#"{"status":"creator","user":{"id":7}}"#).is_in());
        assert!(!read(r#"{"status":"ascended"}"#).is_in());
    }
}
