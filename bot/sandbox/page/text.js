// A text with its entities as elements. Positions are UTF-16 units, as JavaScript counts.

import { h } from "./dom.js";
import { say } from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function startLink(url, botName) {
  const found = /^(?:https?:\/\/)?t\.me\/([A-Za-z0-9_]+)\?(?:.*&)?start=([A-Za-z0-9_-]{1,64})$/.exec(url ?? "");
  if (found !== null && found[1].toLowerCase() === botName.toLowerCase()) return found[2];
  return null;
}

export function rich(text, entities, actions) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, ordered, actions);
}

function build(text, from, to, entities, actions) {
  const nodes = [];
  let at = from;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const start = Math.max(at, entity.offset);
    const stop = Math.min(to, entity.offset + entity.length);
    if (stop <= start) continue;
    if (start > at) nodes.push(text.slice(at, start));
    const inner = [];
    while (index + 1 < entities.length && entities[index + 1].offset < stop) inner.push(entities[(index += 1)]);
    nodes.push(wrap(entity, text.slice(start, stop), build(text, start, stop, inner, actions), actions));
    at = stop;
    // A quotation ends its line by itself.
    if (entity.type.endsWith("blockquote") && text[at] === "\n") at += 1;
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function wrap(entity, words, children, actions) {
  switch (entity.type) {
    case "url":
    case "email":
    case "phone_number":
    case "text_link": {
      const url = entity.url ?? words;
      return h("span", { class: entity.type === "phone_number" ? "link whole" : "link", title: say("inert", { url }), "data-url": url }, children);
    }
    case "mention":
    case "text_mention":
    case "hashtag":
    case "cashtag":
      return h("span", { class: "link quiet" }, children);
    case "bot_command":
      return h("button", { type: "button", class: "command-link", onclick: () => actions.command(words) }, children);
    case "spoiler":
      return spoiler(children);
    case "date_time":
      return h("time", { class: "date-time", datetime: new Date(entity.unix_time * 1000).toISOString() }, children);
    default: {
      const tag = TAGS[entity.type];
      return tag === undefined ? h("span", {}, children) : h(tag, { class: entity.type }, children);
    }
  }
}

function spoiler(children) {
  const cover = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": say("showSpoiler") }, children);
  const show = () => {
    cover.classList.add("shown");
    cover.removeAttribute("role");
    cover.removeAttribute("aria-label");
    cover.removeAttribute("tabindex");
  };
  cover.addEventListener("click", show);
  cover.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && show());
  return cover;
}

export function links(content) {
  const text = content.text ?? content.caption ?? "";
  const found = (content.entities ?? content.caption_entities ?? [])
    .filter((entity) => entity.type === "url" || entity.type === "text_link")
    .map((entity) => entity.url ?? text.slice(entity.offset, entity.offset + entity.length));
  return [...new Set(found)];
}

export function summary(content) {
  const text = content.text ?? content.caption;
  if (text) return text.replace(/\s+/g, " ");
  const kinds = ["photo", "document", "voice", "sticker", "location", "contact"];
  const kind = kinds.find((name) => name in content);
  if (kind === "document") return content.document.file_name;
  if (kind === "sticker") return content.sticker.emoji;
  return say(kind ?? "other");
}
