"""Helplines: rows of a content file, each with the day on which a person checked it. Pure but for reading the file.

Source of the rows and of the choice by age and hour: care research 3.1. 112 and 113 are always shown. A row nobody
checked says so; a row that was checked too long ago is not shown at all, for its number may have changed hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.age import age_on
from bot.errors import ContentRefused
from bot.schedule.local import to_utc

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = frozenset(
    {
        "danger",
        "suicide",
        "self_harm",
        "abuse",
        "sexual",
        "sextortion",
        "threat",
        "eating",
        "harm_others",
        "outside",
        "friend",
        "talk",
    }
)
WARN_AFTER = timedelta(days=90)
STALE_AFTER = timedelta(days=180)
_MOST_OTHERS = 2
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When a line opens that has no hours at all."""


@dataclass(frozen=True, slots=True)
class Helpline:
    """*line* is the sentence a youngster reads; *number* is dialled as it stands; *chat* an address of a site.

    *open* holds the hours per weekday (missing: closed); none while nobody knows them.
    *checked_on* is none while nobody has looked at the real page.
    """

    key: str
    line: str
    number: str | None
    chat: str | None
    ages: range
    open: dict[int, tuple[time, time]] | None
    kinds: frozenset[str]
    always: bool
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Remarks:
    """Sentences that go with a line: *chat* holds {chat}, *closed* holds {opens}; the others say what nobody knows."""

    chat: str
    closed: str
    hours_unknown: str
    unchecked: str


def load_helplines(dialogs: Path, language: str) -> tuple[Helpline, ...]:
    """The rows of helplines.yaml, with the sentences of *language*. ``ContentRefused`` when it cannot be read."""

    def text(own: str) -> str:
        path = dialogs / own / "helplines.yaml"
        try:
            return path.read_text("utf-8")
        except OSError as error:
            raise ContentRefused(1, f"{own}/helplines.yaml:1:1: {error}") from None

    return helplines_in(text("nl"), text(language), language)


def helplines_in(dutch: str, words: str, language: str) -> tuple[Helpline, ...]:
    """The rows in the Dutch file, with the sentences in *words*. ``ContentRefused`` when a row is not right."""
    from ruamel.yaml import YAML  # heavy, and needed once at start
    from ruamel.yaml.error import YAMLError  # see above

    def rows(own: str, text: str) -> list[dict[str, Any]]:
        try:
            return list(YAML(typ="safe", pure=True).load(text)["helplines"])
        except (YAMLError, KeyError, TypeError) as error:
            raise ContentRefused(1, f"{own}/helplines.yaml:1:1: {error}") from None

    spoken = {row["key"]: row for row in rows(language, words)}
    try:
        return tuple(helpline({**row, **spoken.get(row["key"], {})}) for row in rows("nl", dutch))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ContentRefused(1, f"helplines.yaml: a row lacks or misspells {error}") from None


def helpline(row: dict[str, Any]) -> Helpline:
    """One row of the file. ``KeyError``, ``ValueError``, ``TypeError`` or ``AttributeError`` when it does not fit."""
    hours = row["open"]
    kinds = frozenset(row["kinds"])
    if unknown := kinds - KINDS:
        raise ValueError(f"kinds {sorted(unknown)}")
    number, chat, checked = row["number"], row["chat"], row["verified_on"]
    if number is not None and (not isinstance(number, str) or not number.replace("-", "").isdecimal()):
        raise ValueError(f"number of {row['key']}: only digits and -")
    if chat is not None and (not isinstance(chat, str) or " " in chat):
        raise ValueError(f"chat of {row['key']}: an address without spaces")
    if checked is not None and not isinstance(checked, date):
        raise ValueError(f"verified_on of {row['key']}: a day such as 2026-11-20")
    return Helpline(
        key=row["key"],
        line=row["line"],
        number=number,
        chat=chat,
        ages=range(row["ages"]["from"], row["ages"]["to"] + 1),
        open=None if hours is None else {DAYS.index(day): _span(span) for day, span in hours.items()},
        kinds=kinds,
        always=bool(row["always"]),
        checked_on=checked,
    )


def is_stale(line: Helpline, today: date) -> bool:
    """Whether it was checked, but too long ago to be given to anybody. What nobody checked says so itself."""
    return line.checked_on is not None and today - line.checked_on > STALE_AFTER


def text(
    lines: tuple[Helpline, ...],
    remarks: Remarks,
    *,
    born: str | None,
    now: datetime,
    zone: ZoneInfo,
    kind: str = "talk",
    brief: bool = False,
) -> str:
    """What to show now: 112 and 113, then at most two lines for *kind* of trouble or talking, open ones first.

    Somebody whose age is unknown sees lines for any age; each line says for whom it is. A blank line stands between.
    *brief* is for beside a question: 112, 113 and at most one line, that is open now and for just this *kind*.
    """
    today = now.astimezone(zone).date()
    age = age_on(born, today) if born else None
    always = [line for line in lines if line.always]
    others = sorted(
        (
            line
            for line in lines
            if not line.always
            and not is_stale(line, today)
            and (age is None or age in line.ages)
            and line.kinds & {kind, "talk"}
        ),
        key=lambda line: (kind not in line.kinds, opens(line, now, zone) is not None),
    )
    if brief:
        others = [
            line
            for line in others
            if kind in line.kinds - {"talk"} and line.open and opens(line, now, zone) is None
        ]
    most = 1 if brief else _MOST_OTHERS
    return ("\n" if brief else "\n\n").join(
        _said(line, remarks, now, zone) for line in (*always, *others[:most])
    )


def opens(line: Helpline, now: datetime, zone: ZoneInfo) -> datetime | None:
    """None while *line* is open, else the moment it next opens."""
    today = now.astimezone(zone).date()
    for shift in range(-1, 8):
        day = today + timedelta(days=shift)
        span = (line.open or {}).get(day.weekday())
        if span is None:
            continue
        start = to_utc(day, span[0], zone)
        ends_on = day if span[1] > span[0] else day + timedelta(days=1)
        if start <= now < to_utc(ends_on, span[1], zone):
            return None
        if start > now:
            return start
    return NEVER


def _said(line: Helpline, remarks: Remarks, now: datetime, zone: ZoneInfo) -> str:
    said = [line.line]
    if line.number:
        said.append(line.number)
    if line.chat:
        said.append(remarks.chat.format(chat=line.chat))
    opening = opens(line, now, zone)
    if line.open is None:
        said.append(remarks.hours_unknown)
    elif opening is not None and opening < NEVER:
        said.append(remarks.closed.format(opens=f"{opening.astimezone(zone):%H:%M}"))
    if line.checked_on is None and not line.always and (line.number or line.chat):
        said.append(remarks.unchecked)
    return "\n".join(said)


def _span(hours: str) -> tuple[time, time]:
    start, end = hours.split("-")
    return time.fromisoformat(start), time.fromisoformat("00:00" if end == "24:00" else end)
