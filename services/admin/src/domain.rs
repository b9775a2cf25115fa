//! Roles, the rules of who may give and change them, and what is written down: pure.

pub mod audit;
pub mod bits;
pub mod role;
pub mod rules;
pub mod shop_state;
