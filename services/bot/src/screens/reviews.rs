//! What others say about an item: stars, a first name, words. Staff have a way from each to its moderation.

use contract::common::Permission;
use contract::failure::Failure;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::reviews::{Rating, STARS_MAX, Shown};
use crate::screen::{Cx, Key, Page, View, page_of};
use crate::screens::{Item, StaffReviews, WriteReview};

/// As many as fit a message, each with all of its words.
const ROWS: u32 = 5;
/// Leaves room for the words.
const NAME_MAX: usize = 100;

/// One page of the reviews of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reviews {
    /// Of which item.
    pub item: ItemId,
    /// Zero-based.
    pub number: u16,
    /// The page of its category that leads back from the card.
    pub page: u16,
    /// The page of the shop that leads back from there.
    pub shop_page: u16,
}

impl Page for Reviews {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let Self { item, number, page, shop_page } = *self;
        let card = Item { item, page, shop_page };
        if !cx.shop.reviews {
            return card.view(cx).await;
        }
        let (shelf, found) = page_of(ROWS, number, |at| cx.peers.list_reviews(item, at)).await?;
        let texts = cx.texts;
        let title = texts.reviews_title(&*shorten(&found.item_name, NAME_MAX));
        let text = title.line(average(cx, found.rating).unwrap_or_else(|| texts.reviews_none()));
        let moderates = cx.staff.may(Permission::Catalog);
        let mut view = View::new(found.page.rows.iter().zip(1_u32..).fold(text, |text, row| {
            let told = told(cx, row.0);
            text.paragraph(if moderates { texts.review_numbered(row.1, told) } else { told })
        }));
        if moderates {
            view = view.row(found.page.rows.iter().zip(1_u32..).map(|(review, number)| {
                let label = texts.key_review_moderate(number);
                Key::to(label, StaffReviews::Show { review: review.id })
            }));
        }
        Ok(view
            .arrows(cx, shelf, |number| Self { number, ..self.clone() }.into())
            .row([Key::to(texts.key_own_review(), WriteReview::Ask { item })])
            .row([Key::to(texts.key_back(), card), cx.home_key()]))
    }
}

/// The average and how many it is of; nothing where nobody said anything.
pub fn average(cx: &Cx, rating: Rating) -> Option<Html> {
    let tenths = rating.tenths()?;
    let average = cx.texts.plain_rating(tenths / 10, tenths % 10);
    Some(cx.texts.item_rating(rating.reviews.into(), &*average))
}

/// So many of five, as they are drawn.
pub fn drawn(stars: u8) -> String {
    let stars = stars.min(STARS_MAX);
    "★".repeat(stars.into()) + &"☆".repeat((STARS_MAX - stars).into())
}

fn told(cx: &Cx, review: &Shown) -> Html {
    let when = cx.format.short_time(review.written_at);
    let head = if review.author.is_empty() {
        cx.texts.review_head(drawn(review.stars), &*cx.texts.plain_review_somebody(), when)
    } else {
        cx.texts.review_head(drawn(review.stars), &review.author, when)
    };
    head.line(Html::text(&review.text))
}
