"""What cannot be sent because somebody has no account: a list for the professional, who says it in person.

A moment that would have been a message becomes a line of the list. One neutral message a day says that there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from bot.conversation import (
    afterwards,
    assisted_steps,
    handle,
    holiday_told,
    news_of_evening,
    place_moved,
    relay,
    subject,
    telling,
    trial,
    usefulness,
    wording,
)
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.local import to_utc
from bot.storage import (
    attendance,
    challenges,
    changes,
    chats,
    due,
    errands,
    group_moves,
    halts,
    holidays,
    meetings,
    outflows,
    people,
    places,
    waiting,
)
from bot.storage.due import Due
from bot.storage.errands import Errand
from bot.storage.people import ASSISTED, Person
from dialogs.effects import Option
from dialogs.words import Words

NEWS = "errand_news"
OF_EVENING = frozenset({"meeting_48h", *trial.KINDS})
SAID = (
    OF_EVENING
    | telling.TOLD
    | {
        place_moved.KIND,
        "two_weekly",
        "follow_up",
        "age_told",
        "readiness",
        usefulness.HOLIDAY,
        *usefulness.ENDING,
    }
)
"""Kinds of moments that a person says in place of the bot."""
ONCE = frozenset({"meeting_3h"})
"""What would say the same again: one line for an evening is enough."""
MOST_SHOWN = 20


def take(turn: Turn, youth: Person, one: Due) -> str:
    """A moment of somebody without an account; what became of it in one word, as in ``moments``."""
    if one.kind in ONCE:
        return "said_once"
    if one.kind not in SAID:
        return "no_account"
    why = usefulness.why_not(turn, youth, one)
    if why is not None:
        return why
    about = one.subject
    if one.kind == usefulness.HOLIDAY:
        number = _holiday(turn, youth, one)
        if isinstance(number, str):
            return number
        about = {**about, usefulness.HOLIDAY: number}
    if one.kind == afterwards.ANNOUNCES and (ended := outflows.of_youth(turn.conn, youth.id)) is not None:
        afterwards.said(turn, ended)
    if one.kind == trial.DAY_AFTER:
        trial.ask_staff(turn, youth, one.subject["meeting"], "after")
    put(turn, youth, one.kind, one.occurrence, about, one)
    return due.SENT


def _holiday(turn: Turn, youth: Person, one: Due) -> int | str:
    """The number of the news to tell. What nobody told yet of the same holiday was never heard: this replaces it."""
    for earlier in errands.waiting(turn.conn, [youth.id]):
        if earlier.kind == one.kind and earlier.subject["absence"] == one.subject["absence"]:
            holidays.untold(turn.conn, earlier.subject[usefulness.HOLIDAY])
            errands.drop(turn.conn, earlier.id)
    return holiday_told.noted(turn, youth, one)


def put(
    turn: Turn,
    youth: Person,
    kind: str,
    occurrence: str,
    about: Mapping[str, int],
    one: Due | None = None,
) -> None:
    """Something to say to somebody without an account; nothing for who has one.

    Of who was halted nobody is asked to say anything: it waits until that is lifted.
    """
    if youth.state != ASSISTED:
        return
    until = one.not_after if one is not None else None
    put = errands.add(turn.conn, youth.id, kind, occurrence, about, turn.now, until)
    if put and halts.running(turn.conn, youth.id) is None:
        _tell(turn, youth, hurry=kind in telling.TOLD)


def _tell(turn: Turn, youth: Person, *, hurry: bool) -> None:
    """Who looks after them hears that there is something: once a day, and of a changed evening at once."""
    professional = subject.listener(turn, youth.id)
    if professional is None:
        turn.alarm("nobody_reads")
        return
    key = f"errands:{professional.id}:{turn.today}" + (f":{turn.now:%H%M%S}" if hurry else "")
    if chats.was_put(turn.conn, key):
        return
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=turn.now if hurry else relay.reading_moment(turn),
        silent=True,
        dedupe_key=key,
    )
    turn.begin(professional, NEWS, {}, opening)


# What the dialog asks for


def open_errands(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    turn, person = deed.turn, deed.person
    found = {youth.id for _, youth in _mine(turn, person)}
    for number in sorted(found):
        turn.note(person, "see_errands", "person", number, number)
    return Outcome("ok" if found else "none", {"errand": 0})


def tell_errand(deed: Deed) -> Outcome:
    """It was said in person; of a changed evening they count as having heard it."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    number = handle.meant(turn, person, "errand", deed.answer("errand"))
    one = errands.find(turn.conn, number) if number is not None else None
    if one is None or not turn.allowed(person, "assist", about_youth(turn, person, one.youth_id)):
        return GONE
    if halts.running(turn.conn, one.youth_id) is not None:
        return GONE
    if usefulness.why_not(turn, people.load(turn.conn, one.youth_id), one) is not None:
        return GONE
    if not errands.done(turn.conn, one.id, person.id, turn.now):
        return GONE
    made = telling.current(turn, one) if one.kind in telling.TOLD else None
    if made is not None:
        if one.youth_id not in changes.told(turn.conn, made, made.step):
            changes.note_told(turn.conn, made, made.step, one.youth_id, turn.now)
        changes.note_opened(turn.conn, made.what, made.id, made.step, one.youth_id, turn.now)
    return Outcome("ok", {"errand": one.id})


