//! Screens as people see them: every code fits a button, every view fits Telegram, and each looks as it did when
//! somebody last looked at it.

mod codec;
mod stage;
mod views;
mod views_stock;
