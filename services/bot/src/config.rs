//! The settings that the bot reads: its own section, the shop's face, and where Telegram is.

use std::sync::Arc;
use std::time::Duration;

use chassis::config::{Settings, SettingsError};
use chassis::ground::StartError;
use jiff::tz::TimeZone;
use kernel::currency::Currency;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use kernel::money::Money;
use secrecy::SecretString;
use serde::Deserialize;
use telegram::ChatId;

use crate::news_channel::NewsChannel;
use crate::outbound::Rates;
use crate::rewards::Rewards;
use crate::screen::Shop;
use crate::subscriptions::{Channel, WhenUnknown};
use crate::user_data::NewcomerChannel;

/// What Telegram takes in a second without complaint. Source: Telegram's bot FAQ says about 30.
const PER_SECOND: u32 = 28;
/// Messages to one chat at once, before one a second.
const CHAT_BURST: u32 = 3;
/// The most of it that broadcasts take, in percent.
const BROADCAST_PERCENT: u32 = 80;
/// People wait for an answer so long before staff are reminded.
const REMIND_MINUTES: u32 = 60;
/// Closed conversations are kept so long.
const TICKETS_KEPT_DAYS: u32 = 180;
/// Each is a question to Telegram.
const CHANNELS_MAX: usize = 10;
/// Connections to the database.
const POOL_SIZE: u32 = 10;

/// The settings, checked.
pub struct Config {
    /// For whoever speaks neither language.
    pub locale: Locale,
    /// How much may be sent.
    pub rates: Rates,
    /// Connections to the database.
    pub pool_size: u32,
    /// Settings that people see.
    pub shop: Arc<Shop>,
    /// For dates.
    pub zone: TimeZone,
    /// Who may do all.
    pub owner: Option<PersonId>,
    /// The news channel, where fresh stock is posted.
    pub channel: Option<NewsChannel>,
    /// Buttons on older messages move no money; none: there is no such limit.
    pub replay_window: Option<Duration>,
    /// How long a purchase waits for money; none: it does not.
    pub buy_on: Option<Duration>,
    /// Channels to be in.
    pub channels: Vec<Channel>,
    /// What counts while Telegram does not say who is in them.
    pub when_unknown: WhenUnknown,
    /// What joining channels is worth.
    pub rewards: Rewards,
    /// After so many minutes of waiting staff are reminded; 0: never.
    pub remind_minutes: u32,
    /// Days for which closed conversations are kept; none where they are never forgotten.
    pub tickets_kept_days: Option<i32>,
    /// The channel that learns of new people.
    pub user_data: Option<NewcomerChannel>,
    /// The Bot API.
    pub telegram: telegram::Client,
}

#[derive(Deserialize)]
struct BotSection {
    locale: Locale,
    replay_seconds: u64,
    buy_on_seconds: u64,
    #[serde(default)]
    sending: SendingSection,
    #[serde(default)]
    subscriptions: SubscriptionsSection,
    #[serde(default)]
    user_data: UserDataSection,
    #[serde(default)]
    rewards: RewardsSection,
    #[serde(default)]
    tickets: TicketsSection,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(default)]
struct TicketsSection {
    remind_minutes: u32,
    kept_days: u32,
}

