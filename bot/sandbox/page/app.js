// The page: loads the state once, then follows the events.

import { phone as act, post, request } from "./api.js";
import { button, closeMenus, h, toast } from "./dom.js";
import { PhoneView } from "./phone.js";
import { summary } from "./text.js";
import { TopBar } from "./topbar.js";
import { say, setLanguage, language } from "./words.js";

const BUSY_FOR = 30000;

const world = {
  state: null,
  people: new Map(),
  groups: new Map(),
  views: new Map(),
  busy: new Map(),
  came: new Map(),
  shown: null,

  botName: () => world.state.bot.username,
  botTitle: () => world.state.bot.first_name,
  phones: () => [...world.people.values()],
  chat: (chatId) => world.people.get(chatId) ?? world.groups.get(chatId),
  groupsOf: (userId) => [...world.groups.values()].filter((group) => group.members.includes(userId)),

  async send(person, text, chatId = person.user_id) {
    const group = chatId === person.user_id ? {} : { group: chatId };
    return act(person.user_id, "send", { text, ...group });
  },

  async start(person, payload) {
    const done = await act(person.user_id, "start", { payload });
    if (done.ok) showPhone(person.user_id, true);
    return done;
  },

  async tap(person, messageId, data) {
    const key = `${person.user_id}/${messageId}/${data}`;
    world.busy.set(key, Date.now());
    redraw(person.user_id, messageId);
    setTimeout(() => release(key, person.user_id, messageId), BUSY_FOR);
    const done = await act(person.user_id, "tap", { message_id: messageId, data });
    if (!done.ok) release(key, person.user_id, messageId);
  },

  // A lock screen shows a message as it came: what an edit brings is not announced. Null when nobody saw it come.
  arrived: (message) => world.came.get(message.message_id) ?? (message.edited ? null : summary(message.content)),

  isBusy: (person, messageId, data) => world.busy.has(`${person.user_id}/${messageId}/${data}`),
  edit: (person, message) => world.views.get(person.user_id)?.edit(message),

  async setPhoneLanguage(person, code) {
    const done = await act(person.user_id, "language", { language: code });
    if (done.ok) person.language = code;
  },

  switchLanguage(code) {
    setLanguage(code);
    draw();
  },

  addPhone({ link }) {
    const dialog = h("dialog", { class: "dialog" });
    dialog.append(world.phoneForm({ link }, () => dialog.close()));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  },

  phoneForm({ link }, close) {
    const name = h("input", { required: true, maxlength: "64", autocomplete: "off", "data-testid": "new-name" });
    const role = h("input", { maxlength: "40", autocomplete: "off", list: "roles", "data-testid": "new-role" });
    const code = h("select", { "data-testid": "new-language" }, h("option", { value: "nl" }, "Nederlands"), h("option", { value: "en" }, "English"));
    const roles = h("datalist", { id: "roles" }, ["jongere", "professional", "coördinator", "beheerder"].map((value) => h("option", { value })));
    const submit = async (event) => {
      event.preventDefault();
      const done = await post("phones", { name: name.value, role: role.value, language: code.value });
      if (!done.ok) return;
      close();
      addPerson(done.phone);
      showPhone(done.id, true);
      if (link) await world.start(world.people.get(done.id), link);
    };
    return h("form", { class: "phone-form", onsubmit: submit },
      h("label", {}, say("name"), name), h("label", {}, say("role"), role, roles), h("label", {}, say("language"), code),
      h("div", { class: "form-buttons" }, button(say("cancel"), close), h("button", { type: "submit", class: "big", "data-testid": "new-add" }, say("add"))));
  },
};

const topbar = new TopBar(world);
const column = document.getElementById("phones");
const tabs = document.getElementById("tabs");

function release(key, userId, messageId) {
  if (world.busy.delete(key)) redraw(userId, messageId);
}

function redraw(userId, messageId) {
  const view = world.views.get(userId);
  const message = view?.chat.messages.get(messageId);
  if (message !== undefined) view.place(message);
  view?.days();
}

function asChat(raw) {
  return { ...raw, messages: new Map(raw.messages.map((message) => [message.message_id, message])) };
}

