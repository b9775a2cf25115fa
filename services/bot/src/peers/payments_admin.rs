//! What staff do with money from the chat: adjust, decide on each other's adjustments, look at wallets and numbers.

use contract::convert;
use contract::failure::Failure;
use contract::payments as wire;
pub use contract::payments::ProposalState;
use contract::payments::payments_admin_service_client::PaymentsAdminServiceClient;
use jiff::Timestamp;
use kernel::ids::{PersonId, TransferId};
use kernel::money::Money;
use kernel::page::{Page, PageRequest};

use crate::peers::wallet::{Operation, Wallet};
use crate::peers::{Peers, absent, page};

/// What an adjustment would do.
#[derive(Debug, Clone, Copy)]
pub struct Preview {
    /// What may be spent now.
    pub before: Money,
    /// What may be spent afterwards.
    pub after: Money,
    /// Whether somebody else has to agree.
    pub needs_approval: bool,
}

/// An adjustment as staff ask for it.
#[derive(Debug, Clone, Copy)]
pub struct Adjustment<'a> {
    /// Made when the question was shown.
    pub id: TransferId,
    /// Whose wallet.
    pub person: PersonId,
    /// Signed: negative takes.
    pub amount: Money,
    /// Why.
    pub reason: &'a str,
}

/// What became of it.
#[derive(Debug, Clone)]
pub enum Adjusted {
    /// The money has moved; this is what may be spent now.
    Done(Money),
    /// Somebody else decides.
    Pending(Proposal),
}

/// An adjustment that waits for a second person, or did.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The id of the adjustment that it will be.
    pub id: TransferId,
    /// Whose wallet.
    pub person: PersonId,
    /// Signed: negative takes.
    pub amount: Money,
    /// Why.
    pub reason: String,
    /// Who asked for it.
    pub proposed_by: PersonId,
    /// Until when it can be approved.
    pub expires_at: Timestamp,
    /// How far it is.
    pub state: ProposalState,
}

impl TryFrom<wire::Proposal> for Proposal {
    type Error = Failure;

    fn try_from(proposal: wire::Proposal) -> Result<Self, Failure> {
        Ok(Self {
            id: convert::id("proposal_id", &proposal.proposal_id)?,
            person: PersonId(proposal.person_id),
            state: proposal.state(),
            amount: convert::money("amount", proposal.amount)?,
            reason: proposal.reason,
            proposed_by: PersonId(proposal.proposed_by),
            expires_at: convert::instant(proposal.expires_at),
        })
    }
}

/// A person's wallet as staff see it.
#[derive(Debug, Clone, Copy)]
pub struct WalletCard {
    /// What is in it and what it was used for.
    pub wallet: Wallet,
    /// Who invited its owner.
    pub inviter: Option<PersonId>,
    /// When it was opened.
    pub opened_at: Timestamp,
}

/// Top-ups by one method.
#[derive(Debug, Clone)]
pub struct TopUps {
    /// The provider's slug.
    pub method: String,
    /// How much.
    pub amount: Money,
    /// How many.
    pub count: u64,
}

/// The shop's money in numbers.
#[derive(Debug, Clone)]
pub struct MoneyStats {
    /// Since midnight.
    pub today: Vec<TopUps>,
    /// Ever.
    pub in_total: Vec<TopUps>,
    /// What people have.
    pub wallets: Money,
    /// The part of it that is set aside.
    pub held: Money,
    /// What inviting has cost.
    pub referral_cost: Money,
    /// Payments that people must look at.
    pub suspense_cases: u64,
    /// Every account of the shop with its balance.
    pub accounts: Vec<(String, Money)>,
}

impl Peers {
    /// What an adjustment would do now.
    pub async fn preview_adjustment(
        &self,
        person: PersonId,
        amount: Money,
    ) -> Result<Preview, Failure> {
        let request =
            wire::PreviewAdjustmentRequest { person_id: person.0, amount: Some(amount.into()) };
        let request = self.read(request);
        let answer = self.payments_admin().preview_adjustment(request).await?.into_inner();
        Ok(Preview {
            before: convert::money("before", answer.before)?,
            after: convert::money("after", answer.after)?,
            needs_approval: answer.needs_approval,
        })
    }

