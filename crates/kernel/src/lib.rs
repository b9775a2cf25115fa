//! What every other package may know: money, ids, time, pages, back-off. No tokio, no IO.

pub mod backoff;
pub mod clock;
pub mod currency;
pub mod ids;
pub mod locale;
pub mod money;
pub mod once;
pub mod page;
