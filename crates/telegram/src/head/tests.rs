//! The head of good, strange and hostile updates.

use super::*;
use crate::malformed::DEPTH_MAX;

fn parse(body: &str) -> Result<Head<'_>, Malformed> {
    Head::parse(body.as_bytes())
}

#[test]
fn a_message_is_queued_by_chat() {
    let head = parse(
        r#"{"update_id":100000001,"message":{"message_id":42,"from":{"id":279058397,
        "is_bot":false,"first_name":"Ada","language_code":"en"},"chat":{"id":-100777,
        "title":"Shop","type":"supergroup"},"date":1767323045,"text":"/start ref_77",
        "entities":[{"offset":0,"length":6,"type":"bot_command"}]}}"#,
    )
    .unwrap();
    assert_eq!((head.update_id, head.kind), (100_000_001, Kind::Message));
    assert_eq!((head.user_id(), head.chat_id()), (Some(279_058_397), Some(-100_777)));
    assert_eq!(head.chat.unwrap().kind, ChatKind::Supergroup);
    assert_eq!(head.queue(), Queue::Chat(-100_777));
    assert!(!head.is_payment());
    let user = head.user.unwrap();
    assert!(!user.is_bot);
    assert!(matches!(user.language_code, Some(Cow::Borrowed("en"))));
}

#[test]
fn a_press_is_queued_by_user_and_shows_its_data() {
    let head = parse(
        r#"{"update_id":2,"callback_query":{"id":"1198541842384731","from":{"id":7,
        "is_bot":false},"message":{"message_id":43,"chat":{"id":7,"type":"private"},"date":0},
        "chat_instance":"-31","data":"b:\u0037:3"}}"#,
    )
    .unwrap();
    assert_eq!(head.queue(), Queue::Callbacks(7));
    assert_eq!(head.chat_id(), Some(7));
    let press = head.callback.unwrap();
    assert!(matches!(press.id, Cow::Borrowed("1198541842384731")));
    assert_eq!(press.data.as_deref(), Some("b:7:3"));
}

