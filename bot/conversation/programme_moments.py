"""Due moments of the programme: around an evening, the waiting list, growing up, the end. One function a kind."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation import (
    adapted_moments,
    adapted_news,
    afterwards,
    attending,
    breaks,
    farewell,
    given_pause,
    growing_up,
    halting,
    holiday_told,
    holidays,
    place_moved,
    preparing,
    ready,
    scary,
    sign_of_life,
    talk_answers,
    talk_moments,
    telling,
    trial,
    waiting_list,
)
from bot.conversation.turn import Turn
from bot.conversation.youth_moments import begin, dosed, out_of_quiet
from bot.storage import closings, due, duty, meetings
from bot.storage.due import Due
from bot.storage.people import Person

Moment = Callable[[Turn, Person, Due], str]
"""What became of it, as in ``moments``."""


def ask_who_came(turn: Turn, _person: Person, one: Due) -> str:
    """Who was there, a quarter of an hour after the evening. What was asked for before it is over then."""
    scary.let_go(turn, meetings.load(turn.conn, one.subject["meeting"]))
    return attending.ask(turn, one)


def around_trial(turn: Turn, person: Person, one: Due) -> str:
    """The briefing of an accepted trial and the question after it: asked for, so the cap does not hold them."""
    why = trial.not_now(turn, person, one)
    if why is not None:
        return why
    script = "trial_briefing" if one.kind == trial.BRIEFING else "trial_after"
    done = out_of_quiet(turn, person, one) or begin(turn, person, script, one)
    if one.kind == trial.DAY_AFTER and done in (due.SENT, "not_reachable"):
        trial.ask_staff(turn, person, one.subject["meeting"], "after")
    return done


def wait(turn: Turn, person: Person, one: Due) -> str:
    """The sign of life on the waiting list; who has no account hears it from a person."""
    place = sign_of_life.still_waits(turn, one)
    if place is None:
        return "over"
    if waiting_list.for_staff(turn, person, place):
        return due.SENT
    done = dosed(turn, person, "waiting_list", one)
    if done == due.SENT:
        sign_of_life.promised(turn, place)
    return done


def leave(turn: Turn, person: Person, one: Due) -> str:
    """The goodbye, the questions afterwards, and what is said a week before the erasure."""
    found = farewell.current(turn, person, one)
    if found is None:
        return "over"
    if one.kind != afterwards.GOODBYE and closings.organisation_is_closed(
        turn.conn, duty.organisation_of(turn.conn, person)
    ):
        return "organisation_closed"
    if one.kind == afterwards.ASKS:
        return dosed(turn, person, "aftercare", one)
    moved_on = out_of_quiet(turn, person, one)
    if moved_on is not None:
        return moved_on
    if one.kind == afterwards.GOODBYE:
        farewell.said_goodbye(turn, person, found)
    elif one.kind == afterwards.ANNOUNCES:
        afterwards.said(turn, found)
    return begin(turn, person, one.kind, one)


def ask_readiness(turn: Turn, person: Person, one: Due) -> str:
    """The short list of self-reliance, when it is not over yet."""
    return "over" if ready.is_over(turn, person) else dosed(turn, person, "readiness", one)


def tell_place(turn: Turn, person: Person, one: Due) -> str:
    """That the group meets somewhere else, outside quiet hours."""
    return out_of_quiet(turn, person, one) or place_moved.tell(turn, person, one)


def tell_holiday(turn: Turn, person: Person, one: Due) -> str:
    """When the own professional is away and who reads then; outside quiet hours."""
    return out_of_quiet(turn, person, one) or holiday_told.tell(turn, person, one)


def tell_age(turn: Turn, person: Person, one: Due) -> str:
    """What changes at 16, 18 and 26; outside quiet hours."""
    if growing_up.is_over(turn, person):
        return "over"
    return out_of_quiet(turn, person, one) or begin(turn, person, "age_told", one)


OF_STAFF: dict[str, Moment] = {
    telling.UNOPENED: telling.call,
    preparing.KIND: preparing.ask,
    attending.KIND: ask_who_came,
    halting.DIED: halting.ended,
    holidays.ASKS: holidays.ask,
    holidays.TURNS: holidays.turns,
}

WHATEVER_THEIR_STATE: dict[str, Moment] = {
    afterwards.TERM: farewell.erase,
    ready.FOR_STAFF: ready.ask_staff,
    adapted_moments.FOR_STAFF: adapted_moments.ask_staff,
    breaks.KIND: breaks.ask,
    growing_up.PREPARE: growing_up.prepare,
    growing_up.MOVE: growing_up.move,
    growing_up.OWN_ACCOUNT: growing_up.offer_account,
    sign_of_life.KIND: wait,
}
"""Steps about a youngster that a person or the calendar takes, also when the youngster stopped."""

OF_YOUTH: dict[str, Moment] = {
    **dict.fromkeys(trial.KINDS, around_trial),
    **dict.fromkeys(afterwards.KINDS, leave),
    **dict.fromkeys(telling.TOLD, telling.tell),
    ready.KIND: ask_readiness,
    growing_up.TOLD: tell_age,
    holiday_told.KIND: tell_holiday,
    adapted_news.TOLD: adapted_moments.tell,
    talk_answers.PLANNED: talk_moments.tell,
    talk_answers.SOON: talk_moments.remind,
    talk_answers.OFF: talk_moments.tell_off,
    place_moved.KIND: tell_place,
    given_pause.KIND: given_pause.tell,
    talk_answers.WISHED: talk_moments.answer,
}
