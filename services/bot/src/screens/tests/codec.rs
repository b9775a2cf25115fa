//! Buttons carry screens there and back, and nothing else gets in.

use contract::press;
use kernel::ids::{
    BroadcastId, CategoryId, InvoiceId, ItemId, OrderId, PersonId, PressId, PromoId, ReviewId,
    RoleId, TransferId,
};
use kernel::locale::Locale;
use proptest::prelude::*;
use uuid::Uuid;

use crate::broadcast::Audience;
use crate::peers::catalog_admin::ArchivedKind;
use crate::peers::invoices::MethodSlug;
use crate::screens::invited::Place;
use crate::screens::staff::edit_category::CategoryField;
use crate::screens::staff::edit_item::ItemField;
use crate::screens::staff::move_to::Moved;
use crate::screens::staff::person_wallet::Part;
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
        Just(Join.into()),
        prop_oneof![Just(Reward::Show), Just(Reward::Check)].prop_map(Screen::from),
        prop_oneof![Just(Ticket::Show), Just(Ticket::Close)].prop_map(Screen::from),
        (any::<u16>(), any::<u16>()).prop_map(|(page, pages)| Mark { page, pages }.into()),
        page.prop_map(|page| Shop { page }.into()),
        page.prop_map(|page| Search::Found { page }.into()),
        (id(), any::<u16>())
            .prop_map(|(item, page)| Search::Card { item: ItemId(item), page }.into()),
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
        places().prop_map(|place| Invited { place }.into()),
        prop_oneof![Just(None), Just(Some(Locale::En)), Just(Some(Locale::Ru))]
            .prop_map(|chosen| Language { chosen }.into()),
        baskets(),
        reviews(),
    ]
}

fn reviews() -> impl Strategy<Value = Screen> {
    let refusal = prop_oneof![Just(Refusal::Reject), Just(Refusal::Remove)];
    prop_oneof![
        (id(), any::<u16>(), any::<u16>(), any::<u16>()).prop_map(
            |(item, number, page, shop_page)| {
                Reviews { item: ItemId(item), number, page, shop_page }.into()
            }
        ),
        id().prop_map(|item| WriteReview::Ask { item: ItemId(item) }.into()),
        (id(), any::<u8>()).prop_map(|(item, stars)| WriteReview::Stars {
            item: ItemId(item),
            stars
        }
        .into()),
        (id(), any::<u8>()).prop_map(|(item, stars)| WriteReview::Send {
            item: ItemId(item),
            stars
        }
        .into()),
        id().prop_map(|item| WriteReview::AskTakeBack { item: ItemId(item) }.into()),
        id().prop_map(|item| WriteReview::TakeBack { item: ItemId(item) }.into()),
        any::<u16>().prop_map(|page| StaffReviews::List { page }.into()),
        id().prop_map(|review| StaffReviews::Show { review: ReviewId(review) }.into()),
        (id(), any::<u32>()).prop_map(|(review, version)| {
            StaffReviews::Approve { review: ReviewId(review), version }.into()
        }),
        (id(), any::<u32>(), refusal, any::<bool>()).prop_map(
            |(review, version, refusal, asks)| {
                let review = ReviewId(review);
                if asks {
                    StaffReviews::AskWhy { review, version, refusal }.into()
                } else {
                    StaffReviews::Refuse { review, version, refusal }.into()
                }
            }
        ),
    ]
}

fn baskets() -> impl Strategy<Value = Screen> {
    prop_oneof![
        Just(Cart::Show.into()),
        Just(Cart::AskClear.into()),
        Just(Cart::Clear.into()),
        Just(Checkout.into()),
        Just(Redeem.into()),
        (id(), id(), any::<u16>(), any::<u16>()).prop_map(|(add, item, page, shop_page)| {
            Cart::Add { add: PressId(add), item: ItemId(item), page, shop_page }.into()
        }),
        (id(), any::<u8>())
            .prop_map(|(item, quantity)| Cart::Set { item: ItemId(item), quantity }.into()),
        id().prop_map(|item| Cart::Remove { item: ItemId(item) }.into()),
        id().prop_map(|item| Cart::DropPromo { item: ItemId(item) }.into()),
        id().prop_map(|order| Pay { order: OrderId(order) }.into()),
        (id(), id(), any::<i64>(), any::<u8>()).prop_map(|(order, item, price_minor, quantity)| {
            let (order, item) = (OrderId(order), ItemId(item));
            BuyOn::Item { order, item, price_minor, quantity }.into()
        }),
        id().prop_map(|order| BuyOn::Agreed { order: OrderId(order) }.into()),
        id().prop_map(|order| BuyOn::Cancel { order: OrderId(order) }.into()),
        (id(), any::<u16>(), any::<u16>()).prop_map(|(item, page, shop_page)| {
            Discount::Ask { item: ItemId(item), page, shop_page }.into()
        }),
        (id(), id(), any::<u16>(), any::<u16>()).prop_map(|(item, promo, page, shop_page)| {
            let (item, promo) = (ItemId(item), PromoId(promo));
            Discount::Card { item, promo, page, shop_page }.into()
        }),
        (id(), id(), any::<bool>()).prop_map(|(item, promo, buys)| {
            let (item, promo) = (ItemId(item), PromoId(promo));
            if buys {
                Discount::Confirm { item, promo }.into()
            } else {
                Discount::ToCart { item, promo }.into()
            }
        }),
        (id(), any::<u8>(), any::<u16>()).prop_map(|(order, line, page)| {
            PurchaseLine { order: OrderId(order), line, page }.into()
        }),
    ]
}

