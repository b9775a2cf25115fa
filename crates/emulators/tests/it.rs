//! The emulators from outside: over HTTP as a shop sees them, and by their Rust methods.

#[path = "it/client.rs"]
mod client;
#[path = "it/cryptopay.rs"]
mod cryptopay;
#[path = "it/delivery.rs"]
mod delivery;
#[path = "it/faults.rs"]
mod faults;
#[path = "it/methods.rs"]
mod methods;
#[path = "it/payments.rs"]
mod payments;
#[path = "it/polling.rs"]
mod polling;
#[path = "it/receiver.rs"]
mod receiver;
