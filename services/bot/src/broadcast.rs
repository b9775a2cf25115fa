//! One message to many people: what it says, whom it is for, how far it is. What breaks a rule cannot be made.

pub mod wire;

use std::time::Duration;

use jiff::Timestamp;
use kernel::ids::{BroadcastId, ItemId, PersonId};
use kernel::locale::Locale;
use kernel::money::Money;
use serde::{Deserialize, Serialize};
use telegram::InlineButton;
use telegram::html::{CAPTION_UNITS_MAX, MESSAGE_BYTES_MAX, MESSAGE_UNITS_MAX};

use crate::html::Html;
use crate::screen::{Key, View};

/// Buttons under one message.
pub const BUTTONS_MAX: usize = 10;
/// Characters on a button.
const LABEL_MAX: usize = 64;
/// More is refused by Telegram's clients.
const URL_BYTES_MAX: usize = 2_048;
/// Days of absence that are worth asking about.
pub const DAYS: std::ops::RangeInclusive<u32> = 1..=3_650;

/// What it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Telegram's HTML.
    pub html: String,
    /// What Telegram calls the picture above it.
    pub photo: Option<String>,
    /// One below the other.
    pub buttons: Vec<Link>,
}

/// A button that opens a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What is on it.
    pub label: String,
    /// What it opens.
    pub url: String,
}

/// Why something cannot be said to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidContent {
    /// Nothing to read.
    #[error("the text is empty")]
    Empty,
    /// More than a message, or the caption of a picture, holds.
    #[error("the text must have at most {0} characters")]
    TooLong(usize),
    /// More buttons than a message should have.
    #[error("at most {BUTTONS_MAX} buttons")]
    TooManyButtons,
    /// A button without words or without an address that Telegram opens.
    #[error("a button has 1 to {LABEL_MAX} characters and an http, https or tg address")]
    Button,
}

impl Content {
    /// A message that Telegram takes.
    ///
    /// # Errors
    /// What it would refuse.
    pub fn new(
        html: String,
        photo: Option<String>,
        buttons: Vec<Link>,
    ) -> Result<Self, InvalidContent> {
        let text = Html::trusted(html.into());
        let most = if photo.is_some() { CAPTION_UNITS_MAX } else { MESSAGE_UNITS_MAX };
        if text.visible().trim().is_empty() && photo.is_none() {
            return Err(InvalidContent::Empty);
        }
        if text.visible_len() > most || text.as_str().len() > MESSAGE_BYTES_MAX {
            return Err(InvalidContent::TooLong(most));
        }
        if buttons.len() > BUTTONS_MAX {
            return Err(InvalidContent::TooManyButtons);
        }
        if !buttons.iter().all(Link::is_sound) {
            return Err(InvalidContent::Button);
        }
        Ok(Self { html: text.as_str().to_owned(), photo, buttons })
    }

    /// The message as everybody sees it.
    pub fn view(&self) -> View {
        let keys = self.buttons.iter().map(|link| Key::url(link.label.clone().into(), &link.url));
        View::new(Html::trusted(self.html.clone().into())).with_photo(self.photo.clone()).list(keys)
    }
}

impl Link {
    /// Reads buttons as staff type them: a line each, `Label | https://…`.
    ///
    /// # Errors
    /// A line is not that, or there are too many.
    pub fn read_all(text: &str) -> Result<Vec<Self>, InvalidContent> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let links: Option<Vec<Self>> = lines
            .map(|line| {
                let (label, url) = line.rsplit_once('|')?;
                let link = Self { label: label.trim().into(), url: url.trim().into() };
                link.is_sound().then_some(link)
            })
            .collect();
        let links = links.filter(|links| !links.is_empty()).ok_or(InvalidContent::Button)?;
        if links.len() > BUTTONS_MAX { Err(InvalidContent::TooManyButtons) } else { Ok(links) }
    }

    fn is_sound(&self) -> bool {
        (1..=LABEL_MAX).contains(&self.label.chars().count())
            && !self.label.trim().is_empty()
            && self.url.len() <= URL_BYTES_MAX
            && InlineButton::url(self.label.as_str(), &self.url).is_ok()
    }
}

/// Whom it is for; never people who are blocked or whom messages do not reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// All.
    Everybody,
    /// Whoever has bought something.
    Buyers,
    /// Whoever never has.
    WithoutPurchase,
    /// Whoever was not seen for some time.
    Inactive {
        /// So many days.
        days: u32,
    },
    /// Whoever paid more than this for all orders together.
    SpentOver {
        /// In the shop's currency.
        amount: Money,
    },
    /// Whoever bought an item.
    Bought {
        /// Which.
        item: ItemId,
    },
    /// Whoever is spoken to in a language.
    Speaking {
        /// Which.
        locale: Locale,
    },
}

