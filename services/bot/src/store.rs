//! The bot's own tables: the only SQL here.

pub mod broadcast_people;
pub mod broadcasts;
pub mod channel_rewards;
pub mod data_keys;
pub mod import;
pub mod intents;
pub mod names;
pub mod outbound;
pub mod parked_updates;
pub mod people;
pub mod people_desk;
pub mod registrations;
pub mod restocks;
pub mod tickets;