function addPerson(raw) {
  if (world.people.has(raw.user_id)) return;
  world.people.set(raw.user_id, asChat(raw));
  addView(world.people.get(raw.user_id));
  drawTabs();
}

function addView(person) {
  const view = new PhoneView(person, world);
  world.views.set(person.user_id, view);
  column.append(view.element);
  view.toEnd();
}

function drawTabs() {
  tabs.setAttribute("aria-label", say("tabs"));
  tabs.replaceChildren(...world.phones().map((person) => {
    const dot = person.unread ? h("span", { class: "dot", title: say("unread") }) : null;
    return h("button", {
      type: "button", role: "tab", class: `tab colour-${person.number % 8}`, "aria-selected": String(world.shown === person.user_id),
      "aria-controls": `phone-${person.user_id}`, "data-testid": `tab-${person.user_id}`, onclick: () => showPhone(person.user_id),
    }, h("b", {}, person.name), person.role ? h("small", {}, person.role) : null, dot);
  }));
}

function showPhone(userId, scroll = false) {
  world.shown = userId;
  const person = world.people.get(userId);
  if (person) person.unread = false;
  for (const [id, view] of world.views) view.element.classList.toggle("shown", id === userId);
  drawTabs();
  const view = world.views.get(userId);
  view?.toEnd();
  if (scroll) view?.element.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function draw() {
  closeMenus();
  document.documentElement.lang = language();
  topbar.build();
  column.replaceChildren();
  world.views.clear();
  for (const person of world.phones()) addView(person);
  showPhone(world.people.has(world.shown) ? world.shown : world.phones()[0]?.user_id);
}

async function load() {
  const answer = await fetch("/_sandbox/state");
  world.state = await answer.json();
  world.people = new Map(world.state.phones.map((raw) => [raw.user_id, asChat(raw)]));
  world.groups = new Map(world.state.groups.map((raw) => [raw.chat_id, asChat(raw)]));
  draw();
}

const viewsOf = (chatId) => [...world.views.values()].filter((view) =>
  view.person.user_id === chatId || (world.groups.get(chatId)?.members.includes(view.person.user_id)));

const heard = {
  message({ message, new: isNew }) {
    const chat = world.chat(message.chat_id);
    if (chat === undefined) return load();
    if (isNew) world.came.set(message.message_id, summary(message.content));
    chat.messages.set(message.message_id, message);
    for (const view of viewsOf(message.chat_id)) {
      view.show(message);
      if (isNew && message.from_bot && world.shown !== view.person.user_id && !view.person.unread) {
        view.person.unread = true;
        drawTabs();
      }
    }
    return undefined;
  },
  deleted({ chat_id: chatId, message_id: messageId }) {
    world.chat(chatId)?.messages.delete(messageId);
    for (const view of viewsOf(chatId)) if (view.chatId === chatId) view.remove(messageId);
  },
  chat(raw) {
    const chat = world.chat(raw.chat_id);
    if (chat === undefined) world.groups.set(raw.chat_id, { ...raw, messages: new Map() });
    else Object.assign(chat, raw);
    for (const view of viewsOf(raw.chat_id)) view.refresh();
  },
  phone: addPerson,
  answer(answer) {
    const key = `${answer.user_id}/${answer.message_id}/${answer.data}`;
    release(key, answer.user_id, answer.message_id);
    world.views.get(answer.user_id)?.answered(answer);
  },
  warning: (warning) => topbar.addWarning(warning),
  faults: (faults) => topbar.setFaults(faults),
  clock: (clock) => topbar.setClock(clock),
  reload: () => load(),
};

async function begin() {
  setLanguage(language());
  await load();
  const source = new EventSource(`/_sandbox/events?after=${world.state.last_event}`);
  for (const kind of Object.keys(heard)) source.addEventListener(kind, (event) => heard[kind](JSON.parse(event.data)));
  let lost = false;
  source.onerror = () => {
    if (!lost) toast(say("offline"), "bad");
    lost = true;
  };
  source.onopen = async () => {
    if (lost) await load();
    lost = false;
  };
  setInterval(async () => {
    if (lost || document.hidden) return;
    const clock = await request("GET", "clock");
    if (clock.now) topbar.setClock(clock);
  }, 5000);
}

begin();