/// How a broadcast stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Written, and nothing more.
    Draft,
    /// Begins by itself.
    Scheduled,
    /// Goes out while it is still being found out to whom.
    Spreading,
    /// Goes out.
    Sending,
    /// Everybody was written to.
    Done,
    /// Stopped.
    Cancelled,
}

impl State {
    /// As in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Spreading => "spreading",
            Self::Sending => "sending",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::Draft,
            Self::Scheduled,
            Self::Spreading,
            Self::Sending,
            Self::Done,
            Self::Cancelled,
        ];
        all.into_iter().find(|state| state.name() == name)
    }

    /// Nothing has left yet.
    pub fn is_ahead(self) -> bool {
        matches!(self, Self::Draft | Self::Scheduled)
    }

    /// Messages leave at this moment.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Spreading | Self::Sending)
    }
}

/// What became of it, in people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Whom it is for, as far as that is known.
    pub people: u64,
    /// They have it.
    pub sent: u64,
    /// They blocked the bot, or their account is gone.
    pub unreachable: u64,
    /// Telegram refused it for good.
    pub failed: u64,
    /// Whether they have it is not known; they are not written to again.
    pub in_doubt: u64,
}

impl Tally {
    /// Those for whom it is over.
    pub fn ended(&self) -> u64 {
        self.sent + self.unreachable + self.failed + self.in_doubt
    }

    /// The same in whole percent; all of nobody is everything.
    pub fn percent(&self) -> u64 {
        (self.ended() * 100).checked_div(self.people).unwrap_or(100).min(100)
    }
}

/// A broadcast as it stands.
#[derive(Debug, Clone)]
pub struct Broadcast {
    /// Made by whoever wrote it.
    pub id: BroadcastId,
    /// Who wrote it.
    pub author: PersonId,
    /// What it says.
    pub content: Content,
    /// Whom it is for.
    pub audience: Audience,
    /// How it stands.
    pub state: State,
    /// When it is to begin.
    pub starts_at: Option<Timestamp>,
    /// When it began.
    pub started_at: Option<Timestamp>,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
    /// What became of it.
    pub tally: Tally,
}

impl Broadcast {
    /// How long it took, or takes as yet.
    pub fn took(&self, now: Timestamp) -> Option<Duration> {
        let end = self.finished_at.unwrap_or(now);
        let seconds = end.as_second().saturating_sub(self.started_at?.as_second());
        Some(Duration::from_secs(u64::try_from(seconds).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(label: &str, url: &str) -> Link {
        Link { label: label.into(), url: url.into() }
    }

    #[test]
    fn peer_15_buttons_are_read_line_by_line() {
        let read = Link::read_all("Shop | https://example.com\n\n a|b | tg://resolve?domain=x \n");
        let links = vec![link("Shop", "https://example.com"), link("a|b", "tg://resolve?domain=x")];
        assert_eq!(read, Ok(links));
        for wrong in [
            "",
            "\n",
            "Shop",
            "| https://example.com",
            "Shop | javascript:alert(1)",
            "Shop | https://example.com\nno address",
            "Shop | ftp://example.com",
        ] {
            assert_eq!(Link::read_all(wrong), Err(InvalidContent::Button), "{wrong:?}");
        }
        let long = format!("{} | https://example.com", "ж".repeat(65));
        assert_eq!(Link::read_all(&long), Err(InvalidContent::Button));
        let many = "x | https://example.com\n".repeat(11);
        assert_eq!(Link::read_all(&many), Err(InvalidContent::TooManyButtons));
    }

    #[test]
    fn sec_08_adm_04_what_telegram_would_refuse_is_refused_before() {
        let new = |html: &str, photo: Option<&str>| {
            Content::new(html.into(), photo.map(str::to_owned), Vec::new()).map(drop)
        };
        assert_eq!(new("<b>Hi</b>", None), Ok(()));
        assert_eq!(new(" <b> </b>", None), Err(InvalidContent::Empty));
        assert_eq!(new("", Some("AgAC")), Ok(()), "a picture may stand alone");
        let fits = format!("<b>{}</b>", "🎉".repeat(2_048));
        assert_eq!(new(&fits, None), Ok(()));
        assert_eq!(new(&format!("{fits}!"), None), Err(InvalidContent::TooLong(4_096)));
        let caption = "ж".repeat(1_025);
        assert_eq!(new(&caption, Some("AgAC")), Err(InvalidContent::TooLong(1_024)));
        let bad = vec![link(" ", "https://example.com")];
        assert_eq!(Content::new("Hi".into(), None, bad), Err(InvalidContent::Button));
    }

    #[test]
    fn adm_04_a_share_is_never_more_than_all_and_nobody_is_everything() {
        let tally = Tally { people: 3, sent: 1, unreachable: 1, ..Tally::default() };
        assert_eq!((tally.ended(), tally.percent()), (2, 66));
        assert_eq!(Tally::default().percent(), 100);
        assert_eq!(Tally { people: 2, sent: 3, ..Tally::default() }.percent(), 100);
    }
}
