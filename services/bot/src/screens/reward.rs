//! Money for joining channels: which there are, and a look whether one has been joined.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};

use crate::html::Html;
use crate::peers::rewards::RewardStanding;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::Profile;

/// The channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reward {
    /// As it stands.
    Show,
    /// Has Telegram asked.
    Check,
}

impl Page for Reward {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(show(cx, &cx.peers.list_rewards().await?))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if (self, matches!(input, Input::Press)) != (&Self::Check, true) {
            return Ok(Reaction::Show(self.view(cx).await?));
        }
        let (standing, credited) = cx.peers.claim_rewards().await?;
        let toast = if credited.minor > 0 {
            cx.texts.toast_rewarded(cx.format.signed(credited))
        } else {
            cx.texts.toast_not_joined()
        };
        Ok(Reaction::ShowSaying(show(cx, &standing), toast))
    }
}

fn show(cx: &Cx, standing: &RewardStanding) -> View {
    let texts = cx.texts;
    let title = texts.reward_title(cx.format.money(standing.amount));
    let name = |number: u64, name: &str| match name {
        "" => texts.plain_channel_numbered(number).into_owned(),
        name => name.to_owned(),
    };
    let numbered = || (1_u64..).zip(&standing.channels);
    let lines = numbered().map(|(number, channel)| {
        let name = name(number, &channel.name);
        if channel.is_rewarded { texts.reward_done(name) } else { texts.reward_open(name) }
    });
    let text = lines.fold(title, Html::line);
    let open = numbered().filter(|(_, channel)| !channel.is_rewarded).map(|(number, channel)| {
        let label = match channel.name.as_str() {
            "" => texts.key_join_numbered(number),
            name => texts.key_join(name),
        };
        Key::url(label, &channel.url)
    });
    let open: Vec<Key> = open.collect();
    let check = (!open.is_empty()).then(|| Key::to(texts.key_joined(), Reward::Check).success());
    View::new(text).list(open).row(check).row([Key::to(texts.key_back(), Profile), cx.home_key()])
}
