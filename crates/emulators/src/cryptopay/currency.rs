//! The currencies that are known, and what one is worth in another.

use std::collections::HashMap;
use std::sync::RwLock;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::lock::{read, write};

/// A crypto asset, and what it costs in US cents to begin with.
pub(crate) struct Asset {
    pub(crate) code: &'static str,
    name: &'static str,
    pub(crate) decimals: u32,
    usd_cents: i64,
}

impl Asset {
    fn is_stable(&self) -> bool {
        self.code.starts_with("USD")
    }
}

pub(crate) static ASSETS: [Asset; 8] = [
    Asset { code: "USDT", name: "Tether", decimals: 6, usd_cents: 100 },
    Asset { code: "TON", name: "Toncoin", decimals: 9, usd_cents: 314 },
    Asset { code: "BTC", name: "Bitcoin", decimals: 8, usd_cents: 6_500_000 },
    Asset { code: "ETH", name: "Ethereum", decimals: 8, usd_cents: 320_000 },
    Asset { code: "LTC", name: "Litecoin", decimals: 8, usd_cents: 8_400 },
    Asset { code: "BNB", name: "Binance Coin", decimals: 8, usd_cents: 60_000 },
    Asset { code: "TRX", name: "Tron", decimals: 6, usd_cents: 27 },
    Asset { code: "USDC", name: "USD Coin", decimals: 6, usd_cents: 100 },
];

/// A fiat currency, and how many of it one US dollar buys, times a hundred.
struct Fiat {
    code: &'static str,
    per_usd_hundredths: i64,
}

static FIATS: [Fiat; 20] = [
    Fiat { code: "USD", per_usd_hundredths: 100 },
    Fiat { code: "EUR", per_usd_hundredths: 92 },
    Fiat { code: "RUB", per_usd_hundredths: 9_000 },
    Fiat { code: "BYN", per_usd_hundredths: 327 },
    Fiat { code: "UAH", per_usd_hundredths: 4_100 },
    Fiat { code: "GBP", per_usd_hundredths: 79 },
    Fiat { code: "CNY", per_usd_hundredths: 725 },
    Fiat { code: "KZT", per_usd_hundredths: 47_500 },
    Fiat { code: "UZS", per_usd_hundredths: 1_260_000 },
    Fiat { code: "GEL", per_usd_hundredths: 272 },
    Fiat { code: "TRY", per_usd_hundredths: 3_250 },
    Fiat { code: "AMD", per_usd_hundredths: 38_800 },
    Fiat { code: "THB", per_usd_hundredths: 3_600 },
    Fiat { code: "INR", per_usd_hundredths: 8_350 },
    Fiat { code: "BRL", per_usd_hundredths: 510 },
    Fiat { code: "IDR", per_usd_hundredths: 1_620_000 },
    Fiat { code: "AZN", per_usd_hundredths: 170 },
    Fiat { code: "AED", per_usd_hundredths: 367 },
    Fiat { code: "PLN", per_usd_hundredths: 398 },
    Fiat { code: "ILS", per_usd_hundredths: 370 },
];

/// Where the proceeds of an invoice may be swapped to.
pub(crate) const SWAPS: [&str; 7] = ["USDT", "TON", "TRX", "ETH", "SOL", "BTC", "LTC"];

pub(crate) fn find_asset(code: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.code == code)
}

pub(crate) fn is_fiat(code: &str) -> bool {
    FIATS.iter().any(|fiat| fiat.code == code)
}

/// A crypto asset and the fiat currency it is priced in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'a> {
    pub asset: &'a str,
    pub fiat: &'a str,
}

impl Pair<'_> {
    fn key(self) -> (String, String) {
        (self.asset.to_owned(), self.fiat.to_owned())
    }
}

/// What one unit of an asset costs in each fiat currency.
pub(crate) struct Rates {
    set: RwLock<HashMap<(String, String), Decimal>>,
}

impl Default for Rates {
    fn default() -> Self {
        let mut rates = HashMap::new();
        for asset in &ASSETS {
            let usd = Decimal::new(asset.usd_cents, 2);
            for fiat in &FIATS {
                let rate = usd * Decimal::new(fiat.per_usd_hundredths, 2);
                rates.insert(Pair { asset: asset.code, fiat: fiat.code }.key(), rate.normalize());
            }
        }
        Self { set: RwLock::new(rates) }
    }
}

impl Rates {
    pub(crate) fn set(&self, pair: Pair<'_>, rate: Decimal) {
        write(&self.set).insert(pair.key(), rate);
    }

    /// What one unit of the asset costs, unless that is unknown.
    pub(crate) fn find(&self, pair: Pair<'_>) -> Option<Decimal> {
        read(&self.set).get(&pair.key()).copied().filter(|rate| !rate.is_zero())
    }

    /// The result of getExchangeRates.
    pub(crate) fn list(&self) -> Vec<Value> {
        let rates = read(&self.set);
        let mut pairs: Vec<_> = rates.iter().collect();
        pairs.sort();
        let show = |((source, target), rate): (&(String, String), &Decimal)| {
            json!({
                "is_valid": !rate.is_zero(),
                "is_crypto": true,
                "is_fiat": false,
                "source": source,
                "target": target,
                "rate": rate.to_string(),
            })
        };
        pairs.into_iter().map(show).collect()
    }
}

/// The result of getCurrencies.
pub(crate) fn list() -> Vec<Value> {
    let assets = ASSETS.iter().map(|asset| {
        json!({
            "is_blockchain": !asset.is_stable(),
            "is_stablecoin": asset.is_stable(),
            "is_fiat": false,
            "name": asset.name,
            "code": asset.code,
            "decimals": asset.decimals,
        })
    });
    let fiats = FIATS.iter().map(|fiat| {
        json!({
            "is_blockchain": false,
            "is_stablecoin": false,
            "is_fiat": true,
            "name": fiat.code,
            "code": fiat.code,
            "decimals": 8,
        })
    });
    assets.chain(fiats).collect()
}
