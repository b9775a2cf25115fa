//! Files that were bought, one by one.

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::{OrderId, PersonId};

use crate::domain::file::Opened;
use crate::domain::purchase::Purchase;
use crate::operations::Inventory;
use crate::store;

impl Inventory {
    /// A file of a buyer's delivered order: what it is, and its content.
    ///
    /// # Errors
    /// `inventory.order_missing`, also where it is another person's; `inventory.file_missing`, also while the order is
    /// not delivered; `inventory.unit_damaged`.
    pub async fn get_file(
        &self,
        buyer: PersonId,
        order: OrderId,
        id: &str,
    ) -> Result<(Opened, Vec<u8>), Failure> {
        let order = self.find_own(buyer, order).await?;
        let missing = || {
            Failure::new(Kind::Missing, "inventory.file_missing")
                .because("there is no such file in the order")
        };
        let fingerprint = hex::decode(id).map_err(|_| missing())?;
        if order.state != Purchase::Delivered {
            return Err(missing());
        }
        let pool = &self.0.pool;
        let found = store::unit_files::find_of_order(pool, order.id, &fingerprint).await;
        let found = found.map_err(sql::failure)?.ok_or_else(missing)?;
        let vault = &self.0.vault;
        let opened = vault.open_unit(found.item_id, &found.unit)?;
        Ok((opened, vault.open_content(found.item_id, &found.unit, &found.content)?))
    }
}
