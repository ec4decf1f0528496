"""Days, times and plurals as a sentence says them: Babel's rules, in the language and time zone of the reader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time

LOCALES = {"nl": "nl_NL", "en": "en_GB"}


def filters(language: str, zone: str) -> dict[str, Callable[..., Any]]:
    """``date``: dinsdag 24 november; ``time``: 19:00; ``datetime``: both; ``plural``: the word that fits a number.

    ``short_date``: dinsdag 24 nov.
    """
    locale, place = Locale.parse(LOCALES[language]), ZoneInfo(zone)

    def local(moment: dt.datetime) -> dt.datetime:
        if moment.tzinfo is None:
            raise ValueError("a moment without time zone")
        return moment.astimezone(place)

    def date(value: dt.date) -> str:
        day = local(value).date() if isinstance(value, dt.datetime) else value
        return format_date(day, "EEEE d MMMM", locale)

    def short_date(value: dt.date) -> str:
        day = local(value).date() if isinstance(value, dt.datetime) else value
        return format_date(day, "EEEE d MMM", locale).replace(".", "")

    def time(value: dt.datetime) -> str:
        return format_time(local(value), "HH:mm", locale=locale)

    def both(value: dt.datetime) -> str:
        return f"{date(value)}, {time(value)}"

    def plural(count: int, *, one: str, other: str) -> str:
        return one if locale.plural_form(count) == "one" else other

    return {"date": date, "short_date": short_date, "time": time, "datetime": both, "plural": plural}


def weekdays(language: str) -> tuple[str, ...]:
    """The names of the days, Monday first: maandag, dinsdag ..."""
    names = Locale.parse(LOCALES[language]).days["format"]["wide"]
    return tuple(str(names[weekday]) for weekday in range(7))


def months(language: str) -> tuple[str, ...]:
    """The names of the months: januari, februari ..."""
    names = Locale.parse(LOCALES[language]).months["format"]["wide"]
    return tuple(str(names[month]) for month in range(1, 13))
