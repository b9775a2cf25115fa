//! Carts that come over: one line for each item, with as many as were put in.

use std::collections::{BTreeMap, HashMap, HashSet};

use chassis::takeover::Outcome;
use kernel::ids::{ItemId, PersonId, PromoId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Import, InCart};
use crate::domain::promo::Code;
use crate::store::import::{self as store, CartLine};

/// Lines of one cart.
const LINES_MAX: usize = 10;
/// Of one item.
const QUANTITY_MAX: i32 = 100;

impl Import {
    /// Takes over carts, whole ones: all rows of a person come in one batch. Where somebody has a cart here, theirs is
    /// taken for known.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_carts(
        &self,
        conn: &mut PgConnection,
        rows: &[InCart],
    ) -> sqlx::Result<Outcome> {
        let people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
        let with_cart: HashSet<PersonId> =
            store::with_cart(conn, &people).await?.into_iter().collect();
        let items: Vec<Uuid> = rows.iter().map(|row| row.item.0).collect();
        let items: HashSet<Uuid> = store::known_items(conn, &items).await?.into_iter().collect();
        let promos = promos(conn, rows).await?;
        let mut outcome = Outcome::default();
        let mut carts: BTreeMap<PersonId, Vec<CartLine<'_>>> = BTreeMap::new();
        for (place, row) in rows.iter().enumerate() {
            if with_cart.contains(&row.person) {
                outcome.was_here();
            } else if !items.contains(&row.item.0) {
                outcome.left(place, "its item was left");
            } else {
                let cart = carts.entry(row.person).or_default();
                match put(cart, row, &promos) {
                    Ok(remark) => {
                        outcome.came();
                        if let Some(why) = remark {
                            outcome.changed(place, why);
                        }
                    }
                    Err(why) => outcome.left(place, why),
                }
            }
        }
        let lines: Vec<CartLine<'_>> = carts.into_values().flatten().collect();
        store::insert_cart_lines(conn, &lines).await?;
        Ok(outcome)
    }
}

async fn promos(
    conn: &mut PgConnection,
    rows: &[InCart],
) -> sqlx::Result<HashMap<String, PromoId>> {
    let codes: Vec<String> = rows.iter().filter_map(code).collect();
    Ok(store::promos_of_codes(conn, &codes).await?.into_iter().collect())
}

fn code(row: &InCart) -> Option<String> {
    let code = Code::parse(row.code.as_deref()?).ok()?;
    Some(code.as_str().to_owned())
}

/// Puts one more into a cart; what has to be said of it, or why it does not fit.
fn put<'a>(
    cart: &mut Vec<CartLine<'a>>,
    row: &'a InCart,
    promos: &HashMap<String, PromoId>,
) -> Result<Option<&'static str>, &'static str> {
    let wanted = code(row).and_then(|code| promos.get(&code).copied());
    let is_elsewhere = |item: ItemId, promo: PromoId, cart: &[CartLine<'_>]| {
        cart.iter().any(|line| line.promo == Some(promo) && line.first.item != item)
    };
    let promo = wanted.filter(|promo| !is_elsewhere(row.item, *promo, cart));
    let lost = row.code.as_deref().is_some_and(|code| !code.is_empty()) && promo.is_none();
    let remark = lost.then_some("its code was left, or is on another line: here it has none");
    if let Some(line) = cart.iter_mut().find(|line| line.first.item == row.item) {
        if line.quantity >= QUANTITY_MAX {
            return Err("so many of one item are not bought at once");
        }
        line.quantity += 1;
        line.promo = line.promo.or(promo);
        return Ok(remark);
    }
    if cart.len() >= LINES_MAX {
        return Err("a cart has ten lines");
    }
    let place = i16::try_from(cart.len() + 1).expect("ten at most");
    cart.push(CartLine { first: row, place, quantity: 1, promo });
    Ok(remark)
}
