//! Whoever is shut out: what they are told, what still arrives, who may do it, and how fast it holds.

use std::time::Duration;

use contract::bot::bot_feed_service_client::BotFeedServiceClient;
use contract::bot::event::What;
use contract::bot::{
    BlockPersonRequest, Event, GetStandingRequest, TakeUpdateRequest, UnblockPersonRequest,
};
use contract::common::ReadFeedRequest;
use contract::failure::Failure;
use contract::payments;
use emulators::telegram::PersonId;
use prost::Message as _;

use super::fakes::roubles;
use super::shop::{ANNA, BORIS, OWNER, TestShop};

const ALL: u32 = 1_023;
/// May look after people, and buy.
const USERS: u32 = 8 | 1;
const STAFF: PersonId = PersonId(77);

async fn block(shop: &TestShop, by: (PersonId, u32), person: PersonId) -> Result<(), String> {
    let message = BlockPersonRequest { person_id: person.0, reason: " spam & scam ".into() };
    let answer = shop.people().block_person(shop.request_of(by.0, by.1, message)).await;
    answer.map(|_| ()).map_err(|status| Failure::from(status).code().to_owned())
}

async fn unblock(shop: &TestShop, person: PersonId) {
    let message = UnblockPersonRequest { person_id: person.0 };
    shop.people().unblock_person(shop.request_of(OWNER, ALL, message)).await.unwrap();
}

async fn starts(shop: &TestShop) {
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
}

async fn drained(shop: &TestShop) {
    shop.telegram.wait_until_drained(Duration::from_secs(20)).await.unwrap();
}

/// What the bot has told others; waits until it is as much as this.
async fn told(shop: &TestShop, least: usize) -> Vec<What> {
    let mut feed = BotFeedServiceClient::new(shop.ground.wires.bot.clone());
    loop {
        let caller = shop.ground.caller_for_service("admin");
        let request = caller.request(ReadFeedRequest::default());
        let entries = feed.read_feed(request).await.unwrap().into_inner().entries;
        if entries.len() >= least {
            let read = |event: &[u8]| Event::decode(event).unwrap().what.unwrap();
            return entries.iter().map(|entry| read(&entry.event)).collect();
        }
    }
}

#[tokio::test]
async fn num_09_sec_12_a_blocked_person_is_told_once_and_nothing_works() {
    let shop = TestShop::open().await;
    starts(&shop).await;
    block(&shop, (OWNER, ALL), ANNA).await.unwrap();
    shop.telegram.forget_calls();
    shop.says(ANNA, "/shop");
    shop.sees(ANNA, &["access to this shop is blocked"]).await;
    for text in ["/start", "hello", "/topup", "100"] {
        shop.says(ANNA, text);
    }
    let menu = shop.telegram.messages(ANNA.0);
    let menu = menu.iter().find(|message| message.button("Shop").is_some()).unwrap();
    shop.telegram.press_button(ANNA, menu.message_id, "Shop").unwrap();
    drained(&shop).await;
    assert_eq!(shop.telegram.calls(Some(ANNA.0)).len(), 1, "one answer, whatever they send");
    assert!(!shop.fakes.state().calls.contains_key("list_categories"));
    shop.close().await;
}

#[tokio::test]
async fn num_09_a_press_of_a_blocked_person_is_answered_with_the_reason_once() {
    let shop = TestShop::open().await;
    starts(&shop).await;
    block(&shop, (OWNER, ALL), ANNA).await.unwrap();
    let answer = shop.presses(ANNA, "Profile").await;
    assert!(answer.show_alert && answer.text.unwrap().contains("is blocked"));
    assert!(shop.telegram.last_message(ANNA.0).unwrap().words().contains("Hi, Anna"));
    shop.close().await;
}

#[tokio::test]
async fn bug_44_a_block_and_its_end_hold_on_every_replica() {
    let shop = TestShop::open().await;
    let mut replica = shop.replica().await;
    let mut update = 0;
    let mut says_there = async |text: &str| {
        update += 1;
        let body = format!(
            r#"{{"update_id":{update},"message":{{"message_id":{update},"date":1,"text":"{text}",
            "from":{{"id":{ANNA},"is_bot":false,"first_name":"Anna","username":"anna",
            "language_code":"en"}},"chat":{{"id":{ANNA},"type":"private"}}}}}}"#
        );
        let message = TakeUpdateRequest { update: body.into_bytes() };
        let request = shop.ground.caller_for_service("gateway").request(message);
        replica.take_update(request).await.unwrap();
        shop.telegram.last_message(ANNA.0).unwrap().words().to_owned()
    };
    starts(&shop).await;
    assert!(says_there("/rules").await.contains("Be kind."));
    block(&shop, (OWNER, ALL), ANNA).await.unwrap();
    // Until the other replica has heard it; here it holds at once.
    while !says_there("/rules").await.contains("is blocked") {
        tokio::task::yield_now().await;
    }
    unblock(&shop, ANNA).await;
    while !says_there("/support").await.contains("1001") {
        tokio::task::yield_now().await;
    }
    shop.says(ANNA, "/profile");
    shop.sees(ANNA, &["Balance:"]).await;
    shop.close().await;
}

