//! Reviews for staff: what waits, and what becomes of one. Whatever keeps words from others asks for a reason and then
//! once more; a decision is about the words that were on the screen.

use contract::failure::Failure;
use kernel::ids::ReviewId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::dialogue::Answers;
use crate::failure_text;
use crate::html::Html;
use crate::peers::review_admin::StaffReview;
use crate::peers::reviews::ReviewState;
use crate::screen::{Cx, Input, Key, Page, Reaction, View, page_or_first};
use crate::screens::reviews::drawn;
use crate::screens::{Console, Item};

/// Characters of a reason, as the service takes them.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=200;
/// Leaves room for the stars on a button.
const KEY_NAME_MAX: usize = 40;
/// Leaves room for the words.
const NAME_MAX: usize = 100;

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// Others do not see it.
    Reject,
    /// It goes for good.
    Remove,
}

/// What waits, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StaffReviews {
    /// All that wait.
    List {
        /// Zero-based.
        page: u16,
    },
    /// One review.
    Show {
        /// Which.
        review: ReviewId,
    },
    /// Lets others see it.
    Approve {
        /// Which.
        review: ReviewId,
        /// As it was shown.
        version: u32,
    },
    /// Asks why not.
    AskWhy {
        /// Which.
        review: ReviewId,
        /// As it was shown.
        version: u32,
        /// What for.
        refusal: Refusal,
    },
    /// Does it, for the reason that was given.
    Refuse {
        /// Which.
        review: ReviewId,
        /// As it was shown.
        version: u32,
        /// What.
        refusal: Refusal,
    },
}

/// The reason that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusalAnswers {
    /// 3 to 200 characters.
    pub reason: String,
}

impl Answers for RefusalAnswers {
    const OF: &'static str = "refuse review";
}

impl Page for StaffReviews {
    /// Asks: a press decides, being shown never does.
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::List { page } => list(cx, page, None).await,
            Self::Show { review } | Self::Approve { review, .. } => {
                Ok(card(cx, &cx.peers.get_review(review).await?, None).await)
            }
            Self::AskWhy { review, version, refusal }
            | Self::Refuse { review, version, refusal } => {
                Ok(ask_why(cx, &Self::AskWhy { review, version, refusal }, review, None))
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let view = match (self, input) {
            (&Self::Approve { review, version }, Input::Press) => {
                match cx.peers.approve_review(review, version).await {
                    Ok(()) => list(cx, 0, Some(cx.texts.staff_review_approved())).await?,
                    Err(failure) => changed(cx, review, failure).await?,
                }
            }
            (&Self::AskWhy { review, version, refusal }, Input::Text { text, .. }) => {
                let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let is_reason = REASON_CHARS.contains(&reason.chars().count());
                if !is_reason || reason.chars().any(char::is_control) {
                    let problem = Some(cx.texts.staff_bad_reason());
                    ask_why(cx, self, review, problem)
                } else {
                    ask_whether(cx, Self::Refuse { review, version, refusal }, &reason)
                }
            }
            (&Self::Refuse { review, version, refusal }, Input::Press) => {
                refuse(cx, review, version, refusal).await?
            }
            _ => self.view(cx).await?,
        };
        Ok(Reaction::Show(view))
    }
}

async fn refuse(
    cx: &Cx,
    review: ReviewId,
    version: u32,
    refusal: Refusal,
) -> Result<View, Failure> {
    let Some(RefusalAnswers { reason }) = cx.draft().await else {
        // Pressed once more after it was done, or much too late: the list tells.
        return list(cx, 0, None).await;
    };
    let (done, told) = match refusal {
        Refusal::Reject => (
            cx.peers.reject_review(review, version, &reason).await,
            cx.texts.staff_review_rejected(),
        ),
        Refusal::Remove => (
            cx.peers.remove_review(review, version, &reason).await,
            cx.texts.staff_review_removed(),
        ),
    };
    match done {
        Ok(()) => list(cx, 0, Some(told)).await,
        Err(failure) => changed(cx, review, failure).await,
    }
}

/// Its author was faster: the words as they are now.
async fn changed(cx: &Cx, review: ReviewId, failure: Failure) -> Result<View, Failure> {
    if failure.code() != "inventory.review_changed" {
        return Err(failure);
    }
    let why = failure_text::asking_again(cx, failure)?;
    Ok(card(cx, &cx.peers.get_review(review).await?, Some(why)).await)
}

