"""The year itself: everybody acts on the rehearsal clock, from due moment to due moment, as on phones of their own.

Staff do what the tables say and answer what comes to them on working days; youngsters answer as their character is.
"""

from __future__ import annotations

import heapq
import itertools
import re
import shutil
import tempfile
import time as clock
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import Connection, text

from bot import installation
from bot.config import Config
from bot.conversation.world import World
from bot.keys import make_key_file
from bot.rehearsal import policy
from bot.rehearsal.personas import Persona, personas
from bot.rehearsal.phone import NothingThere, Phone
from bot.rehearsal.policy import Question
from bot.rehearsal.stage import CODE, open_quickly
from bot.storage import due
from bot.storage.upgrade import create
from bot.vault import Vault
from tests.rehearsal.year import evenings as truth
from tests.rehearsal.year import probes
from tests.rehearsal.year.evenings import AMSTERDAM, OLDER, YOUNGER, Change, moment, utc
from tests.rehearsal.year.hands import Hands
from tests.rehearsal.year.ledger import Entry, LedgerStage, facts_of
from tests.rehearsal.year.probes import Probe
from tests.rehearsal.year.roster import Youngster
from tests.talk.stage import shelf

LEADERS = {OLDER: ("Vera", "Tom"), YOUNGER: ("Amira", "Bas")}
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
MAIN_KEYS = ("begrepen", "begrepen", "verder", "begrepen", "ja")
CHARACTERS = {"ordinary": "sam", "shy": "daan", "silent": "yara", "goes_wrong": "lisa"}
NEVER = {
    "two_weekly.safe": {"nee", "weet_niet", "wis"},
    "menu": {"spreken"},
    "settings": {"stop", "wis", "pauze", "taal", "language"},
    "goodbye.last": {"terug"},
    "deletion_soon": {"terug"},
    "outflow_asked": {"nog_niet", "toch_niet"},
    "quieter": set(),
    "erase.asked": {"toch_niet"},
    "erase.waiting": {"toch_niet"},
}
"""What nobody taps by chance: danger has tests of its own, and who stops or comes back stands in the table."""
STAFF_CLOSES = (
    "invullen", "lees", "kijk", "gezien", "spoken", "sturen", "accept", "klaar", "terug", "niets",
)  # fmt: skip
STAFF_HOURS = (time(10, 5), time(15, 5))
PROPOSED = "Over 4 weken"
ERASED_AFTER = timedelta(hours=50)
MONDAYS = 6


@dataclass(slots=True)
class Year:
    """What was played: everything that went out unasked, what was true at each moment, and how long it took."""

    since: datetime
    until: datetime
    people: dict[str, Youngster]
    ids: dict[str, int]
    groups: dict[str, int]
    evenings: list[truth.Evening]
    ledger: list[Entry]
    probes: list[Probe]
    places: list[tuple[date, str, int]]
    """How many places were taken in which group, day by day."""
    done: Counter[str]
    trouble: list[str]
    alarms: Counter[str]
    outcomes: Counter[str]
    stopped: dict[str, list[tuple[datetime, datetime | None]]]
    """From when until when somebody was not to hear anything."""
    concerned: list[tuple[datetime, Change, str]]
    """Whom a change of an evening concerned at the moment it was sent."""
    gone: set[str]
    """Who was to be erased before the end, counted from what they asked for or agreed to."""
    erased: set[str]
    updates: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Player:
    """A youngster with a phone: *waits* is when they look at it next."""

    one: Youngster
    persona: Persona
    phone: Phone | None = None
    number: int | None = None
    waits: datetime | None = None
    quits: bool = False
    seen: int = 0


