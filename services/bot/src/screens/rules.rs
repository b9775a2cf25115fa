//! The shop's rules, as the owner wrote them.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::screen::{Cx, Page, TEXT_MAX, View};

/// The rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules;

impl Page for Rules {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let rules = cx.shop.rules.trim();
        if rules.is_empty() {
            return Ok(cx.notice(cx.texts.rules_none()));
        }
        let rules = Html::text(&shorten(rules, TEXT_MAX - 100));
        Ok(cx.notice(cx.texts.rules_title().paragraph(rules)))
    }
}
