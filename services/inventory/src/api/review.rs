//! Reviews as RPCs for buyers.

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::failure::Failure;
use contract::inventory::review_service_server::ReviewService;
use contract::inventory::{
    self as wire, GetOwnReviewRequest, GetOwnReviewResponse, ListReviewsRequest,
    ListReviewsResponse, ReviewState, TakeReviewBackRequest, TakeReviewBackResponse,
    WriteReviewRequest, WriteReviewResponse,
};
use kernel::ids::PersonId;
use tonic::{Request, Response, Status};

use crate::domain::review::{Author, Draft, Rating, Review, Stars, State, Words};
use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl ReviewService for Api {
    async fn write_review(
        &self,
        request: Request<WriteReviewRequest>,
    ) -> Result<Response<WriteReviewResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let draft = decode_draft(person, &request.into_inner())?;
        let review = Some(encode_own(&self.0.write_review(&draft).await?));
        Ok(Response::new(WriteReviewResponse { review }))
    }

    async fn get_own_review(
        &self,
        request: Request<GetOwnReviewRequest>,
    ) -> Result<Response<GetOwnReviewResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let item = convert::id("item_id", &request.into_inner().item_id)?;
        let own = self.0.get_own_review(person, item).await?;
        Ok(Response::new(GetOwnReviewResponse {
            review: own.review.as_ref().map(encode_own),
            may_write: own.may_write,
            item_name: own.item_name,
        }))
    }

    async fn take_review_back(
        &self,
        request: Request<TakeReviewBackRequest>,
    ) -> Result<Response<TakeReviewBackResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let item = convert::id("item_id", &request.into_inner().item_id)?;
        self.0.take_review_back(person, item).await?;
        Ok(Response::new(TakeReviewBackResponse {}))
    }

    async fn list_reviews(
        &self,
        request: Request<ListReviewsRequest>,
    ) -> Result<Response<ListReviewsResponse>, Status> {
        let request = request.into_inner();
        let item = convert::id("item_id", &request.item_id)?;
        let shown = self.0.list_reviews(item, convert::page(request.page)).await?;
        Ok(Response::new(ListReviewsResponse {
            reviews: shown.reviews.rows.iter().map(encode_shown).collect(),
            total: shown.reviews.total,
            item_name: shown.item_name,
            rating: Some(encode_rating(shown.rating)),
        }))
    }
}

fn decode_draft(person: PersonId, request: &WriteReviewRequest) -> Result<Draft, Failure> {
    Ok(Draft {
        person,
        item: convert::id("item_id", &request.item_id)?,
        author: Author::of(&request.author),
        stars: Stars::new(request.stars).map_err(|why| invalid("stars", why))?,
        words: Words::parse(&request.text).map_err(|why| invalid("text", why))?,
    })
}

pub(super) fn encode_rating(rating: Rating) -> wire::Rating {
    wire::Rating {
        reviews: u32::try_from(rating.reviews).unwrap_or_default(),
        stars: rating.stars.unsigned_abs(),
    }
}

pub(super) fn encode_state(state: State) -> ReviewState {
    match state {
        State::Pending => ReviewState::Pending,
        State::Approved => ReviewState::Approved,
        State::Rejected => ReviewState::Rejected,
        State::Removed => ReviewState::Removed,
    }
}

fn encode_shown(review: &Review) -> wire::ShownReview {
    wire::ShownReview {
        review_id: review.id.to_string(),
        author: review.author.as_str().to_owned(),
        stars: review.stars.get().into(),
        text: review.words.as_str().to_owned(),
        written_at: Some(timestamp(review.written_at)),
    }
}

fn encode_own(review: &Review) -> wire::OwnReview {
    wire::OwnReview {
        review_id: review.id.to_string(),
        stars: review.stars.get().into(),
        text: review.words.as_str().to_owned(),
        state: encode_state(review.state).into(),
        reason: review.reason.clone(),
        written_at: Some(timestamp(review.written_at)),
    }
}
