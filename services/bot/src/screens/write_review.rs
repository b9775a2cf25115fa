//! Writing a review of an item that one bought: stars by a press, words by a text or none, and taking it back.

use contract::failure::Failure;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::failure_text;
use crate::html::Html;
use crate::peers::reviews::{Own, ReviewState, STARS_MAX, Standing};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::reviews::drawn;
use crate::screens::{Item, Reviews};

/// As the service takes them.
const WORDS_CHARS_MAX: usize = 500;
/// Leaves room for the words.
const NAME_MAX: usize = 100;

/// One step after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WriteReview {
    /// Asks for stars.
    Ask {
        /// Of which item.
        item: ItemId,
    },
    /// Asks for words.
    Stars {
        /// Of which item.
        item: ItemId,
        /// One to five.
        stars: u8,
    },
    /// Writes it without words.
    Send {
        /// Of which item.
        item: ItemId,
        /// One to five.
        stars: u8,
    },
    /// Asks whether to take it back.
    AskTakeBack {
        /// Of which item.
        item: ItemId,
    },
    /// Takes it back.
    TakeBack {
        /// Of which item.
        item: ItemId,
    },
}

impl Page for WriteReview {
    /// Asks: a press or a text writes, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        if !cx.shop.reviews {
            return self.card().view(cx).await;
        }
        match *self {
            Self::Ask { item } | Self::TakeBack { item } => {
                Ok(ask_stars(cx, item, &cx.peers.get_own_review(item).await?))
            }
            Self::Stars { item, stars } | Self::Send { item, stars } => {
                Ok(ask_words(cx, item, stars, None))
            }
            Self::AskTakeBack { item } => Ok(View::new(cx.texts.review_ask_take_back())
                .row([Key::to(cx.texts.key_review_take_back_yes(), Self::TakeBack { item })])
                .row([Key::to(cx.texts.key_cancel(), Self::Ask { item })])),
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let view = match (self, input) {
            (&Self::Stars { item, stars }, Input::Text { text, .. }) => {
                let written = text.trim().chars().count();
                if written > WORDS_CHARS_MAX {
                    let problem = cx.texts.review_too_long(written as u64);
                    ask_words(cx, item, stars, Some(problem))
                } else {
                    self.write(cx, stars, text).await?
                }
            }
            (&Self::Send { stars, .. }, Input::Press) => self.write(cx, stars, "").await?,
            (&Self::TakeBack { item }, Input::Press) => {
                cx.peers.take_review_back(item).await?;
                View::new(cx.texts.review_taken_back()).row(ways(cx, item))
            }
            _ => self.view(cx).await?,
        };
        Ok(Reaction::Show(view))
    }
}

impl WriteReview {
    async fn write(&self, cx: &Cx, stars: u8, text: &str) -> Result<View, Failure> {
        let item = self.card().item;
        match cx.peers.write_review(item, stars, text, &cx.person.name).await {
            Ok(review) => {
                Ok(View::new(cx.texts.review_thanks().paragraph(own(cx, &review)))
                    .row(ways(cx, item)))
            }
            Err(failure) => {
                let problem = failure_text::asking_again(cx, failure)?;
                Ok(ask_words(cx, item, stars, Some(problem)))
            }
        }
    }

    fn card(&self) -> Item {
        let (Self::Ask { item }
        | Self::Stars { item, .. }
        | Self::Send { item, .. }
        | Self::AskTakeBack { item }
        | Self::TakeBack { item }) = *self;
        Item { item, page: 0, shop_page: 0 }
    }
}

/// A button that offers to write one.
pub fn offer(cx: &Cx, item: ItemId) -> Option<Key> {
    let label = || cx.texts.key_write_review();
    cx.shop.reviews.then(|| Key::to(label(), WriteReview::Ask { item }))
}

fn ask_stars(cx: &Cx, item: ItemId, standing: &Standing) -> View {
    let texts = cx.texts;
    let title = texts.review_title(&*shorten(&standing.item_name, NAME_MAX));
    let text = match &standing.review {
        Some(review) => title.paragraph(own(cx, review)),
        None => title,
    };
    let back = standing
        .review
        .as_ref()
        .map(|_| Key::to(texts.key_review_take_back(), WriteReview::AskTakeBack { item }));
    if !standing.may_write {
        let text = text.paragraph(texts.review_only_buyers());
        return View::new(text).row(back).row(ways(cx, item));
    }
    let question = match standing.review {
        Some(_) => texts.review_ask_again(),
        None => texts.review_ask_stars(),
    };
    let stars = (1..=STARS_MAX)
        .rev()
        .map(|stars| Key::to(drawn(stars).into(), WriteReview::Stars { item, stars }));
    View::new(text.paragraph(question)).list(stars).row(back).row(ways(cx, item))
}

fn ask_words(cx: &Cx, item: ItemId, stars: u8, problem: Option<Html>) -> View {
    let question = cx.texts.review_ask_words(drawn(stars));
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_review_send(), WriteReview::Send { item, stars }).primary()])
        .row([Key::to(cx.texts.key_cancel(), WriteReview::Ask { item })])
        .asking(WriteReview::Stars { item, stars })
}

/// What its author said, and what became of it.
fn own(cx: &Cx, review: &Own) -> Html {
    let texts = cx.texts;
    let state = match review.state {
        ReviewState::Approved => texts.review_is_shown(),
        ReviewState::Rejected => texts.review_is_rejected(&review.reason),
        ReviewState::Removed => texts.review_is_removed(&review.reason),
        ReviewState::Pending | ReviewState::Unspecified => texts.review_waits(),
    };
    texts.review_own(drawn(review.stars)).line(Html::text(&review.text)).paragraph(state)
}

fn ways(cx: &Cx, item: ItemId) -> [Key; 3] {
    let all = Reviews { item, number: 0, page: 0, shop_page: 0 };
    [
        Key::to(cx.texts.key_all_reviews(), all),
        Key::to(cx.texts.key_to_item(), Item { item, page: 0, shop_page: 0 }),
        cx.home_key(),
    ]
}
