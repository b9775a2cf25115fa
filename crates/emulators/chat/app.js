// The chat page: people on the left, the chat of one of them on the right.

import { alertBox, control, listen, make, paintAvatar, toast } from "./api.js";
import { faultsFollow, toggleFaults } from "./faults.js";
import { press, renderMessage, summary } from "./message.js";
import { openPayment, openReceipt, paymentEnded } from "./payment.js";

const byId = (id) => document.getElementById(id);
const list = byId("messages");
const input = byId("text");

/** Everything the page knows. */
const page = {
  bot: null,
  /** By id: what /control/state tells, with `unread` and `latest`. */
  people: new Map(),
  /** Who is on screen. */
  person: null,
  /** Messages on screen by id. */
  shown: new Map(),
  /** Pressed buttons that wait, by query; answers that came first are kept as true. */
  pressed: new Map(),
};

const act = {
  link: openLink,
  command: (text) => say(text),
  press: (button, messageId, key) => press(page.person, messageId, button, key, page.pressed),
  pay: ({ message, paid_by }) => paid_by
    ? openReceipt(message.invoice, paid_by)
    : openPayment(page.person, page.bot, message.invoice, { message_id: message.message_id }),
};

/** Opens what only the emulator knows; false leaves the link to the browser. */
function openLink(url) {
  const own = `https://t.me/${page.bot.username}`;
  if (url === own || url.startsWith(own + "?")) {
    const payload = new URL(url).searchParams.get("start") || "";
    attempt(() => control(`/people/${page.person}/open`, { payload }));
    return true;
  }
  if (url.startsWith("https://t.me/$")) {
    attempt(async () => {
      const { invoice } = await control("/links/" + url.split("$")[1]);
      openPayment(page.person, page.bot, invoice, { link: url });
    });
    return true;
  }
  return false;
}

async function attempt(work) {
  try {
    return await work();
  } catch (failure) {
    toast(failure.message);
    return null;
  }
}

// People.

async function loadState() {
  const state = await control("/state");
  page.bot = state.bot;
  byId("bot-name").textContent = state.bot.first_name;
  paintAvatar(byId("bot-avatar"), state.bot.id, state.bot.first_name);
  document.title = `${state.bot.first_name}: chat`;
  for (const told of state.people.filter((told) => told.person)) {
    const known = page.people.get(told.person.id);
    page.people.set(told.person.id, {
      ...told,
      unread: known ? known.unread : 0,
      latest: told.last_message || null,
    });
  }
  drawPeople();
  drawFoot();
}

function drawPeople() {
  const rows = [...page.people.values()].map((one) => {
    const { person } = one;
    const avatar = make("div", { class: "avatar" });
    paintAvatar(avatar, person.id, person.first_name);
    const words = one.latest ? summary(one.latest) : "No messages yet";
    const mine = one.latest && one.latest.from && !one.latest.from.is_bot;
    return make("button", {
      class: "person" + (person.id === page.person ? " current" : ""),
      onclick: () => { location.hash = person.id; document.body.classList.add("in-chat"); },
    },
    avatar,
    make("span", { class: "title" },
      make("span", { class: "name" },
        make("strong", {}, person.first_name),
        one.note ? make("em", {}, one.note) : null,
        make("i", {}, person.language_code || "")),
      make("small", {}, one.standing === "blocked" ? "blocked the bot" :
        (mine ? "You: " : "") + words)),
    one.unread ? make("b", { class: "badge" }, String(one.unread)) : null);
  });
  byId("people-list").replaceChildren(...rows);
}

// The chat of one person.

async function openPerson(id) {
  page.person = id;
  const one = page.people.get(id);
  one.unread = 0;
  byId("as").textContent = `as ${one.person.first_name}`;
  const told = await control(`/chats/${id}/messages`);
  if (page.person !== id) return;
  page.shown = new Map(told.map((shown) => [shown.message.message_id, shown]));
  drawMessages();
  drawPeople();
  drawFoot();
  faultsFollow(id);
}

function drawMessages() {
  list.replaceChildren(...[...page.shown.values()].map((shown) => renderMessage(shown, act)));
  if (page.shown.size === 0) list.append(welcome());
  separateDays();
  toEnd();
}

