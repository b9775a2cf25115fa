//! Bot API methods: what they accept, how they answer, what they refuse.

use axum::body::Body;
use axum::http::Request;
use emulators::telegram::{Attachment, Channel, FloodLimits, Options};
use serde_json::{Map, Value, json};

use crate::client::{ANNA, BORIS, Http, greeted, telegram, telegram_with};
use crate::receiver::PATIENCE;

fn bad(reason: &str) -> (u16, String) {
    (400, format!("Bad Request: {reason}"))
}

#[tokio::test]
async fn the_token_and_the_method_are_checked_first() {
    let (telegram, bot) = telegram().await;
    let base = telegram.base_url();
    let token = telegram.token();
    for (path, status, description) in [
        ("/bot1:wrong/getMe".to_owned(), 401, "Unauthorized"),
        ("/botnonsense/getMe".to_owned(), 401, "Unauthorized: invalid token specified"),
        (format!("/bot{token}/nothing"), 404, "Not Found: method not found"),
        (format!("/bot{token}"), 404, "Not Found"),
        ("/elsewhere".to_owned(), 404, "Not Found"),
        (format!("/bot{token}/GETME"), 200, ""),
    ] {
        let answer = bot.http.get(&format!("{base}{path}")).await;
        assert_eq!(answer.status, status, "{path}");
        let found = answer.json()["description"].as_str().unwrap_or_default().to_owned();
        assert_eq!(found, description, "{path}");
    }
}

