//! Promo codes: what one is worth, whom and what it holds for, and what it takes off a price.

use std::fmt;

use jiff::Timestamp;
use kernel::ids::{CategoryId, ItemId, PromoId};
use kernel::money::{Money, PRICE_MINOR_MAX};

use crate::domain::item::InvalidPrice;

const CODE_CHARS_MAX: usize = 50;
/// All of a price, in hundredths of a percent.
const WHOLE: u32 = 10_000;

/// What people type: 1 to 50 of `A-Z`, `0-9`, `-` and `_`, in upper case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

/// Why a text is not a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to {CODE_CHARS_MAX} of A-Z, 0-9, - and _")]
pub struct InvalidCode;

impl Code {
    /// The code in a text, whatever its case.
    ///
    /// # Errors
    /// Anything else.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        let code = text.trim().to_ascii_uppercase();
        let is_code = (1..=CODE_CHARS_MAX).contains(&code.len())
            && code.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_');
        if is_code { Ok(Self(code)) } else { Err(InvalidCode) }
    }

    /// A code that was parsed before.
    pub fn stored(code: String) -> Self {
        Self(code)
    }

    /// In upper case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a code is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// So many hundredths of a percent less, 1 to 10,000.
    Percent(u32),
    /// So much less, off the whole line and never below nothing.
    Fixed(Money),
    /// So much into the wallet.
    Balance(Money),
}

/// Why a number is not the worth of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidWorth {
    /// Not 0.01 to 100 percent.
    #[error("must be 1 to {WHOLE} hundredths of a percent")]
    Percent,
    /// Not an amount that a code can be worth.
    #[error(transparent)]
    Amount(#[from] InvalidPrice),
}

impl Worth {
    /// So many hundredths of a percent.
    ///
    /// # Errors
    /// Nothing, or more than everything.
    pub fn percent(basis_points: u32) -> Result<Self, InvalidWorth> {
        let fits = (1..=WHOLE).contains(&basis_points);
        if fits { Ok(Self::Percent(basis_points)) } else { Err(InvalidWorth::Percent) }
    }

    /// An amount that a code can be worth, in the currency of the shop.
    ///
    /// # Errors
    /// Nothing or less, beyond reason, or in another currency.
    pub fn amount(
        amount: Money,
        currency: kernel::currency::Currency,
    ) -> Result<Money, InvalidWorth> {
        if amount.currency != currency {
            return Err(InvalidPrice::WrongCurrency(currency).into());
        }
        if !(1..=PRICE_MINOR_MAX).contains(&amount.minor) {
            return Err(InvalidPrice::OutOfBounds.into());
        }
        Ok(amount)
    }

    /// What it takes off a line that costs `total`, never more than that.
    ///
    /// A percentage is computed on the whole line in minor units; what is left to pay is rounded to the nearest, a half
    /// to the even one, so that neither the shop nor its buyers gain by it over many orders.
    pub fn off(self, total: Money) -> Money {
        let minor = match self {
            Self::Percent(points) => {
                total.minor - nearest_even(total.minor, WHOLE.saturating_sub(points))
            }
            Self::Fixed(amount) => amount.minor.min(total.minor),
            Self::Balance(_) => 0,
        };
        Money::new(minor.max(0), total.currency)
    }
}

/// So many hundredths of a percent of an amount that is not negative; a half goes to the even neighbour.
fn nearest_even(minor: i64, points: u32) -> i64 {
    let whole = i128::from(WHOLE);
    let product = i128::from(minor) * i128::from(points);
    let (floor, rest) = (product / whole, product % whole);
    let up = match (rest * 2).cmp(&whole) {
        std::cmp::Ordering::Less => 0,
        std::cmp::Ordering::Equal => floor & 1,
        std::cmp::Ordering::Greater => 1,
    };
    i64::try_from(floor + up).expect("no more than the amount itself")
}

/// What a code holds for. Ids, never names; and where the thing is archived the code is off, never wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// Every item.
    Anything,
    /// The items that this category lists.
    Category(CategoryId),
    /// One item.
    Item(ItemId),
}

/// A promo code as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promo {
    /// Stands for the code.
    pub id: PromoId,
    /// What people type.
    pub code: Code,
    /// What it is worth.
    pub worth: Worth,
    /// 0 for no limit.
    pub max_uses: u32,
    /// So far.
    pub uses: u32,
    /// The end of its last day.
    pub expires_at: Option<Timestamp>,
    /// Whether that is past, by the database's clock.
    pub is_over: bool,
    /// What it holds for.
    pub binding: Binding,
    /// Staff switch it on and off.
    pub is_active: bool,
    /// Taken away for good.
    pub is_archived: bool,
}