    /// Adjusts a balance, or proposes to; the same id again is told what became of the first.
    pub async fn adjust_balance(&self, asked: Adjustment<'_>) -> Result<Adjusted, Failure> {
        let request = self.work(wire::AdjustBalanceRequest {
            transfer_id: asked.id.to_string(),
            person_id: asked.person.0,
            amount: Some(asked.amount.into()),
            reason: asked.reason.to_owned(),
        });
        let answer = self.payments_admin().adjust_balance(request).await?.into_inner();
        match answer.pending {
            Some(proposal) => Ok(Adjusted::Pending(proposal.try_into()?)),
            None => Ok(Adjusted::Done(convert::money("available", answer.available)?)),
        }
    }

    /// What waits for a second person, oldest first.
    pub async fn list_proposals(&self, at: PageRequest) -> Result<Page<Proposal>, Failure> {
        let request = self.read(wire::ListProposalsRequest { page: Some(page(at)) });
        let answer = self.payments_admin().list_proposals(request).await?.into_inner();
        let rows = answer.proposals.into_iter().map(TryInto::try_into);
        Ok(Page { rows: rows.collect::<Result<_, Failure>>()?, total: answer.total })
    }

    /// One proposal, decided or not.
    pub async fn get_proposal(&self, id: TransferId) -> Result<Proposal, Failure> {
        let request = self.read(wire::GetProposalRequest { proposal_id: id.to_string() });
        let answer = self.payments_admin().get_proposal(request).await?.into_inner();
        answer.proposal.ok_or_else(|| absent("proposal"))?.try_into()
    }

    /// Has it done; what the person may spend now.
    pub async fn approve_adjustment(&self, id: TransferId) -> Result<Money, Failure> {
        let request = self.work(wire::ApproveAdjustmentRequest { proposal_id: id.to_string() });
        let answer = self.payments_admin().approve_adjustment(request).await?.into_inner();
        convert::money("available", answer.available)
    }

    /// Declines it.
    pub async fn reject_adjustment(&self, id: TransferId) -> Result<(), Failure> {
        let request = self.work(wire::RejectAdjustmentRequest { proposal_id: id.to_string() });
        self.payments_admin().reject_adjustment(request).await?;
        Ok(())
    }

    /// A person's balance and totals.
    pub async fn get_person_wallet(&self, person: PersonId) -> Result<WalletCard, Failure> {
        let request = self.read(wire::GetPersonWalletRequest { person_id: person.0 });
        let answer = self.payments_admin().get_person_wallet(request).await?.into_inner();
        Ok(WalletCard {
            wallet: answer.wallet.ok_or_else(|| absent("wallet"))?.try_into()?,
            inviter: PersonId::new(answer.inviter_id).ok(),
            opened_at: convert::instant(answer.opened_at),
        })
    }

    /// Everything that moved a person's balance, newest first.
    pub async fn list_person_operations(
        &self,
        person: PersonId,
        at: PageRequest,
    ) -> Result<Page<Operation>, Failure> {
        let request =
            wire::ListPersonOperationsRequest { person_id: person.0, page: Some(page(at)) };
        let request = self.read(request);
        let answer = self.payments_admin().list_person_operations(request).await?.into_inner();
        let rows = answer.operations.into_iter().map(TryInto::try_into);
        Ok(Page { rows: rows.collect::<Result<_, Failure>>()?, total: answer.total })
    }

    /// The shop's money in numbers.
    pub async fn get_money_stats(&self) -> Result<MoneyStats, Failure> {
        let request = self.read(wire::GetMoneyStatsRequest {});
        let answer = self.payments_admin().get_money_stats(request).await?.into_inner();
        let accounts = answer.accounts.into_iter().map(|one| {
            let balance = convert::money("balance", one.balance)?;
            Ok((one.account, balance))
        });
        Ok(MoneyStats {
            today: top_ups(answer.today)?,
            in_total: top_ups(answer.in_total)?,
            wallets: convert::money("wallets", answer.wallets)?,
            held: convert::money("held", answer.held)?,
            referral_cost: convert::money("referral_cost", answer.referral_cost)?,
            suspense_cases: answer.suspense_cases,
            accounts: accounts.collect::<Result<_, Failure>>()?,
        })
    }

    pub(super) fn payments_admin(&self) -> PaymentsAdminServiceClient<contract::wire::Wire> {
        PaymentsAdminServiceClient::new(self.wires.payments.clone())
    }
}

fn top_ups(methods: Vec<wire::MethodTopUps>) -> Result<Vec<TopUps>, Failure> {
    let read = methods.into_iter().map(|one| {
        let amount = convert::money("amount", one.amount)?;
        Ok(TopUps { method: one.method, amount, count: one.count })
    });
    read.collect()
}
