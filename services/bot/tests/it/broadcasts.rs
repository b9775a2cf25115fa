//! Broadcasts as staff write, count, schedule, send and stop them: from the chat and over RPC.

use contract::bot::audience::Who;
use contract::bot::{
    Audience, Broadcast, BroadcastContent, BroadcastState, CancelBroadcastRequest,
    CountAudienceRequest, DraftBroadcastRequest, GetBroadcastRequest, ListBroadcastsRequest,
    PreviewBroadcastRequest, StartBroadcastRequest,
};
use contract::failure::Failure;
use emulators::telegram::{Attachment, Entity, Message};
use kernel::clock::Clock;
use kernel::ids::{BroadcastId, ItemId, OrderId, PersonId};

use super::fakes::{delivered, roubles};
use super::shop::{ANNA, BORIS, OWNER, TestShop};

pub const BROADCAST: u32 = 2;

/// Everybody has started.
pub async fn with_people() -> TestShop {
    let shop = TestShop::open().await;
    for (person, words) in [(ANNA, "Hi, Anna"), (BORIS, "Привет, Борис"), (OWNER, "Hi, Olga")]
    {
        shop.says(person, "/start");
        shop.sees(person, &[words]).await;
    }
    shop
}

/// A draft of the owner's; its id.
pub async fn draft(shop: &TestShop, words: &str, who: Who) -> String {
    let broadcast_id = BroadcastId::fresh(&Clock::System).to_string();
    let content = BroadcastContent { html: words.into(), ..BroadcastContent::default() };
    drafted(shop, &broadcast_id, content, who).await.unwrap();
    broadcast_id
}

async fn drafted(
    shop: &TestShop,
    broadcast_id: &str,
    content: BroadcastContent,
    who: Who,
) -> Result<Broadcast, Failure> {
    let asked = DraftBroadcastRequest {
        broadcast_id: broadcast_id.into(),
        content: Some(content),
        audience: Some(Audience { who: Some(who) }),
    };
    let request = shop.request_of(OWNER, BROADCAST, asked);
    Ok(shop.broadcasts().draft_broadcast(request).await?.into_inner().broadcast.unwrap())
}

pub async fn start(shop: &TestShop, id: &str) -> Result<Broadcast, Failure> {
    start_at(shop, id, None).await
}

async fn start_at(
    shop: &TestShop,
    id: &str,
    starts_at: Option<prost_types::Timestamp>,
) -> Result<Broadcast, Failure> {
    let asked = StartBroadcastRequest { broadcast_id: id.into(), starts_at };
    let request = shop.request_of(OWNER, BROADCAST, asked);
    Ok(shop.broadcasts().start_broadcast(request).await?.into_inner().broadcast.unwrap())
}

pub async fn cancel(shop: &TestShop, id: &str) -> Result<Broadcast, Failure> {
    let asked = CancelBroadcastRequest { broadcast_id: id.into() };
    let request = shop.request_of(OWNER, BROADCAST, asked);
    Ok(shop.broadcasts().cancel_broadcast(request).await?.into_inner().broadcast.unwrap())
}

pub async fn get(shop: &TestShop, id: &str) -> Result<Broadcast, Failure> {
    let asked = GetBroadcastRequest { broadcast_id: id.into() };
    let request = shop.request_of(OWNER, BROADCAST, asked);
    Ok(shop.broadcasts().get_broadcast(request).await?.into_inner().broadcast.unwrap())
}

async fn count(shop: &TestShop, who: Who) -> u64 {
    let broadcast_id = draft(shop, "Sale", who).await;
    let request = shop.request_of(OWNER, BROADCAST, CountAudienceRequest { broadcast_id });
    shop.broadcasts().count_audience(request).await.unwrap().into_inner().people
}

/// How many messages of the bot with these words a person has.
pub fn copies(shop: &TestShop, person: PersonId, words: &str) -> usize {
    let messages = shop.telegram.messages(person.0);
    let is_it = |message: &&Message| message.is_from_bot() && message.words().starts_with(words);
    messages.iter().filter(is_it).count()
}

const OPEN: &str =
    "select count(*) from bot.broadcasts where state in ('spreading', 'sending', 'scheduled')";
