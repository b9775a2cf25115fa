//! What staff do with money, in memory: adjustments of 500 roubles and more wait for somebody else.

use contract::payments::payments_admin_service_server::PaymentsAdminService;
use contract::payments::*;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

const APPROVAL_FROM: i64 = 50_000;

#[tonic::async_trait]
impl PaymentsAdminService for Fakes {
    async fn preview_adjustment(
        &self,
        request: Request<PreviewAdjustmentRequest>,
    ) -> Answer<PreviewAdjustmentResponse> {
        self.enter("preview_adjustment", &request)?;
        let PreviewAdjustmentRequest { person_id, amount } = request.into_inner();
        let minor = amount.unwrap_or_default().minor;
        let state = self.state();
        let wallet = state.wallets.get(&person_id);
        let before = wallet.ok_or_else(|| missing("payments.no_such_wallet"))?.available;
        if before + minor < 0 {
            return Err(Failure::new(Kind::Conflict, "payments.insufficient_funds").into());
        }
        Ok(PreviewAdjustmentResponse {
            before: Some(roubles(before)),
            after: Some(roubles(before + minor)),
            needs_approval: minor.abs() >= APPROVAL_FROM,
        }
        .into())
    }

    async fn adjust_balance(
        &self,
        request: Request<AdjustBalanceRequest>,
    ) -> Answer<AdjustBalanceResponse> {
        let staff = self.enter("adjust_balance", &request)?;
        let AdjustBalanceRequest { transfer_id, person_id, amount, reason } = request.into_inner();
        let minor = amount.clone().unwrap_or_default().minor;
        let mut state = self.state();
        let is_known = state.adjustments.contains(&transfer_id);
        if !is_known && reason.chars().count() < 3 {
            return Err(contract::convert::invalid("reason", "3 to 200 characters").into());
        }
        if minor.abs() >= APPROVAL_FROM {
            let pending = Proposal {
                proposal_id: transfer_id,
                person_id,
                amount,
                reason,
                proposed_by: staff,
                proposed_at: Some(now()),
                expires_at: Some(now()),
                state: ProposalState::Pending.into(),
            };
            state.proposals.push(pending.clone());
            return Ok(AdjustBalanceResponse { available: None, pending: Some(pending) }.into());
        }
        let wallet = state.wallets.entry(person_id).or_default();
        if !is_known {
            wallet.available += minor;
        }
        let available = Some(roubles(wallet.available));
        state.adjustments.insert(transfer_id);
        Ok(AdjustBalanceResponse { available, pending: None }.into())
    }

    async fn list_proposals(
        &self,
        request: Request<ListProposalsRequest>,
    ) -> Answer<ListProposalsResponse> {
        self.enter("list_proposals", &request)?;
        let state = self.state();
        let is_waiting = |one: &&Proposal| one.state() == ProposalState::Pending;
        let waiting: Vec<Proposal> = state.proposals.iter().filter(is_waiting).cloned().collect();
        let proposals = page_of(&waiting, request.into_inner().page);
        Ok(ListProposalsResponse { proposals, total: waiting.len() as u64 }.into())
    }

    async fn get_proposal(
        &self,
        request: Request<GetProposalRequest>,
    ) -> Answer<GetProposalResponse> {
        self.enter("get_proposal", &request)?;
        let mut state = self.state();
        let found = proposal(&mut state, &request.into_inner().proposal_id)?.clone();
        Ok(GetProposalResponse { proposal: Some(found) }.into())
    }

    async fn approve_adjustment(
        &self,
        request: Request<ApproveAdjustmentRequest>,
    ) -> Answer<ApproveAdjustmentResponse> {
        let staff = self.enter("approve_adjustment", &request)?;
        let mut state = self.state();
        let found = proposal(&mut state, &request.into_inner().proposal_id)?;
        if found.proposed_by == staff {
            return Err(Failure::new(Kind::Denied, "payments.own_proposal").into());
        }
        found.state = ProposalState::Approved.into();
        let (person, minor) = (found.person_id, found.amount.clone().unwrap_or_default().minor);
        let wallet = state.wallets.entry(person).or_default();
        wallet.available += minor;
        Ok(ApproveAdjustmentResponse { available: Some(roubles(wallet.available)) }.into())
    }

