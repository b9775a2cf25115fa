// One message: its bubble, what it carries, and the buttons under it.

import { control, copy, icon, make, toast } from "./api.js";
import { renderText } from "./text.js";

const FILE_ICON = "M7 3h7l4 4v14H7zM14 3v4h4";
const LINK_ICON = "M8 16L16 8M10 8h6v6";
const COPY_ICON = "M9 9h10v10H9zM5 15V5h10";
const DONE_ICON = "M5 13l4 4L19 7";

/**
 * Builds the element of a message. `shown` is `{message, paid_by}`; `act` has `link`, `command`,
 * `press(button, element)` and `pay(shown)`.
 */
export function renderMessage(shown, act) {
  const { message } = shown;
  const service = serviceText(message);
  const row = make("article", { class: "row", data: { id: message.message_id } });
  if (service) {
    row.classList.add("service");
    row.append(make("span", {}, service));
    return row;
  }
  const fromBot = !message.from || message.from.is_bot;
  row.classList.add(fromBot ? "theirs" : "mine");
  const bubble = make("div", { class: "bubble" });
  if (message.reply_to_message) bubble.append(quote(message.reply_to_message));
  bubble.append(...content(shown, act), stamp(message, fromBot));
  const column = make("div", { class: "column" }, bubble);
  if (message.reply_markup) column.append(keyboard(shown, act));
  row.append(column);
  return row;
}

function serviceText(message) {
  if (message.successful_payment) {
    const { total_amount, currency } = message.successful_payment;
    return `You paid ${money(total_amount, currency)}`;
  }
  if (message.refunded_payment) {
    const { total_amount, currency } = message.refunded_payment;
    return `${money(total_amount, currency)} came back to you`;
  }
  return null;
}

/** An amount in words: stars are whole, other currencies have two decimals here. */
export function money(amount, currency) {
  if (currency === "XTR") return `⭐ ${amount}`;
  return `${(amount / 100).toFixed(2)} ${currency}`;
}

/** A line about a message, for the list of people. */
export function summary(message) {
  if (!message) return "";
  const service = serviceText(message);
  if (service) return service;
  if (message.invoice) return "🧾 " + message.invoice.title;
  const mark = message.document ? "📎 " : message.photo ? "🖼 " : "";
  return mark + (message.text || message.caption || (message.document || {}).file_name || "");
}

function content(shown, act) {
  const { message } = shown;
  const parts = [];
  if (message.photo) parts.push(photo(message.photo.at(-1)));
  if (message.document) parts.push(document_(message.document));
  if (message.invoice) parts.push(invoice(shown));
  const words = message.text ?? message.caption;
  if (words) {
    const entities = message.text ? message.entities : message.caption_entities;
    parts.push(make("div", { class: "words" }, renderText(words, entities, act)));
  }
  return parts;
}

function photo(size) {
  return make("img", {
    class: "photo", src: "/control/files/" + size.file_id, alt: "",
    width: size.width, height: size.height, loading: "lazy",
  });
}

function document_(file) {
  return make("a", {
    class: "document", href: "/control/files/" + file.file_id, download: file.file_name,
  }, make("span", { class: "disc" }, icon(FILE_ICON)),
  make("span", { class: "title" },
    make("strong", {}, file.file_name), make("small", {}, size(file.file_size))));
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function invoice({ message, paid_by }) {
  const { title, description, total_amount, currency } = message.invoice;
  return make("div", { class: "invoice" },
    make("strong", {}, title),
    make("p", {}, description),
    make("span", { class: "price" }, money(total_amount, currency)),
    paid_by ? make("span", { class: "paid" }, icon(DONE_ICON), "Paid") : null);
}

function quote(message) {
  return make("div", { class: "quote" }, summary(message).slice(0, 120));
}

function stamp(message, fromBot) {
  const at = new Date(message.date * 1000);
  const time = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  // Screens of a bot change all the time: only edited words are worth a remark.
  const edited = message.edit_date && !message.reply_markup ? "edited " : "";
  return make("time", { dateTime: at.toISOString() }, edited + time,
    fromBot ? null : icon("M2 13l4 4L15 8M11 16l1 1L21 8"));
}

function keyboard(shown, act) {
  const rows = shown.message.reply_markup.inline_keyboard.map((row) =>
    make("div", {}, ...row.map((button) => keyOf(button, shown, act))));
  return make("div", { class: "keyboard" }, ...rows);
}

function keyOf(button, shown, act) {
  const key = make("button", { class: "key", type: "button" }, make("span", {}, button.text));
  if (button.style) key.classList.add(button.style);
  if (button.callback_data !== undefined) {
    key.onclick = () => act.press(button, shown.message.message_id, key);
  } else if (button.url) {
    key.append(icon(LINK_ICON));
    key.title = button.url;
    key.onclick = () => act.link(button.url) || window.open(button.url, "_blank", "noopener");
  } else if (button.copy_text) {
    key.append(icon(COPY_ICON));
    key.onclick = () => copy(button.copy_text.text);
  } else if (button.pay) {
    if (shown.paid_by) key.firstChild.textContent = "Receipt";
    key.onclick = () => act.pay(shown);
  } else if (button.web_app) {
    key.append(icon(LINK_ICON));
    key.onclick = () => window.open(button.web_app.url, "_blank", "noopener");
  } else {
    key.onclick = () => toast("This kind of button does nothing in the emulator");
  }
  return key;
}

/** Presses a callback button and shows that it waits; `pressed` remembers it by its query. */
export async function press(person, messageId, button, key, pressed) {
  if (key.classList.contains("waiting")) return;
  key.classList.add("waiting");
  const done = () => key.classList.remove("waiting");
  try {
    const body = { message_id: messageId, data: button.callback_data };
    const { query_id } = await control(`/people/${person}/press`, body);
    if (pressed.has(query_id)) return done();
    // The client of a person gives up waiting, too.
    const timer = setTimeout(done, 15000);
    pressed.set(query_id, () => {
      clearTimeout(timer);
      done();
    });
  } catch (failure) {
    done();
    toast(failure.message);
  }
}
