//! The settings that inventory reads: its own section, that of reviews, the shop's currency and time zone, and whether faults may be rehearsed.

use chassis::config::{Settings, SettingsError};
use chassis::kv::Limit;
use jiff::tz::TimeZone;
use kernel::currency::Currency;
use serde::Deserialize;

use crate::domain::purchase::Step;

/// What inventory runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// The one currency of prices.
    pub currency: Currency,
    /// Where a day begins and ends, for figures and promo codes.
    pub zone: TimeZone,
    /// Promo codes that do not exist, as one person may type them.
    pub wrong_codes: Limit,
    /// Whether buyers may review what they bought.
    pub reviews: bool,
    /// How long an unfinished order is left alone before recovery takes it up.
    pub reserve_seconds: u32,
    /// Connections to the database.
    pub pool_size: u32,
    /// After which step of a purchase the process kills itself, to rehearse recovery.
    pub crash_after: Option<Step>,
}

#[derive(Deserialize)]
struct Own {
    #[serde(default = "five")]
    reserve_seconds: u32,
    crash_after: Option<Step>,
    #[serde(default = "ten_an_hour")]
    wrong_codes: Limit,
}

#[derive(Deserialize)]
#[serde(default)]
struct Reviews {
    enabled: bool,
}

impl Default for Reviews {
    fn default() -> Self {
        Self { enabled: true }
    }
}

#[derive(Deserialize)]
struct Shop {
    currency: Currency,
    timezone: String,
}

#[derive(Deserialize)]
struct Database {
    pool_size: u32,
}

#[derive(Deserialize)]
struct Demo {
    #[serde(default)]
    faults: bool,
}

/// Longer than any purchase that nothing disturbs, shorter than a buyer's patience.
fn five() -> u32 {
    5
}

/// Enough for whoever mistypes, nothing for whoever guesses.
fn ten_an_hour() -> Limit {
    Limit { count: 10, per: std::time::Duration::from_hours(1) }
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// A value that cannot be used, or faults in a shop that is not for rehearsals.
    pub fn read(settings: &Settings) -> Result<Self, SettingsError> {
        let own: Own = settings.section("inventory")?;
        let demo: Demo = settings.section("demo")?;
        if own.crash_after.is_some() && !demo.faults {
            let problem = "inventory.crash_after kills this process on purpose; it is only for \
                           rehearsals, where demo.faults is true";
            return Err(problem.to_owned().into());
        }
        let shop: Shop = settings.section("shop")?;
        let zone = TimeZone::get(&shop.timezone).map_err(|error| {
            SettingsError::from(format!("shop.timezone: {error}; use a name like Europe/Moscow"))
        })?;
        Ok(Self {
            currency: shop.currency,
            zone,
            wrong_codes: own.wrong_codes,
            reviews: settings.section::<Reviews>("reviews")?.enabled,
            reserve_seconds: own.reserve_seconds,
            pool_size: settings.section::<Database>("database")?.pool_size,
            crash_after: own.crash_after,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULTS: &str = "[shop]\ncurrency = 'RUB'\ntimezone = 'UTC'\n\
                            [database]\npool_size = 10\n\
                            [inventory]\nreserve_seconds = 5\ncrash_after = ''\n\
                            [reviews]\nenabled = true\n\
                            [demo]\nfaults = false\n";

    fn read(crash_after: &str, faults: &str) -> Result<Config, String> {
        let environment = [
            ("BODEGA__INVENTORY__CRASH_AFTER".to_owned(), crash_after.to_owned()),
            ("BODEGA__DEMO__FAULTS".to_owned(), faults.to_owned()),
        ];
        let settings = Settings::load(DEFAULTS, None, environment).unwrap();
        Config::read(&settings).map_err(|error| error.to_string())
    }

    #[test]
    fn a_crash_is_rehearsed_only_where_faults_are_allowed() {
        assert_eq!(read("", "").unwrap().crash_after, None);
        assert_eq!(read("charge", "true").unwrap().crash_after, Some(Step::Charge));
        assert!(read("charge", "").unwrap_err().contains("demo.faults"));
        assert!(read("nothing", "true").unwrap_err().contains("inventory.crash_after"));
    }
}
