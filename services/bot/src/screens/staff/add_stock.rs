//! Stock for an item: values as lines of a message or as a list in a file, or files that are sold themselves. They go
//! straight to inventory, where they are sealed; nothing of them is kept or said here, and the message that held them
//! is taken away.

use bytes::Bytes;
use contract::failure::Failure;
use kernel::ids::{self, ItemId};
use serde::{Deserialize, Serialize};
use telegram::html::utf16_len;

use crate::chat::Progress;
use crate::failure_text;
use crate::html::Html;
use crate::peers::catalog::{self, Stock};
use crate::peers::catalog_admin::{Load, Stocked};
use crate::screen::{Cx, Input, Key, Page, Reaction, View};
use crate::screens::StaffItem;
use crate::stock_list::{self, StockList, Unreadable};

/// The largest list that is read: what Telegram gives a bot.
const LIST_BYTES_MAX: usize = 20 << 20;
/// The largest file that is sold.
const FILE_BYTES_MAX: usize = 1 << 20;
/// A message as long as Telegram allows (4,096) may be one half of a longer one.
const MESSAGE_UNITS_MAX: usize = 4_000;
/// Values in one call.
const BATCH_VALUES: usize = 5_000;
/// Bytes in one call.
const BATCH_BYTES: usize = 2 << 20;

/// Asks for values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddStock {
    /// Of which item.
    pub item: ItemId,
}

/// What staff sent, read.
enum Sent {
    List(StockList),
    File(Load),
}

impl Page for AddStock {
    async fn view(&self, cx: &Cx) -> Result<View, Failure> {
        Ok(ask(cx, &cx.peers.get_item(self.item).await?, None))
    }

    async fn react(&self, cx: &Cx, input: Input<'_>) -> Result<Reaction, Failure> {
        let item = cx.peers.get_item(self.item).await?;
        let (message_id, sent) = match input {
            Input::Press | Input::Photo { .. } => return Ok(Reaction::Show(ask(cx, &item, None))),
            Input::Text { text, message_id, .. } => (message_id, read_text(cx, &item, text)),
            Input::Document { file_id, name, size, message_id } => {
                let most = if item.sells_files { FILE_BYTES_MAX } else { LIST_BYTES_MAX };
                let bytes = read_file(cx, file_id, size, most).await?;
                (message_id, read_document(cx, &item, name, bytes))
            }
        };
        Ok(Reaction::Show(match sent {
            Ok(Sent::List(list)) => store_list(cx, &item, list, message_id).await?,
            Ok(Sent::File(file)) => store_file(cx, &item, file, message_id).await?,
            Err(problem) => ask(cx, &item, Some(problem)),
        }))
    }
}

