//! Adjustments and proposals in the contract's words.

use contract::convert;
use contract::payments::{self as wire, AdjustBalanceResponse, ProposalState};

use crate::domain::proposal::{Proposal, State};
use crate::operations::adjustment::Adjusted;

pub(super) fn adjusted(adjusted: Adjusted) -> AdjustBalanceResponse {
    match adjusted {
        Adjusted::Done { available } => {
            AdjustBalanceResponse { available: Some(available.into()), pending: None }
        }
        Adjusted::Pending(proposal) => {
            AdjustBalanceResponse { available: None, pending: Some(encode(proposal)) }
        }
    }
}

pub(super) fn encode(proposal: Proposal) -> wire::Proposal {
    let state = match proposal.state {
        State::Pending => ProposalState::Pending,
        State::Approved => ProposalState::Approved,
        State::Rejected => ProposalState::Rejected,
        State::Expired => ProposalState::Expired,
    };
    wire::Proposal {
        proposal_id: proposal.id.to_string(),
        person_id: proposal.person.0,
        amount: Some(proposal.amount.into()),
        reason: proposal.reason,
        proposed_by: proposal.proposed_by.0,
        proposed_at: Some(convert::timestamp(proposal.proposed_at)),
        expires_at: Some(convert::timestamp(proposal.expires_at)),
        state: state.into(),
    }
}
