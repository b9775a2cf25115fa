//! `ReferralService`: decode, call, encode.

use std::sync::Arc;

use chassis::guard;
use contract::convert;
use contract::payments::referral_service_server::ReferralService;
use contract::payments::{
    self as wire, GetEarningRequest, GetEarningResponse, GetReferralStatsRequest,
    GetReferralStatsResponse, ListEarningsRequest, ListEarningsResponse, ListReferralsRequest,
    ListReferralsResponse,
};
use kernel::currency::Currency;
use kernel::ids::PersonId;
use kernel::money::Money;
use kernel::page::Page;
use tonic::{Request, Response, Status};

use crate::domain::referral::{Earning, Referral, ReferralStats};
use crate::operations::{Payments, referral};

/// The methods about inviting.
pub struct ReferralApi(pub Arc<Payments>);

#[tonic::async_trait]
impl ReferralService for ReferralApi {
    async fn get_referral_stats(
        &self,
        request: Request<GetReferralStatsRequest>,
    ) -> Result<Response<GetReferralStatsResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let found = referral::get_stats(&self.0, person).await?;
        Ok(Response::new(stats(found, self.0.terms.currency())))
    }

    async fn list_referrals(
        &self,
        request: Request<ListReferralsRequest>,
    ) -> Result<Response<ListReferralsResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let page = convert::page(request.into_inner().page);
        let found = referral::list_referrals(&self.0, person, page).await?;
        Ok(Response::new(referrals(found, self.0.terms.currency())))
    }

    async fn list_earnings(
        &self,
        request: Request<ListEarningsRequest>,
    ) -> Result<Response<ListEarningsResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let (invited, page) = (PersonId::new(request.invited_id).ok(), convert::page(request.page));
        let found = referral::list_earnings(&self.0, person, invited, page).await?;
        Ok(Response::new(earnings(found, self.0.terms.currency())))
    }

    async fn get_earning(
        &self,
        request: Request<GetEarningRequest>,
    ) -> Result<Response<GetEarningResponse>, Status> {
        let person = guard::actor(&request)?.person()?;
        let id = convert::id("earning_id", &request.into_inner().earning_id)?;
        let found = referral::get_earning(&self.0, person, id).await?;
        Ok(Response::new(GetEarningResponse {
            earning: Some(earning(found, self.0.terms.currency())),
        }))
    }
}

pub(super) fn stats(stats: ReferralStats, currency: Currency) -> GetReferralStatsResponse {
    let stats = wire::ReferralStats {
        invited: stats.invited,
        active: stats.active,
        earned: Some(Money::new(stats.earned_minor, currency).into()),
        topped_up: Some(Money::new(stats.topped_up_minor, currency).into()),
        credits: stats.credits,
    };
    GetReferralStatsResponse { stats: Some(stats) }
}

pub(super) fn referrals(found: Page<Referral>, currency: Currency) -> ListReferralsResponse {
    let found = found.map(|one| wire::Referral {
        person_id: one.person.0,
        earned: Some(Money::new(one.earned_minor, currency).into()),
        topped_up: Some(Money::new(one.topped_up_minor, currency).into()),
        invited_at: Some(convert::timestamp(one.invited_at)),
    });
    ListReferralsResponse { referrals: found.rows, total: found.total }
}

pub(super) fn earnings(found: Page<Earning>, currency: Currency) -> ListEarningsResponse {
    let found = found.map(|one| earning(one, currency));
    ListEarningsResponse { earnings: found.rows, total: found.total }
}

pub(super) fn earning(earning: Earning, currency: Currency) -> wire::Earning {
    wire::Earning {
        earning_id: earning.id.to_string(),
        invited_id: earning.invited.0,
        amount: Some(Money::new(earning.earned_minor, currency).into()),
        topped_up: Some(Money::new(earning.topped_up_minor, currency).into()),
        happened_at: Some(convert::timestamp(earning.happened_at)),
    }
}