async fn list(cx: &Cx, page: u16, done: Option<Html>) -> Result<View, Failure> {
    let (shelf, found) = page_or_first(page, |page| cx.peers.list_pending_reviews(page)).await?;
    let title = match found.total {
        0 => cx.texts.staff_reviews_none(),
        total => cx.texts.staff_reviews_title(total),
    };
    let text = done.map_or_else(|| title.clone(), |done| done.paragraph(title.clone()));
    let keys = found.rows.iter().map(|review| {
        let name = shorten(&review.item_name, KEY_NAME_MAX);
        let label = cx.texts.key_staff_review(drawn(review.stars), &*name);
        Key::to(label, StaffReviews::Show { review: review.id })
    });
    Ok(View::new(text)
        .list(keys)
        .arrows(cx, shelf, |page| StaffReviews::List { page }.into())
        .row([Key::to(cx.texts.key_back(), Console), cx.home_key()]))
}

/// One review, with what has just happened above it.
async fn card(cx: &Cx, review: &StaffReview, before: Option<Html>) -> View {
    let texts = cx.texts;
    let names = cx.people.names([review.person]).await;
    let title = texts.staff_review_title(&*shorten(&review.item_name, NAME_MAX));
    let text = before.map_or_else(|| title.clone(), |before| before.paragraph(title.clone()));
    let state = match review.state {
        ReviewState::Approved => texts.staff_review_is_shown(),
        ReviewState::Rejected => texts.staff_review_is_rejected(&review.reason),
        ReviewState::Removed => texts.staff_review_is_removed(&review.reason),
        ReviewState::Pending | ReviewState::Unspecified => texts.staff_review_waits(),
    };
    let text = text
        .paragraph(texts.staff_review_stars(drawn(review.stars)))
        .line(Html::text(&review.text))
        .paragraph(texts.staff_review_by(names.with_id(texts, review.person)))
        .line(texts.staff_review_at(cx.format.time(review.written_at)))
        .line(state);
    let (id, version) = (review.id, review.version);
    let why = |refusal| StaffReviews::AskWhy { review: id, version, refusal };
    let approve = (review.state != ReviewState::Approved).then(|| {
        let approve = StaffReviews::Approve { review: id, version };
        Key::to(texts.key_staff_review_approve(), approve).success()
    });
    let reject = (review.state == ReviewState::Pending)
        .then(|| Key::to(texts.key_staff_review_reject(), why(Refusal::Reject)));
    let remove = Key::to(texts.key_staff_review_remove(), why(Refusal::Remove));
    let item = Item { item: review.item, page: 0, shop_page: 0 };
    View::new(text)
        .row(approve.into_iter().chain(reject))
        .row([remove, Key::to(texts.key_to_item(), item)])
        .row(back(cx))
}

fn ask_why(cx: &Cx, asking: &StaffReviews, review: ReviewId, problem: Option<Html>) -> View {
    let is_removal = matches!(asking, StaffReviews::AskWhy { refusal: Refusal::Remove, .. });
    let question = if is_removal {
        cx.texts.staff_review_why_remove()
    } else {
        cx.texts.staff_review_why_reject()
    };
    let text = match problem {
        Some(problem) => problem.paragraph(question),
        None => question,
    };
    View::new(text)
        .row([Key::to(cx.texts.key_cancel(), StaffReviews::Show { review })])
        .asking(asking.clone())
}

fn ask_whether(cx: &Cx, refuse: StaffReviews, reason: &str) -> View {
    let StaffReviews::Refuse { review, version, refusal } = refuse else {
        return cx.notice(cx.texts.staff_reviews_none());
    };
    let (question, yes) = match refusal {
        Refusal::Reject => {
            (cx.texts.staff_review_ask_reject(reason), cx.texts.key_staff_review_reject_yes())
        }
        Refusal::Remove => {
            (cx.texts.staff_review_ask_remove(reason), cx.texts.key_staff_review_remove_yes())
        }
    };
    let answers = RefusalAnswers { reason: reason.to_owned() };
    View::new(question)
        .row([Key::to(yes, StaffReviews::Refuse { review, version, refusal })])
        .row([Key::to(cx.texts.key_cancel(), StaffReviews::Show { review })])
        .asking(StaffReviews::AskWhy { review, version, refusal })
        .with_draft(&answers)
}

fn back(cx: &Cx) -> [Key; 2] {
    [Key::to(cx.texts.key_staff_reviews(), StaffReviews::List { page: 0 }), cx.home_key()]
}
