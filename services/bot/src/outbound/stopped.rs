//! News of a purchase that waited for money and did not come about: why, and the question as things are now. Nothing
//! was charged, and the message says so.

use std::collections::BTreeMap;

use contract::failure::{Failure, Kind};
use kernel::ids::{ItemId, OrderId};
use kernel::money::Money;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::failure_text;
use crate::html::Html;
use crate::peers::carts::Changed;
use crate::screen::{Cx, Key, View};
use crate::screens::agreed::{Agreed, Source};
use crate::screens::{Shop, agreed, checkout};

/// Names are cut so that what is said around them fits.
const NAME_MAX: usize = 100;

/// Why it did not come about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The money came after it had waited for long enough.
    Late,
    /// One costs this now.
    Price {
        /// The price that was not agreed to.
        now: Money,
    },
    /// The cart is not as it was.
    Changed {
        /// Each with its item.
        differences: Vec<(ItemId, Changed)>,
    },
    /// Something else: sold out, a limit, a code that died.
    Refused {
        /// Stable code of the failure.
        code: String,
        /// What its text tells besides.
        #[serde(default)]
        data: BTreeMap<String, String>,
    },
}

impl Stop {
    /// What a definite refusal means.
    pub fn refused(failure: &Failure) -> Self {
        let data = failure.all_data().map(|(key, value)| (key.to_owned(), value.to_owned()));
        Self::Refused { code: failure.code().to_owned(), data: data.collect() }
    }
}

/// The message.
pub async fn view(cx: &Cx, order: OrderId, why: &Stop) -> Result<View, Failure> {
    let shop = Key::to(cx.texts.key_to_shop(), Shop { page: 0 });
    let Some(intent) = cx.intents.find(cx.person.id, order).await? else {
        return Ok(View::new(cx.texts.buy_on_forgotten()).row([shop, cx.home_key()]));
    };
    let text = told(cx, &intent.agreed, why);
    match agreed::as_it_is_now(cx, &intent.agreed).await {
        Ok(question) => Ok(View { text: text.paragraph(question.text), ..question }),
        // There is nothing to ask any more.
        Err(failure) if !failure.is_unknown_outcome() => {
            Ok(View::new(text).row([shop, cx.home_key()]))
        }
        Err(failure) => Err(failure),
    }
}

/// What happened.
pub fn told(cx: &Cx, agreed: &Agreed, why: &Stop) -> Html {
    let texts = cx.texts;
    let title = match (agreed.source, agreed.lines.as_slice()) {
        (Source::Card, [line]) => texts.buy_on_stopped(&*shorten(&line.name, NAME_MAX)),
        _ => texts.buy_on_stopped_cart(),
    };
    let before = cx.format.money(agreed.total);
    let reason = match why {
        Stop::Late => texts.buy_on_late(),
        Stop::Price { now } => texts.buy_on_price(before, cx.format.money(*now)),
        Stop::Changed { differences } => checkout::differences(cx, agreed, differences),
        Stop::Refused { code, data } => {
            let failure = Failure::new(Kind::Conflict, code);
            let failure = data.iter().fold(failure, |it, (key, value)| it.with(key, value));
            Html::text(&failure_text::text(cx, &failure))
        }
    };
    title.paragraph(reason).paragraph(texts.buy_on_money_stays())
}
