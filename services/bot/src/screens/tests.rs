//! Screens as people see them: every code fits a button, every view fits Telegram, and each looks as it did when
//! somebody last looked at it.

mod booth;
mod codec;
mod desk;
mod stage;
mod studio;
mod views;
mod views_buying_on;
mod views_catalogue;
mod views_money;
mod views_of_broadcasts;
mod views_of_carts;
mod views_of_tickets;
mod views_people;
mod views_reviews;
mod views_roles;
mod views_stock;
