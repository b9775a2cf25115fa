//! Stock for an item: values as lines of a message or of a text file. They go straight to inventory, where they are
//! sealed; nothing of them is kept or said here, and the message that held them is taken away.

use bytes::Bytes;
use contract::failure::Failure;
use kernel::ids::{self, ItemId};
use serde::{Deserialize, Serialize};
use telegram::html::utf16_len;

use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog::{self, Stock};
use crate::peers::catalog_admin::Stocked;
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::StaffItem;

/// The largest file that is read.
const FILE_BYTES_MAX: usize = 5 << 20;
/// A message as long as Telegram allows (4,096) may be one half of a longer one.
const MESSAGE_UNITS_MAX: usize = 4_000;
/// Values in one call.
const BATCH_VALUES: usize = 2_000;
/// Bytes in one call; gRPC takes four MiB.
const BATCH_BYTES: usize = 1 << 20;

/// Asks for values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddStock {
    /// Of which item.
    pub item: ItemId,
}

impl Page for AddStock {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(ask(cx, &cx.peers.get_item(self.item).await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        let refused = |problem| Ok(Reaction::Show(ask(cx, &item, Some(problem))));
        let (text, message_id) = match input {
            Input::Press | Input::Photo { .. } => return Ok(Reaction::Show(ask(cx, &item, None))),
            Input::Text { text, .. } if utf16_len(text) >= MESSAGE_UNITS_MAX => {
                return refused(cx.texts.staff_stock_long_message());
            }
            Input::Text { text, message_id, .. } => {
                (Bytes::copy_from_slice(text.as_bytes()), message_id)
            }
            Input::Document { file_id, size, message_id } => {
                match read_file(cx, file_id, size).await? {
                    Some(bytes) => (bytes, message_id),
                    None => return refused(cx.texts.staff_stock_bad_file()),
                }
            }
        };
        let Ok(text) = std::str::from_utf8(&text) else {
            return refused(cx.texts.staff_stock_bad_file());
        };
        let values = values(text, item.stock);
        if values.is_empty() {
            return refused(cx.texts.staff_stock_empty());
        }
        store(cx, &item, values, message_id).await.map(Reaction::Show)
    }
}

/// The question, with what has just been done or what was wrong above it.
pub fn ask(cx: &Cx, item: &catalog::Item, before: Option<Html>) -> View {
    let question = if item.stock.is_unlimited() {
        cx.texts.staff_ask_value(&item.name)
    } else {
        cx.texts.staff_ask_stock(&item.name)
    };
    let text = match before {
        Some(before) => before.paragraph(question),
        None => question,
    };
    asking(cx, item, text)
}

fn asking(cx: &Cx, item: &catalog::Item, text: Html) -> View {
    View::new(text)
        .row([Key::to(cx.texts.key_done(), StaffItem { item: item.id, page: 0 })])
        .asking(AddStock { item: item.id })
}

async fn read_file(cx: &Cx, file_id: &str, size: u64) -> Result<Option<Bytes>, Failure> {
    if usize::try_from(size).is_ok_and(|size| size <= FILE_BYTES_MAX) {
        cx.chat.download(file_id, FILE_BYTES_MAX).await
    } else {
        Ok(None)
    }
}

/// One value per line; of an unlimited item the whole text is the one value.
fn values(text: &str, stock: Stock) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    let values: Vec<&str> =
        if stock.is_unlimited() { vec![text] } else { text.lines().map(str::trim).collect() };
    values.into_iter().filter(|value| !value.is_empty()).map(str::to_owned).collect()
}

async fn store(
    cx: &Cx,
    item: &catalog::Item,
    values: Vec<String>,
    message_id: i64,
) -> Result<View, Failure> {
    let mut stocked = Stocked::default();
    for (at, batch) in batches(values).into_iter().enumerate() {
        // The same message again is the same batches.
        let id = ids::derived("stock", &format!("{}:{message_id}:{at}", cx.person.id));
        match cx.peers.add_stock(id, item.id, batch).await {
            Ok(more) => stocked += more,
            Err(failure) if at == 0 => {
                return Ok(ask(cx, item, Some(failure_text::asking_again(cx, failure)?)));
            }
            Err(failure) => {
                tracing::warn!(item = ?item.id, %failure, "a list of stock was added in part");
                let text = cx.texts.staff_stock_partly().paragraph(counters(cx, item, stocked));
                return Ok(asking(cx, item, text));
            }
        }
    }
    cx.chat.delete(message_id).await;
    let text = if item.stock.is_unlimited() {
        value_result(cx, item, stocked)
    } else {
        counters(cx, item, stocked).paragraph(cx.texts.staff_stock_more())
    };
    Ok(asking(cx, item, text))
}

fn counters(cx: &Cx, item: &catalog::Item, stocked: Stocked) -> Html {
    let Stocked { added, known, repeated, invalid } = stocked;
    let [added, known, repeated, invalid] =
        [added, known, repeated, invalid].map(|count| cx.format.count(count));
    cx.texts.staff_stock_result(&item.name, added, known, repeated, invalid)
}

/// What became of the one value of an unlimited item; a value that has another place is refused by inventory.
fn value_result(cx: &Cx, item: &catalog::Item, stocked: Stocked) -> Html {
    match stocked {
        Stocked { added: 1.., .. } if item.stock == Stock::NoValue => {
            cx.texts.staff_value_set(&item.name)
        }
        Stocked { added: 1.., .. } => cx.texts.staff_value_replaced(&item.name),
        Stocked { known: 1.., .. } => cx.texts.staff_value_unchanged(&item.name),
        _ => cx.texts.staff_value_unusable(&item.name),
    }
}

fn batches(values: Vec<String>) -> Vec<Vec<String>> {
    let mut batches = Vec::new();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for value in values {
        if batch.len() == BATCH_VALUES || (bytes + value.len() > BATCH_BYTES && !batch.is_empty()) {
            batches.push(std::mem::take(&mut batch));
            bytes = 0;
        }
        bytes += value.len();
        batch.push(value);
    }
    if !batch.is_empty() {
        batches.push(batch);
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_values_and_empty_lines_are_not() {
        let text = "\u{feff} a:b \r\n\r\n  c d\n\n";
        assert_eq!(values(text, Stock::Left(0)), ["a:b", "c d"]);
        assert_eq!(values(text, Stock::Unlimited), ["a:b \r\n\r\n  c d"]);
        assert!(values(" \n ", Stock::Left(0)).is_empty());
        assert!(values(" \n ", Stock::Unlimited).is_empty());
    }

    #[test]
    fn batches_stay_within_what_one_call_takes_and_keep_everything() {
        let many: Vec<String> = (0..4_500).map(|number| number.to_string()).collect();
        let cut = batches(many.clone());
        assert_eq!(cut.iter().map(Vec::len).collect::<Vec<_>>(), [2_000, 2_000, 500]);
        assert_eq!(cut.concat(), many);
        let large = vec!["x".repeat(700_000); 3];
        assert_eq!(batches(large).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
