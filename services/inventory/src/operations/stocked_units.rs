//! Units in the hands of staff: listed without what is in them, read out with a reason, taken out of the sale.

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, PersonId};

use crate::domain::file::Opened;
use crate::domain::reason::Reason;
use crate::domain::stocked_unit::{Aside, StockedUnit, UnitState};
use crate::operations::order_admin::unit_missing;
use crate::operations::{Inventory, audit, item};
use crate::store;
use crate::store::stocked_units::Stretch;

/// Bytes of values in one piece of an export: with the largest value it still fits a gRPC message.
const PIECE_BYTES: usize = 1 << 20;

/// Some rows of a list, and whether more come after them.
pub struct Piece<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// More come after them.
    pub more: bool,
}

/// A unit that was read out.
pub struct Revealed {
    /// Which.
    pub unit: StockedUnit,
    /// What is in it.
    pub opened: Opened,
    /// Of a file.
    pub content: Option<Vec<u8>>,
}

impl Inventory {
    /// Free units of an item, or those set aside, oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_units(
        &self,
        stretch: Stretch,
        aside: Option<Aside>,
    ) -> Result<Piece<StockedUnit>, Failure> {
        let one_more = Stretch { limit: stretch.limit + 1, ..stretch };
        let pool = &self.0.pool;
        let rows = match aside {
            Some(aside) => store::stocked_units::list_aside(pool, one_more, aside).await,
            None => store::stocked_units::list_free(pool, one_more)
                .await
                .map(|rows| rows.into_iter().map(|(unit, _)| unit).collect()),
        };
        Ok(Piece::cut(rows.map_err(sql::failure)?, stretch.limit))
    }

    /// What is in a unit. The reason is kept before anything is told.
    ///
    /// # Errors
    /// `inventory.unit_missing`, `inventory.unit_damaged`.
    pub async fn reveal_unit(
        &self,
        staff: PersonId,
        id: i64,
        reason: &Reason,
    ) -> Result<Revealed, Failure> {
        let found = store::stocked_units::find(&self.0.pool, id).await.map_err(sql::failure)?;
        let found = found.ok_or_else(unit_missing)?;
        let item = found.unit.item_id;
        let opened = self.0.vault.open_unit(item, &found.sealed)?;
        let content = found.content.as_deref();
        let content = content.map(|it| self.0.vault.open_content(item, &found.sealed, it));
        let content = content.transpose()?;
        let entry = AuditEntry::new(staff, "inventory.unit.reveal", id)
            .changed("item", "", item)
            .because(reason.as_str());
        self.keep(entry).await?;
        tracing::info!(unit = id, ?staff, "a unit was read out");
        Ok(Revealed { unit: found.unit, opened, content })
    }

    /// Takes a free unit out of the sale; one that is withdrawn stays so.
    ///
    /// # Errors
    /// `inventory.unit_missing`; `inventory.unit_not_free` where it is sold, about to be, or everybody's.
    pub async fn withdraw_unit(&self, staff: PersonId, id: i64) -> Result<StockedUnit, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let done =
            store::stocked_units::withdraw(&mut *tx, id, staff).await.map_err(sql::failure)?;
        let found = store::stocked_units::find(&mut *tx, id).await.map_err(sql::failure)?;
        let unit = found.ok_or_else(unit_missing)?.unit;
        if done {
            let entry = AuditEntry::new(staff, "inventory.unit.withdraw", id)
                .changed("item", "", unit.item_id)
                .changed("state", "free", "withdrawn");
            audit(&mut tx, entry).await.map_err(sql::failure)?;
        } else if unit.state != UnitState::Withdrawn {
            return Err(Failure::new(Kind::Conflict, "inventory.unit_not_free")
                .because("only a unit that nobody has or is about to buy can be withdrawn"));
        }
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        self.0.cache.clear();
        Ok(unit)
    }

    /// A piece of the free units of an item, opened. The reason is kept before anything is told.
    ///
    /// # Errors
    /// `inventory.item_missing`, `inventory.unit_damaged`.
    pub async fn export_units(
        &self,
        staff: PersonId,
        stretch: Stretch,
        reason: &Reason,
    ) -> Result<Piece<(i64, Opened)>, Failure> {
        let pool = &self.0.pool;
        let rules = store::stock_rules::find(pool, stretch.item_id).await.map_err(sql::failure)?;
        rules.ok_or_else(item::item_missing)?;
        let one_more = Stretch { limit: stretch.limit + 1, ..stretch };
        let rows = store::stocked_units::list_free(pool, one_more).await.map_err(sql::failure)?;
        let mut piece = Piece::cut(rows, stretch.limit);
        let mut bytes = 0;
        let fitting = piece.rows.iter().take_while(|(_, sealed)| {
            let fits = bytes < PIECE_BYTES;
            bytes += sealed.sealed.len();
            fits
        });
        let fitting = fitting.count();
        piece.more |= fitting < piece.rows.len();
        piece.rows.truncate(fitting);
        if let (Some((first, _)), Some((last, _))) = (piece.rows.first(), piece.rows.last()) {
            let entry = AuditEntry::new(staff, "inventory.stock.export", stretch.item_id)
                .changed("units", "", format_args!("{}..{}", first.id, last.id))
                .changed("count", 0, piece.rows.len())
                .because(reason.as_str());
            self.keep(entry).await?;
        }
        let open = |(unit, sealed): (StockedUnit, _)| {
            Ok((unit.id, self.0.vault.open_unit(stretch.item_id, &sealed)?))
        };
        let rows = piece.rows.into_iter().map(open).collect::<Result<_, Failure>>()?;
        Ok(Piece { rows, more: piece.more })
    }

    /// Writes what staff did where nothing else is written.
    async fn keep(&self, entry: AuditEntry) -> Result<(), Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        Ok(())
    }
}

impl<T> Piece<T> {
    /// Of one row more than wanted, those that were.
    fn cut(mut rows: Vec<T>, limit: i64) -> Self {
        let limit = usize::try_from(limit).unwrap_or_default();
        let more = rows.len() > limit;
        rows.truncate(limit);
        Self { rows, more }
    }
}

/// A stretch of an item's units, of at most `most`.
pub fn stretch(item_id: ItemId, after: i64, limit: u32, most: u32) -> Stretch {
    let limit = if limit == 0 { 10.min(most) } else { limit.min(most) };
    Stretch { item_id, after, limit: limit.into() }
}
