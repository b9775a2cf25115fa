//! Reviews that come over: approved, for everybody could read them there, and by nobody's name, for none were kept.

use std::collections::HashSet;

use chassis::takeover::Outcome;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{Import, Reviewed};
use crate::domain::review::{Author, Draft, Rating, Stars, Words};
use crate::store::{import as store, reviews};

impl Import {
    /// Takes over reviews of items that came before. Who has said something of an item here keeps to it.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_reviews(
        &self,
        conn: &mut PgConnection,
        rows: &[Reviewed],
    ) -> sqlx::Result<Outcome> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.item.0).collect();
        let items: HashSet<Uuid> = store::known_items(conn, &ids).await?.into_iter().collect();
        let mut outcome = Outcome::default();
        for (place, row) in rows.iter().enumerate() {
            if !items.contains(&row.item.0) {
                outcome.left(place, "there is no such item");
                continue;
            }
            let stars = match Stars::new(row.stars) {
                Ok(stars) => stars,
                Err(problem) => {
                    outcome.left(place, format!("its stars {problem}"));
                    continue;
                }
            };
            let draft = Draft {
                person: row.person,
                item: row.item,
                author: Author::default(),
                stars,
                words: Words::fitting(&row.words),
            };
            if store::insert_review(conn, &draft, row.at).await? {
                outcome.came();
                let one = Rating { reviews: 1, stars: i64::from(stars.get()) };
                reviews::rate(conn, row.item, one).await?;
            } else {
                outcome.was_here();
            }
        }
        Ok(outcome)
    }
}
