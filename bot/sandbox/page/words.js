// Everything the page says, in Dutch and English.

const TABLE = {
  nl: {
    title: "proefopstelling", plusHour: "+1 uur", plusDay: "+1 dag", plusWeeks: "+2 weken", nextDue: "volgend moment",
    clock: "Klok", moving: "de tijd loopt …", held: "de klok staat stil", arrived: "Het is nu {when}.",
    stopped: "Gestopt op {when}: {why}", faults: "Storing", warnings: "Meldingen", noWarnings: "Nog niets wat Telegram zou weigeren.",
    warningsIntro: "Wat de bot deed dat Telegram weigert:", addPhone: "+ telefoon", name: "Naam", role: "Rol",
    language: "Taal van de telefoon", add: "Toevoegen", cancel: "Annuleren", start: "Start", notStarted: "Nog geen gesprek. Druk op Start om te beginnen.", invited: "Nog geen gesprek. De uitnodiging zit al in de knop.",
    openLink: "Link openen", linkLabel: "Link of code", open: "Openen", message: "Bericht",
    send: "Versturen", save: "Bewaren", attach: "Bijlage", commands: "Opdrachten", noCommands: "De bot heeft hier geen opdrachten.",
    voice: "Spraakbericht", photo: "Foto", sticker: "Sticker", document: "Bestand …", location: "Locatie", contact: "Contact",
    edited: "bewerkt", silent: "stil", protected: "beschermd", pinned: "Vastgezet", lock: "vergrendelscherm", noSound: "zonder geluid",
    block: "Bot blokkeren", unblock: "Deblokkeren", blocked: "Je hebt de bot geblokkeerd.", transcript: "Gesprek opslaan (tekst)",
    transcriptJson: "Gesprek opslaan (JSON)", group: "Bot in een groep zetten", menu: "Meer", typing: "schrijft …", edit: "Bewerken",
    editing: "Je bewerkt een bericht", copyLink: "Link kopiëren", copied: "Gekopieerd.", openOn: "Openen op …", newPhone: "nieuwe telefoon",
    download: "Downloaden", showSpoiler: "Verborgen tekst tonen", ok: "OK", inert: "Links openen hier niet: {url}", reply: "Antwoord op",
    networkGone: "Netwerk weg", cutAfter: "Antwoord op volgend bericht kwijt", tooMany: "429 bij volgend bericht", broken: "500 bij de volgende 3",
    gateway: "502 bij volgende aanroep", hang: "Volgende aanroep hangt", refused: "400 bij volgend bericht", limits: "Limieten van Telegram",
    clearFaults: "Alles weer goed", active: "Nu actief", on: "aan", off: "uit", times: "nog {n} keer", forever: "tot je het uitzet",
    offline: "Geen verbinding met de proefopstelling. Even wachten …", noBot: "geen bot verbonden", botNext: "volgend moment {when}", botNone: "niets gepland",
    joined: "{name} heeft de bot toegevoegd", phoneLanguage: "App in het Engels", phoneLanguageBack: "App in het Nederlands", chats: "Gesprekken",
    reset: "Opnieuw beginnen", resetSure: "Alles wissen?", other: "Bericht", unread: "nieuw", tabs: "Telefoons", webApp: "Mini-app (hier niet te openen)",
    preview: "Hier komt een voorbeeld van {host}",
  },
  en: {
    title: "sandbox", plusHour: "+1 hour", plusDay: "+1 day", plusWeeks: "+2 weeks", nextDue: "next moment",
    clock: "Clock", moving: "time is moving …", held: "the clock stands still", arrived: "It is now {when}.",
    stopped: "Stopped at {when}: {why}", faults: "Faults", warnings: "Warnings", noWarnings: "Nothing yet that Telegram would refuse.",
    warningsIntro: "What the bot did that Telegram refuses:", addPhone: "+ phone", name: "Name", role: "Role",
    language: "Language of the phone", add: "Add", cancel: "Cancel", start: "Start", notStarted: "No conversation yet. Press Start to begin.", invited: "No conversation yet. The invitation is in the button already.",
    openLink: "Open a link", linkLabel: "Link or code", open: "Open", message: "Message",
    send: "Send", save: "Save", attach: "Attach", commands: "Commands", noCommands: "The bot has no commands here.",
    voice: "Voice message", photo: "Photo", sticker: "Sticker", document: "File …", location: "Location", contact: "Contact",
    edited: "edited", silent: "silent", protected: "protected", pinned: "Pinned", lock: "lock screen", noSound: "no sound",
    block: "Block the bot", unblock: "Unblock", blocked: "You blocked the bot.", transcript: "Save the chat (text)",
    transcriptJson: "Save the chat (JSON)", group: "Add the bot to a group", menu: "More", typing: "is typing …", edit: "Edit",
    editing: "You are editing a message", copyLink: "Copy link", copied: "Copied.", openOn: "Open on …", newPhone: "new phone",
    download: "Download", showSpoiler: "Show hidden text", ok: "OK", inert: "Links do not open here: {url}", reply: "Reply to",
    networkGone: "Network gone", cutAfter: "Lose the answer to the next message", tooMany: "429 on the next message", broken: "500 on the next 3",
    gateway: "502 on the next call", hang: "The next call hangs", refused: "400 on the next message", limits: "Telegram's limits",
    clearFaults: "Everything fine again", active: "Active now", on: "on", off: "off", times: "{n} more", forever: "until you switch it off",
    offline: "No connection to the sandbox. One moment …", noBot: "no bot connected", botNext: "next moment {when}", botNone: "nothing planned",
    joined: "{name} added the bot", phoneLanguage: "App in English", phoneLanguageBack: "App in Dutch", chats: "Chats",
    reset: "Start over", resetSure: "Wipe everything?", other: "Message", unread: "new", tabs: "Phones", webApp: "Mini app (does not open here)",
    preview: "A preview of {host} goes here",
  },
};

let current = localStorage.getItem("sandbox-language") === "en" ? "en" : "nl";

export const language = () => current;
const locale = () => (current === "en" ? "en-GB" : "nl-NL");

export function setLanguage(code) {
  current = code;
  localStorage.setItem("sandbox-language", code);
  document.documentElement.lang = code;
}

export function say(key, values = {}) {
  return TABLE[current][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const ZONE = "Europe/Amsterdam";
const format = (moment, options) => new Intl.DateTimeFormat(locale(), { timeZone: ZONE, ...options }).format(moment);

export const longMoment = (moment) =>
  format(moment, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
export const shortMoment = (moment) => format(moment, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
export const dateOnly = (moment) => format(moment, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
export const clockDate = (moment) => format(moment, { weekday: "short", day: "numeric", month: "long", year: "numeric" });
export const timeOnly = (moment) => format(moment, { hour: "2-digit", minute: "2-digit" });
export const timeWithSeconds = (moment) => format(moment, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const dayKey = (moment) => format(moment, { year: "numeric", month: "2-digit", day: "2-digit" });
