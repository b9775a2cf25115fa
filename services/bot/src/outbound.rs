//! Messages that are not an answer to a press: queued with their cause, sent by a worker within Telegram's limits,
//! given up only when Telegram says that they can never arrive.

mod bulk;
pub mod key;
mod limiter;
mod notice;
mod shown;
pub mod stopped;
mod worker;

pub use bulk::Bulk;
pub use limiter::{Busy, Limiter, Rates};
pub use notice::{ChannelHint, Notice};
pub use shown::Shown;
pub use stopped::Stop;
pub use worker::Worker;

pub use crate::store::outbound::Message;
