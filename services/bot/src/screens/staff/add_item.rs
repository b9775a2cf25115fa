//! A new item: name, description, price, category, and how it is sold. What was answered is kept beside the open
//! question, never in buttons; the goods themselves come afterwards.

use contract::failure::Failure;
use kernel::ids::{CategoryId, ItemId};
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use super::add_category::name;
use super::add_stock;
use super::set_price::{price, price_words};
use crate::dialogue::Answers;
use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog_admin::NewItem;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::{AddCategory, Console};

/// Characters of a description.
const DESCRIPTION_MAX: usize = 2_000;

/// One question after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddItem {
    /// Asks for the name.
    Name,
    /// Asks for the description.
    Description,
    /// Asks for the price.
    Price,
    /// Offers the categories of a place.
    Category {
        /// The place; none: the top of the shop.
        inside: Option<CategoryId>,
        /// Zero-based.
        page: u16,
    },
    /// Offers the two ways to sell.
    Kind {
        /// The category that was chosen.
        category: CategoryId,
    },
    /// Creates it.
    Create {
        /// Made when the last question was shown, so that a repeated press is the same item.
        item: ItemId,
        /// The category that was chosen.
        category: CategoryId,
        /// Whether every buyer gets the same value.
        unlimited: bool,
    },
}

/// What was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NewItemAnswers {
    /// The item's name.
    pub name: String,
    /// What buyers read.
    pub description: String,
    /// What it costs.
    pub price: Option<Money>,
}

impl Answers for NewItemAnswers {
    const OF: &'static str = "new item";
}

