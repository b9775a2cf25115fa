//! Everything that moved the balance, newest first.

use std::borrow::Cow;

use contract::failure::Failure;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::wallet::{Operation, OperationKind};
use crate::screen::{Cx, Key, Page, View, page_or_first};
use crate::screens::Profile;

/// References are order numbers; a long one would break the line.
const REFERENCE_MAX: usize = 40;

/// One page of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operations {
    /// Zero-based.
    pub page: u16,
}

impl Page for Operations {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let (shelf, operations) =
            page_or_first(self.page, |page| cx.peers.list_operations(page)).await?;
        let lines = operations.rows.iter().map(|operation| line(cx, operation)).reduce(Html::line);
        let text = match lines {
            Some(lines) => cx.texts.history_title().paragraph(lines),
            None => cx.texts.history_empty(),
        };
        Ok(View::new(text)
            .arrows(cx, shelf, |page| Self { page }.into())
            .row([Key::to(cx.texts.key_back(), Profile), cx.home_key()]))
    }
}

/// One movement.
pub fn line(cx: &Cx, operation: &Operation) -> Html {
    let what = match operation.kind {
        OperationKind::TopUp => cx.texts.history_top_up(),
        OperationKind::Purchase => cx.texts.history_purchase(&*reference(operation)),
        OperationKind::Referral => cx.texts.history_referral(),
        OperationKind::Adjustment => cx.texts.history_adjustment(),
        OperationKind::Refund => cx.texts.history_refund(),
        OperationKind::Promo => cx.texts.history_promo(&*reference(operation)),
        OperationKind::Reward => cx.texts.history_reward(&*reference(operation)),
        OperationKind::Opening => cx.texts.history_opening(),
        OperationKind::Unspecified => cx.texts.history_other(),
    };
    line_about(cx, operation, what)
}

/// One movement, in other words about what it was.
pub fn line_about(cx: &Cx, operation: &Operation, what: Html) -> Html {
    let time = cx.format.short_time(operation.at);
    cx.texts.history_line(time, cx.format.signed(operation.amount), what)
}

/// What it was for, as far as it fits a line.
pub fn reference(operation: &Operation) -> Cow<'_, str> {
    shorten(&operation.reference, REFERENCE_MAX)
}
