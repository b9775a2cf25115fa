//! The bot: what people see and press in their chat, and the messages that reach them by themselves.

mod api;
mod bot;
mod chat;
mod commands;
mod config;
mod dialogue;
mod failure_text;
mod format;
mod html;
mod intake;
mod jobs;
mod operations;
mod outbound;
mod peers;
mod people;
mod referral_link;
mod render;
mod screen;
mod screens;
mod staff;
mod store;
mod texts;
mod turns;

#[cfg(test)]
#[path = "../tests/it/fakes.rs"]
mod fakes;

use chassis::ground::{Ground, StartError};
use contract::bot::bot_intake_service_server::BotIntakeServiceServer;
use tonic::service::Routes;

use crate::api::Intake;
use crate::bot::Bot;
use crate::config::Config;
use crate::outbound::Worker;

/// The bot's own tables.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Composes the bot on its ground, starts what runs by itself, and returns its routes, unguarded.
///
/// # Errors
/// A setting is missing or wrong.
#[expect(clippy::unused_async, reason = "every service starts alike; others wait for something")]
pub async fn start(ground: &Ground) -> Result<Routes, StartError> {
    let config = Config::read(&ground.settings)?;
    let (telegram, locale) = (config.telegram.clone(), config.locale);
    let bot = Bot::new(ground, config);
    let lifecycle = &ground.lifecycle;
    commands::announce(lifecycle, telegram, locale);
    jobs::spawn(lifecycle, &bot);
    lifecycle.spawn("bot outbound", Worker::new(bot.clone()).run(lifecycle.clone()));
    Ok(Routes::new(BotIntakeServiceServer::new(Intake::new(bot))))
}
