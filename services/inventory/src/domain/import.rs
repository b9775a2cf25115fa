//! What an older shop leaves: its catalogue, its stock, what it sold, its promo codes and carts. Ids are made from the older
//! shop's keys, so that the same row is the same thing at every run.

use jiff::Timestamp;
use kernel::ids::{CategoryId, ItemId, OrderId, PersonId, PromoId};
use kernel::money::Money;
use secrecy::SecretString;

use crate::domain::item::{Description, Price};
use crate::domain::name::{self, Name};

/// Shorter numbers are padded: orders of this shop have ten characters.
const NUMBER_DIGITS: usize = 10;

/// A category.
#[derive(Debug, Clone)]
pub struct Category {
    /// Made from the older shop's key.
    pub id: CategoryId,
    /// Its name there.
    pub name: String,
}

/// An item.
#[derive(Debug, Clone)]
pub struct Item {
    /// Made from the older shop's key.
    pub id: ItemId,
    /// Where it is listed.
    pub category: CategoryId,
    /// Its name there.
    pub name: String,
    /// Its description there.
    pub description: String,
    /// What it costs.
    pub price: Money,
    /// Whether every buyer gets the same value.
    pub unlimited: bool,
}

/// A value in stock.
#[derive(Debug, Clone)]
pub struct Stocked {
    /// Whose.
    pub item: ItemId,
    /// The secret.
    pub value: SecretString,
}

/// Something that was sold, by the one.
#[derive(Debug, Clone)]
pub struct Sold {
    /// Made from the older shop's key.
    pub id: OrderId,
    /// The number that people know it by there.
    pub number: i64,
    /// Who bought it; none where they are gone.
    pub buyer: Option<PersonId>,
    /// What it was, where that is still listed, or what stands for it.
    pub item: ItemId,
    /// What it was called.
    pub item_name: String,
    /// What it cost.
    pub price: Money,
    /// When.
    pub at: Timestamp,
    /// The secret that the buyer got.
    pub value: SecretString,
}

/// The order number here of a number there, which is in people's chats.
pub fn order_number(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    format!("{digits:0>NUMBER_DIGITS$}")
}

/// What a promo code gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gift {
    /// So many hundredths of a percent less.
    Percent(u32),
    /// So much less.
    Fixed(Money),
    /// So much into the wallet.
    Balance(Money),
}

/// A promo code.
#[derive(Debug, Clone)]
pub struct Promo {
    /// Made from the older shop's key.
    pub id: PromoId,
    /// What people type.
    pub code: String,
    /// What it is worth.
    pub gift: Gift,
    /// 0 for no limit.
    pub max_uses: u32,
    /// How often it was used, as the older shop counts.
    pub uses: u32,
    /// How many of these uses come over: those of people who are still there.
    pub uses_kept: u32,
    /// The end of it.
    pub expires_at: Option<Timestamp>,
    /// The category that it is for.
    pub category: Option<CategoryId>,
    /// The item that it is for.
    pub item: Option<ItemId>,
    /// Whether it counts.
    pub is_active: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Promo {
    /// The limit here, where only the uses that come over are counted; as many are left as were left there. 0 is no limit,
    /// and nothing where the code is used up by people who are gone.
    pub fn limit(&self) -> Option<u32> {
        if self.max_uses == 0 {
            return Some(0);
        }
        let left = self.max_uses.saturating_sub(self.uses);
        Some(left + self.uses_kept).filter(|limit| *limit > 0)
    }
}

/// A use of a promo code.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// Which code.
    pub promo: PromoId,
    /// Who used it.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
}

/// One thing in a cart.
#[derive(Debug, Clone)]
pub struct InCart {
    /// Whose cart.
    pub person: PersonId,
    /// What.
    pub item: ItemId,
    /// The code on it.
    pub code: Option<String>,
    /// When it was put there.
    pub at: Timestamp,
}

