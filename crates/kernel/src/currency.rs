//! Currencies: a three-letter code that is known, with its number of decimals.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Codes with no decimals. Source: ISO 4217 list one; `XTR` (Telegram Stars) is Telegram's own.
const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF XTR";
/// Codes with three decimals. Source: ISO 4217 list one.
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";
/// The other codes of ISO 4217 list one that people are paid in; all have two decimals.
const TWO_DECIMALS: &str = "\
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL \
BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP \
GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR \
LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN \
PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB \
TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";

/// A known currency code, for example `RUB`; three bytes, cheap to copy.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// The code is not one that money can be held in here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a known currency code; use ISO 4217, for example RUB or USD")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// Telegram Stars: whole stars, no decimals.
    pub const XTR: Self = Self(*b"XTR");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII codes are ever constructed")
    }

    /// Number of decimals: minor units per unit are ten to this power.
    pub fn exponent(self) -> u32 {
        if NO_DECIMALS.contains(self.code()) {
            0
        } else if THREE_DECIMALS.contains(self.code()) {
            3
        } else {
            2
        }
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        let unknown = || UnknownCurrency(code.chars().take(16).collect());
        let letters: [u8; 3] = code.as_bytes().try_into().map_err(|_| unknown())?;
        let known = letters.iter().all(u8::is_ascii_uppercase)
            && [NO_DECIMALS, THREE_DECIMALS, TWO_DECIMALS]
                .iter()
                .any(|list| list.split_ascii_whitespace().any(|entry| entry == code));
        if known { Ok(Self(letters)) } else { Err(unknown()) }
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;

    fn try_from(code: String) -> Result<Self, UnknownCurrency> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_those_of_iso_4217() {
        for (code, exponent) in [("RUB", 2), ("USD", 2), ("JPY", 0), ("KWD", 3), ("XTR", 0)] {
            assert_eq!(code.parse::<Currency>().unwrap().exponent(), exponent, "{code}");
        }
    }

    #[test]
    fn only_known_upper_case_codes_are_currencies() {
        for code in ["", "rub", "RU", "RUBL", "XXX", "R B", "ЯЯ"] {
            assert!(code.parse::<Currency>().is_err(), "{code:?}");
        }
    }
}
