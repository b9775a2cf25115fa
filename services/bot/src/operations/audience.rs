//! Whom a broadcast is for: what the bot knows is chosen here, what people bought is asked of inventory, part by part.

use std::collections::HashSet;

use contract::failure::Failure;
use kernel::ids::PersonId;

use crate::bot::Bot;
use crate::broadcast::Audience;
use crate::peers::buyers::Purchases;
use crate::store::broadcast_people::{self, Known};

/// People looked at in one part; inventory takes so many in a question.
const PART: i64 = 5_000;

/// People for whom it is, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// In order of their numbers.
    pub people: Vec<i64>,
    /// The last one that was looked at; none: that was everybody.
    pub onward: Option<PersonId>,
}

/// Those after one person.
///
/// # Errors
/// The database or inventory cannot be asked now.
pub async fn part(bot: &Bot, audience: Audience, after: PersonId) -> Result<Part, Failure> {
    let looked_at =
        broadcast_people::list_candidates(&bot.pool, known(audience), bot.locale, after, PART)
            .await
            .map_err(chassis::sql::failure)?;
    let is_last = i64::try_from(looked_at.len()).is_ok_and(|count| count < PART);
    let onward = looked_at.last().copied().filter(|_| !is_last).map(PersonId);
    let people = match purchases(audience) {
        None => looked_at,
        Some(_) if looked_at.is_empty() => looked_at,
        Some(wanted) => {
            let buyers = bot.own_peers().select_buyers(looked_at.clone(), wanted).await?;
            if audience == Audience::WithoutPurchase {
                let buyers: HashSet<i64> = buyers.into_iter().collect();
                looked_at.into_iter().filter(|person| !buyers.contains(person)).collect()
            } else {
                buyers
            }
        }
    };
    Ok(Part { people, onward })
}

/// How many they are, where nobody else must be asked.
///
/// # Errors
/// The database cannot be asked now.
pub async fn count_at_once(bot: &Bot, audience: Audience) -> Result<Option<u64>, Failure> {
    if purchases(audience).is_some() {
        return Ok(None);
    }
    let count = broadcast_people::count_candidates(&bot.pool, known(audience), bot.locale).await;
    Ok(Some(count.map_err(chassis::sql::failure)?.unsigned_abs()))
}

fn known(audience: Audience) -> Known {
    match audience {
        Audience::Inactive { days } => {
            Known { inactive_days: i32::try_from(days).ok(), locale: None }
        }
        Audience::Speaking { locale } => Known { inactive_days: None, locale: Some(locale) },
        _ => Known::default(),
    }
}

/// What they must have bought, or must not: then it is turned around.
fn purchases(audience: Audience) -> Option<Purchases> {
    match audience {
        Audience::Buyers | Audience::WithoutPurchase => Some(Purchases::Any),
        Audience::SpentOver { amount } => Some(Purchases::Over(amount)),
        Audience::Bought { item } => Some(Purchases::Of(item)),
        Audience::Everybody | Audience::Inactive { .. } | Audience::Speaking { .. } => None,
    }
}
