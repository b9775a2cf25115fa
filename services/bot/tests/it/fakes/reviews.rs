//! Reviews in memory, for buyers and for staff.

use contract::failure::{Failure, Kind};
use contract::inventory::review_admin_service_server::ReviewAdminService;
use contract::inventory::review_service_server::ReviewService;
use contract::inventory::*;
use kernel::ids::ReviewId;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

/// What somebody said about an item.
#[derive(Debug, Clone)]
pub struct Review {
    pub person: i64,
    pub author: String,
    pub item_id: String,
    pub stars: u32,
    pub text: String,
    pub state: ReviewState,
    pub reason: String,
    pub version: u32,
}

impl Review {
    fn id(&self) -> String {
        ReviewId::derived(&format!("{}:{}", self.person, self.item_id)).to_string()
    }

    fn own(&self) -> OwnReview {
        OwnReview {
            review_id: self.id(),
            stars: self.stars,
            text: self.text.clone(),
            state: self.state.into(),
            reason: self.reason.clone(),
            written_at: Some(now()),
        }
    }

    fn shown(&self) -> ShownReview {
        ShownReview {
            review_id: self.id(),
            author: self.author.clone(),
            stars: self.stars,
            text: self.text.clone(),
            written_at: Some(now()),
        }
    }
}

impl Fakes {
    /// Somebody has said something about an item.
    pub fn review(&self, person: i64, item: ItemId, stars: u32, text: &str, state: ReviewState) {
        self.state().reviews.push(Review {
            person,
            author: if person % 2 == 0 { "Анна <&>".into() } else { String::new() },
            item_id: item.to_string(),
            stars,
            text: text.to_owned(),
            state,
            reason: String::new(),
            version: 1,
        });
        self.rate(&item.to_string());
    }

    /// As the catalogue adds them up.
    fn rate(&self, item_id: &str) {
        let mut state = self.state();
        let rating = rating(&state, item_id);
        let item = state.items.iter_mut().find(|item| item.item_id == item_id);
        if let Some(item) = item {
            item.rating = Some(rating);
        }
    }

    fn decide(
        &self,
        review_id: &str,
        version: u32,
        after: ReviewState,
        reason: &str,
    ) -> Result<StaffReview, Status> {
        let item_id = {
            let mut state = self.state();
            let review = state.reviews.iter_mut().find(|review| review.id() == review_id);
            let review = review.ok_or_else(|| missing("inventory.review_missing"))?;
            if review.version != version {
                return Err(Failure::new(Kind::Conflict, "inventory.review_changed").into());
            }
            review.state = after;
            review.reason = reason.to_owned();
            review.item_id.clone()
        };
        self.rate(&item_id);
        staffs(&self.state(), review_id)
    }
}

fn rating(state: &State, item_id: &str) -> Rating {
    let approved = state
        .reviews
        .iter()
        .filter(|review| review.item_id == item_id && review.state == ReviewState::Approved);
    let stars: Vec<u64> = approved.map(|review| review.stars.into()).collect();
    Rating { reviews: u32::try_from(stars.len()).unwrap(), stars: stars.iter().sum() }
}

fn item_name(state: &State, item_id: &str) -> String {
    let item = state.items.iter().find(|item| item.item_id == item_id);
    item.map(|item| item.name.clone()).unwrap_or_default()
}

fn staffs(state: &State, review_id: &str) -> Result<StaffReview, Status> {
    let review = state.reviews.iter().find(|review| review.id() == review_id);
    let review = review.ok_or_else(|| missing("inventory.review_missing"))?;
    Ok(StaffReview {
        review_id: review.id(),
        version: review.version,
        person_id: review.person,
        item_id: review.item_id.clone(),
        item_name: item_name(state, &review.item_id),
        stars: review.stars,
        text: review.text.clone(),
        state: review.state.into(),
        reason: review.reason.clone(),
        written_at: Some(now()),
    })
}

#[tonic::async_trait]
impl ReviewService for Fakes {
    async fn write_review(
        &self,
        request: Request<WriteReviewRequest>,
    ) -> Answer<WriteReviewResponse> {
        let person = self.enter("write_review", &request)?;
        let WriteReviewRequest { item_id, stars, text, author } = request.into_inner();
        let review = {
            let mut state = self.state();
            let before = state
                .reviews
                .iter()
                .position(|review| review.person == person && review.item_id == item_id);
            let version = before.map_or(1, |at| state.reviews.remove(at).version + 1);
            let author = author.split(' ').next().unwrap_or_default().to_owned();
            let item_id = item_id.clone();
            let (state_now, reason) = (ReviewState::Pending, String::new());
            let review =
                Review { person, author, item_id, stars, text, state: state_now, reason, version };
            state.reviews.push(review.clone());
            review
        };
        self.rate(&item_id);
        Ok(WriteReviewResponse { review: Some(review.own()) }.into())
    }