impl Page for AddItem {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        if *self == Self::Name {
            return Ok(ask(cx, Self::Name, NewItemAnswers::default(), None));
        }
        match cx.draft().await {
            Some(draft) => self.step(cx, draft).await,
            None => Ok(cx.notice(Html::text(&cx.texts.alert_draft_lost()))),
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if let Self::Create { item, category, unlimited } = *self {
            return self.create(cx, NewItem { id: item, category, unlimited }).await;
        }
        if *self == Self::Name && matches!(input, Input::Press) {
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

impl AddItem {
    /// The question of this step, again or for the first time.
    async fn step(&self, cx: &Cx, draft: NewItemAnswers) -> Result<View, Failure> {
        match self {
            Self::Name | Self::Description | Self::Price => Ok(ask(cx, self.clone(), draft, None)),
            Self::Category { inside, page } => categories(cx, *inside, *page, draft).await,
            Self::Kind { category } | Self::Create { category, .. } => {
                Ok(kinds(cx, *category, draft))
            }
        }
    }

    /// What a text does to this step: the next question, or the same with what was wrong.
    async fn answered(
        &self,
        cx: &Cx,
        mut draft: NewItemAnswers,
        text: &str,
    ) -> Result<View, Failure> {
        match self {
            Self::Name => {
                let Some(name) = name(text) else {
                    return Ok(ask(cx, Self::Name, draft, Some(cx.texts.staff_bad_name())));
                };
                draft.name = name;
                Ok(ask(cx, Self::Description, draft, None))
            }
            Self::Description => {
                let Some(description) = description(text) else {
                    let problem = cx.texts.staff_bad_description();
                    return Ok(ask(cx, Self::Description, draft, Some(problem)));
                };
                draft.description = description;
                Ok(ask(cx, Self::Price, draft, None))
            }
            Self::Price => match price(cx, text, example(cx)) {
                Ok(price) => {
                    draft.price = Some(price);
                    categories(cx, None, 0, draft).await
                }
                Err(problem) => Ok(ask(cx, Self::Price, draft, Some(problem))),
            },
            Self::Category { .. } | Self::Kind { .. } | Self::Create { .. } => {
                self.step(cx, draft).await
            }
        }
    }

    async fn create(&self, cx: &Cx, new: NewItem) -> Result<Reaction, Failure> {
        let draft: Option<NewItemAnswers> = cx.draft().await;
        let Some(draft) = draft.filter(|draft| draft.price.is_some()) else {
            // Pressed once more after it was done, or much too late.
            return Ok(match cx.peers.get_item(new.id).await {
                Ok(item) => Reaction::Show(add_stock::ask(cx, &item, None)),
                Err(_) => Reaction::Alert(cx.texts.alert_draft_lost()),
            });
        };
        Ok(Reaction::Show(match cx.peers.create_item(new, draft.clone()).await {
            Ok(item) => {
                let done = cx.texts.staff_item_added(&item.name);
                add_stock::ask(cx, &item, Some(done))
            }
            Err(failure) if failure.code() == "inventory.name_taken" => {
                ask(cx, Self::Name, draft, Some(failure_text::asking_again(cx, failure)?))
            }
            Err(failure) => return Err(failure),
        }))
    }
}

fn ask(cx: &Cx, step: AddItem, draft: NewItemAnswers, problem: Option<Html>) -> View {
    let texts = cx.texts;
    let question = match step {
        AddItem::Name => texts.staff_ask_name(),
        AddItem::Description => texts.staff_ask_description(),
        _ => texts.staff_ask_price(cx.shop.currency.code(), cx.format.typed(example(cx))),
    };
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text).row([Key::to(texts.key_cancel(), Console)]).asking(step).with_draft(&draft)
}

/// A description as it is stored: 1 to 2,000 characters; nothing when it is not that.
pub fn description(text: &str) -> Option<String> {
    let text = text.trim();
    (1..=DESCRIPTION_MAX).contains(&text.chars().count()).then(|| text.to_owned())
}

/// A category that lists others opens; any other is chosen at once.
async fn categories(
    cx: &Cx,
    inside: Option<CategoryId>,
    page: u16,
    draft: NewItemAnswers,
) -> Result<View, Failure> {
    let (shelf, branch) =
        page_or_first(page, |page| cx.peers.list_categories(inside, page)).await?;
    if inside.is_none() && branch.categories.rows.is_empty() {
        return Ok(View::new(cx.texts.staff_no_items())
            .row([Key::to(cx.texts.key_staff_add_category(), AddCategory)])
            .row([Key::to(cx.texts.key_cancel(), Console)]));
    }
    let keys = branch.categories.rows.into_iter().map(|category| {
        if category.has_categories {
            let to = AddItem::Category { inside: Some(category.id), page: 0 };
            Key::to(cx.texts.key_category(&category.name), to)
        } else {
            Key::to(category.name.into(), AddItem::Kind { category: category.id })
        }
    });
    let here = inside
        .map(|category| Key::to(cx.texts.key_staff_here(), AddItem::Kind { category }).primary());
    let up = branch.parent.map(|place| {
        Key::to(cx.texts.key_back(), AddItem::Category { inside: place.parent, page: 0 })
    });
    Ok(View::new(cx.texts.staff_ask_item_category())
        .list(keys)
        .arrows(cx, shelf, |page| AddItem::Category { inside, page }.into())
        .row(here)
        .row(up.into_iter().chain([Key::to(cx.texts.key_cancel(), Console)]))
        .asking(AddItem::Category { inside, page: shelf.number })
        .with_draft(&draft))
}

fn kinds(cx: &Cx, category: CategoryId, draft: NewItemAnswers) -> View {
    let item = ItemId::fresh(&cx.clock);
    let create = |unlimited| AddItem::Create { item, category, unlimited };
    let text = cx.texts.staff_ask_kind(&draft.name);
    let text = match draft.price {
        Some(price) => text.paragraph(price_words(cx, price)),
        None => text,
    };
    View::new(text)
        .row([
            Key::to(cx.texts.key_kind_limited(), create(false)),
            Key::to(cx.texts.key_kind_unlimited(), create(true)),
        ])
        .row([Key::to(cx.texts.key_cancel(), Console)])
        .asking(AddItem::Kind { category })
        .with_draft(&draft)
}

/// A price that looks like one in the shop's currency.
fn example(cx: &Cx) -> Money {
    let unit = 10_i64.pow(cx.shop.currency.exponent());
    cx.money(199 * unit + 50 * (unit / 100))
}
