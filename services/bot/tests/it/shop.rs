//! A shop for tests: the bot on a database of its own, people in the Telegram emulator, and someone in the gateway's
//! place who hands updates over until they are taken.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chassis::ground::{Ground, Wires};
use chassis::guard;
use contract::actor::Actor;
use contract::bot::bot_intake_service_client::BotIntakeServiceClient;
use contract::bot::broadcast_admin_service_client::BroadcastAdminServiceClient;
use contract::bot::people_admin_service_client::PeopleAdminServiceClient;
use contract::bot::{ParkUpdateRequest, TakeUpdateRequest};
use contract::failure::{Failure, Kind};
use contract::switchboard::Switchboard;
use contract::wire::Wire;
use contract::{admin, payments};
pub use emulators::telegram::PersonId;
use emulators::telegram::{CallbackAnswer, Channel, Message, Options, Seed, Telegram};
use sqlx::PgPool;
use telegram::GetUpdates;

use super::fakes::{Fakes, push};

pub const ANNA: PersonId = PersonId(1001);
pub const BORIS: PersonId = PersonId(1002);
pub const OWNER: PersonId = PersonId(7);
pub const CHANNEL: i64 = -1_001_234;

/// A seal key, as the settings write it.
const SEAL_KEY: &str = "a:YSBzZWFsIGtleSBmb3Igam91cm5leXMsIDMyIGJ5dGU=";

/// Longer than anything here takes on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct TestShop {
    pub telegram: Telegram,
    pub fakes: Fakes,
    pub pool: PgPool,
    pub ground: Ground,
    wire: Wire,
    refusals: Arc<Mutex<Vec<Failure>>>,
}

impl TestShop {
    pub async fn open() -> Self {
        Self::open_with("", Vec::new()).await
    }

    /// With settings on top of those of every test, and channels in Telegram. A `[shop]` of their own says where news go.
    pub async fn open_with(settings: &str, channels: Vec<Channel>) -> Self {
        let people = vec![
            Seed::new(ANNA.0, "Anna").username("anna").speaks("en"),
            Seed::new(BORIS.0, "Борис").speaks("ru-RU"),
            Seed::new(OWNER.0, "Olga").speaks("en"),
        ];
        let news = Channel { id: CHANNEL, title: "News".into(), username: None };
        let channels = channels.into_iter().chain([news]).collect();
        let options = Options { people, channels, ..Options::default() };
        let telegram = Telegram::start(options).await.unwrap();
        let migrations = [&durable::MIGRATIONS, &bot::MIGRATIONS];
        let database = testkit::database("bot", &migrations).await;
        let fakes = Fakes::new();
        let (ground, wire) = start(&telegram, &fakes, database.database, settings).await;
        let shop =
            Self { telegram, fakes, pool: database.pool, ground, wire, refusals: Arc::default() };
        shop.carry_updates();
        shop
    }

    /// The gateway's place: fetches updates and hands each over until it is taken or refused for good.
    fn carry_updates(&self) {
        let token = self.telegram.token().to_owned().into();
        let client = telegram::Client::new(&self.telegram.base_url(), token).unwrap();
        let (ground, wire) = (self.ground.clone(), self.wire.clone());
        let refusals = Arc::clone(&self.refusals);
        self.ground.lifecycle.spawn("gateway", async move {
            let mut offset = None;
            while !ground.lifecycle.is_stopping() {
                let poll = GetUpdates { offset, limit: 100, timeout: Duration::from_secs(1) };
                for update in client.get_updates(&poll).await.unwrap_or_default() {
                    let body = update.get().as_bytes();
                    offset = Some(telegram::Update::parse(body).unwrap().update_id + 1);
                    while let Err(failure) = take(&ground, &wire, body).await {
                        let is_passing = failure.kind() == Kind::Unavailable;
                        refusals.lock().unwrap().push(failure);
                        if !is_passing || !ground.lifecycle.pause(Duration::from_millis(50)).await {
                            break;
                        }
                    }
                }
            }
        });
    }

    /// Drops the bot in the middle of whatever it does, as SIGKILL would, and starts it again.
    pub async fn dies_and_comes_back(&mut self) {
        self.dies_and_comes_back_with("").await;
    }

    /// The same with other settings on top of those of every test.
    pub async fn dies_and_comes_back_with(&mut self, settings: &str) {
        self.ground.lifecycle.stop(Duration::ZERO).await;
        let database = self.ground.database.clone();
        (self.ground, self.wire) = start(&self.telegram, &self.fakes, database, settings).await;
        self.carry_updates();
    }

