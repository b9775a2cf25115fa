//! Stock and sales that come over. What was sold is written before what is in stock, so that a value that the older shop
//! listed a second time is not sold a second time.

use std::collections::{HashMap, HashSet};

use chassis::takeover::Outcome;
use kernel::ids::{OrderId, PersonId, derived};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Import, Sold, Stocked, Totals};
use crate::domain::item::Price;
use crate::domain::unit::{self, SealedUnit};
use crate::store::import::shared_fingerprint;
use crate::store::import_units::{self as store, Arrival, As, Known, Past};

/// Units of one read.
const PAGE: i64 = 5_000;

/// What came over as stock.
fn stock() -> Uuid {
    derived("import", "stock")
}

/// What came over as sold.
fn sales() -> Uuid {
    derived("import", "sales")
}

impl Import {
    /// Takes over the values that all buyers of an unlimited item get, one for each item.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_shared(
        &self,
        conn: &mut PgConnection,
        rows: &[Stocked],
    ) -> sqlx::Result<Outcome> {
        let mut outcome = Outcome::default();
        for (place, row) in rows.iter().enumerate() {
            if let Err(why) = unit::check(row.value.expose_secret()) {
                outcome.left(place, why);
                continue;
            }
            let unit = self.seal(row.item, &row.value);
            match shared_fingerprint(conn, row.item).await? {
                Some(present) if present == unit.fingerprint => outcome.was_here(),
                Some(_) => {
                    outcome.left(place, "its item has a value for all buyers already, another one");
                }
                None => {
                    let fingerprint = unit.fingerprint.clone();
                    let arrival = Arrival { item: row.item, unit, order: None, at: None };
                    store::insert(conn, &[arrival], As::Shared, stock()).await?;
                    match shared_fingerprint(conn, row.item).await? {
                        Some(present) if present == fingerprint => outcome.came(),
                        _ => outcome.left(place, "its value is or was another item's here"),
                    }
                }
            }
        }
        Ok(outcome)
    }

    /// Takes over what was sold, as delivered orders. A value that was sold more than once is one unit, which all its
    /// buyers see.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_sold(&self, conn: &mut PgConnection, rows: &[Sold]) -> sqlx::Result<Outcome> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
        let known: HashSet<Uuid> = store::known_orders(conn, &ids).await?.into_iter().collect();
        let mut outcome = Outcome::default();
        let (mut fresh, mut kept_back) = (Vec::new(), Vec::new());
        for (place, row) in rows.iter().enumerate() {
            if known.contains(&row.id.0) {
                outcome.was_here();
            } else if let Err(problem) = Price::new(row.price, self.currency) {
                outcome.left(place, format!("its price {problem}; its value cannot be sold again"));
                kept_back.push(self.arrival(row, None));
            } else {
                fresh.push((place, row));
            }
        }
        store::insert(conn, &kept_back, As::Withdrawn, sales()).await?;
        let arrivals: Vec<Arrival> =
            fresh.iter().map(|(_, row)| self.arrival(row, Some(row.id))).collect();
        store::insert(conn, &arrivals, As::Sold, sales()).await?;
        let units = self.known(conn, &arrivals).await?;
        let past: Vec<Past<'_>> = fresh
            .iter()
            .zip(&arrivals)
            .map(|((_, sold), arrival)| {
                let unit = &units[&arrival.unit.fingerprint];
                let shared_unit = (unit.order != Some(sold.id)).then_some(unit.id);
                Past { sold, item: unit.item, shared_unit }
            })
            .collect();
        let new: HashSet<Uuid> = store::insert_orders(conn, &past).await?.into_iter().collect();
        for ((place, row), _) in fresh.iter().zip(&past) {
            if new.contains(&row.id.0) {
                outcome.came();
            } else {
                outcome.left(*place, "another order has its number here");
            }
        }
        let lines: Vec<&Past<'_>> =
            past.iter().filter(|one| new.contains(&one.sold.id.0)).collect();
        store::insert_order_lines(conn, &lines).await?;
        Ok(outcome)
    }

    /// Takes over what is in stock, in the order in which it is to be sold.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_stock(
        &self,
        conn: &mut PgConnection,
        rows: &[Stocked],
    ) -> sqlx::Result<Outcome> {
        let mut outcome = Outcome::default();
        let (mut places, mut arrivals) = (Vec::new(), Vec::new());
        for (place, row) in rows.iter().enumerate() {
            match unit::check(row.value.expose_secret()) {
                Err(why) => outcome.left(place, why),
                Ok(()) => {
                    let unit = self.seal(row.item, &row.value);
                    places.push(place);
                    arrivals.push(Arrival { item: row.item, unit, order: None, at: None });
                }
            }
        }
        let before = self.known(conn, &arrivals).await?;
        store::insert(conn, &arrivals, As::Free, stock()).await?;
        let mut seen = HashSet::new();
        for (place, arrival) in places.into_iter().zip(&arrivals) {
            let is_first = seen.insert(arrival.unit.fingerprint.clone());
            match before.get(&arrival.unit.fingerprint) {
                None if is_first => outcome.came(),
                Some(unit) if is_first && is_the_same(unit, arrival) => outcome.was_here(),
                Some(unit) if matches!(unit.state.as_str(), "sold" | "reserved" | "withdrawn") => {
                    outcome.left(place, "its value was sold already");
                }
                _ => outcome.left(place, "its value is in stock already"),
            }
        }
        Ok(outcome)
    }

    /// What a value is recognised by.
    pub fn fingerprint(&self, value: &SecretString) -> Vec<u8> {
        self.vault.fingerprint(&unit::bare(value.expose_secret()).to_owned().into())
    }

    /// Takes out of stock what came over before and is not in stock there any more; returns how many units. `there` is all
    /// that is in stock there.
    ///
    /// # Errors
    /// The database's.
    pub async fn withdraw_missing(
        &self,
        conn: &mut PgConnection,
        there: &HashSet<Vec<u8>>,
    ) -> sqlx::Result<u64> {
        let (mut withdrawn, mut after) = (0, i64::MIN);
        loop {
            let page = store::free_after(conn, stock(), after, PAGE).await?;
            let Some((last, _)) = page.last() else { return Ok(withdrawn) };
            after = *last;
            let gone = page.iter().filter(|(_, fingerprint)| !there.contains(fingerprint));
            let gone: Vec<i64> = gone.map(|(id, _)| *id).collect();
            withdrawn += store::withdraw(conn, &gone).await?;
        }
    }

    /// Those of these people who bought something here.
    ///
    /// # Errors
    /// The database's.
    pub async fn find_traders(
        &self,
        conn: &mut PgConnection,
        people: &[PersonId],
    ) -> sqlx::Result<Vec<PersonId>> {
        store::list_traders(conn, people).await
    }

    /// What came over so far.
    ///
    /// # Errors
    /// The database's.
    pub async fn totals(&self, conn: &mut PgConnection) -> sqlx::Result<Totals> {
        store::totals(conn, stock()).await
    }

    fn arrival(&self, sold: &Sold, order: Option<OrderId>) -> Arrival {
        let unit = self.seal(sold.item, &sold.value);
        Arrival { item: sold.item, unit, order, at: Some(sold.at.as_microsecond()) }
    }

    /// Seals a value as stock that staff add is sealed, so that it is recognised.
    fn seal(&self, item: kernel::ids::ItemId, value: &SecretString) -> SealedUnit {
        self.vault.seal(item, &unit::bare(value.expose_secret()).to_owned().into())
    }

    async fn known(
        &self,
        conn: &mut PgConnection,
        arrivals: &[Arrival],
    ) -> sqlx::Result<HashMap<Vec<u8>, Known>> {
        let fingerprints: Vec<_> =
            arrivals.iter().map(|one| one.unit.fingerprint.clone()).collect();
        let known = store::list_known(conn, &fingerprints).await?;
        Ok(known.into_iter().map(|unit| (unit.fingerprint.clone(), unit)).collect())
    }
}

/// The row itself, from a run before, whatever has become of it here.
fn is_the_same(unit: &Known, arrival: &Arrival) -> bool {
    unit.batch == stock() && unit.item == arrival.item && !unit.sold_there
}
