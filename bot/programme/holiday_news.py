"""What a youngster hears of a holiday, as days and numbers: it is said again only when it became different. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.programme.cover import Stretch

Kind = Literal["away", "off", "back"]


@dataclass(frozen=True, slots=True)
class HolidayNews:
    """*away* on these days, with who reads (none: nobody known) and the days on which nobody does.

    *off*: it does not happen after all. *back*: earlier than was said.
    """

    kind: Kind
    days: Stretch
    reader_id: int | None = None
    unread: tuple[Stretch, ...] = ()

    def dump(self) -> str:
        """As one line of text, without a name or a word."""
        parts = [self.kind, _days(self.days), str(self.reader_id or 0), *(_days(one) for one in self.unread)]
        return " ".join(parts)


def load(text: str) -> HolidayNews:
    """What ``dump`` wrote."""
    kind, days, reader, *unread = text.split()
    known: Kind = "off" if kind == "off" else "back" if kind == "back" else "away"
    return HolidayNews(known, _stretch(days), int(reader) or None, tuple(_stretch(one) for one in unread))


def is_news(now: HolidayNews, told: HolidayNews | None) -> bool:
    """Whether somebody who heard *told* (none: nothing) hears *now*. What they never heard of is not taken back."""
    if told is None or told.kind != "away":
        return now.kind == "away"
    return now.dump() != told.dump()


def _days(one: Stretch) -> str:
    return f"{one.first.isoformat()}/{one.last.isoformat()}"


def _stretch(text: str) -> Stretch:
    first, last = text.split("/")
    return Stretch(date.fromisoformat(first), date.fromisoformat(last))
