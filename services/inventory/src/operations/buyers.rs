//! Choosing people by what they bought.

use chassis::sql;
use contract::convert;
use contract::failure::Failure;

use crate::domain::buyers::Condition;
use crate::operations::Inventory;
use crate::store::buyers;

/// People in one question.
const PEOPLE_MAX: usize = 5_000;

impl Inventory {
    /// Those of these people who meet a condition, in ascending order.
    ///
    /// # Errors
    /// More people than one question may name, another currency than the shop's, or the database's.
    pub async fn select_buyers(
        &self,
        people: &[i64],
        condition: Condition,
    ) -> Result<Vec<i64>, Failure> {
        if people.len() > PEOPLE_MAX {
            return Err(convert::invalid("person_ids", "5,000 at most"));
        }
        let pool = &self.0.pool;
        let chosen = match condition {
            Condition::Any => buyers::any(pool, people).await,
            Condition::SpentOver(amount) if amount.currency != self.currency() => {
                return Err(convert::invalid("spent_over", "not the shop's currency"));
            }
            Condition::SpentOver(amount) => buyers::spent_over(pool, people, amount.minor).await,
            Condition::Bought(item) => buyers::bought(pool, people, item).await,
        };
        chosen.map_err(sql::failure)
    }
}