const DONE: &str = "select count(*) from bot.broadcasts where state = 'done'";

pub async fn is_done(shop: &TestShop) {
    shop.counts(DONE, 1).await;
}

#[tokio::test]
async fn adm_04_peer_15_a_broadcast_is_written_looked_at_and_sent_from_the_chat() {
    let shop = with_people().await;
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Broadcasts").await;
    shop.presses(OWNER, "New broadcast").await;
    shop.sees(OWNER, &["1 of 3"]).await;
    let bold = Entity { kind: "bold".into(), offset: 0, length: 4, ..Entity::default() };
    let text = "Sale & <more>: -20%";
    shop.telegram.say_formatted(OWNER, text, vec![bold.clone()]).unwrap();
    shop.sees(OWNER, &["2 of 3"]).await;
    shop.says(OWNER, "Shop | https://example.com/?a=1&b=2");
    shop.sees(OWNER, &["3 of 3"]).await;
    shop.presses(OWNER, "Everybody").await;
    shop.sees(OWNER, &["draft", "For: everybody", "People now: 3", text]).await;
    shop.presses(OWNER, "Send it to me").await;
    let preview = shop.sees(OWNER, &["Sale & <more>: -20%"]).await;
    let preview = if preview.words() == text {
        preview
    } else {
        let is_it = |message: &Message| message.words() == text && message.is_from_bot();
        shop.telegram.wait_for_message(OWNER.0, super::shop::PATIENCE, is_it).await.unwrap()
    };
    assert_eq!(preview.entities, [bold]);
    assert_eq!(copies(&shop, ANNA, "Sale"), 0, "a preview is for oneself");

    shop.presses(OWNER, "Send now").await;
    shop.sees(OWNER, &["Send this now?", "People: 3"]).await;
    assert_eq!(copies(&shop, ANNA, "Sale"), 0, "it was only asked");
    shop.presses(OWNER, "Yes, send it").await;
    for person in [ANNA, BORIS] {
        let shown = shop.sees(person, &["Sale & <more>"]).await;
        assert_eq!(shown.entities[0].kind, "bold");
        let button = shown.button("Shop").unwrap();
        assert_eq!(button.url.as_deref(), Some("https://example.com/?a=1&b=2"));
    }
    is_done(&shop).await;
    shop.sees(OWNER, &["has gone out", "Sent: 3 of 3", "Unreachable: 0"]).await;
    let ended = |message: &Message| {
        message.words().contains("Broadcast · done") && message.words().contains("Sent: 3 of 3")
    };
    let progress = shop.telegram.wait_for_message(OWNER.0, super::shop::PATIENCE, ended).await;
    progress.expect("the message of progress shows the end");
    assert_eq!((copies(&shop, ANNA, "Sale"), copies(&shop, BORIS, "Sale")), (1, 1));
    let audited = "select count(*) from bot.outbox where event::text like '%' || \
        encode('bot.broadcast.send', 'hex') || '%'";
    shop.counts(audited, 1).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_15_a_photo_goes_out_with_its_caption_and_nothing_typed_later_starts_another() {
    let shop = with_people().await;
    shop.says(OWNER, "/admin");
    shop.presses(OWNER, "Broadcasts").await;
    shop.presses(OWNER, "New broadcast").await;
    shop.sees(OWNER, &["1 of 3"]).await;
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend([0, 0, 0, 2, 0, 0, 0, 2]);
    let picture = Attachment {
        name: "a.png".into(),
        mime: "image/png".into(),
        bytes: bytes.into(),
        caption: Some("Look <here>".into()),
    };
    shop.telegram.send_photo(OWNER, picture).unwrap();
    shop.presses(OWNER, "No buttons").await;
    shop.presses(OWNER, "🌐 EN").await;
    shop.sees(OWNER, &["language EN", "With a photo"]).await;
    shop.presses(OWNER, "Send now").await;
    shop.presses(OWNER, "Yes, send it").await;
    // BUG-46: whatever is typed while one goes out is no broadcast.
    shop.says(OWNER, "by the way");
    let shown = shop.sees(ANNA, &["Look <here>"]).await;
    assert!(shown.file_id().is_some());
    is_done(&shop).await;
    assert_eq!(copies(&shop, BORIS, "Look"), 0, "he reads Russian");
    assert_eq!(copies(&shop, ANNA, "by the way"), 0);
    shop.counts("select count(*) from bot.broadcasts", 1).await;
    shop.close().await;
}

#[tokio::test]
async fn peer_15_people_are_chosen_by_what_they_bought_when_they_came_and_what_they_speak() {
    let shop = with_people().await;
    let vpn = ItemId::derived("VPN");
    for (person, minor) in [(ANNA, 5_000), (ANNA, 5_001), (BORIS, 10_000)] {
        let item = if minor == 5_001 { "VPN" } else { "Other" };
        let order = delivered(OrderId::fresh(&Clock::System), item, minor, "value");
        shop.fakes.state().orders.push((person.0, order));
    }
    shop.run(
        "insert into bot.people (person_id, first_name, client_locale, unreachable_at, blocked_at, \
         blocked_by, blocked_reason, seen_on) values \
         (2001, 'Gone', 'en', now(), null, null, null, current_date), \
         (2002, 'Blocked', 'en', null, now(), 7, 'spam', current_date), \
         (2003, 'Long ago', null, null, null, null, null, current_date - 31)",
    )
    .await;
    assert_eq!(count(&shop, Who::Everybody(true)).await, 4, "who cannot be reached is left out");
    assert_eq!(count(&shop, Who::Buyers(true)).await, 2);
    assert_eq!(count(&shop, Who::WithoutPurchase(true)).await, 2);
    assert_eq!(count(&shop, Who::InactiveDays(30)).await, 1);
    assert_eq!(count(&shop, Who::InactiveDays(31)).await, 0);
    assert_eq!(count(&shop, Who::SpentOver(roubles(10_000))).await, 1);
    assert_eq!(count(&shop, Who::BoughtItemId(vpn.to_string())).await, 1);
    assert_eq!(count(&shop, Who::Locale("en".into())).await, 2);
    assert_eq!(count(&shop, Who::Locale("ru".into())).await, 2, "the shop's own counts");

    let id = draft(&shop, "For you", Who::WithoutPurchase(true)).await;
    start(&shop, &id).await.unwrap();
    shop.sees(OWNER, &["For you"]).await;
    is_done(&shop).await;
    assert_eq!((copies(&shop, ANNA, "For you"), copies(&shop, BORIS, "For you")), (0, 0));
    let tally = get(&shop, &id).await.unwrap().tally.unwrap();
    assert_eq!((tally.people, tally.sent, tally.unreachable), (2, 1, 1), "2003 never started");
    shop.close().await;
}

#[tokio::test]
async fn peer_15_whoever_comes_again_was_seen_today() {
    let shop = with_people().await;
    let absent = "select count(*) from bot.people where seen_on < current_date";
    shop.run("update bot.people set seen_on = current_date - 40").await;
    shop.counts(absent, 3).await;
    let (replica, request) = (shop.replica().await, shop.ground.caller_for_service("gateway"));
    let update = format!(
        r#"{{"update_id":9,"message":{{"message_id":900,"date":1,"text":"/profile",
            "chat":{{"id":{ANNA},"type":"private"}},
            "from":{{"id":{ANNA},"is_bot":false,"first_name":"Anna","username":"anna","language_code":"en"}}}}}}"#
    );
    let request = request.request(contract::bot::TakeUpdateRequest { update: update.into() });
    replica.clone().take_update(request).await.unwrap();
    shop.counts(absent, 2).await;
    shop.close().await;
}

