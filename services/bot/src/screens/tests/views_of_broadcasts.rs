//! Screens of broadcasts, in both languages: the conversation, the card before, while and after, with nothing and too much.

use contract::bot::audience::Who;
use contract::bot::{self as wire, BroadcastContent, BroadcastState, LinkButton, Tally};
use jiff::{Timestamp, ToSpan};
use kernel::ids::{BroadcastId, ItemId, PressId};
use telegram::Entity;

use super::stage::{Stage, keep, picture};
use crate::broadcast::{Audience, Link};
use crate::dialogue::Draft;
use crate::fakes::NOW;
use crate::screen::Input;
use crate::screens::*;

const BROADCAST: u32 = 2;

fn at(seconds: i64) -> prost_types::Timestamp {
    let now: Timestamp = NOW.parse().unwrap();
    contract::convert::timestamp(now.checked_add(seconds.seconds()).unwrap())
}

fn broadcast(words: &str, who: Who, state: BroadcastState) -> wire::Broadcast {
    wire::Broadcast {
        broadcast_id: BroadcastId::derived(words).to_string(),
        author_id: 7,
        content: Some(BroadcastContent { html: words.to_owned(), ..BroadcastContent::default() }),
        audience: Some(wire::Audience { who: Some(who) }),
        state: state.into(),
        tally: Some(wire::Tally::default()),
        ..wire::Broadcast::default()
    }
}

fn too_much() -> wire::Broadcast {
    let words = format!("<b>{}</b> &lt;&amp;\"&gt;", "Скидка ".repeat(120));
    let label = "ж".repeat(64);
    let button = LinkButton { label, url: "https://example.com/?a=1&b=\"2\"".into() };
    let item = ItemId::derived("gone").to_string();
    let mut draft = broadcast(&words, Who::BoughtItemId(item), BroadcastState::Draft);
    draft.content = Some(BroadcastContent {
        html: words,
        photo: "AgAC-photo".into(),
        buttons: vec![button; 10],
    });
    draft
}

fn answers() -> NewBroadcastAnswers {
    let link = Link { label: "Shop".into(), url: "https://example.com".into() };
    NewBroadcastAnswers { html: "<b>Sale</b>".into(), photo: None, buttons: vec![link] }
}

#[tokio::test]
async fn adm_04_peer_15_a_broadcast_is_composed_question_by_question() {
    let stage = Stage::new();
    stage.owner_presses("broadcast_ask_message", Compose::Message, None).await;
    let bold = Entity { kind: "bold".into(), offset: 0, length: 4, ..Entity::default() };
    let typed = Input::Text { text: "Sale <&\">", message_id: 5, marks: &[bold] };
    stage.owner_gives("broadcast_ask_buttons", Compose::Message, typed).await;
    let photo = Input::Photo { file_id: "AgAC-photo", caption: "", marks: &[] };
    stage.owner_gives("broadcast_ask_buttons_of_photo", Compose::Message, photo).await;
    let file = Input::Document { file_id: "BQAC", name: "a.txt", size: 1, message_id: 5 };
    stage.owner_gives("broadcast_bad_message", Compose::Message, file).await;
    let long = "ж".repeat(4_097);
    stage.owner_writes("broadcast_too_long", Compose::Message, None, &long).await;
    let draft = || Some(Draft::new(&answers()));
    stage.owner_writes("broadcast_bad_buttons", Compose::Buttons, draft(), "Shop").await;
    let lines = "Shop | https://example.com\nНовости | https://t.me/news";
    stage.owner_writes("broadcast_ask_audience", Compose::Buttons, draft(), lines).await;
    stage.owner_presses("broadcast_no_buttons", Compose::Audience, draft()).await;
    stage.owner_presses("broadcast_ask_days", Compose::Days, draft()).await;
    stage.owner_writes("broadcast_bad_days", Compose::Days, draft(), "²").await;
    stage.owner_presses("broadcast_ask_spent", Compose::Spent, draft()).await;
    stage.owner_writes("broadcast_bad_spent", Compose::Spent, draft(), "many").await;
    let keys = stage.fakes.category("Keys <&\">");
    let vpn = stage.fakes.item(keys, "VPN <&\">", 9_900, Some(1));
    let categories = Compose::Categories { page: 0 };
    stage.owner_presses("broadcast_ask_category", categories, draft()).await;
    let items = Compose::Items { category: keys, page: 0 };
    stage.owner_presses("broadcast_ask_item", items, draft()).await;
    let id = BroadcastId::derived("new");
    let keep = Compose::Keep { broadcast: id, audience: Audience::Bought { item: vpn } };
    stage.owner_presses("broadcast_kept", keep.clone(), draft()).await;
    stage.owner_presses("broadcast_draft_lost", keep, None).await;
}

