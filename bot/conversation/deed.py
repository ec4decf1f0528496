"""What an action works with, and what it hands back to the dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.authorize import Relation, Target
from bot.conversation.turn import Turn
from bot.schedule.reading import is_working
from bot.storage import access, alerts, codes, holidays, meetings, people
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


def now_or_later(deed: Deed, rows: Mapping[str, int] | None = None) -> Outcome:
    """``now`` in working hours, when somebody may read it at once; ``later`` outside them."""
    settings = deed.turn.world.settings
    working = is_working(deed.turn.now, settings.working_hours, settings.zone)
    return Outcome("now" if working else "later", rows or {})


def code_is_open(deed: Deed) -> bool:
    """Whether the code was given less than a quarter of an hour ago: an old list opens nothing by itself."""
    known = codes.load(deed.turn.conn, deed.person.id)
    return known is not None and known.open_until is not None and known.open_until > deed.turn.now


def relation_to_youth(turn: Turn, actor: Person, youth_id: int) -> Relation:
    """How *actor* stands to a youngster."""
    if actor.id == youth_id:
        return "self"
    for kind, professional_id in people.looked_after_by(turn.conn, youth_id).items():
        if professional_id == actor.id:
            return "main" if kind == "main" else "backup"
    if actor.role == "professional" and holidays.reads_for(turn.conn, actor.id, youth_id, turn.now):
        return "cover"
    return _within(turn, actor, access.organisation_of(turn.conn, youth_id))


def about_youth(turn: Turn, actor: Person, youth_id: int) -> Target:
    """A youngster as the object of an action."""
    return Target("person", youth_id, youth_id, relation_to_youth(turn, actor, youth_id))


def about_staff(turn: Turn, actor: Person, staff_id: int) -> Target:
    """A colleague as the object of an action."""
    relation: Relation = (
        "self"
        if actor.id == staff_id
        else _within(turn, actor, people.load(turn.conn, staff_id).organisation_id)
    )
    return Target("person", staff_id, staff_id, relation)


def about_item(turn: Turn, actor: Person, one: Item) -> Target:
    """Something a youngster sent, or an alert, as the object of an action.

    Whoever the youngster shut out stays out, also when it was theirs before or they look after the youngster. An
    alert about staff is for those it was sent to, never for the youngster's own professional.
    """
    alert = alerts.find(turn.conn, one.id) if one.kind == "alert" else None
    relation: Relation
    if alert is not None and actor.id in alert.excluded:
        relation = "excluded"
    elif one.recipient_id == actor.id:
        relation = "recipient"
    elif alert is not None and alerts.got(turn.conn, one.id, actor.id):
        relation = "on_duty"
    else:
        relation = relation_to_youth(turn, actor, one.youth_id)
        if alert is not None and alert.about == "staff" and relation in ("main", "backup"):
            relation = "excluded"
    return Target("item", one.id, one.youth_id, relation)


def about_group(turn: Turn, actor: Person, group_id: int) -> Target:
    """A group as the object of an action: they lead it, or it is of the organisation they work for."""
    leads = any(number == group_id for number, _ in people.groups_of(turn.conn, actor.id))
    if leads and actor.role != "coordinator":
        return Target("group", group_id, None, "leads_group")
    return Target(
        "group", group_id, None, _within(turn, actor, meetings.organisation_of_group(turn.conn, group_id))
    )


def about_organisation(turn: Turn, actor: Person, organisation_id: int | None) -> Target:
    """An organisation as the object of an action: its roster, its staff, its alarms."""
    return Target("organisation", organisation_id, None, _within(turn, actor, organisation_id))


def _within(turn: Turn, actor: Person, organisation_id: int | None) -> Relation:
    """*organisation* for what belongs to the organisation the actor works for; youngsters work for none."""
    own = actor.organisation_id if actor.role != "youth" else None
    return "organisation" if own is not None and own == organisation_id else "none"
