//! Buttons carry screens there and back, and nothing else gets in.

use kernel::ids::{CategoryId, InvoiceId, ItemId, OrderId};
use kernel::locale::Locale;
use proptest::prelude::*;
use uuid::Uuid;

use crate::peers::invoices::MethodSlug;
use crate::screens::staff::stock_rules::Rule;
use crate::screens::staff::units::Shelf;
use crate::screens::*;

fn id() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

fn everybodys() -> impl Strategy<Value = Screen> {
    let page = any::<u16>();
    prop_oneof![
        Just(Home.into()),
        Just(Profile.into()),
        Just(TopUp.into()),
        Just(Invoices.into()),
        Just(Referral.into()),
        Just(Rules.into()),
        Just(Support.into()),
        (any::<u16>(), any::<u16>()).prop_map(|(page, pages)| Mark { page, pages }.into()),
        page.prop_map(|page| Shop { page }.into()),
        page.prop_map(|page| Purchases { page }.into()),
        page.prop_map(|page| Operations { page }.into()),
        (id(), any::<u16>(), any::<u16>()).prop_map(|(category, page, shop_page)| {
            Category { category: CategoryId(category), page, shop_page }.into()
        }),
        (id(), any::<u16>(), any::<u16>()).prop_map(|(item, page, shop_page)| {
            Item { item: ItemId(item), page, shop_page }.into()
        }),
        (id(), any::<u16>(), any::<u16>(), any::<u8>()).prop_map(
            |(item, page, shop_page, quantity)| {
                Confirm { item: ItemId(item), page, shop_page, quantity }.into()
            }
        ),
        (id(), id(), any::<i64>(), any::<u8>()).prop_map(|(order, item, price_minor, quantity)| {
            Buy { order: OrderId(order), item: ItemId(item), price_minor, quantity }.into()
        }),
        (id(), any::<u16>(), any::<u16>(), any::<bool>()).prop_map(
            |(item, page, shop_page, on)| {
                Watch { item: ItemId(item), page, shop_page, on }.into()
            }
        ),
        any::<i64>().prop_map(|amount_minor| Methods { amount_minor }.into()),
        invoices(),
        (id(), any::<u16>())
            .prop_map(|(order, page)| Purchase { order: OrderId(order), page }.into()),
        prop_oneof![Just(None), Just(Some(Locale::En)), Just(Some(Locale::Ru))]
            .prop_map(|chosen| Language { chosen }.into()),
    ]
}

fn invoices() -> impl Strategy<Value = Screen> {
    prop_oneof![
        (id(), "[a-z0-9_]{1,16}", any::<i64>()).prop_map(|(invoice, slug, amount_minor)| {
            let method = MethodSlug::try_from(slug).expect("made as a slug");
            Invoice::Open { invoice: InvoiceId(invoice), method, amount_minor }.into()
        }),
        id().prop_map(|invoice| Invoice::Show { invoice: InvoiceId(invoice) }.into()),
        id().prop_map(|invoice| Invoice::Check { invoice: InvoiceId(invoice) }.into()),
    ]
}

fn staffs() -> impl Strategy<Value = Screen> {
    prop_oneof![
        Just(Console.into()),
        Just(AddCategory.into()),
        Just(AddItem::Name.into()),
        Just(AddItem::Description.into()),
        Just(AddItem::Price.into()),
        any::<u16>().prop_map(|page| StaffCategories { page }.into()),
        any::<u16>().prop_map(|page| AddItem::Category { page }.into()),
        id().prop_map(|category| AddItem::Kind { category: CategoryId(category) }.into()),
        (id(), id(), any::<bool>()).prop_map(|(item, category, unlimited)| {
            let (item, category) = (ItemId(item), CategoryId(category));
            AddItem::Create { item, category, unlimited }.into()
        }),
        (id(), any::<u16>()).prop_map(|(category, page)| {
            StaffItems { category: CategoryId(category), page }.into()
        }),
        (id(), any::<u16>()).prop_map(|(item, page)| StaffItem { item: ItemId(item), page }.into()),
        id().prop_map(|item| AddStock { item: ItemId(item) }.into()),
        id().prop_map(|item| SetPrice { item: ItemId(item) }.into()),
        stocks(),
    ]
}

