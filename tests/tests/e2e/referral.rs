//! Inviting friends, and links that invite nobody.

use journeys::buyer::codes;
use journeys::shop::Shop;

#[tokio::test]
async fn ref_06_an_inviter_earns_a_tenth_in_the_same_moment_and_is_told() {
    let shop = Shop::open().await;
    let anna = shop.person(1, "Anna", "en");
    anna.starts().await;
    anna.profile().await;
    let page = anna.goes("🤝 Invite friends", "Your link:").await;
    assert!(page.words().contains("10%"), "{}", page.words());
    let link = codes(&page).remove(0);
    let payload = link.strip_prefix("https://t.me/bodega_bot?start=").expect("a link to the bot");

    let boris = shop.person(2, "Борис", "ru");
    boris.follows(payload).await;
    boris.tops_up_by_stars(505).await;
    let told = anna.sees("for you").await;
    assert!(told.words().contains("50.50\u{a0}₽ for you"), "{}", told.words());
    boris.tops_up_by_crypto(&shop.cryptopay, 100).await;

    shop.settles().await;
    let mut facts = shop.facts().await;
    assert_eq!(facts.balance(anna.id).await, 6_050);
    let same_moment = "select count(*) from payments.transfers t join payments.transfers r \
        on r.kind = 'referral' and t.kind = 'top_up' and r.created_at = t.created_at";
    assert_eq!(facts.count(same_moment).await, 2);
    anna.profile().await;
    let page = anna.goes("🤝 Invite friends", "Your link:").await;
    for line in ["Invited: 1", "Earned: 60.50"] {
        assert!(page.words().contains(line), "{line:?} is not in {:?}", page.words());
    }
    shop.close().await;
}

#[tokio::test]
async fn bug_06_links_that_invite_nobody_show_the_menu_and_harm_nothing() {
    let shop = Shop::open().await;
    let payloads =
        ["abc", "ref_", "ref_999999", "ref_0", "ref_-5", "ref_12x", "ref_99999999999999999999"];
    for (at, payload) in payloads.into_iter().enumerate() {
        let person = shop.person(10 + i64::try_from(at).unwrap(), "Anna", "en");
        person.follows(payload).await;
    }
    let own = shop.person(77, "Eve", "en");
    own.follows("ref_77").await;
    let mut facts = shop.facts().await;
    assert_eq!(
        facts.count("select count(*) from payments.wallets where inviter_id is not null").await,
        0
    );
    own.tops_up_by_stars(100).await;
    assert_eq!(facts.balance(own.id).await, 10_000);
    shop.close().await;
}

#[tokio::test]
async fn ps40_who_is_known_already_cannot_be_invited_later() {
    let shop = Shop::open().await;
    let (anna, boris) = (shop.person(1, "Anna", "en"), shop.person(2, "Boris", "en"));
    anna.starts().await;
    boris.starts().await;
    boris.follows("ref_1").await;
    boris.tops_up_by_stars(100).await;
    shop.settles().await;
    assert_eq!(shop.facts().await.balance(anna.id).await, 0);
    shop.close().await;
}