    /// Hands one update over, once.
    pub async fn take(&self, body: impl AsRef<[u8]>) -> Result<(), Failure> {
        take(&self.ground, &self.wire, body.as_ref()).await
    }

    /// What staff do about people.
    pub fn people(&self) -> PeopleAdminServiceClient<Wire> {
        PeopleAdminServiceClient::new(self.wire.clone())
    }

    /// All methods of the bot.
    pub fn wire(&self) -> Wire {
        self.wire.clone()
    }

    /// What staff do about broadcasts.
    pub fn broadcasts(&self) -> BroadcastAdminServiceClient<Wire> {
        BroadcastAdminServiceClient::new(self.wire.clone())
    }

    /// A request of a person with these permission bits.
    pub fn request_of<T>(&self, person: PersonId, bits: u32, message: T) -> tonic::Request<T> {
        self.ground.keys.caller(&Actor::Person { id: person, bits }).request(message)
    }

    /// Another replica of the bot, on the same tables.
    pub async fn replica(&self) -> BotIntakeServiceClient<Wire> {
        let board = Switchboard::default();
        let routes = bot::start(&self.ground).await.unwrap();
        let (keys, lifecycle) = (self.ground.keys.clone(), self.ground.lifecycle.clone());
        board.connect(guard::guarded(routes, keys, lifecycle));
        BotIntakeServiceClient::new(board.wire())
    }

    pub async fn park(&self, body: &[u8], reason: &str) -> Result<(), Failure> {
        let request = ParkUpdateRequest { update: body.to_vec(), reason: reason.into() };
        let request = self.ground.caller_for_service("gateway").request(request);
        BotIntakeServiceClient::new(self.wire.clone()).park_update(request).await?;
        Ok(())
    }

    /// Codes of what the bot did not take so far.
    pub fn refusals(&self) -> Vec<String> {
        self.refusals.lock().unwrap().iter().map(|failure| failure.code().to_owned()).collect()
    }

    pub fn says(&self, person: PersonId, text: &str) {
        self.telegram.say(person, text).unwrap();
    }

    /// Waits for a message that contains all of these words; the newest such.
    pub async fn sees(&self, person: PersonId, words: &[&str]) -> Message {
        let has_all = |message: &Message| {
            message.is_from_bot() && words.iter().all(|word| shown(message).contains(word))
        };
        let seen = self.telegram.wait_for_message(person.0, PATIENCE, has_all).await;
        seen.unwrap_or_else(|error| {
            let refusals = self.refusals.lock().unwrap();
            panic!("{words:?} did not come: {error}\nnot taken: {:?}", refusals.first())
        })
    }

    /// Waits until some message has this button.
    pub async fn offers(&self, person: PersonId, label: &str) {
        let has = |message: &Message| message.button(label).is_some();
        let message = self.telegram.wait_for_message(person.0, PATIENCE, has).await;
        message.unwrap_or_else(|error| panic!("no button {label:?}: {error}"));
    }

    /// Presses the button on the newest message that has it, and waits for the answer.
    pub async fn presses(&self, person: PersonId, label: &str) -> CallbackAnswer {
        let has = |message: &Message| message.button(label).is_some();
        let message = self.telegram.wait_for_message(person.0, PATIENCE, has).await;
        let message = message.unwrap_or_else(|error| panic!("no button {label:?}: {error}"));
        let press = self.telegram.press_button(person, message.message_id, label).unwrap();
        press.answer(PATIENCE).await.expect("every press is answered")
    }

    /// Presses with any data, as a changed client can.
    pub async fn forges(&self, person: PersonId, data: &str) -> CallbackAnswer {
        let message = self.telegram.last_message(person.0).unwrap();
        let press = self.telegram.press(person, message.message_id, data).unwrap();
        press.answer(PATIENCE).await.expect("every press is answered")
    }

