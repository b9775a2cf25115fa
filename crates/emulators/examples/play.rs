//! Both emulators with a small scripted shop, for looking at the chat page without the real one.
//!
//! `cargo run -p emulators --example play` prints the address of the page and runs until it is
//! killed. The shop polls; it knows nothing but its script.

use std::error::Error;
use std::net::SocketAddr;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use emulators::cryptopay::{self, CryptoPay};
use emulators::telegram::{Bind, Options, Seed, Telegram};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Fallible<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(0);
    let bind = Bind::Address(SocketAddr::from(([127, 0, 0, 1], port)));
    let owner = Seed::new(1000, "Olga").username("olga").speaks("en");
    let telegram = Telegram::start(Options { bind, ..Options::demo(owner) }).await?;
    let pay = CryptoPay::start(cryptopay::Options::demo()).await?;
    println!("{}", telegram.chat_url());
    let shop = Shop {
        http: Client::builder(TokioExecutor::new()).build(HttpConnector::new()),
        api: format!("{}/bot{}", telegram.base_url(), telegram.token()),
        pay: format!("{}/api", pay.base_url()),
        pay_token: pay.token().to_owned(),
    };
    shop.run().await
}

struct Shop {
    http: Client<HttpConnector, Body>,
    api: String,
    pay: String,
    pay_token: String,
}

impl Shop {
    async fn call(&self, url: String, parameters: &Value) -> Fallible<Value> {
        let request = Request::post(url)
            .header("content-type", "application/json")
            .header("crypto-pay-api-token", &self.pay_token)
            .body(Body::from(parameters.to_string()))?;
        let response = self.http.request(request).await?;
        let body = to_bytes(Body::new(response.into_body()), usize::MAX).await?;
        let mut answer: Value = serde_json::from_slice(&body)?;
        if answer["ok"] == json!(false) {
            eprintln!("refused: {answer}");
        }
        Ok(answer["result"].take())
    }

    async fn telegram(&self, method: &str, parameters: Value) -> Fallible<Value> {
        self.call(format!("{}/{method}", self.api), &parameters).await
    }

    async fn run(&self) -> Fallible<()> {
        let commands = json!([
            { "command": "start", "description": "Open the shop" },
            { "command": "keys", "description": "My purchases" },
            { "command": "paysupport", "description": "Help with payments" },
        ]);
        self.telegram("setMyCommands", json!({ "commands": commands })).await?;
        let mut offset = 0;
        loop {
            let wait = json!({ "offset": offset, "timeout": 30 });
            let updates = self.telegram("getUpdates", wait).await?;
            for update in updates.as_array().into_iter().flatten() {
                offset = update["update_id"].as_i64().unwrap_or(0) + 1;
                self.handle(update).await?;
            }
        }
    }

    async fn handle(&self, update: &Value) -> Fallible<()> {
        if let Some(query) = update.get("pre_checkout_query") {
            let yes = json!({ "pre_checkout_query_id": query["id"], "ok": true });
            self.telegram("answerPreCheckoutQuery", yes).await?;
        } else if let Some(query) = update.get("callback_query") {
            self.pressed(query).await?;
        } else if let Some(message) = update.get("message") {
            self.heard(message).await?;
        }
        Ok(())
    }

    async fn say(&self, chat: &Value, text: &str, rows: Value) -> Fallible<()> {
        let message = json!({
            "chat_id": chat, "text": text, "parse_mode": "HTML",
            "reply_markup": { "inline_keyboard": rows },
        });
        self.telegram("sendMessage", message).await?;
        Ok(())
    }

    async fn heard(&self, message: &Value) -> Fallible<()> {
        let chat = &message["chat"]["id"];
        if message.get("successful_payment").is_some() {
            let text = "🎉 <b>Thank you!</b> Your balance is now <b>9.75 USD</b>.";
            return self
                .say(chat, text, json!([[{ "text": "🛒 Shop", "callback_data": "shop" }]]))
                .await;
        }
        if message.get("refunded_payment").is_some() {
            return Ok(());
        }
        let text = message["text"].as_str().unwrap_or("a file");
        if text.starts_with("/start") {
            return self.say(chat, MENU, menu()).await;
        }
        if text.starts_with("/keys") {
            return self
                .say(
                    chat,
                    KEYS,
                    json!([[{
                        "text": "Copy the key", "copy_text": { "text": "K7QF-22MX-90PL" },
                    }]]),
                )
                .await;
        }
        self.say(chat, "I only know <code>/start</code> and /keys.", json!([])).await
    }

