//! One page of a list, and how to ask for it.

/// Which page is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// Zero-based.
    pub number: u32,
    /// Rows on a page, 1 to 100.
    pub size: u32,
}

impl PageRequest {
    /// The largest page that is served.
    pub const SIZE_MAX: u32 = 100;
    /// Pages beyond this one are empty: an offset is work for the database.
    pub const NUMBER_MAX: u32 = 100_000;

    /// Clamps what a caller asked for into what is served; a size of 0 means 10.
    pub fn clamped(number: u32, size: u32) -> Self {
        let size = if size == 0 { 10 } else { size.min(Self::SIZE_MAX) };
        Self { number: number.min(Self::NUMBER_MAX), size }
    }

    /// Rows to skip.
    pub fn offset(self) -> i64 {
        i64::from(self.number) * i64::from(self.size)
    }

    /// Rows to return.
    pub fn limit(self) -> i64 {
        i64::from(self.size)
    }
}

/// Rows and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows of this page.
    pub rows: Vec<T>,
    /// Rows of all pages.
    pub total: u64,
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn map<U>(self, to: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(to).collect(), total: self.total }
    }
}
