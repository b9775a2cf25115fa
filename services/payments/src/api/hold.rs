//! `HoldService`: decode, call, encode.

use std::sync::Arc;

use contract::convert;
use contract::failure::Failure;
use contract::payments::hold_service_server::HoldService;
use contract::payments::{
    self as wire, HoldFundsRequest, HoldFundsResponse, HoldState, PostHoldRequest,
    PostHoldResponse, VoidHoldRequest, VoidHoldResponse,
};
use kernel::money::Money;
use tonic::{Request, Response, Status};

use super::wallet::person;
use crate::domain::hold::{Hold, Intent, State};
use crate::operations::Payments;
use crate::operations::hold;

/// The methods about holds.
pub struct HoldApi(pub Arc<Payments>);

#[tonic::async_trait]
impl HoldService for HoldApi {
    async fn hold_funds(
        &self,
        request: Request<HoldFundsRequest>,
    ) -> Result<Response<HoldFundsResponse>, Status> {
        let request = request.into_inner();
        let intent = Intent {
            id: convert::id("hold_id", &request.hold_id)?,
            person: person("person_id", request.person_id)?,
            amount: convert::money("amount", request.amount)?,
            lasts_seconds: i32::try_from(request.lasts_seconds).unwrap_or(i32::MAX),
            reference: request.reference,
        };
        let hold = encode(hold::hold_funds(&self.0, intent).await?);
        Ok(Response::new(HoldFundsResponse { hold: Some(hold) }))
    }

    async fn post_hold(
        &self,
        request: Request<PostHoldRequest>,
    ) -> Result<Response<PostHoldResponse>, Status> {
        let request = request.into_inner();
        let id = convert::id("hold_id", &request.hold_id)?;
        let minor = request.amount.map(|amount| self.minor(amount)).transpose()?;
        let hold = encode(hold::post_hold(&self.0, id, minor).await?);
        Ok(Response::new(PostHoldResponse { hold: Some(hold) }))
    }

    async fn void_hold(
        &self,
        request: Request<VoidHoldRequest>,
    ) -> Result<Response<VoidHoldResponse>, Status> {
        let id = convert::id("hold_id", &request.into_inner().hold_id)?;
        let hold = encode(hold::void_hold(&self.0, id).await?);
        Ok(Response::new(VoidHoldResponse { hold: Some(hold) }))
    }
}

impl HoldApi {
    fn minor(&self, amount: contract::common::Money) -> Result<i64, Failure> {
        let amount = convert::money("amount", Some(amount))?;
        self.0.accept(amount, 1).map(|amount| amount.minor)
    }
}

fn encode(hold: Hold) -> wire::Hold {
    let state = match hold.state {
        State::Pending => HoldState::Pending,
        State::Posted => HoldState::Posted,
        State::Voided => HoldState::Voided,
        State::Expired => HoldState::Expired,
        State::Refused => HoldState::Refused,
    };
    wire::Hold {
        hold_id: hold.id.to_string(),
        state: state.into(),
        amount: Some(hold.amount.into()),
        posted: Some(Money::new(hold.posted_minor, hold.amount.currency).into()),
        expires_at: Some(convert::timestamp(hold.expires_at)),
    }
}