    async fn reject_adjustment(
        &self,
        request: Request<RejectAdjustmentRequest>,
    ) -> Answer<RejectAdjustmentResponse> {
        self.enter("reject_adjustment", &request)?;
        let mut state = self.state();
        let found = proposal(&mut state, &request.into_inner().proposal_id)?;
        found.state = ProposalState::Rejected.into();
        Ok(RejectAdjustmentResponse {}.into())
    }

    async fn get_person_wallet(
        &self,
        request: Request<GetPersonWalletRequest>,
    ) -> Answer<GetPersonWalletResponse> {
        self.enter("get_person_wallet", &request)?;
        let found = self.state().wallets.get(&request.into_inner().person_id).copied();
        let wallet = found.ok_or_else(|| missing("payments.no_such_wallet"))?;
        Ok(GetPersonWalletResponse {
            wallet: Some(super::payments_side::encode(wallet)),
            inviter_id: wallet.inviter,
            opened_at: Some(now()),
        }
        .into())
    }

    async fn list_person_operations(
        &self,
        request: Request<ListPersonOperationsRequest>,
    ) -> Answer<ListOperationsResponse> {
        self.enter("list_person_operations", &request)?;
        let state = self.state();
        let operations = page_of(&state.operations, request.into_inner().page);
        Ok(ListOperationsResponse { operations, total: state.operations.len() as u64 }.into())
    }

    async fn get_person_referral_stats(
        &self,
        request: Request<GetPersonReferralStatsRequest>,
    ) -> Answer<GetReferralStatsResponse> {
        self.enter("get_person_referral_stats", &request)?;
        let person = request.into_inner().person_id;
        Ok(super::referrals_side::stats(&self.state(), person).into())
    }

    async fn list_person_referrals(
        &self,
        request: Request<ListPersonReferralsRequest>,
    ) -> Answer<ListReferralsResponse> {
        self.enter("list_person_referrals", &request)?;
        let ListPersonReferralsRequest { person_id, page } = request.into_inner();
        Ok(super::referrals_side::referrals(&self.state(), person_id, page).into())
    }

    async fn list_person_earnings(
        &self,
        request: Request<ListPersonEarningsRequest>,
    ) -> Answer<ListEarningsResponse> {
        self.enter("list_person_earnings", &request)?;
        let ListPersonEarningsRequest { person_id, invited_id, page } = request.into_inner();
        Ok(super::referrals_side::earnings(&self.state(), person_id, invited_id, page).into())
    }

    async fn get_person_earning(
        &self,
        request: Request<GetPersonEarningRequest>,
    ) -> Answer<GetEarningResponse> {
        self.enter("get_person_earning", &request)?;
        let GetPersonEarningRequest { person_id, earning_id } = request.into_inner();
        super::referrals_side::earning(&self.state(), person_id, &earning_id)
    }

    async fn get_money_stats(
        &self,
        request: Request<GetMoneyStatsRequest>,
    ) -> Answer<GetMoneyStatsResponse> {
        self.enter("get_money_stats", &request)?;
        Ok(self.state().money_stats.clone().into())
    }

    async fn list_suspense(&self, _: Request<ListSuspenseRequest>) -> Answer<ListSuspenseResponse> {
        Err(Status::unimplemented("the bot never asks"))
    }

    async fn check_books(&self, _: Request<CheckBooksRequest>) -> Answer<CheckBooksResponse> {
        Err(Status::unimplemented("the bot never asks"))
    }
}

fn proposal<'a>(state: &'a mut State, id: &str) -> Result<&'a mut Proposal, Status> {
    let found = state.proposals.iter_mut().find(|one| one.proposal_id == id);
    found.ok_or_else(|| missing("payments.no_such_proposal"))
}
