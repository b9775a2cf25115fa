//! Adding to a person's balance or taking from it: how much, why, and a question that shows what comes of it. The id of
//! the movement rides in the button of that question, so that a repeated press moves money once.

use contract::failure::Failure;
use kernel::ids::{PersonId, TransferId};
use kernel::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

use super::proposals;
use crate::dialogue::Answers;
use crate::failure_text;
use crate::format::parse_amount;
use crate::html::Html;
use crate::peers::payments_admin::{Adjusted, Adjustment};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::{Console, PersonWallet};

/// Characters of a reason, as payments keeps it.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 3..=200;

/// One question after another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Adjust {
    /// Asks how much, with a sign.
    Amount {
        /// Whose balance.
        person: PersonId,
    },
    /// Asks why.
    Reason {
        /// Whose balance.
        person: PersonId,
        /// Signed: negative takes.
        amount_minor: i64,
    },
    /// Does it.
    Make {
        /// Made when the question was shown.
        transfer: TransferId,
        /// Whose balance.
        person: PersonId,
        /// Signed: negative takes.
        amount_minor: i64,
    },
}

/// What was answered so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AdjustAnswers {
    /// Why.
    pub reason: String,
    /// The question that was shown with it.
    pub transfer: Option<TransferId>,
}

impl Answers for AdjustAnswers {
    const OF: &'static str = "adjustment";
}

impl Page for Adjust {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        match *self {
            Self::Amount { person } => Ok(ask_amount(cx, person, None).await),
            Self::Reason { person, amount_minor } | Self::Make { person, amount_minor, .. } => {
                Ok(ask_reason(cx, person, amount_minor, None))
            }
        }
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        match (self, input) {
            (&Self::Make { transfer, person, amount_minor }, _) => {
                make(cx, transfer, person, cx.money(amount_minor)).await
            }
            (&Self::Amount { person }, Input::Text { text, .. }) => {
                Ok(Reaction::Show(match amount(cx, text) {
                    Ok(amount) => weigh(cx, person, amount).await?,
                    Err(problem) => ask_amount(cx, person, Some(problem)).await,
                }))
            }
            (&Self::Reason { person, amount_minor }, Input::Text { text, .. }) => {
                let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !REASON_CHARS.contains(&reason.chars().count()) {
                    let problem = Some(cx.texts.adjust_bad_reason());
                    return Ok(Reaction::Show(ask_reason(cx, person, amount_minor, problem)));
                }
                confirm(
                    cx,
                    person,
                    cx.money(amount_minor),
                    AdjustAnswers { reason, transfer: None },
                )
                .await
                .map(Reaction::Show)
            }
            _ => Ok(Reaction::Show(self.view(cx).await?)),
        }
    }
}

