//! Prices and times as people write them, per language.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kernel::currency::Currency;
use kernel::locale::Locale;
use kernel::money::{Money, MoneyError};

/// Keeps an amount on one line with its sign.
const NO_BREAK: char = '\u{a0}';

/// Signs that are better known than their codes.
const SIGNS: [(&str, &str); 13] = [
    ("RUB", "₽"),
    ("USD", "$"),
    ("EUR", "€"),
    ("GBP", "£"),
    ("UAH", "₴"),
    ("KZT", "₸"),
    ("TRY", "₺"),
    ("INR", "₹"),
    ("JPY", "¥"),
    ("GEL", "₾"),
    ("ILS", "₪"),
    ("PLN", "zł"),
    ("XTR", "⭐"),
];
/// Written in front of the number in English.
const IN_FRONT: &str = "$€£¥₹";

/// How one person reads amounts and times.
#[derive(Debug, Clone)]
pub struct Format {
    locale: Locale,
    zone: TimeZone,
}

impl Format {
    /// The way of a language, in the shop's time zone.
    pub fn new(locale: Locale, zone: TimeZone) -> Self {
        Self { locale, zone }
    }

    /// `1 234,50 ₽`, `$12`: whole amounts without decimals.
    pub fn money(&self, money: Money) -> String {
        let decimal = money.decimal();
        let (sign, decimal) = match decimal.strip_prefix('-') {
            Some(rest) => ("−", rest),
            None => ("", decimal.as_str()),
        };
        let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
        let (group, point) = separators(self.locale);
        let mut number = grouped(whole, group);
        if !fraction.bytes().all(|digit| digit == b'0') {
            number.push(point);
            number.push_str(fraction);
        }
        let unit = unit(money.currency);
        if self.locale == Locale::En && IN_FRONT.contains(unit.as_str()) {
            format!("{sign}{unit}{number}")
        } else {
            format!("{sign}{number}{NO_BREAK}{unit}")
        }
    }

    /// The same with a sign for what came in as well: `+5 ₽`, `−5 ₽`.
    pub fn signed(&self, money: Money) -> String {
        let text = self.money(money);
        if money.minor > 0 { format!("+{text}") } else { text }
    }

    /// An amount as a person would type it: `199,50`.
    pub fn typed(&self, money: Money) -> String {
        money.decimal().replace('.', &separators(self.locale).1.to_string())
    }

    /// `1 234`: how many of something.
    pub fn count(&self, count: impl Into<u64>) -> String {
        number(self.locale, count.into())
    }

    /// Day and time in the shop's time zone, to the minute.
    pub fn time(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let pattern = match self.locale {
            Locale::En => "%-d %b %Y, %H:%M %Z",
            Locale::Ru => "%d.%m.%Y %H:%M %Z",
        };
        local.strftime(pattern).to_string()
    }

    /// A moment as a person types it in the shop's time zone: `2026-12-31 18:00` or `31.12.2026 18:00`.
    pub fn read_time(&self, text: &str) -> Option<Timestamp> {
        let text = text.trim();
        let typed = ["%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M"]
            .into_iter()
            .find_map(|pattern| DateTime::strptime(pattern, text).ok())?;
        typed.to_zoned(self.zone.clone()).ok().map(|zoned| zoned.timestamp())
    }

    /// What the shop's time zone is called.
    pub fn zone_name(&self) -> String {
        self.zone.iana_name().unwrap_or("UTC").to_owned()
    }

    /// Day and time without the year and the zone, for lists.
    pub fn short_time(&self, at: Timestamp) -> String {
        let local = at.to_zoned(self.zone.clone());
        let pattern = match self.locale {
            Locale::En => "%-d %b %H:%M",
            Locale::Ru => "%d.%m %H:%M",
        };
        local.strftime(pattern).to_string()
    }
}

/// Reads an amount that a person typed: `1 000`, `100 ₽`, `$5`, `12,50`.
///
/// # Errors
/// What is left after spaces and the currency's own sign is not an amount. More decimals than the currency has are too
/// many even where they are zeros: `1,500` and `1.000` are thousands to whoever types them, not 1.50 and 1.00.
pub fn parse_amount(text: &str, currency: Currency) -> Result<Money, MoneyError> {
    let mut bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    for mark in [unit(currency), currency.code().to_owned(), currency.code().to_lowercase()] {
        if let Some(rest) = bare.strip_prefix(&mark).or_else(|| bare.strip_suffix(&mark)) {
            bare = rest.to_owned();
        }
    }
    let amount = Money::parse(&bare, currency)?;
    let decimals = bare.split_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
    if decimals > currency.exponent() as usize {
        return Err(MoneyError::TooPrecise(currency, currency.exponent()));
    }
    Ok(amount)
}

