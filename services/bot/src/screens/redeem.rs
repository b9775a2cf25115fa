//! A balance code: one question, and money on the balance.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::failure_text;
use crate::html::Html;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Profile, Shop};

/// Asks for the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redeem;

impl Page for Redeem {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(ask(cx, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let Input::Text { text, message_id, .. } = input else {
            return Ok(Reaction::Show(ask(cx, None)));
        };
        // The same message again is the same redemption.
        let id = kernel::ids::derived("redemption", &format!("{}:{message_id}", cx.person.id));
        Ok(Reaction::Show(match cx.peers.redeem_code(id, text).await {
            Ok(redeemed) => {
                // The same update again comes by here again.
                cx.intents.credited(cx.person.id).await;
                let amount = cx.format.money(redeemed.amount);
                View::new(cx.texts.redeem_done(&redeemed.code, amount))
                    .row([Key::to(cx.texts.key_to_shop(), Shop { page: 0 }).primary()])
                    .row([Key::to(cx.texts.key_profile(), Profile), cx.home_key()])
            }
            // It is redeemed; the money comes by itself, and so does the news of it.
            Err(failure) if failure.is_unknown_outcome() => cx.notice(cx.texts.redeem_later()),
            Err(failure) => ask(cx, Some(failure_text::asking_again(cx, failure)?)),
        }))
    }
}

fn ask(cx: &Cx, problem: Option<Html>) -> View {
    let question = cx.texts.redeem_ask();
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text).row([Key::to(cx.texts.key_cancel(), Profile)]).asking(Redeem)
}
