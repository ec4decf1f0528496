"""Who may do what with whose data: one table, and everything that is not in it is refused. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["youth", "professional", "coordinator", "confidant", "dpo", "admin", "operator", "stranger"]
"""*dpo*: the data protection officer; *operator*: the shell. An admin edits texts and sees no person."""
Action = Literal[
    "own_dialog",
    # Inviting and guiding
    "invite",
    "see_youth",
    "give_challenge",
    "adapt_step",
    "write_note",
    "plan_talk",
    "pause_youth",
    "read_item",
    "answer_item",
    "close_item",
    "see_meeting_list",
    "change_meeting",
    "note_attendance",
    "observe",
    "see_digest",
    "take_over",
    "set_quiet",
    "see_staff",
    "see_overview",
    "change_team",
    "close_group",
    "change_places",
    # Sign-ups of who is not known yet, and the doors they came through
    "see_sign_up",
    "handle_sign_up",
    "make_poster",
    "see_waiting",
    "give_place",
    "screen",
    "move_group",
    "see_phase",
    "move_phase",
    "rate_readiness",
    # Youngsters without an account: steps and rights through the professional
    "assist",
    "assist_rights",
    # Alerts and the worst day
    "acknowledge_alert",
    "read_alert",
    "handle_alert",
    "second_read",
    "see_alerts",
    "fill_card",
    "open_card",
    "halt",
    "lift_halt",
    "drill",
    "change_duty",
    "mark_absent",
    "see_handover",
    # Accounts
    "reset_code",
    "revoke_account",
    "relink_account",
    "note_guardian",
    # Reading over somebody's shoulder: only with a reason, logged and told
    "inspect",
    # Rights of the person
    "withdraw_item",
    "choose_reader",
    "export_person",
    "erase_person",
    "see_access",
    "see_audit",
    # The installation
    "seed",
    "commission",
    "rotate_keys",
    "restore",
    "edit_content",
]
Relation = Literal[
    "self",
    "main",
    "backup",
    "cover",
    "recipient",
    "on_duty",
    "leads_group",
    "organisation",
    "excluded",
    "none",
]
"""How the actor stands to the object: it is theirs; they look after the youngster; it was sent to them; ...

