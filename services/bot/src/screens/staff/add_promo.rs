//! A new promo code: what people type, what it is worth, how often, until when, and for what. What was answered is kept
//! beside the open question; the last one shows all of it and makes the code.

use contract::failure::Failure;
use kernel::ids::{CategoryId, ItemId, PromoId};
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use super::promos::{bound, card, worth};
use super::set_price::price;
use crate::dialogue::Answers;
use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog::ItemOrder;
use crate::peers::promo_admin::{Binding, NewPromo, Worth};
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::StaffPromos;

/// Characters of a code.
const CODE_MAX: usize = 50;
/// Uses that are worth limiting.
const USES_MAX: u32 = 1_000_000_000;

/// One question after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddPromo {
    /// Asks for the code.
    Code,
    /// Offers the kinds.
    Kind,
    /// The kind was chosen: asks what it is worth.
    Worth {
        /// Which.
        kind: PromoKind,
    },
    /// Asks how often it may be used; a press means without limit.
    Uses,
    /// Asks for its last day; a press means without end.
    LastDay,
    /// Offers what it can be bound to.
    Bind,
    /// Offers the categories.
    Categories {
        /// Zero-based.
        page: u16,
    },
    /// Offers a category itself and its items.
    Items {
        /// Which category.
        category: CategoryId,
        /// Zero-based.
        page: u16,
    },
    /// It is bound to a category.
    ToCategory {
        /// Which.
        category: CategoryId,
    },
    /// It is bound to an item.
    ToItem {
        /// Which.
        item: ItemId,
    },
    /// It is bound to nothing.
    ToAnything,
    /// Makes it.
    Create {
        /// Made when the last question was shown, so that a repeated press is the same code.
        promo: PromoId,
    },
}

/// What kind of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromoKind {
    /// So many percent less.
    Percent,
    /// So much less.
    Fixed,
    /// So much onto the balance.
    Balance,
}

/// What was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NewPromoAnswers {
    /// What people will type.
    pub code: String,
    /// What it is worth.
    pub worth: Option<Worth>,
    /// 0 for no limit.
    pub max_uses: u32,
    /// YYYY-MM-DD; empty for no end.
    pub last_day: String,
    /// What it is bound to.
    pub binding: Binding,
    /// The name of that.
    pub bound_name: String,
}

impl Answers for NewPromoAnswers {
    const OF: &'static str = "new promo code";
}

impl Page for AddPromo {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        if *self == Self::Code {
            return Ok(ask(cx, Self::Code, &NewPromoAnswers::default(), None));
        }
        match cx.draft().await {
            Some(draft) => self.step(cx, draft).await,
            None => Ok(cx.notice(Html::text(&cx.texts.alert_draft_lost()))),
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if let Self::Create { promo } = *self {
            return self.create(cx, promo).await;
        }
        if *self == Self::Code && matches!(input, Input::Press) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let Some(draft) = cx.draft().await else {
            return Ok(Reaction::Alert(cx.texts.alert_draft_lost()));
        };
        Ok(Reaction::Show(match input {
            Input::Text { text, .. } => self.answered(cx, draft, text).await?,
            Input::Press | Input::Photo { .. } | Input::Document { .. } => {
                self.step(cx, draft).await?
            }
        }))
    }
}

impl AddPromo {
    /// The question of this step, again or for the first time.
    async fn step(&self, cx: &Cx, mut draft: NewPromoAnswers) -> Result<View, Failure> {
        match *self {
            Self::Categories { page } => return categories(cx, page, &draft).await,
            Self::Items { category, page } => return items(cx, category, page, &draft).await,
            Self::ToAnything => {
                (draft.binding, draft.bound_name) = (Binding::Anything, String::new());
            }
            Self::ToCategory { category } => {
                let one = kernel::page::PageRequest::clamped(0, 1);
                let listing = cx.peers.list_items(category, ItemOrder::Name, one).await?;
                draft.bound_name = listing.category.name;
                draft.binding = Binding::Category(category);
            }
            Self::ToItem { item } => {
                draft.bound_name = cx.peers.get_item(item).await?.name;
                draft.binding = Binding::Item(item);
            }
            _ => return Ok(ask(cx, self.clone(), &draft, None)),
        }
        Ok(check(cx, &draft, None))
    }

