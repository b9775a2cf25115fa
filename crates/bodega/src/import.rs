//! `bodega import telegram-shop`: takes a Telegram-shop over into a shop that has not opened yet.
//!
//! The older shop is read at one instant and never written. Here, each batch is a transaction across the services' tables;
//! ids are made from the older shop's keys, so that an import that was interrupted is repeated, and one that is repeated
//! changes nothing. The order of steps matters: what others refer to comes first, and what was sold before what is in stock.

mod amounts;
mod catalogue;
mod older;
mod people;
mod promos;
mod reconcile;
mod report;
mod reviews;
mod sales;
mod settled;
mod staff;
mod target;

use anyhow::{Context, ensure};
use chassis::config::Settings;
use chassis::database::Database;
use contract::common::AuditEntry;
use kernel::clock::Clock;
use kernel::ids::{self, PersonId};
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use self::amounts::Hundredths;
use self::older::Older;
use self::report::Report;
pub use self::target::Stay;
use self::target::Target;
use crate::process::{self, Storage};
use crate::roles::Role;
use crate::{migrate, shop};

/// What names the older shop in ids: never change it, or a repeated import would take everything a second time.
const SPACE: &str = "telegram-shop";
/// People of whom an error speaks by their numbers.
const NAMED_MAX: usize = 5;

/// The command. Without `from` the older shop is in the database of the settings, as it is with its own settings.
pub async fn import(settings: Settings, from: Option<&str>, stay: Stay) -> anyhow::Result<()> {
    let storage = Storage::of(&settings)?;
    target::terms(&settings)?;
    let settings = shop::with_generated_keys(settings, &storage)?;
    let (database, cluster) = storage.open().await?;
    let done = take_over(&settings, &database, from, stay).await;
    process::close(cluster).await;
    done
}

async fn take_over(
    settings: &Settings,
    database: &Database,
    from: Option<&str>,
    stay: Stay,
) -> anyhow::Result<()> {
    target::check_closed(database).await?;
    let options: PgConnectOptions = match from {
        Some(url) => chassis::config::database_url(url).parse().context("--database-url")?,
        None => database.admin().clone(),
    };
    let mut older = Older::open(&options).await?;
    let (currency, _) = target::terms(settings)?;
    if let Some(code) = older.currency().await?.filter(|code| code != "XTR") {
        ensure!(
            code == currency.code(),
            "the older shop's money is {code}, and shop.currency is {currency}; set PAY_CURRENCY \
             to {code}: nothing was taken over"
        );
    }
    migrate::all(database, &Role::ALL).await?;
    let mut target = Target::open(database, settings, stay).await?;
    target.check_currency().await?;
    check_traders(&mut older, &mut target).await?;

    let mut import = Import {
        older,
        target,
        report: Report::default(),
        left_sales: Hundredths::default(),
        left_balances: Hundredths::default(),
    };
    import.staff().await?;
    let names = import.catalogue().await?;
    import.sales(&names).await?;
    import.stock(&names).await?;
    import.people().await?;
    import.settled().await?;
    import.promos(&names).await?;
    import.carts(&names).await?;
    import.reviews(&names).await?;
    import.unread().await?;
    import.reconcile().await?;
    import.note().await?;
    import.target.close().await?;
    let report = import.report;
    print!("{report}");
    ensure!(report.agrees(), "the totals do not agree: look at the lines that differ");
    println!(
        "{}",
        match stay {
            Stay::Kept => "\neverything agrees; the shop can open",
            Stay::Undone =>
                "\neverything would agree; this was a rehearsal, and nothing of it was kept",
        }
    );
    Ok(())
}

/// An import under way.
struct Import {
    older: Older,
    target: Target,
    report: Report,
    /// Of what was sold there, what does not come over.
    left_sales: Hundredths,
    /// Of what people have there, what does not come over.
    left_balances: Hundredths,
}

impl Import {
    /// What is known to be there and not taken over.
    async fn unread(&mut self) -> anyhow::Result<()> {
        let table = "audit_log";
        if let Some(rows) = self.older.count(table).await?.filter(|rows| *rows > 0) {
            let why = "it is about the older shop; keep its database";
            self.report.left_whole(table, rows, why);
        }
        Ok(())
    }
}

impl Import {
    /// Writes what is new into the log of what was done to the shop.
    async fn note(&mut self) -> anyhow::Result<()> {
        let entry = AuditEntry::new(self.target.owner, "admin.import", SPACE);
        let entry =
            self.report.news().fold(entry, |entry, (table, rows)| entry.changed(table, "", rows));
        if entry.changes.is_empty() {
            return Ok(());
        }
        let conn = self.target.as_role(Role::Admin).await?;
        admin::import::note(conn, entry, &Clock::System).await?;
        self.target.batch_done().await
    }
}

/// Refuses when somebody of the older shop has paid or bought here: whose balance is right then, nobody can say.
async fn check_traders(older: &mut Older, target: &mut Target) -> anyhow::Result<()> {
    let (mut traders, mut after) = (Vec::new(), i64::MIN);
    loop {
        let people = older.people_after(after).await?;
        let Some(last) = people.last() else { break };
        after = last.id;
        let people: Vec<PersonId> = people.iter().map(|person| PersonId(person.id)).collect();
        traders.extend(target.find_traders(&people).await?);
    }
    let named: Vec<String> = traders.iter().take(NAMED_MAX).map(ToString::to_string).collect();
    ensure!(
        traders.is_empty(),
        "{} people of the older shop have paid or bought here already ({}{}): an import is for \
         before the opening, and nothing was taken over",
        traders.len(),
        named.join(", "),
        if traders.len() > NAMED_MAX { ", ..." } else { "" },
    );
    Ok(())
}

/// The id here of a row there.
fn id_of(table: &str, key: impl std::fmt::Display) -> Uuid {
    ids::derived(SPACE, &format!("{table} {key}"))
}

/// A moment as it is read.
fn instant(micros: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(micros).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

/// Who somebody there can be here.
fn person(id: i64) -> Option<PersonId> {
    PersonId::new(id).ok()
}