function welcome() {
  const avatar = make("div", { class: "avatar big" });
  paintAvatar(avatar, page.bot.id, page.bot.first_name);
  return make("div", { class: "welcome" }, avatar,
    make("h2", {}, page.bot.first_name),
    make("p", {}, "Nothing has been said here yet. Press Start, and the bot answers."),
    make("button", { class: "wide", onclick: () => say("/start") }, "Start"));
}

function separateDays() {
  list.querySelectorAll(".day").forEach((mark) => mark.remove());
  let last = null;
  for (const shown of page.shown.values()) {
    const day = new Date(shown.message.date * 1000).toDateString();
    if (day === last) continue;
    last = day;
    const label = new Date(shown.message.date * 1000)
      .toLocaleDateString([], { day: "numeric", month: "long" });
    rowOf(shown.message.message_id).before(make("div", { class: "day" }, make("span", {}, label)));
  }
}

const rowOf = (id) => list.querySelector(`.row[data-id="${id}"]`);
const nearEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 120;

function toEnd() {
  list.scrollTop = list.scrollHeight;
  byId("to-end").hidden = true;
}

function upsert(shown) {
  const { message } = shown;
  const stay = !nearEnd() && (!message.from || message.from.is_bot);
  const row = renderMessage(shown, act);
  const old = rowOf(message.message_id);
  page.shown.set(message.message_id, shown);
  if (old) {
    old.replaceWith(row);
  } else {
    list.querySelector(".welcome")?.remove();
    list.append(row);
    row.classList.add("new");
    separateDays();
    stopTyping();
  }
  if (!stay) toEnd();
  else if (!old) byId("to-end").hidden = false;
}

/** What stands at the foot: the composer, a keyboard in place of it, or a way back from a block. */
function drawFoot() {
  const one = page.people.get(page.person);
  if (!one) return;
  const blocked = one.standing === "blocked";
  byId("composer").hidden = blocked;
  byId("unblock-bar").hidden = !blocked;
  byId("block").hidden = blocked || one.standing === "stranger";
  byId("menu").hidden = one.commands.length === 0;
  const box = byId("reply-keyboard");
  box.hidden = blocked || !one.reply_keyboard;
  if (one.reply_keyboard) {
    box.replaceChildren(...one.reply_keyboard.keyboard.map((row) =>
      make("div", {}, ...row.map((button) => {
        const text = button.text || button;
        return make("button", { class: "reply-key", onclick: () => say(text) }, text);
      }))));
  }
}

// Writing.

async function say(text) {
  const words = text.trim();
  if (!words) return;
  await attempt(() => control(`/people/${page.person}/say`, { text: words }));
}

async function sendFile(file) {
  const query = new URLSearchParams({ name: file.name });
  const caption = input.value.trim();
  if (caption) query.set("caption", caption);
  const path = `/people/${page.person}/document?${query}`;
  if (await attempt(() => control(path, file, "POST"))) clearInput();
}

function clearInput() {
  input.value = "";
  grow();
  suggest("");
}

function grow() {
  input.style.height = "auto";
  input.style.height = Math.min(input.scrollHeight, 160) + "px";
}

/** Shows the commands that begin so; all for a lone slash, none for other text. */
function suggest(text) {
  const one = page.people.get(page.person);
  const box = byId("suggestions");
  const found = one && /^\/\w*$/.test(text)
    ? one.commands.filter(({ command }) => ("/" + command).startsWith(text)) : [];
  box.hidden = found.length === 0;
  box.replaceChildren(...found.map(({ command, description }) => make("button", {
    onclick: () => { say("/" + command); clearInput(); },
  }, make("strong", {}, "/" + command), make("span", {}, description))));
}

// What happens.

let typingTimer;

function stopTyping() {
  clearTimeout(typingTimer);
  byId("bot-status").textContent = "bot";
  byId("bot-status").classList.remove("busy");
}

function showAction(action) {
  const words = {
    typing: "typing", upload_document: "sending a file", upload_photo: "sending a photo",
  };
  byId("bot-status").textContent = (words[action] || "busy") + "…";
  byId("bot-status").classList.add("busy");
  clearTimeout(typingTimer);
  typingTimer = setTimeout(stopTyping, 5000);
}

