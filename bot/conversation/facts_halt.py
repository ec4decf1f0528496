"""Facts about the worst day: emergency card, halt, roster, absence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from bot.conversation import away_at_once, closing_way, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import about_organisation, about_staff, about_youth
from bot.conversation.handle import named
from bot.schedule.local import to_utc
from bot.storage import cards, duty, halts, people
from dialogs.effects import Option
from dialogs.words import Words

DUTY_DAYS = 14
ROLES = ("professional", "coordinator")


def youth_has_card(ask: Asked) -> bool:
    number = ask.state.subject.get("youth")
    return number is not None and cards.has(ask.turn.conn, number)


def youth_halted(ask: Asked) -> bool:
    number = ask.state.subject.get("youth")
    return number is not None and halts.running(ask.turn.conn, number) is not None


def halt_told(ask: Asked) -> str:
    """Since when and why."""
    running = halts.running(ask.turn.conn, ask.row("youth"))
    if running is None:
        return ""
    day = wording.day(ask.turn, ask.person, running.halted_at)
    return ask.turn.phrase(f"halt_since_{running.reason}", ask.person, day=day)


def groups_with_room(ask: Asked) -> tuple[Option, ...]:
    """Where somebody could go whose own place is gone."""
    number = ask.state.subject.get("youth")
    group_id = people.load(ask.turn.conn, number).group_id if number else None
    target = about_youth(ask.turn, ask.person, number) if number else None
    if group_id is None or target is None or not ask.turn.may_see(ask.person, "lift_halt", target):
        return ()
    return tuple(
        Option(named(ask.turn, ask.person, "group", one.id), one.name)
        for one in closing_way.rooms(ask.turn, group_id)
    )


def youngsters_to_halt(ask: Asked) -> tuple[Option, ...]:
    """The youngsters of the own organisation, for a coordinator."""
    organisation = ask.person.organisation_id
    if organisation is None or ask.person.role != "coordinator":
        return ()
    return tuple(
        Option(named(ask.turn, ask.person, "halt", one.id), str(one.name))
        for one in duty.youngsters(ask.turn.conn, organisation)
        if one.state not in ("refused", "drill")
    )


def duty_roster(ask: Asked) -> Words:
    """Who is on call in the days to come, day by day; also the days on which nobody is."""
    turn, organisation = ask.turn, ask.person.organisation_id
    if organisation is None:
        return Words("")
    said = []
    for shift in range(7):
        noon = to_utc(turn.today + timedelta(days=shift), time(12), turn.world.settings.zone)
        names = [str(people.load(turn.conn, one).name) for one in duty.on_duty(turn.conn, organisation, noon)]
        line = ", ".join(names) or turn.phrase("duty_nobody", ask.person)
        said.append(f"{wording.day(turn, ask.person, noon)}: {line}")
    return Words("\n".join(said))


def duty_days(ask: Asked) -> tuple[Option, ...]:
    zone, today = ask.turn.world.settings.zone, ask.turn.today
    days = [today + timedelta(days=shift) for shift in range(DUTY_DAYS)]
    return tuple(
        Option(day.isoformat(), wording.day_label(ask.turn, ask.person, to_utc(day, time(12), zone)))
        for day in days
    )


def duty_people(ask: Asked) -> tuple[Option, ...]:
    return _colleagues(ask, "duty")


def duty_shifts(ask: Asked) -> tuple[Option, ...]:
    turn, organisation = ask.turn, ask.person.organisation_id
    if organisation is None:
        return ()
    ahead = duty.shifts(turn.conn, organisation, turn.now, turn.now + timedelta(days=DUTY_DAYS))
    return tuple(
        Option(
            named(turn, ask.person, "shift", one.id),
            f"{wording.day(turn, ask.person, one.begins_at)}: {people.load(turn.conn, one.person_id).name}",
        )
        for one in ahead
    )


def absent_people(ask: Asked) -> tuple[Option, ...]:
    return _colleagues(ask, "absent")


def reader_open(ask: Asked) -> bool:
    """Whether somebody who is away now has youngsters for whom it can be chosen who reads."""
    turn, chosen = ask.turn, ask.state.subject.get("staff") or ask.person.id
    if not turn.may_see(ask.person, "mark_absent", about_staff(turn, ask.person, chosen)):
        return False
    return away_at_once.open_for(turn, chosen) is not None


def away_now(ask: Asked) -> bool:
    """Whether the one this is noted for is away now: only then can they be back."""
    turn, chosen = ask.turn, ask.state.subject.get("staff") or ask.person.id
    if not turn.may_see(ask.person, "mark_absent", about_staff(turn, ask.person, chosen)):
        return False
    return duty.absent_until(turn.conn, chosen, turn.now) is not None


def absences(ask: Asked) -> Words:
    """Who is away now, and until when; for a professional only themself."""
    turn = ask.turn
    looked_at = _staff(ask) if ask.person.role == "coordinator" else [ask.person]
    said = []
    for one in looked_at:
        until = duty.absent_until(turn.conn, one.id, turn.now)
        if until is not None:
            moment = wording.day_and_clock(turn, ask.person, until)
            said.append(turn.phrase("absent_line", ask.person, who=one.name, until=moment))
    return Words("\n".join(said) or turn.phrase("absent_nobody", ask.person))


def _staff(ask: Asked) -> list[people.Person]:
    organisation = ask.person.organisation_id
    target = about_organisation(ask.turn, ask.person, organisation)
    if organisation is None or not ask.turn.may_see(ask.person, "see_staff", target):
        return []
    return duty.staff(ask.turn.conn, organisation, ROLES)


def _colleagues(ask: Asked, purpose: str) -> tuple[Option, ...]:
    return tuple(Option(named(ask.turn, ask.person, purpose, one.id), str(one.name)) for one in _staff(ask))


def _viewed(ask: Asked) -> cards.View:
    return cards.view(ask.turn.conn, ask.row("view"))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "youth_has_card": youth_has_card,
    "youth_halted": youth_halted,
    "youth_known": lambda ask: "youth" in ask.state.subject,
    "halt_told": halt_told,
    "halt_groups": groups_with_room,
    "halt_has_groups": lambda ask: bool(groups_with_room(ask)),
    "youngsters_to_halt": youngsters_to_halt,
    "duty_roster": duty_roster,
    "duty_days": duty_days,
    "duty_people": duty_people,
    "duty_shifts": duty_shifts,
    "has_shifts": lambda ask: bool(duty_shifts(ask)),
    "absences": absences,
    "absent_people": absent_people,
    "absent_reader_open": reader_open,
    "absent_now": away_now,
    "card_opened_by": lambda ask: people.load(ask.turn.conn, _viewed(ask).viewer_id).name,
    "card_opened_at": lambda ask: wording.day_and_clock(ask.turn, ask.person, _viewed(ask).at),
    "card_opened_why": lambda ask: ask.turn.phrase(f"card_why_{_viewed(ask).reason}", ask.person),
}
