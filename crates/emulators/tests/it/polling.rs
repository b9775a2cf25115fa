//! getUpdates: confirmation by offset, waiting, conflicts.

use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{ANNA, Bot, telegram};
use crate::receiver::Receiver;

async fn poll(bot: &Bot, parameters: Value) -> Result<Vec<Value>, (u16, String)> {
    let updates = bot.call("getUpdates", parameters).await?;
    Ok(updates.as_array().expect("a list").clone())
}

#[tokio::test]
async fn an_update_comes_again_until_a_later_offset_confirms_it() {
    let (telegram, bot) = telegram().await;
    let first = telegram.say(ANNA, "one").unwrap();
    telegram.say(ANNA, "two").unwrap();
    assert_eq!(poll(&bot, json!({})).await.unwrap().len(), 2);
    assert_eq!(poll(&bot, json!({ "limit": 1 })).await.unwrap().len(), 1);
    let rest = poll(&bot, json!({ "offset": first + 1 })).await.unwrap();
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0]["message"]["text"], "two");
    assert_eq!(poll(&bot, json!({ "offset": first })).await.unwrap().len(), 1);
    assert!(poll(&bot, json!({ "offset": first + 2 })).await.unwrap().is_empty());
    assert_eq!(telegram.pending_updates(), 0);
}

#[tokio::test]
async fn a_negative_offset_counts_from_the_end_and_forgets_the_rest() {
    let (telegram, bot) = telegram().await;
    for text in ["one", "two", "three"] {
        telegram.say(ANNA, text).unwrap();
    }
    let last = poll(&bot, json!({ "offset": -1 })).await.unwrap();
    assert_eq!(last.len(), 1);
    assert_eq!(last[0]["message"]["text"], "three");
    assert_eq!(telegram.pending_updates(), 1);
}

#[tokio::test]
async fn a_long_poll_ends_with_the_first_update() {
    let (telegram, bot) = telegram().await;
    let waiting = poll(&bot, json!({ "timeout": 50 }));
    let speaking = async {
        // The poll is under way once it is no longer the only one that could be answered at once.
        tokio::task::yield_now().await;
        telegram.say(ANNA, "hello").unwrap()
    };
    let (updates, update_id) = tokio::join!(waiting, speaking);
    assert_eq!(updates.unwrap()[0]["update_id"], json!(update_id));
}

#[tokio::test]
async fn a_second_poller_ends_the_first() {
    let (_telegram, bot) = telegram().await;
    let first = poll(&bot, json!({ "timeout": 50 }));
    let second = async {
        let mut answer = poll(&bot, json!({ "timeout": 0 })).await;
        while answer.as_ref().is_ok_and(Vec::is_empty) {
            tokio::time::sleep(Duration::from_millis(5)).await;
            answer = poll(&bot, json!({ "timeout": 0 })).await;
        }
        answer
    };
    let refused = tokio::select! {
        refused = first => refused.unwrap_err(),
        answer = second => panic!("the second poller got {answer:?}"),
    };
    assert_eq!(refused.0, 409);
    assert!(refused.1.starts_with("Conflict: terminated by other getUpdates request"));
}

#[tokio::test]
async fn polling_and_a_webhook_exclude_each_other() {
    let (_telegram, bot) = telegram().await;
    let receiver = Receiver::start().await;
    let waiting = poll(&bot, json!({ "timeout": 50 }));
    let setting = async {
        // The webhook is set and deleted until the poll that waits has noticed.
        loop {
            bot.set_webhook(&receiver.url).await;
            bot.call("deleteWebhook", json!({})).await.unwrap();
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let refused = tokio::select! {
        refused = waiting => refused.unwrap_err(),
        () = setting => unreachable!("it never ends by itself"),
    };
    assert_eq!(refused.0, 409, "{}", refused.1);
    bot.set_webhook(&receiver.url).await;
    let refused = poll(&bot, json!({})).await.unwrap_err();
    assert!(refused.1.starts_with("Conflict: can't use getUpdates method while webhook is active"));
}
