//! Promo codes, who used them, and carts, which may have codes on their lines.

use anyhow::Context;
use inventory::import::{self as goods, Gift};
use kernel::ids::{CategoryId, ItemId, PromoId};

use super::amounts::Hundredths;
use super::catalogue::Names;
use super::older::{InCart, Promo};
use super::{Import, id_of, instant, person};

impl Import {
    /// Takes over promo codes and their uses.
    pub(super) async fn promos(&mut self, names: &Names) -> anyhow::Result<()> {
        let mut after = i64::MIN;
        loop {
            let page = self.older.promos_after(after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            let (mut keys, mut rows) = (Vec::new(), Vec::new());
            for row in page {
                match self.promo(&row, names) {
                    Ok((promo, rest)) => {
                        if rest != Hundredths(0) {
                            let why = format!("it is worth {rest} less than there");
                            self.report.changed("promo_codes", row.id, &why);
                        }
                        keys.push(row.id);
                        rows.push(promo);
                    }
                    Err(error) => self.report.left("promo_codes", row.id, &format!("{error:#}")),
                }
            }
            let (goods, conn) = self.target.goods().await?;
            let outcome = goods.take_promos(conn, &rows).await?;
            self.report.note("promo_codes", &keys, &outcome);
            self.target.batch_done().await?;
        }
        self.uses().await
    }

    /// The code here, and what its worth loses in a currency without cents.
    fn promo(&self, row: &Promo, names: &Names) -> anyhow::Result<(goods::Promo, Hundredths)> {
        let value = Hundredths::parse(&row.value).context("its value")?;
        let (amount, rest) = value.money(self.target.currency);
        let gift = match row.kind.as_str() {
            "percent" => {
                Gift::Percent(u32::try_from(value.0).ok().context("its value is below nothing")?)
            }
            "fixed" => Gift::Fixed(amount),
            "balance" => Gift::Balance(amount),
            kind => anyhow::bail!("codes of type {kind} are not known here"),
        };
        let item = match row.good {
            None => None,
            Some(good) => Some(names.good(good).context("the item that it is for was left")?),
        };
        let rest = if row.kind == "percent" { Hundredths(0) } else { rest };
        let small = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        let promo = goods::Promo {
            id: PromoId(id_of("promo_codes", row.id)),
            code: row.code.clone(),
            gift,
            max_uses: small(row.max_uses),
            uses: small(row.uses),
            uses_kept: small(row.uses_kept),
            expires_at: row.expires_at.map(instant),
            category: row.category.map(|key| CategoryId(id_of("categories", key))),
            item,
            is_active: row.is_active,
            created_at: instant(row.created_at),
        };
        Ok((promo, rest))
    }

    async fn uses(&mut self) -> anyhow::Result<()> {
        let mut after = i64::MIN;
        loop {
            let page = self.older.uses_after(after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            let (mut keys, mut rows) = (Vec::new(), Vec::new());
            for row in page {
                let Some(person) = person(row.person) else {
                    self.report.left("promo_code_usages", row.id, "it names nobody in Telegram");
                    continue;
                };
                let promo = PromoId(id_of("promo_codes", row.promo));
                keys.push(row.id);
                rows.push(goods::Use { promo, person, at: instant(row.at) });
            }
            let (goods, conn) = self.target.goods().await?;
            let outcome = goods.take_uses(conn, &rows).await?;
            self.report.note("promo_code_usages", &keys, &outcome);
            self.target.batch_done().await?;
        }
    }

    /// Takes over carts.
    pub(super) async fn carts(&mut self, names: &Names) -> anyhow::Result<()> {
        let mut after = i64::MIN;
        loop {
            let page = self.older.carts_after(after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.person;
            let (mut keys, mut rows) = (Vec::new(), Vec::new());
            for row in page {
                let (Some(item), Some(person)) = (in_cart(&row, names), person(row.person)) else {
                    self.report.left("cart_items", row.id, "no item has its name any more");
                    continue;
                };
                keys.push(row.id);
                rows.push(goods::InCart { person, item, code: row.code, at: instant(row.at) });
            }
            let (goods, conn) = self.target.goods().await?;
            let outcome = goods.take_carts(conn, &rows).await?;
            self.report.note("cart_items", &keys, &outcome);
            self.target.batch_done().await?;
        }
    }
}

fn in_cart(row: &InCart, names: &Names) -> Option<ItemId> {
    names.listed(&row.item_name)
}
