//! One broadcast in words: before it goes out, while it does, and when it is over.

use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, PressId};
use telegram::html::shorten;

use super::Broadcasts;
use crate::broadcast::{Audience, Broadcast, State, Tally};
use crate::html::Html;
use crate::screen::{Cx, Key, View};
use crate::screens::Console;
use crate::texts::Label;

/// Of the message on its card, and in the list; in UTF-16 units.
const EXCERPT_MAX: usize = 300;
const LABEL_MAX: usize = 32;
/// Cells of the bar.
const BAR: u64 = 10;

/// On the button of the list.
pub fn label(cx: &Cx, broadcast: &Broadcast) -> Label {
    let mark = match broadcast.state {
        State::Draft => "📝",
        State::Scheduled => "🕒",
        State::Spreading | State::Sending => "▶️",
        State::Done => "✅",
        State::Cancelled => "⏹",
    };
    let words = Html::trusted(broadcast.content.html.clone().into()).visible();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if words.is_empty() { "🖼".into() } else { shorten(&words, LABEL_MAX) };
    let at = broadcast.started_at.or(broadcast.starts_at).map(|at| cx.format.short_time(at));
    match at {
        Some(at) => format!("{mark} {at} · {words}").into(),
        None => format!("{mark} {words}").into(),
    }
}

/// One that has not begun, with what can be done with it.
///
/// # Errors
/// Whom it is for cannot be found out now.
pub async fn ahead(cx: &Cx, broadcast: &Broadcast, before: Option<Html>) -> Result<View, Failure> {
    let (texts, id) = (cx.texts, broadcast.id);
    let (people, whom) = audience(cx, broadcast).await?;
    let title = texts.broadcast_title(&*state(cx, broadcast));
    let title = match before {
        Some(before) => before.paragraph(title),
        None => title,
    };
    let mut text = title.line(texts.broadcast_whom(&*whom)).line(texts.broadcast_people(&*people));
    if let (State::Scheduled, Some(at)) = (broadcast.state, broadcast.starts_at) {
        text = text.line(texts.broadcast_starts(cx.format.time(at)));
    }
    let text = text.paragraph(excerpt(broadcast)).line(extras(cx, broadcast));
    let preview = PressId::fresh(&cx.clock);
    let preview =
        Key::to(texts.key_broadcast_preview(), Broadcasts::Preview { broadcast: id, preview });
    Ok(View::new(text)
        .row([preview])
        .row([
            Key::to(texts.key_broadcast_send(), Broadcasts::AskSend { broadcast: id }).primary(),
            Key::to(texts.key_broadcast_later(), Broadcasts::AskTime { broadcast: id }),
        ])
        .row([Key::to(texts.key_broadcast_discard(), Broadcasts::AskCancel { broadcast: id })])
        .row([Key::to(texts.key_back(), Broadcasts::List { page: 0 }), cx.home_key()]))
}

/// One that has begun, with a bar while it goes out; the same on its card and in the message that is kept up to date.
pub fn progress(cx: &Cx, broadcast: &Broadcast) -> View {
    let (texts, id, tally) = (cx.texts, broadcast.id, &broadcast.tally);
    let title = texts.broadcast_title(&*state(cx, broadcast));
    let is_under_way = broadcast.state.is_under_way();
    let title = if is_under_way && broadcast.state == State::Sending {
        title.line(Html::text(&bar(tally)))
    } else {
        title
    };
    let text = title.paragraph(report(cx, broadcast)).paragraph(excerpt(broadcast));
    let keys = is_under_way.then(|| {
        [
            Key::to(texts.key_broadcast_stop(), Broadcasts::AskCancel { broadcast: id }),
            Key::to(texts.key_refresh(), Broadcasts::Card { broadcast: id }),
        ]
    });
    View::new(text)
        .row(keys.into_iter().flatten())
        .row([Key::to(texts.key_back(), Broadcasts::List { page: 0 }), cx.home_key()])
}

/// What whoever sent it is told at the end.
pub fn over(cx: &Cx, broadcast: &Broadcast) -> View {
    let texts = cx.texts;
    let card = Broadcasts::Card { broadcast: broadcast.id };
    View::new(texts.notice_broadcast_over().paragraph(report(cx, broadcast)))
        .row([Key::to(texts.key_broadcast_open(), card)])
        .row([Key::to(texts.key_back(), Console), cx.home_key()])
}

