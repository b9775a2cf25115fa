//! A unit: one secret of an item's stock, as it is listed and as it is kept.

use std::collections::HashSet;

use kernel::ids::ItemId;
use secrecy::SecretString;

use crate::domain::order_number::OrderNumber;

/// Values in one batch, at most.
pub const BATCH_MAX: usize = 10_000;
/// Longest value, in bytes.
const VALUE_BYTES_MAX: usize = 16 * 1024;

/// A value at rest. Only the key that sealed it, for the item and place it was sealed for, opens it.
#[derive(Clone)]
pub struct SealedUnit {
    /// Which data key sealed it.
    pub key_id: i32,
    /// Ciphertext.
    pub sealed: Vec<u8>,
    /// A keyed hash of the value: unique for ever, and bound into the ciphertext.
    pub fingerprint: Vec<u8>,
}

/// An unlimited item's or a limited one's values on their way into the shop.
#[derive(Debug, Default)]
pub struct Sorted {
    /// To be added, in the order they came, without spaces around them.
    pub fresh: Vec<SecretString>,
    /// More than once in this batch.
    pub repeated: u32,
    /// Empty, too long, or not text.
    pub invalid: u32,
}

/// Sorts the values of a batch: what people paste has empty lines, line ends of Windows, and things twice.
pub fn sort(values: impl IntoIterator<Item = String>) -> Sorted {
    let mut sorted = Sorted::default();
    let mut seen = HashSet::new();
    for value in values {
        let value = bare(&value);
        if check(value).is_err() {
            sorted.invalid += 1;
        } else if seen.insert(value.to_owned()) {
            sorted.fresh.push(value.to_owned().into());
        } else {
            sorted.repeated += 1;
        }
    }
    sorted
}

/// Whether a value can be listed; why not, otherwise, in words that do not hold it.
///
/// # Errors
/// Nothing, too much, or no text.
pub fn check(value: &str) -> Result<(), &'static str> {
    match bare(value) {
        "" => Err("its value is empty"),
        long if long.len() > VALUE_BYTES_MAX => Err("its value is longer than 16 KiB"),
        odd if odd.contains('\0') => Err("its value is not text"),
        _ => Ok(()),
    }
}

/// A value without what surrounds it when it is pasted or read from a file.
pub fn bare(value: &str) -> &str {
    value.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Can be bought now.
    pub added: u32,
    /// Is or was in the shop already.
    pub known: u32,
    /// More than once in this batch.
    pub repeated: u32,
    /// Empty, too long, or not text.
    pub invalid: u32,
}

/// What has become of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nobody's yet.
    Free,
    /// Kept aside for an order that is not paid yet.
    Reserved,
    /// A buyer's.
    Sold,
    /// Every buyer of its item gets it.
    Shared,
    /// Taken back; who bought it keeps it.
    Withdrawn,
}

impl State {
    /// The state with this name in the database.
    pub fn stored(name: &str) -> Option<Self> {
        match name {
            "free" => Some(Self::Free),
            "reserved" => Some(Self::Reserved),
            "sold" => Some(Self::Sold),
            "shared" => Some(Self::Shared),
            "withdrawn" => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

/// A unit that staff looked for by its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Of which item.
    pub item_id: ItemId,
    /// What that is called now.
    pub item_name: String,
    /// What has become of it.
    pub state: State,
    /// Of the order that holds it.
    pub order_number: Option<OrderNumber>,
}

/// What a value is sealed for: moved to another row it does not open.
pub fn place(item: ItemId, fingerprint: &[u8]) -> Vec<u8> {
    [item.0.as_bytes().as_slice(), fingerprint].concat()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn ps31_what_people_paste_is_sorted_into_fresh_repeated_and_invalid() {
        let long = "x".repeat(VALUE_BYTES_MAX + 1);
        let values = ["\u{feff}KEY-1\r\n", "KEY-2", "", " \t", "KEY-1", "KEY-2 ", "a\0b", &long];
        let sorted = sort(values.map(str::to_owned));
        let fresh: Vec<_> = sorted.fresh.iter().map(ExposeSecret::expose_secret).collect();
        assert_eq!(fresh, ["KEY-1", "KEY-2"]);
        assert_eq!((sorted.repeated, sorted.invalid), (2, 4));
    }
}
