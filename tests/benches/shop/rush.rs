//! A thousand people press "pay" on a hundred units at the same moment.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chassis::database::Database;
use kernel::ids::ItemId;
use sqlx::ConnectOptions;
use tokio::task::JoinSet;

use crate::backstage::{CROWDED, CROWDED_UNITS, crowded};
use crate::chats::{Chats, PEOPLE};
use crate::cpu::Meters;
use crate::load::{Load, drive, median, millis, percentile};
use crate::scenarios::{Gather, Signposts, label};

/// Gathers everybody before this many presses at a time.
const GATHERING: u32 = 40;

/// How it went; medians.
#[derive(Debug, Clone, Default)]
pub struct Rush {
    /// From the first press until the last person was answered.
    pub seconds: f64,
    /// From a press to its answer, in milliseconds.
    pub p50_ms: f64,
    /// The same, of the slowest hundredth.
    pub p99_ms: f64,
    /// CPU of the shop and its database, per thousand presses, in seconds.
    pub cpu: f64,
}

/// Rushes so many times, each for another item.
///
/// # Panics
/// Not exactly all units were sold.
pub async fn measure(
    chats: &Arc<Chats>,
    signposts: &Signposts,
    shop: (&Database, &Meters),
    runs: u32,
) -> Rush {
    let (database, meters) = shop;
    let (mut seconds, mut p50, mut p99) = (Vec::new(), Vec::new(), Vec::new());
    let mut cpus = Vec::new();
    for number in 0..runs {
        let item = crowded(number);
        let data = signposts.ask(chats, CROWDED, &item).await;
        let gather = Arc::new(Gather { chats: Arc::clone(chats), data });
        drive(&gather, Load::once(GATHERING), meters).await;
        let before = meters.read();
        let started = Instant::now();
        let waits = press_all(chats).await;
        seconds.push(started.elapsed().as_secs_f64());
        cpus.push((meters.read() - before).of_shop() * 1e3 / f64::from(PEOPLE));
        p50.push(millis(percentile(&waits, 50)));
        p99.push(millis(percentile(&waits, 99)));
        check(database, &item).await;
    }
    Rush { seconds: median(seconds), p50_ms: median(p50), p99_ms: median(p99), cpu: median(cpus) }
}

async fn press_all(chats: &Arc<Chats>) -> Vec<Duration> {
    let buttons: Vec<String> = (0..PEOPLE).map(|person| chats.button(person, label::PAY)).collect();
    let mut crowd = JoinSet::new();
    for (person, data) in (0..PEOPLE).zip(buttons) {
        let chats = Arc::clone(chats);
        crowd.spawn(async move { chats.press_data(person, &data).await });
    }
    let mut waits = crowd.join_all().await;
    waits.sort_unstable();
    waits
}

async fn check(database: &Database, item: &str) {
    let mut admin = database.admin().connect().await.expect("the database answers");
    let (sold, orders): (i64, i64) = sqlx::query_as(
        "select (select count(*) from inventory.units where item_id = $1 and state = 'sold'), \
         (select count(*) from inventory.order_lines l \
          join inventory.orders o on o.id = l.order_id \
          where l.item_id = $1 and o.state = 'delivered')",
    )
    .bind(ItemId::derived(item).0)
    .fetch_one(&mut admin)
    .await
    .expect("the tables are there");
    let all = i64::from(CROWDED_UNITS);
    assert_eq!((sold, orders), (all, all), "units sold and orders delivered of {item}");
}
