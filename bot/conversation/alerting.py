"""Alerts: who is told that a youngster may be in danger, and what the youngster hears about that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from bot.conversation import alert_chain, roster
from bot.conversation.roster import DRILL, Reading, When
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.storage import alerts, duty, items, journal, outbox, people, sessions
from bot.storage.alerts import About, Level
from bot.storage.people import ASSISTED, Person
from dialogs.text import Span

__all__ = [
    "About",
    "Level",
    "Raised",
    "When",
    "add_words",
    "heighten",
    "lower",
    "raise_alert",
    "raise_drill",
    "reroute",
    "would_get",
]


@dataclass(frozen=True, slots=True)
class Raised:
    """What the youngster may be told: who holds the alert, and when that person reads it.

    *when*: ``now``; ``later`` (see *reads_from*); ``nobody`` can be reached. *item_id* is none when nothing is kept.
    """

    item_id: int | None
    holder: Person | None
    when: When
    reads_from: datetime | None


def raise_alert(
    turn: Turn,
    youth: Person,
    *,
    level: Level,
    kind: str,
    words: str,
    explicit: bool = False,
    quoted: bool = False,
    about: About = "self",
    why: tuple[str, ...] = (),
    excluded: int | None = None,
    also_excluded: frozenset[int] = frozenset(),
) -> Raised:
    """Raise an alert about *youth*. The persons *excluded* and *also_excluded* never get, see or open it.

    What is *about* staff passes the main professional by. Level p3 is status only: *words* are not kept.
    """
    if youth.state not in ("active", ASSISTED) and youth.began_at is None:
        turn.alarm("danger_before_consent")
        return Raised(None, None, "nobody", None)
    shut_out = _excluded(turn, youth, about, excluded) | also_excluded
    values = {"explicit": explicit, "quoted": quoted, "why": ",".join(why), "drill": youth.practice}
    item_id = _store(
        turn, youth, level, kind, "" if level == "p3" else words, shut_out, about=about, **values
    )
    if not shut_out:
        # The journal is what every professional of the youngster sees: it may not tell who is passed by.
        journal.add(turn.conn, youth.id, "alert", turn.now, None, item_id)
    turn.note(youth, "raise_alert", "alert", item_id, youth.id)
    return _raised(turn, item_id, alert_chain.begin(turn, item_id))


def would_get(
    turn: Turn, youth: Person, level: Level, excluded: int | None = None, about: About = "self"
) -> Raised:
    """Who would hold an alert raised now, and when they would read it; nothing is done."""
    found = roster.reading(
        turn,
        youth,
        level,
        about_staff=about == "staff",
        excluded=_excluded(turn, youth, about, excluded),
    )
    return _raised(turn, None, found)


def reroute(turn: Turn, item_id: int, excluded: int) -> Raised:
    """Take an alert away from *excluded*, for good, and give it to the next who may have it."""
    one = alerts.load(turn.conn, item_id)
    alerts.exclude(turn.conn, item_id, excluded)
    journal.remove(turn.conn, "alert", item_id)
    _take_back(turn, item_id, people.load(turn.conn, excluded))
    turn.note(people.load(turn.conn, one.youth_id), "reroute_alert", "alert", item_id, one.youth_id)
    held = items.load(turn.conn, item_id).recipient_id
    if one.state in alerts.RUNNING and held != excluded and one.acknowledged_by != excluded:
        return _raised(turn, item_id, alert_chain.reading_of(turn, alerts.load(turn.conn, item_id)), held)
    return _raised(turn, item_id, alert_chain.release(turn, alerts.load(turn.conn, item_id), "rerouted"))


def add_words(turn: Turn, item_id: int, words: str) -> None:
    """Add what was typed next to what the recipient reads; who read before, or handled it, is called again."""
    one = alerts.load(turn.conn, item_id)
    items.append(turn.conn, items.load(turn.conn, item_id), words)
    steps = [step.what for step in alerts.steps(turn.conn, item_id) if step.what in ("words", "words_read")]
    alerts.note(turn.conn, item_id, "words", None, turn.now)
    if one.state == "handled":
        alerts.change(turn.conn, item_id, outcome=None, handled_by=None, handled_at=None, reader_id=None)
        alert_chain.release(turn, one, "reopened")
    elif one.acknowledged_by is not None and steps[-1:] == ["words_read"]:
        alert_chain.remind(turn, one, one.acknowledged_by)


def lower(turn: Turn, item_id: int, level: Literal["p3"]) -> None:
    """The youngster says it was meant otherwise: what remains is a wish for contact on the next working day."""
    one = alerts.load(turn.conn, item_id)
    if one.state == "handled":
        return
    alerts.change(turn.conn, item_id, level=level)
    items.change(turn.conn, item_id, level=level)
    alerts.note(turn.conn, item_id, "lowered", one.youth_id, turn.now)


def heighten(turn: Turn, item_id: int) -> Raised | None:
    """In danger now, after something weaker was sent: the same alert becomes level p1 and its chain begins anew.

    None when it is p1 already, or handled.
    """
    one = alerts.load(turn.conn, item_id)
    if one.level == "p1" or one.state not in alerts.RUNNING:
        return None
    alerts.change(turn.conn, item_id, level="p1")
    items.change(turn.conn, item_id, level="p1")
    youth = people.load(turn.conn, one.youth_id)
    turn.note(youth, "raise_alert", "alert", item_id, youth.id)
    fresh = alerts.load(turn.conn, item_id)
    return _raised(turn, item_id, alert_chain.release(turn, fresh, "heightened"))


def raise_drill(turn: Turn, organisation_id: int) -> Raised:
    """An exercise of the chain: an alert of level p1 about a made-up youngster, marked as such, in no figure.

    Goes to the people who would get a real one from the first group of the organisation. ``ValueError`` when it has
    no group.
    """
    youth = people.load(turn.conn, _made_up(turn, organisation_id))
    item_id = _store(turn, youth, "p1", DRILL, "", frozenset(), drill=True)
    turn.note(youth, "raise_alert", "alert", item_id, youth.id)
    return _raised(turn, item_id, alert_chain.begin(turn, item_id))


def _store(
    turn: Turn, youth: Person, level: Level, kind: str, words: str, excluded: Iterable[int], **values: Any
) -> int:
    conn, now = turn.conn, turn.now
    item_id = items.add(conn, youth.id, "alert", now, words, level=level, state="sent", sent_at=now)
    organisation = duty.organisation_of(conn, youth)
    alerts.add(conn, item_id, youth.id, now, level=level, kind=kind, organisation_id=organisation, **values)
    for person_id in excluded:
        alerts.exclude(conn, item_id, person_id)
    alerts.note(conn, item_id, "raised", None, now)
    return item_id


def _excluded(turn: Turn, youth: Person, about: About, excluded: int | None) -> frozenset[int]:
    if excluded is not None:
        return frozenset({excluded})
    main = people.looked_after_by(turn.conn, youth.id).get("main") if about == "staff" else None
    return frozenset({main} if main is not None else ())


def _raised(turn: Turn, item_id: int | None, found: Reading, holder: int | None = None) -> Raised:
    number = holder or found.holder
    person = people.load(turn.conn, number) if number is not None else None
    return Raised(item_id, person, found.when, found.reads_from)


def _take_back(turn: Turn, item_id: int, person: Person) -> None:
    """The alert disappears from somebody's chat, opened or not."""
    account = people.account_of(turn.conn, person.id)
    for one in sessions.open_of(turn.conn, person.id):
        if account is None or one.state.subject.get("item") != item_id:
            continue
        sessions.save(turn.conn, replace(one, status="ended"), turn.now)
        if one.message_id is None or outbox.cancel(turn.conn, one.message_id, "taken_back", turn.now):
            continue
        gone = Message((Span(turn.phrase("wiped", person)),), do="edit")
        turn.send(person.id, account, gone, Opening(Lane.TIDY, Promise.IDEMPOTENT), edits=one.message_id)


def _made_up(turn: Turn, organisation_id: int) -> int:
    known = people.by_key(turn.conn, f"{DRILL}-{organisation_id}")
    group_id = duty.first_group(turn.conn, organisation_id)
    if group_id is None:
        raise ValueError("an organisation without a group has nobody to drill with")
    return known.id if known else _add_made_up(turn, organisation_id, group_id)


def _add_made_up(turn: Turn, organisation_id: int, group_id: int) -> int:
    values = {
        "role": "youth",
        "key": f"{DRILL}-{organisation_id}",
        "group_id": group_id,
        "practice": True,
        "state": DRILL,
        "language": turn.world.settings.language,
    }
    return people.add(turn.conn, turn.phrase("drill_name"), turn.now, values)