fn stocks() -> impl Strategy<Value = Screen> {
    let shelf = prop_oneof![Just(Shelf::Sale), Just(Shelf::Withdrawn)];
    let rule = prop_oneof![Just(Rule::Least), Just(Rule::LowAt)];
    prop_oneof![
        (id(), shelf, any::<i64>()).prop_map(|(item, shelf, after)| {
            StaffUnits { item: ItemId(item), shelf, after }.into()
        }),
        (id(), any::<i64>(), 0..4).prop_map(|(item, unit, which)| {
            let item = ItemId(item);
            match which {
                0 => StaffUnit::Show { item, unit }.into(),
                1 => StaffUnit::Reveal { item, unit }.into(),
                2 => StaffUnit::Withdraw { item, unit }.into(),
                _ => StaffUnit::Withdrawn { item, unit }.into(),
            }
        }),
        (id(), rule).prop_map(|(item, rule)| ItemRules::Ask { item: ItemId(item), rule }.into()),
        id().prop_map(|item| ItemRules::Show { item: ItemId(item) }.into()),
        (id(), any::<bool>()).prop_map(|(item, files)| {
            ItemRules::SellFiles { item: ItemId(item), files }.into()
        }),
        id().prop_map(|item| ExportUnits { item: ItemId(item) }.into()),
    ]
}

fn screens() -> impl Strategy<Value = Screen> {
    prop_oneof![everybodys(), staffs()]
}

proptest! {
    #[test]
    fn tg08_every_screen_fits_a_button_and_comes_back(screen in screens()) {
        let code = screen.encode();
        prop_assert!(code.len() <= CODE_MAX, "{code}");
        prop_assert_eq!(Screen::decode(&code), Some(screen));
    }

    #[test]
    fn wh24_junk_never_panics_and_a_code_that_is_cut_or_longer_is_no_code(
        junk in ".{0,64}",
        screen in screens(),
        extra in "[A-Za-z0-9_-]{1,8}",
    ) {
        let _ = Screen::decode(&junk);
        let code = screen.encode();
        for cut in 1..code.len() {
            prop_assert_ne!(Screen::decode(&code[..cut]), Some(screen.clone()));
        }
        let longer = format!("{code}{extra}");
        prop_assert_ne!(Screen::decode(&longer), Some(screen));
    }
}

#[test]
fn every_letter_is_its_own_and_is_tried_above() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut letters = Screen::LETTERS.to_vec();
    letters.sort_unstable();
    let mut own = letters.clone();
    own.dedup();
    assert_eq!(letters, own, "two screens share a letter");
    let mut runner = TestRunner::deterministic();
    let mut tried: Vec<u8> = (0..5_000)
        .map(|_| screens().new_tree(&mut runner).unwrap().current().encode().as_bytes()[0])
        .collect();
    tried.sort_unstable();
    tried.dedup();
    assert_eq!(tried, letters, "a screen is missing from the strategies above");
}

#[test]
fn the_gateway_knows_presses_that_buy_and_pay_by_these_letters() {
    assert!(Screen::LETTERS.contains(&b'b') && Screen::LETTERS.contains(&b'v'));
    let (order, item) = (OrderId::derived("o"), ItemId::derived("i"));
    assert!(
        Screen::from(Buy { order, item, price_minor: 1, quantity: 1 }).encode().starts_with('b')
    );
    let show = Invoice::Show { invoice: InvoiceId::derived("i") };
    assert!(Screen::from(show).encode().starts_with('v'));
}

#[test]
fn wh25_what_is_not_a_code_leads_nowhere() {
    for code in ["", "h ", "z", "Z", "hAAAA", "buy_42", "i", "iAAAA", "🏠", "noop", "h\0"] {
        assert_eq!(Screen::decode(code), None, "{code:?}");
    }
}
