// Talks to the emulator: the control API, and the stream of what happens.

/** Calls the control API; throws an Error with the emulator's words when it refuses. */
export async function control(path, body, method = body === undefined ? "GET" : "POST") {
  const options = { method };
  if (body instanceof Blob) {
    options.body = body;
    options.headers = { "content-type": body.type || "application/octet-stream" };
  } else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "content-type": "application/json" };
  }
  const response = await fetch("/control" + path, options);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || `HTTP ${response.status}`);
  return answer;
}

/** Calls `heard` with every event; `state` with true and false as the stream opens and breaks. */
export function listen(heard, state) {
  const source = new EventSource("/control/events");
  source.onopen = () => state(true);
  source.onerror = () => state(false);
  source.onmessage = (line) => heard(JSON.parse(line.data));
}

/** Makes an element; text goes in as text, never as markup. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") element.className = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** Makes a line icon of a path in a box of 24. */
export function icon(path, filled = false) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  if (filled) line.setAttribute("class", "fill");
  svg.append(line);
  return svg;
}

const PALETTE = ["#e17076", "#eda86c", "#a695e7", "#7bc862", "#6ec9cb", "#65aadd", "#ee7aae"];

/** A round picture of somebody: initials on a colour of their own. */
export function paintAvatar(element, id, name) {
  const words = name.trim().split(/\s+/);
  element.textContent = words.slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
  const colour = PALETTE[Math.abs(id) % PALETTE.length];
  const light = `color-mix(in srgb, ${colour} 78%, white)`;
  element.style.background = `linear-gradient(160deg, ${light}, ${colour})`;
}

let toastTimer;

/** A word that goes away by itself. */
export function toast(text) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 3500);
}

/** A word that must be confirmed. */
export function alertBox(text) {
  const box = document.getElementById("alert");
  box.querySelector("p").textContent = text;
  box.querySelector("button").onclick = () => box.close();
  if (!box.open) box.showModal();
}

/** Copies and says so. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure context there is no clipboard: use a field that is gone at once.
    const field = make("textarea", { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast("Copied to clipboard");
}
