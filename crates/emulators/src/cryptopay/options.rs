//! What a Crypto Pay emulator is started with.

use kernel::clock::Clock;
use rust_decimal::Decimal;

pub use crate::server::Bind;

/// How to start; the defaults suit tests.
pub struct Options {
    /// The app's token, `<app id>:<secret>`.
    pub token: String,
    pub app_name: String,
    pub bind: Bind,
    pub clock: Clock,
    /// Retry delays are multiplied by this: 1.0 is the service's pace.
    pub pace: f64,
    /// Told of paid invoices; none is told until [`super::CryptoPay::set_webhook`].
    pub webhook_url: Option<String>,
    /// The service's share of each payment, in percent.
    pub fee_percent: Decimal,
    /// Whether the app may make transfers; the real service forbids them at first.
    pub transfers_allowed: bool,
    /// People who never started the service's bot: transfers to them are refused.
    pub strangers: Vec<i64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            token: "12345:AAexampleTokenForDocsOnly000000000000".to_owned(),
            app_name: "Bodega".to_owned(),
            bind: Bind::default(),
            clock: Clock::System,
            pace: 0.01,
            webhook_url: None,
            fee_percent: Decimal::new(1, 0),
            transfers_allowed: true,
            strangers: Vec::new(),
        }
    }
}

impl Options {
    /// Real pace, for a person at a browser.
    pub fn demo() -> Self {
        Self { pace: 1.0, ..Self::default() }
    }
}
