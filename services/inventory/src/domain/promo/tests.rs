//! Codes against the order of their refusals, and discounts against exact arithmetic.

use kernel::currency::Currency;
use proptest::prelude::*;

use super::*;

fn rub(minor: i64) -> Money {
    Money::new(minor, "RUB".parse().unwrap())
}

fn promo(worth: Worth) -> Promo {
    Promo {
        id: PromoId::derived("p"),
        code: Code::parse("sale").unwrap(),
        worth,
        max_uses: 0,
        uses: 0,
        expires_at: None,
        is_over: false,
        binding: Binding::Anything,
        is_active: true,
        is_archived: false,
    }
}

fn candidate() -> Candidate {
    Candidate { item: ItemId::derived("vpn"), category: CategoryId::derived("keys") }
}

#[test]
fn promo_01_a_code_is_short_plain_and_upper_case() {
    assert_eq!(Code::parse(" Black-Friday_26\n").unwrap().as_str(), "BLACK-FRIDAY_26");
    assert!(Code::parse(&"a".repeat(50)).is_ok());
    let too_long = "a".repeat(51);
    for text in ["", " ", "a b", "скидка", "a\0", "a'--", "<b>", "ſ", &too_long] {
        assert_eq!(Code::parse(text), Err(InvalidCode), "{text:?}");
    }
}

#[test]
fn promo_01_bug_11_a_worth_is_a_bounded_whole_number() {
    for points in [0, 10_001, u32::MAX] {
        assert_eq!(Worth::percent(points), Err(InvalidWorth::Percent));
    }
    assert_eq!(Worth::percent(1), Ok(Worth::Percent(1)));
    assert_eq!(Worth::percent(10_000), Ok(Worth::Percent(10_000)));
    let currency = rub(0).currency;
    for minor in [0, -1, i64::MIN, PRICE_MINOR_MAX + 1, i64::MAX] {
        assert!(Worth::amount(rub(minor), currency).is_err(), "{minor}");
    }
    assert!(Worth::amount(Money::new(1, Currency::XTR), currency).is_err());
    assert_eq!(Worth::amount(rub(1), currency), Ok(rub(1)));
}

#[test]
fn promo_01_what_is_left_to_pay_is_rounded_to_the_nearest_and_a_half_to_the_even_one() {
    // Price, hundredths of a percent off, left to pay.
    for (price, points, left) in [
        (100, 5_000, 50),
        (1, 5_000, 0),
        (3, 5_000, 2),
        (5, 5_000, 2),
        (7, 5_000, 4),
        (999, 3_333, 666),
        (1, 1, 1),
        (1, 10_000, 0),
        (0, 5_000, 0),
    ] {
        let off = Worth::Percent(points).off(rub(price));
        assert_eq!(price - off.minor, left, "{price} less {points}");
    }
    assert_eq!(Worth::Fixed(rub(300)).off(rub(1_000)), rub(300));
    assert_eq!(Worth::Fixed(rub(300)).off(rub(200)), rub(200), "never below nothing");
    assert_eq!(Worth::Balance(rub(300)).off(rub(200)), rub(0));
}

#[test]
fn promo_02_promo_03_promo_04_the_first_reason_is_the_one_that_is_told() {
    let item = Binding::Item(ItemId::derived("other"));
    let mut code = Promo {
        is_archived: true,
        is_active: false,
        is_over: true,
        max_uses: 1,
        uses: 1,
        binding: item,
        ..promo(Worth::Balance(rub(1)))
    };
    let mut used = Use::Again;
    let problem = |code: &Promo, used| code.discount(used, candidate(), rub(100)).unwrap_err();
    assert_eq!(problem(&code, used), Problem::Missing);
    code.is_archived = false;
    assert_eq!(problem(&code, used), Problem::Inactive);
    code.is_active = true;
    assert_eq!(problem(&code, used), Problem::NotDiscount);
    assert_eq!(code.balance(used), Err(Problem::Expired));
    code.worth = Worth::Percent(1_000);
    assert_eq!(code.balance(used), Err(Problem::NotBalance));
    assert_eq!(problem(&code, used), Problem::Expired);
    code.is_over = false;
    assert_eq!(problem(&code, used), Problem::Exhausted);
    code.uses = 0;
    assert_eq!(problem(&code, used), Problem::Used);
    used = Use::First;
    assert_eq!(problem(&code, used), Problem::WrongItem);
    code.binding = Binding::Category(CategoryId::derived("other"));
    assert_eq!(problem(&code, used), Problem::WrongCategory);
    code.binding = Binding::Category(candidate().category);
    assert_eq!(code.discount(used, candidate(), rub(100)), Ok(rub(10)));
    code.binding = Binding::Item(candidate().item);
    assert_eq!(code.discount(used, candidate(), rub(100)), Ok(rub(10)));
}

#[test]
fn promo_03_no_limit_is_never_exhausted() {
    let code = Promo { uses: u32::MAX, ..promo(Worth::Percent(1_000)) };
    assert_eq!(code.discount(Use::First, candidate(), rub(100)), Ok(rub(10)));
}

#[test]
fn a_fixed_amount_of_another_currency_takes_nothing_off() {
    let code = promo(Worth::Fixed(Money::new(5, Currency::XTR)));
    assert_eq!(code.discount(Use::First, candidate(), rub(100)), Err(Problem::Inactive));
}

proptest! {
    #[test]
    fn promo_01_a_discount_is_never_negative_nor_more_than_the_price(
        price in 0..=PRICE_MINOR_MAX * 100,
        points in 1..=10_000_u32,
        fixed in 1..=PRICE_MINOR_MAX,
    ) {
        for worth in [Worth::Percent(points), Worth::Fixed(rub(fixed))] {
            let off = worth.off(rub(price)).minor;
            prop_assert!((0..=price).contains(&off));
        }
        // Within half a minor unit of the exact share.
        let off = i128::from(Worth::Percent(points).off(rub(price)).minor) * 10_000;
        let exact = i128::from(price) * i128::from(points);
        prop_assert!((off - exact).abs() <= 5_000);
    }
}
