"""Choosing a challenge in half a minute: three proposals with the reason in words, one tap, two minutes to undo.

What the reason rests on is what the professional may know: the causes, the fixed list, and figures that were sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, cast

from bot.authorize import Role, authorize
from bot.conversation import approving, first_talk, made_up, subject
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth
from bot.conversation.turn import Turn
from bot.programme import choice, lifecycle
from bot.programme.choice import Before, Candidate, Need, Past, Proposal
from bot.storage import challenges, due, halts, items, people, phases, screenings
from bot.storage.challenges import Attempt, Given
from bot.storage.people import Person
from challenge_catalog.model import CAUSES, Challenge
from dialogs.effects import Option
from dialogs.words import Words

TAKE_BACK = timedelta(minutes=2)
TAKEN_BACK = "taken_back"
STATES: dict[str, Before] = {
    "given": "open",
    "active": "open",
    "resting": "resting",
    "declined": "declined",
    "done": "done",
}


def open_choice(deed: Deed) -> Outcome:
    """Whether somebody can be given a challenge now, and if not why."""
    turn, person = deed.turn, deed.person
    number = deed.session.state.subject.get("youth")
    if not number or not turn.allowed(person, "give_challenge", about_youth(turn, person, number)):
        return GONE
    why = refused(turn, people.load(turn.conn, number))
    if why is not None:
        return Outcome(why)
    youth = people.load(turn.conn, number)
    if proposed(turn, person, youth):
        return OK
    waiting = any(said == "not_approved" for _, said in approving.offered(turn, person, youth))
    return Outcome("not_approved" if waiting else "none")


def refused(turn: Turn, youth: Person) -> str | None:
    """Why nothing can be given: *busy*, *halted*, or *left*. None when it can."""
    if halts.running(turn.conn, youth.id) is not None:
        return "halted"
    if youth.state not in ("invited", "started", "active", people.ASSISTED, made_up.STATE):
        return "left"
    if phases.phase_of(turn.conn, youth.id) in lifecycle.NO_REMINDERS:
        return "left"
    return "busy" if subject.given(turn, youth.id) is not None else None


def take_back(deed: Deed) -> Outcome:
    """Undo, for two minutes and as long as the youngster has not answered."""
    turn, person = deed.turn, deed.person
    number = deed.session.state.subject.get("challenge")
    if not number:
        return GONE
    one = challenges.load(turn.conn, number)
    if one.given_by != person.id or one.state != "given":
        return GONE
    people.locked(turn.conn, one.youth_id)
    one = challenges.load(turn.conn, number)
    if one.state != "given" or turn.now > one.given_at + TAKE_BACK:
        return Outcome("late")
    if not turn.allowed(person, "give_challenge", about_youth(turn, person, one.youth_id)):
        return GONE
    challenges.set_state(turn.conn, one.id, TAKEN_BACK, turn.now)
    due.cancel(turn.conn, one.youth_id, "challenge", str(one.id), turn.now)
    return OK


def proposed(turn: Turn, reader: Person, youth: Person) -> tuple[Proposal, ...]:
    """The three for this youngster at this moment."""
    candidates = [
        Candidate(one.key, one.causes, one.level)
        for one, said in approving.offered(turn, reader, youth)
        if said == "yes"
    ]
    return choice.proposals(candidates, need_of(turn, youth))


def need_of(turn: Turn, youth: Person) -> Need:
    """What is known of a youngster, as the rule reads it."""
    talk = screenings.latest(turn.conn, youth.id)
    points = first_talk.profile_of(turn, youth, talk, youth.language).points if talk else {}
    sent = items.parts_left_out(turn.conn, youth.id)
    told = challenges.reported(turn.conn, youth.id)
    return Need(
        causes=tuple(cause for cause in CAUSES if cause in youth.causes),
        shares={cause: share for cause, share in points.items() if share is not None},
        past=tuple(
            _past(turn, one, [it for it in told if it.challenge_id == one.id], sent)
            for one in challenges.all_of(turn.conn, youth.id)
            if one.state in STATES
        ),
    )


def _past(turn: Turn, one: Given, told: Sequence[Attempt], sent: dict[int, frozenset[str]]) -> Past:
    text = subject.challenge_text(turn, one, turn.world.settings.language)
    missed = 0
    for attempt in reversed(told):
        if attempt.outcome != "not_done":
            break
        missed += 1
    shared = [
        it.after for it in told if it.after is not None and it.id in sent and "after" not in sent[it.id]
    ]
    return Past(
        one.key,
        text.level,
        STATES[one.state],
        len(text.steps),
        did=len({it.step for it in told if it.outcome == "done"}),
        tries=len(told),
        missed=missed,
        after=shared[-1] if shared else None,
    )


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_choice": open_choice,
    "take_back_challenge": take_back,
}


# Facts


def _youth(ask: Asked) -> Person | None:
    number = ask.state.subject.get("youth")
    return people.load(ask.turn.conn, number) if number else None


def _pairs(ask: Asked) -> list[tuple[Proposal, Challenge]]:
    youth = _youth(ask)
    if youth is None:
        return []
    library, language = ask.turn.world.library, ask.person.language
    return [(one, library.challenge(one.key, language)) for one in proposed(ask.turn, ask.person, youth)]


def options(ask: Asked) -> tuple[Option, ...]:
    return tuple(Option(one.key, text.title) for one, text in _pairs(ask))


def said(ask: Asked) -> Words:
    """The three with why: for which cause, how much it asks, and what that follows from."""
    youth = _youth(ask)
    if youth is None:
        return Words("")
    past = need_of(ask.turn, youth).past
    lines = [_line(ask, one, text, past) for one, text in _pairs(ask)]
    if past and past[-1].state == "declined" and ask.turn.world.library.has_challenge(past[-1].key):
        title = ask.turn.world.library.challenge(past[-1].key, ask.person.language).title
        asked = ask.turn.phrase(
            "choice_asked_other", ask.person, youth_name=youth.name, challenge_title=title
        )
        lines.insert(0, asked)
    return Words("\n\n".join(lines))


def _line(ask: Asked, one: Proposal, text: Challenge, past: Sequence[Past]) -> str:
    phrase, reader = ask.turn.phrase, ask.person
    causes = ", ".join(phrase(f"cause_{cause}", reader) for cause in one.causes)
    reasons = [phrase("choice_cause" if causes else "choice_no_cause", reader, causes=causes)]
    reasons.append(phrase(f"choice_level_{one.level}", reader))
    if one.why is not None:
        last = next((it for it in reversed(past) if it.tries), None)
        facts = {"done": last.did, "missed": last.missed, "tension": last.after} if last else {}
        reasons.append(phrase(f"choice_why_{one.why}", reader, **facts))
    if one.before is not None:
        reasons.append(phrase(f"choice_before_{one.before}", reader))
    return phrase("choice_line", reader, challenge_title=text.title, reasons=" ".join(reasons))


def _open(ask: Asked) -> Given | None:
    """The challenge that is open: of the youngster themselves, or of whom the dialog is about."""
    number = ask.person.id if ask.person.role == "youth" else ask.state.subject.get("youth")
    return subject.given(ask.turn, number) if number else None


def running(ask: Asked) -> str:
    one = _open(ask)
    return subject.challenge_text(ask.turn, one, ask.person.language).title if one else ""


def giver(ask: Asked) -> Words:
    """Who gave the open challenge: the colleague may have."""
    one = _open(ask)
    return people.load(ask.turn.conn, one.given_by).name if one else Words("")


def may_give(ask: Asked) -> bool:
    """Whether this person gives challenges to whom the dialog is about, and one can be given now."""
    youth = _youth(ask)
    if youth is None:
        return False
    # Whether a button stands there is no try at it: nothing is written down.
    relation = about_youth(ask.turn, ask.person, youth.id).relation
    role = cast(Role, ask.person.role)
    return authorize(role, "give_challenge", relation) and refused(ask.turn, youth) is None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "may_give_challenge": may_give,
    "proposed_challenges": options,
    "proposed_reasons": said,
    "running_challenge": running,
    "challenge_giver": giver,
}
