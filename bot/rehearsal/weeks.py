"""Weeks in a minute: a persona with a challenge, played from due moment to due moment, without a network."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from random import Random

from sqlalchemy import Connection, select

from bot import buttons, installation
from bot.age import Band
from bot.config import Config
from bot.content.pages import Pages
from bot.conversation.shelf import Shelf
from bot.conversation.world import World
from bot.keys import make_key_file
from bot.message import Lane
from bot.rehearsal import policy
from bot.rehearsal.delivery import Arrival
from bot.rehearsal.diary import ANSWER, CARE, OWN, Diary, Entry, Stopped, broken_rules
from bot.rehearsal.personas import Persona
from bot.rehearsal.phone import NothingThere, Phone
from bot.rehearsal.policy import Question
from bot.rehearsal.seating import fitting, give, put, seat, staff_of
from bot.rehearsal.stage import CODE, Stage, open_quickly
from bot.schedule.local import to_utc
from bot.storage import sessions
from bot.storage.schema_flow import due as due_table
from bot.storage.upgrade import create
from bot.vault import Vault
from dialogs.script import FreeText
from dialogs.text import plain

BEGINS = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
"""Friday 20 November 2026, noon in Amsterdam: the same weeks every time."""
PROGRAMME = "Join Us"
LINE = 70
"""Characters of the first line that a calendar shows."""
_MOST_TAPS = 60
_STAFF_LOOKS = time(10)
_KINDS = {Lane.RELAY: ANSWER, Lane.ALERT: CARE}
"""What comes without a due moment, by its lane."""


def play(
    shelf: Shelf,
    persona: Persona,
    challenge: str = "",
    *,
    weeks: int = 6,
    language: str = "nl",
    seed: int = 1,
    texts: Collection[Pages] = (),
) -> Diary:
    """Play *weeks* with *persona*, who was given *challenge*, else one that suits.

    *texts* take the place of those on the *shelf*. The shelf is used for this alone: what is put on it here
    stays on it. Raises ``NotPlayable``.
    """
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))
    try:
        return _Play(folder, shelf, persona, challenge, language, seed, texts).weeks(weeks)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Rehearsal(Stage):
    """A stage that keeps a diary of what one phone got by itself."""

    diary: list[Entry]
    watched: int | None = None
    main: str = ""

    def arrives(self, arrival: Arrival) -> int:
        number = super().arrives(arrival)
        if arrival.address == self.watched and arrival.message.do == "send":
            self._note(arrival)
        return number

    def _note(self, arrival: Arrival) -> None:
        if arrival.lane in (Lane.REPLY, Lane.TIDY):
            return
        words = next((line for line in plain(arrival.message.text).splitlines() if line.strip()), "")
        kind, dedupe = arrival.lane.name.lower(), arrival.dedupe_key or ""
        if dedupe.startswith("due:"):
            number = int(dedupe.removeprefix("due:"))
            kind = self.reads(lambda conn: _kind_of(conn, number)) or kind
        elif arrival.lane in _KINDS:
            kind = _KINDS[arrival.lane]
        sender = self.main if kind == ANSWER else PROGRAMME
        self.diary.append(Entry(self.now, sender, kind, words[:LINE]))


def _kind_of(conn: Connection, number: int) -> str | None:
    return conn.execute(select(due_table.c.kind).where(due_table.c.id == number)).scalar_one_or_none()


class _Play:
    """One rehearsal: the youngster acts by the policy, the professional closes what comes in."""

    def __init__(
        self,
        folder: Path,
        shelf: Shelf,
        persona: Persona,
        challenge: str,
        language: str,
        seed: int,
        texts: Collection[Pages],
    ) -> None:
        self.persona, self.challenge, self.language = persona, challenge, language
        self.chance = Random(seed)  # noqa: S311  # decides what a made-up person does, protects nothing
        vault = Vault(make_key_file(folder / "keys", self.chance.randbytes(64)), self.chance.randbytes)
        url = f"sqlite:///{folder / 'companion.db'}"
        create(url, vault)
        self.stage = Rehearsal(open_quickly(url, vault), _world(folder, shelf, self.chance), BEGINS)
        self.stage.diary = []
        self.stage.writes(lambda conn: put(conn, shelf, texts, BEGINS))
        self.main, self.backup = staff_of(persona)
        self.stage.main = self.main
        self.zone = self.stage.world.settings.zone
        self.youth = self._begins()
        self.waiting: datetime | None = None
        self.seen = 0

    def _begins(self) -> Phone:
        stage, persona = self.stage, self.persona
        stage.build()
        library = stage.world.library
        number = stage.writes(lambda conn: seat(conn, persona, self.language, stage.now))
        youth = stage.phone(persona.name, self.language).opens(stage.invitation(number))
        for _ in range(_MOST_TAPS):
            question = self._question(youth)
            if question is None or question.script != "welcome":
                break
            self._taps(youth, question.keys[0])
        stage.watched = youth.account
        challenge = fitting(library, persona, self.challenge)
        self.challenge = challenge.key
        stage.writes(lambda conn: give(conn, library, number, challenge, persona, stage.now))
        return youth

    def weeks(self, count: int) -> Diary:
        """Go on for *count* weeks."""
        end = self.stage.now + timedelta(weeks=count)
        day = self._today()
        works = self._next_working()
        self.stage.ticks()
        while True:
            self._looks()
            moment = min(self.stage.next_moment(), self.waiting or end, works, end)
            if moment >= end:
                break
            self.stage.now = max(moment, self.stage.now)
            self.stage.ticks()
            if self.waiting is not None and self.stage.now >= self.waiting:
                self.waiting = None
                self._sits()
            if self.stage.now >= works:
                works = self._next_working()
                self._staff_works()
            if self._today() != day:
                day = self._today()
                if self.waiting is None and policy.opens_menu(self.persona, self.chance):
                    hour = self.chance.randint(15, 20)
                    self.waiting = to_utc(day, time(hour, self.chance.randint(0, 59)), self.zone)
        self.stage.close()
        return self._diary()

    def _next_working(self) -> datetime:
        """When the professionals look at their phones again: by day, so that what they answer comes by day."""
        return to_utc(self._today() + timedelta(days=1), _STAFF_LOOKS, self.zone)

    def _today(self) -> date:
        return self.stage.now.astimezone(self.zone).date()

    def _looks(self) -> None:
        """Decide, for what came since the last time, whether and when it is answered."""
        fresh = [one for one in self.stage.diary[self.seen :] if one.kind != OWN]
        self.seen = len(self.stage.diary)
        if fresh and self.waiting is None and policy.answers_at_all(self.persona, self.chance):
            self.waiting = self.stage.now + policy.waits(self.persona, self.chance)

    def _sits(self) -> None:
        """The youngster has the phone in hand: they answer what is open, or open the menu."""
        entry = next((one for one in reversed(self.stage.diary) if one.kind != OWN and not one.answers), None)
        recent = entry is not None and self.stage.now - entry.at < timedelta(days=1)
        if entry is None or not recent or self._question(self.youth) is None:
            entry = Entry(self.stage.now, self.persona.name, OWN, "/menu")
            self.stage.diary.append(entry)
            self.youth.types("/menu")
        done = len(self.stage.endings)
        seen: Counter[tuple[str, str]] = Counter()
        for _ in range(policy.manners_of(self.persona).patience):
            question = self._question(self.youth)
            if question is None:
                break
            seen[question.script, question.step] += 1
            times = seen[question.script, question.step]
            said = policy.answer(question, self.persona, self.language, times, self.chance)
            if said is None or times > 2 * len(question.keys) + 2:
                break
            if said.how == "type":
                self.youth.types(said.what)
                entry.answers.append(f'"{said.what}"')
            else:
                entry.answers.append(self._taps(self.youth, said.what))
        entry.endings += [f"{script}: {ending}" for _, script, ending in self.stage.endings[done:]]
        self._staff_works()

    def _staff_works(self) -> None:
        """Both professionals read what came in, and say that they saw it."""
        for name in (self.main, self.backup):
            phone = self.stage.of(name)
            for _ in range(12):
                question = self._question(phone)
                if question is None:
                    break
                keys = policy.staff_answer(question, tuple(CODE), self.chance)
                if not keys:
                    break
                for key in keys:
                    self._taps(phone, key)

    def _taps(self, phone: Phone, key: str) -> str:
        """Tap the newest button with this key; its label."""
        for shown in reversed(phone.shown):
            for button in shown.buttons:
                meant = buttons.parse(button.data)
                if isinstance(meant, buttons.DialogButton) and meant.choice == key:
                    phone.taps_data(button.data)
                    return button.label
        raise NothingThere(f"no button with the key {key}")

    def _question(self, phone: Phone) -> Question | None:
        """What stands open on the last message with buttons of a dialog; none when nothing waits there."""
        for shown in reversed(phone.shown):
            asked = [one for one in map(_parsed, shown.buttons) if one is not None]
            if asked:
                return self.stage.reads(partial(self._open, asked=asked))
        return None

    def _open(self, conn: Connection, *, asked: Sequence[buttons.DialogButton]) -> Question | None:
        one = sessions.load(conn, asked[0].session)
        if one is None or one.status != "open" or one.state.screen != asked[0].screen or one.state.at is None:
            return None
        library = self.stage.world.library
        script = library.script(one.script, self.language, one.revision, conn)
        here = script.steps.get(one.state.at)
        typed = here is not None and isinstance(here.kind, FreeText)
        return Question(one.script, one.state.at, tuple(button.choice for button in asked), typed)

    def _diary(self) -> Diary:
        settings = self.stage.world.settings
        band: Band = "18plus" if self.persona.adult else "under18"
        failed = broken_rules(self.stage.diary, band, settings.quiet, settings.zone)
        failed += tuple(f"the operator was called: {kind}" for kind in self.stage.alarms if kind in _FAULTS)
        entries = tuple(self.stage.diary)
        return Diary(self.persona.key, self.challenge, settings.zone, entries, self._left(), failed)

    def _left(self) -> tuple[Stopped, ...]:
        """What the youngster left open in the end."""
        number = self.stage.id_of(self.youth)
        left = self.stage.reads(lambda conn: sessions.open_of(conn, number))
        found = []
        for one in left:
            line = self._line_of(one.id)
            if one.state.at is not None and line:
                found.append(Stopped(one.script, one.state.at, one.updated_at, line))
        return tuple(found)

    def _line_of(self, session: int) -> str:
        for shown in reversed(self.youth.shown):
            if any(one is not None and one.session == session for one in map(_parsed, shown.buttons)):
                return shown.text.splitlines()[0][:LINE]
        return ""


_FAULTS = frozenset({"turn_failed", "content_outdated", "due_failed"})


def _parsed(button: object) -> buttons.DialogButton | None:
    meant = buttons.parse(getattr(button, "data", ""))
    return meant if isinstance(meant, buttons.DialogButton) else None


def _world(folder: Path, shelf: Shelf, chance: Random) -> World:
    """The settings of the program, with personas of any age; nothing is real."""
    config = Config.model_validate(
        {
            "telegram": {
                "api_url": "http://127.0.0.1:1",
                "minimum_age": 12,
                "minimum_age_decided_by": "rehearsal, 2026-01-01",
            },
            "keys": {"file": folder / "keys"},
        }
    )
    made = installation.world(config, shelf, "companion_sandbox_bot")
    return World(made.library, made.settings, chance.randbytes)
