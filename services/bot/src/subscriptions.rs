//! Channels that people must be in before they are served: asked of Telegram, remembered for a while.

use std::sync::Arc;
use std::time::Duration;

use chassis::kv::Kv;
use futures_util::future::join_all;
use kernel::ids::{self, PersonId};
use telegram::{ChatId, Client, GetChatMember, Trouble};

use crate::screens::Screen;

/// Whoever is in all channels is not asked about again for this long.
const REMEMBERED_IN: Duration = Duration::from_mins(10);
/// Whoever is not, or of whom Telegram said nothing, may come in soon.
const REMEMBERED_OUT: Duration = Duration::from_secs(15);
/// Where somebody wanted to go is known for as long as an open question.
const WANTED: Duration = Duration::from_hours(1);
/// A person waits for the answer.
const ASK_WITHIN: Duration = Duration::from_secs(3);

/// A channel to be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// How Telegram is asked about it; the bot must be an administrator there.
    pub chat: ChatId,
    /// Where people join it.
    pub url: String,
}

/// What counts while Telegram does not say whether somebody is in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WhenUnknown {
    /// They are served.
    #[default]
    Open,
    /// They are not.
    Closed,
}

/// All such channels. Cheap to clone.
#[derive(Clone)]
pub struct Subscriptions {
    channels: Arc<[Channel]>,
    when_unknown: WhenUnknown,
    /// So that what was remembered of other channels is not taken for these.
    fingerprint: Arc<str>,
    client: Client,
    kv: Kv,
}

/// Whether somebody is in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// They are.
    In,
    /// They are not.
    Out,
    /// Telegram does not say.
    Unknown,
}

impl Channel {
    /// Reads `@name`, or `@name` or an id and the address where people join.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, &'static str> {
        let (chat, url) = match text.trim().split_once(char::is_whitespace) {
            Some((chat, url)) => (chat, Some(url.trim())),
            None => (text.trim(), None),
        };
        let chat = ChatId::from(chat);
        let url = match (&chat, url) {
            (_, Some(url)) if url.starts_with("https://") => url.to_owned(),
            (_, Some(_)) => return Err("its address begins with https://"),
            (ChatId::Username(name), None) => format!("https://t.me/{}", &name[1..]),
            (ChatId::Id(_), None) => return Err("an id needs the address where people join"),
        };
        match &chat {
            ChatId::Id(id) if *id >= 0 => Err("the id of a channel begins with -100"),
            ChatId::Username(name) if !is_username(&name[1..]) => Err("that is no channel's name"),
            _ => Ok(Self { chat, url }),
        }
    }

    /// How it is written down.
    pub fn key(&self) -> String {
        match &self.chat {
            ChatId::Username(name) => name.clone(),
            ChatId::Id(id) => id.to_string(),
        }
    }

    /// What people call it, where that is known.
    pub fn name(&self) -> Option<&str> {
        match &self.chat {
            ChatId::Username(name) => Some(name),
            ChatId::Id(_) => None,
        }
    }
}

fn is_username(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Subscriptions {
    /// Of these channels; without any, nobody is asked about.
    pub fn new(channels: Vec<Channel>, when_unknown: WhenUnknown, client: Client, kv: Kv) -> Self {
        let words: Vec<String> =
            channels.iter().map(|channel| format!("{:?}", channel.chat)).collect();
        let fingerprint = ids::derived("subscriptions", &words.join(" ")).simple().to_string();
        Self {
            channels: channels.into(),
            when_unknown,
            fingerprint: fingerprint.into(),
            client,
            kv,
        }
    }

    /// Whether there is anything to be in.
    pub fn is_on(&self) -> bool {
        !self.channels.is_empty()
    }

    /// The channels that a person still has to join, as remembered or, failing that, as Telegram says.
    pub async fn missing(&self, person: PersonId) -> Vec<&Channel> {
        match self.kv.get(&self.key(person)).await {
            Some(places) => self.at(&places),
            None => self.missing_now(person).await,
        }
    }

    /// The same as Telegram says at this moment.
    pub async fn missing_now(&self, person: PersonId) -> Vec<&Channel> {
        let asked = self.channels.iter().map(|channel| self.ask(channel, person));
        let answers = join_all(asked).await;
        let mut is_certain = true;
        let mut places = Vec::new();
        for (place, answer) in (0_u8..).zip(answers) {
            let is_in = match answer {
                Membership::In => true,
                Membership::Out => false,
                Membership::Unknown => {
                    is_certain = false;
                    self.when_unknown == WhenUnknown::Open
                }
            };
            if !is_in {
                places.push(place);
            }
        }
        let for_long = is_certain && places.is_empty();
        let ttl = if for_long { REMEMBERED_IN } else { REMEMBERED_OUT };
        self.kv.set(&self.key(person), &places, ttl).await;
        self.at(&places)
    }

    /// Remembers where somebody wanted to go.
    pub async fn keep_wanted(&self, person: PersonId, screen: &Screen) {
        self.kv.set(&wanted_key(person), screen.encode().as_bytes(), WANTED).await;
    }

    /// Where they wanted to go.
    pub async fn wanted(&self, person: PersonId) -> Option<Screen> {
        let code = self.kv.get(&wanted_key(person)).await?;
        Screen::decode(std::str::from_utf8(&code).ok()?)
    }

    /// Asks Telegram whether somebody is in a channel at this moment.
    pub async fn ask(&self, channel: &Channel, person: PersonId) -> Membership {
        let member = GetChatMember { chat_id: channel.chat.clone(), user_id: person.0 };
        let answer = tokio::time::timeout(ASK_WITHIN, self.client.get_chat_member(&member)).await;
        match answer {
            Ok(Ok(member)) if member.is_in() => Membership::In,
            Ok(Ok(_)) => Membership::Out,
            Ok(Err(error)) if *error.trouble() == Trouble::UserNotFound => Membership::Out,
            Ok(Err(error)) => {
                tracing::warn!(%error, chat = ?channel.chat, "who is in a channel is not known");
                Membership::Unknown
            }
            Err(_) => {
                tracing::warn!(chat = ?channel.chat, "telegram is slow to say who is in a channel");
                Membership::Unknown
            }
        }
    }

    fn at(&self, places: &[u8]) -> Vec<&Channel> {
        places.iter().filter_map(|place| self.channels.get(usize::from(*place))).collect()
    }

    fn key(&self, person: PersonId) -> String {
        format!("bot:subscribed:{}:{person}", self.fingerprint)
    }
}

fn wanted_key(person: PersonId) -> String {
    format!("bot:wanted:{person}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn num_12_a_channel_is_a_name_or_an_id_and_where_to_join_it() {
        let read = |text: &str| Channel::read(text).map(|channel| (channel.chat, channel.url));
        let news = ChatId::Username("@news".into());
        assert_eq!(read("@news"), Ok((news.clone(), "https://t.me/news".into())));
        assert_eq!(read(" news  https://t.me/+x "), Ok((news, "https://t.me/+x".into())));
        assert_eq!(
            read("-100777 https://t.me/+x"),
            Ok((ChatId::Id(-100_777), "https://t.me/+x".into()))
        );
        for wrong in ["", "@", "-100777", "777 https://t.me/x", "@news t.me/news", "@ne²ws"] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
