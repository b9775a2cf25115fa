//! The menu: where everything begins and every lost button leads.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Console, Language, Profile, Purchases, Rules, Shop, Support, TopUp};

/// The menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home;

impl Page for Home {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (texts, shop) = (cx.texts, &cx.shop);
        let always = [
            Key::to(texts.key_shop(), Shop { page: 0 }).primary(),
            Key::to(texts.key_profile(), Profile),
            Key::to(texts.key_top_up(), TopUp),
            Key::to(texts.key_purchases(), Purchases { page: 0 }),
        ];
        let rules = shop.has_rules().then(|| Key::to(texts.key_rules(), Rules));
        let support = shop.support.map(|_| Key::to(texts.key_support(), Support));
        let channel = shop.channel_url.as_ref().map(|url| Key::url(texts.key_channel(), url));
        let language = Some(Key::to(texts.key_language(), Language { chosen: None }));
        let staff = cx.staff.is_staff().then(|| Key::to(texts.key_staff(), Console));
        let sometimes = [rules, support, channel, language, staff].into_iter().flatten();
        Ok(View::new(texts.home_welcome(&cx.person.name))
            .grid(2, always.into_iter().chain(sometimes)))
    }
}
