//! Roles, adjustments of balances and the closed sign: what staff may do, at the moment they do it.

use journeys::buyer::{Buyer, invoice_id};
use journeys::shop::Shop;

/// From 500 roubles on a second person has to agree.
const FOUR_EYES: (&str, &str) = ("BODEGA__PAYMENTS__ADJUSTMENTS__APPROVAL_FROM", "500");
const BORIS: i64 = 77;
const CLARA: i64 = 78;

/// Somebody who has met the bot.
async fn meet<'a>(shop: &'a Shop, id: i64, name: &str) -> Buyer<'a> {
    let person = shop.person(id, name, "en");
    person.starts().await;
    person
}

/// The owner gives a person a role, from the list of roles.
async fn appoint(owner: &Buyer<'_>, person: &Buyer<'_>, role: &str) {
    owner.goes_to_the_desk().await;
    owner.goes("🛡 Roles", "Roles").await;
    owner.goes(role, "It allows:").await;
    owner.goes("👥 Who has it", role).await;
    owner.goes("➕ Give it to somebody", "Telegram ID").await;
    owner.tells(&person.id.0.to_string(), "instead?").await;
    owner.goes("✅ Give it", "now has the role").await;
}

/// Takes every role away, from the person's card.
async fn demote(owner: &Buyer<'_>, person: &Buyer<'_>) {
    opens_card(owner, person).await;
    owner.goes("🛡 Role", "Which one instead?").await;
    owner.goes("USER", "instead?").await;
    owner.goes("✅ Give it", "now has the role").await;
}

async fn opens_card(staff: &Buyer<'_>, person: &Buyer<'_>) {
    staff.goes_to_the_desk().await;
    staff.goes("👥 People", "People").await;
    staff.goes("🔎 Find", "Send").await;
    staff.tells(&person.id.0.to_string(), &person.id.0.to_string()).await;
}

/// Goes as far as the question whether to do it.
async fn asks_to_adjust(staff: &Buyer<'_>, person: &Buyer<'_>, amount: &str) {
    opens_card(staff, person).await;
    staff.goes("± Adjust the balance", "Send").await;
    staff.tells(amount, "reason").await;
    staff.tells("a mistake of ours", "Reason: a mistake of ours").await;
}

#[tokio::test]
async fn bug_35_adm_09_whoever_is_demoted_in_a_conversation_cannot_finish_it() {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let boris = meet(&shop, BORIS, "Boris").await;
    assert!(boris.starts().await.callback("For staff").is_none());
    appoint(&owner, &boris, "ADMIN").await;

    boris.adds_category("Keys").await;
    boris.goes_to_the_desk().await;
    boris.goes("➕ Category", "Send the name of the new category").await;
    demote(&owner, &boris).await;
    boris.tells("Sneaked in", boris.words.menu).await;
    let mut facts = shop.facts().await;
    assert_eq!(facts.count("select count(*) from inventory.categories").await, 1);
    let audited = "select count(*) from admin.audit_entries \
        where action = 'admin.role.assign' and staff_id = 9000 and person_id = 77";
    facts.until(audited, |entries| entries == 2).await;
    shop.close().await;
}

#[tokio::test]
async fn adm_06_bug_01_bug_43_a_closed_shop_takes_money_stays_closed_after_a_restart_and_opens_again()
 {
    let shop = Shop::open().await;
    let owner = shop.owner();
    let anna = meet(&shop, 42, "Anna").await;
    let invoice = anna.opens_crypto_invoice(500).await;
    owner.goes_to_the_desk().await;
    owner.goes("🚧 Maintenance", "open for everybody").await;
    owner.goes("🚧 Close the shop", "Send a few words").await;
    owner.tells("Back at <b>noon</b> & not before", "closed for everybody but staff").await;

    let sign = "Back at <b>noon</b> & not before";
    anna.tells("/start", sign).await;
    let invoice_id = invoice_id(&shop.cryptopay, &invoice);
    shop.cryptopay.pay(invoice_id, Some("USDT")).expect("it can be paid");
    anna.sees_credit(invoice.message_id, 500).await;

    shop.stop().await;
    shop.start(&[]).await;
    anna.tells("/start", sign).await;
    owner.goes_to_the_desk().await;
    owner.goes("🚧 Maintenance", "closed for everybody but staff").await;
    owner.goes("✅ Open the shop", "open for everybody").await;
    let profile = anna.profile().await;
    assert!(profile.words().contains("Balance: 500"), "{}", profile.words());
    shop.close().await;
}

#[tokio::test]
async fn new_09_pay_15_a_small_adjustment_is_done_and_a_large_one_waits_for_a_second_person() {
    let shop = Shop::open_with(&[FOUR_EYES]).await;
    let owner = shop.owner();
    let (boris, clara) = (meet(&shop, BORIS, "Boris").await, meet(&shop, CLARA, "Clara").await);
    let anna = meet(&shop, 42, "Anna").await;
    appoint(&owner, &boris, "ADMIN").await;
    appoint(&owner, &clara, "ADMIN").await;
    let mut facts = shop.facts().await;

    asks_to_adjust(&boris, &anna, "+499.99").await;
    let question = boris.finds("✅ Yes,").await;
    // Pressed again and again, it is one adjustment.
    for _ in 0..10 {
        boris.presses_on(&question, "✅ Yes,").await;
    }
    boris.sees("499.99").await;
    assert_eq!(facts.balance(anna.id).await, 49_999);

    asks_to_adjust(&boris, &anna, "+500").await;
    boris.goes("✅ Yes,", "Nothing has moved yet").await;
    assert_eq!(facts.balance(anna.id).await, 49_999);
    clara.goes_to_the_desk().await;
    clara.goes("👀 Awaiting approval", "waits for a second person").await;
    clara.goes("Anna", "Proposed by").await;
    clara.goes("✅ Approve", "Approved and done").await;
    assert_eq!(facts.balance(anna.id).await, 99_999);

    // Staff of the same rank are out of reach, and so is the owner.
    for person in [&clara, &owner] {
        opens_card(&boris, person).await;
        let card = boris.sees(&person.id.0.to_string()).await;
        assert!(card.callback("± Adjust").is_none(), "{}", card.words());
    }
    shop.close().await;
}
