// One message on one phone.

import { button, h, icon, iconButton, menu, toast } from "./dom.js";
import { links, rich, startLink, summary } from "./text.js";
import { dateOnly, dayKey, say, timeOnly } from "./words.js";

export function messageNode(message, phone, world) {
  const mine = message.sender === phone.user_id;
  const moment = new Date(message.date);
  const node = h("li", {
    class: ["message", mine ? "mine" : "theirs", message.protected ? "protected" : "", isSticker(message) ? "bare" : ""].join(" ").trim(),
    "data-testid": `msg-${message.message_id}`,
    "data-day": dayKey(moment),
  });
  node.append(h("p", { class: "day", hidden: true }, dateOnly(moment)));
  if (message.content.new_chat_members) {
    node.classList.add("service");
    node.append(h("p", { class: "service-text" }, say("joined", { name: message.name })));
    return node;
  }
  const bubble = h("div", { class: "bubble" });
  if (!phone.private && !mine) bubble.append(h("p", { class: "sender" }, message.name));
  bubble.append(...replyQuote(message, phone), ...body(message, world, phone), footer(message, mine, phone, world));
  node.append(bubble, ...reactions(message), ...keyboard(message, phone, world), ...linkTools(message, phone, world));
  return node;
}

const isSticker = (message) => "sticker" in message.content;

function replyQuote(message, phone) {
  const original = message.reply_to === null ? undefined : phone.messages.get(message.reply_to);
  if (original === undefined) return [];
  return [h("p", { class: "reply-to" }, h("span", {}, `${say("reply")} `), summary(original.content).slice(0, 80))];
}

function body(message, world, phone) {
  const { content } = message;
  const actions = { command: (words) => world.send(phone, words) };
  const nodes = attachment(content);
  const text = content.text ?? content.caption;
  if (text !== undefined) {
    const entities = content.entities ?? content.caption_entities;
    const words = h("div", { class: "text" }, rich(text, entities, actions));
    if (content.show_caption_above_media) nodes.unshift(words);
    else nodes.push(words);
  }
  return [...nodes, ...preview(message)];
}

// What Telegram adds under a text with an address unless the bot says no.
function preview(message) {
  const [url] = links(message.content);
  if (!message.from_bot || !("text" in message.content) || url === undefined || message.link_preview?.is_disabled) return [];
  const host = url.replace(/^[a-z]+:\/\//i, "").split(/[/?#]/)[0];
  return [h("p", { class: "preview" }, icon("link"), say("preview", { host }))];
}

const fileUrl = (id) => `/_sandbox/files/${encodeURIComponent(id)}`;

function attachment(content) {
  if (content.photo) {
    const size = content.photo.at(-1);
    const picture = h("img", {
      class: `picture ${content.has_media_spoiler ? "covered" : ""}`,
      src: fileUrl(size.file_id), width: size.width, height: size.height, alt: content.caption ?? say("photo"),
    });
    picture.addEventListener("click", () => picture.classList.remove("covered"));
    return [picture];
  }
  if (content.document) {
    const { file_name: name, file_size: bytes, file_id: id } = content.document;
    const size = bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} kB`;
    return [h("a", { class: "file", href: fileUrl(id), download: name, title: say("download") },
      icon("file"), h("span", { class: "file-name" }, name), h("span", { class: "file-size" }, size))];
  }
  if (content.voice) return [h("p", { class: "file" }, icon("mic"), h("span", { class: "wave" }), `0:0${content.voice.duration}`)];
  if (content.sticker) return [h("p", { class: "sticker" }, content.sticker.emoji)];
  if (content.location) {
    const { latitude, longitude } = content.location;
    return [h("p", { class: "file" }, icon("place"), `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`)];
  }
  if (content.contact) return [h("p", { class: "file" }, icon("person"), `${content.contact.first_name} · ${content.contact.phone_number}`)];
  return [];
}

function footer(message, mine, phone, world) {
  const marks = h("p", { class: "marks" });
  if (message.silent) marks.append(h("span", { class: "badge" }, icon("silent"), say("silent")));
  if (message.protected) marks.append(h("span", { class: "badge" }, icon("shield"), say("protected")));
  if (message.edited) marks.append(h("span", { class: "edited" }, say("edited")));
  marks.append(h("time", { datetime: message.date }, timeOnly(new Date(message.date))));
  if (mine && "text" in message.content) {
    marks.append(iconButton("pencil", say("edit"), () => world.edit(phone, message), { class: "icon-button tiny", "data-testid": "edit" }));
  }
  return marks;
}

function reactions(message) {
  return message.reactions.length === 0 ? [] : [h("p", { class: "reactions" }, message.reactions.join(" "))];
}

function keyboard(message, phone, world) {
  if (message.keyboard === null) return [];
  const rows = message.keyboard.map((row) =>
    h("div", { class: "keyboard-row" }, row.map((item) => inlineButton(item, message, phone, world))));
  return [h("div", { class: "keyboard" }, rows)];
}

function inlineButton(item, message, phone, world) {
  const props = { class: `inline-button ${item.style ?? ""}`, "data-testid": `btn-${item.text}` };
  if (item.callback_data !== undefined) {
    const busy = world.isBusy(phone, message.message_id, item.callback_data);
    const tap = () => world.tap(phone, message.message_id, item.callback_data);
    return h("button", { type: "button", ...props, "aria-busy": busy ? "true" : null, onclick: tap }, h("span", {}, item.text));
  }
  if (item.copy_text !== undefined) return h("button", { type: "button", ...props, onclick: () => copy(item.copy_text.text) }, item.text, icon("copy"));
  const url = item.url ?? item.web_app?.url ?? "";
  const words = item.web_app ? say("webApp") : say("inert", { url });
  const opened = () => {
    if (startLink(url, world.botName()) !== null) world.start(phone, url);
    else toast(words);
  };
  return h("button", { type: "button", ...props, title: url, onclick: opened }, item.text, icon("link"));
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(say("copied"));
}

function linkTools(message, phone, world) {
  const urls = links(message.content);
  for (const row of message.keyboard ?? []) for (const item of row) if (item.url) urls.push(item.url);
  return urls.filter((url) => startLink(url, world.botName()) !== null).map((url) => {
    const trigger = button(say("openOn"), () => {}, { class: "chip", "data-testid": "open-on" });
    const choices = (close) => [
      ...world.phones().map((other) => button(`${other.name}${other.role ? ` · ${other.role}` : ""}`, () => {
        close();
        world.start(other, url);
      }, { "data-testid": `open-on-${other.user_id}` })),
      button(say("newPhone"), () => {
        close();
        world.addPhone({ link: url });
      }, { "data-testid": "open-on-new" }),
    ];
    return h("div", { class: "link-tools" },
      menu(trigger, choices, { class: "list" }),
      button(say("copyLink"), () => copy(url.startsWith("http") ? url : `https://${url}`), { class: "chip", "data-testid": "copy-link" }));
  });
}
