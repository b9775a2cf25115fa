//! A receipt: what was bought, for how much, its number and time, and the goods themselves, as text to copy or, when
//! they are longer than a message, as a file. Goods that are files come as files. Both after buying and when looked up
//! later.

use contract::failure::Failure;
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::orders::{File, Line, Order};
use crate::screen::{Cx, Document, Key, TEXT_MAX, View};
use crate::screens::{PurchaseLine, write_review};

/// Telegram's limit of a caption is 1,024 characters; names are cut so that the lines around them fit.
const NAME_MAX: usize = 100;
/// Leaves room for the quantity on a button.
const KEY_NAME_MAX: usize = 50;
/// Files that come with one receipt: as many as one line can have. Of more each line brings its own.
const FILES_MAX: usize = 10;

/// The receipt under `title`; the caller adds the buttons.
///
/// # Errors
/// A file that was bought cannot be read now.
pub async fn view(cx: &Cx, order: &Order, title: Html) -> Result<View, Failure> {
    let facts = footer(cx, order, items(cx, order, title));
    let files: Vec<File> = order.files().collect();
    if order.lines.len() > 1 && files.len() > FILES_MAX {
        return Ok(View::new(facts.paragraph(cx.texts.receipt_by_line())));
    }
    let facts = with_count(cx, facts, &files);
    Ok(with_goods(cx, order, facts).attaching(read(cx, order, files).await?))
}

/// What is known of an order with its goods that are texts below, or in a file where they are too long.
pub fn with_goods(cx: &Cx, order: &Order, facts: Html) -> View {
    let with_values = || order.lines.iter().filter(|line| line.values().next().is_some());
    if with_values().next().is_none() {
        return View::new(facts);
    }
    let goods = match order.lines.as_slice() {
        [line] => goods_of(cx, facts.clone(), line),
        _ => with_values().fold(facts.clone(), |text, line| {
            let item = cx.texts.receipt_item(&*shorten(&line.name, NAME_MAX));
            line.values().fold(text.paragraph(item), |text, value| text.line(Html::code(value)))
        }),
    };
    if goods.visible_len() <= TEXT_MAX {
        return View::new(goods);
    }
    // Each line of several has a button of its own, and a file where it needs one.
    if order.lines.len() > 1 {
        return View::new(facts.paragraph(cx.texts.receipt_by_line()));
    }
    let values = order.values().collect::<Vec<_>>().join("\n");
    as_file(cx, facts, file_name(&order.number), values)
}

/// The goods of one line of several.
///
/// # Errors
/// A file that was bought cannot be read now.
pub async fn of_line(cx: &Cx, order: &Order, line: &Line) -> Result<View, Failure> {
    let facts = footer(cx, order, line_of(cx, cx.texts.receipt_again(), line));
    let files: Vec<File> = line.files().collect();
    let facts = with_count(cx, facts, &files);
    Ok(values_of_line(cx, order, line, facts).attaching(read(cx, order, files).await?))
}

fn values_of_line(cx: &Cx, order: &Order, line: &Line, facts: Html) -> View {
    if line.values().next().is_none() {
        return View::new(facts);
    }
    let goods = goods_of(cx, facts.clone(), line);
    if goods.visible_len() <= TEXT_MAX {
        return View::new(goods);
    }
    let values = line.values().collect::<Vec<_>>().join("\n");
    as_file(cx, facts, file_name(&order.number), values)
}

fn with_count(cx: &Cx, facts: Html, files: &[File]) -> Html {
    if files.is_empty() {
        return facts;
    }
    facts.paragraph(cx.texts.receipt_files(files.len() as u64))
}

async fn read(cx: &Cx, order: &Order, files: Vec<File>) -> Result<Vec<Document>, Failure> {
    let mut documents = Vec::with_capacity(files.len());
    for file in files {
        let content = cx.peers.get_file(order.id, &file.id).await?;
        documents.push(Document { name: file.name, content });
    }
    Ok(documents)
}

/// A button for each line of an order of several.
pub fn line_keys(cx: &Cx, view: View, order: &Order, page: u16) -> View {
    if order.lines.len() < 2 {
        return view;
    }
    view.list(order.lines.iter().zip(0_u8..).map(|(line, at)| {
        let name = shorten(&line.name, KEY_NAME_MAX);
        let label = cx.texts.key_purchase_line(&*name, line.quantity);
        Key::to(label, PurchaseLine { order: order.id, line: at, page })
    }))
}

/// The offer to review what was bought; for several items each line has its own.
pub fn review_key(cx: &Cx, order: &Order) -> Option<Key> {
    match order.lines.as_slice() {
        [line] => write_review::offer(cx, line.item),
        _ => None,
    }
}

fn goods_of(cx: &Cx, text: Html, line: &Line) -> Html {
    let count = u64::try_from(line.values().count()).unwrap_or(u64::MAX);
    let heading = text.paragraph(cx.texts.receipt_value(count));
    line.values().fold(heading, |text, value| text.line(Html::code(value)))
}

fn as_file(cx: &Cx, text: Html, name: String, values: String) -> View {
    View::new(text.paragraph(cx.texts.receipt_file()))
        .with_document(Document { name, content: values.into_bytes() })
}

/// What was bought and what it cost, under `title`.
pub fn items(cx: &Cx, order: &Order, title: Html) -> Html {
    let mut text = title;
    for (at, line) in order.lines.iter().enumerate() {
        let told = line_of(cx, Html::default(), line);
        text = if at == 0 { text.paragraph(told) } else { text.line(told) };
    }
    if order.lines.len() > 1 {
        let pieces = order.lines.iter().map(|line| u64::from(line.quantity)).sum::<u64>();
        text = text.line(cx.texts.receipt_count(pieces));
    }
    text.line(cx.texts.receipt_total(cx.format.money(order.total)))
}

/// What, for how much, and with which code.
fn line_of(cx: &Cx, text: Html, line: &Line) -> Html {
    let text = text
        .paragraph(cx.texts.receipt_item(&*shorten(&line.name, NAME_MAX)))
        .line(cx.texts.receipt_price(cx.format.money(line.unit_price), line.quantity));
    if line.promo_code.is_empty() {
        return text;
    }
    text.line(cx.texts.receipt_discount(&line.promo_code, cx.format.money(line.discount)))
}

fn footer(cx: &Cx, order: &Order, text: Html) -> Html {
    text.paragraph(cx.texts.receipt_order(&order.number))
        .line(cx.texts.receipt_time(cx.format.time(order.placed_at)))
        .line(cx.texts.receipt_buyer(cx.person.handle()))
}

fn file_name(number: &str) -> String {
    let number: String =
        number.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("order-{number}.txt")
}
