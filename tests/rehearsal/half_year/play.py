"""Half a year on the rehearsal clock: youngsters answer as their character is, one professional does what is asked.

Every Tuesday at ten her digest comes. On working days she looks at her phone once, and after each evening once more.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time as clock
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import Connection, delete, insert, select

from bot import installation
from bot.config import Config
from bot.conversation import drilling
from bot.conversation.routes import Done
from bot.conversation.world import World
from bot.incoming import What
from bot.keys import make_key_file
from bot.programme.lifecycle import Move
from bot.programme.workload import Work
from bot.rehearsal import policy
from bot.rehearsal.delivery import Arrival
from bot.rehearsal.personas import Character, Persona, personas
from bot.rehearsal.phone import NothingThere, Phone, Shown
from bot.rehearsal.programme import OLDER, YOUNGER
from bot.rehearsal.stage import CODE, Stage, open_quickly
from bot.storage import cards, due, meetings, phases, sealed
from bot.storage.schema_evening import idea
from bot.storage.schema_programme import group_staff
from bot.storage.upgrade import create
from bot.vault import Vault
from tests.rehearsal.half_year.counting import AMSTERDAM, Counted
from tests.rehearsal.half_year.staff import Sitting, choice
from tests.rehearsal.year.hands import Hands
from tests.rehearsal.year.town import CHARACTERS, MAIN_KEYS, NEVER
from tests.talk.leaks import CARD_BEGINS, is_digest, shared_with, wrong_in_card, wrong_in_digest
from tests.talk.stage import shelf

SINCE, WEEKS, QUICK = date(2026, 8, 31), 26, 2
NAMES: dict[str, tuple[str, ...]] = {
    OLDER: ("Sam", "Noa", "Ids", "Puk", "Teun", "Wout", "Fem", "Yara", "Ruud", "Lies", "Bram", "Juul"),
    YOUNGER: ("Kim", "Mila", "Luuk", "Saar", "Finn", "Evi", "Thijs", "Jip", "Sofie", "Otis", "Nina", "Sam"),
}
KINDS: tuple[Character, ...] = (
    "ordinary", "shy", "ordinary", "silent", "ordinary", "goes_wrong",
    "ordinary", "shy", "ordinary", "silent", "ordinary", "shy",
)  # fmt: skip
BORN = {OLDER: "2004-03", YOUNGER: "2009-11"}
DRILLS, ALARM = (5, 17), 9
"""In which weeks a drill is held, and somebody needs help: a colleague handles that, she reads how."""
CANARY = re.compile(r"kanarie\d\d[a-d]")
"""What youngsters type: every word says whose it is, and is found wherever it does not belong."""
GOES_ON = "Vervolg"
MOST_TAPS = 400
AFTER = frozenset({"attendance", "observation"})
BEFORE = frozenset({"preparation", "read_item", "promise"})
"""The dialogs of the evening itself: after it, and two hours before it, when somebody may still ask for company."""


@dataclass(slots=True)
class Player:
    name: str
    persona: Persona
    phone: Phone
    waits: datetime | None = None
    seen: int = 0


@dataclass(slots=True)
class HalfYear:
    """What was played. *digests*: every one as it was opened, with its day; *stage* closes with the folder."""

    counted: Counted
    stage: Stage
    weeks: int
    digests: list[tuple[date, str]] = field(default_factory=list)
    evenings: int = 0
    trouble: list[str] = field(default_factory=list)
    seconds: float = 0.0
    updates: int = 0
    done: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The digests as a file for people."""
        return "".join(f"== {day:%Y-%m-%d} ==\n\n{said}\n\n" for day, said in self.digests)

    def a_week(self) -> float:
        """Minutes in an average week, but for what comes after an evening."""
        return sum(work.minutes for work in self.counted.weeks.values()) / self.weeks

    def after_an_evening(self) -> float:
        """Minutes after an average evening."""
        counted = self.counted.evenings.values()
        return sum(work.minutes for work in counted) / max(1, len(counted))

    def counts(self) -> str:
        """What was asked, in minutes; the same every time it is played."""
        weeks = sorted(self.counted.weeks.items())
        evenings = sorted(self.counted.evenings.items())
        asked = sorted(self.counted.dialogs.items(), key=lambda one: (-one[1].seconds, one[0]))
        most_week = max((work.minutes for _, work in weeks), default=0)
        most_evening = max((work.minutes for _, work in evenings), default=0)
        lines = [
            f"{self.weeks} weeks, {len(evenings)} evenings, one professional, at most 24 youngsters",
            f"a week: {self.a_week():.1f} minutes, at most {most_week:.1f}",
            f"after an evening: {self.after_an_evening():.1f} minutes, at most {most_evening:.1f}",
            "",
            *(f"week {name}  {_said(work)}" for name, work in weeks),
            "",
            *(f"evening {day}  {_said(work)}" for day, work in evenings),
            "",
            *(
                f"{part:8} {dialog:20} {work.minutes / self.weeks:5.2f} min a week"
                for (part, dialog), work in asked
            ),
        ]
        return "\n".join(lines) + "\n"

    def report(self) -> str:
        """The same for who waits for it, with what it took to play."""
        trouble = [f"could not be tapped: {one}" for one in self.trouble]
        took = f"{self.updates} updates, {self.seconds:.0f} s of CPU"
        return "\n".join([self.counts(), took, *trouble])