    /// Waits until a statement counts this many.
    pub async fn counts(&self, sql: &'static str, wanted: i64) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let count: i64 = sqlx::query_scalar(sql).fetch_one(&self.pool).await.unwrap();
            if count == wanted {
                return;
            }
            assert!(tokio::time::Instant::now() < deadline, "{sql}: {count}, not {wanted}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn run(&self, sql: &'static str) {
        sqlx::query(sql).execute(&self.pool).await.unwrap();
    }

    /// Puts money into a wallet.
    pub fn fund(&self, person: PersonId, minor: i64) {
        self.fakes.state().wallets.entry(person.0).or_default().available = minor;
    }

    /// Lets a method of a neighbour work again.
    pub fn mend(&self, method: &'static str) {
        self.fakes.state().failures.remove(method);
    }

    /// Tells followers of payments.
    pub fn tell_payments(&self, what: payments::event::What) {
        let event = payments::Event { what: Some(what) };
        push(&mut self.fakes.state().payments_events, &event);
        self.fakes.bell.notify_waiters();
    }

    /// Tells followers of admin, and waits until the bot has heard it.
    pub async fn tell_admin(&self, what: admin::event::What) {
        let event = admin::Event { what: Some(what) };
        push(&mut self.fakes.state().admin.events, &event);
        self.fakes.bell.notify_waiters();
        let mut tick = tokio::time::interval(Duration::from_millis(10));
        let heard = async {
            loop {
                tick.tick().await;
                let state = self.fakes.state();
                if state.admin.followed == state.admin.events.len() {
                    return;
                }
            }
        };
        tokio::time::timeout(PATIENCE, heard).await.expect("admin is followed");
    }

    /// Has staff add to a balance, which is told at once.
    pub fn adjust(&self, transfer: &str, person: PersonId, minor: i64) {
        self.tell_payments(payments::event::What::BalanceAdjusted(payments::BalanceAdjusted {
            transfer_id: transfer.into(),
            person_id: person.0,
            amount: Some(super::fakes::roubles(minor)),
        }));
    }

    /// The bot's calls of a method that concern a person.
    pub fn calls(&self, person: PersonId, method: &str) -> usize {
        let calls = self.telegram.calls(Some(person.0));
        calls.iter().filter(|call| call.method == method).count()
    }

    pub async fn close(self) {
        let aborted = self.ground.lifecycle.stop(Duration::from_secs(5)).await;
        assert!(aborted.is_empty(), "did not stop in time: {aborted:?}");
        assert!(self.ground.lifecycle.fallen().is_empty(), "a task has fallen");
    }
}

async fn start(
    telegram: &Telegram,
    fakes: &Fakes,
    database: chassis::database::Database,
    settings: &str,
) -> (Ground, Wire) {
    let news = format!("channel_id = {CHANNEL}\n");
    let (news, settings) = match settings.strip_prefix("[shop]\n") {
        Some(own) => (own, ""),
        None => (&*news, settings),
    };
    let settings = format!(
        "[shop]\nowner_id = {OWNER}\n{news}\
         rules = \"Be kind.\"\n[payments]\nreferral_percent = 10\n\
         [security]\nseal_keys = [\"{SEAL_KEY}\"]\n\
         [telegram]\ntoken = \"{}\"\napi_url = \"{}\"\n{settings}\n",
        telegram.token(),
        telegram.base_url()
    );
    let bot_side = Switchboard::default();
    let nobody = || Switchboard::default().wire();
    let bot = bot_side.wire();
    let wires =
        Wires { payments: nobody(), inventory: nobody(), bot: bot.clone(), admin: nobody() };
    let mut ground = testkit::ground(&settings, database, wires);
    let (payments, inventory) = fakes.wires(&ground.keys, &ground.lifecycle);
    let admin = fakes.admin_wire(&ground.keys, &ground.lifecycle);
    ground.wires = Wires { payments, inventory, bot, admin };
    let routes = bot::start(&ground).await.unwrap();
    bot_side.connect(guard::guarded(routes, ground.keys.clone(), ground.lifecycle.clone()));
    let wire = ground.wires.bot.clone();
    (ground, wire)
}

async fn take(ground: &Ground, wire: &Wire, body: &[u8]) -> Result<(), Failure> {
    let caller = ground.keys.caller(&Actor::Service("gateway".into()));
    let request = caller.request(TakeUpdateRequest { update: body.to_vec() });
    BotIntakeServiceClient::new(wire.clone()).take_update(request).await?;
    Ok(())
}

/// Words, or the name of the file, or the title of the invoice.
fn shown(message: &Message) -> String {
    let file = message.document.as_ref().map(|document| document.file_name.as_str());
    let invoice = message.invoice.as_ref().map(|invoice| invoice.title.as_str());
    [Some(message.words()), file, invoice].into_iter().flatten().collect::<Vec<_>>().join("\n")
}
