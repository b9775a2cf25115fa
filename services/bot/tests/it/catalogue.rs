//! The catalogue in the chat: searched by buyers, changed by staff, with pictures.

use std::time::Duration;

use emulators::telegram::{Attachment, Message, PersonId};

use super::fakes::delivered;
use super::shop::{ANNA, OWNER, TestShop};

fn photo() -> Attachment {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend([0, 0, 0, 2, 0, 0, 0, 2]);
    let (name, mime) = ("a.png".into(), "image/png".into());
    Attachment { name, mime, bytes: bytes.into(), caption: None }
}

fn searches(shop: &TestShop) -> usize {
    shop.fakes.state().calls.get("search_items").copied().unwrap_or_default()
}

async fn goes_to_the_shop(shop: &TestShop, person: PersonId) {
    shop.says(person, "/shop");
    shop.sees(person, &["send a word"]).await;
}

#[tokio::test]
async fn peer_33_bug_61_a_word_sent_in_the_shop_is_searched_for_and_elsewhere_it_is_not() {
    let shop = TestShop::open().await;
    let keys = shop.fakes.category("Keys");
    for number in 0..12 {
        shop.fakes.item(keys, &format!("VPN {number:02}"), 100, Some(1));
    }
    shop.says(ANNA, "vpn");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert_eq!(searches(&shop), 0, "nobody asked for a word");
    goes_to_the_shop(&shop, ANNA).await;
    shop.says(ANNA, "vpn");
    shop.sees(ANNA, &["Found: 12 items"]).await;
    shop.presses(ANNA, "›").await;
    shop.presses(ANNA, "VPN 11").await;
    shop.sees(ANNA, &["All about VPN 11"]).await;
    // The way back leads to the same page of the same search, and another word is taken there.
    shop.presses(ANNA, "Back").await;
    shop.presses(ANNA, "VPN 10").await;
    shop.says(ANNA, "nothing of the kind");
    shop.sees(ANNA, &["Nothing like that here"]).await;
    let before = searches(&shop);
    shop.presses(ANNA, "Menu").await;
    shop.says(ANNA, "vpn");
    shop.sees(ANNA, &["Hi, Anna"]).await;
    assert_eq!(searches(&shop), before);
    shop.close().await;
}

#[tokio::test]
async fn peer_33_a_picture_that_staff_send_is_on_the_card_and_the_next_screen_is_a_text_again() {
    let shop = TestShop::open().await;
    let keys = shop.fakes.category("Keys");
    shop.fakes.item(keys, "VPN", 100, Some(1));
    shop.says(OWNER, "/admin");
    for label in ["Categories and items", "Keys", "VPN", "Edit", "Picture"] {
        shop.presses(OWNER, label).await;
    }
    shop.says(OWNER, "a picture");
    shop.sees(OWNER, &["I need a photo"]).await;
    shop.telegram.send_photo(OWNER, photo()).unwrap();
    let card = shop.sees(OWNER, &["VPN is changed"]).await;
    let picture = shop.fakes.state().items[0].picture.clone();
    assert_eq!(card.file_id(), Some(&*picture));

    goes_to_the_shop(&shop, ANNA).await;
    let menu = shop.telegram.last_message(ANNA.0).unwrap().message_id;
    shop.presses(ANNA, "Keys").await;
    shop.presses(ANNA, "VPN").await;
    let card = shop.sees(ANNA, &["All about VPN"]).await;
    assert_eq!((card.message_id, card.file_id()), (menu, Some(&*picture)), "it grew in its place");
    shop.presses(ANNA, "Back").await;
    let list = shop.sees(ANNA, &["Keys", "1 item"]).await;
    assert!(list.file_id().is_none());
    let made_room = |messages: &[Message]| messages.iter().all(|one| one.message_id != menu);
    shop.telegram.wait_for(ANNA.0, Duration::from_secs(20), made_room).await.unwrap();
    shop.close().await;
}

#[tokio::test]
async fn shop_16_shop_18_staff_rename_move_archive_and_restore_from_the_chat() {
    let shop = TestShop::open().await;
    let keys = shop.fakes.category("Keys");
    shop.fakes.category("Other");
    shop.fakes.item(keys, "VPN", 100, Some(1));
    shop.says(OWNER, "/admin");
    for label in ["Categories and items", "Keys", "VPN", "Edit", "Name"] {
        shop.presses(OWNER, label).await;
    }
    shop.says(OWNER, "Better <VPN>");
    shop.sees(OWNER, &["Better <VPN> is changed"]).await;
    for label in ["Move", "Other", "Here"] {
        shop.presses(OWNER, label).await;
    }
    let item = shop.fakes.state().items[0].clone();
    let other = shop.fakes.state().categories[1].category_id.clone();
    assert_eq!((item.name, item.category_id), ("Better <VPN>".into(), other));

    shop.presses(OWNER, "Archive").await;
    shop.sees(OWNER, &["Take Better <VPN> out of the shop?"]).await;
    assert_eq!(shop.fakes.state().items.len(), 1, "a question is no answer");
    shop.presses(OWNER, "Archive").await;
    shop.sees(OWNER, &["No items here yet"]).await;
    assert!(shop.fakes.state().items.is_empty());
    for label in ["Back", "Archive", "Better <VPN>"] {
        shop.presses(OWNER, label).await;
    }
    shop.sees(OWNER, &["Nothing here"]).await;
    assert_eq!(shop.fakes.state().items.len(), 1);
    shop.close().await;
}

#[tokio::test]
async fn shop_24_bug_74_goods_are_shown_to_staff_after_a_reason_and_a_searched_value_does_not_stay()
{
    let shop = TestShop::open().await;
    let bought = delivered(kernel::ids::OrderId::derived("o"), "VPN", 100, "canary-1");
    let number = bought.number.clone();
    shop.fakes.state().orders.push((ANNA.0, bought));
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Find an order").await;
    shop.says(OWNER, &number);
    let card = shop.sees(OWNER, &["Delivered", &number]).await;
    assert!(!card.words().contains("canary-1"));
    shop.presses(OWNER, "Show the goods").await;
    shop.sees(OWNER, &["Why do you need"]).await;
    shop.says(OWNER, "the buyer lost it");
    shop.sees(OWNER, &["canary-1"]).await;
    assert_eq!(shop.fakes.state().reasons, ["the buyer lost it"]);

    shop.presses(OWNER, "Find an order").await;
    shop.presses(OWNER, "By a value").await;
    shop.says(OWNER, "canary-2");
    shop.sees(OWNER, &["never was in the shop"]).await;
    let left = shop.telegram.messages(OWNER.0);
    assert!(left.iter().all(|message| !message.words().contains("canary-2")), "{left:?}");
    shop.close().await;
}
