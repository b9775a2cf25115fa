//! Broadcasts between the wire and ours; what does not parse is a failure with a field name.

use contract::bot as wire;
use contract::bot::audience::Who;
use contract::convert::{self, invalid};
use contract::failure::Failure;
use kernel::ids::PersonId;

use super::{Audience, Broadcast, Content, Link, State, Tally};

/// What it says, for the wire.
pub fn content_told(content: &Content) -> wire::BroadcastContent {
    let told = |link: &Link| wire::LinkButton { label: link.label.clone(), url: link.url.clone() };
    wire::BroadcastContent {
        html: content.html.clone(),
        photo: content.photo.clone().unwrap_or_default(),
        buttons: content.buttons.iter().map(told).collect(),
    }
}

/// What it says, from the wire.
///
/// # Errors
/// Telegram would refuse it.
pub fn read_content(told: Option<wire::BroadcastContent>) -> Result<Content, Failure> {
    let told = told.ok_or_else(|| invalid("content", "is required"))?;
    let link = |button: wire::LinkButton| Link { label: button.label, url: button.url };
    let photo = Some(told.photo).filter(|photo| !photo.is_empty());
    let buttons = told.buttons.into_iter().map(link).collect();
    Content::new(told.html, photo, buttons).map_err(|why| invalid("content", why))
}

/// Whom it is for, for the wire.
pub fn audience_told(audience: Audience) -> wire::Audience {
    let who = match audience {
        Audience::Everybody => Who::Everybody(true),
        Audience::Buyers => Who::Buyers(true),
        Audience::WithoutPurchase => Who::WithoutPurchase(true),
        Audience::Inactive { days } => Who::InactiveDays(days),
        Audience::SpentOver { amount } => Who::SpentOver(amount.into()),
        Audience::Bought { item } => Who::BoughtItemId(item.to_string()),
        Audience::Speaking { locale } => Who::Locale(locale.tag().to_owned()),
    };
    wire::Audience { who: Some(who) }
}

/// Whom it is for, from the wire.
///
/// # Errors
/// Nobody is named, or an amount, an item or a language that is none.
pub fn read_audience(told: Option<wire::Audience>) -> Result<Audience, Failure> {
    let who = told.and_then(|audience| audience.who);
    Ok(match who.ok_or_else(|| invalid("audience", "is required"))? {
        Who::Everybody(true) => Audience::Everybody,
        Who::Buyers(true) => Audience::Buyers,
        Who::WithoutPurchase(true) => Audience::WithoutPurchase,
        Who::Everybody(false) | Who::Buyers(false) | Who::WithoutPurchase(false) => {
            return Err(invalid("audience", "must be true where it is given"));
        }
        Who::InactiveDays(days) => Audience::Inactive { days },
        Who::SpentOver(amount) => {
            Audience::SpentOver { amount: convert::money("spent_over", Some(amount))? }
        }
        Who::BoughtItemId(item) => Audience::Bought { item: convert::id("bought_item_id", &item)? },
        Who::Locale(tag) => {
            Audience::Speaking { locale: tag.parse().map_err(|why| invalid("locale", why))? }
        }
    })
}

/// How it stands, for the wire.
pub fn told(broadcast: &Broadcast) -> wire::Broadcast {
    let state = match broadcast.state {
        State::Draft => wire::BroadcastState::Draft,
        State::Scheduled => wire::BroadcastState::Scheduled,
        State::Spreading => wire::BroadcastState::Spreading,
        State::Sending => wire::BroadcastState::Sending,
        State::Done => wire::BroadcastState::Done,
        State::Cancelled => wire::BroadcastState::Cancelled,
    };
    let Tally { people, sent, unreachable, failed, in_doubt } = broadcast.tally;
    wire::Broadcast {
        broadcast_id: broadcast.id.to_string(),
        author_id: broadcast.author.0,
        content: Some(content_told(&broadcast.content)),
        audience: Some(audience_told(broadcast.audience)),
        state: state.into(),
        starts_at: broadcast.starts_at.map(convert::timestamp),
        started_at: broadcast.started_at.map(convert::timestamp),
        finished_at: broadcast.finished_at.map(convert::timestamp),
        tally: Some(wire::Tally { people, sent, unreachable, failed, in_doubt }),
    }
}

/// How it stands, from the wire.
///
/// # Errors
/// A state that this version does not know, or a field that is none.
pub fn read(told: wire::Broadcast) -> Result<Broadcast, Failure> {
    let state = match told.state() {
        wire::BroadcastState::Draft => State::Draft,
        wire::BroadcastState::Scheduled => State::Scheduled,
        wire::BroadcastState::Spreading => State::Spreading,
        wire::BroadcastState::Sending => State::Sending,
        wire::BroadcastState::Done => State::Done,
        wire::BroadcastState::Cancelled => State::Cancelled,
        wire::BroadcastState::Unspecified => return Err(invalid("state", "is not known")),
    };
    let wire::Tally { people, sent, unreachable, failed, in_doubt } =
        told.tally.unwrap_or_default();
    Ok(Broadcast {
        id: convert::id("broadcast_id", &told.broadcast_id)?,
        author: PersonId(told.author_id),
        content: read_content(told.content)?,
        audience: read_audience(told.audience)?,
        state,
        starts_at: told.starts_at.map(|at| convert::instant(Some(at))),
        started_at: told.started_at.map(|at| convert::instant(Some(at))),
        finished_at: told.finished_at.map(|at| convert::instant(Some(at))),
        tally: Tally { people, sent, unreachable, failed, in_doubt },
    })
}
