//! The shop's money in numbers, by ledger account.

use std::collections::BTreeMap;

use jiff::Timestamp;
use kernel::money::Money;

use super::ledger::{Account, Kind};

/// All transfers of one kind between the same two accounts. Purchases are never among them: they are most of the ledger,
/// and what they come to follows from the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Why.
    pub kind: Kind,
    /// Where it left.
    pub from: String,
    /// Where it arrived.
    pub to: String,
    /// How much in all.
    pub amount: Money,
    /// In how many transfers.
    pub count: u64,
}

/// What people have, all together, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purses {
    /// All balances.
    pub balance_minor: i64,
    /// The part of them that open holds have set aside.
    pub held_minor: i64,
    /// Payments that people must look at.
    pub suspense_cases: u64,
    /// When this was counted.
    pub counted_at: Timestamp,
}

/// Top-ups by one method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopUps {
    /// The provider's slug.
    pub method: String,
    /// How much in all.
    pub amount: Money,
    /// How many.
    pub count: u64,
}

/// What an account of the shop holds: what reached it less what left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// As it is stored.
    pub account: String,
    /// Negative where more left than came: what is received leaves for wallets.
    pub balance: Money,
}

/// Everything, counted at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyTotals {
    /// By method. What staff gave is no top-up, nor is anything else that did not come from a provider.
    pub top_ups: Vec<TopUps>,
    /// What people have.
    pub purses: Purses,
    /// What inviting has cost, in minor units.
    pub referral_cost_minor: i64,
    /// Every account of the shop that was ever used.
    pub accounts: Vec<Balance>,
}

/// The top-ups among flows.
pub fn top_ups(flows: &[Flow]) -> Vec<TopUps> {
    let received = Account::Received(String::new());
    let method = |flow: &Flow| flow.from.strip_prefix(&*received.name()).map(str::to_owned);
    let of_kind = flows.iter().filter(|flow| flow.kind == Kind::TopUp);
    of_kind
        .filter_map(|flow| {
            Some(TopUps { method: method(flow)?, amount: flow.amount, count: flow.count })
        })
        .collect()
}

/// Adds up, with `purses` in the currency of `nothing`. Sales follow from the rest: every transfer leaves one account and
/// reaches another, so that what is in no other account and in no wallet was earned.
pub fn add_up(flows: &[Flow], purses: Purses, nothing: Money) -> MoneyTotals {
    let mut balances = BTreeMap::new();
    let mut earned = -i128::from(purses.balance_minor);
    for flow in flows {
        let minor = i128::from(flow.amount.minor);
        for (account, change) in [(&flow.from, -minor), (&flow.to, minor)] {
            if *account == Account::Wallet.name() {
                continue;
            }
            let key = (account.clone(), flow.amount.currency.code().to_owned());
            let balance = balances.entry(key).or_insert((flow.amount.currency, 0));
            balance.1 += change;
            if flow.amount.currency == nothing.currency {
                earned -= change;
            }
        }
    }
    let revenue = (Account::Revenue.name().into_owned(), nothing.currency.code().to_owned());
    balances.entry(revenue).or_insert((nothing.currency, 0)).1 += earned;
    let accounts: Vec<Balance> = balances
        .into_iter()
        .map(|((account, _), (currency, minor))| {
            let minor = i64::try_from(minor).unwrap_or(i64::MAX);
            Balance { account, balance: Money::new(minor, currency) }
        })
        .collect();
    let cost = accounts.iter().find(|one| one.account == Account::ReferralCost.name());
    let referral_cost_minor = cost.map_or(0, |one| -one.balance.minor);
    MoneyTotals { top_ups: top_ups(flows), purses, referral_cost_minor, accounts }
}

#[cfg(test)]
mod tests {
    use kernel::currency::Currency;

    use super::*;

    fn rub(minor: i64) -> Money {
        Money::new(minor, "RUB".parse().unwrap())
    }

    fn flow(kind: Kind, from: &str, to: &str, amount: Money) -> Flow {
        Flow { kind, from: from.into(), to: to.into(), amount, count: 2 }
    }

    #[test]
    fn bug_70_top_ups_are_what_providers_collected_and_sales_are_the_rest() {
        let stars = Money::new(75, Currency::XTR);
        let flows = [
            flow(Kind::TopUp, "received:stars", "wallet", rub(10_000)),
            flow(Kind::TopUp, "received:cryptopay", "wallet", rub(5_000)),
            flow(Kind::Referral, "referral_cost", "wallet", rub(1_000)),
            flow(Kind::Adjustment, "adjustment", "wallet", rub(700)),
            flow(Kind::Adjustment, "wallet", "adjustment", rub(200)),
            flow(Kind::Suspense, "received:stars", "suspense", stars),
        ];
        let purses = Purses {
            balance_minor: 12_500,
            held_minor: 0,
            suspense_cases: 1,
            counted_at: Timestamp::UNIX_EPOCH,
        };
        let totals = add_up(&flows, purses, rub(0));
        let methods: Vec<_> =
            totals.top_ups.iter().map(|one| (&*one.method, one.amount.minor)).collect();
        assert_eq!(methods, [("stars", 10_000), ("cryptopay", 5_000)]);
        assert_eq!(totals.referral_cost_minor, 1_000);
        let accounts: Vec<_> =
            totals.accounts.iter().map(|one| (&*one.account, one.balance)).collect();
        let expected = [
            ("adjustment", rub(-500)),
            ("received:cryptopay", rub(-5_000)),
            ("received:stars", rub(-10_000)),
            ("received:stars", Money::new(-75, Currency::XTR)),
            ("referral_cost", rub(-1_000)),
            ("revenue", rub(4_000)),
            ("suspense", stars),
        ];
        assert_eq!(accounts, expected);
    }

    #[test]
    fn a_new_shop_has_earned_nothing() {
        let purses = Purses {
            balance_minor: 0,
            held_minor: 0,
            suspense_cases: 0,
            counted_at: Timestamp::UNIX_EPOCH,
        };
        let totals = add_up(&[], purses, rub(0));
        assert_eq!(totals.accounts, [Balance { account: "revenue".into(), balance: rub(0) }]);
        assert!(totals.top_ups.is_empty());
    }
}
