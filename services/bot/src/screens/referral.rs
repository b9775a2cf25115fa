//! Inviting: the person's own link, and what it has brought.

use std::fmt::Write;

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::peers::referrals::Inviter;
use crate::screen::{Cx, Key, Page, View};
use crate::screens::{Invited, Profile, invited};

/// The inviting page of whoever looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral;

impl Page for Referral {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let texts = cx.texts;
        let back = [Key::to(texts.key_back(), Profile), cx.home_key()];
        let Some(bot) = cx.chat.bot_username().await else {
            return Ok(View::new(texts.referral_no_link()).row(back));
        };
        let link = format!("https://t.me/{bot}?start=ref_{}", cx.person.id);
        let stats = cx.peers.get_referral_stats(Inviter::Oneself).await?;
        let text = texts
            .referral(u32::from(cx.shop.referral_percent), &link)
            .paragraph(invited::totals(cx, &stats));
        Ok(View::new(text)
            .row([Key::url(texts.key_share(), share_url(&link, &texts.plain_share()))])
            .row(Key::copy(texts.key_copy_link(), &link))
            .row(invited::doors(cx, &stats, |place| Invited { place }.into()))
            .row(back))
    }
}

/// Opens Telegram's own list of people to send to.
fn share_url(link: &str, text: &str) -> String {
    format!("https://t.me/share/url?url={}&text={}", encoded(link), encoded(text))
}

fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes all");
        }
    }
    encoded
}
