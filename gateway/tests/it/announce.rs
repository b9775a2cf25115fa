//! How Telegram learns where to post, and that it stays so.

use std::time::Duration;

use gateway::config::{Config, Ingress, PublicUrl};

use crate::stand::{PUBLIC_URL, SECRET, Stand};
use crate::updates;

fn checked_often(config: &mut Config) {
    let Ingress::Webhook { check_every, .. } = &mut config.ingress else { unreachable!() };
    *check_every = Duration::from_millis(20);
}

#[tokio::test]
async fn the_webhook_is_set_at_start() {
    let stand = Stand::webhook().await;
    let set = stand.api.called("setWebhook", 1).await.remove(0);
    assert_eq!(set["url"], format!("{PUBLIC_URL}/webhook"));
    assert_eq!(set["secret_token"], SECRET);
    assert_eq!(set["max_connections"], 100);
    let kinds = set["allowed_updates"].to_string();
    for kind in ["message", "callback_query", "pre_checkout_query", "my_chat_member"] {
        assert!(kinds.contains(&format!("\"{kind}\"")), "{kinds}");
    }
    assert!(stand.api.calls("getUpdates").is_empty());
}

#[tokio::test]
async fn wh36_a_webhook_that_was_taken_away_is_set_again() {
    let stand = Stand::webhook_with(checked_often).await;
    stand.api.called("setWebhook", 1).await;
    stand.api.hijack("https://thief.example/webhook");
    let set = stand.api.called("setWebhook", 2).await;
    assert_eq!(set[1]["url"], set[0]["url"]);
    stand.api.hijack("");
    stand.api.called("setWebhook", 3).await;
    // All is well: looked at, and left alone.
    let looks = stand.api.calls("getWebhookInfo").len();
    stand.api.called("getWebhookInfo", looks + 3).await;
    assert_eq!(stand.api.calls("setWebhook").len(), 3);
}

#[tokio::test]
async fn the_gateways_own_address_can_be_the_public_one() {
    let own = |config: &mut Config| {
        let Ingress::Webhook { url, .. } = &mut config.ingress else { unreachable!() };
        *url = PublicUrl::Own;
    };
    let stand = Stand::webhook_with(own).await;
    let set = stand.api.called("setWebhook", 1).await.remove(0);
    let port = stand.gateway.address.port();
    assert_eq!(set["url"], format!("http://127.0.0.1:{port}/webhook"));
    assert_eq!(stand.update(&updates::message(1, 7)).await, 200);
}
