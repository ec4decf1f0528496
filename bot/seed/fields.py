"""One table of a seed file, read key by key; what is wrong is noted, and reading goes on. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.seed.problems import meant

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_KEY, LONGEST_TEXT = 40, 80


@dataclass(slots=True)
class Notes:
    """What was found wrong: (place, problem), in the order of the file."""

    found: list[tuple[str, str]]

    def add(self, place: str, problem: str) -> None:
        """Note one mistake."""
        self.found.append((place, problem))


class Fields:
    """The keys of one table at *place*. A reader gives a harmless value after noting a mistake."""

    def __init__(self, place: str, values: Mapping[str, Any], notes: Notes) -> None:
        self.place = place
        self._values = values
        self._notes = notes

    def wrong(self, key: str, problem: str) -> None:
        """Note a mistake in *key*."""
        self._notes.add(f"{self.place}.{key}", problem)

    def only(self, known: Iterable[str]) -> None:
        """Refuse every key that is not *known*."""
        names = tuple(known)
        for key in self._values:
            if key not in names:
                self.wrong(key, f"unknown key; {meant(key, names)}")

    def has(self, key: str) -> bool:
        """Whether *key* is written at all."""
        return key in self._values

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        """A table within this one, or several."""
        value = self._values.get(key)
        if isinstance(value, dict):
            return [value]
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            return value
        self.wrong(key, f"should be a table, as in [group.{key}], or several as in [[group.{key}]]")
        return []

    def text(self, key: str, *, needed: bool = True) -> str:
        """A line of text; empty when it is left out and not *needed*."""
        value = self._values.get(key)
        if value is None and not needed:
            return ""
        if value is None:
            self.wrong(key, "is missing")
        elif not isinstance(value, str) or not value.strip():
            self.wrong(key, "should be a text between quotes")
        elif not value.isprintable() or len(value) > LONGEST_TEXT:
            self.wrong(key, f"should be one line of at most {LONGEST_TEXT} characters")
        else:
            return value.strip()
        return ""

    def key(self) -> str:
        """The name that others refer to."""
        value = self.text("key")
        if value and not (KEY.fullmatch(value) and len(value) <= LONGEST_KEY):
            self.wrong("key", f'should be at most {LONGEST_KEY} of a-z, 0-9 and -, as in "noordwijk-18-25"')
        return value

    def one_of(self, key: str, known: Iterable[str]) -> str:
        """One of the *known* words."""
        value, words = self.text(key), tuple(known)
        if value and value not in words:
            self.wrong(key, f'"{value}" is not known; {meant(value, words)}')
        return value

    def several_of(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """A list of *known* words, each once."""
        value, words = self._values.get(key), tuple(known)
        if value is None:
            self.wrong(key, "is missing")
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(key, 'should be a list of keys, as in ["vera", "tom"]')
            return ()
        for number, one in enumerate(value):
            if one not in words:
                self.wrong(key, f'"{one}" is not known; {meant(one, words)}')
            if one in value[:number]:
                self.wrong(key, f'"{one}" is named twice')
        return tuple(one for one in dict.fromkeys(value) if one in words)

    def flag(self, key: str) -> bool:
        """true or false; false when it is left out."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, "should be true or false, without quotes")
            return False
        return value

    def number(self, key: str, lowest: int, highest: int, default: int) -> int:
        """A whole number within limits."""
        value = self._values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            self.wrong(key, f"should be a whole number from {lowest} to {highest}")
            return default
        return value

    def day(self, key: str) -> date | None:
        """A calendar day."""
        value = self._values.get(key)
        if value is None:
            self.wrong(key, "is missing")
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.wrong(key, "should be a day that exists, as in 2021-05-11")
            return None

    def moment(self, key: str) -> datetime | None:
        """A local day and time of day, to the minute."""
        value = self._values.get(key)
        if value is None:
            self.wrong(key, "is missing")
            return None
        try:
            found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
            if found.tzinfo is None and found == found.replace(second=0, microsecond=0):
                return found
        except (TypeError, ValueError):
            pass
        self.wrong(key, "should be a local day and time, as in 2026-11-27T17:00:00")
        return None

    def decision(self, key: str) -> str:
        """Who decided and when, as "name, date"; empty after noting a mistake."""
        value = self.text(key)
        name, _, day = value.rpartition(",")
        try:
            date.fromisoformat(day.strip())
        except ValueError:
            name = ""
        if value and not name.strip():
            self.wrong(key, 'should say who decided and when, as in "Noor Jansen, 2026-11-01"')
            return ""
        return value

    def address(self, key: str) -> str:
        """A web address; empty when it is left out."""
        value = self.text(key, needed=False)
        if value and not value.startswith("https://"):
            self.wrong(key, 'should be an address that begins with "https://"')
            return ""
        return value

    def wall_time(self, key: str) -> time | None:
        """A time of day, to the minute."""
        value = self._values.get(key)
        if value is None:
            self.wrong(key, "is missing")
            return None
        try:
            found = value if isinstance(value, time) else time.fromisoformat(value)
            if found.tzinfo is None and found == found.replace(second=0, microsecond=0):
                return found
        except (TypeError, ValueError):
            pass
        self.wrong(key, 'should be a time of day, as in "19:00"')
        return None