/// The question, with what has just been done or what was wrong above it.
pub fn ask(cx: &Cx, item: &catalog::Item, before: Option<Html>) -> View {
    let question = if item.sells_files {
        cx.texts.staff_ask_files(&item.name)
    } else if item.stock.is_unlimited() {
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

fn read_text(cx: &Cx, item: &catalog::Item, text: &str) -> Result<Sent, Html> {
    if item.sells_files {
        return Err(cx.texts.staff_stock_file_wanted());
    }
    if utf16_len(text) >= MESSAGE_UNITS_MAX {
        return Err(cx.texts.staff_stock_long_message());
    }
    list(cx, item, |_| stock_list::of_lines(text), text)
}

fn read_document(
    cx: &Cx,
    item: &catalog::Item,
    name: &str,
    bytes: Option<Bytes>,
) -> Result<Sent, Html> {
    let Some(bytes) = bytes else {
        return Err(if item.sells_files {
            cx.texts.staff_stock_large_file()
        } else {
            cx.texts.staff_stock_bad_file()
        });
    };
    if item.sells_files {
        return Ok(Sent::File(Load::File { name: name.to_owned(), content: bytes.to_vec() }));
    }
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Err(cx.texts.staff_stock_bad_file());
    };
    list(cx, item, |text| stock_list::read(name, text.as_bytes()), text)
}

/// The values in a text; of an unlimited item the whole text is the one value.
fn list(
    cx: &Cx,
    item: &catalog::Item,
    read: impl FnOnce(&str) -> Result<StockList, Unreadable>,
    text: &str,
) -> Result<Sent, Html> {
    let list = if item.stock.is_unlimited() {
        let value = text.trim_start_matches('\u{feff}').trim().to_owned();
        StockList { values: vec![value], repeated: 0 }
    } else {
        read(text).map_err(|why| unreadable(cx, why))?
    };
    if list.values.iter().all(|value| value.trim().is_empty()) {
        return Err(cx.texts.staff_stock_empty());
    }
    Ok(Sent::List(list))
}

fn unreadable(cx: &Cx, why: Unreadable) -> Html {
    match why {
        Unreadable::NotText => cx.texts.staff_stock_bad_file(),
        Unreadable::NoColumn => cx.texts.staff_stock_no_column(),
        Unreadable::NotJson => cx.texts.staff_stock_not_json(),
        Unreadable::TooMany => {
            cx.texts.staff_stock_too_many(cx.format.count(stock_list::VALUES_MAX as u64))
        }
    }
}

async fn read_file(
    cx: &Cx,
    file_id: &str,
    size: u64,
    most: usize,
) -> Result<Option<Bytes>, Failure> {
    if usize::try_from(size).is_ok_and(|size| size <= most) {
        cx.chat.download(file_id, most).await
    } else {
        Ok(None)
    }
}

/// The same message again is the same batch.
fn batch_id(cx: &Cx, message_id: i64, at: usize) -> uuid::Uuid {
    ids::derived("stock", &format!("{}:{message_id}:{at}", cx.person.id))
}

async fn store_list(
    cx: &Cx,
    item: &catalog::Item,
    list: StockList,
    message_id: i64,
) -> Result<View, Failure> {
    let total = list.values.len();
    let mut stocked = Stocked { repeated: list.repeated, ..Stocked::default() };
    let mut progress = Progress::new(cx.chat.clone());
    let mut done = 0;
    for (at, batch) in batches(list.values).into_iter().enumerate() {
        done += batch.len();
        let id = batch_id(cx, message_id, at);
        match cx.peers.add_stock(id, item.id, Load::Values(batch)).await {
            Ok(more) => stocked += more,
            Err(failure) if at == 0 => {
                return Ok(ask(cx, item, Some(failure_text::asking_again(cx, failure)?)));
            }
            Err(failure) => {
                tracing::warn!(item = ?item.id, %failure, "a list of stock was added in part");
                progress.end().await;
                let text = cx.texts.staff_stock_partly().paragraph(counters(cx, item, stocked));
                return Ok(asking(cx, item, text));
            }
        }
        if done < total {
            progress.say(|| progress_text(cx, done, total)).await;
        }
    }
    progress.end().await;
    cx.chat.delete(message_id).await;
    Ok(stored(cx, item, stocked))
}

async fn store_file(
    cx: &Cx,
    item: &catalog::Item,
    file: Load,
    message_id: i64,
) -> Result<View, Failure> {
    match cx.peers.add_stock(batch_id(cx, message_id, 0), item.id, file).await {
        Ok(stocked) => {
            cx.chat.delete(message_id).await;
            Ok(stored(cx, item, stocked))
        }
        Err(failure) => Ok(ask(cx, item, Some(failure_text::asking_again(cx, failure)?))),
    }
}

fn stored(cx: &Cx, item: &catalog::Item, stocked: Stocked) -> View {
    let text = if item.stock.is_unlimited() {
        value_result(cx, item, stocked)
    } else {
        counters(cx, item, stocked).paragraph(cx.texts.staff_stock_more())
    };
    asking(cx, item, text)
}

fn progress_text(cx: &Cx, done: usize, total: usize) -> Html {
    let [done, total] = [done, total].map(|count| cx.format.count(count as u64));
    cx.texts.staff_stock_progress(done, total)
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
    fn batches_stay_within_what_one_call_takes_and_keep_everything() {
        let many: Vec<String> = (0..12_000).map(|number| number.to_string()).collect();
        let cut = batches(many.clone());
        assert_eq!(cut.iter().map(Vec::len).collect::<Vec<_>>(), [5_000, 5_000, 2_000]);
        assert_eq!(cut.concat(), many);
        let large = vec!["x".repeat(1_500_000); 3];
        assert_eq!(batches(large).iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
    }
}
