"""Who may do what with whose data: one table, and everything that is not in it is refused. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["youth", "professional", "coordinator", "admin", "stranger"]
Action = Literal[
    "own_dialog",
    "invite",
    "see_youth",
    "give_challenge",
    "read_item",
    "answer_item",
    "close_item",
    "acknowledge_alert",
    "see_meeting_list",
    "see_digest",
    "see_staff",
]
Relation = Literal["self", "main", "backup", "recipient", "leads_group", "organisation", "none"]
"""How the actor stands to the object: it is theirs; they look after the youngster; it was sent to them; ..."""

POLICY: dict[tuple[Role, Action], frozenset[Relation]] = {
    ("youth", "own_dialog"): frozenset({"self"}),
    ("professional", "own_dialog"): frozenset({"self"}),
    ("coordinator", "own_dialog"): frozenset({"self"}),
    ("admin", "own_dialog"): frozenset({"self"}),
    ("professional", "invite"): frozenset({"leads_group"}),
    ("professional", "see_youth"): frozenset({"main", "backup"}),
    ("professional", "give_challenge"): frozenset({"main"}),
    ("professional", "read_item"): frozenset({"recipient"}),
    ("professional", "answer_item"): frozenset({"recipient"}),
    ("professional", "close_item"): frozenset({"recipient"}),
    ("professional", "acknowledge_alert"): frozenset({"recipient", "main", "backup"}),
    ("professional", "see_meeting_list"): frozenset({"leads_group"}),
    ("professional", "see_digest"): frozenset({"self"}),
    ("coordinator", "see_staff"): frozenset({"organisation"}),
}


@dataclass(frozen=True, slots=True)
class Target:
    """The object of an action: its kind, row, whose data it is, and how the actor stands to it."""

    kind: str
    id: int | None
    subject_id: int | None
    relation: Relation


def authorize(role: Role, action: Action, relation: Relation) -> bool:
    """Whether somebody with *role*, standing in *relation* to the object, may do *action*."""
    return relation in POLICY.get((role, action), frozenset())