/// What somebody wants to buy with a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The item.
    pub item: ItemId,
    /// Where it counts as listed: in the category of the code, where it is listed in it or below it.
    pub category: CategoryId,
}

/// Whether the person has used a code before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Not yet.
    First,
    /// Once, which is all there is.
    Again,
}

/// Why a code does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No such code, or it was taken away.
    Missing,
    /// Switched off.
    Inactive,
    /// It adds money to a wallet and takes nothing off.
    NotDiscount,
    /// It takes something off and adds nothing to a wallet.
    NotBalance,
    /// Its last day is over.
    Expired,
    /// Used as often as it may be.
    Exhausted,
    /// Used by this person before.
    Used,
    /// It holds for another item.
    WrongItem,
    /// It holds for another category.
    WrongCategory,
}

impl Problem {
    /// The code of the failure that a person gets.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "inventory.promo_missing",
            Self::Inactive => "inventory.promo_inactive",
            Self::NotDiscount => "inventory.promo_not_discount",
            Self::NotBalance => "inventory.promo_not_balance",
            Self::Expired => "inventory.promo_expired",
            Self::Exhausted => "inventory.promo_exhausted",
            Self::Used => "inventory.promo_used",
            Self::WrongItem => "inventory.promo_wrong_item",
            Self::WrongCategory => "inventory.promo_wrong_category",
        }
    }
}

impl Promo {
    /// What it takes off a line of this item that costs `total`.
    ///
    /// # Errors
    /// The first of the reasons why it does not count, in the order that people are told them.
    pub fn discount(&self, used: Use, what: Candidate, total: Money) -> Result<Money, Problem> {
        self.exists()?;
        if matches!(self.worth, Worth::Balance(_)) {
            return Err(Problem::NotDiscount);
        }
        self.is_left(used)?;
        match self.binding {
            Binding::Item(item) if item != what.item => return Err(Problem::WrongItem),
            Binding::Category(category) if category != what.category => {
                return Err(Problem::WrongCategory);
            }
            _ => {}
        }
        // Amounts of a currency that the shop no longer sells in.
        if matches!(self.worth, Worth::Fixed(amount) if amount.currency != total.currency) {
            return Err(Problem::Inactive);
        }
        Ok(self.worth.off(total))
    }

    /// What it adds to a wallet.
    ///
    /// # Errors
    /// As for [`Self::discount`].
    pub fn balance(&self, used: Use) -> Result<Money, Problem> {
        self.exists()?;
        let Worth::Balance(amount) = self.worth else { return Err(Problem::NotBalance) };
        self.is_left(used)?;
        Ok(amount)
    }

    fn exists(&self) -> Result<(), Problem> {
        match (self.is_archived, self.is_active) {
            (true, _) => Err(Problem::Missing),
            (false, false) => Err(Problem::Inactive),
            (false, true) => Ok(()),
        }
    }

    fn is_left(&self, used: Use) -> Result<(), Problem> {
        if self.is_over {
            Err(Problem::Expired)
        } else if self.is_exhausted() {
            Err(Problem::Exhausted)
        } else if used == Use::Again {
            Err(Problem::Used)
        } else {
            Ok(())
        }
    }

    /// Used as often as it may be.
    pub fn is_exhausted(&self) -> bool {
        self.max_uses > 0 && self.uses >= self.max_uses
    }
}

/// A code that staff want to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromoDraft {
    /// Made by the caller.
    pub id: PromoId,
    /// What people will type.
    pub code: Code,
    /// What it is worth.
    pub worth: Worth,
    /// 0 for no limit.
    pub max_uses: u32,
    /// The end of its last day.
    pub expires_at: Option<Timestamp>,
    /// What it holds for.
    pub binding: Binding,
}

impl PromoDraft {
    /// Whether this code is what was asked for, whatever became of it since.
    pub fn is_granted_by(&self, promo: &Promo) -> bool {
        promo.id == self.id
            && promo.code == self.code
            && promo.worth == self.worth
            && promo.max_uses == self.max_uses
            && promo.expires_at == self.expires_at
            && promo.binding == self.binding
    }
}

/// What came of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statistics {
    /// Delivered orders, or redemptions that are done.
    pub completed: u64,
    /// Minor units that it took off or gave.
    pub given_minor: i64,
    /// Minor units that those lines were paid for.
    pub earned_minor: i64,
    /// The latest.
    pub last_used_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests;