#[test]
fn a_press_without_message_or_data_is_fine() {
    let head = parse(r#"{"update_id":2,"callback_query":{"id":"1","from":{"id":7}}}"#).unwrap();
    assert_eq!(head.chat, None);
    assert_eq!(head.callback.unwrap().data, None);
}

#[test]
fn every_kind_has_its_queue_and_knows_whether_it_is_about_money() {
    let chat = r#""chat":{"id":9,"type":"private"}"#;
    let cases = [
        (format!(r#""edited_message":{{{chat}}}"#), Kind::EditedMessage, Queue::Chat(9), false),
        (format!(r#""my_chat_member":{{{chat}}}"#), Kind::MyChatMember, Queue::Chat(9), false),
        (
            format!(r#""message":{{{chat},"successful_payment":{{"currency":"XTR"}}}}"#),
            Kind::Message,
            Queue::Chat(9),
            true,
        ),
        (
            format!(r#""message":{{{chat},"refunded_payment":{{}}}}"#),
            Kind::Message,
            Queue::Chat(9),
            true,
        ),
        (
            r#""pre_checkout_query":{"id":"1","from":{"id":7}}"#.to_owned(),
            Kind::PreCheckoutQuery,
            Queue::Checkouts(7),
            true,
        ),
        (
            r#""shipping_query":{"id":"1","from":{"id":7}}"#.to_owned(),
            Kind::ShippingQuery,
            Queue::Checkouts(7),
            true,
        ),
        (
            r#""purchased_paid_media":{"from":{"id":7}}"#.to_owned(),
            Kind::PurchasedPaidMedia,
            Queue::User(7),
            false,
        ),
        (
            r#""subscription":{"user":{"id":7},"state":"active"}"#.to_owned(),
            Kind::Subscription,
            Queue::User(7),
            true,
        ),
        (r#""poll":{"id":"5","options":[]}"#.to_owned(), Kind::Other, Queue::Alone(5), false),
        (r#""telepathy":{"from":3}"#.to_owned(), Kind::Other, Queue::Alone(5), false),
    ];
    for (content, kind, queue, is_payment) in cases {
        let body = format!(r#"{{"update_id":5,{content}}}"#);
        let head = parse(&body).unwrap();
        assert_eq!((head.kind, head.queue()), (kind, queue), "{content}");
        assert_eq!(head.is_payment(), is_payment, "{content}");
    }
}

#[test]
fn nulls_and_unknown_values_are_fine() {
    let head = parse(
        r#"{"update_id":0,"message":null,"callback_query":null,"edited_message":
        {"chat":{"id":1,"type":"monastery"},"from":null,"successful_payment":null}}"#,
    )
    .unwrap();
    assert_eq!((head.kind, head.user_id()), (Kind::EditedMessage, None));
    assert_eq!(head.chat.unwrap().kind, ChatKind::Other);
    assert!(!head.is_payment());
}

#[test]
fn a_bad_update_id_is_refused() {
    for body in ["{}", r#"{"update_id":null}"#, r#"{"update_id":-1}"#, r#"{"message":null}"#] {
        assert_eq!(parse(body), Err(Malformed::UpdateId), "{body}");
    }
    for id in ["1.0", "\"1\"", "1e3", "9223372036854775808", "true", "[1]", "1e-400"] {
        let body = format!(r#"{{"update_id":{id}}}"#);
        assert!(matches!(parse(&body), Err(Malformed::Shape { .. })), "{id}");
    }
    assert!(parse(r#"{"update_id":1e999}"#).is_err());
    assert!(parse(r#"{"update_id":9223372036854775807}"#).is_ok());
}

#[test]
fn what_is_not_json_is_refused() {
    for body in ["", " ", "{", "nul", r#"{"update_id":1}x"#, r#"{"update_id":01}"#, "{'a':1}"] {
        assert!(matches!(parse(body), Err(Malformed::NotJson { .. })), "{body}");
    }
    assert_eq!(Head::parse(b"{\"update_id\":1,\"x\":\"\xff\"}"), Err(Malformed::NotUtf8));
    for body in ["5", "\"text\"", "true"] {
        assert!(matches!(parse(body), Err(Malformed::Shape { .. })), "{body}");
    }
}

#[test]
fn known_keys_of_another_type_are_refused() {
    for content in [
        r#""message":5"#,
        r#""message":{"chat":{"id":"7"}}"#,
        r#""message":{"chat":{"id":1e999}}"#,
        r#""message":{"from":{"id":7}}"#,
        r#""callback_query":{"id":7,"from":{"id":7}}"#,
        r#""callback_query":{"id":"\ud83d","from":{"id":7}}"#,
        r#""message":null,"message":null"#,
    ] {
        let body = format!(r#"{{"update_id":1,{content}}}"#);
        assert!(parse(&body).is_err(), "{content}");
    }
}

#[test]
fn nesting_bombs_are_refused_wherever_they_are() {
    let bomb = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let arrays = bomb("[", "]");
    let objects = format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    for value in [arrays, objects, "[".repeat(100_000)] {
        for key in ["unknown", "message", "update_id"] {
            let body = format!(r#"{{"{key}":{value},"update_id":1}}"#);
            assert_eq!(parse(&body), Err(Malformed::TooDeep), "{key}");
        }
    }
    let text = format!(r#"{{"update_id":1,"x":"{}"}}"#, "[".repeat(DEPTH_MAX * 2));
    assert!(parse(&text).is_ok());
}

#[test]
fn errors_name_a_position_and_no_content() {
    let error = parse(r#"{"update_id":"hunter2"}"#).unwrap_err().to_string();
    assert!(!error.contains("hunter2"), "{error}");
    assert!(error.contains("line 1"), "{error}");
}
