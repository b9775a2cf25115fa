//! The Bot API methods that are emulated, by name in any case.

mod chats;
mod editing;
mod invoices;
mod media;
mod outgoing;
mod profile;
mod queries;
mod sending;
mod webhooks;
mod wording;

use std::sync::Arc;

use super::failure::{Answer, Failure};
use super::world::World;
use crate::parameters::Parameters;

pub(crate) struct Method {
    pub(crate) name: &'static str,
    pub(crate) run: Run,
}

type Handler = fn(&Arc<World>, &Parameters) -> Result<Answer, Failure>;

pub(crate) enum Run {
    Now(Handler),
    /// getUpdates, the one method that waits.
    Poll,
}

const fn now(name: &'static str, handler: Handler) -> Method {
    Method { name, run: Run::Now(handler) }
}

/// Those that a busy bot calls most come first.
static METHODS: [Method; 43] = [
    now("sendMessage", sending::send_message),
    now("editMessageText", editing::edit_message_text),
    now("answerCallbackQuery", queries::answer_callback_query),
    now("answerPreCheckoutQuery", queries::answer_pre_checkout_query),
    now("editMessageReplyMarkup", editing::edit_message_reply_markup),
    now("editMessageCaption", editing::edit_message_caption),
    now("editMessageMedia", media::edit_message_media),
    now("deleteMessage", editing::delete_message),
    now("deleteMessages", editing::delete_messages),
    now("sendDocument", sending::send_document),
    now("sendPhoto", sending::send_photo),
    now("sendInvoice", invoices::send_invoice),
    now("sendChatAction", sending::send_chat_action),
    now("copyMessage", sending::copy_message),
    Method { name: "getUpdates", run: Run::Poll },
    now("createInvoiceLink", invoices::create_invoice_link),
    now("refundStarPayment", invoices::refund_star_payment),
    now("getStarTransactions", invoices::get_star_transactions),
    now("getMyStarBalance", invoices::get_my_star_balance),
    now("setWebhook", webhooks::set_webhook),
    now("deleteWebhook", webhooks::delete_webhook),
    now("getWebhookInfo", webhooks::get_webhook_info),
    now("getMe", profile::get_me),
    now("setMyCommands", profile::set_my_commands),
    now("getMyCommands", profile::get_my_commands),
    now("deleteMyCommands", profile::delete_my_commands),
    now("setChatMenuButton", profile::set_chat_menu_button),
    now("getChatMenuButton", profile::get_chat_menu_button),
    now("setMyName", profile::set_my_name),
    now("getMyName", profile::get_my_name),
    now("setMyDescription", profile::set_my_description),
    now("getMyDescription", profile::get_my_description),
    now("setMyShortDescription", profile::set_my_short_description),
    now("getMyShortDescription", profile::get_my_short_description),
    now("getChat", chats::get_chat),
    now("getChatMember", chats::get_chat_member),
    now("getFile", chats::get_file),
    now("logOut", yes),
    now("close", yes),
    now("getChatMemberCount", chats::get_chat_member_count),
    now("pinChatMessage", chats::pin_chat_message),
    now("unpinChatMessage", chats::pin_chat_message),
    now("setMessageReaction", chats::pin_chat_message),
];

pub(crate) fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name.eq_ignore_ascii_case(name))
}

#[expect(clippy::unnecessary_wraps, reason = "one signature for all methods")]
fn yes(_: &Arc<World>, _: &Parameters) -> Result<Answer, Failure> {
    Ok(Answer::yes())
}
