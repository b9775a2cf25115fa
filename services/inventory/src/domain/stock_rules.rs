//! What staff decide about an item's stock: how many one may buy, when to be told that it runs low, values or files.

use crate::domain::order::{QUANTITY_MAX, Quantity};

/// Files in one order, at most: they are sent one by one.
pub const FILES_PER_ORDER_MAX: u32 = 10;
const PER_PERSON_MAX: u32 = 1_000_000;
const LOW_AT_MAX: u32 = 1_000;

/// How many of an item may be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// In one order, at least.
    pub min_per_order: u32,
    /// In one order, at most.
    pub max_per_order: u32,
    /// By one person in all their orders; 0 is no limit.
    pub max_per_person: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { min_per_order: 1, max_per_order: QUANTITY_MAX, max_per_person: 0 }
    }
}

impl Limits {
    /// Whether one order may hold so many.
    pub fn allow(self, quantity: Quantity) -> bool {
        (self.min_per_order..=self.max_per_order).contains(&quantity.get())
    }
}

/// All rules of an item's stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StockRules {
    /// How many may be bought.
    pub limits: Limits,
    /// Staff are told when so many or fewer are left; 0 is never.
    pub low_at: u32,
    /// Units are files.
    pub sells_files: bool,
}

/// Why rules cannot hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRules {
    /// The least is zero, or more than the most.
    #[error("one order must allow 1 to {QUANTITY_MAX} pieces, of files 1 to {FILES_PER_ORDER_MAX}")]
    PerOrder,
    /// Nobody could ever buy.
    #[error("a person must be allowed at least one smallest order, and at most {PER_PERSON_MAX}")]
    PerPerson,
    /// Counting stops earlier.
    #[error("low means {LOW_AT_MAX} or fewer")]
    LowAt,
}

impl StockRules {
    /// The rules, if they can hold.
    ///
    /// # Errors
    /// See [`InvalidRules`].
    pub fn checked(self) -> Result<Self, InvalidRules> {
        let Limits { min_per_order, max_per_order, max_per_person } = self.limits;
        let most = if self.sells_files { FILES_PER_ORDER_MAX } else { QUANTITY_MAX };
        if min_per_order < 1 || min_per_order > max_per_order || max_per_order > most {
            return Err(InvalidRules::PerOrder);
        }
        if max_per_person != 0 && !(min_per_order..=PER_PERSON_MAX).contains(&max_per_person) {
            return Err(InvalidRules::PerPerson);
        }
        if self.low_at > LOW_AT_MAX {
            return Err(InvalidRules::LowAt);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(min_per_order: u32, max_per_order: u32, max_per_person: u32) -> StockRules {
        let limits = Limits { min_per_order, max_per_order, max_per_person };
        StockRules { limits, ..StockRules::default() }
    }

    #[test]
    fn peer_06_limits_that_nobody_could_keep_are_no_limits() {
        assert_eq!(StockRules::default().checked(), Ok(StockRules::default()));
        for (min, max, person) in [(1, 1, 0), (1, 100, 1), (5, 10, 5), (100, 100, 1_000_000)] {
            assert!(rules(min, max, person).checked().is_ok());
        }
        for (min, max) in [(0, 1), (0, 0), (3, 2), (1, 101), (101, 101), (u32::MAX, u32::MAX)] {
            assert_eq!(rules(min, max, 0).checked(), Err(InvalidRules::PerOrder));
        }
        for person in [4, 1_000_001] {
            assert_eq!(rules(5, 10, person).checked(), Err(InvalidRules::PerPerson));
        }
    }

    #[test]
    fn peer_05_of_files_ten_go_into_one_order() {
        let files = |most| StockRules { sells_files: true, ..rules(1, most, 0) };
        assert!(files(10).checked().is_ok());
        assert_eq!(files(11).checked(), Err(InvalidRules::PerOrder));
    }

    #[test]
    fn peer_09_low_is_at_most_what_is_counted() {
        let low = |low_at| StockRules { low_at, ..StockRules::default() };
        assert!(low(1_000).checked().is_ok());
        assert_eq!(low(1_001).checked(), Err(InvalidRules::LowAt));
    }
}
