"""What every turn may use: the content, a few settings and a source of random names. Made once, never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.conversation.shelf import Shelf
from bot.schedule.escalation import Escalation
from bot.schedule.hours import WorkingHours
from bot.schedule.quiet import QuietHours

INVITATION_VALID = timedelta(days=7)
CODE_VALID = timedelta(minutes=15)
CODE_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
PRIVATE_FOR = timedelta(hours=24)
"""How long personal words stay readable in the chat of a professional."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The part of the configuration that decides what people see."""

    zone: ZoneInfo
    working_hours: WorkingHours
    quiet: QuietHours
    minimum_age: int
    real: bool
    language: str
    digest_at: time
    bot_name: str
    escalation: Escalation = field(default_factory=Escalation)
    ledger: Path = Path("companion.keys.erased")
    officer: str = ""
    audit_years: int = 5
    rings: bool = True
    """Whether an alarm command is configured: without one a telephone on call may stay silent."""
    goal_scaling: bool = False
    second_approver: bool = False


@dataclass(frozen=True, slots=True)
class World:
    """*random* gives that many unpredictable bytes."""

    library: Shelf
    settings: Settings
    random: Callable[[int], bytes]
