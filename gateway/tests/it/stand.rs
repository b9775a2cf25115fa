//! A gateway on a free port, with fake services and a fake Bot API behind it.

use std::time::Duration;

use chassis::ground::{Ground, Wires};
use chassis::guard;
use chassis::kv::Limit;
use contract::switchboard::Switchboard;
use gateway::Gateway;
use gateway::config::Config;
use serde_json::Value;

use crate::bot_api::BotApi;
use crate::http::{self, Answer};
use crate::services::{Bot, Payments};

/// What Telegram proves itself with.
pub const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// The header it does so in, and the kind of its bodies.
pub const FROM_TELEGRAM: [(&str, &str); 2] =
    [("x-telegram-bot-api-secret-token", SECRET), ("content-type", "application/json")];
/// Where Telegram is told to post to.
pub const PUBLIC_URL: &str = "https://shop.example";

const WEBHOOK: &str = "enabled = true\nurl = \"https://shop.example\"\n";

/// Everything a test needs.
pub struct Stand {
    pub gateway: Gateway,
    pub bot: Bot,
    pub payments: Payments,
    pub api: BotApi,
    pub lifecycle: chassis::lifecycle::Lifecycle,
}

impl Stand {
    /// A gateway that Telegram posts to, without limits.
    pub async fn webhook() -> Self {
        Self::webhook_with(|_| {}).await
    }

    /// The same with something changed.
    pub async fn webhook_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::open(WEBHOOK, change).await
    }

    /// A gateway that fetches updates.
    pub async fn polling_with(change: impl FnOnce(&mut Config)) -> Self {
        Self::open("enabled = false\n", change).await
    }

    async fn open(webhook: &str, change: impl FnOnce(&mut Config)) -> Self {
        let boards = [Switchboard::default(), Switchboard::default(), Switchboard::default()];
        let [bot_board, payments_board, inventory_board] = &boards;
        let wires = Wires {
            bot: bot_board.wire(),
            payments: payments_board.wire(),
            inventory: inventory_board.wire(),
            admin: Switchboard::default().wire(),
        };
        let mut ground = testkit::ground_without_database("", wires.clone());
        let api = BotApi::start(&ground.lifecycle).await;
        let settings = format!(
            "[telegram]\ntoken = \"1:test\"\napi_url = \"http://{}\"\n\
             [telegram.webhook]\nsecret = \"{SECRET}\"\n{webhook}\
             [gateway]\nbind = \"127.0.0.1\"\nport = 0\n[shop]\nowner_id = 99\n",
            api.address,
        );
        ground.settings = testkit::ground_without_database(&settings, wires).settings;

        let (bot, payments) = (Bot::default(), Payments::default());
        let guarded = |routes| guard::guarded(routes, testkit::keys(), ground.lifecycle.clone());
        bot_board.connect(guarded(bot.routes()));
        payments_board.connect(guarded(payments.routes()));

        let mut config = Config::read(&ground.settings).unwrap();
        for limit in
            [&mut config.limits.global, &mut config.limits.purchase, &mut config.limits.payment]
        {
            *limit = Limit::NONE;
        }
        change(&mut config);
        let gateway = gateway::open(config, &ground).await.unwrap();
        Self { gateway, bot, payments, api, lifecycle: ground.lifecycle }
    }

    /// A ground with other settings, for a second gateway.
    pub fn ground(&self, settings: &str) -> Ground {
        let nobody = || Switchboard::default().wire();
        let wires =
            Wires { bot: nobody(), payments: nobody(), inventory: nobody(), admin: nobody() };
        let ground = testkit::ground_without_database(settings, wires);
        Ground { lifecycle: self.lifecycle.clone(), ..ground }
    }

    /// Telegram posts this body.
    pub async fn post(&self, body: impl AsRef<[u8]>) -> Answer {
        http::ask(self.gateway.address, "POST /webhook", &FROM_TELEGRAM, body).await
    }

    /// Telegram posts this update.
    pub async fn update(&self, update: &Value) -> u16 {
        self.post(update.to_string()).await.status
    }

    /// Stops the gateway; everything in progress must end in time.
    pub async fn stop(&self) {
        assert_eq!(self.lifecycle.stop(Duration::from_secs(10)).await, Vec::<&str>::new());
    }
}
