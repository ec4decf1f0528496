"""From the rows a dialog is about to what they hold, for facts and actions alike."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.turn import Turn
from bot.storage import adaptations, challenges, duty, holidays, items, meetings, people, withdrawals
from bot.storage.challenges import Attempt, Given
from bot.storage.items import Item
from bot.storage.meetings import Meeting
from bot.storage.people import Person
from challenge_catalog.model import Challenge, Step
from dialogs.state import State


def given(turn: Turn, youth_id: int) -> Given | None:
    """The challenge the youngster has now."""
    return challenges.current(turn.conn, youth_id)


def challenge_text(turn: Turn, one: Given, language: str) -> Challenge:
    """The challenge as it was when it was given, with the steps that a professional adapted for this youngster.

    Words made on another text are left out: nobody reads some of both. A story of the catalog is about its own step.
    """
    text = turn.world.library.challenge(one.key, language, one.revision, turn.conn)
    own = {it.step: it for it in adaptations.standing(turn.conn, one.id) if it.revision == one.revision}
    if not own:
        return text
    steps = (
        replace(step, title=str(own[step.key].title), do=str(own[step.key].do), story=None)
        if step.key in own
        else step
        for step in text.steps
    )
    return replace(text, steps=tuple(steps))


def ladder(turn: Turn, one: Given, language: str) -> tuple[Step, ...]:
    """The steps that are offered, from light to exciting: a step that was withdrawn is not."""
    gone = withdrawals.steps(turn.conn, one.revision)
    return tuple(step for step in challenge_text(turn, one, language).steps if step.key not in gone)


def attempt(turn: Turn, person: Person, state: State) -> Attempt | None:
    """The attempt the dialog is about, else the one that is planned."""
    number = state.subject.get("attempt")
    if number is not None:
        return challenges.load_attempt(turn.conn, number)
    return challenges.planned(turn.conn, person.id)


def step(turn: Turn, person: Person, state: State) -> Step | None:
    """The text of the step the dialog is about: that of the attempt while it is planned, else the one chosen now."""
    one = attempt(turn, person, state)
    chosen = None if one is not None and one.state == "planned" else given(turn, person.id)
    held = challenges.load(turn.conn, one.challenge_id) if one else chosen
    key = chosen.step if chosen else (one.step if one else None)
    if held is None or key is None:
        return None
    return challenge_text(turn, held, person.language).step(key)


def meeting(turn: Turn, person: Person, state: State) -> Meeting | None:
    """The evening the dialog is about, else the next one of the own group."""
    number = state.subject.get("meeting")
    if number is not None:
        return meetings.load(turn.conn, number)
    return meetings.upcoming(turn.conn, person.group_id, turn.now) if person.group_id else None


def item(turn: Turn, state: State) -> Item:
    """The item the dialog is about."""
    return items.load(turn.conn, state.subject["item"])


def youth(turn: Turn, state: State) -> Person:
    """The youngster a staff dialog is about."""
    return people.load(turn.conn, state.subject["youth"])


def main_of(turn: Turn, youth_id: int) -> Person | None:
    """The professional who looks after a youngster."""
    number = people.looked_after_by(turn.conn, youth_id).get("main")
    return people.load(turn.conn, number) if number else None


def backup_of(turn: Turn, youth_id: int) -> Person | None:
    """The colleague who stands in."""
    number = people.looked_after_by(turn.conn, youth_id).get("backup")
    return people.load(turn.conn, number) if number else None


def named(turn: Turn, state: State) -> Person | None:
    """Who reads it by the question that stands open; none when it named nobody yet."""
    number = state.subject.get("reader")
    return people.load(turn.conn, number) if number else None


def is_another(state: State, reader: Person) -> bool:
    """Whether *reader* is somebody else than the question named."""
    return state.subject.get("reader") not in (None, reader.id)


def listener(turn: Turn, youth_id: int) -> Person | None:
    """Who reads what a youngster sends now: the own professional, else the colleague; none when neither is there."""
    return next(iter(reachable(turn, youth_id)), None)


def reader_now(turn: Turn, youth_id: int) -> int | None:
    """The number of who reads it, for a draft whose preview names them; the own professional when nobody is there."""
    one = listener(turn, youth_id) or main_of(turn, youth_id)
    return one.id if one else None


def reachable(turn: Turn, youth_id: int) -> list[Person]:
    """Who looks after a youngster and can get a message now: main first, then backup; nobody who is away.

    Each is followed by the colleague who stands in for them in a holiday.

    Of whom nothing was heard for ninety days comes last: a neutral message that waits there for the owner of the
    account is better than none (PRODUCT row 25), and somebody who surely reads is better than that.
    """
    asked = []
    for own in (main_of(turn, youth_id), backup_of(turn, youth_id)):
        if own is not None:
            standing = holidays.stands_in(turn.conn, own.id, turn.now)
            asked += [own] if standing is None else [own, people.load(turn.conn, standing)]
    found = list({one.id: one for one in asked}.values())
    there = [one for one in found if duty.reachable(turn.conn, one.id, turn.now)]
    return sorted(there, key=lambda one: _is_doubted(turn, one))


def _is_doubted(turn: Turn, one: Person) -> bool:
    account = people.account_of(turn.conn, one.id)
    return account is None or account.state == people.UNCONFIRMED