#[tokio::test]
async fn adm_04_a_broadcast_begins_at_its_time_and_a_stopped_one_never_does() {
    let shop = with_people().await;
    let (later, never) = (
        draft(&shop, "Later", Who::Everybody(true)).await,
        draft(&shop, "Never", Who::Everybody(true)).await,
    );
    let at = |seconds: i64| {
        let mut at = contract::convert::timestamp(Clock::System.now());
        at.seconds += seconds;
        Some(at)
    };
    for wrong in [-60, 367 * 86_400] {
        let refused = start_at(&shop, &later, at(wrong)).await.unwrap_err();
        assert_eq!(refused.data("field"), Some("starts_at"));
    }
    for id in [&later, &never] {
        let scheduled = start_at(&shop, id, at(3_600)).await.unwrap();
        assert_eq!(scheduled.state(), BroadcastState::Scheduled);
    }
    assert_eq!(cancel(&shop, &never).await.unwrap().state(), BroadcastState::Cancelled);
    // Once more changes nothing, and it does not come back.
    assert_eq!(cancel(&shop, &never).await.unwrap().state(), BroadcastState::Cancelled);
    assert_eq!(start(&shop, &never).await.unwrap_err().code(), "bot.broadcast_over");
    shop.run("update bot.broadcasts set starts_at = now() where state = 'scheduled'").await;
    shop.sees(ANNA, &["Later"]).await;
    is_done(&shop).await;
    shop.counts(OPEN, 0).await;
    assert_eq!(copies(&shop, ANNA, "Never"), 0);
    assert_eq!(cancel(&shop, &later).await.unwrap().state(), BroadcastState::Done);
    shop.close().await;
}

