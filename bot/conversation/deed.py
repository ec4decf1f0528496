"""What an action works with, and what it hands back to the dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.authorize import Relation, Target
from bot.conversation.turn import Turn
from bot.storage import people
from bot.storage.items import Item
from bot.storage.people import Person
from bot.storage.sessions import Session
from dialogs.state import Answer
from dialogs.words import Words


@dataclass(frozen=True, slots=True)
class Deed:
    """An action asked for by *person* in *session*."""

    turn: Turn
    person: Person
    session: Session

    def answer(self, field_name: str) -> Answer:
        """What was answered, or none."""
        return self.session.state.answers.get(field_name)

    def number(self, field_name: str) -> int | None:
        """An answer on a scale."""
        value = self.answer(field_name)
        return value if isinstance(value, int) else None

    def words(self, field_name: str) -> str | None:
        """What was typed, or the label of what was tapped instead."""
        value = self.answer(field_name)
        if isinstance(value, Words):
            return str(value)
        return self.session.state.labels.get(field_name, value) if isinstance(value, str) else None

    def row(self, name: str) -> int:
        """The number of the *name* row the dialog is about."""
        return self.session.state.subject[name]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The declared *result*, and rows the dialog is about from now on."""

    result: str
    subject: Mapping[str, int] = field(default_factory=dict)


OK = Outcome("ok")
GONE = Outcome("gone")


def relation_to_youth(turn: Turn, actor: Person, youth_id: int) -> Relation:
    """How *actor* stands to a youngster."""
    if actor.id == youth_id:
        return "self"
    for kind, professional_id in people.looked_after_by(turn.conn, youth_id).items():
        if professional_id == actor.id:
            return "main" if kind == "main" else "backup"
    return "none"


def about_youth(turn: Turn, actor: Person, youth_id: int) -> Target:
    """A youngster as the object of an action."""
    return Target("person", youth_id, youth_id, relation_to_youth(turn, actor, youth_id))


def about_item(turn: Turn, actor: Person, one: Item) -> Target:
    """Something a youngster sent, as the object of an action."""
    sent_to = one.recipient_id == actor.id
    relation: Relation = "recipient" if sent_to else relation_to_youth(turn, actor, one.youth_id)
    return Target("item", one.id, one.youth_id, relation)


def about_group(turn: Turn, actor: Person, group_id: int) -> Target:
    """A group as the object of an action."""
    leads = any(number == group_id for number, _ in people.groups_of(turn.conn, actor.id))
    return Target("group", group_id, None, "leads_group" if leads else "none")
