//! Stock: values and files on their way into the shop. They are counted, never shown and never logged.

use chassis::sql;
use contract::common::AuditEntry;
use contract::convert;
use contract::failure::{Failure, Kind};
use contract::inventory::StockAdded;
use contract::inventory::event::What;
use kernel::ids::{ItemId, PersonId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::file::{FILE_BYTES_MAX, FILES_MAX, NewFile};
use crate::domain::unit::{self, BATCH_MAX, Counters, SealedUnit};
use crate::operations::{Inventory, audit, item};
use crate::store;
use crate::store::units::{Delivery, Place};

/// Values written by one statement: its parameters stay below a few megabytes.
const CHUNK: usize = 1_000;

/// Units to be added to an item.
pub struct Batch {
    /// Made by the caller; the same id is the same batch.
    pub id: Uuid,
    /// Whose stock.
    pub item_id: ItemId,
    /// Who adds them.
    pub staff: PersonId,
    /// In the order in which they are to be sold.
    pub load: Load,
}

/// What a batch consists of.
pub enum Load {
    /// Texts.
    Values(Vec<String>),
    /// Files.
    Files(Vec<NewFile>),
}

/// A batch that is sealed: from here on nothing holds a secret in the clear.
struct SealedBatch {
    delivery: Delivery,
    staff: PersonId,
    content_hash: Vec<u8>,
    units: Vec<SealedUnit>,
    /// Of files, one for each unit.
    contents: Option<Vec<Vec<u8>>>,
    /// Of what was wrong with the units as they came.
    counters: Counters,
}

impl Load {
    fn len(&self) -> usize {
        match self {
            Self::Values(values) => values.len(),
            Self::Files(files) => files.len(),
        }
    }

    fn check(&self) -> Result<(), Failure> {
        let (most, kind) = match self {
            Self::Values(_) => (BATCH_MAX, "values"),
            Self::Files(_) => (FILES_MAX, "files"),
        };
        if (1..=most).contains(&self.len()) {
            return Ok(());
        }
        Err(convert::invalid("units", format_args!("must be 1 to {most} {kind}")))
    }
}

impl Inventory {
    /// Adds units to an item, or replaces the value of an unlimited one. The same batch again gives the first answer.
    ///
    /// # Errors
    /// `inventory.item_missing`; `inventory.one_value_wanted` for an unlimited item, and `inventory.value_known` where
    /// its value has another place; `inventory.files_wanted` and `inventory.values_wanted` where the item sells the
    /// other kind; `inventory.batch_conflict` where the id was used for something else.
    pub async fn add_stock(&self, batch: Batch) -> Result<Counters, Failure> {
        batch.load.check()?;
        let count = batch.load.len();
        let batch = self.seal_batch(batch);
        let item_id = batch.delivery.item_id;
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::stock_batches::take_turn(&mut *tx).await.map_err(sql::failure)?;
        if let Some(earlier) = find_earlier(&mut tx, &batch).await? {
            return Ok(earlier);
        }
        let unlimited = store::items::lock(&mut *tx, item_id).await.map_err(sql::failure)?;
        let Some(unlimited) = unlimited else { return Err(item::item_missing()) };
        check_kind(&mut tx, &batch).await?;
        let added = match unlimited {
            true if count != 1 => return Err(one_value_wanted()),
            true => replace_shared(&mut tx, &batch).await?,
            false => insert_free(&mut tx, &batch).await.map_err(sql::failure)?,
        };
        let counters = batch.count(added);
        write_down(&mut tx, &batch, counters).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        self.0.cache.clear();
        tracing::info!(item = ?item_id, ?counters, "stock added");
        measure(counters);
        Ok(counters)
    }

    fn seal_batch(&self, batch: Batch) -> SealedBatch {
        let (vault, item) = (&self.0.vault, batch.item_id);
        let delivery = Delivery { item_id: item, batch_id: batch.id };
        let mut counters = Counters::default();
        let (content_hash, units, contents) = match batch.load {
            Load::Values(values) => {
                let content_hash = vault.content_hash(values.iter().map(String::as_bytes));
                let sorted = unit::sort(values);
                (counters.repeated, counters.invalid) = (sorted.repeated, sorted.invalid);
                let units = sorted.fresh.iter().map(|value| vault.seal(item, value)).collect();
                (content_hash, units, None)
            }
            Load::Files(files) => {
                let parts = files.iter().flat_map(|it| [it.name.as_bytes(), &it.content]);
                let content_hash = vault.content_hash(parts);
                let (mut units, mut contents) = (Vec::<SealedUnit>::new(), Vec::new());
                for file in &files {
                    let (unit, content) = vault.seal_file(item, file);
                    if file.content.is_empty() || file.content.len() > FILE_BYTES_MAX {
                        counters.invalid += 1;
                    } else if units.iter().any(|known| known.fingerprint == unit.fingerprint) {
                        counters.repeated += 1;
                    } else {
                        units.push(unit);
                        contents.push(content);
                    }
                }
                (content_hash, units, Some(contents))
            }
        };
        SealedBatch { delivery, staff: batch.staff, content_hash, units, contents, counters }
    }
}

impl SealedBatch {
    fn count(&self, added: u64) -> Counters {
        let fresh = u32::try_from(self.units.len()).expect("a batch is at most 10,000 values");
        let added = u32::try_from(added).expect("no more than there were values");
        Counters { added, known: fresh - added, ..self.counters }
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

/// An item sells values or files, never both: buyers know what they will get.
async fn check_kind(conn: &mut PgConnection, batch: &SealedBatch) -> Result<(), Failure> {
    let rules = store::stock_rules::find(conn, batch.delivery.item_id).await;
    let sells_files = rules.map_err(sql::failure)?.is_some_and(|rules| rules.sells_files);
    match (sells_files, batch.contents.is_some()) {
        (true, false) => Err(Failure::new(Kind::Invalid, "inventory.files_wanted")
            .because("the item sells files: send documents")),
        (false, true) => Err(Failure::new(Kind::Invalid, "inventory.values_wanted")
            .because("the item sells values: send texts")),
        _ => Ok(()),
    }
}

/// Adds what is new; how many that was.
async fn insert_free(conn: &mut PgConnection, batch: &SealedBatch) -> sqlx::Result<u64> {
    let mut added = 0;
    for units in batch.units.chunks(CHUNK) {
        added += store::units::insert_free(&mut *conn, batch.delivery, units).await?;
    }
    insert_contents(conn, batch).await?;
    Ok(added)
}

/// Puts the one unit of the batch in place of the present one: a new one, or one that the item had before.
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
        None => share_new(conn, batch, unit).await,
    };
    shared.map_err(sql::failure)?;
    Ok(1)
}

async fn share_new(
    conn: &mut PgConnection,
    batch: &SealedBatch,
    unit: &SealedUnit,
) -> sqlx::Result<()> {
    store::units::insert_shared(&mut *conn, batch.delivery, unit).await?;
    insert_contents(conn, batch).await
}

async fn insert_contents(conn: &mut PgConnection, batch: &SealedBatch) -> sqlx::Result<()> {
    let Some(contents) = &batch.contents else { return Ok(()) };
    store::unit_files::insert_of_batch(conn, batch.delivery.batch_id, &batch.units, contents).await
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
    if counters.added == 0 {
        return Ok(());
    }
    let what = StockAdded { item_id: item_id.to_string(), units: counters.added };
    let event = contract::inventory::Event { what: Some(What::StockAdded(what)) };
    durable::outbox::write(conn, &event).await?;
    let entry = AuditEntry::new(batch.staff, "inventory.stock.add", item_id)
        .changed("added", 0, counters.added)
        .changed("batch", "", batch_id);
    audit(conn, entry).await
}

fn measure(counters: Counters) {
    for (outcome, count) in [
        ("added", counters.added),
        ("known", counters.known),
        ("repeated", counters.repeated),
        ("invalid", counters.invalid),
    ] {
        metrics::counter!("bodega_inventory_stock_values_total", "outcome" => outcome)
            .increment(count.into());
    }
}

fn value_known() -> Failure {
    Failure::new(Kind::Conflict, "inventory.value_known")
        .because("the value is or was another item's, or one that is sold once")
}

fn one_value_wanted() -> Failure {
    Failure::new(Kind::Invalid, "inventory.one_value_wanted")
        .because("every buyer of an unlimited item gets the same value: give exactly one")
}