    async fn get_own_review(
        &self,
        request: Request<GetOwnReviewRequest>,
    ) -> Answer<GetOwnReviewResponse> {
        let person = self.enter("get_own_review", &request)?;
        let item_id = request.into_inner().item_id;
        let state = self.state();
        let own = |review: &&Review| review.person == person && review.item_id == item_id;
        let may_write = state.orders.iter().any(|(buyer, order)| {
            *buyer == person && order.lines.iter().any(|line| line.item_id == item_id)
        });
        Ok(GetOwnReviewResponse {
            review: state.reviews.iter().find(own).map(Review::own),
            may_write,
            item_name: item_name(&state, &item_id),
        }
        .into())
    }

    async fn take_review_back(
        &self,
        request: Request<TakeReviewBackRequest>,
    ) -> Answer<TakeReviewBackResponse> {
        let person = self.enter("take_review_back", &request)?;
        let item_id = request.into_inner().item_id;
        let is_own = |review: &Review| review.person == person && review.item_id == item_id;
        self.state().reviews.retain(|review| !is_own(review));
        self.rate(&item_id);
        Ok(TakeReviewBackResponse {}.into())
    }

    async fn list_reviews(
        &self,
        request: Request<ListReviewsRequest>,
    ) -> Answer<ListReviewsResponse> {
        self.enter("list_reviews", &request)?;
        let ListReviewsRequest { item_id, page } = request.into_inner();
        let state = self.state();
        let shown: Vec<ShownReview> = state
            .reviews
            .iter()
            .rev()
            .filter(|review| review.item_id == item_id && review.state == ReviewState::Approved)
            .map(Review::shown)
            .collect();
        Ok(ListReviewsResponse {
            reviews: page_of(&shown, page),
            total: shown.len() as u64,
            item_name: item_name(&state, &item_id),
            rating: Some(rating(&state, &item_id)),
        }
        .into())
    }
}

#[tonic::async_trait]
impl ReviewAdminService for Fakes {
    async fn list_pending_reviews(
        &self,
        request: Request<ListPendingReviewsRequest>,
    ) -> Answer<ListPendingReviewsResponse> {
        self.enter("list_pending_reviews", &request)?;
        let state = self.state();
        let pending = state.reviews.iter().filter(|review| review.state == ReviewState::Pending);
        let pending: Vec<StaffReview> =
            pending.map(|review| staffs(&state, &review.id())).collect::<Result<_, _>>()?;
        let reviews = page_of(&pending, request.into_inner().page);
        Ok(ListPendingReviewsResponse { reviews, total: pending.len() as u64 }.into())
    }

    async fn get_review(&self, request: Request<GetReviewRequest>) -> Answer<GetReviewResponse> {
        self.enter("get_review", &request)?;
        let review = staffs(&self.state(), &request.into_inner().review_id)?;
        Ok(GetReviewResponse { review: Some(review) }.into())
    }

    async fn approve_review(
        &self,
        request: Request<ApproveReviewRequest>,
    ) -> Answer<ApproveReviewResponse> {
        self.enter("approve_review", &request)?;
        let ApproveReviewRequest { review_id, version } = request.into_inner();
        let review = self.decide(&review_id, version, ReviewState::Approved, "")?;
        Ok(ApproveReviewResponse { review: Some(review) }.into())
    }

    async fn reject_review(
        &self,
        request: Request<RejectReviewRequest>,
    ) -> Answer<RejectReviewResponse> {
        self.enter("reject_review", &request)?;
        let RejectReviewRequest { review_id, version, reason } = request.into_inner();
        let review = self.decide(&review_id, version, ReviewState::Rejected, &reason)?;
        Ok(RejectReviewResponse { review: Some(review) }.into())
    }

    async fn remove_review(
        &self,
        request: Request<RemoveReviewRequest>,
    ) -> Answer<RemoveReviewResponse> {
        self.enter("remove_review", &request)?;
        let RemoveReviewRequest { review_id, version, reason } = request.into_inner();
        self.decide(&review_id, version, ReviewState::Removed, &reason)?;
        Ok(RemoveReviewResponse {}.into())
    }
}