class Town:
    """One municipality, from *since* until *until* (local days), with these youngsters. The same *seed* plays alike."""

    def __init__(
        self, folder: Path, youngsters: Sequence[Youngster], since: date, until: date, seed: int
    ) -> None:
        self.chance = Random(seed)
        vault = Vault(make_key_file(folder / "keys", self.chance.randbytes(64)), self.chance.randbytes)
        url = f"sqlite:///{folder / 'companion.db'}"
        create(url, vault)
        self.begin, self.end = utc(since, time(6)), utc(until, time(6))
        world = _world(folder, self.chance)
        self.stage = LedgerStage(open_quickly(url, vault), world, self.begin)
        self.stage.ledger, self.stage.owners = [], {}
        self.hands = Hands(self.stage)
        self.stage.build()
        self.stage.writes(_set_up)
        self.players = {one.name: _Player(one, _persona(one)) for one in youngsters}
        self.evenings = truth.evenings(since, until)
        self.agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self.order = itertools.count(1)
        self.probes: list[Probe] = []
        self.places: list[tuple[date, str, int]] = []
        self.done: Counter[str] = Counter()
        self.trouble: list[str] = []
        self.looked = 0
        self.staff_seen: dict[str, int] = {}
        self.quiet: dict[str, list[tuple[datetime, datetime | None]]] = {}
        self.concerned: list[tuple[datetime, Change, str]] = []
        self.leaves_on: dict[str, datetime] = {}
        self.mondays: dict[str, int] = {}
        self.stage.before = self._probes_until
        self._plan(since, until)

    # What happens when

    def _plan(self, since: date, until: date) -> None:
        for place, player in enumerate(self.players.values()):
            # Who is there already when this stretch of the year begins comes in on its first day.
            early = self.begin + timedelta(hours=4, minutes=3 * place)
            joins = max(utc(player.one.joins, time(13)), early)
            self._at(joins, partial(self._joins, player))
            for when, what in player.one.events:
                later = time(16, 20) if what.split()[0] in _THEIR_OWN else when.time()
                at = utc(when.date(), later)
                self._at(at, partial(self._event, player, what))
        for change in truth.CHANGES:
            self._at(moment(change.when), partial(self._changes, change))
        for evening in self.evenings:
            for at, what in probes.moments(evening):
                self._at(at, partial(self._probe, evening, at, what), first=True)
            for _, start in evening.versions:
                if start is not None:
                    self._at(start + timedelta(hours=3, minutes=25), self._staff_work)
        day = since
        while day <= until:
            for wall in STAFF_HOURS if day.weekday() < 5 else ():
                self._at(utc(day, wall), self._staff_work)
            if day.weekday() == 0:
                self._at(utc(day, time(13, 30)), self._gives_places)
                self._at(utc(day, time(14)), self._decides)
            self._at(utc(day, time(4, 30)), partial(self._counts, day))
            if day.weekday() in (2, 5):
                self._at(utc(day, time(16, 40)), self._menus)
            day += timedelta(days=1)

    def _at(self, when: datetime, act: Callable[[], None], *, first: bool = False) -> None:
        if self.begin < when < self.end:
            order = next(self.order)
            heapq.heappush(self.agenda, (when, order - (1_000_000 if first else 0), act))

    def play(self) -> Year:
        """Until the end."""
        began = clock.process_time()
        while True:
            self._looks()
            planned = self.agenda[0][0] if self.agenda else self.end
            if planned <= self.stage.now:
                _, order, act = heapq.heappop(self.agenda)
                act()
                if order > 0:  # looking changes nothing; whatever else was done is followed at once
                    self.stage.ticks()
                continue
            due_at = self.stage.reads(due.next_moment)
            if due_at is None or due_at > self.stage.now:
                waits = [one.waits for one in self.players.values() if one.waits is not None]
                now = max(min(self.stage.next_moment(), planned, *waits, self.end), self.stage.now)
                if now >= self.end:
                    break
                self.stage.now = now
                if planned <= now:
                    continue
            self.stage.ticks()
            for player in self.players.values():
                if player.waits is not None and player.waits <= self.stage.now:
                    player.waits = None
                    self._tries(player.one.name, partial(self._sits, player))
                    self.stage.ticks()
        year = self._year()
        year.seconds = clock.process_time() - began
        self.stage.close()
        return year

    def _year(self) -> Year:
        ids = {name: one.number for name, one in self.players.items() if one.number is not None}
        facts = {
            name: self.stage.reads(partial(facts_of, number=number, now=self.stage.now))
            for name, number in ids.items()
        }
        erased = {name for name, one in facts.items() if one is None or one.state == "erased"}
        gone = {name for name, day in self.leaves_on.items() if day < self.end}
        return Year(
            self.begin, self.end, {one.one.name: one.one for one in self.players.values()}, ids,
            dict(self.stage.programme.groups), self.evenings, self.stage.ledger, self.probes, self.places,
            self.done, self.trouble, Counter(self.stage.alarms), Counter(self.stage.outcomes), self.quiet,
            self.concerned, gone, erased, len(self.stage.outcomes),
        )  # fmt: skip

    def _tries(self, what: str, act: Callable[[], None]) -> None:
        """What cannot be tapped is written down: the year goes on, and is no proof."""
        try:
            act()
        except NothingThere as missing:
            self.trouble.append(f"{self.stage.now:%Y-%m-%d %H:%M} {what}: {missing}")

    # Coming in

    def _joins(self, player: _Player) -> None:
        self._tries(
            f"{player.one.name} joins", lambda: getattr(self, f"_{player.one.how.replace(' ', '_')}")(player)
        )

    def _invited(self, player: _Player) -> None:
        one, leader = player.one, self._leader(player.one)
        leader.types("Menu")
        self.hands.press(leader, "uitnodigen")
        leader.types(one.name)
        self._born(leader, one)
        first = "trial" if self.chance.random() < 0.6 else "klopt"
        self.hands.press(leader, first)
        if "full" in self.hands.steps(leader):
            self.hands.press(leader, "waiting")
            self.done["refused: the group is full, so on the waiting list"] += 1
        self._known(player)
        self._begins(player, self.stage.phone(one.name), _token(leader))
        self.done["invited"] += 1

    def _phone(self, player: _Player) -> None:
        """Too young for Telegram: no account, the professional notes together and tells what would be sent."""
        one, leader = player.one, self._leader(player.one)
        leader.types("Menu")
        self.hands.press(leader, "uitnodigen")
        leader.types(one.name)
        self._born(leader, one)
        self.hands.press(leader, "zonder", "klopt", "klaar")
        self._known(player)
        self.quiet.setdefault(one.name, []).append((self.stage.now, None))
        self.done["too young for Telegram, takes part without an account"] += 1

    def _signed_up(self, player: _Player) -> None:
        one = player.one
        phone = player.phone = self.stage.phone(one.name).opens()
        age = "volwassen" if one.group == OLDER else "tiener"
        self.hands.press(
            phone, "meedoen", "Noordwijk", age, "verder", "ja", one.name, "In deze chat", "Versturen"
        )
        self.done["signed up"] += 1
        again = self.stage.now + timedelta(days=1)
        while again.astimezone(AMSTERDAM).weekday() > 4:
            again += timedelta(days=1)
        self._at(again, lambda: self._tries(f"{one.name} is taken on", lambda: self._taken_on(player)))

    def _taken_on(self, player: _Player) -> None:
        one, leader = player.one, self._leader(player.one)
        leader.types("Menu")
        self.hands.press(leader, "aanmeldingen")
        self.hands.code(leader)
        self.hands.press(leader, one.name, "neem", one.name)
        self._born(leader, one)
        self.hands.press(leader, "screening")
        self._known(player)
        phone = player.phone
        if phone is None:
            raise NothingThere(f"{one.name} has no phone")
        url = next(
            b.url for shown in reversed(phone.shown) for b in shown.buttons if b.url and "start=" in b.url
        )
        self._begins(player, phone, url.partition("start=")[2])
        later = self.stage.now + timedelta(days=2)
        self._at(later, lambda: self._tries(f"{one.name} talks first", lambda: self._screened(player)))

    def _screened(self, player: _Player) -> None:
        """The first talk: its answers tapped, and the decision of the professional."""
        leader = self._card(player)
        self.hands.press(leader, "gesprek", "begin")
        for _ in range(20):
            question = self.hands.question(leader, leader.last)
            if question is None or "trial" in question.keys:
                break
            self.hands.press(leader, question.keys[0])
        if "trial" not in (self.hands.question(leader, leader.last) or Question("", "", ())).keys:
            raise NothingThere(f"the first talk stands at {leader.said!r}")
        self.hands.press(leader, "trial")
        if "full" in self.hands.steps(leader):
            self.hands.press(leader, "waiting")
            self.done["refused: the group is full, so on the waiting list"] += 1
        self.hands.press(leader, "klaar")
        self.done["first talk"] += 1

    def _begins(self, player: _Player, phone: Phone, token: str) -> None:
        player.phone = phone.opens(token)
        self.stage.owners[phone.account] = player.number or 0
        for key in MAIN_KEYS:
            self.hands.press(phone, key)

    def _born(self, leader: Phone, one: Youngster) -> None:
        year, month = one.born.split("-")
        cause = self.chance.choice(("skills", "access", "thoughts"))
        self.hands.press(leader, year, MONTHS[int(month) - 1], cause, "geen")

    def _known(self, player: _Player) -> None:
        newest = text("SELECT max(id) FROM person WHERE role = 'youth'")
        player.number = self.stage.reads(lambda conn: conn.execute(newest).scalar_one())

    # What the table says

    def _event(self, player: _Player, what: str) -> None:
        self._tries(f"{player.one.name} {what}", lambda: self._happens(player, what))

    def _happens(self, player: _Player, what: str) -> None:
        phone, name, now = player.phone, player.one.name, self.stage.now
        if phone is None:
            raise NothingThere(f"{name} has not begun")
        kind, _, more = what.partition(" ")
        match kind:
            case "challenge":
                leader = self._card(player)
                self.hands.press(leader, "uitdaging")
                question = self.hands.question(leader, leader.last)
                if question is not None:
                    self.hands.press(leader, question.keys[0])
            case "pause":
                phone.types("/pauze")
                self.hands.press(phone, more)
            case "back":
                phone.types("/pauze")
                self.hands.press(phone, "terug")
            case "stops":
                phone.types("/stop")
                self.hands.press(phone, "stop")
                self.quiet.setdefault(name, []).append((self.stage.now, None))
            case "starts":
                self._heard_again(name)
                phone.types("/start")
                for _ in range(6):
                    question = self.hands.question(phone, phone.last)
                    if question is None:
                        break
                    self.hands.press(phone, "ja" if "ja" in question.keys else question.keys[0])
            case "blocks":
                phone.blocks()
                self.quiet.setdefault(name, []).append((self.stage.now, None))
            case "unblocks":
                self._heard_again(name)
                phone.blocks(False)
                phone.types("/start")
            case "erases":
                phone.types("/verwijder")
                self.hands.press(phone, "verder", "ja")
                self.leaves_on[name] = now + ERASED_AFTER
            case "dies":
                self._dies(player)
            case "outflow":
                self._outflow(player, aftercare=more == "aftercare")
            case "breaks":
                self._moves(player, "paused", "school")
            case "returns":
                self._moves(player, "participating", "back_from_pause")
            case "comes":
                self._moves(player, "participating", "came_back")
                self._heard_again(name)
            case "leaves":
                self._moves(player, "left", "no_time")
                self.quiet.setdefault(name, []).append((self.stage.now, None))
            case "refers":
                self._moves(player, "referred", "care")
                self.quiet.setdefault(name, []).append((self.stage.now, None))
            case _:
                raise ValueError(what)
        self.done[kind] += 1

    def _heard_again(self, name: str) -> None:
        since, _ = self.quiet[name].pop()
        self.quiet[name].append((since, self.stage.now))

    def _dies(self, player: _Player) -> None:
        """The coordinator stops everything; colleagues read it plainly."""
        noor = self.stage.of("Noor")
        noor.types("Menu")
        self.hands.press(noor, "stilzetten")
        self.hands.code(noor)
        self.hands.press(noor, player.one.name, "died")
        self.quiet.setdefault(player.one.name, []).append((self.stage.now, None))
        player.quits = True

    def _outflow(self, player: _Player, *, aftercare: bool) -> None:
        leader = self._card(player)
        self.hands.press(leader, "programma")
        if self._phase(player) != "participating":
            self.done["no outflow: takes no part now"] += 1
            self.hands.press(leader, "klaar")
            return
        self.hands.press(leader, "uitstroom", PROPOSED, "ja", "groet", "klaar")
        self.stage.ticks()
        phone = player.phone
        if phone is None:
            return
        self.hands.press(phone, "lees", "ja", "ja" if aftercare else "nee")
        after = timedelta(days=184) if aftercare else timedelta()
        self.leaves_on[player.one.name] = self.stage.now + timedelta(weeks=4, days=16) + after
        self.done["agreed to go on alone"] += 1

    def _moves(self, player: _Player, phase: str, reason: str) -> None:
        leader = self._card(player)
        self.hands.press(leader, "programma", "volgende", phase, reason, "today", "ja", "klaar")

    def _phase(self, player: _Player) -> str | None:
        number, now = player.number or 0, self.stage.now
        found = self.stage.reads(lambda conn: facts_of(conn, number, now))
        return found.phase if found else None

    # Evenings

    def _changes(self, change: Change) -> None:
        self._tries(f"{change.what} {change.day}", lambda: self._change(change))

    def _change(self, change: Change) -> None:
        leader = self.stage.of(LEADERS[change.group][0])
        leader.types("Menu")
        self.hands.press(leader, "bijeenkomsten")
        self.hands.code(leader)
        day = _label(date.fromisoformat(change.day))
        match change.what:
            case "extra":
                self.hands.press(
                    leader, "Extra bijeenkomst", _label(date.fromisoformat(change.to)), change.at
                )
            case "stop":
                self.hands.press(leader, "Zomerstop", day, _label(date.fromisoformat(change.until)))
            case "move":
                self.hands.press(leader, day, "move", _label(date.fromisoformat(change.to)), change.at)
            case "place":
                where = next(iter(("X-Out",) if change.group == YOUNGER else ("The Base",)))
                self.hands.press(leader, day, "place", where)
            case what:
                self.hands.press(leader, day, what)
        group, now = self.stage.programme.groups[change.group], self.stage.now
        names = {one.number: name for name, one in self.players.items()}
        found = self.stage.reads(lambda conn: probes.concerned(conn, group, now))
        concerned = {names[one] for one in found}
        if change.what == "undo":  # who was never told that it is off has nothing to hear
            concerned &= {name for _, told, name in self.concerned if told.day == change.day}
        self.hands.press(leader, "Geen reden", "sturen")
        self.concerned += [(now, change, name) for name in sorted(concerned)]
        self.done[f"evening: {change.what}"] += 1

    def _probe(self, evening: truth.Evening, at: datetime, what: str) -> None:
        group = self.stage.programme.groups[evening.group]
        found = self.stage.reads(lambda conn: probes.look(conn, group, evening, at, what))
        names = {one.number: name for name, one in self.players.items()}
        self.probes += [replace(one, who=names.get(one.person, "")) for one in found]

    def _probes_until(self, now: datetime) -> None:
        """What is to be looked at before something happens."""
        while self.agenda and self.agenda[0][0] <= now and self.agenda[0][1] < 0:
            _, _, act = heapq.heappop(self.agenda)
            act()

    def _counts(self, day: date) -> None:
        for name, number in self.stage.programme.groups.items():
            self.places.append((day, name, self.stage.reads(partial(probes.taken, group=number))))

    # Answering

    def _looks(self) -> None:
        """Who got something decides whether and when to answer it."""
        fresh = self.stage.ledger[self.looked :]
        self.looked = len(self.stage.ledger)
        for entry in fresh:
            player = self.players.get(entry.who)
            if player is None or player.waits is not None or player.quits or player.phone is None:
                continue
            if policy.answers_at_all(player.persona, self.chance):
                player.waits = self.stage.now + policy.waits(player.persona, self.chance)

    def _menus(self) -> None:
        """Some open the menu by themselves."""
        for player in self.players.values():
            if player.phone is None or player.waits is not None or player.quits or player.number is None:
                continue
            if policy.opens_menu(player.persona, self.chance):
                player.waits = self.stage.now + timedelta(minutes=self.chance.randint(1, 200))

    def _sits(self, player: _Player) -> None:
        phone = player.phone
        if phone is None or self._is_silent(player):
            return
        fresh = [one for one in phone.shown if one.number > player.seen]
        if not any(self.hands.question(phone, one) for one in fresh):
            phone.types("/menu")
        asked: Counter[tuple[str, str]] = Counter()
        for _ in range(policy.manners_of(player.persona).patience):
            question = self.hands.newest(phone)
            if question is None:
                break
            question = _thoughtful(question)
            if not question.keys and not question.typed:
                break
            asked[question.script, question.step] += 1
            times = asked[question.script, question.step]
            said = policy.answer(question, player.persona, "nl", times, self.chance)
            if said is None or times > 2 * len(question.keys) + 2:
                break
            if said.how == "type":
                phone.types(said.what)
            else:
                self.hands.press(phone, said.what)
        player.seen = max((one.number for one in phone.shown), default=0)

    def _is_silent(self, player: _Player) -> bool:
        """Who stopped, blocked the bot or was halted does nothing by chance."""
        number, now = player.number or 0, self.stage.now
        found = self.stage.reads(lambda conn: facts_of(conn, number, now))
        account = text("SELECT state FROM account WHERE person_id = :id")
        state = self.stage.reads(lambda conn: conn.execute(account, {"id": number}).scalar_one_or_none())
        return found is None or found.state != "active" or found.halted or state != "active"

    def _staff_work(self) -> None:
        for name in ("Vera", "Tom", "Amira", "Bas", "Noor"):
            self._tries(f"{name} works", partial(self._works, name))

    def _works(self, name: str) -> None:
        phone = self.stage.of(name)
        since = self.staff_seen.get(name, 0)
        for shown in [one for one in phone.shown if one.number > since]:
            for _ in range(40):
                question = self.hands.question(phone, shown)
                if question is None:
                    break
                key = self._staff_choice(question)
                if key is None:
                    break
                for one in CODE if key == "code" else (key,):
                    self.hands.taps(phone, shown, one)
        self.staff_seen[name] = max((one.number for one in phone.shown), default=0)

    def _staff_choice(self, question: Question) -> str | None:
        keys = question.keys
        if set(CODE) <= set(keys):
            return "code"
        if question.script == "attendance" and "sluiten" in keys:
            names = [key for key in keys if key not in ("klaar", "sluiten")]
            return self.chance.choice(names) if names and self.chance.random() < 0.7 else "klaar"
        if question.script == "trial_talk" and "ja" in keys:
            return "ja"
        if question.script == "age_step" and "nog_niet" in keys:
            return keys[0]
        quick = [key for key in STAFF_CLOSES if key in keys]
        if quick:
            return quick[0]
        return self.chance.choice(keys) if keys else None

    def _gives_places(self) -> None:
        """On Mondays the professionals look whether somebody who waits can come in."""
        for group, (name, _) in LEADERS.items():
            number = self.stage.programme.groups[group]
            waiting = self.stage.reads(partial(probes.waiting, group=number))
            for player in [one for one in self.players.values() if one.number in waiting]:
                self._tries(f"a place for {player.one.name}", partial(self._gives_place, player, name))

    def _decides(self) -> None:
        """Who is on trial for six Mondays was spoken by then: both want to go on."""
        for name, player in self.players.items():
            on_trial = player.number is not None and self._phase(player) == "trial"
            self.mondays[name] = self.mondays.get(name, 0) + 1 if on_trial else 0
            if self.mondays[name] == MONDAYS and not self._is_silent(player):
                self._tries(f"{name} takes part", partial(self._moves, player, "participating", "both_want"))

    def _gives_place(self, player: _Player, leader_name: str) -> None:
        leader = self.stage.of(leader_name)
        leader.types("Menu")
        self.hands.press(leader, "wachtlijst")
        self.hands.code(leader)
        self.hands.press(leader, player.one.name)
        question = self.hands.question(leader, leader.last)
        if question is None or "plek" not in question.keys:
            self.hands.press(leader, "terug")
            return
        self.hands.press(leader, "plek", "participating", "klaar")
        self.done["a place from the waiting list"] += 1

    # Hands

    def _leader(self, one: Youngster) -> Phone:
        return self.stage.of(LEADERS[one.group][0])

    def _card(self, player: _Player) -> Phone:
        """The card of a youngster on the phone of whoever looks after them now."""
        query = text(
            "SELECT p.key FROM assignment a JOIN person p ON p.id = a.professional_id"
            " WHERE a.youth_id = :id AND a.kind = 'main' AND a.until IS NULL"
        )
        number = player.number or 0
        key = self.stage.reads(lambda conn: conn.execute(query, {"id": number}).scalar_one_or_none())
        leader = self.stage.of(str(key or LEADERS[player.one.group][0]).title())
        leader.types("Menu")
        self.hands.press(leader, "jongeren")
        self.hands.code(leader)
        return self.hands.press(leader, player.one.name)


