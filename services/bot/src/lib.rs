//! The bot: what people see and press in their chat, and the messages that reach them by themselves.

mod api;
mod bot;
mod broadcast;
mod chat;
mod commands;
mod config;
mod dialogue;
mod failure_text;
mod format;
mod gate;
mod html;
mod intake;
mod intents;
mod item_link;
mod jobs;
mod maintenance;
mod news_channel;
mod operations;
mod outbound;
mod peers;
mod people;
mod referral_link;
mod render;
mod rewards;
mod rights;
mod screen;
mod screens;
mod staff;
mod stock_list;
mod store;
mod subscriptions;
mod texts;
mod ticket;
mod turns;
mod user_data;

#[cfg(test)]
#[path = "../tests/it/fakes.rs"]
mod fakes;

use chassis::config::Settings;
use chassis::ground::{Ground, StartError, Wires};
use chassis::guard;
use contract::bot::bot_feed_service_server::BotFeedServiceServer;
use contract::bot::bot_intake_service_server::BotIntakeServiceServer;
use contract::bot::broadcast_admin_service_server::BroadcastAdminServiceServer;
use contract::bot::people_admin_service_server::PeopleAdminServiceServer;
use contract::bot::reward_service_server::RewardServiceServer;
use contract::bot::ticket_admin_service_server::TicketAdminServiceServer;
use contract::bot::ticket_service_server::TicketServiceServer;
use contract::switchboard::Switchboard;
use tonic::service::Routes;

use crate::api::Intake;
use crate::api::bot_feed::BotFeed;
use crate::api::broadcast_admin::BroadcastAdmin;
use crate::api::people_admin::PeopleAdmin;
use crate::api::reward::RewardApi;
use crate::api::tickets::Tickets;
use crate::bot::Bot;
use crate::config::Config;
use crate::operations::parking::Parking;
use crate::operations::vault::Vault;
use crate::outbound::{Bulk, Worker};

pub use crate::operations::import;

/// The bot's own tables.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// Reads the settings as [`start`] does, and starts nothing.
///
/// # Errors
/// A setting is missing or wrong.
pub fn check(settings: &Settings) -> Result<(), StartError> {
    Config::read(settings).map(drop)
}

/// Composes the bot on its ground, starts what runs by itself, and returns its routes, unguarded.
///
/// # Errors
/// A setting is missing or wrong, the database does not answer, or the key of parked updates does not open.
pub async fn start(ground: &Ground) -> Result<Routes, StartError> {
    let config = Config::read(&ground.settings)?;
    let (telegram, locale) = (config.telegram.clone(), config.locale);
    // What staff do from the chat goes through the bot's own methods and their rules, without a network in between.
    let own = Switchboard::default();
    let wires = Wires { bot: own.wire(), ..ground.wires.clone() };
    let bot = Bot::new(&Ground { wires, ..ground.clone() }, config);
    let parking = Parking::new(bot.pool.clone(), Vault::open(&bot.pool, &ground.settings).await?);
    let lifecycle = &ground.lifecycle;
    commands::announce(lifecycle, telegram, locale);
    jobs::spawn(lifecycle, &bot).await;
    lifecycle.spawn("bot outbound", Worker::new(bot.clone()).run(lifecycle.clone()));
    lifecycle.spawn("bot broadcasts", Bulk::new(bot.clone()).run(lifecycle.clone()));
    let routes = Routes::new(BotIntakeServiceServer::new(Intake::new(bot.clone(), parking)))
        .add_service(PeopleAdminServiceServer::new(PeopleAdmin(bot.clone())))
        .add_service(BroadcastAdminServiceServer::new(BroadcastAdmin(bot.clone())))
        .add_service(RewardServiceServer::new(RewardApi(bot.clone())))
        .add_service(TicketServiceServer::new(Tickets(bot.clone())))
        .add_service(TicketAdminServiceServer::new(Tickets(bot.clone())))
        .add_service(BotFeedServiceServer::new(BotFeed(bot)));
    own.connect(guard::guarded(routes.clone(), ground.keys.clone(), lifecycle.clone()));
    Ok(routes)
}

/// The body of a parked update, opened, for whoever looks after the shop; it may hold what staff or people wrote.
/// Nothing where there is no such row, or its body was not kept.
///
/// # Errors
/// The database does not answer, or the settings have no key that opens it.
pub async fn find_parked_update(ground: &Ground, id: i64) -> Result<Option<Vec<u8>>, StartError> {
    let pool = ground.database.pool("bot", 1);
    let vault = Vault::open(&pool, &ground.settings).await?;
    Ok(Parking::new(pool, vault).find_body(id).await?)
}
