//! Inviting in memory: what a test says that somebody's inviting has brought.

use contract::payments::referral_service_server::ReferralService;
use contract::payments::*;

use super::*;

type Answer<T> = Result<tonic::Response<T>, Status>;

#[tonic::async_trait]
impl ReferralService for Fakes {
    async fn get_referral_stats(
        &self,
        request: Request<GetReferralStatsRequest>,
    ) -> Answer<GetReferralStatsResponse> {
        let person = self.enter("get_referral_stats", &request)?;
        Ok(stats(&self.state(), person).into())
    }

    async fn list_referrals(
        &self,
        request: Request<ListReferralsRequest>,
    ) -> Answer<ListReferralsResponse> {
        let person = self.enter("list_referrals", &request)?;
        Ok(referrals(&self.state(), person, request.into_inner().page).into())
    }

    async fn list_earnings(
        &self,
        request: Request<ListEarningsRequest>,
    ) -> Answer<ListEarningsResponse> {
        let person = self.enter("list_earnings", &request)?;
        let ListEarningsRequest { invited_id, page } = request.into_inner();
        Ok(earnings(&self.state(), person, invited_id, page).into())
    }

    async fn get_earning(&self, request: Request<GetEarningRequest>) -> Answer<GetEarningResponse> {
        let person = self.enter("get_earning", &request)?;
        earning(&self.state(), person, &request.into_inner().earning_id)
    }
}

pub(super) fn stats(state: &State, person: i64) -> GetReferralStatsResponse {
    let own = state.referrals.get(&person);
    let wallet = state.wallets.get(&person).copied().unwrap_or_default();
    let stats = ReferralStats {
        invited: wallet.invited.into(),
        active: own.map_or(0, |own| own.people.len() as u64),
        earned: Some(roubles(wallet.earned)),
        topped_up: Some(roubles(wallet.earned * 10)),
        credits: own.map_or(0, |own| own.earnings.len() as u64),
    };
    GetReferralStatsResponse { stats: Some(stats) }
}

pub(super) fn referrals(
    state: &State,
    person: i64,
    page: Option<common::PageRequest>,
) -> ListReferralsResponse {
    let people = state.referrals.get(&person).map_or(&[][..], |own| &own.people);
    ListReferralsResponse { referrals: page_of(people, page), total: people.len() as u64 }
}

pub(super) fn earnings(
    state: &State,
    person: i64,
    invited_id: i64,
    page: Option<common::PageRequest>,
) -> ListEarningsResponse {
    let all = state.referrals.get(&person).map_or(&[][..], |own| &own.earnings);
    let is_wanted = |one: &&Earning| invited_id == 0 || one.invited_id == invited_id;
    let wanted: Vec<Earning> = all.iter().filter(is_wanted).cloned().collect();
    ListEarningsResponse { earnings: page_of(&wanted, page), total: wanted.len() as u64 }
}

pub(super) fn earning(state: &State, person: i64, id: &str) -> Answer<GetEarningResponse> {
    let own = state.referrals.get(&person);
    let found = own.and_then(|own| own.earnings.iter().find(|one| one.earning_id == id));
    match found {
        Some(earning) => Ok(GetEarningResponse { earning: Some(earning.clone()) }.into()),
        None => Err(missing("payments.no_such_earning")),
    }
}
