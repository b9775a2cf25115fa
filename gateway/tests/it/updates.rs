//! Updates as Telegram writes them.

use serde_json::{Value, json};

fn person(id: i64) -> Value {
    json!({"id": id, "is_bot": false, "first_name": "Ada", "language_code": "en"})
}

fn chat(id: i64) -> Value {
    json!({"id": id, "type": "private", "first_name": "Ada"})
}

fn update(update_id: i64, kind: &str, payload: Value) -> Value {
    json!({"update_id": update_id, kind: payload})
}

/// A text of a person in their private chat.
pub fn message(update_id: i64, from: i64) -> Value {
    let payload = json!({"message_id": 42, "from": person(from), "chat": chat(from),
        "date": 1_767_323_045, "text": "/start"});
    update(update_id, "message", payload)
}

/// A text in a group.
pub fn group_message(update_id: i64, from: Option<i64>) -> Value {
    let mut payload = json!({"message_id": 42, "date": 1_767_323_045, "text": "/start",
        "chat": {"id": -1_001_234_567_890_i64, "type": "supergroup", "title": "Talk"}});
    if let Some(from) = from {
        payload["from"] = person(from);
    }
    update(update_id, "message", payload)
}

/// A press of a button.
pub fn press(update_id: i64, from: i64, data: &str) -> Value {
    let payload = json!({"id": format!("press-{update_id}"), "from": person(from),
        "message": {"message_id": 43, "chat": chat(from), "date": 1_767_323_050, "text": "Pick"},
        "chat_instance": "-3141592653589793238", "data": data});
    update(update_id, "callback_query", payload)
}

/// A message that says that a person has paid.
pub fn payment(update_id: i64, from: i64) -> Value {
    let payload = json!({"message_id": 77, "from": person(from), "chat": chat(from),
        "date": 1_767_323_100, "successful_payment": {"currency": "XTR", "total_amount": 75,
        "invoice_payload": "pay_01", "telegram_payment_charge_id": "stx1",
        "provider_payment_charge_id": "1_7"}});
    update(update_id, "message", payload)
}

/// A message that says that Stars went back.
pub fn refund(update_id: i64, from: i64) -> Value {
    let payload = json!({"message_id": 78, "from": person(from), "chat": chat(from),
        "date": 1_767_323_100, "refunded_payment": {"currency": "XTR", "total_amount": 75,
        "invoice_payload": "pay_01", "telegram_payment_charge_id": "stx1"}});
    update(update_id, "message", payload)
}

/// The question whether a payment may go on.
pub fn pre_checkout(update_id: i64, from: i64) -> Value {
    let payload = json!({"id": "1198541842390011", "from": person(from), "currency": "XTR",
        "total_amount": 75, "invoice_payload": "pay_01"});
    update(update_id, "pre_checkout_query", payload)
}

/// An update of any kind.
pub fn other(update_id: i64, kind: &str) -> Value {
    let payload = json!({"from": person(7), "user": person(7), "anything": [1, 2, {"new": null}]});
    update(update_id, kind, payload)
}
