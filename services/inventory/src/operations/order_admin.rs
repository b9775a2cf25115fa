//! Orders, as staff see them: found by number, of a person, and opened only for a reason that is kept.

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::{OrderId, PersonId};
use secrecy::SecretString;

use crate::domain::order::{Line, Order, Receipt};
use crate::domain::order_number::OrderNumber;
use crate::domain::purchase::Purchase;
use crate::domain::reason::Reason;
use crate::domain::unit;
use crate::operations::{Inventory, audit};
use crate::store;

impl Inventory {
    /// The order that people call by a number, without values.
    ///
    /// # Errors
    /// `inventory.order_missing`.
    pub async fn find_order(&self, number: &OrderNumber) -> Result<Receipt, Failure> {
        let pool = &self.0.pool;
        let found = store::orders::find_by_number(pool, number).await.map_err(sql::failure)?;
        let order = found.ok_or_else(order_missing)?;
        let lines = store::order_lines::list(pool, &[order.id]).await.map_err(sql::failure)?;
        Ok(Receipt { order, lines: lines.into_iter().map(|(_, _, line)| line).collect() })
    }

    /// What was sold with an order. That it was asked for, by whom and why is kept before anything is told.
    ///
    /// # Errors
    /// `inventory.order_missing`, `inventory.order_not_delivered`.
    pub async fn reveal_order(
        &self,
        staff: PersonId,
        id: OrderId,
        reason: &Reason,
    ) -> Result<Receipt, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let found = store::orders::find(&mut *tx, id).await.map_err(sql::failure)?;
        let order = found.ok_or_else(order_missing)?;
        if order.state != Purchase::Delivered {
            return Err(Failure::new(Kind::Conflict, "inventory.order_not_delivered")
                .because("nothing was sold with this order"));
        }
        let entry = AuditEntry::new(staff, "inventory.order.reveal", order.number.as_str())
            .about(order.buyer)
            .because(reason.as_str());
        audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        self.opened(order).await
    }

    /// What became of a value. That it was asked for is kept; the value is not.
    ///
    /// # Errors
    /// `inventory.unit_missing`.
    pub async fn find_unit(
        &self,
        staff: PersonId,
        value: &SecretString,
    ) -> Result<unit::Found, Failure> {
        let fingerprint = self.0.vault.fingerprint(value);
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let found = store::sold::find_unit(&mut *tx, &fingerprint).await.map_err(sql::failure)?;
        let subject = found.as_ref().map(|unit| unit.item_id.to_string()).unwrap_or_default();
        let entry = AuditEntry::new(staff, "inventory.unit.find", subject);
        audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.0.bell.ring();
        found.ok_or_else(unit_missing)
    }

    /// A delivered order with its values; that the buyer has seen them is not said by this.
    async fn opened(&self, order: Order) -> Result<Receipt, Failure> {
        let pool = &self.0.pool;
        let units = store::units::list_of_order(pool, order.id).await.map_err(sql::failure)?;
        let mut lines = Vec::new();
        for (_, number, line) in
            store::order_lines::list(pool, &[order.id]).await.map_err(sql::failure)?
        {
            let own = units.iter().filter(|(of, _)| *of == number);
            let open = own.map(|(_, unit)| self.0.vault.open_unit(line.item_id, unit));
            lines.push(Line { values: open.collect::<Result<_, _>>()?, ..line });
        }
        Ok(Receipt { order, lines })
    }
}

/// There is no such unit; units are never deleted.
pub(super) fn unit_missing() -> Failure {
    Failure::new(Kind::Missing, "inventory.unit_missing").because("it never was in the shop")
}

/// There is no such order, or not for whoever asks.
pub fn order_missing() -> Failure {
    Failure::new(Kind::Missing, "inventory.order_missing").because("there is no such order")
}
