//! Carts: filled and emptied by their person. Changes of one cart take turns, and the database refuses an eleventh line.

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, PersonId, PromoId};
use kernel::money::Money;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::basket::LINES_MAX;
use crate::domain::cart::{CartLine, Quote};
use crate::domain::order::Quantity;
use crate::operations::promo::{Trial, place_for};
use crate::operations::{Inventory, item};
use crate::store;
use crate::store::carts::NewLine;
use crate::store::promos::Named;

/// A cart at the prices of this moment.
pub struct Cart {
    /// Each with what it costs, in the order in which they were put in.
    pub lines: Vec<(CartLine, Quote)>,
    /// What all lines take off.
    pub discount: Money,
    /// What all lines cost.
    pub total: Money,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy)]
pub struct LineChange {
    /// Which.
    pub item: ItemId,
    /// None leaves it as it is.
    pub quantity: Option<Quantity>,
    /// None leaves it as it is.
    pub promo: Option<PromoChange>,
}

/// What becomes of a line's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromoChange {
    /// This one.
    Put(PromoId),
    /// None.
    Take,
}

impl Inventory {
    /// A person's cart.
    ///
    /// # Errors
    /// The database's.
    pub async fn get_cart(&self, person: PersonId) -> Result<Cart, Failure> {
        let lines = store::carts::list(&self.0.pool, person).await.map_err(sql::failure)?;
        let nothing = Money::zero(self.currency());
        let mut cart = Cart { lines: Vec::new(), discount: nothing, total: nothing };
        for mut line in lines {
            if let Some((promo, _)) = &line.promo {
                let place = place_for(&self.0.pool, promo, line.category_id).await;
                line.category_id = place.map_err(sql::failure)?;
            }
            let quote = line.quote();
            let add = |sum: Money, more| {
                sum.plus(more)
                    .map_err(|why| Failure::new(Kind::Internal, "inventory.cart_sum").because(why))
            };
            cart.discount = add(cart.discount, quote.discount)?;
            cart.total = add(cart.total, quote.total)?;
            cart.lines.push((line, quote));
        }
        Ok(cart)
    }

    /// Puts one more of an item into a cart, at first as few as one order may hold; the same add again adds nothing.
    ///
    /// # Errors
    /// `inventory.cart_full`, `inventory.item_missing`.
    pub async fn add_to_cart(
        &self,
        person: PersonId,
        item: ItemId,
        add_id: Uuid,
    ) -> Result<Cart, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::carts::take_turn(&mut *tx, person).await.map_err(sql::failure)?;
        let known = store::carts::add_one(&mut *tx, person, item, add_id).await;
        if !known.map_err(sql::failure)? {
            let line = NewLine { person, item, quantity: None, add_id: Some(add_id) };
            insert(&mut tx, line).await?;
        }
        tx.commit().await.map_err(sql::failure)?;
        self.get_cart(person).await
    }

    /// Makes a line what it is to be; makes the line where there is none.
    ///
    /// # Errors
    /// `inventory.cart_full`, `inventory.item_missing`; the first reason why a code that is put on it does not count.
    pub async fn set_line(&self, person: PersonId, change: LineChange) -> Result<Cart, Failure> {
        let LineChange { item, quantity, promo } = change;
        if let Some(PromoChange::Put(id)) = promo {
            let quantity = quantity.unwrap_or(Quantity::ONE);
            self.check_promo(person, &Named::Id(id), Trial { item, quantity }).await?;
        }
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        store::carts::take_turn(&mut *tx, person).await.map_err(sql::failure)?;
        let count = quantity.map(Quantity::get);
        let known = store::carts::set_quantity(&mut *tx, person, item, count).await;
        if !known.map_err(sql::failure)? {
            insert(&mut tx, NewLine { person, item, quantity: count, add_id: None }).await?;
        }
        if let Some(change) = promo {
            let promo = match change {
                PromoChange::Put(id) => Some(id),
                PromoChange::Take => None,
            };
            store::carts::set_promo(&mut tx, person, item, promo).await.map_err(sql::failure)?;
        }
        tx.commit().await.map_err(sql::failure)?;
        self.get_cart(person).await
    }

    /// Takes a line out of a cart.
    ///
    /// # Errors
    /// The database's.
    pub async fn remove_line(&self, person: PersonId, item: ItemId) -> Result<Cart, Failure> {
        store::carts::remove(&self.0.pool, person, item).await.map_err(sql::failure)?;
        self.get_cart(person).await
    }

    /// Empties a cart.
    ///
    /// # Errors
    /// The database's.
    pub async fn clear_cart(&self, person: PersonId) -> Result<Cart, Failure> {
        store::carts::clear(&self.0.pool, person).await.map_err(sql::failure)?;
        self.get_cart(person).await
    }
}

async fn insert(conn: &mut PgConnection, line: NewLine) -> Result<(), Failure> {
    match store::carts::insert(&mut *conn, line).await {
        Ok(true) => Ok(()),
        Ok(false) => Err(item::item_missing()),
        Err(error) if sql::is_violation(&error, store::carts::TEN_AT_MOST) => {
            Err(Failure::new(Kind::Conflict, "inventory.cart_full")
                .because(format_args!("a cart has at most {LINES_MAX} lines"))
                .with("max", LINES_MAX))
        }
        Err(error) => Err(sql::failure(error)),
    }
}