/// A whole number as the language writes it.
pub fn number(locale: Locale, number: u64) -> String {
    grouped(&number.to_string(), separators(locale).0)
}

/// Between groups of three digits, and before decimals.
fn separators(locale: Locale) -> (char, char) {
    match locale {
        Locale::En => (',', '.'),
        Locale::Ru => (NO_BREAK, ','),
    }
}

fn unit(currency: Currency) -> String {
    let sign = SIGNS.iter().find(|(code, _)| *code == currency.code());
    sign.map_or_else(|| currency.code().to_owned(), |(_, sign)| (*sign).to_owned())
}

fn grouped(digits: &str, separator: char) -> String {
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(locale: Locale) -> Format {
        Format::new(locale, TimeZone::UTC)
    }

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        let (en, ru) = (format(Locale::En), format(Locale::Ru));
        for (minor, code, english, russian) in [
            (10_000, "RUB", "100\u{a0}₽", "100\u{a0}₽"),
            (123_450, "RUB", "1,234.50\u{a0}₽", "1\u{a0}234,50\u{a0}₽"),
            (123_456_789, "USD", "$1,234,567.89", "1\u{a0}234\u{a0}567,89\u{a0}$"),
            (-500, "EUR", "−€5", "−5\u{a0}€"),
            (1, "KWD", "0.001\u{a0}KWD", "0,001\u{a0}KWD"),
            (1_500, "JPY", "¥1,500", "1\u{a0}500\u{a0}¥"),
            (75, "XTR", "75\u{a0}⭐", "75\u{a0}⭐"),
        ] {
            assert_eq!(en.money(money(minor, code)), english);
            assert_eq!(ru.money(money(minor, code)), russian);
        }
        assert_eq!(ru.typed(money(123_450, "RUB")), "1234,50");
        assert_eq!(en.typed(money(123_450, "RUB")), "1234.50");
        assert_eq!((en.count(999_u32), en.count(4_500_u32)), ("999".into(), "4,500".into()));
        assert_eq!(ru.signed(money(500, "RUB")), "+5\u{a0}₽");
        assert_eq!(ru.signed(money(-500, "RUB")), "−5\u{a0}₽");
    }

    #[test]
    fn pc17_amounts_are_read_as_people_type_them() {
        let rub = "RUB".parse().unwrap();
        for (text, minor) in
            [("1 000", 100_000), ("100₽", 10_000), ("99,5 RUB", 9_950), ("7\u{a0}000 rub", 700_000)]
        {
            assert_eq!(parse_amount(text, rub), Ok(Money::new(minor, rub)), "{text:?}");
        }
        for text in ["", "₽", "-5", "1e3", "²", "сто", "5 $"] {
            assert!(parse_amount(text, rub).is_err(), "{text:?}");
        }
    }

    #[test]
    fn pc17_thousands_behind_a_separator_are_refused_and_not_taken_for_decimals() {
        for (text, code) in [
            ("1,500", "RUB"),
            ("1.000", "RUB"),
            ("$1,000", "USD"),
            ("12.000 ₽", "RUB"),
            ("0,100", "RUB"),
            ("1,000", "JPY"),
            ("1.0", "XTR"),
        ] {
            let currency: Currency = code.parse().unwrap();
            let too_precise = MoneyError::TooPrecise(currency, currency.exponent());
            assert_eq!(parse_amount(text, currency), Err(too_precise), "{text:?}");
        }
        let dinar = "KWD".parse().unwrap();
        assert_eq!(parse_amount("1.500", dinar), Ok(Money::new(1_500, dinar)));
        assert!(parse_amount("1,500.00", dinar).is_err());
    }

    #[test]
    fn peer_15_a_time_is_read_where_the_shop_is() {
        let moscow = Format::new(Locale::Ru, TimeZone::get("Europe/Moscow").unwrap());
        let at: Timestamp = "2026-12-31T15:00:00Z".parse().unwrap();
        for text in [" 2026-12-31 18:00 ", "31.12.2026 18:00"] {
            assert_eq!(moscow.read_time(text), Some(at), "{text:?}");
        }
        for text in ["", "18:00", "2026-12-31", "2026-13-01 18:00", "2026-12-31 25:00", "soon"] {
            assert_eq!(moscow.read_time(text), None, "{text:?}");
        }
        assert_eq!(moscow.zone_name(), "Europe/Moscow");
        assert_eq!(format(Locale::En).zone_name(), "UTC");
    }

    #[test]
    fn times_are_local_to_the_shop() {
        let at: Timestamp = "2026-01-02T22:04:05Z".parse().unwrap();
        let moscow = TimeZone::get("Europe/Moscow").unwrap();
        assert_eq!(Format::new(Locale::Ru, moscow).time(at), "03.01.2026 01:04 MSK");
        assert_eq!(format(Locale::En).time(at), "2 Jan 2026, 22:04 UTC");
    }
}
