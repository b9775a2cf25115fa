//! The service's methods: decode, call one operation, encode.

pub mod hold;
pub mod invoice;
pub mod payments_admin;
pub mod payments_feed;
pub mod payments_intake;
pub mod wallet;
