//! The unsold values of an item as a file, for a reason that is kept.

use contract::failure::Failure;
use kernel::ids::ItemId;
use serde::{Deserialize, Serialize};

use super::units::StaffUnits;
use crate::failure_text;
use crate::html::Html;
use crate::screen::{Cx, Document, Input, Key, Page, Reaction, View};
use crate::stock_list;

/// Values in one file.
const VALUES_MAX: usize = 10_000;

/// Asks for the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportUnits {
    /// Of which item.
    pub item: ItemId,
}

impl Page for ExportUnits {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        if item.sells_files {
            return Ok(View::new(cx.texts.staff_export_files()).row([self.back(cx)]));
        }
        Ok(self.ask(cx, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let Input::Text { text: reason, .. } = input else {
            return Ok(Reaction::Show(self.view(cx).await?));
        };
        let view = match cx.peers.export_units(self.item, reason, VALUES_MAX).await {
            Ok((values, _)) if values.is_empty() => {
                View::new(cx.texts.staff_export_none()).row([self.back(cx)])
            }
            Ok((values, more)) => {
                let text = cx.texts.staff_export_done(cx.format.count(values.len() as u64));
                let text = if more { text.line(cx.texts.staff_export_more()) } else { text };
                let (ending, content) = stock_list::write(&values);
                let name = format!("stock.{ending}");
                View::new(text).with_document(Document { name, content }).row([self.back(cx)])
            }
            Err(failure) if failure.data("field") == Some("reason") => {
                self.ask(cx, Some(cx.texts.staff_bad_reason()))
            }
            Err(failure) => self.ask(cx, Some(failure_text::asking_again(cx, failure)?)),
        };
        Ok(Reaction::Show(view))
    }
}

impl ExportUnits {
    fn ask(&self, cx: &Cx, problem: Option<Html>) -> View {
        let question = cx.texts.staff_export_ask_reason(cx.format.count(VALUES_MAX as u64));
        let text = problem.map_or_else(|| question.clone(), |it| it.paragraph(question.clone()));
        View::new(text)
            .row([Key::to(cx.texts.key_cancel(), StaffUnits::of(self.item))])
            .asking(self.clone())
    }

    fn back(&self, cx: &Cx) -> Key {
        Key::to(cx.texts.key_back(), StaffUnits::of(self.item))
    }
}