/// What somebody said of what they had bought. The older shop showed it to everybody.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// Of what.
    pub item: ItemId,
    /// Who.
    pub person: PersonId,
    /// One to five.
    pub stars: u32,
    /// In words; may be empty.
    pub words: String,
    /// When.
    pub at: Timestamp,
}

/// A name made fit, and what was wrong with it. `otherwise` is taken where nothing is left.
pub fn fit_name(text: &str, otherwise: &str) -> (Name, Option<String>) {
    let problem = match Name::parse(text) {
        Ok(name) => return (name, None),
        Err(problem) => problem,
    };
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let plain: String = plain.trim().chars().take(name::CHARS_MAX).collect();
    let name = Name::parse(&plain).or_else(|_| Name::parse(otherwise));
    let name = name.expect("a name made fit, or the caller's word");
    let why = format!("its name {problem}: here it is “{}”", name.as_str());
    (name, Some(why))
}

/// The `turn`th name to try where others are taken: the name itself, then with a number behind it.
pub fn nth_name(name: &Name, turn: u32) -> Name {
    if turn <= 1 {
        return name.clone();
    }
    let ending = format!(" ({turn})");
    let room = name::CHARS_MAX - ending.chars().count();
    let kept: String = name.as_str().chars().take(room).collect();
    Name::parse(&format!("{}{ending}", kept.trim_end())).expect("a shorter name with a number")
}

/// A description made fit, and what was wrong with it.
pub fn fit_description(text: &str) -> (Description, Option<String>) {
    let problem = match Description::parse(text) {
        Ok(description) => return (description, None),
        Err(problem) => problem,
    };
    let text = text.replace("\r\n", "\n");
    let plain = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    let plain: String = plain.collect();
    let short: String = plain.trim().chars().take(Description::CHARS_MAX).collect();
    let description = Description::parse(&short).expect("made fit");
    (description, Some(format!("its description {problem}: here it is cut and plain")))
}

/// A price made fit for what is only remembered: nothing in place of what cannot be asked.
pub fn fit_price(price: Money) -> Price {
    let fit = Price::new(price, price.currency);
    fit.unwrap_or_else(|_| {
        Price::new(Money::zero(price.currency), price.currency).expect("nothing is a price")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_do_not_fit_are_made_fit_and_that_is_said() {
        assert_eq!(fit_name(" VPN ", "#1").1, None);
        let (name, why) = fit_name("a\nb", "#1");
        assert_eq!(name.as_str(), "a b");
        assert!(why.unwrap().contains("line breaks"));
        assert_eq!(fit_name(" \t", "#1").0.as_str(), "#1");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number_and_still_fits() {
        let long = Name::parse(&"я".repeat(100)).unwrap();
        let second = nth_name(&long, 2);
        assert_eq!(second.as_str(), format!("{} (2)", "я".repeat(96)));
        assert_eq!(nth_name(&second, 1), second);
    }

    #[test]
    fn as_many_uses_are_left_as_there_were() {
        let promo = |max_uses, uses, uses_kept| Promo {
            id: PromoId::derived("p"),
            code: "P".into(),
            gift: Gift::Percent(100),
            max_uses,
            uses,
            uses_kept,
            expires_at: None,
            category: None,
            item: None,
            is_active: true,
            created_at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(promo(0, 7, 3).limit(), Some(0), "no limit");
        assert_eq!(promo(10, 7, 7).limit(), Some(10));
        assert_eq!(promo(10, 7, 3).limit(), Some(6), "three of ten are left");
        assert_eq!(promo(2, 5, 5).limit(), Some(5), "used more often than it might be");
        assert_eq!(promo(5, 5, 0).limit(), None);
    }

    #[test]
    fn shop_10_numbers_of_the_older_shop_stay_and_short_ones_are_padded() {
        assert_eq!(order_number(4_611_686_018_427_387_904), "4611686018427387904");
        assert_eq!(order_number(42), "0000000042");
    }
}