    async fn pressed(&self, query: &Value) -> Fallible<()> {
        let chat = &query["message"]["chat"]["id"];
        let mut answer = json!({ "callback_query_id": query["id"] });
        match query["data"].as_str().unwrap_or_default() {
            "shop" | "menu" => {
                let shop = query["data"] == "shop";
                let (text, rows) = if shop { (SHELF, shelf()) } else { (MENU, menu()) };
                let edit = json!({
                    "chat_id": chat, "message_id": query["message"]["message_id"], "text": text,
                    "parse_mode": "HTML", "reply_markup": { "inline_keyboard": rows },
                });
                self.telegram("editMessageText", edit).await?;
            }
            "sold" => answer["text"] = json!("Sold out, sorry"),
            "rules" => {
                answer["text"] = json!("No returns once a key has been shown.");
                answer["show_alert"] = json!(true);
            }
            "slow" => return Ok(()),
            "stars" => self.send_invoice(chat).await?,
            "crypto" => self.send_crypto(chat).await?,
            _ => {}
        }
        self.telegram("answerCallbackQuery", answer).await?;
        Ok(())
    }

    async fn send_invoice(&self, chat: &Value) -> Fallible<()> {
        let invoice = json!({
            "chat_id": chat, "title": "Top up 9.75 USD", "payload": "pay_1", "currency": "XTR",
            "description": "Stars become shop balance at once.", "provider_token": "",
            "prices": [{ "label": "Top-up", "amount": 750 }],
        });
        self.telegram("sendInvoice", invoice).await?;
        Ok(())
    }

    async fn send_crypto(&self, chat: &Value) -> Fallible<()> {
        let invoice = json!({
            "currency_type": "fiat", "fiat": "USD", "amount": "12.50", "payload": "pay_2",
            "description": "Balance top-up", "accepted_assets": "USDT,TON,BTC", "expires_in": 1800,
        });
        let invoice = self.call(format!("{}/createInvoice", self.pay), &invoice).await?;
        let rows = json!([
            [{ "text": "Pay 12.50 USD", "url": invoice["bot_invoice_url"], "style": "success" }],
            [{ "text": "Cancel", "callback_data": "menu", "style": "danger" }],
        ]);
        self.say(chat, "Your invoice is ready. It is valid for <b>30 minutes</b>.", rows).await
    }
}

const MENU: &str = "👋 <b>Welcome to Bodega!</b>\n\nLicence keys, numbers and gift cards, delivered \
    in seconds.\n\n<blockquote>Balance: <b>0.00 USD</b></blockquote>";
const SHELF: &str = "🛒 <b>Software</b>\n\nChoose what you need. Prices are in <i>US dollars</i>.";
const KEYS: &str = "🔑 <b>VPN, 30 days</b>\nKey: <code>K7QF-22MX-90PL</code>\nPIN: \
    <tg-spoiler>4711</tg-spoiler>\n<pre><code class=\"language-bash\">vpn login K7QF-22MX-90PL\
    </code></pre>\n<a href=\"https://example.com/how\">How to use it</a>";

fn menu() -> Value {
    json!([
        [{ "text": "🛒 Shop", "callback_data": "shop", "style": "primary" }],
        [{ "text": "⭐ Top up", "callback_data": "stars" },
         { "text": "💎 Crypto", "callback_data": "crypto" }],
        [{ "text": "📜 Rules", "callback_data": "rules" },
         { "text": "💬 Support", "url": "https://t.me/support" }],
    ])
}

fn shelf() -> Value {
    json!([
        [{ "text": "VPN, 30 days · 4.90", "callback_data": "vpn" }],
        [{ "text": "Antivirus, 1 year · 12.00", "callback_data": "slow" }],
        [{ "text": "Office key · sold out", "callback_data": "sold" }],
        [{ "text": "◀ Back", "callback_data": "menu" }],
    ])
}
