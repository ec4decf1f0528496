"""Every action a script may ask for; the names and results stand in ``dialogs.actions``."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import (
    actions_access,
    actions_alert,
    actions_answer,
    actions_care,
    actions_halt,
    actions_rights,
    actions_staff,
    actions_youth,
    on_call,
)
from bot.conversation.deed import Deed, Outcome

ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    **actions_youth.ACTIONS,
    **actions_care.ACTIONS,
    **actions_answer.ACTIONS,
    **actions_rights.ACTIONS,
    **actions_staff.ACTIONS,
    **actions_access.ACTIONS,
    **actions_alert.ACTIONS,
    **actions_halt.ACTIONS,
    **on_call.ACTIONS,
}


def perform(name: str, deed: Deed) -> Outcome:
    """Carry out action *name*."""
    return ACTIONS[name](deed)
