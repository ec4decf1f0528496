// One phone: header, lock screen, chat, keyboards and composer.

import { phone as act, readBase64 } from "./api.js";
import { button, closeMenus, h, icon, iconButton, menu } from "./dom.js";
import { messageNode } from "./message.js";
import { summary } from "./text.js";
import { say, timeOnly } from "./words.js";

export class PhoneView {
  constructor(person, world) {
    this.person = person;
    this.world = world;
    this.chatId = person.user_id;
    this.editing = null;
    this.nodes = new Map();
    this.element = h("section", {
      class: `phone colour-${person.number % 8}`, "data-testid": `phone-${person.user_id}`,
      id: `phone-${person.user_id}`, "aria-label": `${person.name} ${person.role}`,
    });
    this.build();
  }

  get chat() {
    return this.world.chat(this.chatId) ?? this.person;
  }

  build() {
    const { person } = this;
    this.status = h("p", { class: "status" });
    const more = menu(iconButton("more", say("menu"), () => {}, { "data-testid": "menu" }), (close) => this.menuItems(close), { class: "list", wrap: "push" });
    this.chips = h("div", { class: "chats", hidden: true, role: "group", "aria-label": say("chats") });
    this.lock = h("div", { class: "lock", "data-testid": "lock", hidden: true });
    this.pin = h("div", { class: "pin", "data-testid": "pinned", hidden: true });
    this.list = h("ol", { class: "messages", "aria-live": "polite", "aria-label": `${say("chats")}: ${person.name}` });
    this.scroll = h("div", { class: "scroll", tabindex: "0" }, this.list);
    this.atEnd = true;
    this.lastTop = 0;
    this.scroll.addEventListener("scroll", () => {
      const { scrollTop, scrollHeight, clientHeight } = this.scroll;
      const upward = scrollTop < this.lastTop - 2;
      this.lastTop = scrollTop;
      if (scrollHeight - scrollTop - clientHeight < 80) this.atEnd = true;
      else if (upward) this.atEnd = false;
    });
    const keepEnd = new ResizeObserver(() => this.atEnd && this.toEnd());
    keepEnd.observe(this.list);
    keepEnd.observe(this.scroll);
    this.note = h("div", { class: "phone-note", role: "status", "aria-live": "assertive" });
    this.bottom = h("div", { class: "bottom" });
    this.element.replaceChildren(
      h("header", { class: "phone-head" },
        h("span", { class: "avatar", "aria-hidden": "true" }, [...person.name][0]),
        h("div", { class: "who" }, h("h2", {}, person.name, person.role ? h("span", { class: "role" }, person.role) : null), this.status),
        more),
      this.chips, this.lock, this.pin, this.scroll, this.note, this.bottom);
    this.fill();
  }

  fill() {
    this.nodes.clear();
    this.list.replaceChildren();
    for (const message of this.chat.messages.values()) this.place(message);
    this.refresh();
    this.toEnd();
  }

  // Messages

  show(message) {
    if (message.chat_id !== this.chatId) return;
    this.place(message);
    this.days();
    this.lockScreen();
    if (this.atEnd || message.sender === this.person.user_id) this.toEnd();
  }

  place(message) {
    const node = messageNode(message, { ...this.chat, user_id: this.person.user_id, name: this.person.name }, this.world);
    const old = this.nodes.get(message.message_id);
    this.nodes.set(message.message_id, node);
    if (old) old.replaceWith(node);
    else this.list.append(node);
  }

  remove(messageId) {
    this.nodes.get(messageId)?.remove();
    this.nodes.delete(messageId);
    this.days();
    this.lockScreen();
  }

  days() {
    let previous = "";
    for (const node of this.nodes.values()) {
      node.querySelector(".day").hidden = node.dataset.day === previous;
      previous = node.dataset.day;
    }
  }