_THEIR_OWN = frozenset({"pause", "back", "stops", "starts", "blocks", "unblocks", "erases"})


def play(youngsters: Sequence[Youngster], since: date, until: date, seed: int = 7) -> Year:
    """Play from the morning of *since* until the morning of *until*."""
    folder = Path(tempfile.mkdtemp(prefix="year-"))
    try:
        return Town(folder, youngsters, since, until, seed).play()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _thoughtful(question: Question) -> Question:
    """The question without what nobody taps by chance."""
    avoided: set[str] = set()
    for name in (question.script, f"{question.script}.{question.step}"):
        avoided |= NEVER.get(name, set())
    return replace(question, keys=tuple(key for key in question.keys if key not in avoided))


def _persona(one: Youngster) -> Persona:
    base = personas()[CHARACTERS[one.character]]
    words = {"nl": ("Het was best oké", "Bij de bushalte", "Weet ik niet"), "en": ("ok",)}
    return replace(base, key=one.name.lower(), name=one.name, character=one.character, words=words)


def _label(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1][:3].replace('maa', 'mrt')}"


def _token(leader: Phone) -> str:
    found = re.search(r"start=([\w-]+)", "\n".join(leader.texts[-3:]))
    if found is None:
        raise NothingThere(f"no link in {leader.said!r}")
    return found[1]


def _set_up(conn: Connection) -> None:
    """The younger group rests in school holidays; both places have an address."""
    conn.execute(text("UPDATE meeting_group SET holidays = 'skip' WHERE key = :key"), {"key": YOUNGER})
    conn.execute(text("UPDATE municipality SET region = 'midden'"))
    conn.execute(text("UPDATE location SET address = 'Voorbeeldstraat 1'"))


def _world(folder: Path, chance: Random) -> World:
    config = Config.model_validate(
        {"telegram": {"api_url": "http://127.0.0.1:1"}, "keys": {"file": folder / "keys"}}
    )
    made = installation.world(config, shelf(), "companion_sandbox_bot")
    return World(made.library, made.settings, chance.randbytes)