    /// What a text does to this step: the next question, or the same with what was wrong.
    async fn answered(
        &self,
        cx: &Cx,
        mut draft: NewPromoAnswers,
        text: &str,
    ) -> Result<View, Failure> {
        let texts = cx.texts;
        let again =
            |draft: &NewPromoAnswers, problem| Ok(ask(cx, self.clone(), draft, Some(problem)));
        let next = match self {
            Self::Code => {
                let Some(code) = code(text) else { return again(&draft, texts.promo_bad_code()) };
                draft.code = code;
                Self::Kind
            }
            Self::Worth { kind } => {
                match worth_of(cx, *kind, text) {
                    Ok(worth) => draft.worth = Some(worth),
                    Err(problem) => return again(&draft, problem),
                }
                Self::Uses
            }
            Self::Uses => {
                let Some(uses) = text.trim().parse().ok().filter(|uses| *uses <= USES_MAX) else {
                    return again(&draft, texts.promo_bad_uses());
                };
                draft.max_uses = uses;
                Self::LastDay
            }
            Self::LastDay => {
                let day = text.trim();
                if day.parse::<jiff::civil::Date>().is_err() {
                    return again(&draft, texts.promo_bad_day());
                }
                day.clone_into(&mut draft.last_day);
                after_last_day(&draft)
            }
            _ => return self.step(cx, draft).await,
        };
        next.step(cx, draft).await
    }

    async fn create(&self, cx: &Cx, promo: PromoId) -> Result<Reaction, Failure> {
        let draft: Option<NewPromoAnswers> = cx.draft().await;
        let new = draft.as_ref().and_then(|draft| {
            Some(NewPromo {
                id: promo,
                code: draft.code.clone(),
                worth: draft.worth?,
                max_uses: draft.max_uses,
                last_day: draft.last_day.clone(),
                binding: draft.binding,
            })
        });
        let (Some(draft), Some(new)) = (draft, new) else {
            // Pressed once more after it was done, or much too late.
            return Ok(match cx.peers.get_promo(promo).await {
                Ok(told) => Reaction::Show(card(cx, &told, 0, None)),
                Err(_) => Reaction::Alert(cx.texts.alert_draft_lost()),
            });
        };
        Ok(Reaction::Show(match cx.peers.create_promo(&new).await {
            Ok(()) => {
                let told = cx.peers.get_promo(promo).await?;
                card(cx, &told, 0, Some(cx.texts.promo_made()))
            }
            Err(failure) => {
                let step = match (failure.code(), failure.data("field")) {
                    (_, Some("last_day")) => Self::LastDay,
                    ("inventory.promo_taken", _) | (_, Some("code")) => Self::Code,
                    _ => Self::Bind,
                };
                let problem = match step {
                    Self::LastDay => cx.texts.promo_bad_day(),
                    _ => failure_text::asking_again(cx, failure)?,
                };
                ask(cx, step, &draft, Some(problem))
            }
        }))
    }
}

/// A balance code is bound to nothing.
fn after_last_day(draft: &NewPromoAnswers) -> AddPromo {
    match draft.worth {
        Some(Worth::Balance(_)) => AddPromo::ToAnything,
        _ => AddPromo::Bind,
    }
}

fn ask(cx: &Cx, step: AddPromo, draft: &NewPromoAnswers, problem: Option<Html>) -> View {
    let texts = cx.texts;
    let question = match step {
        AddPromo::Kind => texts.promo_ask_kind(&draft.code),
        AddPromo::Worth { kind: PromoKind::Percent } => texts.promo_ask_percent(),
        AddPromo::Worth { .. } => texts.promo_ask_amount(cx.shop.currency.code()),
        AddPromo::Uses => texts.promo_ask_uses(),
        AddPromo::LastDay => texts.promo_ask_day(),
        AddPromo::Bind => texts.promo_ask_binding(),
        _ => texts.promo_ask_code(),
    };
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    let kind = |label, kind| Key::to(label, AddPromo::Worth { kind });
    let view = View::new(text);
    let view = match step {
        AddPromo::Kind => view.list([
            kind(texts.key_promo_percent(), PromoKind::Percent),
            kind(texts.key_promo_fixed(), PromoKind::Fixed),
            kind(texts.key_promo_balance(), PromoKind::Balance),
        ]),
        AddPromo::Uses => view.row([Key::to(texts.key_promo_no_limit(), AddPromo::LastDay)]),
        AddPromo::LastDay => view.row([Key::to(texts.key_promo_no_end(), after_last_day(draft))]),
        AddPromo::Bind => view.list([
            Key::to(texts.key_promo_everything(), AddPromo::ToAnything),
            Key::to(texts.key_promo_choose(), AddPromo::Categories { page: 0 }),
        ]),
        _ => view,
    };
    view.row([Key::to(texts.key_cancel(), StaffPromos::List { page: 0 })])
        .asking(step)
        .with_draft(draft)
}

async fn categories(cx: &Cx, page: u16, draft: &NewPromoAnswers) -> Result<View, Failure> {
    let (shelf, found) = page_or_first(page, |page| cx.peers.list_categories(None, page)).await?;
    let keys = found.categories.rows.into_iter().map(|category| {
        Key::to(category.name.into(), AddPromo::Items { category: category.id, page: 0 })
    });
    Ok(View::new(cx.texts.promo_ask_category())
        .list(keys)
        .arrows(cx, shelf, |page| AddPromo::Categories { page }.into())
        .row([Key::to(cx.texts.key_back(), AddPromo::Bind)])
        .asking(AddPromo::Categories { page: shelf.number })
        .with_draft(draft))
}

