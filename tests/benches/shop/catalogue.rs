//! Screens of a shop with 1,000 categories, 100,000 items and 5,000,000 units, beside those of the small shop it was. One
//! person walks, twice in a row: on shelves that nobody has looked at for a while, and on shelves that are remembered.

use std::time::{Duration, Instant};

use chassis::database::Database;
use sqlx::{ConnectOptions, Executor};
use tokio::time::interval;

use crate::backstage::{CATEGORY, ITEM};
use crate::chats::{Chats, PEOPLE};
use crate::load::{median, millis};
use crate::scenarios::Signposts;

/// Longer than a shop remembers its shelves.
const FORGOTTEN_AFTER: Duration = Duration::from_millis(1_500);
/// What is on the first page of the large shop.
const ON_A_PAGE: u32 = 10;
/// What is checked row by row otherwise holds by its making; indexes are made once at the end, and maps of what all can
/// see as autovacuum would make them.
const FILL: [&str; 13] = [
    "set synchronous_commit = off",
    "set session_replication_role = replica",
    "set maintenance_work_mem = '512MB'",
    "set search_path = inventory",
    "insert into categories (id, name, name_key)
     select gen_random_uuid(), 'Aisle ' || to_char(n, 'FM0000'), 'aisle ' || to_char(n, 'FM0000')
     from generate_series(1, 1000) n",
    "insert into items (id, category_id, name, name_key, description, words, price_minor, currency,
         unlimited)
     select gen_random_uuid(), c.id, c.name || ' thing ' || to_char(n, 'FM000'),
         c.name_key || ' thing ' || to_char(n, 'FM000'),
         'Licence key for the full game. Works worldwide, never expires.',
         array_to_tsvector(array['aisle', right(c.name, 4), 'thing', to_char(n, 'FM000')]),
         2990, 'RUB', false
     from categories c, generate_series(1, 100) n where c.name_key like 'aisle %'",
    "drop index units_free",
    "alter table units drop constraint units_fingerprint_key",
    "insert into units (item_id, sealed, key_id, fingerprint, batch_id)
     select i.id, one.sealed, one.key_id, sha256((i.id || '-' || n)::bytea), one.batch_id
     from (select sealed, key_id, batch_id from units limit 1) one,
         items i, generate_series(1, 50) n
     where i.name_key like 'aisle %'",
    "create index units_free on units (item_id, added_at, id) where state = 'free'",
    "alter table units add constraint units_fingerprint_key unique (fingerprint)",
    "vacuum (analyze) categories, items, units",
    "checkpoint",
];

/// What was measured.
#[derive(Debug)]
pub struct Catalogue {
    /// Before the shop was filled.
    pub small: Looks,
    /// After.
    pub large: Looks,
    /// How long it took to fill, in seconds.
    pub filled_s: f64,
}

/// Medians of the three screens (shop, category, item), in milliseconds.
#[derive(Debug)]
pub struct Looks {
    /// Read from the database.
    pub fresh: [f64; 3],
    /// Remembered.
    pub remembered: [f64; 3],
}

/// Walks through the shop as it is, fills it, and walks again; `rounds` times each.
pub async fn measure(
    chats: &Chats,
    signposts: &Signposts,
    database: &Database,
    rounds: u32,
) -> Catalogue {
    let usual = |_| [CATEGORY.to_owned(), ITEM.to_owned()];
    let small = looks(chats, signposts, rounds, usual).await;
    let started = Instant::now();
    fill(database).await;
    let filled_s = started.elapsed().as_secs_f64();
    let large = looks(chats, signposts, rounds, |round| {
        let aisle = format!("Aisle {:04}", round % ON_A_PAGE + 1);
        let item = format!("{aisle} thing {:03}", round % ON_A_PAGE + 1);
        [aisle, item]
    });
    Catalogue { small, large: large.await, filled_s }
}

async fn fill(database: &Database) {
    let mut admin = database.admin().connect().await.expect("the database answers");
    for statement in FILL {
        admin.execute(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
}

async fn looks(
    chats: &Chats,
    signposts: &Signposts,
    rounds: u32,
    place: impl Fn(u32) -> [String; 2],
) -> Looks {
    let (mut fresh, mut remembered) = (Vec::new(), Vec::new());
    let mut tick = interval(FORGOTTEN_AFTER);
    // The first walk of all is the warm-up.
    for round in 0..=rounds {
        let place = place(round);
        tick.tick().await;
        fresh.push(walk(chats, signposts, &place).await);
        remembered.push(walk(chats, signposts, &place).await);
    }
    Looks { fresh: medians(&fresh[1..]), remembered: medians(&remembered[1..]) }
}

async fn walk(chats: &Chats, signposts: &Signposts, [category, item]: &[String; 2]) -> [f64; 3] {
    let scout = PEOPLE - 1;
    let shop = chats.press_data(scout, &signposts.shop).await;
    let category = chats.press(scout, category).await;
    let item = chats.press(scout, item).await;
    [shop, category, item].map(millis)
}

fn medians(walks: &[[f64; 3]]) -> [f64; 3] {
    [0, 1, 2].map(|screen| median(walks.iter().map(|walk| walk[screen]).collect()))
}
