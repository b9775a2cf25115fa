//! A crowd in their chats: each writes or presses and waits until the bot has done all that this asks of it.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use emulators::telegram::{Arrival, History, Message, Options, PaymentOutcome, Seed, Telegram};
use journeys::PATIENCE;
use journeys::shop::OWNER;
use kernel::ids::PersonId;
use tokio::sync::Notify;

/// How many people there are.
pub const PEOPLE: u32 = 1_000;
const FIRST_ID: i64 = 10_000;
/// What is not needed is not kept: the driver shares the machine with what it measures.
const HISTORY: History =
    History { messages_per_chat: 24, calls: 0, updates: 1, queries: 4_096, files: 16 };

/// Everybody's chats with the bot.
pub struct Chats {
    /// Where they are.
    pub telegram: Telegram,
    slots: Arc<Slots>,
}

/// What the bot did in one chat since it was last asked for something.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Messages sent or changed.
    shown: u32,
    /// Presses answered.
    answered: u32,
    /// Payments agreed to.
    agreed: u32,
    /// The message that was sent or changed last, at any time.
    message_id: i64,
    last: Option<Instant>,
}

#[derive(Default)]
struct Slot {
    seen: Mutex<Seen>,
    changed: Notify,
}

struct Slots {
    slots: Vec<Slot>,
    refused: AtomicU32,
}

impl Slots {
    fn of(&self, person: u32) -> &Slot {
        &self.slots[usize::try_from(person).expect("people can be counted")]
    }

    /// Called for every Bot API call before it is answered.
    fn note(&self, call: &Arrival) {
        if call.status != 200 {
            self.refused.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let person = call.chat.and_then(|chat| u32::try_from(chat - FIRST_ID).ok());
        let Some(person) = person.filter(|person| *person < PEOPLE) else { return };
        let slot = self.of(person);
        let mut seen = slot.lock();
        match call.method {
            "answerCallbackQuery" => seen.answered += 1,
            "answerPreCheckoutQuery" => seen.agreed += 1,
            method if method.starts_with("send") || method.starts_with("edit") => {
                seen.shown += 1;
                seen.message_id = call.message_id.unwrap_or(seen.message_id);
            }
            _ => return,
        }
        seen.last = Some(call.at);
        drop(seen);
        slot.changed.notify_one();
    }
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what the bot did, but not which message is there.
    fn clear(&self) {
        let mut seen = self.lock();
        *seen = Seen { message_id: seen.message_id, ..Seen::default() };
    }

    /// Waits until the bot has done enough; when the last of it arrived.
    async fn wait(&self, enough: impl Fn(&Seen) -> bool) -> Option<Instant> {
        let wait = async {
            loop {
                let seen = *self.lock();
                if enough(&seen) {
                    return seen.last;
                }
                self.changed.notified().await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.ok().flatten()
    }
}

impl Chats {
    /// A crowd that has not met the bot yet.
    pub async fn new() -> Self {
        let slots: Vec<Slot> = (0..PEOPLE).map(|_| Slot::default()).collect();
        let slots = Arc::new(Slots { slots, refused: AtomicU32::new(0) });
        let noting = Arc::clone(&slots);
        let everybody = (0..PEOPLE).map(|person| {
            let (id, name) = (id(person).0, format!("Person {person}"));
            Seed::new(id, &name).username(&format!("person_{id}")).speaks("en")
        });
        let owner = Seed::new(OWNER.0, "Olga").username("olga").speaks("en");
        let telegram = Telegram::start(Options {
            people: everybody.chain([owner]).collect(),
            history: HISTORY,
            on_call: Some(Arc::new(move |call: &Arrival| noting.note(call))),
            ..Options::default()
        });
        Self { telegram: telegram.await.expect("the emulator starts"), slots }
    }

    /// Writes to the bot and waits for its message; how long that took.
    pub async fn say(&self, person: u32, text: &str) -> Duration {
        let slot = self.slots.of(person);
        slot.clear();
        let started = Instant::now();
        self.telegram.say(id(person), text).expect("a person can write");
        let last = slot.wait(|seen| seen.shown > 0).await;
        self.lasted(person, started, last, text)
    }

    /// Presses the button with this label on the message that the bot showed last.
    pub async fn press(&self, person: u32, label: &str) -> Duration {
        let data = self.button(person, label);
        self.press_data(person, &data).await
    }

    /// Presses what a button carries, and waits until the message is changed and the press answered.
    pub async fn press_data(&self, person: u32, data: &str) -> Duration {
        let slot = self.slots.of(person);
        slot.clear();
        let started = Instant::now();
        let message = slot.lock().message_id;
        self.telegram.press(id(person), message, data).expect("a person can press");
        let last = slot.wait(|seen| seen.shown > 0 && seen.answered > 0).await;
        self.lasted(person, started, last, data)
    }

    /// Pays the invoice in a message; how long it took until the bot agreed, and from then on until
    /// it said that the money is there.
    pub async fn pay(&self, person: u32, message_id: i64) -> [Duration; 2] {
        let slot = self.slots.of(person);
        slot.clear();
        let started = Instant::now();
        let payment = self.telegram.begin_payment(id(person), message_id).expect("an invoice");
        let outcome = payment.outcome().await;
        assert!(matches!(outcome, PaymentOutcome::Paid { .. }), "{person}: {outcome:?}");
        let paid = Instant::now();
        let last = slot.wait(|seen| seen.shown > 0).await;
        let credited = self.lasted(person, paid, last, "the payment");
        [paid - started, credited]
    }

    /// What the button with this label carries, on the message that the bot showed last.
    pub fn button(&self, person: u32, label: &str) -> String {
        let message = self.message(person);
        let data = message.callback(label).map(str::to_owned);
        data.unwrap_or_else(|| panic!("{person} has no button {label:?}: {}", outline(&message)))
    }

    /// The message that the bot showed last.
    pub fn message(&self, person: u32) -> Message {
        let message = self.telegram.message(id(person).0, self.message_id(person));
        message.expect("the newest message is kept")
    }

    /// Its number.
    pub fn message_id(&self, person: u32) -> i64 {
        self.slots.of(person).lock().message_id
    }

    /// Bot API calls that were refused so far; a shop that measures well has none.
    pub fn refused(&self) -> u32 {
        self.slots.refused.load(Ordering::Relaxed)
    }

    fn lasted(&self, person: u32, started: Instant, last: Option<Instant>, what: &str) -> Duration {
        let last = last.unwrap_or_else(|| {
            let seen = *self.slots.of(person).lock();
            panic!("{person} waits for ever after {what:?}: {seen:?}")
        });
        last - started
    }
}

/// Telegram's number of a person.
pub fn id(person: u32) -> PersonId {
    PersonId(FIRST_ID + i64::from(person))
}

fn outline(message: &Message) -> String {
    let labels: Vec<_> = message.buttons().map(|button| button.text.as_str()).collect();
    format!("{:?} {labels:?}", message.words())
}