async fn items(
    cx: &Cx,
    category: CategoryId,
    page: u16,
    draft: &NewPromoAnswers,
) -> Result<View, Failure> {
    let look = |page| cx.peers.list_items(category, ItemOrder::Name, page);
    let (shelf, found) = page_or_first(page, look).await?;
    let whole = Key::to(cx.texts.key_promo_whole_category(), AddPromo::ToCategory { category });
    let inside = found.categories.iter().map(|inside| {
        let label = cx.texts.key_category(&inside.name);
        Key::to(label, AddPromo::Items { category: inside.id, page: 0 })
    });
    let items = found
        .items
        .iter()
        .map(|item| Key::to(item.name.clone().into(), AddPromo::ToItem { item: item.id }));
    Ok(View::new(cx.texts.promo_ask_item(&found.category.name))
        .row([whole.primary()])
        .list(inside.chain(items))
        .arrows(cx, shelf, |page| AddPromo::Items { category, page }.into())
        .row([Key::to(cx.texts.key_back(), AddPromo::Categories { page: 0 })])
        .asking(AddPromo::Items { category, page: shelf.number })
        .with_draft(draft))
}

/// Everything that was answered, and the button that makes it.
fn check(cx: &Cx, draft: &NewPromoAnswers, problem: Option<Html>) -> View {
    let texts = cx.texts;
    let uses = match draft.max_uses {
        0 => texts.plain_promo_no_limit(),
        uses => uses.to_string().into(),
    };
    let day = match draft.last_day.as_str() {
        "" => texts.plain_promo_endless(),
        day => day.to_owned().into(),
    };
    let worth = draft.worth.map(|it| worth(cx, it)).unwrap_or_default();
    let bound = bound(cx, &draft.bound_name);
    let question = texts.promo_check(&draft.code, &*worth, &*uses, &*day, &*bound);
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(
            texts.key_promo_create(),
            AddPromo::Create { promo: PromoId::fresh(&cx.clock) },
        )
        .success()])
        .row([Key::to(texts.key_cancel(), StaffPromos::List { page: 0 })])
        .asking(AddPromo::Bind)
        .with_draft(draft)
}

/// A code as it is kept; nothing where it is none.
fn code(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    let is_code = (1..=CODE_MAX).contains(&code.len())
        && code.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_');
    is_code.then_some(code)
}

/// What a text says a code is worth, or what is wrong with it.
fn worth_of(cx: &Cx, kind: PromoKind, text: &str) -> Result<Worth, Html> {
    if kind == PromoKind::Percent {
        return percent(text).map(Worth::Percent).ok_or_else(|| cx.texts.promo_bad_percent());
    }
    let example = cx.money(100 * 10_i64.pow(cx.shop.currency.exponent()));
    let amount: Money = price(cx, text, example)?;
    match (amount.minor, kind) {
        (0, _) => Err(cx.texts.staff_bad_price(example.decimal())),
        (_, PromoKind::Balance) => Ok(Worth::Balance(amount)),
        _ => Ok(Worth::Fixed(amount)),
    }
}

/// Hundredths of a percent in `15`, `12.5 %` or `0,25`: 0.01 to 100, two decimals at most.
fn percent(text: &str) -> Option<u32> {
    let bare = text.trim().trim_end_matches('%').trim_end();
    let (whole, fraction) = bare.split_once(['.', ',']).unwrap_or((bare, ""));
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let dangling = bare.len() > whole.len() && fraction.is_empty();
    if whole.is_empty() || whole.len() > 3 || fraction.len() > 2 || dangling {
        return None;
    }
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let points: u32 = format!("{whole}{fraction:0<2}").parse().ok()?;
    (1..=10_000).contains(&points).then_some(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_11_a_percentage_is_a_bounded_decimal() {
        for (text, points) in
            [("15", 1_500), (" 12.5 % ", 1_250), ("0,01", 1), ("100", 10_000), ("99.99%", 9_999)]
        {
            assert_eq!(percent(text), Some(points), "{text:?}");
        }
        for text in ["", "0", "100.01", "NaN", "inf", "-5", "1e2", "5.", "0.001", "²", "%", "1 0"]
        {
            assert_eq!(percent(text), None, "{text:?}");
        }
    }

    #[test]
    fn promo_05_a_code_is_kept_in_upper_case() {
        assert_eq!(code(" sale_2026 "), Some("SALE_2026".into()));
        for text in ["", "a b", "скидка", &"A".repeat(51)] {
            assert_eq!(code(text), None, "{text:?}");
        }
    }
}
