//! A new broadcast: what it says, its buttons, whom it is for. What was answered is kept beside the open question; the last
//! answer keeps it as a draft, and nothing is sent from here.

use contract::failure::Failure;
use kernel::ids::{BroadcastId, CategoryId};
use kernel::locale::Locale;
use serde::{Deserialize, Serialize};
use telegram::{Entity, markup};

use super::broadcasts::one;
use super::set_price::price;
use crate::broadcast::{Audience, Content, DAYS, InvalidContent, Link};
use crate::dialogue::Answers;
use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog::ItemOrder;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::Broadcasts;

/// One question after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compose {
    /// Asks for the message.
    Message,
    /// Asks for buttons.
    Buttons,
    /// Asks whom it is for; a press that leads here says that there are no buttons.
    Audience,
    /// Asks for how many days people were not seen.
    Days,
    /// Asks how much people have spent.
    Spent,
    /// Offers the categories.
    Categories {
        /// Zero-based.
        page: u16,
    },
    /// Offers the items of one.
    Items {
        /// Which.
        category: CategoryId,
        /// Zero-based.
        page: u16,
    },
    /// Keeps it as a draft.
    Keep {
        /// Made when the question was shown, so that a repeated press is the same draft.
        broadcast: BroadcastId,
        /// Whom it is for.
        audience: Audience,
    },
}

/// What was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NewBroadcastAnswers {
    /// Telegram's HTML.
    pub html: String,
    /// What Telegram calls the picture.
    pub photo: Option<String>,
    /// Under the message.
    pub buttons: Vec<Link>,
}

impl Answers for NewBroadcastAnswers {
    const OF: &'static str = "new broadcast";
}

impl Page for Compose {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        if *self == Self::Message {
            return Ok(ask_message(cx, None));
        }
        match cx.draft().await {
            Some(draft) => self.step(cx, &draft).await,
            None => Ok(cx.notice(Html::text(&cx.texts.alert_draft_lost()))),
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        if *self == Self::Message {
            return Ok(Reaction::Show(message(cx, input)));
        }
        let Some(draft) = cx.draft().await else { return self.lost(cx).await };
        Ok(Reaction::Show(match (self, input) {
            (Self::Keep { broadcast, audience }, Input::Press) => {
                keep(cx, &draft, *broadcast, *audience).await?
            }
            (Self::Buttons, Input::Text { text, .. }) => buttons(cx, draft, text),
            (Self::Days, Input::Text { text, message_id, .. }) => {
                let days = text.trim().parse().ok().filter(|days| DAYS.contains(days));
                match days {
                    Some(days) => {
                        let audience = Audience::Inactive { days };
                        keep(cx, &draft, typed(cx, message_id), audience).await?
                    }
                    None => ask(cx, self, &draft, Some(cx.texts.broadcast_bad_days())),
                }
            }
            (Self::Spent, Input::Text { text, message_id, .. }) => {
                match price(cx, text, cx.money(100_000)) {
                    Ok(amount) => {
                        let audience = Audience::SpentOver { amount };
                        keep(cx, &draft, typed(cx, message_id), audience).await?
                    }
                    Err(problem) => ask(cx, self, &draft, Some(problem)),
                }
            }
            _ => self.step(cx, &draft).await?,
        }))
    }
}

impl Compose {
    /// The question of this step, again or for the first time.
    async fn step(&self, cx: &Cx, draft: &NewBroadcastAnswers) -> Result<View, Failure> {
        match *self {
            Self::Categories { page } => categories(cx, page, draft).await,
            Self::Items { category, page } => items(cx, category, page, draft).await,
            Self::Audience | Self::Keep { .. } => Ok(ask_audience(cx, draft, None)),
            _ => Ok(ask(cx, self, draft, None)),
        }
    }

    /// The answers are gone: pressed once more after it was kept, or much too late.
    async fn lost(&self, cx: &Cx) -> Result<Reaction, Failure> {
        if let Self::Keep { broadcast, .. } = self
            && let Ok(kept) = cx.peers.get_broadcast(*broadcast).await
        {
            return Ok(Reaction::Show(one(cx, &kept, None).await?));
        }
        Ok(Reaction::Alert(cx.texts.alert_draft_lost()))
    }
}

/// The id of a draft whose last answer was typed.
fn typed(cx: &Cx, message_id: i64) -> BroadcastId {
    BroadcastId::derived(&format!("{}:{message_id}", cx.person.id))
}

