// The drawer of faults: what is broken now, and ready-made ways to break more.

import { control, icon, make, toast } from "./api.js";

const drawer = document.getElementById("faults");
let person = null;

const METHODS = ["", "sendMessage", "editMessageText", "answerCallbackQuery", "sendDocument",
  "sendInvoice", "answerPreCheckoutQuery", "deleteMessage", "refundStarPayment"];
const KINDS = ["", "message", "callback_query", "pre_checkout_query", "successful_payment",
  "my_chat_member"];

/** Faults of calls: a name and the fields of the fault. */
const CALLS = [
  ["Answer 3 s late", { fault: "delay", delay_ms: 3000 }],
  ["Lose the call", { fault: "lose" }],
  ["Execute it, lose the answer", { fault: "time_out_after_effect" }],
  ["429, wait 5 s", { fault: "too_many_requests", retry_after_s: 5 }],
  ["403, blocked by the user",
    { fault: "refuse", status: 403, reason: "Forbidden: bot was blocked by the user" }],
  ["500", { fault: "refuse", status: 500, reason: "Internal Server Error" }],
  ["502, a page of HTML", { fault: "html", status: 502 }],
  ["Cut the answer in half", { fault: "truncate" }],
];

const DELIVERIES = [
  ["Deliver 3 s late", { fault: "delay", delay_ms: 3000 }],
  ["Deliver 5 times at once", { fault: "duplicate", times: 4 }],
  ["Lose it for good", { fault: "lose" }],
  ["Lose the answer, so that it comes again", { fault: "lose_answer" }],
  ["Let the other queues pass", { fault: "reorder", within_ms: 5000 }],
  ["Deliver with a wrong secret", { fault: "bad_signature" }],
];

/** Opens or closes the drawer for the person on screen. */
export function toggleFaults(current) {
  drawer.hidden = !drawer.hidden;
  person = current;
  if (!drawer.hidden) draw();
}

/** Keeps the drawer with the person on screen. */
export function faultsFollow(current) {
  if (person === current) return;
  person = current;
  if (!drawer.hidden) draw();
}

async function draw() {
  const [faults, state] = await Promise.all([control("/faults"), control("/state")]);
  drawer.replaceChildren(
    make("header", {},
      make("div", { class: "title" }, make("strong", {}, "Faults"),
        make("small", {}, "What may go wrong, on demand")),
      make("button", {
        class: "round", ariaLabel: "Close", onclick: () => { drawer.hidden = true; },
      }, icon("M6 6l12 12M18 6L6 18"))),
    make("div", { class: "body" },
      active(faults),
      section("Calls of the bot", "calls", METHODS, "method", CALLS),
      section("Updates to the bot", "deliveries", KINDS, "kind", DELIVERIES),
      delivery(state)),
  );
}

function active({ calls, deliveries }) {
  const rows = [
    ...calls.map((fault) => activeRow("calls", fault, fault.method)),
    ...deliveries.map((fault) => activeRow("deliveries", fault, fault.kind)),
  ];
  if (rows.length === 0) {
    return make("section", { class: "card calm" }, "Nothing is broken at the moment.");
  }
  const mend = make("button", { class: "plain strong", onclick: () => change("/faults") },
    "Mend everything");
  return make("section", { class: "card" }, make("h3", {}, "Broken now"), ...rows, mend);
}

function activeRow(kind, fault, what) {
  const known = [...CALLS, ...DELIVERIES].find(([, fields]) =>
    Object.entries(fields).every(([name, value]) => fault[name] === value));
  const scope = [what || (kind === "calls" ? "any call" : "any update"),
    fault.chat ? `of ${fault.chat}` : null,
    fault.left ? `${fault.left} more` : "until mended"].filter(Boolean).join(" · ");
  return make("div", { class: "fault" },
    make("div", { class: "title" }, make("span", {}, known ? known[0] : fault.fault),
      make("small", {}, scope)),
    make("button", {
      class: "round", ariaLabel: "Mend", onclick: () => change(`/faults/${kind}/${fault.id}`),
    }, icon("M6 6l12 12M18 6L6 18")));
}

async function change(path, body) {
  try {
    await control(path, body, body ? "POST" : "DELETE");
  } catch (failure) {
    toast(failure.message);
  }
  await draw();
}

function section(title, kind, scopes, field, choices) {
  const scope = make("select", {}, ...scopes.map((name) =>
    make("option", { value: name }, name || (kind === "calls" ? "any call" : "any update"))));
  const fault = make("select", {}, ...choices.map(([name], index) =>
    make("option", { value: index }, name)));
  const times = make("select", {},
    make("option", { value: 1 }, "once"), make("option", { value: 3 }, "3 times"),
    make("option", { value: 10 }, "10 times"), make("option", { value: "" }, "until mended"));
  const mine = make("input", { type: "checkbox", checked: true });
  const arm = () => {
    // In a fault "times" may be its own; as the count of strikes it stands beside it.
    const order = { ...choices[fault.value][1] };
    if (scope.value) order[field] = scope.value;
    if (mine.checked && person) order.chat = person;
    if (times.value) order.strikes = Number(times.value);
    change(`/faults/${kind}`, order);
  };
  return make("section", { class: "card" }, make("h3", {}, title), fault, scope, times,
    make("label", { class: "check" }, mine, "only for the person on screen"),
    make("button", { class: "wide", onclick: arm }, "Break"));
}

function delivery(state) {
  const hook = state.webhook;
  const rows = [
    ["Webhook", hook.url || "none: the bot polls"],
    ["Undelivered updates", hook.pending_update_count],
    ["Last error", hook.last_error_message],
    ["Stars of the bot", `⭐ ${state.star_balance}`],
  ];
  return make("section", { class: "card" }, make("h3", {}, "Delivery"),
    make("dl", {}, ...rows.filter(([, value]) => value !== undefined).flatMap(([name, value]) =>
      [make("dt", {}, name), make("dd", {}, String(value))])),
    make("button", { class: "plain", onclick: draw }, "Refresh"));
}
