//! A shelf: one page of what a category lists, its categories first and then its items, as if they were one list.

use kernel::page::PageRequest;

/// Rows of a category that can be turned to page by page; whoever looks further searches.
pub const LISTED_MAX: i64 = 10_000;

/// So many rows after so many others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// Rows to skip.
    pub skip: i64,
    /// Rows to take.
    pub take: i64,
}

/// Which categories and which items are on a page, where the category lists so many categories.
pub fn split(page: PageRequest, categories: i64) -> (Rows, Rows) {
    let first = page.offset().min(LISTED_MAX);
    let last = (page.offset() + page.limit()).min(LISTED_MAX);
    let rows = |first: i64, last: i64| Rows { skip: first, take: (last - first).max(0) };
    (
        rows(first.min(categories), last.min(categories)),
        rows((first - categories).max(0), (last - categories).max(0)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(skip: i64, take: i64) -> Rows {
        Rows { skip, take }
    }

    #[test]
    fn peer_33_categories_come_before_items_and_no_row_twice() {
        let page = |number| PageRequest { number, size: 10 };
        assert_eq!(split(page(0), 0), (rows(0, 0), rows(0, 10)));
        assert_eq!(split(page(0), 3), (rows(0, 3), rows(0, 7)));
        assert_eq!(split(page(1), 3), (rows(3, 0), rows(7, 10)));
        assert_eq!(split(page(1), 13), (rows(10, 3), rows(0, 7)));
        assert_eq!(split(page(0), 20), (rows(0, 10), rows(0, 0)));
        assert_eq!(split(page(5_000), 3).1.take, 0);
    }
}
