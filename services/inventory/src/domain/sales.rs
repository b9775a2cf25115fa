//! Figures of the shop: what it sold, and what it still has.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kernel::currency::Currency;
use kernel::money::Money;

/// What was delivered in some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sales {
    /// Orders.
    pub orders: u64,
    /// What buyers paid, in minor units.
    pub revenue_minor: i64,
    /// Different people.
    pub buyers: u64,
    /// Pieces, those of unlimited items included.
    pub sold_units: u64,
}

impl Sales {
    /// Of one order, rounded to the nearest minor unit.
    pub fn average(&self, currency: Currency) -> Money {
        let orders = i64::try_from(self.orders).unwrap_or(i64::MAX).max(1);
        let half = orders / 2;
        Money::new(self.revenue_minor.saturating_add(half) / orders, currency)
    }
}

/// What is in the shop now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stock {
    /// Categories that are not archived.
    pub categories: u64,
    /// Items that are not archived.
    pub items: u64,
    /// Units that can be bought now.
    pub free_units: u64,
}

/// All figures together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Since midnight.
    pub today: Sales,
    /// Since the shop opened.
    pub ever: Sales,
    /// Now.
    pub stock: Stock,
}

/// When the day began in which the shop is at `now`.
pub fn day_start(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let local = now.to_zoned(zone.clone());
    local.start_of_day().map_or(now, |midnight| midnight.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_69_a_day_begins_at_midnight_in_the_shops_time_zone() {
        let moscow = TimeZone::get("Europe/Moscow").unwrap();
        for (now, start) in [
            ("2026-03-01T20:59:59Z", "2026-02-28T21:00:00Z"),
            ("2026-03-01T21:00:00Z", "2026-03-01T21:00:00Z"),
        ] {
            let start: Timestamp = start.parse().unwrap();
            assert_eq!(day_start(now.parse().unwrap(), &moscow), start);
            assert_ne!(day_start(now.parse().unwrap(), &TimeZone::UTC), start);
        }
        // Clocks that skip midnight.
        let cairo = TimeZone::get("Africa/Cairo").unwrap();
        let noon = "2026-04-24T09:00:00Z".parse().unwrap();
        assert_eq!(day_start(noon, &cairo), "2026-04-23T22:00:00Z".parse().unwrap());
    }

    #[test]
    fn the_average_is_rounded_and_nothing_has_the_average_zero() {
        let rub = "RUB".parse().unwrap();
        let sales = |orders, revenue_minor| Sales { orders, revenue_minor, ..Sales::default() };
        assert_eq!(sales(0, 0).average(rub).minor, 0);
        assert_eq!(sales(3, 200).average(rub).minor, 67);
        assert_eq!(sales(3, 100).average(rub).minor, 33);
    }
}
