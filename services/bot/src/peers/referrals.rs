//! What inviting has brought: a person's own, or anybody's for staff.

use contract::convert;
use contract::failure::Failure;
use contract::payments as wire;
use contract::payments::referral_service_client::ReferralServiceClient;
use jiff::Timestamp;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};

use crate::peers::{Peers, absent, page};

/// Whose inviting it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inviter {
    /// Whoever asks.
    Oneself,
    /// Somebody whom staff look at.
    Of(PersonId),
}

/// What it has brought.
#[derive(Debug, Clone, Copy)]
pub struct ReferralStats {
    /// People invited.
    pub invited: u64,
    /// Those of them who topped up.
    pub active: u64,
    /// All that was earned.
    pub earned: Money,
    /// All that they topped up.
    pub topped_up: Money,
    /// How often something was earned.
    pub credits: u64,
}

/// Somebody who was invited.
#[derive(Debug, Clone, Copy)]
pub struct Referral {
    /// Who.
    pub person: PersonId,
    /// What they have brought.
    pub earned: Money,
}

/// One share of a top-up.
#[derive(Debug, Clone, Copy)]
pub struct Earning {
    /// The movement.
    pub id: TransferId,
    /// Who topped up.
    pub invited: PersonId,
    /// The share.
    pub amount: Money,
    /// The whole.
    pub topped_up: Money,
    /// When.
    pub at: Timestamp,
}

impl TryFrom<wire::Earning> for Earning {
    type Error = Failure;

    fn try_from(earning: wire::Earning) -> Result<Self, Failure> {
        Ok(Self {
            id: convert::id("earning_id", &earning.earning_id)?,
            invited: PersonId(earning.invited_id),
            amount: convert::money("amount", earning.amount)?,
            topped_up: convert::money("topped_up", earning.topped_up)?,
            at: convert::instant(earning.happened_at),
        })
    }
}

impl Peers {
    /// Numbers of an inviter.
    pub async fn get_referral_stats(&self, inviter: Inviter) -> Result<ReferralStats, Failure> {
        let answer = match inviter {
            Inviter::Oneself => {
                let request = self.read(wire::GetReferralStatsRequest {});
                self.referrals().get_referral_stats(request).await?
            }
            Inviter::Of(PersonId(person_id)) => {
                let request = self.read(wire::GetPersonReferralStatsRequest { person_id });
                self.payments_admin().get_person_referral_stats(request).await?
            }
        };
        let stats = answer.into_inner().stats.ok_or_else(|| absent("stats"))?;
        Ok(ReferralStats {
            invited: stats.invited,
            active: stats.active,
            earned: convert::money("earned", stats.earned)?,
            topped_up: convert::money("topped_up", stats.topped_up)?,
            credits: stats.credits,
        })
    }

    /// Whom they invited, those who brought most first.
    pub async fn list_referrals(
        &self,
        inviter: Inviter,
        at: PageRequest,
    ) -> Result<Page<Referral>, Failure> {
        let page = Some(page(at));
        let answer = match inviter {
            Inviter::Oneself => {
                let request = self.read(wire::ListReferralsRequest { page });
                self.referrals().list_referrals(request).await?
            }
            Inviter::Of(PersonId(person_id)) => {
                let request = self.read(wire::ListPersonReferralsRequest { person_id, page });
                self.payments_admin().list_person_referrals(request).await?
            }
        };
        let answer = answer.into_inner();
        let rows = answer.referrals.into_iter().map(|one| {
            let earned = convert::money("earned", one.earned)?;
            Ok(Referral { person: PersonId(one.person_id), earned })
        });
        Ok(Page { rows: rows.collect::<Result<_, Failure>>()?, total: answer.total })
    }

    /// What they earned, by one person whom they invited or by all; newest first.
    pub async fn list_earnings(
        &self,
        inviter: Inviter,
        invited: Option<PersonId>,
        at: PageRequest,
    ) -> Result<Page<Earning>, Failure> {
        let (invited_id, page) = (invited.map_or(0, |invited| invited.0), Some(page(at)));
        let answer = match inviter {
            Inviter::Oneself => {
                let request = self.read(wire::ListEarningsRequest { invited_id, page });
                self.referrals().list_earnings(request).await?
            }
            Inviter::Of(PersonId(person_id)) => {
                let request =
                    self.read(wire::ListPersonEarningsRequest { person_id, invited_id, page });
                self.payments_admin().list_person_earnings(request).await?
            }
        };
        let answer = answer.into_inner();
        let rows = answer.earnings.into_iter().map(TryInto::try_into);
        Ok(Page { rows: rows.collect::<Result<_, Failure>>()?, total: answer.total })
    }

    /// One earning of theirs.
    pub async fn get_earning(&self, inviter: Inviter, id: TransferId) -> Result<Earning, Failure> {
        let earning_id = id.to_string();
        let answer = match inviter {
            Inviter::Oneself => {
                let request = self.read(wire::GetEarningRequest { earning_id });
                self.referrals().get_earning(request).await?
            }
            Inviter::Of(PersonId(person_id)) => {
                let request = self.read(wire::GetPersonEarningRequest { person_id, earning_id });
                self.payments_admin().get_person_earning(request).await?
            }
        };
        answer.into_inner().earning.ok_or_else(|| absent("earning"))?.try_into()
    }

    fn referrals(&self) -> ReferralServiceClient<contract::wire::Wire> {
        ReferralServiceClient::new(self.wires.payments.clone())
    }
}
