//! How much to top up: a few round amounts as buttons, or any amount as text.

use contract::failure::Failure;
use kernel::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

use crate::format::parse_amount;
use crate::html::Html;
use crate::peers::invoices::Methods as Offer;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Methods, Profile};

/// Buttons with amounts.
const QUICK: usize = 6;

/// Asks for an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopUp;

impl Page for TopUp {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(ask(cx, &cx.peers.list_methods().await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let offer = cx.peers.list_methods().await?;
        if offer.methods.is_empty() {
            return Ok(Reaction::Alert(cx.texts.alert_no_methods()));
        }
        let Input::Text { text, .. } = input else {
            return Ok(Reaction::Show(ask(cx, &offer, None)));
        };
        Ok(match amount(cx, &offer, text) {
            Ok(amount) => Reaction::Go(Methods { amount_minor: amount.minor }.into()),
            Err(problem) => Reaction::Show(ask(cx, &offer, Some(problem))),
        })
    }
}

/// The question, with what was wrong with the last answer above it.
pub fn ask(cx: &Cx, offer: &Offer, problem: Option<Html>) -> View {
    let (min, max) = (cx.format.money(offer.min), cx.format.money(offer.max));
    let question = cx.texts.top_up_ask(min, max);
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    let quick = quick_amounts(offer.min, offer.max).into_iter().map(|amount| {
        Key::to(cx.format.money(amount).into(), Methods { amount_minor: amount.minor })
    });
    View::new(text)
        .grid(3, quick)
        .row([Key::to(cx.texts.key_back(), Profile), cx.home_key()])
        .asking(TopUp)
}

/// What is wrong with an amount that is outside what can be topped up; nothing otherwise.
pub fn bounds_problem(cx: &Cx, offer: &Offer, amount: Money) -> Option<Html> {
    let fits = (offer.min.minor..=offer.max.minor).contains(&amount.minor);
    let (min, max) = (cx.format.money(offer.min), cx.format.money(offer.max));
    (!fits).then(|| cx.texts.top_up_out_of_bounds(min, max))
}

fn amount(cx: &Cx, offer: &Offer, text: &str) -> Result<Money, Html> {
    let example = cx.format.typed(offer.min);
    let amount = parse_amount(text, cx.shop.currency).map_err(|error| match error {
        MoneyError::TooPrecise(currency, _) => {
            cx.texts.amount_too_precise(currency.code(), &example)
        }
        MoneyError::TooLarge => {
            let (min, max) = (cx.format.money(offer.min), cx.format.money(offer.max));
            cx.texts.top_up_out_of_bounds(min, max)
        }
        MoneyError::NotANumber | MoneyError::Mixed(..) => cx.texts.top_up_not_a_number(&example),
    })?;
    bounds_problem(cx, offer, amount).map_or(Ok(amount), Err)
}

/// Round amounts (1, 2, 5, 10 ...) within the bounds: a little above the least, for nobody wants to come back daily.
fn quick_amounts(min: Money, max: Money) -> Vec<Money> {
    let unit = 10_i64.pow(min.currency.exponent());
    let round = (0..12).flat_map(|power| [1, 2, 5].map(|digit| 10_i64.pow(power) * digit));
    let fitting: Vec<Money> = round
        .filter_map(|whole| whole.checked_mul(unit))
        .filter(|minor| (min.minor..=max.minor).contains(minor))
        .map(|minor| Money::new(minor, min.currency))
        .collect();
    let skipped = fitting.len().saturating_sub(QUICK).min(2);
    fitting.into_iter().skip(skipped).take(QUICK).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick(min: i64, max: i64, code: &str) -> Vec<i64> {
        let currency = code.parse().unwrap();
        quick_amounts(Money::new(min, currency), Money::new(max, currency))
            .into_iter()
            .map(|amount| amount.minor)
            .collect()
    }

    #[test]
    fn quick_amounts_are_round_and_within_the_bounds() {
        let roubles = quick(2_000, 1_000_000, "RUB");
        assert_eq!(roubles, [10_000, 20_000, 50_000, 100_000, 200_000, 500_000]);
        assert_eq!(quick(200, 2_500, "USD"), [200, 500, 1_000, 2_000]);
        assert_eq!(quick(1, 3, "JPY"), [1, 2]);
        assert_eq!(quick(3, 4, "JPY"), [0; 0]);
    }
}
