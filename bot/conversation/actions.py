"""Every action a script may ask for; the names and results stand in ``dialogs.actions``."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import (
    actions_access,
    actions_alert,
    actions_answer,
    actions_attempt,
    actions_care,
    actions_checkin,
    actions_content,
    actions_exercise,
    actions_halt,
    actions_rights,
    actions_staff,
    actions_youth,
    advice,
    approving_content,
    goal_scores,
    looking_back,
    my_challenges,
    my_moments,
    new_content,
    on_call,
    owning_content,
    pausing,
    play_content,
    second_content,
    settings,
    upcoming,
)
from bot.conversation.deed import Deed, Outcome

ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    **actions_youth.ACTIONS,
    **actions_attempt.ACTIONS,
    **actions_checkin.ACTIONS,
    **actions_care.ACTIONS,
    **actions_answer.ACTIONS,
    **actions_rights.ACTIONS,
    **actions_staff.ACTIONS,
    **actions_access.ACTIONS,
    **actions_alert.ACTIONS,
    **actions_halt.ACTIONS,
    **on_call.ACTIONS,
    **actions_exercise.ACTIONS,
    **advice.ACTIONS,
    **goal_scores.ACTIONS,
    **looking_back.ACTIONS,
    **my_challenges.ACTIONS,
    **pausing.ACTIONS,
    **my_moments.ACTIONS,
    **settings.ACTIONS,
    **upcoming.ACTIONS,
    **actions_content.ACTIONS,
    **new_content.ACTIONS,
    **play_content.ACTIONS,
    **owning_content.ACTIONS,
    **approving_content.ACTIONS,
    **second_content.ACTIONS,
}


def perform(name: str, deed: Deed) -> Outcome:
    """Carry out action *name*."""
    return ACTIONS[name](deed)
