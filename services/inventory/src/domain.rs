//! The rules of the shop's catalogue, stock and orders: pure, with time, ids and chance as arguments.

pub mod category;
pub mod file;
pub mod item;
pub mod name;
pub mod order;
pub mod order_number;
pub mod purchase;
pub mod stock_rules;
pub mod stocked_unit;
pub mod unit;
