//! Rules of an item's stock: how many one may buy, when staff hear that it runs low, values or files.

use contract::failure::Failure;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};

use crate::failure_text;
use crate::html::Html;
use crate::peers::stock_admin::StockRules;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::StaffItem;

/// Files in one order, at most.
const FILES_MAX: u32 = 10;

/// Shows the rules, or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ItemRules {
    /// All of them.
    Show {
        /// Of which item.
        item: ItemId,
    },
    /// Asks for one number.
    Ask {
        /// Of which item.
        item: ItemId,
        /// Which number.
        rule: Rule,
    },
    /// Sells files from now on, or values.
    SellFiles {
        /// Of which item.
        item: ItemId,
        /// Files.
        files: bool,
    },
}

/// A number among the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rule {
    /// The least in one order.
    Least,
    /// The most in one order.
    Most,
    /// The most for one person.
    PerPerson,
    /// When staff are told.
    LowAt,
}

impl Page for ItemRules {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match self {
            Self::Ask { item, rule } => Ok(ask(cx, *item, *rule, None)),
            // A press changes, being shown never does.
            Self::Show { item } | Self::SellFiles { item, .. } => {
                let rules = cx.peers.get_stock_rules(*item).await?;
                show(cx, *item, &rules, None).await
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let view = match (self, input) {
            (Self::Ask { item, rule }, Input::Text { text, .. }) => {
                let Ok(number) = text.trim().parse() else {
                    let problem = Some(cx.texts.staff_rule_bad_number());
                    return Ok(Reaction::Show(ask(cx, *item, *rule, problem)));
                };
                let before = cx.peers.get_stock_rules(*item).await?;
                match cx.peers.set_stock_rules(*item, rule.set(before, number)).await {
                    Ok(rules) => show(cx, *item, &rules, Some(cx.texts.staff_rules_done())).await?,
                    Err(failure) if failure.data("field") == Some("rules") => {
                        ask(cx, *item, *rule, Some(cx.texts.staff_rule_refused()))
                    }
                    Err(failure) => {
                        let problem = failure_text::asking_again(cx, failure)?;
                        ask(cx, *item, *rule, Some(problem))
                    }
                }
            }
            (Self::SellFiles { item, files }, Input::Press) => {
                let before = cx.peers.get_stock_rules(*item).await?;
                let after = if *files {
                    selling_files(before)
                } else {
                    StockRules { sells_files: false, ..before }
                };
                let rules = cx.peers.set_stock_rules(*item, after).await?;
                show(cx, *item, &rules, Some(cx.texts.staff_rules_done())).await?
            }
            _ => self.view(cx).await?,
        };
        Ok(Reaction::Show(view))
    }
}

impl Rule {
    fn set(self, mut rules: StockRules, number: u32) -> StockRules {
        match self {
            Self::Least => rules.limits.min_per_order = number,
            Self::Most => rules.limits.max_per_order = number,
            Self::PerPerson => rules.limits.max_per_person = number,
            Self::LowAt => rules.low_at = number,
        }
        rules
    }
}

/// Of files fewer go into one order.
fn selling_files(mut rules: StockRules) -> StockRules {
    rules.sells_files = true;
    rules.limits.max_per_order = rules.limits.max_per_order.min(FILES_MAX);
    rules.limits.min_per_order = rules.limits.min_per_order.min(FILES_MAX);
    rules
}

async fn show(
    cx: &Cx,
    item: ItemId,
    rules: &StockRules,
    done: Option<Html>,
) -> Result<View, Failure> {
    let texts = cx.texts;
    let name = cx.peers.get_item(item).await?.name;
    let title = texts.staff_rules_title(&name);
    let title = done.map_or_else(|| title.clone(), |done| done.paragraph(title.clone()));
    let limits = rules.limits;
    let text = title
        .paragraph(texts.staff_rules_per_order(limits.min_per_order, limits.max_per_order))
        .line(match limits.max_per_person {
            0 => texts.staff_rules_any_per_person(),
            most => texts.staff_rules_per_person(cx.format.count(most)),
        })
        .line(match rules.low_at {
            0 => texts.staff_rules_never_low(),
            low_at => texts.staff_rules_low(cx.format.count(low_at)),
        })
        .line(if rules.sells_files {
            texts.staff_rules_files()
        } else {
            texts.staff_rules_values()
        });
    let key = |label, rule| Key::to(label, ItemRules::Ask { item, rule });
    let kind = if rules.sells_files {
        texts.key_staff_sell_values()
    } else {
        texts.key_staff_sell_files()
    };
    let files = !rules.sells_files;
    Ok(View::new(text)
        .row([
            key(texts.key_staff_rule_least(), Rule::Least),
            key(texts.key_staff_rule_most(), Rule::Most),
        ])
        .row([
            key(texts.key_staff_rule_person(), Rule::PerPerson),
            key(texts.key_staff_rule_low(), Rule::LowAt),
        ])
        .row([Key::to(kind, ItemRules::SellFiles { item, files })])
        .row([Key::to(texts.key_back(), StaffItem { item, page: 0 }), cx.home_key()]))
}

fn ask(cx: &Cx, item: ItemId, rule: Rule, problem: Option<Html>) -> View {
    let texts = cx.texts;
    let question = match rule {
        Rule::Least => texts.staff_ask_least(),
        Rule::Most => texts.staff_ask_most(),
        Rule::PerPerson => texts.staff_ask_per_person(),
        Rule::LowAt => texts.staff_ask_low_at(),
    };
    let text = problem.map_or_else(|| question.clone(), |it| it.paragraph(question.clone()));
    View::new(text)
        .row([Key::to(texts.key_cancel(), ItemRules::Show { item })])
        .asking(ItemRules::Ask { item, rule })
}
