//! The shop's money in the contract's words.

use contract::convert;
use contract::payments::{AccountBalance, GetMoneyStatsResponse, MethodTopUps};
use kernel::currency::Currency;
use kernel::money::Money;

use crate::domain::money_stats::TopUps;
use crate::operations::money_stats::MoneyStats;

pub(super) fn encode(stats: &MoneyStats, currency: Currency) -> GetMoneyStatsResponse {
    let totals = &*stats.totals;
    let money = |minor| Some(Money::new(minor, currency).into());
    let accounts = totals.accounts.iter().map(|one| AccountBalance {
        account: one.account.clone(),
        balance: Some(one.balance.into()),
    });
    GetMoneyStatsResponse {
        today: methods(&stats.today),
        in_total: methods(&totals.top_ups),
        wallets: money(totals.purses.balance_minor),
        held: money(totals.purses.held_minor),
        referral_cost: money(totals.referral_cost_minor),
        suspense_cases: totals.purses.suspense_cases,
        accounts: accounts.collect(),
        counted_at: Some(convert::timestamp(totals.purses.counted_at)),
    }
}

fn methods(top_ups: &[TopUps]) -> Vec<MethodTopUps> {
    let encode = |one: &TopUps| MethodTopUps {
        method: one.method.clone(),
        amount: Some(one.amount.into()),
        count: one.count,
    };
    top_ups.iter().map(encode).collect()
}