  toEnd() {
    this.atEnd = true;
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  // What stands around the messages

  refresh() {
    const { chat } = this;
    this.status.textContent = chat.action ? `Join Us ${say("typing")}` : chat.blocked ? say("blocked") : "";
    this.element.classList.toggle("is-blocked", chat.blocked);
    this.groups();
    this.pinned();
    this.lockScreen();
    this.days();
    this.drawBottom();
  }

  groups() {
    const groups = this.world.groupsOf(this.person.user_id);
    this.chips.hidden = groups.length === 0;
    const chips = [{ chat_id: this.person.user_id, title: this.world.botTitle() }, ...groups].map((chat) =>
      button(chat.title, () => {
        this.chatId = chat.chat_id;
        this.fill();
      }, { class: "chip", "aria-pressed": chat.chat_id === this.chatId ? "true" : "false" }));
    this.chips.replaceChildren(...chips);
  }

  pinned() {
    const message = this.chat.messages.get(this.chat.pinned.at(-1));
    this.pin.hidden = message === undefined;
    if (message === undefined) return;
    const jump = () => this.nodes.get(message.message_id)?.scrollIntoView({ block: "center" });
    const words = h("span", {}, h("b", {}, say("pinned")), ` ${summary(message.content)}`);
    this.pin.replaceChildren(button([icon("pin"), words], jump));
  }

  lockScreen() {
    const last = [...this.chat.messages.values()].filter((message) => message.from_bot && this.world.arrived(message) !== null).at(-1);
    this.lock.hidden = last === undefined;
    if (last === undefined) return;
    const text = this.world.arrived(last);
    const shown = [...text].slice(0, 60).join("") + ([...text].length > 60 ? "…" : "");
    this.lock.replaceChildren(
      h("span", { class: "lock-label" }, icon(last.silent ? "silent" : "bell"), h("span", {}, say("lock")), last.silent ? h("em", {}, ` · ${say("noSound")}`) : null,
        h("time", {}, timeOnly(new Date(last.date)))),
      h("span", { class: "lock-text" }, h("b", {}, this.world.botTitle()), " ", shown));
  }

  drawBottom() {
    const typed = this.bottom.querySelector("textarea");
    const kept = { text: typed?.value ?? "", focus: typed !== null && document.activeElement === typed };
    const { chat } = this;
    if (chat.blocked) {
      this.bottom.replaceChildren(button(say("unblock"), () => act(this.person.user_id, "unblock"), { class: "big", "data-testid": "unblock" }));
    } else if (!chat.started) {
      this.bottom.replaceChildren(
        h("p", { class: "hint" }, say(this.person.payload ? "invited" : "notStarted")),
        button(say("start"), () => this.world.start(this.person, this.person.payload ?? ""), { class: "big", "data-testid": "start" }), this.linkForm(false));
    } else {
      this.bottom.replaceChildren(...this.replyKeyboard(), ...this.editBar(), this.composer(kept));
    }
  }

  linkForm(small) {
    const input = h("input", { type: "text", "aria-label": say("linkLabel"), placeholder: say("linkLabel"), autocomplete: "off", "data-testid": "link" });
    const submit = async (event) => {
      event.preventDefault();
      const payload = input.value.trim();
      if (!payload) return;
      closeMenus();
      const done = await this.world.start(this.person, payload);
      if (done.ok) input.value = "";
    };
    return h("form", { class: `link-form ${small ? "small" : ""}`, onsubmit: submit }, input,
      h("button", { type: "submit", "data-testid": "open-link" }, say("open")));
  }

  replyKeyboard() {
    const { keyboard } = this.chat;
    if (!keyboard) return [];
    const press = (item) => {
      if (item.request_contact) act(this.person.user_id, "media", { kind: "contact" });
      else if (item.request_location) act(this.person.user_id, "media", { kind: "location" });
      else this.world.send(this.person, item.text, this.chatId);
    };
    return [h("div", { class: "reply-keyboard", "data-testid": "reply-keyboard" }, keyboard.keyboard.map((row) =>
      h("div", { class: "keyboard-row" }, row.map((item) =>
        button(item.text, () => press(item), { class: `reply-button ${item.style ?? ""}`, "data-testid": `btn-${item.text}` })))))];
  }

  editBar() {
    if (this.editing === null) return [];
    return [h("p", { class: "edit-bar" }, icon("pencil"), say("editing"),
      iconButton("close", say("cancel"), () => this.edit(null), { class: "icon-button tiny" }))];
  }

  edit(message) {
    this.editing = message;
    this.bottom.querySelector("textarea")?.remove();
    this.drawBottom();
    const area = this.bottom.querySelector("textarea");
    area.value = message?.content.text ?? "";
    area.focus();
    area.dispatchEvent(new Event("input"));
  }

  composer(kept) {
    const placeholder = this.chat.force_reply?.input_field_placeholder ?? this.chat.keyboard?.input_field_placeholder ?? say("message");
    const area = h("textarea", { rows: "1", "aria-label": `${say("message")}: ${this.person.name}`, placeholder, "data-testid": "input" });
    area.value = kept.text;
    const grow = () => {
      area.style.height = "auto";
      area.style.height = `${Math.min(140, area.scrollHeight)}px`;
    };
    area.addEventListener("input", grow);
    const submit = async (event) => {
      event?.preventDefault();
      const text = area.value;
      if (!text.trim()) return;
      area.value = "";
      grow();
      if (this.editing === null) await this.world.send(this.person, text, this.chatId);
      else {
        const { message_id } = this.editing;
        this.editing = null;
        this.drawBottom();
        await act(this.person.user_id, "edit", { message_id, text });
      }
    };
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
      if (event.key === "ArrowUp" && area.value === "") this.editLast();
      if (event.key === "Escape" && this.editing !== null) this.edit(null);
    });
    const commands = menu(iconButton("slash", say("commands"), () => {}, { "data-testid": "commands" }), (close) => this.commandItems(close), { class: "list", testid: "command-list" });
    const attach = menu(iconButton("attach", say("attach"), () => {}, { "data-testid": "attach" }), (close) => this.attachItems(close), { class: "list" });
    const send = h("button", { type: "submit", class: "icon-button send", "aria-label": this.editing ? say("save") : say("send"), title: say("send"), "data-testid": "send" }, icon("send"));
    if (kept.focus) queueMicrotask(() => area.focus());
    queueMicrotask(grow);
    return h("form", { class: "composer", onsubmit: submit }, commands, attach, area, send);
  }

  editLast() {
    const own = [...this.chat.messages.values()].filter((message) => message.sender === this.person.user_id && message.content.text);
    if (own.length > 0) this.edit(own.at(-1));
  }

  commandItems(close) {
    const commands = this.person.commands ?? [];
    if (commands.length === 0) return [h("p", { class: "hint" }, say("noCommands"))];
    return commands.map((command) => button([h("b", {}, `/${command.command}`), h("span", {}, command.description)], () => {
      close();
      this.world.send(this.person, `/${command.command}`, this.chatId);
    }, { class: "command", "data-testid": `command-${command.command}` }));
  }

  attachItems(close) {
    const send = (kind, more = {}) => {
      close();
      act(this.person.user_id, "media", { kind, ...more });
    };
    const chooser = h("input", { type: "file", hidden: true, "data-testid": "file" });
    chooser.addEventListener("change", async () => {
      const [file] = chooser.files;
      if (file) send("document", { file_name: file.name, mime_type: file.type || "application/octet-stream", content: await readBase64(file) });
    });
    const items = [["voice", "mic"], ["photo", "photo"], ["sticker", "smile"], ["location", "place"], ["contact", "person"]];
    return [
      ...items.map(([kind, name]) => button([icon(name), say(kind)], () => send(kind), { "data-testid": `attach-${kind}` })),
      button([icon("file"), say("document")], () => chooser.click(), { "data-testid": "attach-document" }), chooser,
    ];
  }

  menuItems(close) {
    const id = this.person.user_id;
    const item = (label, action, testid) => button(label, () => {
      close();
      action();
    }, { "data-testid": testid });
    const dutch = this.person.language !== "en";
    return [
      h("p", { class: "panel-label" }, say("openLink")), this.linkForm(true),
      h("a", { href: `/_sandbox/transcript?phone=${id}&format=txt`, download: "", "data-testid": "transcript" }, say("transcript")),
      h("a", { href: `/_sandbox/transcript?phone=${id}&format=json`, download: "" }, say("transcriptJson")),
      item(dutch ? say("phoneLanguage") : say("phoneLanguageBack"), () => this.world.setPhoneLanguage(this.person, dutch ? "en" : "nl"), "phone-language"),
      item(say("group"), () => act(id, "group", { title: `Groep van ${this.person.name}` }), "group"),
      this.person.blocked ? item(say("unblock"), () => act(id, "unblock"), "menu-unblock") : item(say("block"), () => act(id, "block"), "block"),
    ];
  }

  // What a tap brought

  answered(answer) {
    for (const node of this.nodes.values()) {
      if (node.dataset.testid !== `msg-${answer.message_id}`) continue;
      node.querySelectorAll("[aria-busy]").forEach((element) => element.removeAttribute("aria-busy"));
    }
    if (!answer.text) return;
    if (answer.alert) {
      const close = button(say("ok"), () => this.note.replaceChildren(), { class: "big" });
      this.note.replaceChildren(h("div", { class: "alert", role: "alertdialog", "aria-label": answer.text, "data-testid": "alert" }, h("p", {}, answer.text), close));
      close.focus();
      return;
    }
    const note = h("p", { class: "phone-toast", "data-testid": "toast" }, answer.text);
    this.note.replaceChildren(note);
    setTimeout(() => note.remove(), 5000);
  }
}
