//! What is done to the bot's own tables: each opens the one transaction it needs.

pub mod audience;
pub mod broadcasting;
pub mod broadcasts;
pub mod import;
pub mod intents;
pub mod news;
pub mod parking;
pub mod people;
pub mod queue;
pub mod registrations;
pub mod restocks;
pub mod rewards;
pub mod tickets;
pub mod vault;
