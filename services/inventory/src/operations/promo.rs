//! Promo codes as buyers meet them: what one takes off an item, and a limit for those who guess.

use chassis::kv::Taken;
use chassis::sql;
use contract::convert::invalid;
use contract::failure::{Failure, Kind};
use kernel::ids::{CategoryId, ItemId, PersonId};
use kernel::money::Money;
use sqlx::PgExecutor;

use crate::domain::order::Quantity;
use crate::domain::promo::{Binding, Candidate, Code, Problem, Promo, Use};
use crate::operations::Inventory;
use crate::store;
use crate::store::promos::Named;

/// What an item costs with a code.
pub struct Preview {
    /// The code.
    pub promo: Promo,
    /// Of one, without the code.
    pub unit_price: Money,
    /// Off the whole quantity.
    pub discount: Money,
    /// For the whole quantity, with the code.
    pub total: Money,
}

/// What a code is tried on.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// Which item.
    pub item: ItemId,
    /// How many of it.
    pub quantity: Quantity,
}

impl Inventory {
    /// What an item costs a person with a code; reserves nothing.
    ///
    /// # Errors
    /// The first reason why the code does not count; `inventory.item_missing`; `inventory.promo_too_many` for a person
    /// who has guessed too often.
    pub async fn check_promo(
        &self,
        person: PersonId,
        named: &Named,
        trial: Trial,
    ) -> Result<Preview, Failure> {
        let (promo, used) = self.find_promo(person, named).await?;
        let listed = self.get_item(trial.item).await?;
        let unit_price = listed.item.price;
        let before =
            unit_price.times(trial.quantity.get()).map_err(|why| invalid("quantity", why))?;
        let category = place_for(&self.0.pool, &promo, listed.item.category_id).await;
        let what = Candidate { item: trial.item, category: category.map_err(sql::failure)? };
        let discount = promo.discount(used, what, before).map_err(problem)?;
        let total = Money::new(before.minor - discount.minor, before.currency);
        Ok(Preview { promo, unit_price, discount, total })
    }

    /// The code, whatever its state. Typed codes that do not exist are counted, and whoever has typed too many of them
    /// is told nothing for a while, not even about codes that do.
    pub(super) async fn find_promo(
        &self,
        person: PersonId,
        named: &Named,
    ) -> Result<(Promo, Use), Failure> {
        let typed = matches!(named, Named::Code(_));
        if typed && self.0.kv.get(&silenced(person)).await.is_some() {
            return Err(too_many());
        }
        let found = store::promos::find(&self.0.pool, named, person).await.map_err(sql::failure)?;
        match found.filter(|(promo, _)| !promo.is_archived) {
            Some(found) => Ok(found),
            None if typed => Err(self.wrong_code(person).await),
            None => Err(problem(Problem::Missing)),
        }
    }

    async fn wrong_code(&self, person: PersonId) -> Failure {
        let key = format!("inventory:wrong_codes:{person}");
        match self.0.kv.take(&key, self.0.config.wrong_codes).await {
            Taken::Allowed => problem(Problem::Missing),
            Taken::Wait(wait) => {
                self.0.kv.set(&silenced(person), &[], wait).await;
                tracing::info!(?person, ?wait, "person has guessed too many promo codes");
                metrics::counter!("bodega_inventory_guessed_codes_total").increment(1);
                too_many()
            }
        }
    }
}

/// What a person types as a code; what cannot be one does not exist.
pub(crate) fn typed(text: &str) -> Result<Code, Failure> {
    Code::parse(text).map_err(|_| problem(Problem::Missing))
}

fn silenced(person: PersonId) -> String {
    format!("inventory:codes_silenced:{person}")
}

fn too_many() -> Failure {
    Failure::new(Kind::Exhausted, "inventory.promo_too_many")
        .because("too many codes that do not exist; try again later")
}

/// What a person is told about a code that does not count.
pub(super) fn problem(problem: Problem) -> Failure {
    let (kind, why) = match problem {
        Problem::Missing => (Kind::Missing, "there is no such code"),
        Problem::Inactive => (Kind::Conflict, "the code is switched off"),
        Problem::NotDiscount => (Kind::Conflict, "the code adds money to the balance: redeem it"),
        Problem::NotBalance => (Kind::Conflict, "the code is a discount: apply it to an item"),
        Problem::Expired => (Kind::Conflict, "the last day of the code is over"),
        Problem::Exhausted => (Kind::Conflict, "the code was used as often as it may be"),
        Problem::Used => (Kind::Conflict, "this person has used the code"),
        Problem::WrongItem => (Kind::Conflict, "the code holds for another item"),
        Problem::WrongCategory => (Kind::Conflict, "the code holds for another category"),
    };
    Failure::new(kind, problem.code()).because(why)
}

/// Where an item counts as listed for a code: in the category that the code is bound to, if it is listed anywhere below
/// that one.
pub(super) async fn place_for(
    executor: impl PgExecutor<'_>,
    promo: &Promo,
    listed_in: CategoryId,
) -> sqlx::Result<CategoryId> {
    match promo.binding {
        Binding::Category(bound) if bound != listed_in => {
            let line = store::categories::line(executor, listed_in).await?;
            Ok(if line.contains(&bound) { bound } else { listed_in })
        }
        _ => Ok(listed_in),
    }
}
