//! Whole updates as Telegram sends them, and some it never would.

use std::borrow::Cow;

use super::*;
use crate::head::Head;
use crate::member::MemberStatus;
use crate::message::Origin;
use crate::payment::SubscriptionState;

const MESSAGE: &str = r#"{"update_id":100000001,"message":{"message_id":42,"from":{"id":279058397,
    "is_bot":false,"first_name":"Ada","username":"ada","language_code":"en"},"chat":{
    "id":279058397,"first_name":"Ada","username":"ada","type":"private"},"date":1767323045,
    "text":"/start ref_77","entities":[{"offset":0,"length":6,"type":"bot_command"}]}}"#;

fn content(body: &str) -> Content<'_> {
    Update::parse(body.as_bytes()).unwrap().content
}

fn message(body: &str) -> Message<'_> {
    match content(body) {
        Content::Message(message) => *message,
        other => panic!("expected a message, got {other:?}"),
    }
}

fn press(body: &str) -> CallbackQuery<'_> {
    match content(body) {
        Content::CallbackQuery(press) => *press,
        other => panic!("expected a press, got {other:?}"),
    }
}

#[test]
fn a_message_is_read_without_copying() {
    let message = message(MESSAGE);
    assert_eq!((message.message_id, message.date), (42, 1_767_323_045));
    assert!(matches!(message.text, Some(Cow::Borrowed("/start ref_77"))));
    assert_eq!(message.entities[0].kind, "bot_command");
    assert_eq!(message.command(), Some(("start", "ref_77")));
    assert!(!message.is_forwarded && !message.is_via_bot);
    let user = message.from.unwrap();
    assert!(matches!(user.first_name, Cow::Borrowed("Ada")));
    assert_eq!(user.display_name(), "Ada");
}

#[test]
fn commands_are_told_from_other_text() {
    let with = |text: &str| MESSAGE.replace("/start ref_77", text);
    for (text, command) in [
        ("/start", Some(("start", ""))),
        ("/start@shop_bot  ref ", Some(("start", "ref"))),
        ("/pay_support\\nnow", Some(("pay_support", "now"))),
        ("start", None),
        ("/", None),
        ("/@shop_bot", None),
        ("/a/b", None),
        ("", None),
    ] {
        assert_eq!(message(&with(text)).command(), command, "{text}");
    }
}

#[test]
fn pictures_documents_and_forwards_are_seen() {
    let message = message(
        r#"{"update_id":1,"message":{"message_id":1,"chat":{"id":7,"type":"private"},"date":5,
        "forward_origin":{"type":"user"},"via_bot":{"id":3},"caption":"codes",
        "photo":[{"file_id":"s","width":90,"height":90},{"file_id":"l","file_size":5000}],
        "document":{"file_id":"d","file_unique_id":"u","file_name":"a.txt","file_size":12}}}"#,
    );
    assert!(message.is_forwarded && message.is_via_bot);
    assert_eq!(message.photo.last().unwrap().file_id, "l");
    let document = message.document.unwrap();
    assert_eq!((document.file_name.as_deref(), document.file_size), (Some("a.txt"), Some(12)));
    assert_eq!(message.caption.as_deref(), Some("codes"));
    assert_eq!(message.text, None);
}

