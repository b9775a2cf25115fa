// The sheet on which a payment is confirmed, waits, and succeeds or fails.

import { control, icon, make } from "./api.js";
import { money } from "./message.js";

const sheet = document.getElementById("sheet");

/** The payment on the sheet, while it waits for its end. */
let waiting = null;

/** Ends that came before the answer to the request that began them. */
const early = new Map();

/** Asks for confirmation; `order` is the body of the call that pays. */
export function openPayment(person, bot, invoice, order) {
  const price = money(invoice.total_amount, invoice.currency);
  const stars = invoice.currency === "XTR";
  const confirm = make("button", {
    class: "wide",
    onclick: () => pay(person, order, confirm, invoice),
  }, `Confirm and pay ${price}`);
  show(
    make("div", { class: "emblem" }, stars ? "⭐" : "💳"),
    make("h2", {}, "Confirm your purchase"),
    make("p", {}, "Do you want to buy ", make("strong", {}, invoice.title), " from ",
      make("strong", {}, bot.first_name), " for ", make("strong", {}, price), "?"),
    make("p", { class: "hint" }, "Play money: the emulator never runs out of it."),
    confirm,
    make("button", { class: "plain", onclick: () => sheet.close() }, "Cancel"),
  );
}

/** Shows the receipt of a paid invoice. */
export function openReceipt(invoice, charge) {
  show(
    make("div", { class: "emblem good" }, icon("M5 13l4 4L19 7")),
    make("h2", {}, invoice.title),
    make("p", {}, money(invoice.total_amount, invoice.currency)),
    make("p", { class: "hint" }, "Charge ", make("code", {}, charge)),
    make("button", { class: "wide", onclick: () => sheet.close() }, "Close"),
  );
}

function show(...children) {
  sheet.replaceChildren(make("div", {}, ...children));
  if (!sheet.open) sheet.showModal();
}

async function pay(person, order, button, invoice) {
  button.disabled = true;
  button.classList.add("waiting");
  try {
    const { query_id } = await control(`/people/${person}/pay`, order);
    waiting = { query_id, invoice };
    if (early.has(query_id)) paymentEnded(query_id, early.get(query_id));
  } catch (failure) {
    fail("The payment could not begin", failure.message);
  }
}

/** Hears how a payment ended; shows it if it is the one on the sheet. */
export function paymentEnded(queryId, end) {
  if (!waiting || waiting.query_id !== queryId) {
    early.set(queryId, end);
    return;
  }
  const { invoice } = waiting;
  waiting = null;
  early.delete(queryId);
  if (!sheet.open) return;
  if (end.outcome === "paid") {
    show(
      make("div", { class: "emblem good" }, icon("M5 13l4 4L19 7")),
      make("h2", {}, "Payment successful"),
      make("p", {}, `You paid ${money(invoice.total_amount, invoice.currency)}.`),
      make("button", { class: "wide", onclick: () => sheet.close() }, "Done"),
    );
  } else if (end.outcome === "refused") {
    fail("The bot refused the payment", end.error_message);
  } else {
    fail("The bot did not answer", "Nothing was paid: it has ten seconds to agree.");
  }
}

function fail(title, reason) {
  show(
    make("div", { class: "emblem bad" }, icon("M7 7l10 10M17 7L7 17")),
    make("h2", {}, title),
    make("p", {}, reason),
    make("button", { class: "wide", onclick: () => sheet.close() }, "Close"),
  );
}
