//! A person's money, as staff see it: the wallet, what moved it, and what inviting has brought them.

use contract::common::Permission;
use contract::failure::Failure;
use kernel::ids::PersonId;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::payments_admin::WalletCard;
use crate::peers::referrals::Inviter;
use crate::peers::wallet::{Operation, OperationKind};
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::invited::{self, Place, Shelves};
use crate::screens::{Adjust, Screen, operations};

/// A person's money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonWallet {
    /// Whose.
    pub person: PersonId,
    /// What of it.
    pub part: Part,
}

/// A part of what there is to see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// The wallet and what moved it.
    Wallet {
        /// Zero-based.
        page: u16,
    },
    /// What inviting has brought.
    Referrals,
    /// The lists behind that.
    Invited(Place),
}

impl PersonWallet {
    /// The wallet of a person.
    pub fn of(person: PersonId) -> Self {
        Self { person, part: Part::Wallet { page: 0 } }
    }

    fn part(&self, part: Part) -> Screen {
        Self { person: self.person, part }.into()
    }
}

impl Page for PersonWallet {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match &self.part {
            Part::Wallet { page } => self.wallet(cx, *page).await,
            Part::Referrals => self.referrals(cx).await,
            Part::Invited(place) => {
                let (inviter, above) = (Inviter::Of(self.person), self.part(Part::Referrals));
                let at = |place| self.part(Part::Invited(place));
                Shelves { inviter, above, at }.view(cx, place).await
            }
        }
    }
}

impl PersonWallet {
    async fn wallet(&self, cx: &Cx, page: u16) -> Result<View, Failure> {
        let texts = cx.texts;
        let card = cx.peers.get_person_wallet(self.person).await?;
        let (shelf, moved) =
            page_or_first(page, |page| cx.peers.list_person_operations(self.person, page)).await?;
        let lines = moved.rows.iter().map(|operation| line(cx, operation)).reduce(Html::line);
        let text = self.card(cx, &card).await.paragraph(match lines {
            Some(lines) => texts.history_title().paragraph(lines),
            None => texts.history_empty(),
        });
        let adjust = cx
            .staff
            .may(Permission::Balance)
            .then(|| Key::to(texts.key_adjust(), Adjust::Amount { person: self.person }));
        Ok(View::new(text)
            .arrows(cx, shelf, |page| self.part(Part::Wallet { page }))
            .row(adjust)
            .row([Key::to(texts.key_person_referrals(), self.part(Part::Referrals))])
            .row([cx.home_key()]))
    }

    async fn card(&self, cx: &Cx, card: &WalletCard) -> Html {
        let (texts, format) = (cx.texts, &cx.format);
        let names = cx.people.names([self.person].into_iter().chain(card.inviter)).await;
        let wallet = &card.wallet;
        let mut text =
            texts.person_wallet(names.with_id(texts, self.person), format.money(wallet.available));
        if wallet.held.minor > 0 {
            text = text.line(texts.profile_held(format.money(wallet.held)));
        }
        text = text
            .paragraph(
                texts.profile_totals(format.money(wallet.topped_up), format.money(wallet.spent)),
            )
            .line(texts.profile_refunded(format.money(wallet.refunded)))
            .line(
                texts
                    .person_wallet_others(format.money(wallet.earned), format.signed(wallet.other)),
            )
            .paragraph(texts.person_wallet_since(format.time(card.opened_at)));
        match card.inviter {
            Some(inviter) => text.line(texts.person_wallet_inviter(names.with_id(texts, inviter))),
            None => text,
        }
    }

    async fn referrals(&self, cx: &Cx) -> Result<View, Failure> {
        let stats = cx.peers.get_referral_stats(Inviter::Of(self.person)).await?;
        let names = cx.people.names([self.person]).await;
        let text = cx.texts.person_referrals(names.with_id(cx.texts, self.person));
        let doors = invited::doors(cx, &stats, |place| self.part(Part::Invited(place)));
        Ok(View::new(text.paragraph(invited::totals(cx, &stats)))
            .row(doors)
            .row([Key::to(cx.texts.key_back(), Self::of(self.person)), cx.home_key()]))
    }
}

/// A movement; staff read why it was adjusted.
fn line(cx: &Cx, operation: &Operation) -> Html {
    match operation.kind {
        OperationKind::Adjustment => {
            operations::line_about(cx, operation, Html::text(&operations::reference(operation)))
        }
        _ => operations::line(cx, operation),
    }
}
