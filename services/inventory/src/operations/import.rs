//! Taking over from an older shop: its catalogue here, its stock and sales, promo codes and carts in the files beside.
//!
//! Every function writes in the caller's transaction, tells nobody, and repeated with the same rows changes nothing: what
//! has come over once is the shop's own, and staff may have changed it.

mod carts;
mod promos;
mod reviews;
mod units;

use std::collections::HashSet;

use chassis::config::Settings;
use chassis::database::Database;
use chassis::ground::StartError;
use chassis::seal::Seal;
use chassis::takeover::Outcome;
use kernel::currency::Currency;
use kernel::ids::CategoryId;
use sqlx::PgConnection;
use uuid::Uuid;

use super::vault::Vault;
use crate::config::Config;
pub use crate::domain::import::{
    Category, Gift, InCart, Item, Promo, Reviewed, Sold, Stocked, Use, order_number,
};
use crate::domain::import::{fit_description, fit_name, fit_price, nth_name};
use crate::domain::item::{Draft, Price};
use crate::domain::name::Name;
use crate::store::import::{self as store, Shelf};
pub use crate::store::import_units::Totals;

/// Names of one catalogue that differ by a number at most.
const TURNS_MAX: u32 = 1_000;

/// What takes over needs: the keys of the stock and the currency of prices.
pub struct Import {
    vault: Vault,
    currency: Currency,
}

impl Import {
    /// Opens the keys of the stock, which are made where there are none yet.
    ///
    /// # Errors
    /// A setting is unusable, or the keys of the stock do not open with those of the settings.
    pub async fn open(database: &Database, settings: &Settings) -> Result<Self, StartError> {
        let config = Config::read(settings)?;
        let pool = database.pool("inventory", 1);
        let vault = Vault::open(&pool, &Seal::open(settings)?).await;
        pool.close().await;
        Ok(Self { vault: vault?, currency: config.currency })
    }

    /// Takes over categories, all at the top of the shop. One whose name is taken gets a number behind it.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_categories(
        &self,
        conn: &mut PgConnection,
        rows: &[Category],
    ) -> sqlx::Result<Outcome> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
        let known: HashSet<Uuid> = store::known_categories(conn, &ids).await?.into_iter().collect();
        let mut outcome = Outcome::default();
        for (place, row) in rows.iter().enumerate() {
            if known.contains(&row.id.0) {
                outcome.was_here();
                continue;
            }
            outcome.came();
            let (wanted, problem) = fit_name(&row.name, &format!("#{}", place + 1));
            let mut turn = 1;
            while !store::insert_category(conn, row.id, &nth_name(&wanted, turn)).await? {
                turn = next_turn(turn)?;
            }
            remark(&mut outcome, place, problem, &wanted, turn);
        }
        Ok(outcome)
    }

    /// Takes over items of categories that came before. One whose name is taken gets a number behind it; one whose price
    /// cannot be asked here is left.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_items(
        &self,
        conn: &mut PgConnection,
        rows: &[Item],
    ) -> sqlx::Result<Outcome> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
        let known: HashSet<Uuid> = store::known_items(conn, &ids).await?.into_iter().collect();
        let mut outcome = Outcome::default();
        for (place, row) in rows.iter().enumerate() {
            if known.contains(&row.id.0) {
                outcome.was_here();
                continue;
            }
            let price = match Price::new(row.price, self.currency) {
                Ok(price) => price,
                Err(problem) => {
                    outcome.left(place, format!("its price {problem}"));
                    continue;
                }
            };
            let (wanted, problem) = fit_name(&row.name, &format!("#{}", place + 1));
            let (description, other) = fit_description(&row.description);
            let mut draft = Draft {
                id: row.id,
                category_id: row.category,
                name: wanted.clone(),
                description,
                price,
                unlimited: row.unlimited,
            };
            let mut turn = 1;
            while !store::insert_item(conn, &draft, Shelf::Listed).await? {
                turn = next_turn(turn)?;
                draft.name = nth_name(&wanted, turn);
            }
            outcome.came();
            remark(&mut outcome, place, problem, &wanted, turn);
            if let Some(why) = other {
                outcome.changed(place, why);
            }
        }
        Ok(outcome)
    }

    /// Remembers items that were sold and are not listed any more, in an archived category, so that their orders have
    /// something to tell of.
    ///
    /// # Errors
    /// The database's.
    pub async fn remember_items(
        &self,
        conn: &mut PgConnection,
        archive: (CategoryId, &str),
        rows: &[Item],
    ) -> sqlx::Result<()> {
        let (id, name) = archive;
        store::insert_archive(conn, id, &fit_name(name, "#").0).await?;
        for row in rows {
            let draft = Draft {
                id: row.id,
                category_id: id,
                name: fit_name(&row.name, "#").0,
                description: fit_description(&row.description).0,
                price: fit_price(row.price),
                unlimited: false,
            };
            store::insert_item(conn, &draft, Shelf::Archived).await?;
        }
        Ok(())
    }
}

fn remark(outcome: &mut Outcome, place: usize, problem: Option<String>, wanted: &Name, turn: u32) {
    if let Some(problem) = problem {
        outcome.changed(place, problem);
    }
    if turn > 1 {
        let name = nth_name(wanted, turn);
        outcome.changed(place, format!("its name is taken here: it is “{}”", name.as_str()));
    }
}

/// A loop with an end: no catalogue has so many of one name.
fn next_turn(turn: u32) -> sqlx::Result<u32> {
    if turn < TURNS_MAX {
        return Ok(turn + 1);
    }
    Err(sqlx::Error::Protocol(format!("{TURNS_MAX} names are taken in a row")))
}
