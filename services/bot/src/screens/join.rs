//! Channels to join before going on. Whoever has joined goes on to where they wanted.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Home, Language, Support};
use crate::subscriptions::Channel;

/// Asks to join, or looks again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join;

impl Page for Join {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let missing = cx.subscriptions.missing(cx.person.id).await;
        if missing.is_empty() { Home.view(cx).await } else { Ok(ask(cx, &missing)) }
    }

    async fn react(&self, cx: &Cx, _: Input<'_>) -> Result<Reaction, Failure> {
        let missing = cx.subscriptions.missing_now(cx.person.id).await;
        if !missing.is_empty() {
            return Ok(Reaction::ShowSaying(ask(cx, &missing), cx.texts.toast_not_joined()));
        }
        let wanted = cx.subscriptions.wanted(cx.person.id).await;
        Ok(Reaction::Go(wanted.unwrap_or_else(|| Home.into())))
    }
}

/// The question, with a way into each channel that is missing.
pub fn ask(cx: &Cx, missing: &[&Channel]) -> View {
    let texts = cx.texts;
    let channels = (1_u64..).zip(missing).map(|(number, channel)| {
        let label = match channel.name() {
            Some(name) => texts.key_join(name),
            None => texts.key_join_numbered(number),
        };
        Key::url(label, &channel.url)
    });
    let support = cx.shop.support.map(|_| Key::to(texts.key_support(), Support));
    let language = Key::to(texts.key_language(), Language { chosen: None });
    View::new(texts.join_ask())
        .list(channels)
        .row([Key::to(texts.key_joined(), Join).success()])
        .row(support.into_iter().chain([language]))
}
