// The clock, the faults, the warnings, the languages.

import { post, request } from "./api.js";
import { button, h, icon, menu, toast } from "./dom.js";
import { clockDate, language, longMoment, say, shortMoment, timeWithSeconds } from "./words.js";

const HOUR = 3600;

export class TopBar {
  constructor(world) {
    this.world = world;
    this.element = document.getElementById("topbar");
    this.clockAt = performance.now();
    setInterval(() => this.tick(), 250);
  }

  build() {
    this.date = h("span", { class: "clock-date" });
    this.time = h("time", { class: "clock-time", "data-testid": "clock" });
    this.note = h("span", { class: "clock-note", "data-testid": "clock-note" });
    const move = (label, body, testid) => button(label, () => this.move(body), { class: "move", "data-testid": testid });
    this.moves = [
      move(say("plusHour"), { advance_seconds: HOUR }, "clock-hour"),
      move(say("nextDue"), { to_next_message: true }, "clock-next"),
      move(say("plusDay"), { advance_seconds: 24 * HOUR }, "clock-day"),
      move(say("plusWeeks"), { advance_seconds: 14 * 24 * HOUR }, "clock-weeks"),
    ];
    this.count = h("span", { class: "count", hidden: true });
    this.faultDot = h("span", { class: "count", hidden: true });
    const other = language() === "nl" ? "en" : "nl";
    const phone = button(say("addPhone"), () => {}, { class: "tool", "data-testid": "add-phone" });
    this.element.replaceChildren(
      h("div", { class: "brand" }, h("img", { src: "/icon.svg", alt: "", width: "30", height: "30" }), h("h1", {}, "Join Us ", h("span", {}, say("title")))),
      h("div", { class: "clock", role: "group", "aria-label": say("clock") },
        h("p", { class: "clock-face" }, this.time, this.date, this.note), h("div", { class: "moves" }, this.moves)),
      h("div", { class: "tools" },
        menu(phone, (close) => [this.world.phoneForm({}, close)], { class: "form" }),
        menu(h("button", { type: "button", class: "tool", "aria-label": say("faults"), "data-testid": "faults" }, icon("bolt"), h("span", {}, say("faults")), this.faultDot), () => this.faultItems(), { class: "list wide" }),
        menu(h("button", { type: "button", class: "tool", "aria-label": say("warnings"), "data-testid": "warnings" }, icon("warn"), h("span", {}, say("warnings")), this.count), () => this.warningItems(), { class: "wide", testid: "warning-list" }),
        button(other.toUpperCase(), () => this.world.switchLanguage(other), { class: "tool", lang: other, "aria-label": other === "en" ? "English" : "Nederlands", "data-testid": "language" })));
    this.refresh();
  }

  refresh() {
    const { warnings, faults, limits } = this.world.state;
    this.count.hidden = warnings.length === 0;
    this.count.textContent = String(warnings.length);
    const active = faults.length + (limits.enabled ? 1 : 0);
    this.faultDot.hidden = active === 0;
    this.faultDot.textContent = String(active);
    this.setClock(this.world.state.clock);
  }

  // Clock

  setClock(clock) {
    this.world.state.clock = clock;
    this.clockAt = performance.now();
    for (const element of this.moves) element.disabled = clock.moving;
    this.element.classList.toggle("moving", clock.moving);
    this.note.textContent = this.clockNote(clock);
    this.tick();
  }

  clockNote(clock) {
    if (clock.moving) return say("moving");
    if (!clock.bot_reporting) return clock.running ? say("noBot") : say("held");
    return clock.next_due ? say("botNext", { when: shortMoment(new Date(clock.next_due)) }) : say("botNone");
  }

  tick() {
    const { clock } = this.world.state ?? {};
    if (!clock || !this.time) return;
    const since = clock.running ? performance.now() - this.clockAt : 0;
    const now = new Date(new Date(clock.now).getTime() + since);
    this.time.textContent = timeWithSeconds(now);
    this.time.setAttribute("datetime", now.toISOString());
    const date = clockDate(now);
    if (this.date.textContent !== date) this.date.textContent = date;
  }

  async move(body) {
    for (const element of this.moves) element.disabled = true;
    const done = await post("clock", body);
    this.setClock(await request("GET", "clock"));
    if (!done.now) return;
    const when = longMoment(new Date(done.now));
    if (done.stopped) toast(say("stopped", { when, why: done.stopped }), "bad");
    else toast(say("arrived", { when }));
  }

  // Faults

  faultItems() {
    const { faults, limits } = this.world.state;
    const order = (label, fault, testid) => button(label, () => post("faults", [fault]), { "data-testid": testid });
    const gone = faults.find((fault) => fault.kind === "cut_before" && fault.method === "*" && fault.times === null);
    const toggle = (label, pressed, action, testid) => button([h("span", {}, label), h("b", {}, pressed ? say("on") : say("off"))], action, { "aria-pressed": String(pressed), class: "toggle", "data-testid": testid });
    const lines = faults.map((fault) => h("li", {}, `${fault.method} · ${fault.kind} · `,
      fault.times === null ? say("forever") : say("times", { n: fault.times - fault.used })));
    return [
      toggle(say("networkGone"), gone !== undefined, async () => {
        if (gone) await request("DELETE", `faults?number=${gone.number}`);
        else await post("faults", [{ kind: "cut_before", method: "*", times: null }]);
      }, "fault-network"),
      toggle(say("limits"), limits.enabled, () => post("limits", { enabled: !limits.enabled }), "fault-limits"),
      order(say("cutAfter"), { kind: "cut_after", method: "sendMessage" }, "fault-cut-after"),
      order(say("tooMany"), { kind: "429", method: "sendMessage", retry_after: 5 }, "fault-429"),
      order(say("refused"), { kind: "400", method: "sendMessage" }, "fault-400"),
      order(say("broken"), { kind: "500", method: "sendMessage", times: 3 }, "fault-500"),
      order(say("gateway"), { kind: "502html" }, "fault-502"),
      order(say("hang"), { kind: "hang", method: "sendMessage" }, "fault-hang"),
      faults.length > 0 ? h("p", { class: "panel-label" }, say("active")) : null,
      faults.length > 0 ? h("ul", { class: "active-faults" }, lines) : null,
      faults.length > 0 ? button(say("clearFaults"), () => request("DELETE", "faults"), { class: "big", "data-testid": "fault-clear" }) : null,
    ].filter((item) => item !== null);
  }

  redrawOpen(testid, items) {
    const panel = this.element.querySelector(`[data-testid=${testid}]`)?.nextElementSibling;
    if (panel && !panel.hidden) panel.replaceChildren(...items());
  }

  setFaults({ faults, limits }) {
    Object.assign(this.world.state, { faults, limits });
    this.refresh();
    this.redrawOpen("faults", () => this.faultItems());
  }

  // Warnings

  addWarning(warning) {
    this.world.state.warnings.push(warning);
    this.refresh();
    this.redrawOpen("warnings", () => this.warningItems());
  }

  warningItems() {
    const { warnings } = this.world.state;
    if (warnings.length === 0) return [h("p", { class: "hint" }, say("noWarnings"))];
    const lines = [...warnings].reverse().map((warning) =>
      h("li", {}, h("time", {}, shortMoment(new Date(warning.time))), h("b", {}, warning.method), h("span", {}, warning.words)));
    return [h("p", { class: "panel-label" }, say("warningsIntro")), h("ul", { class: "warning-lines" }, lines)];
  }
}
