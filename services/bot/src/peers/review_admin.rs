//! What staff decide about reviews.

use contract::convert;
use contract::failure::Failure;
use contract::inventory as wire;
use contract::inventory::review_admin_service_client::ReviewAdminServiceClient;
use jiff::Timestamp;
use kernel::ids::{ItemId, PersonId, ReviewId};
use kernel::page::{Page, PageRequest};

use crate::peers::reviews::{ReviewState, stars};
use crate::peers::{Peers, absent, page};

/// A review as staff see it.
#[derive(Debug, Clone)]
pub struct StaffReview {
    /// Its id.
    pub id: ReviewId,
    /// Which of those that its author wrote.
    pub version: u32,
    /// Who wrote it.
    pub person: PersonId,
    /// About what.
    pub item: ItemId,
    /// Its name.
    pub item_name: String,
    /// One to five.
    pub stars: u8,
    /// May be empty.
    pub text: String,
    /// How far it is.
    pub state: ReviewState,
    /// Why it was not approved.
    pub reason: String,
    /// When it was written.
    pub written_at: Timestamp,
}

impl TryFrom<wire::StaffReview> for StaffReview {
    type Error = Failure;

    fn try_from(review: wire::StaffReview) -> Result<Self, Failure> {
        let state = review.state();
        Ok(Self {
            id: convert::id("review_id", &review.review_id)?,
            version: review.version,
            person: PersonId(review.person_id),
            item: convert::id("item_id", &review.item_id)?,
            item_name: review.item_name,
            stars: stars(review.stars),
            text: review.text,
            state,
            reason: review.reason,
            written_at: convert::instant(review.written_at),
        })
    }
}

fn read(review: Option<wire::StaffReview>) -> Result<StaffReview, Failure> {
    review.ok_or_else(|| absent("review"))?.try_into()
}

impl Peers {
    /// Reviews that wait, the oldest first.
    pub async fn list_pending_reviews(
        &self,
        at: PageRequest,
    ) -> Result<Page<StaffReview>, Failure> {
        let request = self.read(wire::ListPendingReviewsRequest { page: Some(page(at)) });
        let answer = self.review_admin().list_pending_reviews(request).await?.into_inner();
        let rows = answer.reviews.into_iter().map(StaffReview::try_from);
        Ok(Page { rows: rows.collect::<Result<_, _>>()?, total: answer.total })
    }

    /// One review.
    pub async fn get_review(&self, id: ReviewId) -> Result<StaffReview, Failure> {
        let request = self.read(wire::GetReviewRequest { review_id: id.to_string() });
        read(self.review_admin().get_review(request).await?.into_inner().review)
    }

    /// Lets others see it, as it was when this version was written.
    pub async fn approve_review(&self, id: ReviewId, version: u32) -> Result<(), Failure> {
        let review_id = id.to_string();
        let request = self.work(wire::ApproveReviewRequest { review_id, version });
        self.review_admin().approve_review(request).await?;
        Ok(())
    }

    /// Keeps it from others; its author sees why.
    pub async fn reject_review(
        &self,
        id: ReviewId,
        version: u32,
        reason: &str,
    ) -> Result<(), Failure> {
        let (review_id, reason) = (id.to_string(), reason.to_owned());
        let request = self.work(wire::RejectReviewRequest { review_id, version, reason });
        self.review_admin().reject_review(request).await?;
        Ok(())
    }

    /// Takes it away with its words; its author sees why.
    pub async fn remove_review(
        &self,
        id: ReviewId,
        version: u32,
        reason: &str,
    ) -> Result<(), Failure> {
        let (review_id, reason) = (id.to_string(), reason.to_owned());
        let request = self.work(wire::RemoveReviewRequest { review_id, version, reason });
        self.review_admin().remove_review(request).await?;
        Ok(())
    }

    fn review_admin(&self) -> ReviewAdminServiceClient<contract::wire::Wire> {
        ReviewAdminServiceClient::new(self.wires.inventory.clone())
    }
}
