//! The shop's rules, as the owner wrote them.

use contract::failure::Failure;
use serde::{Deserialize, Serialize};
use telegram::html::shorten;

use crate::html::Html;
use crate::screen::{Cx, Page, TEXT_MAX, View};

/// Characters of what is said about data; the rest is for the rules.
const NOTICE_MAX: usize = 1_000;

/// The rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules;

impl Page for Rules {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        if !cx.shop.has_rules() {
            return Ok(cx.notice(cx.texts.rules_none()));
        }
        let notice = cx.shop.data_notice.as_deref().unwrap_or_default();
        let notice = shorten(notice, NOTICE_MAX);
        let rules = shorten(cx.shop.rules.trim(), TEXT_MAX - NOTICE_MAX - 100);
        let text = cx.texts.rules_title().paragraph(Html::text(&rules));
        Ok(cx.notice(text.paragraph(Html::text(&notice))))
    }
}