def untell_errand(deed: Deed) -> Outcome:
    """It was not said after all: of a changed evening they did not hear either."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    number = deed.session.state.subject.get("errand")
    one = errands.find(turn.conn, number) if number else None
    if one is None or not turn.allowed(person, "assist", about_youth(turn, person, one.youth_id)):
        return GONE
    if not errands.undone(turn.conn, one.id, person.id):
        return GONE
    made = telling.change_of(turn, one) if one.kind in telling.TOLD else None
    if made is not None and one.done_at is not None:
        changes.not_heard(turn.conn, made, one.youth_id, one.done_at)
    return Outcome("ok", {"errand": 0})


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_errands": open_errands,
    "tell_errand": tell_errand,
    "untell_errand": untell_errand,
}


# Facts


def _mine(turn: Turn, person: Person) -> list[tuple[Errand, Person]]:
    """What waits for the youngsters somebody looks after, as backup too; not what is of no use any more.

    Of who was halted nothing is said; when that is lifted it stands there again.
    """
    if person.role != "professional":
        return []
    halted = halts.halted(turn.conn)
    mine = people.youngsters_of(turn.conn, person.id, None)
    youngsters = {one.id: one for one in mine if one.id not in halted}
    found = [(one, youngsters[one.youth_id]) for one in errands.waiting(turn.conn, list(youngsters))]
    return [
        (one, youth)
        for one, youth in found
        if youth.state == ASSISTED and usefulness.why_not(turn, youth, one) is None
    ]


def _over(turn: Turn, one: Errand) -> bool:
    return one.not_after is not None and one.not_after <= turn.now


def said(turn: Turn, reader: Person, one: Errand, youth: Person) -> str:
    """One line: who, and what there is to say."""
    facts: dict[str, Any] = {"youth_name": youth.name}
    if one.kind in OF_EVENING:
        evening = meetings.load(turn.conn, one.subject["meeting"])
        facts["moment"] = wording.day_and_clock(turn, reader, evening.starts_at)
        facts["place"] = evening.place
        facts["there"] = youth.id in attendance.of_meeting(turn.conn, evening.id)
    elif one.kind in telling.TOLD:
        made = telling.current(turn, one)
        news = news_of_evening.decided(turn, made) if made is not None else None
        facts["news"] = news_of_evening.said(turn, reader, news) if news is not None else ""
    elif one.kind == place_moved.KIND:
        changed = places.find(turn.conn, one.subject["place_change"])
        facts["news"] = place_moved.words(turn, reader, changed, one.subject["group"]) if changed else ""
    elif one.kind == "follow_up":
        attempt = challenges.load_attempt(turn.conn, one.subject["attempt"])
        facts["step_title"] = assisted_steps.title_of(turn, youth, attempt, reader.language)
    elif one.kind == "group_moves":
        number = one.subject["move"]
        happened = group_moves.made(turn.conn, number)
        move = happened or group_moves.load(turn.conn, number)
        if move is None:
            return turn.phrase("errand_group_stays", reader, **facts)
        noon = to_utc(move.moves_on, time(12), turn.world.settings.zone)
        facts["day"] = wording.day(turn, reader, noon)
        facts["group"] = waiting.room(turn.conn, move.group_id).name
        if happened is not None:
            return turn.phrase("errand_group_moved", reader, **facts)
    elif one.kind == usefulness.HOLIDAY:
        facts |= holiday_told.words_for(turn, reader, one.subject)
    elif one.kind == "age_told":
        facts["age"] = one.subject["age"]
    line = turn.phrase(f"errand_{one.kind}", reader, **facts)
    return turn.phrase("errand_over", reader, line=line) if _over(turn, one) else line


def lines(ask: Asked) -> Words:
    """The numbered list; the numbers stand on the buttons."""
    turn, reader = ask.turn, ask.person
    found = _mine(turn, reader)
    shown = [
        f"{number}. {said(turn, reader, one, youth)}"
        for number, (one, youth) in enumerate(found[:MOST_SHOWN], start=1)
    ]
    if len(found) > MOST_SHOWN:
        shown.append(turn.phrase("errand_more", reader, count=len(found) - MOST_SHOWN))
    return Words("\n\n".join(shown))


def options(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(handle.steady(ask.turn, ask.person, "errand", one.id), f"{number}. {youth.name}")
        for number, (one, youth) in enumerate(_mine(ask.turn, ask.person)[:MOST_SHOWN], start=1)
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "has_errands": lambda ask: bool(_mine(ask.turn, ask.person)),
    "errand_count": lambda ask: len(_mine(ask.turn, ask.person)),
    "errand_lines": lines,
    "errand_options": options,
    "errand_told": lambda ask: bool(ask.state.subject.get("errand")),
}