/// `+500`, `-99,50`, `−5 ₽`; without a sign it adds.
fn amount(cx: &Cx, text: &str) -> Result<Money, Html> {
    let text = text.trim();
    let (is_taken, bare) = match text.strip_prefix(['-', '−', '–']) {
        Some(bare) => (true, bare),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    match parse_amount(bare, cx.shop.currency) {
        Ok(amount) if amount.minor > 0 => {
            Ok(Money { minor: if is_taken { -amount.minor } else { amount.minor }, ..amount })
        }
        Err(MoneyError::TooPrecise(currency, _)) => {
            Err(cx.texts.amount_too_precise(currency.code(), "100"))
        }
        _ => Err(cx.texts.adjust_bad_amount()),
    }
}

async fn ask_amount(cx: &Cx, person: PersonId, problem: Option<Html>) -> View {
    let name = cx.people.names([person]).await.with_id(cx.texts, person);
    let question = cx.texts.adjust_ask_amount(name, cx.shop.currency.code());
    asking(cx, problem, question, Adjust::Amount { person })
}

/// The next question, or the same again where this amount cannot be moved.
async fn weigh(cx: &Cx, person: PersonId, amount: Money) -> Result<View, Failure> {
    match cx.peers.preview_adjustment(person, amount).await {
        Ok(_) => Ok(ask_reason(cx, person, amount.minor, None)),
        Err(failure) => {
            let problem = problem(cx, failure)?;
            Ok(ask_amount(cx, person, Some(problem)).await)
        }
    }
}

fn ask_reason(cx: &Cx, person: PersonId, amount_minor: i64, problem: Option<Html>) -> View {
    let amount = cx.format.signed(cx.money(amount_minor));
    let question = cx.texts.adjust_ask_reason(amount);
    asking(cx, problem, question, Adjust::Reason { person, amount_minor })
}

fn asking(cx: &Cx, problem: Option<Html>, question: Html, next: Adjust) -> View {
    View::new(problem.map_or_else(|| question.clone(), |text| text.paragraph(question.clone())))
        .row([Key::to(cx.texts.key_cancel(), Console)])
        .asking(next)
}

async fn confirm(
    cx: &Cx,
    person: PersonId,
    amount: Money,
    answers: AdjustAnswers,
) -> Result<View, Failure> {
    let (texts, format) = (cx.texts, &cx.format);
    let preview = match cx.peers.preview_adjustment(person, amount).await {
        Ok(preview) => preview,
        Err(failure) => {
            let problem = problem(cx, failure)?;
            return Ok(ask_amount(cx, person, Some(problem)).await);
        }
    };
    let name = cx.people.names([person]).await.with_id(texts, person);
    let mut text = texts
        .adjust_confirm(name)
        .paragraph(texts.adjust_change(
            format.signed(amount),
            format.money(preview.before),
            format.money(preview.after),
        ))
        .line(texts.adjust_reason(&answers.reason));
    if preview.needs_approval {
        text = text.paragraph(texts.adjust_needs_approval());
    }
    let transfer = TransferId::fresh(&cx.clock);
    let make = Adjust::Make { transfer, person, amount_minor: amount.minor };
    Ok(View::new(text)
        .row([Key::to(texts.key_adjust_make(format.signed(amount)), make).primary()])
        .row([Key::to(texts.key_cancel(), Console)])
        // Another text is another reason.
        .asking(Adjust::Reason { person, amount_minor: amount.minor })
        .with_draft(&AdjustAnswers { transfer: Some(transfer), ..answers }))
}

/// A press whose answers are forgotten may be a repetition, and payments knows what became of the first.
async fn make(
    cx: &Cx,
    transfer: TransferId,
    person: PersonId,
    amount: Money,
) -> Result<Reaction, Failure> {
    // Those of another question are not for this one.
    let answers = cx.draft::<AdjustAnswers>().await;
    let answers = answers.filter(|answers| answers.transfer == Some(transfer));
    let reason = answers.as_ref().map_or("", |answers| &answers.reason);
    let asked = Adjustment { id: transfer, person, amount, reason };
    match cx.peers.adjust_balance(asked).await {
        Ok(Adjusted::Done(available)) => {
            let text = cx.texts.adjust_done(cx.format.signed(amount), cx.format.money(available));
            let card = Key::to(cx.texts.key_person_wallet(), PersonWallet::of(person));
            Ok(Reaction::Show(View::new(text).row([card]).row([cx.home_key()])))
        }
        Ok(Adjusted::Pending(proposal)) => Ok(Reaction::Show(
            proposals::card(cx, &proposal, Some(cx.texts.adjust_pending())).await,
        )),
        Err(failure) if answers.is_none() && failure.code() == "common.invalid_field" => {
            Ok(Reaction::Alert(cx.texts.alert_draft_lost()))
        }
        Err(failure) if failure.code() == "payments.insufficient_funds" => {
            let problem = Some(cx.texts.adjust_too_little());
            Ok(Reaction::Show(ask_amount(cx, person, problem).await))
        }
        Err(failure) => Err(failure),
    }
}

/// What is wrong with an amount, in words for staff.
fn problem(cx: &Cx, failure: Failure) -> Result<Html, Failure> {
    match failure.code() {
        "payments.insufficient_funds" => Ok(cx.texts.adjust_too_little()),
        _ => failure_text::asking_again(cx, failure),
    }
}
