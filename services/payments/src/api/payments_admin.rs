//! `PaymentsAdminService`: decode, call, encode.

use std::sync::Arc;

use chassis::guard;
use contract::convert;
use contract::payments::payments_admin_service_server::PaymentsAdminService;
use contract::payments::{
    AdjustBalanceRequest, AdjustBalanceResponse, ApproveAdjustmentRequest,
    ApproveAdjustmentResponse, CheckBooksRequest, CheckBooksResponse, GetEarningResponse,
    GetMoneyStatsRequest, GetMoneyStatsResponse, GetPersonEarningRequest,
    GetPersonReferralStatsRequest, GetPersonWalletRequest, GetPersonWalletResponse,
    GetProposalRequest, GetProposalResponse, GetReferralStatsResponse, ListEarningsResponse,
    ListOperationsResponse, ListPersonEarningsRequest, ListPersonOperationsRequest,
    ListPersonReferralsRequest, ListProposalsRequest, ListProposalsResponse, ListReferralsResponse,
    ListSuspenseRequest, ListSuspenseResponse, PreviewAdjustmentRequest, PreviewAdjustmentResponse,
    RejectAdjustmentRequest, RejectAdjustmentResponse, SuspenseCase,
};
use kernel::ids::PersonId;
use tonic::{Request, Response, Status};

use super::referral::{earning, earnings, referrals, stats};
use super::wallet::{self as wallets, person};
use super::{money_stats as numbers, proposal as proposals};
use crate::operations::{
    Payments, adjustment, books, money_stats, proposal, referral, suspense, wallet,
};
use crate::postings::Adjustment;

/// The methods of staff.
pub struct PaymentsAdminApi(pub Arc<Payments>);

type Answer<T> = Result<Response<T>, Status>;

