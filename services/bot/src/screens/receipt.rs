//! A receipt: what was bought, for how much, its number and time, and the goods themselves, as text to copy or, when
//! they are longer than a message, as a file. Goods that are files come as files. Both after buying and when looked up
//! later.

use contract::failure::Failure;
use telegram::html::shorten;

use crate::html::Html;
use crate::peers::orders::Order;
use crate::screen::{Cx, Document, TEXT_MAX, View};

/// Telegram's limit of a caption is 1,024 characters; names are cut so that the lines around them fit.
const NAME_MAX: usize = 100;

/// The receipt under `title`; the caller adds the buttons.
///
/// # Errors
/// A file that was bought cannot be read now.
pub async fn view(cx: &Cx, order: &Order, title: Html) -> Result<View, Failure> {
    let mut lines = lines(cx, order, title);
    let mut files = Vec::new();
    for file in order.files() {
        let content = cx.peers.get_file(order.id, &file.id).await?;
        files.push(Document { name: file.name.clone(), content });
    }
    if !files.is_empty() {
        lines = lines.paragraph(cx.texts.receipt_files(files.len() as u64));
    }
    Ok(with_values(cx, order, lines).attaching(files))
}

fn with_values(cx: &Cx, order: &Order, lines: Html) -> View {
    let count = order.values().count();
    if count == 0 {
        return View::new(lines);
    }
    let heading = cx.texts.receipt_value(u64::try_from(count).unwrap_or(u64::MAX));
    let goods = order
        .values()
        .fold(lines.clone().paragraph(heading), |text, value| text.line(Html::code(value)));
    if goods.visible_len() <= TEXT_MAX {
        return View::new(goods);
    }
    View::new(lines.paragraph(cx.texts.receipt_file())).with_document(Document {
        name: file_name(&order.number),
        content: order.values().collect::<Vec<_>>().join("\n").into_bytes(),
    })
}

fn lines(cx: &Cx, order: &Order, title: Html) -> Html {
    let mut text = title;
    for (at, line) in order.lines.iter().enumerate() {
        let item = cx.texts.receipt_item(&*shorten(&line.name, NAME_MAX));
        text = if at == 0 { text.paragraph(item) } else { text.line(item) };
        text = text.line(cx.texts.receipt_price(cx.format.money(line.unit_price), line.quantity));
    }
    text.line(cx.texts.receipt_total(cx.format.money(order.total)))
        .paragraph(cx.texts.receipt_order(&order.number))
        .line(cx.texts.receipt_time(cx.format.time(order.placed_at)))
        .line(cx.texts.receipt_buyer(cx.person.handle()))
}

fn file_name(number: &str) -> String {
    let number: String =
        number.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    format!("order-{number}.txt")
}
