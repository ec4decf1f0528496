"""Numbers about the work of professionals, without a word or a name of a youngster: nothing sealed is opened here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.programme.caseload import Open
from bot.storage.admissions import DRILL
from bot.storage.items import WAITING
from bot.storage.people import STAFF
from bot.storage.schema_people import assignment, audit, person
from bot.storage.schema_talk import item

NOBODY = ("erased", DRILL, "made_up")
"""States of youngsters who are no work: erased, of a drill, and the one made up to practise with."""

_youth = person.alias("youth")


def mains(conn: Connection, organisation_id: int) -> list[int]:
    """Of every youngster of an organisation whose professional reads first: the number of that professional."""
    query = (
        select(assignment.c.professional_id)
        .join(_youth, _youth.c.id == assignment.c.youth_id)
        .join(person, person.c.id == assignment.c.professional_id)
        .where(
            person.c.organisation_id == organisation_id,
            assignment.c.kind == "main",
            assignment.c.until.is_(None),
            _youth.c.practice.is_(False),
            _youth.c.state.not_in(NOBODY),
        )
    )
    return list(conn.execute(query.order_by(assignment.c.youth_id)).scalars())


def waiting(conn: Connection, organisation_id: int) -> list[Open]:
    """What waits at the professionals of an organisation, oldest first.

    Alerts go their own way. What a youngster sent past the professionals, to a confidant or coordinator, is not
    counted either: a number would show that it is there.
    """
    since = func.coalesce(item.c.sent_at, item.c.created_at)
    query = (
        select(item.c.recipient_id, item.c.sent_at, item.c.created_at)
        .join(person, person.c.id == item.c.recipient_id)
        .join(_youth, _youth.c.id == item.c.youth_id)
        .where(
            person.c.organisation_id == organisation_id,
            person.c.role == "professional",
            item.c.state.in_(WAITING),
            item.c.kind != "alert",
            _youth.c.practice.is_(False),
            _youth.c.state.not_in(NOBODY),
        )
        .order_by(since, item.c.id)
    )
    return [Open(row.recipient_id, row.sent_at or row.created_at) for row in conn.execute(query)]


def noted(conn: Connection, organisation_id: int, since: datetime) -> dict[int, dict[str, int]]:
    """How often each of staff did what since a moment, from the audit trail: person to action to count."""
    query = (
        select(audit.c.actor_id, audit.c.action, func.count().label("number"))
        .join(person, person.c.id == audit.c.actor_id)
        .where(
            person.c.organisation_id == organisation_id,
            person.c.role.in_(STAFF),
            audit.c.outcome != "refused",
            audit.c.at > since,
        )
        .group_by(audit.c.actor_id, audit.c.action)
    )
    found: dict[int, dict[str, int]] = {}
    for row in conn.execute(query):
        found.setdefault(row.actor_id, {})[row.action] = row.number
    return found
