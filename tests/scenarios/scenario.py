"""Scenario files: a conversation as a social worker would write it down, and the runner that plays it.

Between any two lines the companion stops and starts: only what stands in the file of the database goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.content.problem import Language
from bot.rehearsal.phone import NothingThere, Phone
from dialogs.script import End
from tests.scenarios.beginnings import BEGINNINGS, keys_on, taps
from tests.scenarios.meanwhile import MEANWHILE
from tests.talk.stage import Prepared, Snapshot, shelf

FOLDER = Path(__file__).parent
ADULT = {"born": "2004-03", "group": "18-25", "main": "Vera", "backup": "Tom"}
SENT = {"een spraakbericht": "voice", "een foto": "photo", "een sticker": "sticker"}
YOUNG = {"born": "2010-03", "group": "12-18", "main": "Amira", "backup": "Bas"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """*reaches*: the dialog and its ending. *lines*: who does or sees what, as in the file."""

    file: str
    name: str
    reaches: tuple[str, str]
    begins: str
    lines: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.reaches[0]}-{self.reaches[1]}"


@cache
def scenarios() -> tuple[Scenario, ...]:
    """All files, in order."""
    return tuple(one for path in sorted(FOLDER.glob("*.yaml")) for one in _read(path))


def _read(path: Path) -> Iterator[Scenario]:
    for one in YAML(typ="safe").load(path.read_text("utf-8"))["scenario's"]:
        lines = tuple((key, str(said)) for line in one["gesprek"] for key, said in line.items())
        yield Scenario(path.name, one["naam"], (path.stem, one["einde"]), one["begin"], lines)


def endings() -> set[tuple[str, str]]:
    """Every ending of every dialog for youngsters or for anyone, as the content has them now."""
    library = shelf()._now.library
    return {
        (script.name, step.kind.ending)
        for (_, language), script in library.dialogs.items()
        if language == "nl" and script.audience == "youth"
        for step in script.steps.values()
        if isinstance(step.kind, End)
    }


@dataclass(frozen=True, slots=True)
class Variant:
    """In which language and for which band a scenario is played. The words are compared in Dutch for an adult."""

    language: Language
    young: bool

    @property
    def written(self) -> bool:
        return self == WRITTEN

    def who(self) -> dict[str, Any]:
        return {**(YOUNG if self.young else ADULT), "language": self.language}

    def __str__(self) -> str:
        return f"{self.language}-{'under18' if self.young else '18plus'}"


WRITTEN = Variant("nl", young=False)
OTHERS = (Variant("nl", young=True), Variant("en", young=False), Variant("en", young=True))
_begun: dict[tuple[int, str, Variant], Snapshot] = {}


class Player:
    """Plays one scenario for one youngster. *tapped*: of every button, when it was played before, key, place, and
    how many messages with buttons were newer."""

    def __init__(
        self,
        prepared: Prepared,
        scenario: Scenario,
        variant: Variant,
        tapped: Sequence[tuple[str, int, int]] = (),
    ) -> None:
        self.scenario, self.variant = scenario, variant
        self.stage = prepared.stage()
        self.replays = list(tapped)
        self.tapped: list[tuple[str, int, int]] = []
        self.sam = self._begins(prepared)
        self.stage.endings.clear()
        self.mark = len(self.sam.shown)

    def _begins(self, prepared: Prepared) -> Phone:
        at = (id(prepared), self.scenario.begins, self.variant)
        if at in _begun:
            self.stage.loads(_begun[at])
            return self.stage.of("Sam")
        sam = BEGINNINGS[self.scenario.begins](self.stage, self.variant.who())
        _begun[at] = self.stage.saves(self.stage.path.with_name(f"scenario{len(_begun)}.chapter"))
        return sam

    def plays(self) -> set[tuple[str, str]]:
        """Every line, with a stop and a start in between; the endings that were reached."""
        for key, said in self.scenario.lines:
            self.does(key, said)
        return self.reached()

    def does(self, key: str, said: str) -> None:
        """One line, after the companion stopped and started."""
        self.stage.restarts()
        self._line(key, said)

    def reached(self) -> set[tuple[str, str]]:
        """The endings that the youngster reached until now."""
        return {
            (script, ending) for account, script, ending in self.stage.endings if account == self.sam.account
        }

    def _line(self, key: str, said: str) -> None:
        match key.split():
            case ["Sam", "tikt"]:
                self.mark = len(self.sam.shown)
                self._taps(said)
            case ["Sam", "tikt", "hogerop"]:
                self.mark = len(self.sam.shown)
                self._taps(said, higher=True)
            case ["Sam", "typt"]:
                self.mark = len(self.sam.shown)
                self.sam.types(said)
            case ["Sam", "stuurt"]:
                self.mark = len(self.sam.shown)
                self.sam.sends(SENT[said])
            case ["bot", "zegt"]:
                if self.variant.written:
                    now = self.sam.since(max(self.mark - 1, 0))
                    assert said in now, f"{said!r} is not in {now!r}"
            case ["het", "wordt"]:
                self.stage.passes(said)
            case ["intussen"]:
                MEANWHILE[said](self.stage, self.variant.who())
            case [name, "ziet"]:
                if self.variant.written:
                    assert said in self.stage.of(name).ever, f"{name} does not see {said!r}"
            case _:
                raise NothingThere(f"{self.scenario.file}: what does {key!r} mean?")

    def _taps(self, label: str, higher: bool = False) -> None:
        """Tap a button on the latest message that has it; with *higher* on the first that has it."""
        if not self.variant.written:
            key, place, newer = self.replays.pop(0)
            with_buttons = [found for one in self.sam.shown if (found := keys_on(one))]
            there = with_buttons[-1 - min(newer, len(with_buttons) - 1)]
            # Days, times and rows have keys of their own for somebody else: then the button in the same place.
            held = key.startswith("g.") or any(key in keys_on(one) for one in self.sam.shown)
            taps(self.sam, key if held else there[min(place, len(there) - 1)], higher=higher)
            return
        shown = self.sam.sees(label)
        if higher:
            shown = next(one for one in self.sam.shown if label in one.labels)
        data = shown.button(label).data
        key = data.split(".", 3)[3] if data.startswith("d.") else data
        on = keys_on(shown)
        newer = sum(bool(keys_on(one)) for one in self.sam.shown[self.sam.shown.index(shown) + 1 :])
        self.tapped.append((key, on.index(key) if key in on else 0, newer))
        self.sam.taps_data(data)
