"""What the receiving side tells the operator; the receiver of these words counts and limits them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

Kind = Literal["token", "second_poller", "foreign_webhook", "storage", "backlog", "unreadable_update"]
Alarm = Callable[[Kind], None]
