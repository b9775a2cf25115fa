//! Whom somebody invited and what they earned by it: lists that lead from a friend to each share. A person sees their
//! own here; staff see anybody's under `person_wallet`, in the same words.

use contract::failure::Failure;
use kernel::ids::{PersonId, TransferId};
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::referrals::{Inviter, ReferralStats};
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::{Referral, Screen};

/// What the person's own inviting has brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// What of it.
    pub place: Place,
}

/// A place among the lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The people.
    People {
        /// Zero-based.
        page: u16,
    },
    /// The shares.
    Earnings {
        /// Whose top-ups they are of; none: everybody's.
        of: Option<PersonId>,
        /// Zero-based.
        page: u16,
    },
    /// One share.
    Earning {
        /// Which.
        id: TransferId,
        /// Of whose list.
        of: Option<PersonId>,
        /// The page of the list that leads back.
        page: u16,
    },
}

/// Whose lists they are, and how they are reached.
pub struct Shelves<F> {
    /// Whose.
    pub inviter: Inviter,
    /// The screen above them.
    pub above: Screen,
    /// The screen of a place among them.
    pub at: F,
}

impl Page for Invited {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let at = |place| Screen::from(Self { place });
        Shelves { inviter: Inviter::Oneself, above: Referral.into(), at }
            .view(cx, &self.place)
            .await
    }
}

impl<F: Fn(Place) -> Screen> Shelves<F> {
    /// What is seen at a place.
    pub async fn view(self, cx: &Cx, place: &Place) -> Result<View, Failure> {
        match *place {
            Place::People { page } => self.people(cx, page).await,
            Place::Earnings { of, page } => self.earnings(cx, of, page).await,
            Place::Earning { id, of, page } => self.earning(cx, id, of, page).await,
        }
    }

    async fn people(self, cx: &Cx, page: u16) -> Result<View, Failure> {
        let (shelf, found) =
            page_or_first(page, |page| cx.peers.list_referrals(self.inviter, page)).await?;
        let names = cx.people.names(found.rows.iter().map(|one| one.person)).await;
        let keys = found.rows.iter().map(|one| {
            let earned = cx.format.money(one.earned);
            let label = cx.texts.key_invited_person(names.of(one.person), earned);
            Key::to(label, (self.at)(Place::Earnings { of: Some(one.person), page: 0 }))
        });
        let text = match found.total {
            0 => cx.texts.invited_nobody(),
            total => cx.texts.invited_people(total),
        };
        let to = |page| (self.at)(Place::People { page });
        let view = View::new(text).list(keys).arrows(cx, shelf, to);
        Ok(view.row([Key::to(cx.texts.key_back(), self.above), cx.home_key()]))
    }

    async fn earnings(self, cx: &Cx, of: Option<PersonId>, page: u16) -> Result<View, Failure> {
        let fetch = |page| cx.peers.list_earnings(self.inviter, of, page);
        let (shelf, found) = page_or_first(page, fetch).await?;
        let people = found.rows.iter().map(|one| one.invited).chain(of);
        let names = cx.people.names(people).await;
        let keys = found.rows.iter().map(|one| {
            let (time, amount) = (cx.format.short_time(one.at), cx.format.signed(one.amount));
            let label = match of {
                Some(_) => cx.texts.key_earning(time, amount),
                None => cx.texts.key_earning_by(time, amount, names.of(one.invited)),
            };
            Key::to(label, (self.at)(Place::Earning { id: one.id, of, page: shelf.number }))
        });
        // Buttons can be forged: a name is said only of somebody who did bring something.
        let title = match of.filter(|_| found.total > 0) {
            Some(person) => cx.texts.earnings_title_by(names.of(person)),
            None => cx.texts.earnings_title(),
        };
        let text = match found.total {
            0 => title.paragraph(cx.texts.earnings_none()),
            total => title.paragraph(cx.texts.earnings_count(total)),
        };
        let view = View::new(text)
            .list(keys)
            .arrows(cx, shelf, |page| (self.at)(Place::Earnings { of, page }));
        let back = match of {
            Some(_) => (self.at)(Place::People { page: 0 }),
            None => self.above,
        };
        Ok(view.row([Key::to(cx.texts.key_back(), back), cx.home_key()]))
    }

    async fn earning(
        self,
        cx: &Cx,
        id: TransferId,
        of: Option<PersonId>,
        page: u16,
    ) -> Result<View, Failure> {
        let (texts, format) = (cx.texts, &cx.format);
        let earning = cx.peers.get_earning(self.inviter, id).await?;
        let names = cx.people.names([earning.invited]).await;
        let text = texts
            .earning_title(format.signed(earning.amount))
            .paragraph(texts.earning_from(names.with_id(texts, earning.invited)))
            .line(texts.earning_top_up(format.money(earning.topped_up)))
            .line(texts.earning_time(format.time(earning.at)));
        let back = (self.at)(Place::Earnings { of, page });
        Ok(View::new(text).row([Key::to(texts.key_back(), back), cx.home_key()]))
    }
}

/// The numbers of an inviter.
pub fn totals(cx: &Cx, stats: &ReferralStats) -> Html {
    let (earned, topped_up) = (cx.format.money(stats.earned), cx.format.money(stats.topped_up));
    cx.texts.referral_totals(stats.invited, earned).line(cx.texts.referral_details(
        stats.active,
        topped_up,
        stats.credits,
    ))
}

/// The ways on from those numbers; none where there is nothing behind them.
pub fn doors(cx: &Cx, stats: &ReferralStats, at: impl Fn(Place) -> Screen) -> Vec<Key> {
    let people = (stats.invited > 0)
        .then(|| Key::to(cx.texts.key_invited_people(), at(Place::People { page: 0 })));
    let earnings = (stats.credits > 0)
        .then(|| Key::to(cx.texts.key_earnings(), at(Place::Earnings { of: None, page: 0 })));
    people.into_iter().chain(earnings).collect()
}
