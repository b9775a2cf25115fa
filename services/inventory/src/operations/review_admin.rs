//! Reviews as staff decide about them: the decision, the item's sums and the entry of who decided are one transaction.

use chassis::sql;
use contract::common::AuditEntry;
use contract::failure::{Failure, Kind};
use kernel::ids::{PersonId, ReviewId};
use kernel::page::{Page, PageRequest};

use crate::domain::review::{Decision, Rating, Review, State, Undecidable};
use crate::operations::review::{count, review_missing};
use crate::operations::{Inventory, audit};
use crate::store::reviews;

impl Inventory {
    /// What waits for staff, the oldest first.
    ///
    /// # Errors
    /// The database's.
    pub async fn list_pending_reviews(&self, page: PageRequest) -> Result<Page<Review>, Failure> {
        reviews::list_pending(&self.0.pool, page).await.map_err(sql::failure)
    }

    /// One review; what was taken away is none.
    ///
    /// # Errors
    /// `inventory.review_missing`.
    pub async fn get_review(&self, id: ReviewId) -> Result<Review, Failure> {
        let found = reviews::find(&self.0.pool, id).await.map_err(sql::failure)?;
        found.filter(|review| review.state != State::Removed).ok_or_else(review_missing)
    }

    /// Decides about the words that were seen; the same decision again changes nothing.
    ///
    /// # Errors
    /// `inventory.review_missing`, `inventory.review_changed`.
    pub async fn decide_review(
        &self,
        staff: PersonId,
        id: ReviewId,
        version: u32,
        decision: &Decision,
    ) -> Result<Review, Failure> {
        let mut tx = self.0.pool.begin().await.map_err(sql::failure)?;
        let found = reviews::lock(&mut *tx, id).await.map_err(sql::failure)?;
        let before = found.ok_or_else(review_missing)?;
        let after = match decision.about(&before, version) {
            Ok(Some(after)) => after,
            Ok(None) => return Ok(before),
            Err(Undecidable::Gone) => return Err(review_missing()),
            Err(Undecidable::Changed) => {
                return Err(Failure::new(Kind::Conflict, "inventory.review_changed")
                    .because("its author has written it anew; look at it again"));
            }
        };
        reviews::decide(&mut *tx, &after).await.map_err(sql::failure)?;
        count(&mut tx, after.item, Rating::of(&after).minus(Rating::of(&before))).await?;
        // Its words stay out of the log: that is kept for ever, and they may be taken back.
        let entry = AuditEntry::new(staff, action(after.state), id)
            .about(before.person)
            .changed("state", before.state.name(), after.state.name())
            .because(decision.reason());
        audit(&mut tx, entry).await.map_err(sql::failure)?;
        tx.commit().await.map_err(sql::failure)?;
        self.told();
        metrics::counter!("bodega_inventory_reviews_total", "what" => after.state.name())
            .increment(1);
        Ok(after)
    }
}

fn action(state: State) -> &'static str {
    match state {
        State::Approved => "inventory.review.approve",
        State::Rejected | State::Pending => "inventory.review.reject",
        State::Removed => "inventory.review.remove",
    }
}
