//! People: known to the bot, with a wallet, and with all that moved it in the order in which it happened.

use std::collections::HashSet;

use bot::import::{self as bot_people, Blocking};
use kernel::ids::{PersonId, TransferId};
use payments::operations::import::{self as money, Cause, Estate, Movement, Newcomer, Share};

use super::amounts::Hundredths;
use super::older::{Earning, Operation, Person, Purchase};
use super::sales::order_id;
use super::{Import, id_of, instant, person};
use crate::roles::Role;

/// Staff see it where somebody is shut out.
const BLOCKED_THERE: &str = "blocked in the earlier shop";

impl Import {
    /// Takes over everybody.
    pub(super) async fn people(&mut self) -> anyhow::Result<()> {
        let mut after = i64::MIN;
        loop {
            let page = self.older.people_after(after).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            self.batch(page).await?;
            self.target.batch_done().await?;
        }
        for operation in self.older.operations_of_nobody().await? {
            self.report.left("operations", operation.id, "its person is gone");
        }
        Ok(())
    }

    async fn batch(&mut self, page: Vec<Person>) -> anyhow::Result<()> {
        let mut known = Vec::new();
        let mut estate = Estate::default();
        for row in page {
            let Some(id) = person(row.id) else {
                self.report.left("users", row.id, "it is no person's number in Telegram");
                self.left_balances += Hundredths::parse(&row.balance).unwrap_or_default();
                continue;
            };
            let since = instant(row.since);
            known.push(bot_people::Newcomer { id, since, is_blocked: row.is_blocked });
            estate.people.push(Newcomer {
                id,
                inviter: row.inviter.and_then(person),
                since,
                balance_minor: self.balance(&row),
            });
        }
        let ids: Vec<i64> = known.iter().map(|person| person.id.0).collect();
        let purchases = self.older.purchases_of(&ids).await?;
        let operations = self.older.operations_of(&ids).await?;
        let earnings = self.older.earnings_of(&ids).await?;
        let movements = [
            purchases.iter().filter_map(|row| self.purchase(row)).collect::<Vec<_>>(),
            operations.iter().filter_map(|row| self.operation(row)).collect(),
        ];
        estate.movements = movements.into_iter().flatten().collect();
        for row in &earnings {
            let (share, movement) = self.earning(row);
            estate.shares.extend(share);
            estate.movements.extend(movement);
        }
        estate.movements.sort_by_key(|movement| (movement.at, movement.id));
        self.write(&known, &estate).await
    }

    async fn write(
        &mut self,
        known: &[bot_people::Newcomer],
        estate: &Estate,
    ) -> anyhow::Result<()> {
        let blocking = Blocking { by: self.target.owner, reason: BLOCKED_THERE };
        let conn = self.target.as_role(Role::Bot).await?;
        let new = bot_people::take_over(conn, known, blocking).await?;
        self.report.taken("users", new, known.len() as u64 - new);
        let currency = self.target.currency;
        let conn = self.target.as_role(Role::Payments).await?;
        let taken = money::take_over(conn, estate, currency).await?;
        let is_operation =
            |movement: &&Movement| matches!(movement.cause, Cause::TopUp | Cause::Taken);
        let written: HashSet<TransferId> = taken.movements.into_iter().collect();
        let operations = estate.movements.iter().filter(is_operation);
        let (new, known): (Vec<_>, Vec<_>) = operations.partition(|one| written.contains(&one.id));
        self.report.taken("operations", new.len() as u64, known.len() as u64);
        let shares = estate.shares.len() as u64;
        self.report.taken("referral_earnings", taken.shares, shares - taken.shares);
        self.report.taken("(openings)", taken.openings, 0);
        Ok(())
    }

    /// What somebody has here: never less than nothing, in whole minor units.
    fn balance(&mut self, row: &Person) -> i64 {
        let there = match Hundredths::parse(&row.balance) {
            Ok(there) => there,
            Err(error) => {
                self.report.changed("users", row.id, &format!("their balance: {error}: it is 0"));
                return 0;
            }
        };
        if there < Hundredths(0) {
            let why = format!("their balance is {there}: here it is 0, nobody owes");
            self.report.changed("users", row.id, &why);
            self.left_balances += there;
            return 0;
        }
        let (here, rest) = there.money(self.target.currency);
        if rest != Hundredths(0) {
            let why = format!("their balance is {here}, {rest} less than there");
            self.report.changed("users", row.id, &why);
            self.left_balances += rest;
        }
        here.minor
    }

    /// What a purchase moved; nothing where it was free or is left.
    fn purchase(&self, row: &Purchase) -> Option<Movement> {
        let amount = Hundredths::parse(&row.price).ok()?.money(self.target.currency).0;
        (amount.minor > 0).then(|| Movement {
            id: TransferId(order_id(row.id).0),
            person: row.buyer.and_then(person),
            cause: Cause::Purchase,
            amount,
            at: instant(row.at),
            reference: inventory::import::order_number(row.number),
        })
    }

    fn operation(&mut self, row: &Operation) -> Option<Movement> {
        let amount = match Hundredths::parse(&row.amount) {
            Ok(amount) => amount.money(self.target.currency).0,
            Err(error) => {
                self.report.left("operations", row.id, &error.to_string());
                return None;
            }
        };
        if amount.minor == 0 {
            self.report.left("operations", row.id, "it moved nothing");
            return None;
        }
        Some(Movement {
            id: TransferId(id_of("operations", row.id)),
            person: row.person.and_then(person),
            cause: if amount.minor > 0 { Cause::TopUp } else { Cause::Taken },
            amount: kernel::money::Money::new(amount.minor.saturating_abs(), amount.currency),
            at: instant(row.at),
            reference: String::new(),
        })
    }

    fn earning(&mut self, row: &Earning) -> (Option<Share>, Option<Movement>) {
        let currency = self.target.currency;
        let amount = |text: &str| Hundredths::parse(text).map(|amount| amount.money(currency).0);
        let (Ok(earned), Ok(topped_up)) = (amount(&row.amount), amount(&row.topped_up)) else {
            self.report.left("referral_earnings", row.id, "it holds what is no amount");
            return (None, None);
        };
        let (Some(inviter), Some(invited)) = (person(row.inviter), person(row.invited)) else {
            self.report.left("referral_earnings", row.id, "it names nobody in Telegram");
            return (None, None);
        };
        if topped_up.minor <= 0 || earned.minor < 0 || inviter == invited {
            self.report.left("referral_earnings", row.id, "it is no share of a top-up");
            return (None, None);
        }
        let id = TransferId(id_of("referral_earnings", row.id));
        let at = instant(row.at);
        let movement = (earned.minor > 0).then(|| Movement {
            id,
            person: Some(inviter),
            cause: Cause::Referral,
            amount: earned,
            at,
            reference: invited.to_string(),
        });
        let share = Share {
            top_up: id_of("referral top-up", row.id),
            inviter,
            invited,
            topped_up_minor: topped_up.minor,
            earned: movement.as_ref().map(|movement| (movement.id, movement.amount.minor)),
            at,
        };
        (Some(share), movement)
    }
}

/// Those of the older shop who can be people here.
pub fn people_of(page: &[Person]) -> Vec<PersonId> {
    page.iter().filter_map(|row| person(row.id)).collect()
}
