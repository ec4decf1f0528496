"""The gate: may this youngster begin here now? Refusing is kind to them, and tells the adults what is missing."""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import Connection

from bot.care import commissioning
from bot.care.commissioning import Basis, Condition, Lack, Lapse
from bot.conversation import news, strangers
from bot.conversation.passing import UNPINNED
from bot.conversation.shelf import Shelf
from bot.conversation.turn import Turn
from bot.storage import cards, chats, commissionings, copies, duty, organisations, people
from bot.storage.people import Account, Person


def basis(conn: Connection, shelf: Shelf, minimum_age: int) -> Basis:
    """What a commissioning record would be about now."""
    decided = [
        (key, decision.on_call, decision.decided_by)
        for number, key, _ in organisations.every(conn)
        for decision in [duty.decision(conn, number)]
    ]
    duty_hash = hashlib.sha256(json.dumps(sorted(decided)).encode()).hexdigest()
    return Basis(shelf.fingerprint(UNPINNED), duty_hash, minimum_age)


def lapses(conn: Connection, shelf: Shelf, minimum_age: int) -> tuple[Lapse, ...]:
    """Why the installation is not commissioned; empty when it is."""
    last = commissionings.latest(conn)
    record = Basis(last.care_hash, last.duty_hash, last.minimum_age) if last else None
    withdrawn = last is not None and last.withdrawn_at is not None
    return commissioning.lapses(record, basis(conn, shelf, minimum_age), withdrawn=withdrawn)


def lacking(turn: Turn, youth: Person) -> tuple[Lack, ...]:
    """What keeps a real youngster from beginning; empty for a practice account, and away from real Telegram."""
    settings = turn.world.settings
    if youth.practice or not settings.real:
        return ()
    helpers = people.looked_after_by(turn.conn, youth.id)
    return commissioning.lacking(
        _condition(
            turn,
            duty.organisation_of(turn.conn, youth),
            main_can_be_reached=_reached(turn, helpers.get("main")),
            backup_can_be_reached=_reached(turn, helpers.get("backup")),
            has_card=cards.has(turn.conn, youth.id),
        )
    )


def standing(turn: Turn, organisation_id: int) -> tuple[Lack, ...]:
    """What keeps everybody of an organisation from beginning."""
    return commissioning.lacking(_condition(turn, organisation_id))


def refuse(turn: Turn, account: Account, youth: Person, lacks: tuple[Lack, ...]) -> str:
    """Say so kindly; the professional and the coordinators hear what is missing. The link stays good."""
    strangers.say(turn, account, "practice_only")
    turn.alarm("not_admitted", "+".join(lacks))
    about = {"news": news.NOT_ADMITTED, "lacks": commissioning.mask(lacks), "youth": youth.id}
    helpers = [
        people.load(turn.conn, number) for number in people.looked_after_by(turn.conn, youth.id).values()
    ]
    news.tell(turn, helpers, about, f"not_admitted:{youth.id}:{turn.today}")
    organisation_id = duty.organisation_of(turn.conn, youth)
    if organisation_id is not None:
        coordinators = duty.staff(turn.conn, organisation_id, ("coordinator",))
        without_name = {"news": news.NOT_ADMITTED, "lacks": commissioning.mask(lacks)}
        news.tell(turn, coordinators, without_name, f"not_admitted:{turn.today}")
    return "not_admitted"


def _condition(
    turn: Turn,
    organisation_id: int | None,
    *,
    main_can_be_reached: bool = True,
    backup_can_be_reached: bool = True,
    has_card: bool = True,
) -> Condition:
    world, conn, now = turn.world, turn.conn, turn.now
    lines = world.library.helplines(world.settings.language)
    on_call = duty.decision(conn, organisation_id).on_call == "roster"
    covered = duty.covered_until(conn, organisation_id, now) if organisation_id is not None else now
    return Condition(
        commissioned=not lapses(conn, world.library, world.settings.minimum_age),
        helplines_are_fresh=not commissioning.unchecked(lines, turn.today),
        copy_is_fresh=commissioning.copy_is_fresh(copies.last(conn), now),
        duty_is_covered=commissioning.duty_is_covered(on_call=on_call, covered_until=covered, now=now),
        main_can_be_reached=main_can_be_reached,
        backup_can_be_reached=backup_can_be_reached,
        has_card=has_card,
        alarm_rings=world.settings.rings or not on_call,
    )


def _reached(turn: Turn, person_id: int | None) -> bool:
    return person_id is not None and chats.can_be_reached(turn.conn, person_id)
