//! What was bought: delivered orders with their values, and the money of those whose buyers are gone.

use chassis::takeover::Fate;
use inventory::import::{Sold, order_number};
use kernel::ids::{OrderId, TransferId};
use payments::operations::import::{self as money, Cause, Estate, Movement};

use super::amounts::Hundredths;
use super::catalogue::Names;
use super::older::Purchase;
use super::{Import, id_of, instant, person};
use crate::roles::Role;

/// The order here of a purchase there.
pub fn order_id(key: i64) -> OrderId {
    OrderId(id_of("bought_goods", key))
}

impl Import {
    /// Takes over all purchases.
    pub(super) async fn sales(&mut self, names: &Names) -> anyhow::Result<()> {
        self.shared(names).await?;
        let mut after = i64::MIN;
        loop {
            let page = self.older.purchases_after(after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            self.purchases(page, names).await?;
            self.target.batch_done().await?;
        }
    }

    async fn purchases(&mut self, page: Vec<Purchase>, names: &Names) -> anyhow::Result<()> {
        let (mut keys, mut rows) = (Vec::new(), Vec::new());
        for row in page {
            let price = match Hundredths::parse(&row.price) {
                Ok(price) => price,
                Err(error) => {
                    self.report.left("bought_goods", row.id, &format!("its price: {error}"));
                    continue;
                }
            };
            let (price, rest) = price.money(self.target.currency);
            if rest != Hundredths(0) {
                let why = format!("it cost {price}, {rest} less than there");
                self.report.changed("bought_goods", row.id, &why);
                self.left_sales += rest;
            }
            keys.push(row.id);
            rows.push(Sold {
                id: order_id(row.id),
                number: row.number,
                buyer: row.buyer.and_then(person),
                item: names.sold(&row.item_name),
                item_name: row.item_name,
                price,
                at: instant(row.at),
                value: row.value.into(),
            });
        }
        let (goods, conn) = self.target.goods().await?;
        let outcome = goods.take_sold(conn, &rows).await?;
        self.report.note("bought_goods", &keys, &outcome);

        for remark in outcome.remarks.iter().filter(|remark| remark.fate == Fate::Left) {
            let price = rows[remark.place].price;
            self.left_sales += Hundredths::of(price.minor.into(), price.currency);
        }
        let of_nobody = rows.iter().filter(|row| row.buyer.is_none() && row.price.minor > 0);
        let movements = of_nobody.map(|row| Movement {
            id: TransferId(row.id.0),
            person: None,
            cause: Cause::Purchase,
            amount: row.price,
            at: row.at,
            reference: order_number(row.number),
        });
        let estate = Estate { movements: movements.collect(), ..Estate::default() };
        let currency = self.target.currency;
        let conn = self.target.as_role(Role::Payments).await?;
        money::take_over(conn, &estate, currency).await?;
        Ok(())
    }
}
