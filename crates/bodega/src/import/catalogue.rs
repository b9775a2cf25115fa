//! The catalogue: categories, items, and what is called by a name that nothing has any more.

use std::collections::{HashMap, HashSet};

use chassis::takeover::{Fate, Outcome};
use inventory::import::{Category, Item, Stocked};
use kernel::ids::{CategoryId, ItemId};
use kernel::money::Money;

use super::amounts::Hundredths;
use super::older::{Good, Value};
use super::{Import, id_of};

/// Items of one batch that are only remembered.
const REMEMBERED_AT_ONCE: usize = 500;
/// What the archived category of such items is called.
const ARCHIVE: &str = "Telegram-shop";

/// What the older shop's names and keys lead to here: it knows what was sold and what is in carts by name.
#[derive(Default)]
pub struct Names {
    items: HashMap<String, ItemId>,
    goods: HashSet<i64>,
}

impl Names {
    /// The item of this name; one that is only remembered where none is listed by it.
    pub fn sold(&self, name: &str) -> ItemId {
        self.listed(name).unwrap_or_else(|| ItemId(id_of("sold", name)))
    }

    /// The item that is listed by this name.
    pub fn listed(&self, name: &str) -> Option<ItemId> {
        self.items.get(name).copied()
    }

    /// The item with this key there, unless it was left.
    pub fn good(&self, key: i64) -> Option<ItemId> {
        self.goods.contains(&key).then(|| good_id(key))
    }
}

fn good_id(key: i64) -> ItemId {
    ItemId(id_of("goods", key))
}

fn category_id(key: i64) -> CategoryId {
    CategoryId(id_of("categories", key))
}

impl Import {
    /// Takes over categories and items, and remembers what was sold and is gone.
    pub(super) async fn catalogue(&mut self) -> anyhow::Result<Names> {
        let categories = self.older.categories().await?;
        let keys: Vec<i64> = categories.iter().map(|row| row.id).collect();
        let rows: Vec<Category> = categories
            .into_iter()
            .map(|row| Category { id: category_id(row.id), name: row.name })
            .collect();
        let (goods, conn) = self.target.goods().await?;
        let outcome = goods.take_categories(conn, &rows).await?;
        self.report.note("categories", &keys, &outcome);
        self.target.batch_done().await?;

        let (mut names, mut after) = (Names::default(), i64::MIN);
        loop {
            let page = self.older.goods_after(after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            self.goods(page, &mut names).await?;
            self.target.batch_done().await?;
        }
        self.gone(&names).await?;
        Ok(names)
    }

    async fn goods(&mut self, page: Vec<Good>, names: &mut Names) -> anyhow::Result<()> {
        let (mut keys, mut rows) = (Vec::new(), Vec::new());
        for good in page {
            match Hundredths::parse(&good.price) {
                Err(error) => self.report.left("goods", good.id, &format!("its price: {error}")),
                Ok(price) => {
                    let (price, rest) = price.money(self.target.currency);
                    if rest != Hundredths(0) {
                        let why = format!("its price is {price}, {rest} less than there");
                        self.report.changed("goods", good.id, &why);
                    }
                    keys.push(good.id);
                    rows.push(Item {
                        id: good_id(good.id),
                        category: category_id(good.category),
                        name: good.name,
                        description: good.description,
                        price,
                        unlimited: good.unlimited,
                    });
                }
            }
        }
        let (goods, conn) = self.target.goods().await?;
        let outcome = goods.take_items(conn, &rows).await?;
        let left = |place: usize| {
            outcome.remarks.iter().any(|one| one.place == place && one.fate == Fate::Left)
        };
        for (place, row) in rows.iter().enumerate().filter(|(place, _)| !left(*place)) {
            names.items.insert(row.name.clone(), row.id);
            names.goods.insert(keys[place]);
        }
        self.report.note("goods", &keys, &outcome);
        Ok(())
    }

    /// What was sold by a name that no item has is remembered as an archived item.
    async fn gone(&mut self, names: &Names) -> anyhow::Result<()> {
        let sold = self.older.sold_names().await?;
        let gone: Vec<String> = sold
            .into_iter()
            .map(|(name,)| name)
            .filter(|name| names.listed(name).is_none())
            .collect();
        let archive = CategoryId(id_of("categories", "gone"));
        let nothing = Money::zero(self.target.currency);
        for chunk in gone.chunks(REMEMBERED_AT_ONCE) {
            let rows: Vec<Item> = chunk
                .iter()
                .map(|name| Item {
                    id: names.sold(name),
                    category: archive,
                    name: name.clone(),
                    description: String::new(),
                    price: nothing,
                    unlimited: false,
                })
                .collect();
            let (goods, conn) = self.target.goods().await?;
            goods.remember_items(conn, (archive, ARCHIVE), &rows).await?;
            self.target.batch_done().await?;
        }
        Ok(())
    }

    /// Takes over the values of unlimited items. They come before sales, which refer to them.
    pub(super) async fn shared(&mut self, names: &Names) -> anyhow::Result<()> {
        let values = self.older.shared_values().await?;
        let (keys, rows) = self.values(values, names);
        let (goods, conn) = self.target.goods().await?;
        let outcome = goods.take_shared(conn, &rows).await?;
        self.report.note("item_values", &keys, &outcome);
        self.target.batch_done().await
    }

    /// Takes over what is in stock. It comes after sales: what the older shop sold is not sold again.
    pub(super) async fn stock(&mut self, names: &Names) -> anyhow::Result<()> {
        let (mut there, mut after) = (HashSet::new(), i64::MIN);
        loop {
            let page = self.older.values_after(after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            let (keys, rows) = self.values(page, names);
            let (goods, conn) = self.target.goods().await?;
            there.extend(rows.iter().map(|row| goods.fingerprint(&row.value)));
            let outcome: Outcome = goods.take_stock(conn, &rows).await?;
            self.report.note("item_values", &keys, &outcome);
            self.target.batch_done().await?;
        }
        let (goods, conn) = self.target.goods().await?;
        let withdrawn = goods.withdraw_missing(conn, &there).await?;
        self.report.taken("(withdrawn units)", withdrawn, 0);
        self.target.batch_done().await
    }

    fn values(&mut self, values: Vec<Value>, names: &Names) -> (Vec<i64>, Vec<Stocked>) {
        let (mut keys, mut rows) = (Vec::new(), Vec::new());
        for Value { id, good, value } in values {
            match names.good(good) {
                None => self.report.left("item_values", id, "its item was left"),
                Some(item) => {
                    keys.push(id);
                    rows.push(Stocked { item, value: value.unwrap_or_default().into() });
                }
            }
        }
        (keys, rows)
    }
}
