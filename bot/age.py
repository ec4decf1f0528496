"""Age from the month of birth, the only part of it that is kept. Pure."""

from __future__ import annotations

from datetime import date
from typing import Literal

Band = Literal["under18", "18plus"]


def age_on(born: str, today: date) -> int:
    """Whole years on *today* of somebody born in month *born* (YYYY-MM).

    A year counts from the first day of the month after the birth month, so nobody is taken for older than they are.
    """
    year, month = (int(part) for part in born.split("-"))
    return today.year - year - (today.month <= month)


def band_on(born: str | None, today: date) -> Band:
    """The band that decides on texts and quiet hours; who has no month of birth on record is an adult (staff)."""
    return "under18" if born is not None and age_on(born, today) < 18 else "18plus"


def valid_month(born: str, today: date) -> bool:
    """Whether *born* is a month (YYYY-MM) of somebody between 5 and 30 years old."""
    year, dash, month = born.partition("-")
    if not (dash and len(year) == 4 and len(month) == 2 and year.isdecimal() and month.isdecimal()):
        return False
    return 1 <= int(month) <= 12 and int(year) > 0 and 5 <= age_on(born, today) <= 30