function heardMessage({ chat, message, paid_by }) {
  const one = page.people.get(chat);
  if (!one) return;
  const isNew = !one.latest || message.message_id > one.latest.message_id;
  if (isNew || message.message_id === one.latest.message_id) one.latest = message;
  if (one.standing === "stranger") one.standing = "active";
  if (chat === page.person) {
    upsert({ message, paid_by });
    drawFoot();
  } else if (isNew && (!message.from || message.from.is_bot)) {
    one.unread += 1;
  }
  drawPeople();
}

function heardAnswer({ chat, query_id, answer }) {
  const done = page.pressed.get(query_id);
  page.pressed.set(query_id, true);
  if (typeof done === "function") done();
  if (chat !== page.person) return;
  if (answer.url) openLink(answer.url);
  if (answer.text) (answer.show_alert ? alertBox : toast)(answer.text);
}

const hear = {
  message: heardMessage,
  answered: heardAnswer,
  payment: ({ query_id, outcome }) => paymentEnded(query_id, outcome),
  people: loadState,
  resync: () => loadState().then(() => openPerson(page.person)),
  action: ({ chat, action }) => { if (chat === page.person) showAction(action); },
  deleted: ({ chat, message_id }) => {
    if (chat !== page.person) return;
    page.shown.delete(message_id);
    const row = rowOf(message_id);
    row?.classList.add("gone");
    setTimeout(() => { row?.remove(); separateDays(); }, 180);
  },
};

// Wiring.

function wire() {
  byId("composer").onsubmit = (event) => {
    event.preventDefault();
    const text = input.value;
    clearInput();
    say(text);
  };
  input.oninput = () => { grow(); suggest(input.value); };
  input.onkeydown = (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      byId("composer").requestSubmit();
    }
  };
  byId("menu").onclick = () => suggest(byId("suggestions").hidden ? "/" : "");
  byId("attach").onclick = () => byId("file").click();
  byId("file").onchange = (event) => {
    for (const file of event.target.files) sendFile(file);
    event.target.value = "";
  };
  byId("block").onclick = () => attempt(() => control(`/people/${page.person}/block`, {}));
  byId("unblock").onclick = () => attempt(async () => {
    await control(`/people/${page.person}/unblock`, {});
    await say("/start");
  });
  byId("back").onclick = () => document.body.classList.remove("in-chat");
  byId("open-faults").onclick = () => toggleFaults(page.person);
  byId("to-end").onclick = toEnd;
  list.onscroll = () => { if (nearEnd()) byId("to-end").hidden = true; };
  window.onhashchange = choosePerson;
  wireNewcomer();
}

function wireNewcomer() {
  const dialog = byId("newcomer");
  byId("new-person").onclick = () => dialog.showModal();
  dialog.querySelector("[data-close]").onclick = () => dialog.close();
  dialog.querySelector("form").onsubmit = (event) => {
    const fields = new FormData(event.target);
    attempt(async () => {
      const { id } = await control("/people", {
        first_name: fields.get("name"),
        username: fields.get("username") || null,
        language_code: fields.get("language") || null,
      });
      await loadState();
      location.hash = id;
      document.body.classList.add("in-chat");
    });
  };
}

function choosePerson() {
  const wanted = Number(location.hash.slice(1));
  const buyers = [...page.people.values()].filter((one) => !one.note);
  const first = buyers[0] || [...page.people.values()][0];
  const id = page.people.has(wanted) ? wanted : first && first.person.id;
  if (id) openPerson(id);
}

function linkState(open) {
  byId("link-state").classList.toggle("on", open);
  byId("link-text").textContent = open ? "live" : "reconnecting";
}

let opened = false;

async function start() {
  wire();
  await loadState();
  if (location.hash) document.body.classList.add("in-chat");
  choosePerson();
  listen((event) => hear[event.event]?.(event), (open) => {
    linkState(open);
    // After a break some events were missed.
    if (open && opened) hear.resync();
    opened = opened || open;
  });
}

start();