impl Default for TicketsSection {
    fn default() -> Self {
        Self { remind_minutes: REMIND_MINUTES, kept_days: TICKETS_KEPT_DAYS }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RewardsSection {
    channels: Vec<String>,
    amount: String,
    take_back_days: u32,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct UserDataSection {
    channel_id: i64,
    key: Option<SecretString>,
    consent: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SubscriptionsSection {
    channels: Vec<String>,
    news_channel: bool,
    when_unknown: WhenUnknown,
}

#[derive(Deserialize)]
#[serde(default)]
struct SendingSection {
    per_second: u32,
    chat_burst: u32,
    broadcast_percent: u32,
}

impl Default for SendingSection {
    fn default() -> Self {
        Self {
            per_second: PER_SECOND,
            chat_burst: CHAT_BURST,
            broadcast_percent: BROADCAST_PERCENT,
        }
    }
}

#[derive(Deserialize)]
struct ShopSection {
    currency: Currency,
    timezone: String,
    #[serde(default)]
    owner_id: i64,
    #[serde(default)]
    rules: String,
    #[serde(default)]
    support_id: i64,
    channel_url: Option<String>,
    #[serde(default)]
    channel_id: i64,
}

#[derive(Deserialize)]
struct ReviewsSection {
    enabled: bool,
}

#[derive(Deserialize)]
struct TelegramSection {
    token: SecretString,
    api_url: String,
}

#[derive(Deserialize)]
struct PaymentsSection {
    #[serde(default)]
    referral_percent: u8,
}

#[derive(Deserialize)]
struct DatabaseSection {
    #[serde(default = "pool_size")]
    pool_size: u32,
}

fn pool_size() -> u32 {
    POOL_SIZE
}

impl Config {
    /// Reads and checks the settings.
    ///
    /// # Errors
    /// A setting is missing or wrong; the text says which and what to do.
    pub fn read(settings: &Settings) -> Result<Self, StartError> {
        let bot: BotSection = settings.section("bot")?;
        let shop: ShopSection = settings.section("shop")?;
        let telegram: TelegramSection = settings.section("telegram")?;
        let payments: PaymentsSection = settings.section("payments")?;
        let reviews: ReviewsSection = settings.section("reviews")?;
        let database: DatabaseSection = settings.section("database")?;
        let zone = TimeZone::get(&shop.timezone).map_err(|error| {
            SettingsError::from(format!("shop.timezone: {error}; use a name like Europe/Moscow"))
        })?;
        let client = telegram::Client::new(&telegram.api_url, telegram.token)
            .map_err(|error| SettingsError::from(format!("telegram: {error}")))?;
        let channels = channels(&bot.subscriptions, &shop)?;
        let tickets = bot.tickets;
        let rewards = read_rewards(&bot.rewards, shop.currency)?;
        let BotSection {
            locale,
            replay_seconds,
            buy_on_seconds,
            sending,
            subscriptions,
            user_data,
            ..
        } = bot;
        let consent = user_data.consent.trim().to_owned();
        let user_data = read_user_data(user_data)?;
        let SendingSection { per_second, chat_burst, broadcast_percent } = sending;
        let channel = news_chat(&shop).map(NewsChannel::new);
        Ok(Self {
            locale,
            rates: Rates { per_second, chat_burst, bulk_percent: broadcast_percent },
            pool_size: database.pool_size,
            shop: Arc::new(Shop {
                currency: shop.currency,
                rules: shop.rules,
                support: PersonId::new(shop.support_id).ok(),
                channel_url: shop.channel_url,
                reviews: reviews.enabled,
                referral_percent: payments.referral_percent,
                reward: rewards.is_on().then_some(rewards.amount),
                data_notice: user_data.is_some().then_some(consent),
            }),
            zone,
            owner: PersonId::new(shop.owner_id).ok(),
            channel,
            replay_window: time(replay_seconds),
            buy_on: time(buy_on_seconds),
            channels,
            rewards,
            remind_minutes: tickets.remind_minutes,
            tickets_kept_days: Some(tickets.kept_days.cast_signed()).filter(|days| *days > 0),
            when_unknown: subscriptions.when_unknown,
            user_data,
            telegram: client,
        })
    }
}

/// Zero means that there is none.
fn time(seconds: u64) -> Option<Duration> {
    (seconds > 0).then(|| Duration::from_secs(seconds))
}

/// Channels that reward; without an amount there are none.
fn read_rewards(section: &RewardsSection, currency: Currency) -> Result<Rewards, SettingsError> {
    let text = if section.amount.is_empty() { "0" } else { &section.amount };
    let amount = Money::parse(text, currency)
        .map_err(|why| SettingsError::from(format!("bot.rewards.amount: {why}")))?;
    let mut channels = Vec::new();
    for text in &section.channels {
        channels.push(Channel::read(text).map_err(|why| {
            SettingsError::from(format!("bot.rewards.channels: `{text}`: {why}"))
        })?);
    }
    if channels.len() > CHANNELS_MAX {
        return Err(format!("bot.rewards.channels: at most {CHANNELS_MAX}").into());
    }
    let take_back_days = section.take_back_days;
    Ok(Rewards { channels: channels.into(), amount, take_back_days })
}

/// The channel of user data; without the owner's words to people about it there is none.
fn read_user_data(section: UserDataSection) -> Result<Option<NewcomerChannel>, SettingsError> {
    if section.channel_id == 0 {
        return Ok(None);
    }
    if section.consent.trim().is_empty() {
        return Err(SettingsError::from(
            "bot.user_data.consent is not set, and bot.user_data.channel_id is: tell people in it \
             what is posted and why"
                .to_owned(),
        ));
    }
    let key = section.key.unwrap_or_else(|| String::new().into());
    let data = NewcomerChannel::new(section.channel_id, key)
        .map_err(|why| SettingsError::from(format!("bot.user_data.key: {why}")))?;
    Ok(Some(data))
}

/// The channels that people must be in; the news channel is one of them where that is switched on.
fn channels(
    section: &SubscriptionsSection,
    shop: &ShopSection,
) -> Result<Vec<Channel>, SettingsError> {
    let wrong = |text: &str, why: &str| {
        SettingsError::from(format!("bot.subscriptions.channels: `{text}`: {why}"))
    };
    let mut channels = Vec::new();
    for text in &section.channels {
        channels.push(Channel::read(text).map_err(|why| wrong(text, why))?);
    }
    if section.news_channel {
        channels.push(news_channel(shop).ok_or_else(|| {
            SettingsError::from(
                "bot.subscriptions.news_channel is on: set shop.channel_url (CHANNEL_URL), and \
                 for a private channel shop.channel_id (CHANNEL_ID) too"
                    .to_owned(),
            )
        })?);
    }
    channels.dedup();
    if channels.len() > CHANNELS_MAX {
        return Err(format!("bot.subscriptions.channels: at most {CHANNELS_MAX}").into());
    }
    Ok(channels)
}

fn news_channel(shop: &ShopSection) -> Option<Channel> {
    let url = shop.channel_url.as_deref()?;
    let chat = if shop.channel_id == 0 {
        url.strip_prefix("https://t.me/")?.to_owned()
    } else {
        shop.channel_id.to_string()
    };
    Channel::read(&format!("{chat} {url}")).ok()
}

/// The same for posts, which need no address where people join.
fn news_chat(shop: &ShopSection) -> Option<ChatId> {
    match shop.channel_id {
        id if id < 0 => Some(ChatId::Id(id)),
        _ => news_channel(shop).map(|channel| channel.chat),
    }
}

#[cfg(test)]
mod tests {
    use chassis::ground::Wires;
    use contract::switchboard::Switchboard;

    use super::*;

    fn read(settings: &str) -> Result<Config, String> {
        let wire = || Switchboard::default().wire();
        let wires = Wires { payments: wire(), inventory: wire(), bot: wire(), admin: wire() };
        let settings = format!("[telegram]\ntoken = \"7:abc\"\n{settings}");
        let ground = testkit::ground_without_database(&settings, wires);
        Config::read(&ground.settings).map_err(|error| error.to_string())
    }

    fn channels(settings: &str) -> Result<Vec<String>, String> {
        Ok(read(settings)?
            .channels
            .into_iter()
            .map(|channel| format!("{:?}", channel.chat))
            .collect())
    }

    #[test]
    fn bug_19_a_retention_of_0_keeps_everything() {
        let kept = |days: u32| read(&format!("[bot.tickets]\nkept_days = {days}\n")).unwrap();
        assert_eq!(kept(0).tickets_kept_days, None);
        assert_eq!(kept(1).tickets_kept_days, Some(1));
        assert_eq!(kept(3_650).tickets_kept_days, Some(3_650));
    }

    #[test]
    fn pay_24_channels_reward_only_where_there_is_an_amount() {
        assert!(!read("").unwrap().rewards.is_on());
        let channels = "[bot.rewards]\nchannels = [\"@news\", \"-100777 https://t.me/+x\"]\n";
        let without = read(channels).unwrap();
        assert!(!without.rewards.is_on() && without.shop.reward.is_none());
        let rewards = read(&format!("{channels}amount = \"12.50\"\n")).unwrap().rewards;
        assert!(rewards.is_on() && rewards.amount.minor == 1_250 && rewards.take_back_days == 0);
        let keys: Vec<String> = rewards.channels.iter().map(Channel::key).collect();
        assert_eq!(keys, ["@news", "-100777"]);
        let wrong = "[bot.rewards]\nchannels = [\"777\"]\n";
        assert!(read(wrong).err().unwrap().contains("bot.rewards.channels"));
    }

    #[test]
    fn shop_19_news_go_to_the_channel_of_the_settings_by_its_id_or_its_public_name() {
        for (settings, wanted) in [
            ("", None),
            ("channel_url = \"https://t.me/example\"", Some("@example")),
            ("channel_url = \"https://t.me/+invitation\"", None),
            ("channel_url = \"https://example.com\"", None),
            ("channel_id = -1001234", Some("-1001234")),
            ("channel_url = \"https://t.me/example\"\nchannel_id = -1001234", Some("-1001234")),
        ] {
            let channel = read(&format!("[shop]\n{settings}")).unwrap().channel;
            let channel = channel.map(|channel| channel.to_string());
            assert_eq!(channel.as_deref(), wanted, "{settings}");
        }
    }

    #[test]
    fn num_11_the_channel_of_user_data_is_off_unless_the_owner_says_why() {
        assert!(read("").unwrap().user_data.is_none());
        let channel = "[bot.user_data]\nchannel_id = -100777\n";
        assert!(read(channel).err().unwrap().contains("bot.user_data.consent"));
        let consent = format!("{channel}consent = \"We count newcomers.\"\n");
        assert!(read(&consent).err().unwrap().contains("bot.user_data.key"));
        let whole = read(&format!("{consent}key = \"{}\"\n", "k".repeat(32))).unwrap();
        assert_eq!(whole.user_data.unwrap().channel, -100_777);
        assert_eq!(whole.shop.data_notice.as_deref(), Some("We count newcomers."));
    }

    #[test]
    fn ux_06_num_13_channels_are_read_from_the_settings() {
        assert_eq!(channels(""), Ok(vec![]));
        let named = "[shop]\nchannel_url = \"https://t.me/news\"\n";
        assert_eq!(channels(named), Ok(vec![]), "the news channel alone asks nobody to join");
        let on = "[bot.subscriptions]\nnews_channel = true\n";
        let news = || vec!["Username(\"@news\")".to_owned()];
        assert_eq!(channels(&format!("{named}{on}")), Ok(news()));
        let by_id = format!("{named}channel_id = -100777\n{on}");
        assert_eq!(channels(&by_id), Ok(vec!["Id(-100777)".to_owned()]));
        let both = format!("{named}{on}channels = [\"-100555 https://t.me/+x\"]\n");
        assert_eq!(channels(&both).unwrap().len(), 2);
        assert!(channels(on).unwrap_err().contains("CHANNEL_URL"));
        let wrong = "[bot.subscriptions]\nchannels = [\"777\"]\n";
        assert!(channels(wrong).unwrap_err().contains("`777`"));
    }
}
