//! Promo codes, as staff see them: the list, a card with what came of a code, a switch, and the way out for good.

use contract::failure::Failure;
use kernel::ids::PromoId;
use serde::{Deserialize, Serialize};

use crate::failure_text;
use crate::html::Html;
use crate::peers::promo_admin::{Promo, PromoState, Told, Worth};
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::{AddPromo, Console};
use crate::texts::Label;

/// Codes, and what can be done with one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffPromos {
    /// The list.
    List {
        /// Zero-based.
        page: u16,
    },
    /// One code.
    Card {
        /// Which.
        promo: PromoId,
        /// The page of the list that leads back.
        page: u16,
    },
    /// Switches it on.
    On {
        /// Which.
        promo: PromoId,
        /// As above.
        page: u16,
    },
    /// Switches it off.
    Off {
        /// Which.
        promo: PromoId,
        /// As above.
        page: u16,
    },
    /// Asks whether to take it away.
    AskArchive {
        /// Which.
        promo: PromoId,
        /// As above.
        page: u16,
    },
    /// Takes it away.
    Archive {
        /// Which.
        promo: PromoId,
        /// As above.
        page: u16,
    },
}

impl Page for StaffPromos {
    /// Shows it: only a press changes anything.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::List { page } => list(cx, page, None).await,
            Self::AskArchive { promo, page } => ask_archive(cx, promo, page).await,
            Self::Card { promo, page }
            | Self::On { promo, page }
            | Self::Off { promo, page }
            | Self::Archive { promo, page } => {
                Ok(card(cx, &cx.peers.get_promo(promo).await?, page, None))
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if !matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let (done, promo, page) = match *self {
            Self::On { promo, page } => (cx.peers.switch_promo_on(promo).await, promo, page),
            Self::Off { promo, page } => (cx.peers.switch_promo_off(promo).await, promo, page),
            Self::Archive { promo, page } => {
                cx.peers.archive_promo(promo).await?;
                let view = list(cx, page, Some(cx.texts.promo_archived())).await?;
                return Ok(Reaction::Show(view));
            }
            _ => return Ok(Reaction::Show(self.view(cx).await?)),
        };
        let problem = match done {
            Ok(()) => None,
            Err(failure) => Some(failure_text::asking_again(cx, failure)?),
        };
        let told = cx.peers.get_promo(promo).await?;
        Ok(Reaction::Show(card(cx, &told, page, problem)))
    }
}

async fn list(cx: &Cx, page: u16, done: Option<Html>) -> Result<View, Failure> {
    let texts = cx.texts;
    let (shelf, promos) = page_or_first(page, |page| cx.peers.list_promos(page)).await?;
    let title = if promos.rows.is_empty() { texts.promos_empty() } else { texts.promos_title() };
    let text = match done {
        Some(done) => done.paragraph(title),
        None => title,
    };
    let keys = promos.rows.iter().map(|promo| {
        let label = texts.key_promo(mark(promo.state), &promo.code, &*uses(cx, promo));
        Key::to(label, StaffPromos::Card { promo: promo.id, page: shelf.number })
    });
    Ok(View::new(text)
        .list(keys)
        .arrows(cx, shelf, |page| StaffPromos::List { page }.into())
        .row([Key::to(texts.key_add_promo(), AddPromo::Code).primary()])
        .row([Key::to(texts.key_back(), Console), cx.home_key()]))
}

/// One code with what came of it, and with what has just happened above it.
pub fn card(cx: &Cx, told: &Told, page: u16, before: Option<Html>) -> View {
    let (texts, promo) = (cx.texts, &told.promo);
    let title = texts.promo_title(mark(promo.state), &promo.code);
    let title = match before {
        Some(before) => before.paragraph(title),
        None => title,
    };
    let used = texts.promo_uses(&*uses(cx, promo));
    let text = title
        .paragraph(state(cx, promo.state))
        .line(texts.promo_worth(&*worth(cx, promo.worth)))
        .line(texts.promo_bound(&*bound(cx, &promo.bound_name)))
        .line(texts.promo_ends(&*ends(cx, promo)))
        .paragraph(used)
        .line(texts.promo_completed(told.completed, cx.format.money(told.given)));
    let text = match promo.worth {
        Worth::Balance(_) => text,
        _ => text.line(texts.promo_earned(cx.format.money(told.earned))),
    };
    let text = match told.last_used_at {
        Some(at) => text.line(texts.promo_last_used(cx.format.time(at))),
        None => text,
    };
    let id = promo.id;
    let switch = match promo.state {
        PromoState::Archived => None,
        PromoState::Inactive => {
            Some(Key::to(texts.key_promo_on(), StaffPromos::On { promo: id, page }))
        }
        _ => Some(Key::to(texts.key_promo_off(), StaffPromos::Off { promo: id, page })),
    };
    let archive = (promo.state != PromoState::Archived)
        .then(|| Key::to(texts.key_promo_archive(), StaffPromos::AskArchive { promo: id, page }));
    View::new(text)
        .row(switch.into_iter().chain(archive))
        .row([Key::to(texts.key_back(), StaffPromos::List { page }), cx.home_key()])
}

async fn ask_archive(cx: &Cx, promo: PromoId, page: u16) -> Result<View, Failure> {
    let told = cx.peers.get_promo(promo).await?;
    let yes = StaffPromos::Archive { promo, page };
    Ok(View::new(cx.texts.promo_ask_archive(&told.promo.code))
        .row([Key::to(cx.texts.key_promo_archive_yes(), yes)])
        .row([Key::to(cx.texts.key_cancel(), StaffPromos::Card { promo, page })]))
}

fn mark(state: PromoState) -> &'static str {
    match state {
        PromoState::Active => "🟢",
        PromoState::Inactive | PromoState::Unspecified => "⚪️",
        PromoState::Expired => "⌛️",
        PromoState::Exhausted => "🔴",
        PromoState::Archived => "🗄",
    }
}

fn state(cx: &Cx, state: PromoState) -> Html {
    let texts = cx.texts;
    match state {
        PromoState::Active => texts.promo_state_active(),
        PromoState::Inactive | PromoState::Unspecified => texts.promo_state_inactive(),
        PromoState::Expired => texts.promo_state_expired(),
        PromoState::Exhausted => texts.promo_state_exhausted(),
        PromoState::Archived => texts.promo_state_archived(),
    }
}

/// Used and most, in a word.
fn uses(cx: &Cx, promo: &Promo) -> Label {
    match promo.max_uses {
        0 => cx.texts.plain_promo_uses_unlimited(promo.uses),
        most => cx.texts.plain_promo_uses(promo.uses, most),
    }
}

/// What a code is worth, in a word.
pub fn worth(cx: &Cx, worth: Worth) -> Label {
    match worth {
        Worth::Percent(points) => cx.texts.plain_promo_percent(percent(points)),
        Worth::Fixed(amount) => cx.texts.plain_promo_fixed(cx.format.money(amount)),
        Worth::Balance(amount) => cx.texts.plain_promo_balance(cx.format.money(amount)),
    }
}

/// What a code is bound to, in a word.
pub fn bound(cx: &Cx, name: &str) -> Label {
    if name.is_empty() { cx.texts.plain_promo_unbound() } else { name.to_owned().into() }
}

fn ends(cx: &Cx, promo: &Promo) -> Label {
    match promo.expires_at {
        Some(at) => cx.format.time(at).into(),
        None => cx.texts.plain_promo_endless(),
    }
}

/// Hundredths of a percent as people write them.
pub fn percent(points: u32) -> String {
    match (points / 100, points % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest:02}").trim_end_matches('0').to_owned(),
    }
}