#[tokio::test]
async fn bug_71_sec_19_a_block_is_audited_once_and_in_the_name_of_who_did_it() {
    let shop = TestShop::open().await;
    starts(&shop).await;
    for _ in 0..2 {
        block(&shop, (STAFF, USERS), ANNA).await.unwrap();
    }
    for _ in 0..2 {
        unblock(&shop, ANNA).await;
    }
    let events = told(&shop, 4).await;
    let [
        What::Audited(blocked),
        What::PersonBlocked(_),
        What::Audited(unblocked),
        What::PersonUnblocked(_),
    ] = events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert_eq!((blocked.staff_id, blocked.person_id), (STAFF.0, ANNA.0));
    assert_eq!(
        (blocked.action.as_str(), blocked.reason.as_str()),
        ("bot.person.block", "spam & scam")
    );
    assert_eq!((unblocked.staff_id, unblocked.action.as_str()), (OWNER.0, "bot.person.unblock"));
    let changes: Vec<_> = [blocked, unblocked]
        .iter()
        .flat_map(|entry| &entry.changes)
        .map(|change| (&*change.field, &*change.before, &*change.after))
        .collect();
    assert_eq!(changes, [("blocked", "false", "true"), ("blocked", "true", "false")]);
    shop.close().await;
}

#[tokio::test]
async fn bug_37_staff_block_only_those_below_them_and_never_the_owner_or_themselves() {
    let shop = TestShop::open().await;
    starts(&shop).await;
    shop.says(OWNER, "/start");
    shop.sees(OWNER, &["Hi, Olga"]).await;
    let refused = |code: &str| Err(code.to_owned());
    assert_eq!(block(&shop, (STAFF, USERS), OWNER).await, refused("bot.not_above"));
    assert_eq!(block(&shop, (OWNER, ALL), OWNER).await, refused("bot.not_above"));
    assert_eq!(block(&shop, (ANNA, USERS), ANNA).await, refused("bot.not_above"));
    assert_eq!(block(&shop, (STAFF, 8), ANNA).await, refused("bot.not_above"));
    assert_eq!(block(&shop, (STAFF, 1), ANNA).await, refused("common.denied"));
    assert_eq!(block(&shop, (OWNER, ALL), BORIS).await, refused("bot.person_missing"));
    shop.counts("select count(*) from bot.people where blocked_at is not null", 0).await;
    assert!(told(&shop, 0).await.is_empty());
    shop.close().await;
}

#[tokio::test]
async fn bug_01_money_of_a_blocked_person_is_told_of_and_their_payment_updates_pass() {
    let shop = TestShop::open().await;
    starts(&shop).await;
    shop.fund(ANNA, 10_000);
    block(&shop, (OWNER, ALL), ANNA).await.unwrap();
    let paid = payments::InvoicePaid {
        invoice_id: kernel::ids::InvoiceId::derived("i").to_string(),
        person_id: ANNA.0,
        amount: Some(roubles(10_000)),
        method: "stars".into(),
        transfer_id: "t-1".into(),
    };
    shop.tell_payments(payments::event::What::InvoicePaid(paid));
    shop.sees(ANNA, &["100\u{a0}₽"]).await;
    let calls = shop.telegram.calls(Some(ANNA.0)).len();
    let update = format!(
        r#"{{"update_id":1,"message":{{"message_id":1,"date":1,
        "from":{{"id":{ANNA},"is_bot":false,"first_name":"Anna"}},
        "chat":{{"id":{ANNA},"type":"private"}},"successful_payment":{{"currency":"XTR",
        "total_amount":1,"invoice_payload":"p","telegram_payment_charge_id":"t",
        "provider_payment_charge_id":"c"}}}}}}"#
    );
    shop.take(update).await.unwrap();
    assert_eq!(shop.telegram.calls(Some(ANNA.0)).len(), calls, "payments answers for it");
    shop.close().await;
}

#[tokio::test]
async fn num_09_other_services_learn_who_is_known_and_who_is_blocked() {
    let shop = TestShop::open().await;
    starts(&shop).await;
    let standing = async |person: PersonId| {
        let message = GetStandingRequest { person_id: person.0 };
        let request = shop.ground.caller_for_service("payments").request(message);
        let answer = shop.people().get_standing(request).await.unwrap().into_inner();
        (answer.is_known, answer.is_blocked)
    };
    assert_eq!(standing(ANNA).await, (true, false));
    assert_eq!(standing(BORIS).await, (false, false));
    block(&shop, (OWNER, ALL), ANNA).await.unwrap();
    assert_eq!(standing(ANNA).await, (true, true));
    let message = GetStandingRequest { person_id: ANNA.0 };
    let refused = shop.people().get_standing(shop.request_of(OWNER, ALL, message)).await;
    assert_eq!(Failure::from(refused.unwrap_err()).code(), "common.denied");
    shop.close().await;
}

#[tokio::test]
async fn sec_11_bots_are_neither_registered_nor_answered() {
    let shop = TestShop::open().await;
    shop.telegram.forget_calls();
    let bot = r#""from":{"id":1001,"is_bot":true,"first_name":"B"}"#;
    let message = r#""message_id":1,"date":1,"text":"/start","chat":{"id":1001,"type":"private"}"#;
    for update in [
        format!(r#"{{"update_id":1,"message":{{{bot},{message}}}}}"#),
        format!(
            r#"{{"update_id":2,"callback_query":{{"id":"1",{bot},"message":{{{message}}},
            "data":"h"}}}}"#
        ),
    ] {
        shop.take(update).await.unwrap();
    }
    shop.counts("select count(*) from bot.people", 0).await;
    let calls = shop.telegram.calls(Some(ANNA.0));
    assert!(calls.iter().all(|call| call.method == "answerCallbackQuery"), "{calls:?}");
    shop.close().await;
}
