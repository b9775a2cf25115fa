// The pay page: draws the invoice, pays it, and follows it until it is over.

const card = document.getElementById("card");
const path = location.pathname;
let chosen = null;
let timer = null;

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

async function load() {
  const response = await fetch(`${path}/invoice`);
  if (!response.ok) {
    card.replaceChildren(make("h1", {}, "No such invoice"),
      make("p", { className: "muted" }, "It was deleted, or it never was."));
    return;
  }
  draw(await response.json());
}

function draw(shown) {
  clearTimeout(timer);
  const { invoice, app } = shown;
  const price = `${invoice.amount} ${invoice.fiat || invoice.asset}`;
  document.title = `${price} to ${app}`;
  const head = [
    make("p", { className: "muted" }, `Invoice of ${app}`),
    make("h1", {}, price),
    invoice.description ? make("p", {}, invoice.description) : null,
  ];
  if (invoice.status === "paid") return card.replaceChildren(...paid(invoice, head));
  if (invoice.status === "expired") {
    return card.replaceChildren(...head.filter(Boolean),
      make("p", { className: "state bad" }, "This invoice has expired."));
  }
  card.replaceChildren(...active(shown, head));
  timer = setTimeout(load, 3000);
}

function active({ invoice, dues }, head) {
  if (!dues.some((due) => due.asset === chosen)) chosen = dues.length ? dues[0].asset : null;
  const choices = dues.map((due) => {
    const input = make("input", { type: "radio", name: "asset", value: due.asset });
    input.checked = due.asset === chosen;
    input.onchange = () => {
      chosen = due.asset;
      label();
    };
    return make("label", { className: "choice" }, input,
      make("span", { className: "coin" }, due.asset.slice(0, 1)),
      make("strong", {}, due.asset), make("span", { className: "due" }, due.amount));
  });
  const button = make("button", { onclick: () => pay(button) });
  const label = () => {
    const due = dues.find((one) => one.asset === chosen);
    button.textContent = due ? `Pay ${due.amount} ${due.asset}` : "Nothing to pay with";
    button.disabled = !due;
  };
  label();
  const until = invoice.expiration_date ? make("p", { className: "muted small" },
    `Valid until ${new Date(invoice.expiration_date).toLocaleTimeString([],
      { hour: "2-digit", minute: "2-digit" })}`) : null;
  return [...head.filter(Boolean), make("div", { className: "choices" }, ...choices), button, until]
    .filter(Boolean);
}

async function pay(button) {
  clearTimeout(timer);
  button.disabled = true;
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ asset: chosen }),
  });
  const answer = await response.json();
  if (response.ok) return draw(answer);
  card.append(make("p", { className: "state bad" }, answer.error));
  timer = setTimeout(load, 1500);
}

const BUTTONS = {
  viewItem: "View item", openChannel: "Open channel", openBot: "Open bot", callback: "Return",
};

function paid(invoice, head) {
  const at = new Date(invoice.paid_at).toLocaleString();
  return [
    make("div", { className: "emblem" }, "✓"),
    ...head.filter(Boolean),
    make("p", { className: "state good" },
      `Paid ${invoice.paid_amount} ${invoice.paid_asset}`),
    make("p", { className: "muted small" }, at),
    invoice.hidden_message ? make("p", { className: "note" }, invoice.hidden_message) : null,
    invoice.paid_btn_url ? make("a", { className: "button", href: invoice.paid_btn_url },
      BUTTONS[invoice.paid_btn_name] || "Open") : null,
    make("p", { className: "muted small" }, "You can close this page and return to the chat."),
  ].filter(Boolean);
}

load();
