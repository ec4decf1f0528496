"""Who looked at somebody's data, in plain words, from the audit trail."""

from __future__ import annotations

from collections import Counter

from bot.conversation import wording
from bot.conversation.turn import Turn
from bot.storage import exports, people
from bot.storage.exports import Look
from bot.storage.people import Person

MOST_IN_CHAT = 25
NOT_LOOKING = frozenset({"own_dialog"})
ONLY_NAMED = frozenset({"see_digest", "see_meeting_list"})
"""Somebody saw the name among others: every day again, and never before what was read or done."""


def lines(turn: Turn, person: Person, most: int | None = None) -> list[str]:
    """One line for each day, person and thing done, newest first; at most *most*.

    Where only the name was seen comes last: it may not push out what was read.
    """
    counted: Counter[tuple[bool, str, str, str]] = Counter()
    for one in reversed(exports.looks(turn.conn, person.id, own=False)):
        if one.action not in NOT_LOOKING:
            counted[one.action in ONLY_NAMED, *_key(turn, person, one)] += 1
    found = [
        turn.phrase("looked_line", person, day=day, who=who, what=what, count=times)
        for (_, day, who, what), times in sorted(counted.items(), key=lambda line: line[0][0])
    ]
    return found[:most] if found else [turn.phrase("looked_nobody", person)]


def count(turn: Turn, person: Person) -> int:
    """How many lines there are."""
    return len(lines(turn, person))


def _key(turn: Turn, person: Person, one: Look) -> tuple[str, str, str]:
    role = (
        turn.phrase(f"role_{one.role}", person)
        if turn.world.library.has_phrase(f"role_{one.role}")
        else one.role
    )
    name = "" if one.role == "youth" else _name(turn, one.actor_id)
    who = turn.phrase("looked_by", person, name=name, role=role) if name else role
    action = f"looked_{one.action}"
    if one.outcome == "refused":
        action = "looked_refused"
    elif not turn.world.library.has_phrase(action):
        action = "looked_other"
    return wording.day(turn, person, one.at), who, turn.phrase(action, person)


def _name(turn: Turn, actor_id: int | None) -> str:
    if actor_id is None:
        return ""
    actor = people.find(turn.conn, actor_id)
    return str(actor.name) if actor else ""