#[test]
fn the_message_under_a_button_is_accessible_inaccessible_or_absent() {
    let with = |message: &str| {
        format!(
            r#"{{"update_id":1,"callback_query":{{"id":"11","from":{{"id":7,
            "first_name":"Ada"}},{message}"chat_instance":"-3","data":"b:7:3"}}}}"#
        )
    };
    let chat = r#""chat":{"id":7,"type":"private"}"#;
    let body = with(&format!(r#""message":{{"message_id":43,{chat},"date":5,"text":"Pick"}},"#));
    let origin = press(&body).message;
    assert!(matches!(&origin, Origin::Message(message) if message.text.is_some()));
    assert_eq!((origin.message_id(), origin.chat().unwrap().id), (Some(43), 7));

    let body = with(&format!(r#""message":{{{chat},"message_id":43,"date":0}},"#));
    let origin = press(&body).message;
    assert!(matches!(origin, Origin::Inaccessible { message_id: 43, .. }));

    for absent in ["", r#""inline_message_id":"5","#, r#""message":null,"#] {
        let body = with(absent);
        let press = press(&body);
        assert_eq!((press.message.message_id(), press.data.as_deref()), (None, Some("b:7:3")));
    }
}

#[test]
fn money_is_read_to_the_last_field() {
    let body = r#"{"update_id":10,"pre_checkout_query":{"id":"90011","from":{"id":7},
        "currency":"XTR","total_amount":75,"invoice_payload":"pay_01JABC7Q"}}"#;
    let Content::PreCheckoutQuery(query) = content(body) else { panic!("not a pre-checkout") };
    assert_eq!((query.from.id, query.total_amount, &*query.currency), (7, 75, "XTR"));
    assert_eq!(query.invoice_payload, "pay_01JABC7Q");

    let paid = message(
        r#"{"update_id":11,"message":{"message_id":77,"chat":{"id":7,"type":"private"},"date":5,
        "successful_payment":{"currency":"XTR","total_amount":75,"invoice_payload":"pay_01",
        "telegram_payment_charge_id":"stxAb","provider_payment_charge_id":"7_7",
        "is_recurring":true,"subscription_expiration_date":1769915045}}}"#,
    );
    let payment = paid.successful_payment.unwrap();
    assert_eq!(payment.telegram_payment_charge_id, "stxAb");
    assert_eq!(payment.subscription_expiration_date, Some(1_769_915_045));
    assert!(payment.is_recurring && !payment.is_first_recurring);

    let refunded = message(
        r#"{"update_id":12,"message":{"message_id":78,"chat":{"id":7,"type":"private"},"date":5,
        "refunded_payment":{"currency":"XTR","total_amount":75,"invoice_payload":"pay_01",
        "telegram_payment_charge_id":"stxAb"}}}"#,
    );
    assert_eq!(refunded.refunded_payment.unwrap().total_amount, 75);
}

#[test]
fn blocking_the_bot_is_seen_as_leaving() {
    let body = r#"{"update_id":3,"my_chat_member":{"chat":{"id":7,"type":"private"},
        "from":{"id":7,"first_name":"Ada"},"date":5,
        "old_chat_member":{"user":{"id":12345},"status":"member"},
        "new_chat_member":{"user":{"id":12345},"status":"kicked","until_date":0}}}"#;
    let Content::MyChatMember(change) = content(body) else { panic!("not a membership") };
    assert!(change.old.is_in() && !change.new.is_in());
    assert_eq!(change.new.status, MemberStatus::Kicked);
}

#[test]
fn subscriptions_and_unknown_kinds_are_read() {
    let body = r#"{"update_id":3,"subscription":{"user":{"id":7},"invoice_payload":"p",
        "state":"canceled"}}"#;
    let Content::Subscription(subscription) = content(body) else { panic!("not a subscription") };
    assert_eq!(subscription.state, SubscriptionState::Canceled);
    assert_eq!(content(r#"{"update_id":3,"telepathy":{"deep":[1,{}]}}"#), Content::Other);
}

#[test]
fn text_with_nul_and_pairs_of_surrogates_is_kept() {
    let body = MESSAGE.replace("/start ref_77", r"a\u0000b \ud83c\udf89");
    assert_eq!(message(&body).text.as_deref(), Some("a\0b 🎉"));
}

#[test]
fn hostile_updates_are_refused_and_never_panic() {
    let with = |text: &str| MESSAGE.replace("/start ref_77", text);
    let deep = format!(r#"{{"update_id":1,"message":{}"#, r#"{"reply":"#.repeat(100_000));
    for body in [
        with(r"\ud83d"),
        with(r"\udf89\ud83c"),
        MESSAGE.replace(r#""message_id":42"#, r#""message_id":1e999"#),
        MESSAGE.replace("100000001", "-5"),
        MESSAGE.replace("1767323045", "\"now\""),
        MESSAGE.replace(r#""offset":0"#, r#""offset":-1"#),
        deep,
    ] {
        assert!(Update::parse(body.as_bytes()).is_err(), "{}", &body[..200]);
    }
}

#[test]
fn a_body_cut_anywhere_is_refused() {
    for end in 0..MESSAGE.len() {
        assert!(Update::parse(&MESSAGE.as_bytes()[..end]).is_err(), "{end}");
        assert!(Head::parse(&MESSAGE.as_bytes()[..end]).is_err(), "{end}");
    }
}
