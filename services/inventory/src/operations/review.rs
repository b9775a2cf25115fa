//! Reviews as buyers write and read them. Whatever changes what is approved changes the item's sums with it.

use chassis::sql;
use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, PersonId, ReviewId};
use kernel::page::{Page, PageRequest};
use sqlx::PgConnection;

use crate::domain::review::{Draft, Rating, Review};
use crate::operations::Inventory;
use crate::operations::item::item_missing;
use crate::store::reviews;

/// What a person said about an item, and may say.
pub struct Own {
    /// Their review.
    pub review: Option<Review>,
    /// Whether they may write one.
    pub may_write: bool,
    /// The item's name.
    pub item_name: String,
}

/// What others said about an item.
pub struct Shown {
    /// One page of it.
    pub reviews: Page<Review>,
    /// All of it together.
    pub rating: Rating,
    /// The item's name.
    pub item_name: String,
}

impl Inventory {
    /// Writes a review, or another one in its place; saying the same again changes nothing.
    ///
    /// # Errors
    /// `inventory.reviews_off`, `inventory.not_purchased`.
    pub async fn write_review(&self, draft: &Draft) -> Result<Review, Failure> {
        self.reviews_are_on()?;
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let bought = reviews::has_bought(&mut *tx, draft.person, draft.item).await;
        if !bought.map_err(sql::failure)? {
            return Err(Failure::new(Kind::Denied, "inventory.not_purchased")
                .because("only who bought an item may review it"));
        }
        let mut was = Rating::default();
        if !reviews::insert(&mut *tx, draft).await.map_err(sql::failure)? {
            let before = lock(&mut tx, draft.id()).await?;
            if draft.is_said_by(&before) {
                return Ok(before);
            }
            was = Rating::of(&before);
            reviews::replace(&mut *tx, draft).await.map_err(sql::failure)?;
            count(&mut tx, draft.item, Rating::default().minus(was)).await?;
        }
        let written = lock(&mut tx, draft.id()).await?;
        tx.commit().await.map_err(sql::failure)?;
        if was != Rating::default() {
            self.told();
        }
        metrics::counter!("bodega_inventory_reviews_total", "what" => "written").increment(1);
        Ok(written)
    }

    /// A person's review of an item, and whether they may write one.
    ///
    /// # Errors
    /// `inventory.item_missing`.
    pub async fn get_own_review(&self, person: PersonId, item: ItemId) -> Result<Own, Failure> {
        let pool = &self.0.pool;
        let name = reviews::find_item_name(pool, item).await.map_err(sql::failure)?;
        let id = review_of(person, item);
        let review = reviews::find(pool, id).await.map_err(sql::failure)?;
        let bought = reviews::has_bought(pool, person, item).await.map_err(sql::failure)?;
        Ok(Own {
            review,
            may_write: bought && self.0.config.reviews,
            item_name: name.ok_or_else(item_missing)?,
        })
    }

    /// Forgets a person's review of an item; where there is none nothing happens.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_review_back(&self, person: PersonId, item: ItemId) -> Result<(), Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let found = reviews::lock(&mut *tx, review_of(person, item)).await;
        let Some(review) = found.map_err(sql::failure)? else { return Ok(()) };
        reviews::delete(&mut *tx, review.id).await.map_err(sql::failure)?;
        count(&mut tx, item, Rating::default().minus(Rating::of(&review))).await?;
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        metrics::counter!("bodega_inventory_reviews_total", "what" => "taken_back").increment(1);
        Ok(())
    }

    /// What others said about an item, newest first.
    ///
    /// # Errors
    /// `inventory.reviews_off`, `inventory.item_missing`.
    pub async fn list_reviews(&self, item: ItemId, page: PageRequest) -> Result<Shown, Failure> {
        self.reviews_are_on()?;
        let pool = &self.0.pool;
        let name = reviews::find_item_name(pool, item).await.map_err(sql::failure)?;
        let rating = reviews::find_rating(pool, item).await.map_err(sql::failure)?;
        let rows = reviews::list_shown(pool, item, page).await.map_err(sql::failure)?;
        let reviews = Page { rows, total: rating.reviews.unsigned_abs() };
        Ok(Shown { reviews, rating, item_name: name.ok_or_else(item_missing)? })
    }

    fn reviews_are_on(&self) -> Result<(), Failure> {
        if self.0.config.reviews {
            return Ok(());
        }
        Err(Failure::new(Kind::Conflict, "inventory.reviews_off")
            .because("this shop has no reviews: reviews.enabled is false"))
    }
}

/// The id of what a person says about an item.
fn review_of(person: PersonId, item: ItemId) -> ReviewId {
    ReviewId::derived(&format!("{person}:{item}"))
}

async fn lock(conn: &mut PgConnection, id: ReviewId) -> Result<Review, Failure> {
    let found = reviews::lock(&mut *conn, id).await.map_err(sql::failure)?;
    found.ok_or_else(review_missing)
}

/// Adds to the sums of an item, where there is anything to add.
pub(super) async fn count(
    conn: &mut PgConnection,
    item: ItemId,
    by: Rating,
) -> Result<(), Failure> {
    if by == Rating::default() {
        return Ok(());
    }
    reviews::rate(conn, item, by).await.map_err(sql::failure)
}

pub(super) fn review_missing() -> Failure {
    Failure::new(Kind::Missing, "inventory.review_missing").because("there is no such review")
}
