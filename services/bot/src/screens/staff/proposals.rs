//! Adjustments that wait for a second person. The card is the question: its buttons approve and decline.

use contract::failure::Failure;
use kernel::ids::TransferId;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::payments_admin::{Proposal, ProposalState};
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::Console;

/// What waits, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Proposals {
    /// All that wait.
    List {
        /// Zero-based.
        page: u16,
    },
    /// One of them.
    Show {
        /// Which.
        proposal: TransferId,
    },
    /// Has it done.
    Approve {
        /// Which.
        proposal: TransferId,
    },
    /// Declines it, or takes back one's own.
    Reject {
        /// Which.
        proposal: TransferId,
    },
}

impl Page for Proposals {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::List { page } => list(cx, page).await,
            Self::Show { proposal } | Self::Approve { proposal } | Self::Reject { proposal } => {
                let proposal = cx.peers.get_proposal(proposal).await?;
                Ok(card(cx, &proposal, None).await)
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let view = match (self, input) {
            (&Self::Approve { proposal }, Input::Press) => {
                match cx.peers.approve_adjustment(proposal).await {
                    Ok(available) => {
                        done(cx, cx.texts.proposal_approved(cx.format.money(available)))
                    }
                    // It can be approved later, when there is money.
                    Err(failure) if failure.code() == "payments.insufficient_funds" => {
                        let proposal = cx.peers.get_proposal(proposal).await?;
                        card(cx, &proposal, Some(cx.texts.adjust_too_little())).await
                    }
                    Err(failure) => return Err(failure),
                }
            }
            (&Self::Reject { proposal }, Input::Press) => {
                cx.peers.reject_adjustment(proposal).await?;
                done(cx, cx.texts.proposal_rejected())
            }
            _ => self.view(cx).await?,
        };
        Ok(Reaction::Show(view))
    }
}

async fn list(cx: &Cx, page: u16) -> Result<View, Failure> {
    let (shelf, found) = page_or_first(page, |page| cx.peers.list_proposals(page)).await?;
    let names = cx.people.names(found.rows.iter().map(|one| one.person)).await;
    let keys = found.rows.iter().map(|one| {
        let label = cx.texts.key_proposal(cx.format.signed(one.amount), names.of(one.person));
        Key::to(label, Proposals::Show { proposal: one.id })
    });
    let text = match found.total {
        0 => cx.texts.proposals_none(),
        total => cx.texts.proposals_title(total),
    };
    Ok(View::new(text)
        .list(keys)
        .arrows(cx, shelf, |page| Proposals::List { page }.into())
        .row([Key::to(cx.texts.key_back(), Console), cx.home_key()]))
}

/// One proposal, with what has just happened above it.
pub(super) async fn card(cx: &Cx, proposal: &Proposal, before: Option<Html>) -> View {
    let (texts, id) = (cx.texts, proposal.id);
    let names = cx.people.names([proposal.person, proposal.proposed_by]).await;
    let title = texts.proposal_title(cx.format.signed(proposal.amount));
    let mut text = before.map_or_else(|| title.clone(), |before| before.paragraph(title.clone()));
    text = text
        .paragraph(texts.proposal_person(names.with_id(texts, proposal.person)))
        .line(texts.proposal_by(names.with_id(texts, proposal.proposed_by)))
        .line(texts.adjust_reason(&proposal.reason));
    let is_own = proposal.proposed_by == cx.person.id;
    let view = match proposal.state {
        ProposalState::Pending if is_own => {
            let withdraw = Key::to(texts.key_withdraw(), Proposals::Reject { proposal: id });
            let waits = texts.proposal_waits(cx.format.time(proposal.expires_at));
            View::new(text.paragraph(waits)).row([withdraw])
        }
        ProposalState::Pending => {
            let waits = texts.proposal_waits(cx.format.time(proposal.expires_at));
            let approve = Key::to(texts.key_approve(), Proposals::Approve { proposal: id });
            let reject = Key::to(texts.key_reject(), Proposals::Reject { proposal: id });
            View::new(text.paragraph(waits)).row([approve.success(), reject])
        }
        ProposalState::Approved => View::new(text.paragraph(texts.proposal_was_approved())),
        ProposalState::Rejected => View::new(text.paragraph(texts.proposal_was_rejected())),
        ProposalState::Expired | ProposalState::Unspecified => {
            View::new(text.paragraph(texts.proposal_has_expired()))
        }
    };
    view.row(back(cx))
}

fn done(cx: &Cx, text: Html) -> View {
    View::new(text).row(back(cx))
}

fn back(cx: &Cx) -> [Key; 2] {
    [Key::to(cx.texts.key_proposals(), Proposals::List { page: 0 }), cx.home_key()]
}
