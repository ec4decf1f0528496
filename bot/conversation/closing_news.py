"""What youngsters and staff hear when their group closes, and when it does not after all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from bot.conversation import errands, quieting, relay, wording
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Message, Promise
from bot.schedule.local import to_utc
from bot.storage import (
    chats,
    closings,
    duty,
    halts,
    meetings,
    organisations,
    outbox,
    people,
    sessions,
    sign_ups,
)
from bot.storage.closings import Closing, Way
from bot.storage.people import Person
from bot.storage.sign_ups import SignUp
from dialogs.text import Span

TOLD, STAYS = "closing_told", "closing_undone"
"""Dialogs of youngsters."""
MOVED = "moved"
"""Subject: they knew of a later day."""
SAID_BEFORE = timedelta(days=14)
"""So long before the day staff hear who has not chosen, once a week."""


def can_be_told(turn: Turn, youth: Person) -> bool:
    """Whether a message reaches them; nobody who was halted is written to."""
    account = people.account_of(turn.conn, youth.id)
    there = youth.state == "active" and account is not None and account.state == "active"
    return there and halts.running(turn.conn, youth.id) is None


def tell(turn: Turn, youth: Person, one: Closing, *, moved: bool) -> None:
    """The day, that it is not because of them, and the ways to go on; *moved*: they knew of a later day."""
    about = {"closing": one.id, **({MOVED: 1} if moved else {})}
    _begin(turn, youth, TOLD, about, f"closing:{one.id}:{youth.id}:")


def stays(turn: Turn, youth: Person, one: Closing, way: Way) -> None:
    """Who had not heard of it hears nothing; the others that the group goes on."""
    if drop(turn, youth, one, way) and can_be_told(turn, youth):
        _begin(turn, youth, STAYS, {"closing": one.id}, f"closing_undone:{one.id}:{youth.id}:")


def drop(turn: Turn, youth: Person, one: Closing, way: Way) -> bool:
    """Nothing about it is open or waits to be sent any more; whether they had heard of it."""
    for open_one in sessions.open_of(turn.conn, youth.id):
        if open_one.script == TOLD:
            sessions.save(turn.conn, replace(open_one, status=sessions.ENDED), turn.now)
    dropped = outbox.cancel_keyed(turn.conn, f"closing:{one.id}:{youth.id}:", "undone", turn.now)
    outbox.cancel_keyed(turn.conn, f"closing_again:{one.id}:{youth.id}:", "undone", turn.now)
    return way.told_at is not None and not dropped


def does_not_come(turn: Turn, youth: Person, move_id: int) -> None:
    """Who was going to another group stays in their own. When that closes as well they are asked anew."""
    one = closings.of_group(turn.conn, youth.group_id) if youth.group_id is not None else None
    told = can_be_told(turn, youth)
    if one is not None and one.closed_at is None:
        if told and youth.id in closings.ways(turn.conn, one.id):
            _tell_again(turn, youth, one, move_id)
        return
    if told:
        _begin(turn, youth, "group_stays", {}, f"stays:{move_id}")
    errands.put(turn, youth, "group_stays", str(move_id), {"move": move_id})


def _tell_again(turn: Turn, youth: Person, one: Closing, move_id: int) -> None:
    """In place of the first message as long as that waits: then they have heard of nothing yet."""
    key = f"{one.id}:{youth.id}:"
    waits = outbox.cancel_keyed(turn.conn, f"closing:{key}", "again", turn.now)
    head = "closing" if waits else "closing_again"
    _begin(turn, youth, TOLD, {"closing": one.id}, f"{head}:{key}{move_id}")


def tell_leaders(turn: Turn, one: Closing, actor: Person | None, phrase: str) -> None:
    """Who leads the group hears it in working hours: how many youngsters are told, how many they have to call."""
    if one.group_id is None:
        return
    known = closings.ways(turn.conn, one.id).values()
    told = sum(way.told_at is not None for way in known)
    for leader in people.staff_of_group(turn.conn, one.group_id):
        if actor is not None and leader.id == actor.id:
            continue
        said = turn.phrase(
            phrase,
            leader,
            group=meetings.group_name(turn.conn, one.group_id),
            day=day_of(turn, leader, one.closes_on),
            staff_name=actor.name if actor is not None else turn.phrase("closing_by_shell", leader),
            told=told,
            untold=len(known) - told,
        )
        _put(turn, leader, said, f"{phrase}:{one.id}")


def tell_organisation(turn: Turn, one: Closing, actor: Person | None) -> None:
    """The coordinators and confidants of an organisation that closes."""
    for reader in duty.staff(turn.conn, one.organisation_id, ("coordinator", "confidant", "dpo")):
        if actor is None or reader.id != actor.id:
            day = day_of(turn, reader, one.closes_on)
            said = turn.phrase("closing_organisation", reader, host=_host(turn, one), day=day)
            _put(turn, reader, said, f"closing_organisation:{one.id}")


def say_undecided(turn: Turn, one: Closing, found: Sequence[Person]) -> None:
    """Somebody has no way to go on yet: their professionals and the coordinators hear how many, once a week."""
    if one.group_id is None or not found:
        return
    week = turn.today.isocalendar()
    readers = people.staff_of_group(turn.conn, one.group_id)
    readers += duty.staff(turn.conn, one.organisation_id, ("coordinator",))
    for reader in readers:
        said = turn.phrase(
            "closing_undecided",
            reader,
            group=meetings.group_name(turn.conn, one.group_id),
            day=day_of(turn, reader, one.closes_on),
            count=len(found),
            over=one.closes_on < turn.today,
        )
        _put(turn, reader, said, f"closing_open:{one.id}:{week.year}-{week.week}")


def say_sign_ups(turn: Turn, one: Closing) -> list[SignUp]:
    """What nobody took on of an organisation that closes: who can call them hear how many, once a week."""
    found = sign_ups.open_of(turn.conn, one.organisation_id)
    counts: dict[int, int] = {}
    for sign_up in found:
        coordinators = duty.numbers(turn.conn, one.organisation_id, "coordinator", practice=False)
        for number in dict.fromkeys([*sign_ups.leaders(turn.conn, sign_up), *coordinators]):
            counts[number] = counts.get(number, 0) + 1
    week = turn.today.isocalendar()
    for number, count in counts.items():
        reader = people.load(turn.conn, number)
        said = turn.phrase("closing_sign_ups", reader, host=_host(turn, one), count=count)
        _put(turn, reader, said, f"closing_sign_ups:{one.id}:{week.year}-{week.week}")
    return found


def _host(turn: Turn, one: Closing) -> str:
    return {number: said for number, _, said in organisations.every(turn.conn)}[one.organisation_id]


def day_of(turn: Turn, reader: Person, day: date) -> str:
    return wording.day(turn, reader, to_utc(day, time(12), turn.world.settings.zone))


def _begin(turn: Turn, youth: Person, script: str, about: dict[str, int], key: str) -> None:
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=quieting.free_moment(turn, youth, "answer", turn.now),
        dedupe_key=key,
    )
    turn.begin(youth, script, about, opening)


def _put(turn: Turn, one: Person, said: str, key: str) -> None:
    whole = f"{key}:{one.id}"
    if chats.was_put(turn.conn, whole):
        return
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=whole,
    )
    turn.tell(one, Message((Span(said),)), opening)
