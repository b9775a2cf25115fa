//! Settings of the gateway, read from `gateway`, `telegram`, `shop` and `bot`.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use chassis::config::{Settings, SettingsError};
use chassis::kv::Limit;
use kernel::backoff::Backoff;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use secrecy::SecretString;
use serde::Deserialize;

pub use crate::body::BodyLimits;
pub use crate::secret::Secrets;

/// How long the head of a request may take, counted from the connection's start or the answer
/// before.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);
/// Between two looks at what Telegram has on record about our webhook.
const WEBHOOK_CHECK: Duration = Duration::from_mins(1);
/// Between tries of long polling after an error.
const BACKOFF: Backoff = Backoff { first: Duration::from_secs(1), cap: Duration::from_secs(30) };
/// The public address that means "wherever the gateway itself listens": for a Bot API on the same
/// machine.
const SELF: &str = "self";
/// Paths below these are the gateway's own.
const TAKEN: [&str; 6] = ["/health", "/hooks", "/metrics", "/export", "/console", "/bodega."];

/// What the gateway is told.
pub struct Config {
    /// Where to listen; port 0 takes any free one.
    pub bind: SocketAddr,
    /// How updates come in.
    pub ingress: Ingress,
    /// How long the head of a request may take.
    pub head_timeout: Duration,
    /// What an update's body may be.
    pub body: BodyLimits,
    /// What one person may do.
    pub limits: LimitSettings,
    /// The bot's own access to the Bot API.
    pub telegram: BotApi,
    /// The language of people whose own is not spoken here.
    pub locale: Locale,
}

/// How updates come in.
pub enum Ingress {
    /// Telegram posts them.
    Webhook {
        /// Where Telegram reaches us.
        url: PublicUrl,
        /// The path it posts to.
        path: String,
        /// How it proves itself.
        secrets: Secrets,
        /// Between two checks that the webhook is still ours.
        check_every: Duration,
    },
    /// We fetch them.
    Polling {
        /// How long one request waits for an update.
        wait: Duration,
        /// Between tries after an error.
        backoff: Backoff,
    },
}

/// Where Telegram reaches the gateway.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicUrl {
    /// At this address, without the path.
    Given(String),
    /// At the address it listens on.
    Own,
}

/// The Bot API.
pub struct BotApi {
    /// The bot's token.
    pub token: SecretString,
    /// Its base URL.
    pub url: String,
}

/// What one person may do.
#[derive(Debug, Clone, Copy)]
pub struct LimitSettings {
    /// All updates.
    pub global: Limit,
    /// Presses that buy.
    pub purchase: Limit,
    /// Presses that open an invoice.
    pub payment: Limit,
    /// How long one who goes beyond the global limit is left out; zero is not at all.
    pub ban: Duration,
    /// Who has no limits.
    pub owner: Option<PersonId>,
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// Names the setting that is missing or cannot be used.
    pub fn read(settings: &Settings) -> Result<Self, SettingsError> {
        let gateway: GatewaySection = settings.section("gateway")?;
        let telegram: TelegramSection = settings.section("telegram")?;
        let shop: ShopSection = settings.section("shop")?;
        let bot: BotSection = settings.section("bot")?;
        let limits = gateway.limits;
        Ok(Self {
            bind: SocketAddr::new(gateway.bind, gateway.port),
            ingress: ingress(telegram.webhook, telegram.polling)?,
            head_timeout: HEAD_TIMEOUT,
            body: BodyLimits { bytes_max: gateway.body_bytes_max, timeout: BODY_TIMEOUT },
            limits: LimitSettings {
                global: limits.global,
                purchase: limits.purchase,
                payment: limits.payment,
                ban: Duration::from_secs(limits.ban_seconds),
                owner: PersonId::new(shop.owner_id).ok(),
            },
            telegram: BotApi { token: telegram.token, url: telegram.api_url },
            locale: Locale::from_tag(&bot.locale).unwrap_or_default(),
        })
    }
}

fn ingress(webhook: WebhookSection, polling: PollingSection) -> Result<Ingress, SettingsError> {
    let Some(url) = webhook.url.filter(|_| webhook.enabled) else {
        let wait = Duration::from_secs(polling.wait_seconds);
        return Ok(Ingress::Polling { wait, backoff: BACKOFF });
    };
    if !is_path(&webhook.path) {
        return Err(SettingsError::from(format!(
            "telegram.webhook.path: `{}` cannot be used; use a path such as /webhook, of letters, \
             digits and - _ . /, that the gateway does not need itself",
            webhook.path
        )));
    }
    let url = match url.trim_end_matches('/') {
        SELF => PublicUrl::Own,
        given => PublicUrl::Given(given.to_owned()),
    };
    Ok(Ingress::Webhook {
        url,
        path: webhook.path,
        secrets: Secrets::new(webhook.secret, webhook.previous_secret)?,
        check_every: WEBHOOK_CHECK,
    })
}

fn is_path(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
    path.len() > 1
        && path.starts_with('/')
        && path.bytes().all(plain)
        && !TAKEN.iter().any(|taken| path.starts_with(taken))
}

#[derive(Deserialize)]
struct GatewaySection {
    bind: IpAddr,
    port: u16,
    body_bytes_max: usize,
    limits: LimitsSection,
}

#[derive(Deserialize)]
struct LimitsSection {
    global: Limit,
    purchase: Limit,
    payment: Limit,
    ban_seconds: u64,
}

#[derive(Deserialize)]
struct TelegramSection {
    token: SecretString,
    api_url: String,
    webhook: WebhookSection,
    polling: PollingSection,
}

#[derive(Deserialize)]
struct WebhookSection {
    enabled: bool,
    url: Option<String>,
    path: String,
    secret: Option<SecretString>,
    previous_secret: Option<SecretString>,
}

#[derive(Deserialize)]
struct PollingSection {
    wait_seconds: u64,
}

#[derive(Deserialize)]
struct ShopSection {
    owner_id: i64,
}

#[derive(Deserialize)]
struct BotSection {
    locale: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn webhook(enabled: bool, url: Option<&str>) -> WebhookSection {
        WebhookSection {
            enabled,
            url: url.map(str::to_owned),
            path: "/webhook".into(),
            secret: Some(SECRET.into()),
            previous_secret: None,
        }
    }

    fn url_of(section: WebhookSection) -> Option<PublicUrl> {
        match ingress(section, PollingSection { wait_seconds: 25 }).unwrap() {
            Ingress::Webhook { url, .. } => Some(url),
            Ingress::Polling { .. } => None,
        }
    }

    #[test]
    fn without_a_public_url_updates_are_fetched() {
        assert_eq!(url_of(webhook(false, None)), None);
        assert_eq!(url_of(webhook(true, None)), None);
        assert_eq!(url_of(webhook(false, Some("https://shop.example"))), None);
        let given = PublicUrl::Given("https://shop.example".into());
        assert_eq!(url_of(webhook(true, Some("https://shop.example/"))), Some(given));
        assert_eq!(url_of(webhook(true, Some("self"))), Some(PublicUrl::Own));
    }

    #[test]
    fn a_path_of_the_gateway_cannot_be_the_webhooks() {
        assert!(is_path("/webhook") && is_path("/tg/9f-2.x_1"));
        for bad in ["", "/", "webhook", "/health", "/hooks/payments/x", "/{any}", "/a b", "/a?b"] {
            assert!(!is_path(bad), "{bad:?}");
        }
    }
}