*cover*: they were chosen to read for the youngster in a holiday. *on_duty*: the alert came to them by the roster or by
escalation. *organisation*: somebody or something of their own organisation; an operator stands to the whole
installation as that. *excluded*: the youngster said "not this person", which is stronger than any other relation.
*excluded* and *none* are never enough.
"""

_STAFF: tuple[Role, ...] = ("professional", "coordinator", "confidant", "dpo", "admin")
_ALONE: tuple[Role, ...] = ("youth", "confidant", "dpo", "admin")
_LOOKING: tuple[Action, ...] = ("export_person", "see_access")
_RIGHTS: tuple[Action, ...] = (*_LOOKING, "erase_person")
POLICY: dict[tuple[Role, Action], frozenset[Relation]] = {
    ("youth", "own_dialog"): frozenset({"self"}),
    **{(role, "own_dialog"): frozenset({"self"}) for role in _STAFF},
    **{("youth", right): frozenset({"self"}) for right in _RIGHTS},
    # Erasing staff goes through the shell, which sees to it that nobody is left without a reader.
    **{(role, right): frozenset({"self"}) for role in _STAFF for right in _LOOKING},
    **{("dpo", right): frozenset({"self", "organisation"}) for right in _LOOKING},
    ("dpo", "erase_person"): frozenset({"organisation"}),
    **{("operator", right): frozenset({"organisation"}) for right in _RIGHTS},
    ("youth", "withdraw_item"): frozenset({"self"}),
    ("youth", "choose_reader"): frozenset({"self"}),
    ("professional", "invite"): frozenset({"leads_group"}),
    ("operator", "invite"): frozenset({"organisation"}),
    ("professional", "see_youth"): frozenset({"main", "backup", "cover"}),
    # The fixed list only; words go to whom they were sent.
    ("professional", "see_handover"): frozenset({"backup", "cover"}),
    ("professional", "give_challenge"): frozenset({"main"}),
    # What the guidance of one youngster holds, for the two who look after them.
    ("professional", "adapt_step"): frozenset({"main", "backup"}),
    ("professional", "write_note"): frozenset({"main", "backup"}),
    ("professional", "plan_talk"): frozenset({"main", "backup"}),
    # Of the chat, until a day; the youngster hears it and goes on whenever they like.
    ("professional", "pause_youth"): frozenset({"main", "backup"}),
    ("professional", "read_item"): frozenset({"recipient"}),
    ("professional", "answer_item"): frozenset({"recipient"}),
    ("professional", "close_item"): frozenset({"recipient"}),
    # A confidant reads and answers what a youngster sent to them ("it is about my professional").
    ("confidant", "read_item"): frozenset({"recipient"}),
    ("confidant", "answer_item"): frozenset({"recipient"}),
    ("confidant", "close_item"): frozenset({"recipient"}),
    # So does a coordinator where no confidant is named; never anything else a youngster sent.
    ("coordinator", "read_item"): frozenset({"recipient"}),
    ("coordinator", "answer_item"): frozenset({"recipient"}),
    ("coordinator", "close_item"): frozenset({"recipient"}),
    ("professional", "see_meeting_list"): frozenset({"leads_group"}),
    ("professional", "change_meeting"): frozenset({"leads_group"}),
    ("professional", "note_attendance"): frozenset({"leads_group"}),
    ("professional", "observe"): frozenset({"main", "backup"}),
    ("coordinator", "change_meeting"): frozenset({"organisation"}),
    ("professional", "see_digest"): frozenset({"self"}),
    # What a colleague has of a youngster and left, by who looks after them too.
    ("professional", "take_over"): frozenset({"main", "backup", "cover"}),
    ("professional", "set_quiet"): frozenset({"leads_group"}),
    ("coordinator", "see_staff"): frozenset({"organisation"}),
    # Numbers about the own organisation, never a word or name of a youngster.
    ("coordinator", "see_overview"): frozenset({"organisation"}),
    # Who leads a group, who reads for whom, and that a group ends: for the coordinator of its organisation.
    ("coordinator", "change_team"): frozenset({"organisation"}),
    ("coordinator", "close_group"): frozenset({"organisation"}),
    # Where and when groups meet, how many they hold: of the coordinator's own organisation.
    ("coordinator", "change_places"): frozenset({"organisation"}),
    ("operator", "close_group"): frozenset({"organisation"}),
    ("professional", "see_sign_up"): frozenset({"leads_group"}),
    ("coordinator", "see_sign_up"): frozenset({"organisation"}),
    ("professional", "handle_sign_up"): frozenset({"leads_group"}),
    ("coordinator", "handle_sign_up"): frozenset({"organisation"}),
    ("professional", "make_poster"): frozenset({"leads_group"}),
    ("coordinator", "make_poster"): frozenset({"organisation"}),
    ("operator", "make_poster"): frozenset({"organisation"}),
    ("professional", "see_waiting"): frozenset({"leads_group"}),
    # A person gives a place, and it is who looks after the youngster.
    ("professional", "give_place"): frozenset({"main", "backup"}),
    ("professional", "screen"): frozenset({"main", "backup"}),
    ("professional", "move_group"): frozenset({"main", "backup"}),
    ("professional", "see_phase"): frozenset({"main", "backup"}),
    ("coordinator", "see_phase"): frozenset({"organisation"}),
    ("professional", "move_phase"): frozenset({"main", "backup"}),
    ("professional", "rate_readiness"): frozenset({"main", "backup"}),
    # Only for who has no account: what they typed themselves never comes to a professional by this way.
    ("professional", "assist"): frozenset({"main", "backup"}),
    ("professional", "assist_rights"): frozenset({"main", "backup"}),
    ("coordinator", "move_phase"): frozenset({"organisation"}),
    ("professional", "acknowledge_alert"): frozenset({"recipient", "main", "backup", "on_duty"}),
    ("coordinator", "acknowledge_alert"): frozenset({"recipient", "on_duty"}),
    ("confidant", "acknowledge_alert"): frozenset({"recipient", "on_duty"}),
    ("professional", "read_alert"): frozenset({"recipient"}),
    ("coordinator", "read_alert"): frozenset({"recipient"}),
    ("confidant", "read_alert"): frozenset({"recipient"}),
    ("professional", "handle_alert"): frozenset({"recipient"}),
    ("coordinator", "handle_alert"): frozenset({"recipient"}),
    ("confidant", "handle_alert"): frozenset({"recipient"}),
    # The second reader judges how it was handled; who handled it is refused by a rule of its own.
    ("professional", "second_read"): frozenset({"main", "backup"}),
    ("coordinator", "second_read"): frozenset({"organisation"}),
    ("coordinator", "see_alerts"): frozenset({"organisation"}),
    ("professional", "fill_card"): frozenset({"main", "backup"}),
    ("coordinator", "fill_card"): frozenset({"organisation"}),
    ("professional", "open_card"): frozenset({"recipient"}),
    ("coordinator", "open_card"): frozenset({"recipient"}),
    ("confidant", "open_card"): frozenset({"recipient"}),
    ("professional", "halt"): frozenset({"main", "backup"}),
    ("coordinator", "halt"): frozenset({"organisation"}),
    ("professional", "lift_halt"): frozenset({"main", "backup"}),
    ("coordinator", "lift_halt"): frozenset({"organisation"}),
    ("coordinator", "drill"): frozenset({"organisation"}),
    ("operator", "drill"): frozenset({"organisation"}),
    ("coordinator", "change_duty"): frozenset({"organisation"}),
    ("operator", "change_duty"): frozenset({"organisation"}),
    ("professional", "mark_absent"): frozenset({"self"}),
    ("coordinator", "mark_absent"): frozenset({"self", "organisation"}),
    ("confidant", "mark_absent"): frozenset({"self"}),
    ("coordinator", "reset_code"): frozenset({"organisation"}),
    ("operator", "reset_code"): frozenset({"organisation"}),
    **{(role, "revoke_account"): frozenset({"self"}) for role in _ALONE},
    ("professional", "revoke_account"): frozenset({"self", "main", "backup"}),
    ("coordinator", "revoke_account"): frozenset({"self", "organisation"}),
    ("operator", "revoke_account"): frozenset({"organisation"}),
    ("professional", "relink_account"): frozenset({"main", "backup"}),
    ("coordinator", "relink_account"): frozenset({"organisation"}),
    ("operator", "relink_account"): frozenset({"organisation"}),
    ("professional", "note_guardian"): frozenset({"main", "backup"}),
    ("confidant", "inspect"): frozenset({"organisation"}),
    ("dpo", "see_audit"): frozenset({"organisation"}),
    ("operator", "see_audit"): frozenset({"organisation"}),
    ("operator", "seed"): frozenset({"organisation"}),
    ("operator", "restore"): frozenset({"organisation"}),
    ("operator", "commission"): frozenset({"organisation"}),
    ("operator", "rotate_keys"): frozenset({"organisation"}),
    ("admin", "edit_content"): frozenset({"organisation"}),
    ("operator", "edit_content"): frozenset({"organisation"}),
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
