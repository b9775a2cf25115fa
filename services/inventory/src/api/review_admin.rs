//! Reviews as RPCs for staff.

use chassis::guard;
use contract::convert::{self, invalid, timestamp};
use contract::failure::Failure;
use contract::inventory::review_admin_service_server::ReviewAdminService;
use contract::inventory::{
    ApproveReviewRequest, ApproveReviewResponse, GetReviewRequest, GetReviewResponse,
    ListPendingReviewsRequest, ListPendingReviewsResponse, RejectReviewRequest,
    RejectReviewResponse, RemoveReviewRequest, RemoveReviewResponse, StaffReview,
};
use tonic::{Request, Response, Status};

use crate::api::review::encode_state;
use crate::domain::reason::Reason;
use crate::domain::review::{Decision, Review};
use crate::operations::Inventory;

pub struct Api(pub Inventory);

#[tonic::async_trait]
impl ReviewAdminService for Api {
    async fn list_pending_reviews(
        &self,
        request: Request<ListPendingReviewsRequest>,
    ) -> Result<Response<ListPendingReviewsResponse>, Status> {
        let page = convert::page(request.into_inner().page);
        let found = self.0.list_pending_reviews(page).await?;
        let reviews = found.rows.iter().map(encode).collect();
        Ok(Response::new(ListPendingReviewsResponse { reviews, total: found.total }))
    }

    async fn get_review(
        &self,
        request: Request<GetReviewRequest>,
    ) -> Result<Response<GetReviewResponse>, Status> {
        let id = convert::id("review_id", &request.into_inner().review_id)?;
        let review = Some(encode(&self.0.get_review(id).await?));
        Ok(Response::new(GetReviewResponse { review }))
    }

    async fn approve_review(
        &self,
        request: Request<ApproveReviewRequest>,
    ) -> Result<Response<ApproveReviewResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("review_id", &request.review_id)?;
        let decided = self.0.decide_review(staff, id, request.version, &Decision::Approve).await?;
        Ok(Response::new(ApproveReviewResponse { review: Some(encode(&decided)) }))
    }

    async fn reject_review(
        &self,
        request: Request<RejectReviewRequest>,
    ) -> Result<Response<RejectReviewResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("review_id", &request.review_id)?;
        let decision = Decision::Reject(decode_reason(&request.reason)?);
        let decided = self.0.decide_review(staff, id, request.version, &decision).await?;
        Ok(Response::new(RejectReviewResponse { review: Some(encode(&decided)) }))
    }

    async fn remove_review(
        &self,
        request: Request<RemoveReviewRequest>,
    ) -> Result<Response<RemoveReviewResponse>, Status> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let id = convert::id("review_id", &request.review_id)?;
        let decision = Decision::Remove(decode_reason(&request.reason)?);
        self.0.decide_review(staff, id, request.version, &decision).await?;
        Ok(Response::new(RemoveReviewResponse {}))
    }
}

fn decode_reason(text: &str) -> Result<Reason, Failure> {
    Reason::parse(text).map_err(|why| invalid("reason", why))
}

fn encode(review: &Review) -> StaffReview {
    StaffReview {
        review_id: review.id.to_string(),
        version: review.version,
        person_id: review.person.0,
        item_id: review.item.to_string(),
        item_name: review.item_name.clone(),
        stars: review.stars.get().into(),
        text: review.words.as_str().to_owned(),
        state: encode_state(review.state).into(),
        reason: review.reason.clone(),
        written_at: Some(timestamp(review.written_at)),
    }
}
