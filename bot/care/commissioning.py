"""When real youngsters are admitted, and what a complete commissioning record holds. Pure.

Admission is gated, running never is (PRODUCT row 74). A record lapses when the texts about care, consent and privacy
change, or what an organisation decided about being on call: decision 0012 says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from bot.care.helplines import STALE_AFTER, Helpline

COPY_FRESH_FOR = timedelta(hours=48)
DUTY_AHEAD = timedelta(days=7)
DRILL_FRESH_FOR = timedelta(days=31)

Lack = Literal["commissioning", "helplines", "copy", "duty", "main", "backup", "card", "alarm"]
LACKS: tuple[Lack, ...] = ("commissioning", "helplines", "copy", "duty", "main", "backup", "card", "alarm")
"""In this order they are told; the place of each is its bit in ``mask``, so that a new one stands at the end."""

OF_THE_INSTALLATION: tuple[Lack, ...] = ("commissioning", "helplines", "copy", "duty", "alarm")
"""What concerns everybody: the coordinator hears of it also when nobody knocks."""

Lapse = Literal["none", "withdrawn", "care_texts", "on_call", "minimum_age"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What is in order at the moment somebody wants to begin."""

    commissioned: bool
    helplines_are_fresh: bool
    copy_is_fresh: bool
    duty_is_covered: bool
    main_can_be_reached: bool = True
    backup_can_be_reached: bool = True
    has_card: bool = True
    alarm_rings: bool = True


@dataclass(frozen=True, slots=True)
class Basis:
    """What a commissioning record was about: hashes of the care texts and of the on-call decisions, and the age."""

    care_hash: str
    duty_hash: str
    minimum_age: int


def lacking(condition: Condition) -> tuple[Lack, ...]:
    """What is not in order; empty when a real youngster may be admitted."""
    fine = {
        "commissioning": condition.commissioned,
        "helplines": condition.helplines_are_fresh,
        "copy": condition.copy_is_fresh,
        "duty": condition.duty_is_covered,
        "main": condition.main_can_be_reached,
        "backup": condition.backup_can_be_reached,
        "card": condition.has_card,
        "alarm": condition.alarm_rings,
    }
    return tuple(lack for lack in LACKS if not fine[lack])


def lapses(record: Basis | None, now: Basis, *, withdrawn: bool = False) -> tuple[Lapse, ...]:
    """Why a record does not count (any more); empty when it is in force."""
    if record is None:
        return ("none",)
    if withdrawn:
        return ("withdrawn",)
    changed: dict[Lapse, bool] = {
        "care_texts": record.care_hash != now.care_hash,
        "on_call": record.duty_hash != now.duty_hash,
        "minimum_age": record.minimum_age > now.minimum_age,
    }
    return tuple(lapse for lapse, is_so in changed.items() if is_so)


def unchecked(lines: Iterable[Helpline], today: date) -> tuple[str, ...]:
    """The keys of helplines that nobody checked within half a year."""
    return tuple(
        line.key for line in lines if line.checked_on is None or today - line.checked_on > STALE_AFTER
    )


def copy_is_fresh(copied_at: datetime | None, now: datetime) -> bool:
    """Whether the last copy of the database is recent enough to lose little."""
    return copied_at is not None and now - copied_at <= COPY_FRESH_FOR


def duty_is_covered(*, on_call: bool, covered_until: datetime, now: datetime) -> bool:
    """Whether somebody is on call for a week ahead; where nobody is on call, that was decided and is covered."""
    return not on_call or covered_until - now >= DUTY_AHEAD


def drill_is_fresh(acknowledged_at: datetime | None, now: datetime) -> bool:
    """Whether the last drill that somebody acknowledged is at most a month old."""
    return acknowledged_at is not None and now - acknowledged_at <= DRILL_FRESH_FOR


def mask(lacks: Iterable[Lack]) -> int:
    """What is lacking as one number, for the rows a dialog is about."""
    return sum(1 << LACKS.index(lack) for lack in lacks)


def unmasked(number: int) -> tuple[Lack, ...]:
    """The reverse of ``mask``."""
    return tuple(lack for place, lack in enumerate(LACKS) if number >> place & 1)
