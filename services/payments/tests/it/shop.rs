//! A shop under test: the service on a fresh database, with stand-ins for those it calls.

use std::sync::Arc;

use chassis::ground::{Ground, Wires};
use chassis::lifecycle::Lifecycle;
use contract::failure::Failure;
use contract::payments::{Event, event};
use contract::switchboard::Switchboard;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use kernel::clock::Clock;
use kernel::currency::Currency;
use kernel::ids::{InvoiceId, PersonId, TransferId};
use kernel::money::Money;
use payments::domain::invoice::Invoice;
use payments::domain::ledger::Totals;
use payments::operations::invoice::OpenInvoice;
use payments::operations::wallet::Charged;
use payments::operations::{Payments, adjustment, books, inbox, invoice, money_stats, wallet};
use payments::postings::{Adjustment, Charge};
use payments::providers::Providers;
use prost::Message;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgPool};

use super::fakes::admin::Admin;
use super::fakes::bot::Bot;
use super::fakes::{CryptoPay, Telegram};

/// The token of the app at Crypto Pay.
const APP_TOKEN: &str = "12345:AAtest";
pub const ANNA: PersonId = PersonId(42);
pub const BORIS: PersonId = PersonId(43);

pub struct Shop {
    pub pool: PgPool,
    pub payments: Arc<Payments>,
    pub cryptopay: CryptoPay,
    pub telegram: Telegram,
    pub bot: Bot,
    pub admin: Admin,
    pub ground: Ground,
}

impl Shop {
    pub async fn open() -> Self {
        Self::open_with("").await
    }

    /// With settings on top of those of every test: lines of `[payments]`.
    pub async fn open_with(settings: &str) -> Self {
        let database =
            testkit::database("payments", &[&durable::MIGRATIONS, &payments::MIGRATIONS]).await;
        let (cryptopay, telegram) = (CryptoPay::start(APP_TOKEN).await, Telegram::default());
        let stand_ins = Lifecycle::new();
        let settings = format!(
            "[telegram]\ntoken = \"7:abc\"\napi_url = \"{}\"\n\
             [payments.cryptopay]\ntoken = \"{APP_TOKEN}\"\napi_url = \"{}\"\n\
             [payments]\n{settings}\n",
            telegram.serve(&stand_ins).await,
            cryptopay.url(),
        );
        let mut ground = testkit::ground(&settings, database.database.clone(), wires());
        ground.lifecycle = stand_ins;
        let (bot, admin) = (Bot::default(), Admin::default());
        ground.wires.bot = bot.serve(&ground);
        ground.wires.admin = admin.serve(&ground);
        let payments = payments::compose(&ground, database.pool.clone()).unwrap();
        let payments = Arc::new(payments);
        Self { pool: database.pool, payments, cryptopay, telegram, bot, admin, ground }
    }

    /// Opens a wallet and puts money into it.
    pub async fn fund(&self, person: PersonId, minor: i64) {
        wallet::open_wallet(&self.payments, person, None).await.unwrap();
        if minor > 0 {
            self.adjust(person, minor).await;
        }
    }

    pub async fn adjust(&self, person: PersonId, minor: i64) {
        let asked = Adjustment {
            id: TransferId::fresh(&Clock::System),
            person,
            amount: rub(minor),
            reason: "for a test".into(),
            staff: PersonId(1),
        };
        adjustment::adjust_balance(&self.payments, asked).await.unwrap();
    }

    pub async fn charge(&self, charge: &Charge) -> Result<Charged, Failure> {
        wallet::charge_wallet(&self.payments, charge.clone()).await
    }

    pub async fn wallet(&self, person: PersonId) -> Totals {
        wallet::get_wallet(&self.payments, person).await.unwrap()
    }

    pub async fn available(&self, person: PersonId) -> i64 {
        self.wallet(person).await.available_minor
    }

    /// A fresh invoice of Anna's over 100 roubles.
    pub async fn invoice(&self, method: &str) -> Invoice {
        self.open_invoice(ANNA, method).await.unwrap()
    }

    pub async fn open_invoice(&self, person: PersonId, method: &str) -> Result<Invoice, Failure> {
        let asked = OpenInvoice {
            id: InvoiceId::fresh(&Clock::System),
            person,
            method: method.into(),
            amount: rub(10_000),
        };
        invoice::open_invoice(&self.payments, asked).await
    }

    pub async fn find_invoice(&self, id: InvoiceId) -> Invoice {
        payments::store::invoices::find(&self.pool, id).await.unwrap().unwrap()
    }

    /// Brings a signed callback of Crypto Pay's about an invoice of theirs.
    pub async fn call_back(&self, invoice: &Value, update_id: u32) -> Result<(), Failure> {
        let body = callback(invoice, update_id);
        let headers = signed(&body);
        inbox::take_callback(&self.payments, "cryptopay", &headers, body).await
    }

