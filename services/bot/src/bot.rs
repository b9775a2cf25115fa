//! Everything the bot is made of, and the context it makes for one person.

use std::sync::Arc;
use std::time::Duration;

use chassis::ground::{Ground, Wires};
use chassis::kv::Kv;
use contract::actor::{Actor, ActorKeys};
use durable::feed::Bell;
use jiff::tz::TimeZone;
use kernel::clock::Clock;
use kernel::ids::PersonId;
use kernel::locale::Locale;
use sqlx::PgPool;
use tokio::sync::{Notify, OnceCell};

use crate::chat::{self, Chat};
use crate::config::Config;
use crate::dialogue::Dialogues;
use crate::format::Format;
use crate::intents::Intents;
use crate::maintenance::Maintenance;
use crate::news_channel::NewsChannel;
use crate::outbound::{Limiter, Shown};
use crate::peers::Peers;
use crate::people::{People, Person};
use crate::render::Renderer;
use crate::rewards::Rewards;
use crate::rights::Rights;
use crate::screen::{Cx, Shop};
use crate::staff::Staff;
use crate::subscriptions::Subscriptions;
use crate::texts::Texts;
use crate::turns::Turns;
use crate::user_data::NewcomerChannel;

/// The bot. Cheap to clone.
#[derive(Clone)]
pub struct Bot {
    /// Its own tables.
    pub pool: PgPool,
    /// Wakes the readers of its feed.
    pub bell: Bell,
    /// What may be lost.
    pub kv: Kv,
    /// Everybody who writes.
    pub people: People,
    /// What each of them may do.
    pub rights: Rights,
    /// Whether the shop is closed.
    pub maintenance: Maintenance,
    /// Channels to be in.
    pub subscriptions: Subscriptions,
    /// Purchases that wait for money.
    pub intents: Intents,
    /// What joining channels is worth.
    pub rewards: Rewards,
    /// After so many minutes of waiting staff are reminded; 0: never.
    pub remind_minutes: u32,
    /// Days for which closed conversations are kept; none where they are never forgotten.
    pub tickets_kept_days: Option<i32>,
    /// Open questions.
    pub dialogues: Dialogues,
    /// Order within one person's updates.
    pub turns: Turns,
    /// Out to Telegram.
    pub renderer: Renderer,
    /// What the queue need not say again.
    pub shown: Shown,
    /// Settings that people see.
    pub shop: Arc<Shop>,
    /// For dates.
    pub zone: TimeZone,
    /// The language of what is said to nobody in particular.
    pub locale: Locale,
    /// The channel that learns of new people.
    pub user_data: Option<NewcomerChannel>,
    /// Who is told of what only the owner can mend.
    pub owner: Option<PersonId>,
    /// The news channel.
    pub channel: Option<NewsChannel>,
    /// Buttons on older messages move no money; none: there is no such limit.
    pub replay_window: Option<Duration>,
    /// To the other services.
    pub wires: Wires,
    /// For calls as somebody.
    pub keys: ActorKeys,
    /// For fresh ids.
    pub clock: Clock,
    /// Rung when the queue has something new, so that its worker need not look every moment.
    pub queued: Arc<Notify>,
    /// Rung when a broadcast has somebody new to write to.
    pub stirred: Arc<Notify>,
    /// The bot's own name, once Telegram has told it.
    pub username: Arc<OnceCell<String>>,
}

impl Bot {
    /// The bot on its ground; starts the writer of what was shown, and nothing else.
    pub fn new(ground: &Ground, config: Config) -> Self {
        let pool = ground.database.pool("bot", config.pool_size);
        let subscriptions = Subscriptions::new(
            config.channels,
            config.when_unknown,
            config.telegram.clone(),
            ground.kv.clone(),
        );
        let queued = Arc::<Notify>::default();
        Self {
            subscriptions,
            intents: Intents::new(pool.clone(), config.buy_on, Arc::clone(&queued)),
            bell: Bell::new(&ground.lifecycle),
            kv: ground.kv.clone(),
            people: People::new(pool.clone(), config.locale),
            rights: Rights::new(config.owner),
            maintenance: Maintenance::default(),
            rewards: config.rewards,
            remind_minutes: config.remind_minutes,
            tickets_kept_days: config.tickets_kept_days,
            dialogues: Dialogues::new(ground.kv.clone()),
            turns: Turns::default(),
            renderer: Renderer::new(config.telegram, Limiter::new(config.rates)),
            shown: Shown::start(&ground.lifecycle, pool.clone()),
            shop: config.shop,
            zone: config.zone,
            locale: config.locale,
            user_data: config.user_data,
            owner: config.owner,
            channel: config.channel,
            replay_window: config.replay_window,
            wires: ground.wires.clone(),
            keys: ground.keys.clone(),
            clock: ground.clock.clone(),
            queued,
            stirred: Arc::default(),
            username: Arc::new(OnceCell::new()),
            pool,
        }
    }

    /// The context of one piece of work for a person, with what they may do at this moment.
    pub async fn cx(&self, person: Arc<Person>) -> Cx {
        let staff = self.rights.of(person.id, || self.own_peers()).await;
        self.cx_as(person, staff)
    }

    /// The same for a person with these rights.
    pub fn cx_as(&self, person: Arc<Person>, staff: Staff) -> Cx {
        let caller = self.keys.caller(&staff.actor(person.id));
        Cx {
            texts: Texts::of(person.locale),
            format: Format::new(person.locale, self.zone.clone()),
            peers: Peers::new(self.wires.clone(), caller),
            shop: Arc::clone(&self.shop),
            staff,
            chat: Chat::new(self.renderer.client().clone(), person.id, Arc::clone(&self.username)),
            dialogues: self.dialogues.clone(),
            people: self.people.clone(),
            intents: self.intents.clone(),
            rights: self.rights.clone(),
            maintenance: self.maintenance.clone(),
            subscriptions: self.subscriptions.clone(),
            clock: self.clock.clone(),
            person,
        }
    }

    /// The bot's own name without the `@`; nothing while Telegram does not answer.
    pub async fn username(&self) -> Option<String> {
        chat::bot_username(self.renderer.client(), &self.username).await.map(str::to_owned)
    }

    /// The services, called as the bot itself.
    pub fn own_peers(&self) -> Peers {
        let caller = self.keys.caller(&Actor::Service("bot".to_owned()));
        Peers::new(self.wires.clone(), caller)
    }
}
