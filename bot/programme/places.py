"""Places and groups that a coordinator keeps by chat: what may be written down, and why not. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.schedule.local import to_utc
from bot.schedule.series import Series, overlap

LEAST, MOST = 3, 15
"""How many youngsters a group has room for, by the sources."""
LONGEST = 80
"""So many characters a name or a note about a place has, as in the seed file."""
LONGEST_LINK = 300
"""Links of maps carry a route or a point in them."""
Flaw = Literal["empty", "long", "long_link", "taken", "range", "small", "past", "clash", "backwards", "link"]


def line(text: str) -> str:
    """What was typed as one line: no control characters, no double spaces, none around it."""
    shown = "".join(one if one.isprintable() else " " for one in unicodedata.normalize("NFC", text))
    return " ".join(shown.split())


def same(text: str) -> str:
    """What two names have in common that a reader takes for one: case, spaces and the form of letters do not count."""
    return line(unicodedata.normalize("NFKC", text)).casefold()


def text_flaw(text: str, *, needed: bool) -> Flaw | None:
    """Why this line cannot be kept."""
    if not text:
        return "empty" if needed else None
    return "long" if len(text) > LONGEST else None


def name_flaw(name: str, others: Iterable[str]) -> Flaw | None:
    """Why a place or a group cannot have this name beside the *others* of its organisation."""
    flaw = text_flaw(name, needed=True)
    if flaw is None and same(name) in {same(one) for one in others}:
        return "taken"
    return flaw


def link_flaw(link: str) -> Flaw | None:
    """A map has a web address, or none."""
    if link and not (link.startswith("https://") and " " not in link):
        return "link"
    return "long_link" if len(link) > LONGEST_LINK else None


def capacity_flaw(capacity: int, taken: int) -> Flaw | None:
    """Why a group with *taken* places in use cannot have room for *capacity*."""
    if not LEAST <= capacity <= MOST:
        return "range"
    return "small" if capacity < taken else None


def series_flaw(wanted: Series, others: Iterable[Series], zone: ZoneInfo, now: datetime) -> Flaw | None:
    """Why a group that has the *others* cannot meet like this as well."""
    if wanted.ends <= wanted.starts:
        return "backwards"
    if to_utc(wanted.first, wanted.starts, zone) <= now:
        return "past"
    return "clash" if any(overlap(wanted, one) is not None for one in others) else None


def first_days(weekday: int, today: date, weeks: int = 8) -> list[date]:
    """The coming days of this weekday (Monday is 0), from tomorrow on."""
    ahead = (weekday - today.weekday() - 1) % 7 + 1
    return [today + timedelta(days=ahead, weeks=week) for week in range(weeks)]


def plus(start: time, minutes: int) -> time:
    """A time of day so much later; past midnight it is earlier than *start*."""
    return (datetime.combine(date(2000, 1, 1), start) + timedelta(minutes=minutes)).time()


def key_for(name: str, taken: Collection[str]) -> str:
    """What the seed file and the shell would call it: letters, digits and dashes, and no other thing has it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(one if one.isalnum() else " " for one in plain).split()
    stem = "-".join(words)[:32].strip("-") or "plek"
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