fn promos() -> impl Strategy<Value = Screen> {
    let kinds = [PromoKind::Percent, PromoKind::Fixed, PromoKind::Balance];
    let plain = [
        AddPromo::Code,
        AddPromo::Kind,
        AddPromo::Uses,
        AddPromo::LastDay,
        AddPromo::Bind,
        AddPromo::ToAnything,
    ];
    prop_oneof![
        prop::sample::select(plain.to_vec()).prop_map(Screen::from),
        prop::sample::select(kinds.to_vec()).prop_map(|kind| AddPromo::Worth { kind }.into()),
        any::<u16>().prop_map(|page| AddPromo::Categories { page }.into()),
        (id(), any::<u16>()).prop_map(|(category, page)| {
            AddPromo::Items { category: CategoryId(category), page }.into()
        }),
        id().prop_map(|category| AddPromo::ToCategory { category: CategoryId(category) }.into()),
        id().prop_map(|item| AddPromo::ToItem { item: ItemId(item) }.into()),
        id().prop_map(|promo| AddPromo::Create { promo: PromoId(promo) }.into()),
        any::<u16>().prop_map(|page| StaffPromos::List { page }.into()),
        (id(), any::<u16>(), 0..5).prop_map(|(promo, page, act)| {
            let promo = PromoId(promo);
            match act {
                0 => StaffPromos::Card { promo, page },
                1 => StaffPromos::On { promo, page },
                2 => StaffPromos::Off { promo, page },
                3 => StaffPromos::AskArchive { promo, page },
                _ => StaffPromos::Archive { promo, page },
            }
            .into()
        }),
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

/// As large as Telegram makes them.
fn person() -> impl Strategy<Value = PersonId> {
    (1..=1_i64 << 52).prop_map(PersonId)
}

fn places() -> impl Strategy<Value = Place> {
    let of = || prop_oneof![Just(None), person().prop_map(Some)];
    prop_oneof![
        any::<u16>().prop_map(|page| Place::People { page }),
        (of(), any::<u16>()).prop_map(|(of, page)| Place::Earnings { of, page }),
        (id(), of(), any::<u16>())
            .prop_map(|(id, of, page)| { Place::Earning { id: TransferId(id), of, page } }),
    ]
}

fn of_money() -> impl Strategy<Value = Screen> {
    prop_oneof![
        Just(MoneyStats.into()),
        person().prop_map(|person| PersonWallet::of(person).into()),
        person().prop_map(|person| PersonWallet { person, part: Part::Referrals }.into()),
        (person(), places()).prop_map(|(person, place)| {
            PersonWallet { person, part: Part::Invited(place) }.into()
        }),
        person().prop_map(|person| Adjust::Amount { person }.into()),
        (person(), any::<i64>())
            .prop_map(|(person, amount_minor)| { Adjust::Reason { person, amount_minor }.into() }),
        (id(), person(), any::<i64>()).prop_map(|(transfer, person, amount_minor)| {
            Adjust::Make { transfer: TransferId(transfer), person, amount_minor }.into()
        }),
        any::<u16>().prop_map(|page| Proposals::List { page }.into()),
        id().prop_map(|id| Proposals::Show { proposal: TransferId(id) }.into()),
        id().prop_map(|id| Proposals::Approve { proposal: TransferId(id) }.into()),
        id().prop_map(|id| Proposals::Reject { proposal: TransferId(id) }.into()),
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
        (place(), any::<u16>())
            .prop_map(|(inside, page)| AddItem::Category { inside, page }.into()),
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
        roles(),
        shapes(),
        assignments(),
        prop_oneof![
            Just(Maintenance::Show.into()),
            Just(Maintenance::Ask.into()),
            Just(Maintenance::Close.into()),
            Just(Maintenance::Open.into()),
        ],
        (any::<bool>(), any::<i64>())
            .prop_map(|(problems, before)| Journal { problems, before }.into()),
        abouts_people(),
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

fn roles() -> impl Strategy<Value = Screen> {
    let role = || id().prop_map(RoleId);
    prop_oneof![
        any::<u16>().prop_map(|page| Roles::List { page }.into()),
        role().prop_map(|role| Roles::Card { role }.into()),
        (role(), any::<u16>()).prop_map(|(role, page)| Roles::Members { role, page }.into()),
        role().prop_map(|role| Roles::AskPerson { role }.into()),
        role().prop_map(|role| Roles::AskDelete { role }.into()),
        role().prop_map(|role| Roles::Delete { role }.into()),
    ]
}

fn shapes() -> impl Strategy<Value = Screen> {
    let role = || id().prop_map(RoleId);
    let bits = any::<u16>;
    prop_oneof![
        Just(ShapeRole::Name.into()),
        (role(), bits()).prop_map(|(role, bits)| ShapeRole::New { role, bits }.into()),
        (role(), bits()).prop_map(|(role, bits)| ShapeRole::Create { role, bits }.into()),
        (role(), bits()).prop_map(|(role, bits)| ShapeRole::Edit { role, bits }.into()),
        (role(), bits()).prop_map(|(role, bits)| ShapeRole::Save { role, bits }.into()),
        role().prop_map(|role| ShapeRole::Rename { role }.into()),
    ]
}

fn assignments() -> impl Strategy<Value = Screen> {
    let ids = || (any::<i64>().prop_map(PersonId), id().prop_map(RoleId));
    prop_oneof![
        (any::<i64>(), any::<u16>()).prop_map(|(id, page)| AssignRole::Choose {
            person: PersonId(id),
            page
        }
        .into()),
        ids().prop_map(|(person, role)| AssignRole::Ask { person, role }.into()),
        ids().prop_map(|(person, role)| AssignRole::Give { person, role }.into()),
    ]
}

fn abouts_people() -> impl Strategy<Value = Screen> {
    let person = || any::<i64>().prop_map(PersonId);
    prop_oneof![
        any::<u16>().prop_map(|page| StaffTickets::List { page }.into()),
        person().prop_map(|person| StaffTickets::Card { person }.into()),
        person().prop_map(|person| StaffTickets::Close { person }.into()),
        Just(FindPerson.into()),
        Just(Statistics.into()),
        "[on0-9.]{0,40}"
            .prop_map(|cursor| StaffPeople { among: Among::Unreachable, cursor }.into()),
        person().prop_map(|person| StaffPerson { person }.into()),
        person().prop_map(|person| BlockPerson::AskWhy { person }.into()),
        person().prop_map(|person| BlockPerson::Block { person }.into()),
        person().prop_map(|person| BlockPerson::AskToUnblock { person }.into()),
        person().prop_map(|person| BlockPerson::Unblock { person }.into()),
    ]
}

fn place() -> impl Strategy<Value = Option<CategoryId>> {
    prop_oneof![Just(None), id().prop_map(|id| Some(CategoryId(id)))]
}

fn kind() -> impl Strategy<Value = ArchivedKind> {
    prop_oneof![Just(ArchivedKind::Item), Just(ArchivedKind::Category)]
}

/// Staff's screens that change the catalogue.
fn catalogues() -> impl Strategy<Value = Screen> {
    let fields = prop_oneof![
        Just(ItemField::Menu),
        Just(ItemField::Picture),
        Just(ItemField::Sold { unlimited: true })
    ];
    let moved = prop_oneof![
        id().prop_map(|id| Moved::Item(ItemId(id))),
        id().prop_map(|id| Moved::Category(CategoryId(id)))
    ];
    prop_oneof![
        (id(), fields).prop_map(|(id, field)| EditItem { item: ItemId(id), field }.into()),
        id().prop_map(|id| {
            EditCategory { category: CategoryId(id), field: CategoryField::Below }.into()
        }),
        (moved, place(), any::<u16>(), any::<bool>())
            .prop_map(|(what, inside, page, here)| { MoveTo { what, inside, page, here }.into() }),
        id().prop_map(|id| Archive::ItemNow { item: ItemId(id) }.into()),
        (id(), any::<u32>(), any::<u32>()).prop_map(|(id, categories, items)| {
            Archive::CategoryNow { category: CategoryId(id), categories, items }.into()
        }),
        (kind(), any::<u16>()).prop_map(|(kind, page)| Archived::List { kind, page }.into()),
        (kind(), id(), any::<u16>()).prop_map(|(kind, id, page)| Archived::Restore {
            kind,
            id,
            page
        }
        .into()),
        Just(FindOrder::Number.into()),
        id().prop_map(|id| FindOrder::Reason { order: OrderId(id) }.into()),
    ]
}

fn audiences() -> impl Strategy<Value = Audience> {
    let currency = "RUB".parse().expect("a currency");
    prop_oneof![
        Just(Audience::Everybody),
        Just(Audience::Buyers),
        Just(Audience::WithoutPurchase),
        any::<u32>().prop_map(|days| Audience::Inactive { days }),
        any::<i64>().prop_map(move |minor| {
            Audience::SpentOver { amount: kernel::money::Money::new(minor, currency) }
        }),
        id().prop_map(|item| Audience::Bought { item: ItemId(item) }),
        Just(Audience::Speaking { locale: Locale::Ru }),
    ]
}

fn broadcasts() -> impl Strategy<Value = Screen> {
    let plain =
        [Compose::Message, Compose::Buttons, Compose::Audience, Compose::Days, Compose::Spent];
    prop_oneof![
        prop::sample::select(plain.to_vec()).prop_map(Screen::from),
        any::<u16>().prop_map(|page| Compose::Categories { page }.into()),
        (id(), any::<u16>()).prop_map(|(category, page)| {
            Compose::Items { category: CategoryId(category), page }.into()
        }),
        (id(), audiences()).prop_map(|(broadcast, audience)| {
            Compose::Keep { broadcast: BroadcastId(broadcast), audience }.into()
        }),
        any::<u16>().prop_map(|page| Broadcasts::List { page }.into()),
        (id(), id()).prop_map(|(broadcast, preview)| {
            let (broadcast, preview) = (BroadcastId(broadcast), PressId(preview));
            Broadcasts::Preview { broadcast, preview }.into()
        }),
        (id(), 0..6).prop_map(|(broadcast, act)| {
            let broadcast = BroadcastId(broadcast);
            match act {
                0 => Broadcasts::Card { broadcast },
                1 => Broadcasts::AskSend { broadcast },
                2 => Broadcasts::Send { broadcast },
                3 => Broadcasts::AskTime { broadcast },
                4 => Broadcasts::AskCancel { broadcast },
                _ => Broadcasts::Cancel { broadcast },
            }
            .into()
        }),
    ]
}

fn screens() -> impl Strategy<Value = Screen> {
    prop_oneof![everybodys(), baskets(), staffs(), of_money(), promos(), catalogues(), broadcasts()]
}

proptest! {
    #[test]
    fn bug_45_tg08_every_screen_fits_a_button_and_comes_back(screen in screens()) {
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
    let mut tried: Vec<u8> = (0..10_000)
        .map(|_| screens().new_tree(&mut runner).unwrap().current().encode().as_bytes()[0])
        .collect();
    tried.sort_unstable();
    tried.dedup();
    assert_eq!(tried, letters, "a screen is missing from the strategies above");
}

#[test]
fn sec_10_every_screen_declares_whether_it_moves_money() {
    for letter in Screen::LETTERS {
        let shown = char::from(*letter);
        assert!(
            press::declared(*letter).is_some(),
            "what does a press of `{shown}` do? declare it in crates/contract/src/press.rs"
        );
    }
}

#[test]
fn sec_10_sec_02_bug_34_presses_that_buy_and_pay_are_known_by_their_letters() {
    let (order, item) = (OrderId::derived("o"), ItemId::derived("i"));
    let pay = Screen::from(Pay { order });
    assert_eq!(press::Press::of(&pay.encode()), press::Press::Buys);
    assert!(pay.moves_money());
    let buy = Screen::from(Buy { order, item, price_minor: 1, quantity: 1 });
    assert_eq!(press::Press::of(&buy.encode()), press::Press::Buys);
    assert!(buy.moves_money());
    let invoice = InvoiceId::derived("i");
    let method = MethodSlug::try_from("stars".to_owned()).unwrap();
    let open = Screen::from(Invoice::Open { invoice, method, amount_minor: 1 });
    let check = Screen::from(Invoice::Check { invoice });
    assert_eq!(press::Press::of(&open.encode()), press::Press::Pays);
    assert!(open.moves_money());
    assert!(!check.moves_money(), "asking after a payment is right however old the message is");
    assert!(!Screen::from(Confirm { item, page: 0, shop_page: 0, quantity: 1 }).moves_money());
}

#[test]
fn wh25_what_is_not_a_code_leads_nowhere() {
    for code in ["", "h ", "z", "Z", "hAAAA", "buy_42", "i", "iAAAA", "🏠", "noop", "h\0"] {
        assert_eq!(Screen::decode(code), None, "{code:?}");
    }
}
