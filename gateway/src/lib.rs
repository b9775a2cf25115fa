//! The only door from outside: Telegram's updates, payment callbacks and health. Knows the
//! contract, not the services.

mod announce;
mod body;
mod callbacks;
pub mod config;
mod intake;
mod limits;
mod meters;
mod notices;
mod polling;
mod requests;
mod retries;
mod routes;
mod secret;
mod server;
mod webhook;

use std::net::SocketAddr;
use std::sync::Arc;

use chassis::config::Settings;
use chassis::ground::{Ground, StartError};
use chassis::ops::{Health, Need};
use telegram::Client;
use tokio::net::TcpListener;

use crate::announce::Announcement;
use crate::callbacks::Callbacks;
use crate::config::{BotApi, Config, Ingress, PublicUrl};
use crate::intake::Intake;
use crate::limits::Limits;
use crate::notices::Notices;
use crate::polling::Poller;
use crate::routes::Doors;
use crate::server::Server;
use crate::webhook::Webhook;

/// A gateway that serves until the ground's lifecycle stops.
#[derive(Debug, Clone, Copy)]
pub struct Gateway {
    /// Where it listens, with the port that was free if none was asked for.
    pub address: SocketAddr,
}

/// Reads the settings as [`start`] does, and starts nothing.
///
/// # Errors
/// A setting is missing or wrong.
pub fn check(settings: &Settings) -> Result<(), StartError> {
    client(Config::read(settings)?.telegram).map(drop)
}

/// Starts the gateway with the ground's settings.
///
/// # Errors
/// A setting is missing or wrong, or the port is taken.
pub async fn start(ground: &Ground) -> Result<Gateway, StartError> {
    open(Config::read(&ground.settings)?, ground).await
}

/// Starts the gateway as `config` says.
///
/// # Errors
/// The Bot API's address or token is malformed, or the port is taken.
pub async fn open(config: Config, ground: &Ground) -> Result<Gateway, StartError> {
    let client = client(config.telegram)?;
    let notices = Notices::new(client.clone(), ground.lifecycle.clone(), config.locale);
    let limits = Limits::new(config.limits, ground.kv.clone());
    let intake = Arc::new(Intake::new(ground, limits, notices));

    let listener = TcpListener::bind(config.bind).await.map_err(|error| {
        StartError::Other(format!(
            "gateway.bind and gateway.port: {} cannot be listened on: {error}",
            config.bind
        ))
    })?;
    let address = listener.local_addr()?;
    let lifecycle = ground.lifecycle.clone();

    let webhook = match config.ingress {
        Ingress::Webhook { url, path, secrets, check_every } => {
            let url = match url {
                PublicUrl::Given(url) => format!("{url}{path}"),
                PublicUrl::Own => format!("http://127.0.0.1:{}{path}", address.port()),
            };
            let secret = secrets.current().clone();
            let announcement = Announcement { client, url, secret, check_every };
            lifecycle.spawn("webhook watch", announcement.run(lifecycle.clone()));
            Some((path, Webhook { secrets: Arc::new(secrets), body: config.body, intake }))
        }
        Ingress::Polling { wait, backoff } => {
            let poller = Poller { client, intake, lifecycle: lifecycle.clone(), wait, backoff };
            lifecycle.spawn("long polling", poller.run());
            None
        }
    };
    let router = routes::routes(Doors {
        webhook,
        callbacks: Callbacks::new(ground, config.body.timeout),
        health: health(ground).router(),
        clock: ground.clock.clone(),
    });
    server::serve(listener, Server { router, lifecycle, head_timeout: config.head_timeout });
    tracing::info!(%address, "gateway listens");
    Ok(Gateway { address })
}

/// Of this process alone: while a service is away the door stays open to say 503, and nothing is
/// lost.
fn health(ground: &Ground) -> Health {
    let health = Health::new(ground.lifecycle.clone());
    if !ground.kv.is_shared() {
        return health;
    }
    let kv = ground.kv.clone();
    health.with("redis", Need::Optional, move || {
        let kv = kv.clone();
        async move { kv.ping().await }
    })
}

fn client(settings: BotApi) -> Result<Client, StartError> {
    Client::new(&settings.url, settings.token)
        .map_err(|error| StartError::Other(format!("telegram.token and telegram.api_url: {error}")))
}