#[tokio::test]
async fn adm_04_tg11_bug_46_a_broadcast_started_ten_times_at_once_goes_out_once() {
    let shop = with_people().await;
    let id = draft(&shop, "Once", Who::Everybody(true)).await;
    let starts = (0..10).map(|_| start(&shop, &id));
    for started in futures_util::future::join_all(starts).await {
        assert!(started.unwrap().started_at.is_some());
    }
    is_done(&shop).await;
    for person in [ANNA, BORIS, OWNER] {
        assert_eq!(copies(&shop, person, "Once"), 1);
    }
    // What was sent is no draft any more.
    let content = BroadcastContent { html: "Other".into(), ..BroadcastContent::default() };
    let refused = drafted(&shop, &id, content, Who::Everybody(true)).await.unwrap_err();
    assert_eq!(refused.code(), "bot.broadcast_taken");
    shop.close().await;
}

#[tokio::test]
async fn rbac_10_sec_08_broadcasts_are_for_those_who_may_and_say_what_telegram_takes() {
    let shop = with_people().await;
    let id = draft(&shop, "Sale", Who::Everybody(true)).await;
    let others = 1_023 & !BROADCAST;
    let broadcast_id = || id.clone();
    let mut rpc = shop.broadcasts();
    let refusals = [
        rpc.start_broadcast(shop.request_of(
            OWNER,
            others,
            StartBroadcastRequest { broadcast_id: broadcast_id(), starts_at: None },
        ))
        .await
        .unwrap_err(),
        rpc.cancel_broadcast(shop.request_of(
            OWNER,
            others,
            CancelBroadcastRequest { broadcast_id: broadcast_id() },
        ))
        .await
        .unwrap_err(),
        rpc.list_broadcasts(shop.request_of(OWNER, others, ListBroadcastsRequest::default()))
            .await
            .unwrap_err(),
        rpc.count_audience(shop.request_of(
            OWNER,
            others,
            CountAudienceRequest { broadcast_id: broadcast_id() },
        ))
        .await
        .unwrap_err(),
        rpc.preview_broadcast(shop.request_of(
            OWNER,
            others,
            PreviewBroadcastRequest { broadcast_id: broadcast_id(), preview_id: broadcast_id() },
        ))
        .await
        .unwrap_err(),
        rpc.draft_broadcast(shop.request_of(OWNER, others, DraftBroadcastRequest::default()))
            .await
            .unwrap_err(),
    ];
    for refusal in refusals {
        assert_eq!(Failure::from(refusal).code(), "common.denied");
    }
    let content = |html: &str| BroadcastContent { html: html.into(), ..Default::default() };
    for html in ["", " ", &"ж".repeat(4_097)] {
        let refused = drafted(&shop, &id, content(html), Who::Everybody(true)).await.unwrap_err();
        assert_eq!(refused.data("field"), Some("content"), "{html:.9}");
    }
    for who in [Who::InactiveDays(0), Who::SpentOver(roubles(-1)), Who::Everybody(false)] {
        assert!(drafted(&shop, &id, content("Sale"), who).await.is_err());
    }
    let missing = get(&shop, &BroadcastId::derived("nothing").to_string()).await.unwrap_err();
    assert_eq!(missing.code(), "bot.broadcast_missing");
    shop.close().await;
}