/// What somebody sent for everybody to read, as they formatted it.
fn message(cx: &Cx, input: Input<'_>) -> View {
    let html = |text: &str, marks: &[Entity<'_>]| markup::to_html(text.trim_end(), marks);
    let (html, photo) = match input {
        Input::Press => return ask_message(cx, None),
        Input::Document { .. } => {
            return ask_message(cx, Some(cx.texts.broadcast_bad_message()));
        }
        Input::Text { text, marks, .. } => (html(text, marks), None),
        Input::Photo { file_id, caption, marks } => {
            (html(caption, marks), Some(file_id.to_owned()))
        }
    };
    match Content::new(html, photo, Vec::new()) {
        Ok(Content { html, photo, buttons }) => {
            ask(cx, &Compose::Buttons, &NewBroadcastAnswers { html, photo, buttons }, None)
        }
        Err(why) => ask_message(cx, Some(problem(cx, why))),
    }
}

fn buttons(cx: &Cx, draft: NewBroadcastAnswers, text: &str) -> View {
    match Link::read_all(text) {
        Ok(buttons) => ask_audience(cx, &NewBroadcastAnswers { buttons, ..draft }, None),
        Err(why) => ask(cx, &Compose::Buttons, &draft, Some(problem(cx, why))),
    }
}

fn problem(cx: &Cx, why: InvalidContent) -> Html {
    match why {
        InvalidContent::Empty => cx.texts.broadcast_bad_message(),
        InvalidContent::TooLong(most) => cx.texts.broadcast_too_long(cx.format.count(most as u64)),
        InvalidContent::TooManyButtons | InvalidContent::Button => cx.texts.broadcast_bad_buttons(),
    }
}

async fn keep(
    cx: &Cx,
    draft: &NewBroadcastAnswers,
    id: BroadcastId,
    audience: Audience,
) -> Result<View, Failure> {
    let NewBroadcastAnswers { html, photo, buttons } = draft.clone();
    let content = match Content::new(html, photo, buttons) {
        Ok(content) => content,
        Err(why) => return Ok(ask_message(cx, Some(problem(cx, why)))),
    };
    match cx.peers.draft_broadcast(id, &content, audience).await {
        Ok(kept) => one(cx, &kept, None).await,
        Err(failure) => Ok(ask_audience(cx, draft, Some(failure_text::asking_again(cx, failure)?))),
    }
}

fn after(problem: Option<Html>, question: Html) -> Html {
    match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    }
}

fn ask_message(cx: &Cx, problem: Option<Html>) -> View {
    View::new(after(problem, cx.texts.broadcast_ask_message()))
        .row([Key::to(cx.texts.key_cancel(), Broadcasts::List { page: 0 })])
        .asking(Compose::Message)
}

/// The questions that are answered with a text.
fn ask(cx: &Cx, step: &Compose, draft: &NewBroadcastAnswers, problem: Option<Html>) -> View {
    let texts = cx.texts;
    let question = match step {
        Compose::Days => texts.broadcast_ask_days(),
        Compose::Spent => texts.broadcast_ask_spent(cx.shop.currency.code()),
        _ => texts.broadcast_ask_buttons(),
    };
    let onward = (*step == Compose::Buttons)
        .then(|| Key::to(texts.key_broadcast_no_buttons(), Compose::Audience));
    View::new(after(problem, question))
        .row(onward)
        .row([Key::to(texts.key_cancel(), Broadcasts::List { page: 0 })])
        .asking(step.clone())
        .with_draft(draft)
}

fn ask_audience(cx: &Cx, draft: &NewBroadcastAnswers, problem: Option<Html>) -> View {
    let texts = cx.texts;
    let broadcast = BroadcastId::fresh(&cx.clock);
    let to = |label, audience| Key::to(label, Compose::Keep { broadcast, audience });
    let languages = Locale::ALL.map(|locale| {
        let label = texts.key_to_speaking(locale.tag().to_ascii_uppercase());
        to(label, Audience::Speaking { locale })
    });
    View::new(after(problem, texts.broadcast_ask_audience()))
        .row([to(texts.key_to_everybody(), Audience::Everybody)])
        .row([
            to(texts.key_to_buyers(), Audience::Buyers),
            to(texts.key_to_without_purchase(), Audience::WithoutPurchase),
        ])
        .row([
            Key::to(texts.key_to_inactive(), Compose::Days),
            Key::to(texts.key_to_spent_over(), Compose::Spent),
        ])
        .row([Key::to(texts.key_to_bought(), Compose::Categories { page: 0 })])
        .row(languages)
        .row([Key::to(texts.key_cancel(), Broadcasts::List { page: 0 })])
        .asking(Compose::Audience)
        .with_draft(draft)
}

async fn categories(cx: &Cx, page: u16, draft: &NewBroadcastAnswers) -> Result<View, Failure> {
    let (shelf, found) = page_or_first(page, |page| cx.peers.list_categories(None, page)).await?;
    let keys = found.categories.rows.into_iter().map(|category| {
        Key::to(category.name.into(), Compose::Items { category: category.id, page: 0 })
    });
    Ok(View::new(cx.texts.broadcast_ask_category())
        .list(keys)
        .arrows(cx, shelf, |page| Compose::Categories { page }.into())
        .row([Key::to(cx.texts.key_back(), Compose::Audience)])
        .asking(Compose::Categories { page: shelf.number })
        .with_draft(draft))
}

async fn items(
    cx: &Cx,
    category: CategoryId,
    page: u16,
    draft: &NewBroadcastAnswers,
) -> Result<View, Failure> {
    let look = |page| cx.peers.list_items(category, ItemOrder::Name, page);
    let (shelf, found) = page_or_first(page, look).await?;
    let broadcast = BroadcastId::fresh(&cx.clock);
    let inside = found.categories.iter().map(|inside| {
        let label = cx.texts.key_category(&inside.name);
        Key::to(label, Compose::Items { category: inside.id, page: 0 })
    });
    let items = found.items.iter().map(|item| {
        let audience = Audience::Bought { item: item.id };
        Key::to(item.name.clone().into(), Compose::Keep { broadcast, audience })
    });
    Ok(View::new(cx.texts.broadcast_ask_item(&found.category.name))
        .list(inside.chain(items))
        .arrows(cx, shelf, |page| Compose::Items { category, page }.into())
        .row([Key::to(cx.texts.key_back(), Compose::Categories { page: 0 })])
        .asking(Compose::Items { category, page: shelf.number })
        .with_draft(draft))
}
