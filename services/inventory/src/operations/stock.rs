//! Stock: values on their way into the shop. They are counted, never shown and never logged.

use chassis::sql;
use contract::convert;
use contract::failure::{Failure, Kind};
use contract::inventory::StockAdded;
use contract::inventory::event::What;
use kernel::ids::ItemId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::unit::{self, BATCH_MAX, Counters, SealedUnit};
use crate::operations::{Inventory, item};
use crate::store;
use crate::store::units::{Delivery, Place};

/// Values written by one statement: its parameters stay below a few megabytes.
const CHUNK: usize = 500;

/// Values to be added to an item.
pub struct Batch {
    /// Made by the caller; the same id is the same batch.
    pub id: Uuid,
    /// Whose stock.
    pub item_id: ItemId,
    /// In the order in which they are to be sold.
    pub values: Vec<String>,
}

/// A batch whose values are sealed: from here on nothing holds a secret in the clear.
struct SealedBatch {
    delivery: Delivery,
    content_hash: Vec<u8>,
    units: Vec<SealedUnit>,
    /// Of what was wrong with the values as they came.
    counters: Counters,
}

impl Inventory {
    /// Adds units to an item, or replaces the value of an unlimited one. The same batch again gives the first answer.
    ///
    /// # Errors
    /// `inventory.item_missing`; `inventory.one_value_wanted` for an unlimited item, and `inventory.value_known` where
    /// its value has another place; `inventory.batch_conflict` where the id was used for something else.
    pub async fn add_stock(&self, batch: Batch) -> Result<Counters, Failure> {
        if batch.values.is_empty() || batch.values.len() > BATCH_MAX {
            return Err(convert::invalid("units", format_args!("must be 1 to {BATCH_MAX} values")));
        }
        let values = batch.values.len();
        let batch = self.seal_batch(batch);
        let item_id = batch.delivery.item_id;
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::stock_batches::take_turn(&mut *tx).await.map_err(sql::failure)?;
        if let Some(earlier) = find_earlier(&mut tx, &batch).await? {
            return Ok(earlier);
        }
        let unlimited = store::items::lock(&mut *tx, item_id).await.map_err(sql::failure)?;
        let added = match unlimited {
            None => return Err(item::item_missing()),
            Some(true) if values != 1 => return Err(one_value_wanted()),
            Some(true) => replace_shared(&mut tx, &batch).await?,
            Some(false) => insert_free(&mut tx, &batch).await.map_err(sql::failure)?,
        };
        let counters = count(&batch, added);
        write_down(&mut tx, &batch, counters).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        self.0.cache.clear();
        tracing::info!(item = ?item_id, ?counters, "stock added");
        for (outcome, count) in [
            ("added", counters.added),
            ("known", counters.known),
            ("repeated", counters.repeated),
            ("invalid", counters.invalid),
        ] {
            metrics::counter!("bodega_inventory_stock_values_total", "outcome" => outcome)
                .increment(count.into());
        }
        Ok(counters)
    }

    fn seal_batch(&self, batch: Batch) -> SealedBatch {
        let vault = &self.0.vault;
        let content_hash = vault.content_hash(batch.values.iter().map(String::as_str));
        let sorted = unit::sort(batch.values);
        let seal = |value| vault.seal(batch.item_id, value);
        SealedBatch {
            delivery: Delivery { item_id: batch.item_id, batch_id: batch.id },
            content_hash,
            units: sorted.fresh.iter().map(seal).collect(),
            counters: Counters {
                repeated: sorted.repeated,
                invalid: sorted.invalid,
                ..Counters::default()
            },
        }
    }
}

/// What became of the batch when it came before.
async fn find_earlier(
    conn: &mut PgConnection,
    batch: &SealedBatch,
) -> Result<Option<Counters>, Failure> {
    let Delivery { item_id, batch_id } = batch.delivery;
    let found = store::stock_batches::find(conn, batch_id).await.map_err(sql::failure)?;
    match found {
        None => Ok(None),
        Some(earlier)
            if earlier.item_id == item_id && earlier.content_hash == batch.content_hash =>
        {
            Ok(Some(earlier.counters))
        }
        Some(_) => Err(Failure::new(Kind::Conflict, "inventory.batch_conflict")
            .because("the same id was used for another batch")),
    }
}

/// Adds what is new; how many that was.
async fn insert_free(conn: &mut PgConnection, batch: &SealedBatch) -> sqlx::Result<u64> {
    let mut added = 0;
    for units in batch.units.chunks(CHUNK) {
        added += store::units::insert_free(&mut *conn, batch.delivery, units).await?;
    }
    Ok(added)
}

/// Puts the one value of the batch in place of the present one: a new value, or one that the item had before.
async fn replace_shared(conn: &mut PgConnection, batch: &SealedBatch) -> Result<u64, Failure> {
    let Some(unit) = batch.units.first() else { return Ok(0) };
    let item = batch.delivery.item_id;
    let known = store::units::find_place(&mut *conn, &unit.fingerprint).await;
    let known = known.map_err(sql::failure)?;
    if known == Some(Place::SharedBy(item)) {
        return Ok(0);
    }
    if known.is_some_and(|place| place != Place::WithdrawnBy(item)) {
        return Err(value_known());
    }
    store::units::withdraw_shared(&mut *conn, item).await.map_err(sql::failure)?;
    let shared = match known {
        Some(_) => store::units::share_again(&mut *conn, &unit.fingerprint).await,
        None => store::units::insert_shared(&mut *conn, batch.delivery, unit).await,
    };
    shared.map_err(sql::failure)?;
    Ok(1)
}

fn count(batch: &SealedBatch, added: u64) -> Counters {
    let fresh = u32::try_from(batch.units.len()).expect("a batch is at most 10,000 values");
    let added = u32::try_from(added).expect("no more than there were values");
    Counters { added, known: fresh - added, ..batch.counters }
}

async fn write_down(
    conn: &mut PgConnection,
    batch: &SealedBatch,
    counters: Counters,
) -> sqlx::Result<()> {
    let Delivery { item_id, batch_id } = batch.delivery;
    let content_hash = batch.content_hash.clone();
    let stored = store::stock_batches::Batch { id: batch_id, item_id, content_hash, counters };
    store::stock_batches::insert(&mut *conn, &stored).await?;
    if counters.added > 0 {
        let what = StockAdded { item_id: item_id.to_string(), units: counters.added };
        let event = contract::inventory::Event { what: Some(What::StockAdded(what)) };
        durable::outbox::write(conn, &event).await?;
    }
    Ok(())
}

fn value_known() -> Failure {
    Failure::new(Kind::Conflict, "inventory.value_known")
        .because("the value is or was another item's, or one that is sold once")
}

fn one_value_wanted() -> Failure {
    Failure::new(Kind::Invalid, "inventory.one_value_wanted")
        .because("every buyer of an unlimited item gets the same value: give exactly one")
}