    /// Brings an update of Telegram's.
    pub async fn update(&self, update: &Value) -> Result<(), Failure> {
        inbox::take_update(&self.payments, update.to_string().into_bytes()).await
    }

    /// Everything the service told others, in order.
    pub async fn events(&self) -> Vec<event::What> {
        let rows: Vec<Vec<u8>> = sqlx::query_scalar("select event from outbox order by tx, id")
            .fetch_all(&self.pool)
            .await
            .unwrap();
        let read = |row: Vec<u8>| Event::decode(row.as_slice()).unwrap().what.unwrap();
        rows.into_iter().map(read).collect()
    }

    /// Stable codes of all cases, oldest first.
    pub async fn cases(&self) -> Vec<String> {
        sqlx::query_scalar("select reason from suspense_cases order by opened_at")
            .fetch_all(&self.pool)
            .await
            .unwrap()
    }

    pub async fn count(&self, what: &'static str) -> i64 {
        sqlx::query_scalar(what).fetch_one(&self.pool).await.unwrap()
    }

    pub async fn execute(&self, statement: &'static str) {
        sqlx::query(statement).execute(&self.pool).await.unwrap();
    }

    /// From now on the receipt of this payment fails with this SQLSTATE, and with it the credit.
    pub async fn break_receipt(&self, external_id: &str, sqlstate: &str) {
        self.execute(
            "create or replace function fail_on_purpose() returns trigger language plpgsql as $$
             begin raise exception 'on purpose' using errcode = tg_argv[0]; end $$",
        )
        .await;
        let trigger = format!(
            "create trigger fails_on_purpose before insert on receipts for each row
             when (new.external_id = '{external_id}')
             execute function fail_on_purpose('{sqlstate}')"
        );
        sqlx::query(AssertSqlSafe(trigger)).execute(&self.pool).await.unwrap();
    }

    pub async fn mend_receipts(&self) {
        self.execute("drop trigger fails_on_purpose on receipts").await;
    }

    /// The same service on the same tables, with other methods and another bot.
    pub fn payments_with(
        &self,
        providers: Providers,
        telegram: Option<telegram::Client>,
    ) -> Payments {
        let running = &self.payments;
        Payments {
            pool: self.pool.clone(),
            bell: running.bell.clone(),
            terms: running.terms,
            adjustments: running.adjustments,
            providers,
            telegram,
            locale: running.locale,
            peers: running.peers.clone(),
            clock: running.clock.clone(),
            zone: running.zone.clone(),
            recent_totals: money_stats::recent_totals(),
        }
    }

    /// The same service by another clock.
    pub fn payments_at(&self, clock: Clock) -> Payments {
        let ground = Ground { clock, ..self.ground.clone() };
        payments::compose(&ground, self.pool.clone()).unwrap()
    }

    /// At the end of every test: what must be zero is.
    pub async fn books_are_zero(&self) {
        let books = books::check_books(&self.payments).await.unwrap();
        assert!(books.are_zero(), "{books:?}");
    }
}

pub fn wires() -> Wires {
    let wire = || Switchboard::default().wire();
    Wires { payments: wire(), inventory: wire(), bot: wire(), admin: wire() }
}

pub fn rub(minor: i64) -> Money {
    Money::new(minor, "RUB".parse::<Currency>().unwrap())
}

pub fn a_charge(person: PersonId, minor: i64) -> Charge {
    let id = TransferId::fresh(&Clock::System);
    Charge { id, person, amount: rub(minor), reference: "A-1001".into() }
}

pub fn callback(invoice: &Value, update_id: u32) -> Vec<u8> {
    json!({"update_id": update_id, "update_type": "invoice_paid", "payload": invoice})
        .to_string()
        .into_bytes()
}

pub fn signed(body: &[u8]) -> HeaderMap {
    let key = Sha256::digest(APP_TOKEN);
    let mac = Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update(body);
    let mut headers = HeaderMap::new();
    let signature = hex::encode(mac.finalize().into_bytes());
    headers.insert("crypto-pay-api-signature", signature.parse().unwrap());
    headers
}

/// A payment in the chat as Telegram tells of it.
pub fn paid(invoice: &Invoice, charge_id: &str, changes: &[(&str, Value)]) -> Value {
    let mut payment = json!({
        "currency": invoice.price.currency.code(), "total_amount": invoice.price.minor,
        "invoice_payload": invoice.id.to_string(), "telegram_payment_charge_id": charge_id,
        "provider_payment_charge_id": "",
    });
    for (key, value) in changes {
        payment[*key] = value.clone();
    }
    message(invoice.person, "successful_payment", &payment)
}

pub fn message(from: PersonId, field: &str, value: &Value) -> Value {
    json!({"update_id": 11, "message": {
        "message_id": 77, "date": 1_767_323_100, field: value,
        "from": {"id": from.0, "is_bot": false, "first_name": "A"},
        "chat": {"id": from.0, "type": "private", "first_name": "A"},
    }})
}
