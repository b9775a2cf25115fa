//! The bot's own tables: the only SQL here.

pub mod data_keys;
pub mod intents;
pub mod names;
pub mod outbound;
pub mod parked_updates;
pub mod people;
pub mod people_desk;
pub mod registrations;
pub mod restocks;