/// What became of it, in people and time.
fn report(cx: &Cx, broadcast: &Broadcast) -> Html {
    let (texts, format) = (cx.texts, &cx.format);
    let Tally { people, sent, unreachable, failed, in_doubt } = broadcast.tally;
    let mut text = texts
        .broadcast_sent(format.count(sent), format.count(people))
        .line(texts.broadcast_unreachable(format.count(unreachable)))
        .line(texts.broadcast_failed(format.count(failed)))
        .line(texts.broadcast_in_doubt(format.count(in_doubt)));
    if broadcast.state == State::Cancelled {
        let left = people.saturating_sub(broadcast.tally.ended());
        text = text.line(texts.broadcast_left(format.count(left)));
    }
    match broadcast.took(cx.clock.now()) {
        Some(took) => {
            let seconds = took.as_secs();
            text.line(texts.broadcast_took(seconds / 60, seconds % 60))
        }
        None => text,
    }
}

/// How many people it would go to, and who they are.
///
/// # Errors
/// They cannot be counted now.
pub async fn audience(cx: &Cx, broadcast: &Broadcast) -> Result<(Label, Label), Failure> {
    let count = cx.peers.count_audience(broadcast.id).await?;
    let people = cx.format.count(count.people);
    let people = if count.is_at_least { cx.texts.plain_at_least(people) } else { people.into() };
    Ok((people, whom(cx, broadcast.audience).await?))
}

async fn whom(cx: &Cx, audience: Audience) -> Result<Label, Failure> {
    let texts = cx.texts;
    Ok(match audience {
        Audience::Everybody => texts.plain_to_everybody(),
        Audience::Buyers => texts.plain_to_buyers(),
        Audience::WithoutPurchase => texts.plain_to_without_purchase(),
        Audience::Inactive { days } => texts.plain_to_inactive(days.into()),
        Audience::SpentOver { amount } => texts.plain_to_spent_over(cx.format.money(amount)),
        Audience::Bought { item } => texts.plain_to_bought(item_name(cx, item).await?),
        Audience::Speaking { locale } => texts.plain_to_speaking(locale.tag().to_ascii_uppercase()),
    })
}

/// An item that was archived has a number; who bought it is known all the same.
async fn item_name(cx: &Cx, item: ItemId) -> Result<String, Failure> {
    match cx.peers.get_item(item).await {
        Ok(item) => Ok(item.name),
        Err(failure) if failure.kind() == Kind::Missing => Ok(item.to_string()),
        Err(failure) => Err(failure),
    }
}

/// The beginning of what it says, without its formatting.
pub fn excerpt(broadcast: &Broadcast) -> Html {
    let words = Html::trusted(broadcast.content.html.clone().into()).visible();
    Html::text(&shorten(words.trim(), EXCERPT_MAX))
}

fn extras(cx: &Cx, broadcast: &Broadcast) -> Html {
    let content = &broadcast.content;
    let photo = content.photo.as_ref().map(|_| cx.texts.broadcast_with_photo());
    let buttons = content.buttons.len();
    let buttons = (buttons > 0).then(|| cx.texts.broadcast_with_buttons(buttons));
    let both = photo.into_iter().chain(buttons);
    both.reduce(Html::line).map(|extras| Html::default().line(extras)).unwrap_or_default()
}

fn state(cx: &Cx, broadcast: &Broadcast) -> Label {
    let texts = cx.texts;
    match broadcast.state {
        State::Draft => texts.plain_broadcast_draft(),
        State::Scheduled => texts.plain_broadcast_scheduled(),
        State::Spreading => texts.plain_broadcast_spreading(),
        State::Sending => texts.plain_broadcast_sending(),
        State::Done => texts.plain_broadcast_done(),
        State::Cancelled => texts.plain_broadcast_cancelled(),
    }
}

fn bar(tally: &Tally) -> String {
    let percent = tally.percent();
    let full = usize::try_from(percent * BAR / 100).unwrap_or_default();
    let empty = usize::try_from(BAR).unwrap_or_default().saturating_sub(full);
    format!("{}{} {percent}%", "▓".repeat(full), "░".repeat(empty))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adm_04_the_bar_is_full_only_at_the_end() {
        let at = |sent| bar(&Tally { people: 1_000, sent, ..Tally::default() });
        assert_eq!(at(0), "░░░░░░░░░░ 0%");
        assert_eq!(at(555), "▓▓▓▓▓░░░░░ 55%");
        assert_eq!(at(999), "▓▓▓▓▓▓▓▓▓░ 99%");
        assert_eq!(at(1_000), "▓▓▓▓▓▓▓▓▓▓ 100%");
    }
}
