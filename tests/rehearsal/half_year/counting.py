"""What a professional does on the phone, counted: every tap, digit and letter, and every new line that is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.programme import workload
from bot.programme.workload import Work
from bot.rehearsal.phone import Phone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
FOLLOWS = frozenset({"absent_note"})
"""What an evening asks on the next working day: a note to who stayed away twice, from the list of who was there."""


class Counted:
    """The phone of one professional. *evening*: the evening a sitting follows, by its day; none for all the rest."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.weeks: dict[str, Work] = defaultdict(Work)
        self.evenings: dict[date, Work] = defaultdict(Work)
        self.dialogs: dict[tuple[str, str], Work] = defaultdict(Work)
        self.evening: date | None = None
        self._last_evening: date | None = None
        self._known: set[str] = set()

    def sits_down(self, evening: date | None) -> None:
        """A sitting begins: what stood there the last time is read again when it is still there to be read."""
        self.evening, self._known = evening, set()
        self._last_evening = evening or self._last_evening

    def finds(self, now: datetime, number: int, dialog: str) -> None:
        """The eye falls on a message that came meanwhile."""
        text = next((one.text for one in self.phone.shown if one.number == number), "")
        self._note(now, dialog, self._reads(text))

    def does(
        self, now: datetime, dialog: str, act: Callable[[], object], *, digit: bool = False, typed: str = ""
    ) -> None:
        """One tap or one message, and reading what it led to."""
        before = {one.number: one.text for one in self.phone.shown[-12:]}
        act()
        work = workload.typed(typed) if typed else Work(digits=1) if digit else Work(taps=1)
        for one in self.phone.shown[-12:]:
            if before.get(one.number) != one.text:
                work += self._reads(one.text)
        self._note(now, dialog, work)

    def _reads(self, text: str) -> Work:
        work = workload.read(text, self._known)
        self._known.update(workload.pieces(text))
        return work

    def _note(self, now: datetime, dialog: str, work: Work) -> None:
        evening = self._last_evening if dialog in FOLLOWS else self.evening
        part = "evening" if evening is not None else "week"
        if evening is not None:
            self.evenings[evening] += work
        else:
            year, week, _ = now.astimezone(AMSTERDAM).isocalendar()
            self.weeks[f"{year}-{week:02}"] += work
        self.dialogs[part, dialog] += work