def _said(work: Work) -> str:
    return f"{work.minutes:5.1f} min  {work.taps:3} taps  {work.words:5} words"


class Listening(Stage):
    """A stage that knows who got something while they did nothing."""

    fresh: list[int]
    acting: int | None = None

    def happens(self, phone: Phone, what: What) -> Done:
        waits = self.reads(due.next_moment)
        if waits is not None and waits <= self.now:
            self.ticks()
        self.acting = phone.account
        try:
            return super().happens(phone, what)
        finally:
            self.acting = None

    def arrives(self, arrival: Arrival) -> int:
        if arrival.message.do == "send" and arrival.address != self.acting:
            self.fresh.append(arrival.address)
        return super().arrives(arrival)


class Play:
    def __init__(self, folder: Path, weeks: int, seed: int) -> None:
        self.chance = Random(seed)
        vault = Vault(make_key_file(folder / "keys", self.chance.randbytes(64)), self.chance.randbytes)
        url = f"sqlite:///{folder / 'companion.db'}"
        begin = datetime.combine(SINCE, time(8), AMSTERDAM)
        create(url, vault)
        self.stage = Listening(open_quickly(url, vault), _world(folder, self.chance), begin)
        self.stage.fresh = []
        self.hands = Hands(self.stage)
        self.stage.build()
        self.stage.writes(self._both_groups)
        self.end = datetime.combine(SINCE + timedelta(weeks=weeks), time(8), AMSTERDAM)
        self.vera = self.stage.of("Vera")
        self.year = HalfYear(Counted(self.vera), self.stage, weeks)
        self.players: dict[int, Player] = {}
        self.agenda = self._agenda(weeks)
        self.looked_at: set[int] = {one.number for one in self.vera.shown}
        self.shared: set[str] = set()
        self.opened: set[date] = set()

    def _both_groups(self, conn: Connection) -> None:
        """Vera and Tom lead both groups."""
        staff, younger = self.stage.programme.staff, self.stage.programme.groups[YOUNGER]
        conn.execute(delete(group_staff).where(group_staff.c.group_id == younger))
        for name in ("Vera", "Tom"):
            conn.execute(insert(group_staff).values(group_id=younger, person_id=staff[name]))

    def _agenda(self, weeks: int) -> list[tuple[datetime, Callable[[], None]]]:
        planned: list[tuple[datetime, Callable[[], None]]] = []
        for group, names in NAMES.items():
            for place, name in enumerate(names):
                # Two thirds begin in the first week, the others in the second.
                week = 0 if place < 8 else 1
                day = SINCE + timedelta(weeks=week, days=place % 3)
                planned.append((_at(day, time(12, place)), partial(self._joins, group, place, name)))
        for shift in range(7 * weeks):
            day = SINCE + timedelta(days=shift)
            if day.weekday() < 5:
                planned.append((_at(day, time(10, 5)), partial(self._works, None)))
            if day.weekday() in (0, 3):
                planned.append((_at(day, time(15)), self._colleague_works))
            planned.append((_at(day, time(17, 10)), partial(self._works, None, BEFORE)))
            planned.append((_at(day, time(22, 20)), partial(self._after_evening, day)))
        planned += [(_at(SINCE + timedelta(weeks=week, days=2), time(11)), self._drill) for week in DRILLS]
        planned.append((_at(SINCE + timedelta(weeks=ALARM, days=2), time(13)), self._alarm))
        planned.append((_at(SINCE, time(9)), self._chooses_weekly))
        return sorted((one for one in planned if one[0] < self.end), key=lambda one: one[0])

    def play(self) -> HalfYear:
        began = clock.process_time()
        stage = self.stage
        while True:
            self._looks()
            planned = self.agenda[0][0] if self.agenda else self.end
            if planned <= stage.now:
                self.agenda.pop(0)[1]()
                stage.ticks()
                continue
            waits = [one.waits for one in self.players.values() if one.waits is not None]
            due_at = stage.reads(due.next_moment)
            if due_at is None or due_at > stage.now:
                stage.now = max(min(stage.next_moment(), planned, *waits, self.end), stage.now)
                if stage.now >= self.end:
                    break
                if planned <= stage.now:
                    continue
            stage.ticks()
            for one in self.players.values():
                if one.waits is not None and one.waits <= stage.now:
                    one.waits = None
                    self._tries(one.name, partial(self._sits, one))
        self.year.seconds = clock.process_time() - began
        self.year.updates = len(stage.outcomes)
        self.year.leaks = self._leaks()
        stage.close()
        return self.year

    def _tries(self, what: str, act: Callable[[], object]) -> None:
        try:
            act()
        except NothingThere as missing:
            self.year.trouble.append(f"{self.stage.now:%Y-%m-%d %H:%M} {what}: {str(missing)[:160]}")

    def _leaks(self) -> list[str]:
        """What stood on her phone, ever, and was neither shared with her nor on the fixed list."""
        everything = "\n".join(self.shared)
        found = [
            f"digest of {day}: {line}"
            for day, text in self.year.digests
            for screen in text.split(f"\n\n{GOES_ON}")
            for line in wrong_in_digest(screen)
        ]
        for text in (text for one in (*self.vera.gone, *self.vera.shown) for text in one.ever):
            for line in text.splitlines():
                found += [f"{word} in: {line}" for word in CANARY.findall(line) if word not in everything]
            if CARD_BEGINS.match(text):
                found += [f"card: {line}" for line in wrong_in_card(text, self.shared)]
            elif is_digest(text):
                found += [f"digest: {line}" for line in wrong_in_digest(text)]
        return sorted(set(found))

    # Youngsters

    def _joins(self, group: str, place: int, name: str) -> None:
        character = KINDS[place]
        base = personas()[CHARACTERS[character]]
        words = tuple(f"kanarie{len(self.players):02}{letter}" for letter in "abcd")
        persona = replace(base, name=name, character=character, words={"nl": words, "en": words})
        causes = ("skills", "access", "thoughts", "skills,thoughts")[place % 4]
        number = self.stage.youth(name, BORN[group], group, causes=causes)
        # They came to the group one after another, so that their rounds of twelve weeks lie apart.
        since = self.stage.now.date() - timedelta(weeks=place)
        move = Move("participating", "fits", since, self.stage.now)
        vera = self.stage.programme.staff["Vera"]
        self.stage.writes(lambda conn: phases.add(conn, number, move))
        self.stage.writes(lambda conn: cards.fill(conn, number, vera, self.stage.now, kept_at="Kast 3"))
        phone = self.stage.phone(name).opens(self.stage.invitation(number))
        for key in MAIN_KEYS:
            self.hands.press(phone, key)
        self.players[phone.account] = Player(f"{name} {group}", persona, phone, seen=phone.last.number)

    def _looks(self) -> None:
        for account in self.stage.fresh:
            one = self.players.get(account)
            if one is not None and one.waits is None and policy.answers_at_all(one.persona, self.chance):
                one.waits = self.stage.now + policy.waits(one.persona, self.chance)
        self.stage.fresh.clear()

    def _sits(self, one: Player) -> None:
        if not any(
            self.hands.question(one.phone, shown) for shown in one.phone.shown if shown.number > one.seen
        ):
            one.phone.types("/menu")
        asked: Counter[tuple[str, str]] = Counter()
        for _ in range(policy.manners_of(one.persona).patience):
            question = self.hands.newest(one.phone)
            if question is None:
                break
            avoided = NEVER.get(question.script, set()) | NEVER.get(
                f"{question.script}.{question.step}", set()
            )
            keys = tuple(key for key in question.keys if key not in avoided)
            question = replace(question, keys=keys) if keys else question
            asked[question.script, question.step] += 1
            times = asked[question.script, question.step]
            said = policy.answer(question, one.persona, "nl", times, self.chance)
            if said is None or times > 2 * len(question.keys) + 2:
                break
            if said.how == "type":
                one.phone.types(said.what)
            else:
                self.hands.press(one.phone, said.what)
        one.seen = max((shown.number for shown in one.phone.shown), default=0)

    # The professional

    def _chooses_weekly(self) -> None:
        """By the settings, as everybody does: every Tuesday at ten, which is no work that is counted."""
        self.vera.types("/tijden")
        self.hands.press(self.vera, "week", "dinsdag", "tijd", "1000", "klaar")

    def _colleague_works(self) -> None:
        """Tom reads what came to him; his minutes are not counted."""
        self._tries("Tom works", lambda: self._walks(self.stage.of("Tom"), frozenset()))

    def _after_evening(self, day: date) -> None:
        ends = self.stage.now - timedelta(hours=3, minutes=30)
        held = [
            one
            for group in self.stage.programme.groups.values()
            for one in self.stage.reads(
                partial(meetings.between, group_id=group, since=ends, until=self.stage.now)
            )
        ]
        if held:
            self.year.evenings += len(held)
            self._works(day, AFTER)

    def _works(self, evening: date | None, only: frozenset[str] = frozenset()) -> None:
        self.year.counted.sits_down(evening)
        self._tries("Vera works", lambda: self._walks(self.vera, only))
        self.shared.update(shared_with(self.stage, self.stage.programme.staff["Vera"]))
        self.shared.update(self.stage.reads(_sent_for_an_evening))

    def _walks(self, phone: Phone, only: frozenset[str]) -> None:
        """Everything new from the top; with *only*, what is about these dialogs, and the rest is left for later."""
        counted, sitting, taps = self.year.counted, Sitting(), 0
        mine = phone is self.vera
        passed: set[int] = set() if mine else {one.number for one in phone.shown[:-6]}
        while taps < MOST_TAPS:
            new = [
                one
                for one in phone.shown
                if one.number not in passed and not (mine and one.number in self.looked_at)
            ]
            if not new:
                return
            # An answer is typed at once, before anything else is opened.
            shown = next((one for one in new if self._asks_for_words(phone, one)), new[0])
            passed.add(shown.number)
            question = self.hands.question(phone, shown)
            if only and (question is None or question.script not in only):
                continue
            if mine:
                self.looked_at.add(shown.number)
                counted.finds(self.stage.now, shown.number, question.script if question else "notice")
            while question is not None and taps < MOST_TAPS:
                if mine and (question.script, question.step) == ("digest", "list"):
                    self._keeps(shown)
                key = choice(question, shown, sitting, self.chance)
                if key is None:
                    break
                taps += 1
                self._taps(phone, shown, question.script, key, counted=mine)
                question = None if key.startswith("type:") else self.hands.question(phone, shown)

    def _asks_for_words(self, phone: Phone, shown: Shown) -> bool:
        question = self.hands.question(phone, shown)
        return question is not None and (question.script, question.step) == ("reply", "write")

    def _taps(self, phone: Phone, shown: Shown, script: str, key: str, *, counted: bool) -> None:
        if not counted:
            for one in CODE if key == "code" else (key,):
                self.hands.taps(phone, shown, one)
            return
        does, now = self.year.counted.does, self.stage.now
        self.year.done[script] += 1
        if key.startswith("type:"):
            words = key.removeprefix("type:")
            does(now, script, lambda: phone.types(words), typed=words)
            return
        for one in CODE if key == "code" else (key,):
            does(now, script, partial(self.hands.taps, phone, shown, one), digit=key == "code")

    def _keeps(self, shown: Shown) -> None:
        """The digest as it is read, each screen once."""
        day = self.stage.now.astimezone(AMSTERDAM).date()
        if day not in self.opened:
            self.opened.add(day)
            self.year.digests.append((day, shown.text))
        elif shown.text.startswith(GOES_ON) and shown.text not in self.year.digests[-1][1]:
            self.year.digests[-1] = (day, f"{self.year.digests[-1][1]}\n\n{shown.text}")

    def _drill(self) -> None:
        organisation = 1

        def raises(conn: Connection) -> None:
            drilling.begin(conn, self.stage.world, organisation, self.stage.now)

        self.stage.writes(raises)
        self.stage.ticks()
        self._works(None)

    def _alarm(self) -> None:
        """Somebody needs help while she is away for the day: Tom handles it, and she reads how."""
        one = next(iter(self.players.values()))
        one.phone.types("ik wil dood")
        self._tries("somebody says yes", lambda: one.phone.taps("Ja, nu"))
        self.stage.passes(timedelta(minutes=40))
        self._tries("Tom handles it", lambda: self._walks(self.stage.of("Tom"), frozenset()))
        self.stage.ticks()


def _sent_for_an_evening(conn: Connection) -> list[str]:
    """Every idea for an evening: it was sent to be read on the card of that evening."""
    rows = conn.execute(select(idea)).all()
    return [str(sealed.opened(conn, idea.c.words, row.id, row.words)) for row in rows if row.words]


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, AMSTERDAM)


def _world(folder: Path, chance: Random) -> World:
    config = Config.model_validate(
        {"telegram": {"api_url": "http://127.0.0.1:1"}, "keys": {"file": folder / "keys"}}
    )
    made = installation.world(config, shelf(), "companion_sandbox_bot")
    return World(made.library, made.settings, chance.randbytes)


def play(weeks: int = WEEKS, seed: int = 7) -> HalfYear:
    """Play *weeks* from the last day of August; the same seed plays the same. The caller closes the stage."""
    folder = Path(tempfile.mkdtemp(prefix="half-year-"))
    try:
        return Play(folder, weeks, seed).play()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
