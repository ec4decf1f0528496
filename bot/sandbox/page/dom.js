// Small helpers: elements, icons, menus, toasts. Text only ever goes in as text.

const PATHS = {
  send: "M4 12 20 4l-5 16-3-7z",
  attach: "M8 12.5 14 6.5a3 3 0 0 1 4.2 4.2l-7.8 7.8a5 5 0 0 1-7-7L11 4",
  slash: "M15 4 9 20",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v5",
  silent: "M6 9a6 6 0 0 1 10-4M18 9c0 5 2 6 2 7H7M4 4l16 16M10 20h4",
  bell: "M6 9a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7M10 20h4",
  shield: "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z",
  pencil: "M4 20l1-4L16 5l3 3L8 19z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  mic: "M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3M6 12a6 6 0 0 0 12 0M12 18v3",
  place: "M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11M12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21c0-5 4-7 8-7s8 2 8 7",
  link: "M10 14 18 6M12 6h6v6M16 14v4H6V8h4",
  copy: "M9 9h10v11H9zM5 15V4h10",
  warn: "M12 4 2 20h20zM12 10v5M12 17.5v.01",
  bolt: "M13 3 5 14h6l-1 7 9-12h-6z",
  close: "M6 6l12 12M18 6 6 18",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M9 9v.01",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 10v.01M15 10v.01M8.5 14.5c2 2 5 2 7 0",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function button(label, onclick, props = {}) {
  return h("button", { type: "button", ...props, onclick }, label);
}

export function iconButton(name, label, onclick, props = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...props, onclick }, icon(name));
}

let openMenu = null;

export function closeMenus() {
  if (openMenu === null) return;
  const { panel, trigger } = openMenu;
  openMenu = null;
  panel.hidden = true;
  trigger.setAttribute("aria-expanded", "false");
}

document.addEventListener("click", (event) => {
  if (openMenu !== null && !openMenu.panel.contains(event.target) && !openMenu.trigger.contains(event.target)) closeMenus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || openMenu === null) return;
  const { trigger } = openMenu;
  closeMenus();
  trigger.focus();
});

const EDGE = 8;

// Beside its trigger, wherever there is room, never outside the window.
function place(panel, trigger) {
  const around = trigger.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = panel;
  const below = around.bottom + EDGE;
  const above = around.top - EDGE - height;
  const top = below + height <= innerHeight - EDGE || above < EDGE ? below : above;
  const left = around.left + width <= innerWidth - EDGE ? around.left : around.right - width;
  panel.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
  panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
}

// A trigger with a panel that `fill` fills each time it opens.
export function menu(trigger, fill, props = {}) {
  const panel = h("div", { class: `panel ${props.class ?? ""}`, hidden: true, "data-testid": props.testid });
  trigger.setAttribute("aria-expanded", "false");
  trigger.addEventListener("click", () => {
    const opening = panel.hidden;
    closeMenus();
    if (!opening) return;
    panel.replaceChildren(...fill(closeMenus));
    panel.hidden = false;
    place(panel, trigger);
    trigger.setAttribute("aria-expanded", "true");
    openMenu = { panel, trigger };
    panel.querySelector("input, button, a, select")?.focus({ preventScroll: true });
  });
  return h("span", { class: `menu ${props.wrap ?? ""}` }, trigger, panel);
}

export function toast(text, kind = "") {
  const place = document.getElementById("toasts");
  const note = h("div", { class: `toast ${kind}` }, text);
  place.append(note);
  while (place.children.length > 3) place.firstChild.remove();
  setTimeout(() => note.remove(), kind === "bad" ? 9000 : 4500);
}