#[tokio::test]
async fn peer_15_a_broadcast_that_has_not_begun_says_whom_it_is_for() {
    let stage = Stage::new();
    stage.owner_presses("broadcasts_none", Broadcasts::List { page: 0 }, None).await;
    let buyers = broadcast("Sale", Who::Buyers(true), BroadcastState::Draft);
    let id = BroadcastId::derived("Sale");
    stage.studio.knows(buyers);
    stage.studio.knows(too_much());
    stage.studio.knows(wire::Broadcast {
        starts_at: Some(at(86_400)),
        ..broadcast("Later", Who::InactiveDays(31), BroadcastState::Scheduled)
    });
    stage.owner_presses("broadcasts_list", Broadcasts::List { page: 0 }, None).await;
    stage.owner_presses("broadcast_draft", Broadcasts::Card { broadcast: id }, None).await;
    let much = too_much().broadcast_id.parse().unwrap();
    stage.owner_presses("broadcast_much", Broadcasts::Card { broadcast: much }, None).await;
    let later = BroadcastId::derived("Later");
    stage.owner_presses("broadcast_scheduled", Broadcasts::Card { broadcast: later }, None).await;
    let preview = Broadcasts::Preview { broadcast: id, preview: PressId::derived("p") };
    stage.owner_presses("broadcast_preview", preview, None).await;
    stage.owner_presses("broadcast_ask_send", Broadcasts::AskSend { broadcast: id }, None).await;
    stage.owner_presses("broadcast_begun", Broadcasts::Send { broadcast: id }, None).await;
    let ask_time = Broadcasts::AskTime { broadcast: id };
    stage.owner_presses("broadcast_ask_time", ask_time.clone(), None).await;
    stage.owner_writes("broadcast_bad_time", ask_time.clone(), None, "soon").await;
    stage.owner_writes("broadcast_timed", ask_time, None, "2026-02-01 10:00").await;
    let discard = Broadcasts::AskCancel { broadcast: id };
    stage.owner_presses("broadcast_ask_discard", discard, None).await;
}

#[tokio::test]
async fn adm_04_adm_05_a_broadcast_shows_how_far_it_is_and_how_it_ended() {
    let stage = Stage::new();
    let tally =
        Some(Tally { people: 20_000, sent: 11_200, unreachable: 600, failed: 3, in_doubt: 12 });
    for (name, state, finished_at) in [
        ("broadcast_spreading", BroadcastState::Spreading, None),
        ("broadcast_sending", BroadcastState::Sending, None),
        ("broadcast_done", BroadcastState::Done, Some(at(0))),
        ("broadcast_stopped", BroadcastState::Cancelled, Some(at(0))),
    ] {
        let one = broadcast(name, Who::Everybody(true), state);
        stage.studio.knows(wire::Broadcast {
            tally,
            started_at: Some(at(-200)),
            finished_at,
            ..one
        });
        let id = BroadcastId::derived(name);
        stage.owner_presses(name, Broadcasts::Card { broadcast: id }, None).await;
    }
    let sending = BroadcastId::derived("broadcast_sending");
    let stop = Broadcasts::AskCancel { broadcast: sending };
    stage.owner_presses("broadcast_ask_stop", stop, None).await;
    let mut told = String::new();
    for locale in kernel::locale::Locale::ALL {
        let cx = stage.owner(locale);
        let id = BroadcastId::derived("broadcast_done");
        let done = cx.peers.get_broadcast(id).await.unwrap();
        told += &picture(locale, &broadcast_over(&cx, &done));
    }
    keep("notice_broadcast_over", &told);
}

#[tokio::test]
async fn bug_34_ux_08_who_may_not_broadcast_does_not_see_that_there_are_broadcasts() {
    let stage = Stage::new();
    stage.staff_sees("broadcasts_of_staff", BROADCAST, Broadcasts::List { page: 0 }).await;
    stage
        .staff_sees("broadcasts_of_others", 1_023 & !BROADCAST, Broadcasts::List { page: 0 })
        .await;
    stage.staff_sees("compose_of_others", 1_023 & !BROADCAST, Compose::Message).await;
}
