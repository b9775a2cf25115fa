//! What changed clients, other chats and broken senders can do: nothing.

use super::shop::{ANNA, OWNER, TestShop};

#[tokio::test]
async fn wh24_forged_and_stale_buttons_show_the_menu() {
    let shop = TestShop::open().await;
    shop.says(ANNA, "/start");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    for code in ["noop", "buy_1", "b", "iAAAA", "zzzz", "hAAAA", &"A".repeat(64)] {
        let answer = shop.forges(ANNA, code).await;
        assert!(answer.text.unwrap().contains("out of date"), "{code:?}");
    }
    assert!(shop.telegram.last_message(ANNA.0).unwrap().words().contains("Hi, Anna"));
    shop.close().await;
}

#[tokio::test]
async fn staff_screens_are_the_menu_for_everybody_else() {
    let shop = TestShop::open().await;
    shop.says(OWNER, "/admin");
    let desk = shop.sees(OWNER, &["For staff"]).await;
    let code = desk.callback("Category").unwrap().to_owned();
    shop.says(ANNA, "/admin");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    shop.forges(ANNA, &code).await;
    shop.says(ANNA, "My own category");
    shop.telegram.wait_until_drained(std::time::Duration::from_secs(20)).await.unwrap();
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert!(shop.fakes.state().categories.is_empty());
    shop.close().await;
}

#[tokio::test]
async fn sec_11_wh27_groups_bots_and_forwarded_commands_are_ignored() {
    let shop = TestShop::open().await;
    shop.telegram.forget_calls();
    let person = r#""from":{"id":1001,"is_bot":false,"first_name":"Anna"}"#;
    let private = r#""chat":{"id":1001,"type":"private"}"#;
    let group = r#""chat":{"id":-5,"type":"group","title":"g"}"#;
    let bot = r#""from":{"id":1001,"is_bot":true,"first_name":"B"}"#;
    for message in [
        format!(r#"{person},{group},"text":"/start""#),
        format!(r#"{bot},{private},"text":"/start""#),
        format!(r#"{group},"text":"/start""#),
        format!(r#"{person},{private},"text":"/start","forward_origin":{{"type":"hidden_user"}}"#),
        format!(r#"{person},{private},"text":"/start","via_bot":{{"id":1}}"#),
        format!(
            r#"{person},{private},"successful_payment":{{"currency":"XTR","total_amount":1,
            "invoice_payload":"p","telegram_payment_charge_id":"t",
            "provider_payment_charge_id":"c"}}"#
        ),
    ] {
        let update =
            format!(r#"{{"update_id":1,"message":{{"message_id":1,"date":1,{message}}}}}"#);
        shop.take(update).await.unwrap();
    }
    assert!(shop.telegram.calls(Some(ANNA.0)).is_empty());
    shop.counts("select count(*) from bot.people", 0).await;
    shop.close().await;
}

#[tokio::test]
async fn wh23_unknown_kinds_are_taken_and_what_is_no_update_is_refused() {
    let shop = TestShop::open().await;
    for update in [
        r#"{"update_id":1,"something_new":{"a":1}}"#,
        r#"{"update_id":2,"poll":{"id":"1"}}"#,
        r#"{"update_id":3,"edited_message":{"message_id":1,"date":1,"text":"x",
            "from":{"id":1001,"first_name":"A"},"chat":{"id":1001,"type":"private"}}}"#,
    ] {
        shop.take(update).await.unwrap();
    }
    for junk in ["", "{}", "[]", "null", r#"{"update_id":"x"}"#, "\u{0}\u{1}"] {
        assert_eq!(shop.take(junk).await.unwrap_err().code(), "bot.malformed_update");
    }
    shop.close().await;
}

#[tokio::test]
async fn wh32_a_parked_update_is_one_row_of_at_most_64_kib() {
    let shop = TestShop::open().await;
    let large = vec![b'x'; 100_000];
    for _ in 0..3 {
        shop.park(b"{broken", "malformed").await.unwrap();
        shop.park(&large, "poison").await.unwrap();
    }
    shop.counts("select count(*) from bot.parked_updates where kind is null", 2).await;
    shop.counts("select max(size) from bot.parked_updates", 100_000).await;
    let kept = bot::find_parked_update(&shop.ground, 2).await.unwrap().unwrap();
    assert_eq!(kept, large[..65_536]);
    shop.close().await;
}

#[tokio::test]
async fn sc01_goods_in_a_parked_update_are_not_in_a_dump_and_can_be_looked_up() {
    let shop = TestShop::open().await;
    let pasted = r#"{"update_id":9,"message":{"message_id":1,"date":1,"text":"CANARY-1",
        "from":{"id":7,"is_bot":false,"first_name":"CANARY"},"chat":{"id":7,"type":"private"}}}"#;
    shop.park(pasted.as_bytes(), "poison").await.unwrap();
    let known = "select count(*) from bot.parked_updates \
        where update_id = 9 and kind = 'message' and person_id = 7 and octet_length(sha256) = 32";
    shop.counts(known, 1).await;
    let readable = "select count(*) from bot.parked_updates p \
        where p::text like '%CANARY%' or position('CANARY'::bytea in p.sealed) > 0";
    shop.counts(readable, 0).await;
    let body = bot::find_parked_update(&shop.ground, 1).await.unwrap().unwrap();
    assert_eq!(body, pasted.as_bytes());
    assert_eq!(bot::find_parked_update(&shop.ground, 99).await.unwrap(), None);
    shop.run("update bot.parked_updates set sha256 = '\\x00'").await;
    let moved = bot::find_parked_update(&shop.ground, 1).await.unwrap_err();
    assert!(moved.to_string().contains("damaged"), "{moved}");
    shop.close().await;
}
