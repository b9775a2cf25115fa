//! The settings that the bot reads: its own section, the shop's face, and where Telegram is.

use std::sync::Arc;

use chassis::config::{Settings, SettingsError};
use chassis::ground::StartError;
use jiff::tz::TimeZone;
use kernel::currency::Currency;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use secrecy::SecretString;
use serde::Deserialize;

use crate::outbound::Rates;
use crate::screen::Shop;

/// What Telegram takes in a second without complaint. Source: Telegram's bot FAQ says about 30.
const PER_SECOND: u32 = 28;
/// Messages to one chat at once, before one a second.
const CHAT_BURST: u32 = 3;
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
    pub channel: Option<i64>,
    /// The Bot API.
    pub telegram: telegram::Client,
}

#[derive(Deserialize)]
struct BotSection {
    locale: Locale,
    #[serde(default)]
    sending: SendingSection,
}

#[derive(Deserialize)]
#[serde(default)]
struct SendingSection {
    per_second: u32,
    chat_burst: u32,
}

impl Default for SendingSection {
    fn default() -> Self {
        Self { per_second: PER_SECOND, chat_burst: CHAT_BURST }
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
        let database: DatabaseSection = settings.section("database")?;
        let zone = TimeZone::get(&shop.timezone).map_err(|error| {
            SettingsError::from(format!("shop.timezone: {error}; use a name like Europe/Moscow"))
        })?;
        let client = telegram::Client::new(&telegram.api_url, telegram.token)
            .map_err(|error| SettingsError::from(format!("telegram: {error}")))?;
        let BotSection { locale, sending: SendingSection { per_second, chat_burst } } = bot;
        Ok(Self {
            locale,
            rates: Rates { per_second, chat_burst },
            pool_size: database.pool_size,
            shop: Arc::new(Shop {
                currency: shop.currency,
                rules: shop.rules,
                support: PersonId::new(shop.support_id).ok(),
                channel_url: shop.channel_url,
                referral_percent: payments.referral_percent,
            }),
            zone,
            owner: PersonId::new(shop.owner_id).ok(),
            channel: (shop.channel_id < 0).then_some(shop.channel_id),
            telegram: client,
        })
    }
}
