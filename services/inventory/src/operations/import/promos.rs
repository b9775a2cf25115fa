//! Promo codes that come over, and who used them.

use std::collections::HashSet;

use chassis::takeover::Outcome;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Gift, Import, Promo, Use};
use crate::domain::promo::{Code, InvalidWorth, Worth};
use crate::store::import as store;

impl Import {
    /// Takes over promo codes, unused; [`Self::take_uses`] counts them. A code that nobody could type, one worth nothing
    /// and one that is taken are left.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_promos(
        &self,
        conn: &mut PgConnection,
        rows: &[Promo],
    ) -> sqlx::Result<Outcome> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id.0).collect();
        let known: HashSet<Uuid> = store::known_promos(conn, &ids).await?.into_iter().collect();
        let mut outcome = Outcome::default();
        for (place, row) in rows.iter().enumerate() {
            if known.contains(&row.id.0) {
                outcome.was_here();
                continue;
            }
            let code = match Code::parse(&row.code) {
                Ok(code) => code,
                Err(problem) => {
                    outcome.left(place, format!("the code {problem}"));
                    continue;
                }
            };
            let worth = match self.worth(row.gift) {
                Ok(worth) => worth,
                Err(problem) => {
                    outcome.left(place, format!("its worth {problem}"));
                    continue;
                }
            };
            let (bound, remark) = bind(row);
            if !store::insert_promo(conn, &bound, &code, (worth, self.currency)).await? {
                outcome.left(place, "there is such a code here already");
                continue;
            }
            outcome.came();
            if let Some(why) = remark {
                outcome.changed(place, why);
            }
            match row.limit() {
                None => outcome.changed(place, "people who are gone used it up: it is off"),
                Some(limit) if limit != row.max_uses => outcome.changed(
                    place,
                    format!(
                        "its limit is {limit} and not {}: only uses that came over count, and as \
                         many are left as were",
                        row.max_uses
                    ),
                ),
                Some(_) => {}
            }
        }
        Ok(outcome)
    }

    /// Takes over who used a code, so that nobody uses it a second time.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_uses(&self, conn: &mut PgConnection, rows: &[Use]) -> sqlx::Result<Outcome> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.promo.0).collect();
        let known: HashSet<Uuid> = store::known_promos(conn, &ids).await?.into_iter().collect();
        let mut outcome = Outcome::default();
        let mut fit = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            if known.contains(&row.promo.0) {
                fit.push(*row);
            } else {
                outcome.left(place, "its code was left");
            }
        }
        outcome.taken = store::insert_uses(conn, &fit).await?;
        outcome.known = (fit.len() as u64).saturating_sub(outcome.taken);
        Ok(outcome)
    }

    fn worth(&self, gift: Gift) -> Result<Worth, InvalidWorth> {
        Ok(match gift {
            Gift::Percent(points) => Worth::percent(points)?,
            Gift::Fixed(amount) => Worth::Fixed(Worth::amount(amount, self.currency)?),
            Gift::Balance(amount) => Worth::Balance(Worth::amount(amount, self.currency)?),
        })
    }
}

/// A code holds for one thing at most, and one that adds money for nothing in particular.
fn bind(row: &Promo) -> (Promo, Option<&'static str>) {
    let mut bound = row.clone();
    if matches!(row.gift, Gift::Balance(_)) && (row.category.is_some() || row.item.is_some()) {
        (bound.category, bound.item) = (None, None);
        return (
            bound,
            Some("it adds money, which is not bound to goods: here it is bound to none"),
        );
    }
    if row.category.is_some() && row.item.is_some() {
        bound.category = None;
        return (bound, Some("it was bound to an item and a category: here to the item alone"));
    }
    (bound, None)
}