#[tokio::test]
async fn parameters_come_by_query_form_json_and_multipart() {
    let (telegram, bot) = greeted().await;
    let url = bot.url("sendMessage");
    let http = Http::new();
    let markup = "%7B%22inline_keyboard%22%3A%5B%5B%7B%22text%22%3A%22A%22%2C%22callback_data%22\
                  %3A%22a%22%7D%5D%5D%7D";
    let answer = http.get(&format!("{url}?chat_id=1001&text=query&reply_markup={markup}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let form = Request::post(&url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("chat_id=1001&text=a+form&reply_markup={markup}")))
        .unwrap();
    assert_eq!(http.send(form).await.unwrap().status, 200);
    let parts = "--x\r\ncontent-disposition: form-data; name=\"chat_id\"\r\n\r\n1001\r\n\
                 --x\r\ncontent-disposition: form-data; name=\"text\"\r\n\r\nparts\r\n--x--\r\n";
    let multipart = Request::post(&url)
        .header("content-type", "multipart/form-data; boundary=x")
        .body(Body::from(parts))
        .unwrap();
    assert_eq!(http.send(multipart).await.unwrap().status, 200);
    bot.send(ANNA, "json").await.unwrap();
    let texts: Vec<_> = telegram.messages(ANNA.0).iter().map(|m| m.words().to_owned()).collect();
    assert_eq!(texts, ["/start", "query", "a form", "parts", "json"]);
    assert_eq!(telegram.messages(ANNA.0)[1].callback("A"), Some("a"));
    assert_eq!(telegram.messages(ANNA.0)[2].callback("A"), Some("a"));
}

#[tokio::test]
async fn a_bot_writes_only_to_those_who_wrote_first() {
    let (telegram, bot) = telegram().await;
    let refused = bot.send(ANNA, "hi").await.unwrap_err();
    assert_eq!(refused.0, 403);
    assert_eq!(refused.1, "Forbidden: bot can't initiate conversation with a user");
    let unknown = json!({ "chat_id": 5, "text": "hi" });
    assert_eq!(bot.call("sendMessage", unknown).await.unwrap_err(), bad("chat not found"));
    let nobody = json!({ "text": "hi" });
    assert_eq!(bot.call("sendMessage", nobody).await.unwrap_err(), bad("chat_id is empty"));
    telegram.say(ANNA, "/start").unwrap();
    let by_name = json!({ "chat_id": "@Anna", "text": "hi" });
    assert!(bot.call("sendMessage", by_name).await.is_ok());
}

#[tokio::test]
async fn texts_are_measured_after_parsing() {
    let (_telegram, bot) = greeted().await;
    let html = async |text: String| {
        bot.call("sendMessage", json!({ "chat_id": 1001, "text": text, "parse_mode": "HTML" }))
            .await
    };
    assert!(html(format!("<b>{}</b>", "щ".repeat(4_096))).await.is_ok());
    let long = html("щ".repeat(4_097)).await.unwrap_err();
    assert_eq!(long, bad("message is too long"));
    assert_eq!(html("<b> </b>".to_owned()).await.unwrap_err(), bad("message text is empty"));
    assert_eq!(html("x".repeat(32_769)).await.unwrap_err(), bad("Text is too long"));
    let broken = html("<b>x".to_owned()).await.unwrap_err();
    let reason = "can't parse entities: Can't find end tag corresponding to start tag \"b\"";
    assert_eq!(broken, bad(reason));
    let mode = json!({ "chat_id": 1001, "text": "x", "parse_mode": "wiki" });
    assert_eq!(bot.call("sendMessage", mode).await.unwrap_err(), bad("unsupported parse_mode"));
}

#[tokio::test]
async fn a_sent_message_is_answered_in_full() {
    let (_telegram, bot) = greeted().await;
    let sent = bot
        .call(
            "sendMessage",
            json!({
                "chat_id": 1001,
                "text": "<b>Balance:</b> 12.50",
                "parse_mode": "HTML",
                "reply_markup": { "inline_keyboard": [[{ "text": "A", "callback_data": "a" }]] },
            }),
        )
        .await
        .unwrap();
    assert_eq!(sent["message_id"], 2);
    assert_eq!(sent["text"], "Balance: 12.50");
    assert_eq!(sent["entities"], json!([{ "type": "bold", "offset": 0, "length": 8 }]));
    assert_eq!(sent["from"]["is_bot"], true);
    assert_eq!(sent["chat"]["id"], 1001);
    assert_eq!(sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"], "a");
}

#[tokio::test]
async fn an_edit_must_change_something_of_the_bots_own() {
    let (telegram, bot) = greeted().await;
    bot.send(ANNA, "menu").await.unwrap();
    let edit = async |id: i64, text: &str| {
        let parameters = json!({ "chat_id": 1001, "message_id": id, "text": text });
        bot.call("editMessageText", parameters).await
    };
    let same = edit(2, "menu").await.unwrap_err();
    assert!(same.1.starts_with("Bad Request: message is not modified"), "{}", same.1);
    let edited = edit(2, "shop").await.unwrap();
    assert!(edited["edit_date"].is_i64());
    assert_eq!(telegram.message(ANNA.0, 2).unwrap().words(), "shop");
    assert_eq!(edit(99, "x").await.unwrap_err(), bad("message to edit not found"));
    assert_eq!(edit(1, "x").await.unwrap_err(), bad("message can't be edited"));
    let markup = json!({ "inline_keyboard": [[{ "text": "A", "callback_data": "a" }]] });
    let parameters = json!({ "chat_id": 1001, "message_id": 2, "reply_markup": markup });
    bot.call("editMessageReplyMarkup", parameters.clone()).await.unwrap();
    let same = bot.call("editMessageReplyMarkup", parameters).await.unwrap_err();
    assert!(same.1.contains("is not modified"));
    // An edit without a keyboard removes it.
    edit(2, "shop").await.unwrap();
    assert!(telegram.message(ANNA.0, 2).unwrap().reply_markup.is_none());
}

#[tokio::test]
async fn a_deleted_message_is_gone() {
    let (telegram, bot) = greeted().await;
    bot.send(ANNA, "menu").await.unwrap();
    let parameters = json!({ "chat_id": 1001, "message_id": 2 });
    assert_eq!(bot.call("deleteMessage", parameters.clone()).await.unwrap(), json!(true));
    assert!(telegram.message(ANNA.0, 2).is_none());
    let again = bot.call("deleteMessage", parameters).await.unwrap_err();
    assert_eq!(again, bad("message to delete not found"));
    let several = json!({ "chat_id": 1001, "message_ids": [1, 2, 3] });
    assert_eq!(bot.call("deleteMessages", several).await.unwrap(), json!(true));
    assert!(telegram.messages(ANNA.0).is_empty());
}

#[tokio::test]
async fn a_press_is_answered_once() {
    let (telegram, bot) = greeted().await;
    bot.send(ANNA, "menu").await.unwrap();
    let press = telegram.press(ANNA, 2, "forged").unwrap();
    let answer = json!({
        "callback_query_id": press.query_id,
        "text": "Not enough balance",
        "show_alert": true,
    });
    let long = json!({ "callback_query_id": press.query_id, "text": "x".repeat(201) });
    let refused = bot.call("answerCallbackQuery", long).await.unwrap_err();
    assert_eq!(refused, bad("MESSAGE_TOO_LONG"));
    bot.call("answerCallbackQuery", answer.clone()).await.unwrap();
    let again = bot.call("answerCallbackQuery", answer).await.unwrap_err();
    let old = "query is too old and response timeout expired or query ID is invalid";
    assert_eq!(again, bad(old));
    let unknown = json!({ "callback_query_id": "12" });
    assert_eq!(bot.call("answerCallbackQuery", unknown).await.unwrap_err(), bad(old));
    let calls = telegram.calls(Some(ANNA.0));
    assert!(calls.iter().any(|call| call.method == "answerCallbackQuery" && call.status == 200));
    let shown = press.answer(PATIENCE).await.unwrap();
    assert!(shown.show_alert);
    assert_eq!(shown.text.as_deref(), Some("Not enough balance"));
}

#[tokio::test]
async fn buttons_are_pressed_by_their_label() {
    let (telegram, bot) = greeted().await;
    let markup = json!({ "inline_keyboard": [[{ "text": "🛒 Shop", "callback_data": "s" }]] });
    let parameters = json!({ "chat_id": 1001, "text": "menu", "reply_markup": markup });
    bot.call("sendMessage", parameters).await.unwrap();
    assert!(telegram.press_button(ANNA, 2, "Shop").is_ok());
    assert!(telegram.press_button(ANNA, 2, "Profile").is_err());
    assert!(telegram.press_button(BORIS, 2, "Shop").is_err());
}

fn upload(field: &str, name: &str, content: &str) -> String {
    format!(
        "--x\r\ncontent-disposition: form-data; name=\"chat_id\"\r\n\r\n1001\r\n\
         --x\r\ncontent-disposition: form-data; name=\"document\"\r\n\r\nattach://f1\r\n\
         --x\r\ncontent-disposition: form-data; name=\"caption\"\r\n\r\nYour keys\r\n\
         --x\r\ncontent-disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
         content-type: text/plain\r\n\r\n{content}\r\n--x--\r\n"
    )
}

#[tokio::test]
async fn a_document_is_uploaded_by_its_field_or_attached_and_can_be_read() {
    let (telegram, bot) = greeted().await;
    for field in ["document", "f1"] {
        let request = Request::post(bot.url("sendDocument"))
            .header("content-type", "multipart/form-data; boundary=x")
            .body(Body::from(upload(field, "keys.txt", "AAAA-BBBB")))
            .unwrap();
        let answer = bot.http.send(request).await.unwrap();
        assert_eq!(answer.status, 200, "{}", answer.text());
        let document = &answer.json()["result"]["document"];
        assert_eq!(
            (&document["file_name"], &document["file_size"]),
            (&json!("keys.txt"), &json!(9))
        );
    }
    let message = telegram.last_message(ANNA.0).unwrap();
    assert_eq!(message.words(), "Your keys");
    let file_id = message.file_id().unwrap();
    assert_eq!(telegram.file(file_id).unwrap().bytes, "AAAA-BBBB");
    let again = json!({ "chat_id": 1001, "document": file_id });
    assert!(bot.call("sendDocument", again).await.is_ok());
    let path = bot.call("getFile", json!({ "file_id": file_id })).await.unwrap();
    let path = path["file_path"].as_str().unwrap();
    let url = format!("{}/file/bot{}/{path}", telegram.base_url(), telegram.token());
    assert_eq!(bot.http.get(&url).await.text(), "AAAA-BBBB");
    for (document, reason) in [
        ("", "there is no document in the request"),
        ("nonsense", "wrong file_id or the file is temporarily unavailable"),
        ("https://a.example/x", "Wrong HTTP URL specified"),
        ("attach://none", "attached file not found"),
    ] {
        let parameters = json!({ "chat_id": 1001, "document": document });
        assert_eq!(bot.call("sendDocument", parameters).await.unwrap_err(), bad(reason));
    }
    let caption = json!({ "chat_id": 1001, "document": file_id, "caption": "x".repeat(1_025) });
    let refused = bot.call("sendDocument", caption).await.unwrap_err();
    assert_eq!(refused, bad("message caption is too long"));
    let picture = json!({ "chat_id": 1001, "photo": file_id });
    assert_eq!(bot.call("sendPhoto", picture).await.unwrap_err(), bad("IMAGE_PROCESS_FAILED"));
}

#[tokio::test]
async fn a_person_sends_a_file_that_the_bot_can_copy() {
    let (telegram, bot) = greeted().await;
    let attachment = Attachment {
        name: "stock.txt".to_owned(),
        mime: "text/plain".to_owned(),
        bytes: "a\nb".into(),
        caption: Some("new stock".to_owned()),
    };
    telegram.send_document(ANNA, attachment).unwrap();
    telegram.say(BORIS, "/start").unwrap();
    let copy = json!({ "chat_id": 1002, "from_chat_id": 1001, "message_id": 2 });
    let answer = bot.call("copyMessage", copy).await.unwrap();
    assert_eq!(answer, json!({ "message_id": 2 }));
    let copied = telegram.last_message(BORIS.0).unwrap();
    assert_eq!((copied.words(), copied.is_from_bot()), ("new stock", true));
    let missing = json!({ "chat_id": 1002, "from_chat_id": 1001, "message_id": 9 });
    let refused = bot.call("copyMessage", missing).await.unwrap_err();
    assert_eq!(refused, bad("message to copy not found"));
}

#[tokio::test]
async fn a_reply_names_a_message_that_exists() {
    let (telegram, bot) = greeted().await;
    let reply = async |parameters: Value| {
        let parameters = json!({ "chat_id": 1001, "text": "re", "reply_parameters": parameters });
        bot.call("sendMessage", parameters).await
    };
    let sent = reply(json!({ "message_id": 1 })).await.unwrap();
    assert_eq!(sent["reply_to_message"]["text"], "/start");
    let refused = reply(json!({ "message_id": 77 })).await.unwrap_err();
    assert_eq!(refused, bad("message to be replied not found"));
    let lenient = json!({ "message_id": 77, "allow_sending_without_reply": true });
    assert!(reply(lenient).await.is_ok());
    assert_eq!(telegram.messages(ANNA.0).len(), 3);
}

#[tokio::test]
async fn commands_and_the_menu_are_kept() {
    let (telegram, bot) = greeted().await;
    let commands = json!([{ "command": "start", "description": "Open the shop" }]);
    let parameters = json!({ "commands": commands, "language_code": "en" });
    bot.call("setMyCommands", parameters).await.unwrap();
    let got = bot.call("getMyCommands", json!({ "language_code": "en" })).await.unwrap();
    assert_eq!(got, commands);
    assert_eq!(bot.call("getMyCommands", json!({})).await.unwrap(), json!([]));
    let wrong = json!({ "commands": [{ "command": "Über", "description": "x" }] });
    assert_eq!(bot.call("setMyCommands", wrong).await.unwrap_err(), bad("BOT_COMMAND_INVALID"));
    let button = json!({ "menu_button": { "type": "commands" } });
    bot.call("setChatMenuButton", button).await.unwrap();
    let got = bot.call("getChatMenuButton", json!({ "chat_id": 1001 })).await.unwrap();
    assert_eq!(got["type"], "commands");
    let state = bot.http.get(&format!("{}/control/state", telegram.base_url())).await.json();
    assert_eq!(state["people"][0]["commands"], commands);
    assert_eq!(state["people"][1]["commands"], json!([]));
}

#[tokio::test]
async fn membership_of_a_channel_is_told() {
    let id = -1_001_234_567_890;
    let news = Channel { id, title: "News".to_owned(), username: Some("shop_news".to_owned()) };
    let options = Options { channels: vec![news], ..Options::default() };
    let (telegram, bot) = telegram_with(options).await;
    let status = async |user: i64| {
        let parameters = json!({ "chat_id": "@shop_news", "user_id": user });
        bot.call("getChatMember", parameters).await.map(|member| member["status"].clone())
    };
    assert_eq!(status(ANNA.0).await.unwrap(), "left");
    telegram.set_membership(id, ANNA, "member").unwrap();
    assert_eq!(status(ANNA.0).await.unwrap(), "member");
    assert_eq!(status(5).await.unwrap_err(), bad("user not found"));
    let post = bot.call("sendMessage", json!({ "chat_id": id, "text": "sale" })).await.unwrap();
    assert_eq!(post["sender_chat"]["type"], "channel");
    let chat = bot.call("getChat", json!({ "chat_id": 1001 })).await.unwrap();
    assert_eq!(chat["first_name"], "Anna");
}

#[tokio::test]
async fn floods_are_refused_where_limits_are_on() {
    let limits = FloodLimits { per_chat_burst: 2.0, ..FloodLimits::default() };
    let options = Options { flood: Some(limits), ..Options::default() };
    let (telegram, bot) = telegram_with(options).await;
    telegram.say(ANNA, "/start").unwrap();
    bot.send(ANNA, "1").await.unwrap();
    bot.send(ANNA, "2").await.unwrap();
    let parameters = json!({ "chat_id": 1001, "text": "3" });
    let answer = bot.http.post(&bot.url("sendMessage"), &parameters).await.unwrap();
    assert_eq!(answer.status, 429);
    assert_eq!(answer.headers["retry-after"], "1");
    assert_eq!(
        answer.json(),
        json!({
            "ok": false,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": { "retry_after": 1 },
        })
    );
}

#[tokio::test]
async fn the_hook_hears_of_every_call_with_its_chat_and_message() {
    let (sender, heard) = std::sync::mpsc::channel();
    let hook = std::sync::Arc::new(move |arrival: &emulators::telegram::Arrival| {
        let seen = (arrival.method, arrival.chat, arrival.status, arrival.message_id);
        sender.send(seen).expect("the test listens");
    });
    let options = Options { on_call: Some(hook), ..Options::default() };
    let (telegram, bot) = telegram_with(options).await;
    telegram.say(ANNA, "/start").unwrap();
    bot.send(ANNA, "menu").await.unwrap();
    bot.send(BORIS, "menu").await.unwrap_err();
    let heard: Vec<_> = heard.try_iter().collect();
    assert_eq!(
        heard,
        [("sendMessage", Some(ANNA.0), 200, Some(2)), ("sendMessage", Some(BORIS.0), 403, None),]
    );
}

/// The header of a picture of 2 x 2: all that the emulator looks at.
fn png(name: &str) -> Attachment {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend([0, 0, 0, 2, 0, 0, 0, 2]);
    let mime = "image/png".to_owned();
    Attachment { name: name.to_owned(), mime, bytes: bytes.into(), caption: None }
}

#[tokio::test]
async fn a_text_becomes_a_photo_and_another_photo_but_never_a_text_again() {
    let (telegram, bot) = greeted().await;
    telegram.send_photo(ANNA, png("a.png")).unwrap();
    let photo = telegram.last_message(ANNA.0).unwrap().file_id().unwrap().to_owned();
    telegram.send_photo(ANNA, png("b.png")).unwrap();
    let other = telegram.last_message(ANNA.0).unwrap().file_id().unwrap().to_owned();
    let not_a_picture = Attachment { bytes: b"text".to_vec().into(), ..png("c.png") };
    assert!(telegram.send_photo(ANNA, not_a_picture).is_err());

    bot.send(ANNA, "text").await.unwrap();
    let message_id = telegram.last_message(ANNA.0).unwrap().message_id;
    let edit = |media: Value| json!({"chat_id": 1001, "message_id": message_id, "media": media});
    let html = |id: &str, caption: &str| {
        let photo = json!({"type": "photo", "media": id, "parse_mode": "HTML"});
        let mut photo: Map<String, Value> = photo.as_object().cloned().unwrap();
        photo.insert("caption".to_owned(), json!(caption));
        Value::Object(photo)
    };
    bot.call("editMessageMedia", edit(html(&photo, "<b>one</b>"))).await.unwrap();
    let message = telegram.message(ANNA.0, message_id).unwrap();
    assert_eq!((message.words(), message.file_id()), ("one", Some(&*photo)));
    assert!(message.text.is_none() && message.caption_entities.len() == 1);
    bot.call("editMessageMedia", edit(html(&other, "two"))).await.unwrap();
    assert_eq!(telegram.message(ANNA.0, message_id).unwrap().file_id(), Some(&*other));

    let again = bot.call("editMessageMedia", edit(html(&other, "two"))).await.unwrap_err();
    assert!(again.1.contains("message is not modified"), "{again:?}");
    let text = json!({"chat_id": 1001, "message_id": message_id, "text": "back"});
    let refused = bot.call("editMessageText", text).await.unwrap_err();
    assert_eq!(refused, bad("there is no text in the message to edit"));
    for (media, reason) in [
        (html("no such file", ""), "wrong file_id or the file is temporarily unavailable"),
        (html(&photo, &"x".repeat(1_025)), "message caption is too long"),
        (json!("nonsense"), "can't parse input media JSON object"),
        (json!({"type": "photo"}), "there is no media in the request"),
    ] {
        assert_eq!(bot.call("editMessageMedia", edit(media)).await.unwrap_err(), bad(reason));
    }
}
