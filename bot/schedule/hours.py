"""Hours as people write them: "ma-vr 09:00-17:00, za 10:00-12:00" and "20:30-08:00". Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import time

DAY_NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")
_WEEKDAY = {name: weekday for weekday, name in enumerate(DAY_NAMES)} | {
    name: weekday for weekday, name in enumerate(("mo", "tu", "we", "th", "fr", "sa", "su"))
}

Span = tuple[time, time]
"""Local wall time from (included) until (not included)."""

WorkingHours = Mapping[int, Span]
"""Weekday (Monday is 0, as in `date.weekday()`) to its span; a day that is absent is a day off."""


def parse_span(text: str) -> Span:
    """Read "20:30-08:00". The end may be earlier than the start: the span then passes midnight.

    Raises ValueError with a sentence for the person who wrote it.
    """
    match = re.fullmatch(r"\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s*", text)
    if match is None:
        raise ValueError(f'"{text.strip()}" is not a span of time; write it as "09:00-17:00"')
    start, end = _clock(match[1]), _clock(match[2])
    if start == end:
        raise ValueError(f'"{text.strip()}" begins and ends at the same moment')
    return start, end


def parse_working_hours(text: str) -> WorkingHours:
    """Read "ma-vr 09:00-17:00, za 10:00-12:00" (Dutch or English two-letter days, one span a day).

    Raises ValueError with a sentence for the person who wrote it.
    """
    hours: dict[int, Span] = {}
    for part in text.split(","):
        days, _, span_text = part.strip().partition(" ")
        if not span_text:
            raise ValueError(f'"{part.strip()}" needs days and a span of time, as in "ma-vr 09:00-17:00"')
        start, end = parse_span(span_text)
        if end < start:
            raise ValueError(f'"{part.strip()}" ends before it begins; working hours stay within one day')
        for weekday in _weekdays(days.lower()):
            if weekday in hours:
                raise ValueError(f'"{DAY_NAMES[weekday]}" is named twice')
            hours[weekday] = (start, end)
    return dict(sorted(hours.items()))


def format_span(span: Span) -> str:
    """The shortest text that `parse_span` reads back as the same span."""
    return f"{span[0]:%H:%M}-{span[1]:%H:%M}"


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise ValueError(f'"{text}" is not a time of day') from None


def _weekdays(days: str) -> Iterator[int]:
    first, dash, last = days.partition("-")
    for name in (first, last) if dash else (first,):
        if name not in _WEEKDAY:
            raise ValueError(f'"{name}" is not a day; use {", ".join(DAY_NAMES)}')
    start, end = _WEEKDAY[first], _WEEKDAY[last if dash else first]
    if end < start:
        raise ValueError(f'"{days}" goes backwards; begin the week on Monday (ma)')
    yield from range(start, end + 1)
