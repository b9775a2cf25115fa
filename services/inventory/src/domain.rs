//! The rules of the shop's catalogue, stock, carts, promo codes, reviews and orders: pure, with time, ids and chance as arguments.

pub mod archived;
pub mod basket;
pub mod buyers;
pub mod cart;
pub mod category;
pub mod edit;
pub mod file;
pub mod import;
pub mod item;
pub mod name;
pub mod order;
pub mod order_number;
pub mod picture;
pub mod promo;
pub mod purchase;
pub mod reason;
pub mod redemption;
pub mod review;
pub mod sales;
pub mod shelf;
pub mod stock_rules;
pub mod stocked_unit;
pub mod unit;
pub mod words;