#[tonic::async_trait]
impl PaymentsAdminService for PaymentsAdminApi {
    async fn preview_adjustment(
        &self,
        request: Request<PreviewAdjustmentRequest>,
    ) -> Answer<PreviewAdjustmentResponse> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let person = person("person_id", request.person_id)?;
        let amount = convert::money("amount", request.amount)?;
        let preview = adjustment::preview_adjustment(&self.0, staff, person, amount).await?;
        Ok(Response::new(PreviewAdjustmentResponse {
            before: Some(preview.before.into()),
            after: Some(preview.after.into()),
            needs_approval: preview.needs_approval,
        }))
    }

    async fn adjust_balance(
        &self,
        request: Request<AdjustBalanceRequest>,
    ) -> Answer<AdjustBalanceResponse> {
        let staff = guard::actor(&request)?.person()?;
        let request = request.into_inner();
        let asked = Adjustment {
            id: convert::id("transfer_id", &request.transfer_id)?,
            person: person("person_id", request.person_id)?,
            amount: convert::money("amount", request.amount)?,
            reason: request.reason,
            staff,
        };
        let adjusted = adjustment::adjust_balance(&self.0, asked).await?;
        Ok(Response::new(proposals::adjusted(adjusted)))
    }

    async fn list_proposals(
        &self,
        request: Request<ListProposalsRequest>,
    ) -> Answer<ListProposalsResponse> {
        let page = convert::page(request.into_inner().page);
        let found = proposal::list_proposals(&self.0, page).await?.map(proposals::encode);
        Ok(Response::new(ListProposalsResponse { proposals: found.rows, total: found.total }))
    }

    async fn get_proposal(
        &self,
        request: Request<GetProposalRequest>,
    ) -> Answer<GetProposalResponse> {
        let id = convert::id("proposal_id", &request.into_inner().proposal_id)?;
        let found = proposal::get_proposal(&self.0, id).await?;
        Ok(Response::new(GetProposalResponse { proposal: Some(proposals::encode(found)) }))
    }

    async fn approve_adjustment(
        &self,
        request: Request<ApproveAdjustmentRequest>,
    ) -> Answer<ApproveAdjustmentResponse> {
        let staff = guard::actor(&request)?.person()?;
        let id = convert::id("proposal_id", &request.into_inner().proposal_id)?;
        let available = proposal::approve_adjustment(&self.0, id, staff).await?;
        Ok(Response::new(ApproveAdjustmentResponse { available: Some(available.into()) }))
    }

    async fn reject_adjustment(
        &self,
        request: Request<RejectAdjustmentRequest>,
    ) -> Answer<RejectAdjustmentResponse> {
        let staff = guard::actor(&request)?.person()?;
        let id = convert::id("proposal_id", &request.into_inner().proposal_id)?;
        proposal::reject_adjustment(&self.0, id, staff).await?;
        Ok(Response::new(RejectAdjustmentResponse {}))
    }

    async fn get_person_wallet(
        &self,
        request: Request<GetPersonWalletRequest>,
    ) -> Answer<GetPersonWalletResponse> {
        let person = person("person_id", request.into_inner().person_id)?;
        let card = wallet::get_card(&self.0, person).await?;
        Ok(Response::new(GetPersonWalletResponse {
            wallet: Some(wallets::encode(card.totals, self.0.terms.currency())),
            inviter_id: card.inviter.map_or(0, |inviter| inviter.0),
            opened_at: Some(convert::timestamp(card.opened_at)),
        }))
    }

    async fn list_person_operations(
        &self,
        request: Request<ListPersonOperationsRequest>,
    ) -> Answer<ListOperationsResponse> {
        let request = request.into_inner();
        let person = person("person_id", request.person_id)?;
        let page = convert::page(request.page);
        let found = wallet::list_operations(&self.0, person, page).await?.map(wallets::operation);
        Ok(Response::new(ListOperationsResponse { operations: found.rows, total: found.total }))
    }

    async fn get_person_referral_stats(
        &self,
        request: Request<GetPersonReferralStatsRequest>,
    ) -> Answer<GetReferralStatsResponse> {
        let person = person("person_id", request.into_inner().person_id)?;
        let found = referral::get_stats(&self.0, person).await?;
        Ok(Response::new(stats(found, self.0.terms.currency())))
    }

    async fn list_person_referrals(
        &self,
        request: Request<ListPersonReferralsRequest>,
    ) -> Answer<ListReferralsResponse> {
        let request = request.into_inner();
        let person = person("person_id", request.person_id)?;
        let page = convert::page(request.page);
        let found = referral::list_referrals(&self.0, person, page).await?;
        Ok(Response::new(referrals(found, self.0.terms.currency())))
    }

    async fn list_person_earnings(
        &self,
        request: Request<ListPersonEarningsRequest>,
    ) -> Answer<ListEarningsResponse> {
        let request = request.into_inner();
        let person = person("person_id", request.person_id)?;
        let (invited, page) = (PersonId::new(request.invited_id).ok(), convert::page(request.page));
        let found = referral::list_earnings(&self.0, person, invited, page).await?;
        Ok(Response::new(earnings(found, self.0.terms.currency())))
    }

    async fn get_person_earning(
        &self,
        request: Request<GetPersonEarningRequest>,
    ) -> Answer<GetEarningResponse> {
        let request = request.into_inner();
        let person = person("person_id", request.person_id)?;
        let id = convert::id("earning_id", &request.earning_id)?;
        let found =
            earning(referral::get_earning(&self.0, person, id).await?, self.0.terms.currency());
        Ok(Response::new(GetEarningResponse { earning: Some(found) }))
    }

    async fn get_money_stats(
        &self,
        _: Request<GetMoneyStatsRequest>,
    ) -> Answer<GetMoneyStatsResponse> {
        let found = money_stats::get_money_stats(&self.0).await?;
        Ok(Response::new(numbers::encode(&found, self.0.terms.currency())))
    }

    async fn list_suspense(
        &self,
        request: Request<ListSuspenseRequest>,
    ) -> Answer<ListSuspenseResponse> {
        let page = convert::page(request.into_inner().page);
        let found = suspense::list_suspense(&self.0, page).await?;
        let found = found.map(|(case, opened_at)| SuspenseCase {
            case_id: case.id.to_string(),
            provider: case.provider,
            external_id: case.external_id,
            reason: case.reason,
            amount: case.amount.map(Into::into),
            opened_at: Some(convert::timestamp(opened_at)),
        });
        Ok(Response::new(ListSuspenseResponse { cases: found.rows, total: found.total }))
    }

    async fn check_books(&self, _: Request<CheckBooksRequest>) -> Answer<CheckBooksResponse> {
        let books = books::check_books(&self.0).await?;
        Ok(Response::new(CheckBooksResponse {
            sum_minor: books.sum_minor,
            drifted_wallets: books.drifted_wallets,
            overdue_holds: books.overdue_holds,
            drifted_holds: books.drifted_holds,
        }))
    }
}
