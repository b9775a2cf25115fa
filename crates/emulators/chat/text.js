// Formatted text: entities as elements, plain addresses and commands as links.

import { copy, make } from "./api.js";

const SIMPLE = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];

/**
 * Renders text with its entities. `act.link(url)` says what a click on a link does,
 * `act.command(text)` what a click on a command does.
 */
export function renderText(text, entities, act) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const box = document.createDocumentFragment();
  box.append(...stretch(text, sorted, 0, text.length, act));
  return box;
}

/** The nodes of text[from..to]; offsets count UTF-16 units, as JavaScript does. */
function stretch(text, entities, from, to, act) {
  const nodes = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    const inner = [];
    index += 1;
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    if (entity.offset > at) nodes.push(...plain(text.slice(at, entity.offset), act));
    nodes.push(element(text, entity, inner, end, act));
    // A block ends its line by itself.
    at = BLOCKS.includes(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) nodes.push(...plain(text.slice(at, to), act));
  return nodes;
}

function element(text, entity, inner, end, act) {
  const words = text.slice(entity.offset, end);
  const verbatim = entity.type === "code" || entity.type === "pre";
  const children = verbatim ? [words] : stretch(text, inner, entity.offset, end, act);
  switch (entity.type) {
    case "code":
      return make("code", { title: "Copy", onclick: () => copy(words) }, ...children);
    case "pre": {
      const head = make("span", { class: "language" }, entity.language || "copy");
      return make("pre", { title: "Copy", onclick: () => copy(words) }, head, ...children);
    }
    case "spoiler":
      return make("span", {
        class: "spoiler",
        tabIndex: 0,
        onclick: (event) => event.currentTarget.classList.add("shown"),
      }, ...children);
    case "text_link":
      return link(entity.url, children, act);
    case "text_mention":
      return make("a", { href: "#" + entity.user.id }, ...children);
    case "bot_command":
      return command(words, act);
    case "expandable_blockquote":
      return make("blockquote", {
        class: "folded",
        onclick: (event) => event.currentTarget.classList.toggle("folded"),
      }, ...children);
    default:
      return make(SIMPLE[entity.type] || "span", {}, ...children);
  }
}

const FINDS = /(https?:\/\/[^\s<>"]+[^\s<>".,!?;:)])|((?:^|(?<=\s))\/[a-zA-Z0-9_]{1,64}(?![\w/]))/g;

/** Plain text, with what looks like a link or a command made one. */
function plain(text, act) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(FINDS)) {
    nodes.push(text.slice(at, found.index));
    nodes.push(found[1] ? link(found[1], [found[1]], act) : command(found[2], act));
    at = found.index + found[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}

function command(words, act) {
  return make("a", {
    href: "#",
    class: "command",
    onclick: (event) => {
      event.preventDefault();
      act.command(words);
    },
  }, words);
}

function link(url, children, act) {
  return make("a", {
    href: url,
    target: "_blank",
    rel: "noopener noreferrer",
    title: url,
    onclick: (event) => {
      if (act.link(url)) event.preventDefault();
    },
  }, ...children);
}
