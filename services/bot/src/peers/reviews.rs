//! What buyers say about items.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
pub use contract::inventory::ReviewState;
use contract::inventory::review_service_client::ReviewServiceClient;
use jiff::Timestamp;
use kernel::ids::{ItemId, ReviewId};
use kernel::page::{Page, PageRequest};

use crate::peers::{Peers, absent, page};
use crate::screen::Paged;

/// The most stars.
pub const STARS_MAX: u8 = 5;

/// All approved reviews of an item together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rating {
    /// How many.
    pub reviews: u32,
    /// The sum of their stars.
    pub stars: u64,
}

impl Rating {
    /// The average in tenths of a star, to the nearest; nothing where there is no review.
    pub fn tenths(self) -> Option<u64> {
        let reviews = u64::from(self.reviews);
        (reviews > 0).then(|| (self.stars * 10 + reviews / 2) / reviews)
    }
}

impl From<wire::Rating> for Rating {
    fn from(rating: wire::Rating) -> Self {
        Self { reviews: rating.reviews, stars: rating.stars }
    }
}

/// A review as others see it.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its id.
    pub id: ReviewId,
    /// A first name; may be empty.
    pub author: String,
    /// One to five.
    pub stars: u8,
    /// May be empty.
    pub text: String,
    /// When it was written.
    pub written_at: Timestamp,
}

/// What others say about an item.
#[derive(Debug, Clone)]
pub struct Reviews {
    /// One page of it.
    pub page: Page<Shown>,
    /// All of it together.
    pub rating: Rating,
    /// The item's name.
    pub item_name: String,
}

impl Paged for Reviews {
    fn total(&self) -> u64 {
        self.page.total
    }

    fn is_empty(&self) -> bool {
        self.page.rows.is_empty()
    }
}

/// A review as its author sees it.
#[derive(Debug, Clone)]
pub struct Own {
    /// One to five.
    pub stars: u8,
    /// May be empty.
    pub text: String,
    /// How far it is.
    pub state: ReviewState,
    /// Why staff did not approve it.
    pub reason: String,
}

/// What the person said about an item, and may say.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Their review.
    pub review: Option<Own>,
    /// Whether they may write one.
    pub may_write: bool,
    /// The item's name.
    pub item_name: String,
}

impl TryFrom<wire::ShownReview> for Shown {
    type Error = Failure;

    fn try_from(review: wire::ShownReview) -> Result<Self, Failure> {
        Ok(Self {
            id: convert::id("review_id", &review.review_id)?,
            author: review.author,
            stars: stars(review.stars),
            text: review.text,
            written_at: convert::instant(review.written_at),
        })
    }
}

impl From<wire::OwnReview> for Own {
    fn from(review: wire::OwnReview) -> Self {
        let state = review.state();
        Self { stars: stars(review.stars), text: review.text, state, reason: review.reason }
    }
}

/// Stars as they can be drawn.
pub(super) fn stars(stars: u32) -> u8 {
    u8::try_from(stars).unwrap_or(STARS_MAX).min(STARS_MAX)
}

impl Peers {
    /// Writes the person's review of an item, or another one in its place.
    pub async fn write_review(
        &self,
        item: ItemId,
        stars: u8,
        text: &str,
        author: &str,
    ) -> Result<Own, Failure> {
        let request = self.work(wire::WriteReviewRequest {
            item_id: item.to_string(),
            stars: stars.into(),
            text: text.to_owned(),
            author: author.to_owned(),
        });
        let answer = self.reviews().write_review(request).await?.into_inner();
        Ok(answer.review.ok_or_else(|| absent("review"))?.into())
    }

    /// The person's review of an item, and whether they may write one.
    pub async fn get_own_review(&self, item: ItemId) -> Result<Standing, Failure> {
        let request = self.read(wire::GetOwnReviewRequest { item_id: item.to_string() });
        let answer = self.reviews().get_own_review(request).await?.into_inner();
        Ok(Standing {
            review: answer.review.map(Own::from),
            may_write: answer.may_write,
            item_name: answer.item_name,
        })
    }

    /// Takes the person's review of an item back.
    pub async fn take_review_back(&self, item: ItemId) -> Result<(), Failure> {
        let request = self.work(wire::TakeReviewBackRequest { item_id: item.to_string() });
        self.reviews().take_review_back(request).await?;
        Ok(())
    }

    /// Approved reviews of an item, newest first.
    pub async fn list_reviews(&self, item: ItemId, at: PageRequest) -> Result<Reviews, Failure> {
        let (item_id, page) = (item.to_string(), Some(page(at)));
        let request = self.read(wire::ListReviewsRequest { item_id, page });
        let answer = self.reviews().list_reviews(request).await?.into_inner();
        let rows = answer.reviews.into_iter().map(Shown::try_from).collect::<Result<_, _>>()?;
        Ok(Reviews {
            page: Page { rows, total: answer.total },
            rating: answer.rating.map(Rating::from).unwrap_or_default(),
            item_name: answer.item_name,
        })
    }

    fn reviews(&self) -> ReviewServiceClient<contract::wire::Wire> {
        ReviewServiceClient::new(self.wires.inventory.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rev_03_an_average_is_rounded_to_the_nearest_tenth() {
        let tenths = |reviews, stars| Rating { reviews, stars }.tenths();
        assert_eq!(tenths(0, 0), None);
        assert_eq!(tenths(1, 5), Some(50));
        assert_eq!(tenths(3, 14), Some(47));
        assert_eq!(tenths(3, 13), Some(43));
        assert_eq!(tenths(20, 69), Some(35));
    }
}
