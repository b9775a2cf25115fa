//! The shop's money in numbers.

use contract::failure::Failure;
use kernel::money::Money;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::invoices::MethodSlug;
use crate::peers::payments_admin::TopUps;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Console, methods};

/// The numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyStats;

impl Page for MoneyStats {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(View::new(cx.texts.money_title().paragraph(numbers(cx).await?))
            .row([Key::to(cx.texts.key_recount(), Self)])
            .row([Key::to(cx.texts.key_back(), Console), cx.home_key()]))
    }
}

/// What they say.
pub async fn numbers(cx: &Cx) -> Result<Html, Failure> {
    let (texts, format) = (cx.texts, &cx.format);
    let stats = cx.peers.get_money_stats().await?;
    let mut text = top_ups(cx, texts.money_today(), &stats.today)
        .paragraph(top_ups(cx, texts.money_in_total(), &stats.in_total))
        .paragraph(texts.money_wallets(format.money(stats.wallets), format.money(stats.held)))
        .line(texts.money_referral_cost(format.money(stats.referral_cost)));
    if stats.suspense_cases > 0 {
        text = text.line(texts.money_suspense(stats.suspense_cases));
    }
    let accounts = stats
        .accounts
        .iter()
        .map(|(account, balance)| texts.money_account(account, format.signed(*balance)));
    Ok(match accounts.reduce(Html::line) {
        Some(accounts) => text.paragraph(texts.money_accounts()).line(accounts),
        None => text,
    })
}

/// By method, and together where there are several.
fn top_ups(cx: &Cx, title: Html, methods: &[TopUps]) -> Html {
    let sum = methods.iter().map(|one| one.amount.minor).sum();
    let count = methods.iter().map(|one| one.count).sum::<u64>();
    let sum: Money = cx.money(sum);
    let all = title.line(cx.texts.money_sum(cx.format.money(sum), count));
    methods.iter().fold(all, |text, one| {
        let amount = cx.format.money(one.amount);
        text.line(cx.texts.money_method(name(cx, &one.method), amount, one.count))
    })
}

fn name(cx: &Cx, method: &str) -> String {
    match MethodSlug::try_from(method.to_owned()) {
        Ok(slug) => methods::name(cx, &slug).into_owned(),
        Err(_) => method.to_owned(),
    }
}
