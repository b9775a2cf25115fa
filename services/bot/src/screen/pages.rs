//! Lists that are longer than a screen: ten rows, arrows, and a mark that says where one is.

use std::future::Future;

use contract::failure::Failure;
use kernel::page::{Page, PageRequest};

use crate::screen::{Cx, Key, View};
use crate::screens::{Mark, Screen};

/// Rows of a list on one screen.
const ROWS: u32 = 10;

/// Which page of a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shelf {
    /// Zero-based.
    pub number: u16,
    /// Rows of all pages.
    pub total: u64,
    /// Rows of one page.
    rows: u32,
}

/// An answer that is one page of something.
pub trait Paged {
    /// Rows of all pages.
    fn total(&self) -> u64;
    /// Whether this page has no rows.
    fn is_empty(&self) -> bool;
}

impl<T> Paged for Page<T> {
    fn total(&self) -> u64 {
        self.total
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Shelf {
    /// How many pages there are, at least one.
    fn pages(self) -> u16 {
        u16::try_from(self.total.div_ceil(self.rows.into()).max(1)).unwrap_or(u16::MAX)
    }
}

/// Reads a page, or the first one where the list has become shorter than that.
///
/// # Errors
/// What `fetch` fails with.
pub async fn page_or_first<P: Paged, R>(
    number: u16,
    fetch: impl Fn(PageRequest) -> R,
) -> Result<(Shelf, P), Failure>
where
    R: Future<Output = Result<P, Failure>>,
{
    page_of(ROWS, number, fetch).await
}

/// The same with so many rows on a page.
///
/// # Errors
/// What `fetch` fails with.
pub async fn page_of<P: Paged, R>(
    rows: u32,
    number: u16,
    fetch: impl Fn(PageRequest) -> R,
) -> Result<(Shelf, P), Failure>
where
    R: Future<Output = Result<P, Failure>>,
{
    let page = fetch(PageRequest::clamped(number.into(), rows)).await?;
    if number > 0 && page.is_empty() {
        let first = fetch(PageRequest::clamped(0, rows)).await?;
        return Ok((Shelf { number: 0, total: first.total(), rows }, first));
    }
    Ok((Shelf { number, total: page.total(), rows }, page))
}

impl View {
    /// Adds the row of arrows; none when everything fits one page.
    #[must_use]
    pub fn arrows(self, cx: &Cx, shelf: Shelf, to: impl Fn(u16) -> Screen) -> Self {
        let pages = shelf.pages();
        if pages < 2 {
            return self;
        }
        let texts = cx.texts;
        let mark = Mark { page: shelf.number.saturating_add(1), pages };
        let label = texts.key_page(u64::from(mark.page), u64::from(mark.pages));
        let earlier =
            shelf.number.checked_sub(1).map(|number| Key::to(texts.key_earlier(), to(number)));
        let later = (mark.page < pages).then(|| Key::to(texts.key_later(), to(mark.page)));
        self.row(earlier.into_iter().chain([Key::to(label, mark)]).chain(later))
    }
}
