"""The talk before somebody joins: tapped together, shown as points, decided by the professional."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.age import age_on
from bot.conversation import colleague_link, elsewhere, phase_moves, unread
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth
from bot.conversation.turn import Turn
from bot.programme import lifecycle, screening
from bot.programme.lifecycle import Move, Phase
from bot.programme.screening import Known, Profile, Screening
from bot.storage import admissions, people, phases, screenings, waiting
from bot.storage.people import Person
from bot.storage.screenings import Talk
from dialogs.effects import Option
from dialogs.words import Words

BEFORE: frozenset[Phase] = frozenset({"applied", "screening", "waiting", "trial"})
"""Phases in which the talk is offered on the card of a youngster."""
MOVE = "move"
"""Subject: the number of the move that the decision made; 0 when they were there already."""
AGES = {"12-18": range(12, 18), "18-25": range(18, 26)}


def keep_screening(deed: Deed) -> Outcome:
    """Keep what was tapped, sealed with the youngster's own key."""
    turn, youth = deed.turn, _youth(deed)
    given = deed.answer("screening")
    if youth is None or not isinstance(given, Mapping):
        return GONE
    answers = {key: str(value) for key, value in given.items() if value is not None}
    revision = turn.world.library.revision("screening", "screening")
    number = screenings.add(turn.conn, youth.id, revision, answers, deed.person.id, turn.now)
    return Outcome("ok", {"screening": number})


def take_causes(deed: Deed) -> Outcome:
    """The professional takes over the causes that were proposed; the program never does so by itself."""
    youth, talk = _youth(deed), _talk(deed.turn, deed.session.state.subject)
    if youth is None or talk is None or talk.youth_id != youth.id:
        return GONE
    found = profile_of(deed.turn, youth, talk, deed.person.language)
    if not found.proposed:
        return GONE
    people.change(deed.turn.conn, youth.id, causes=",".join(found.proposed[:2]))
    return OK


def decide_screening(deed: Deed) -> Outcome:
    """The decision, as a move with its reason. Refused when the group is full or the move is not possible."""
    turn, person, youth = deed.turn, deed.person, _youth(deed)
    talk = _talk(turn, deed.session.state.subject)
    if youth is None or talk is None or talk.youth_id != youth.id or youth.group_id is None:
        return GONE
    decision = str(deed.answer("decision"))
    before, here = phases.latest(turn.conn, youth.id), phases.phase_of(turn.conn, youth.id)
    match decision:
        case "trial":
            room = admissions.has_room(turn.conn, youth.group_id)
            if here not in lifecycle.PLACE_TAKEN and not room:
                return Outcome("full")
            alone = colleague_link.lacking_for(turn, youth.id) or unread.refused_for(turn, youth)
            if alone is not None:
                return alone
            done = _moves(turn, youth, "trial", "fits", person.id)
        case "waiting":
            done = _moves(turn, youth, "waiting", "full", person.id)
        case "referred":
            why = str(deed.answer("referred"))
            done = why in lifecycle.REASONS["referred"] and _moves(turn, youth, "referred", why, person.id)
        case _:
            decision = "talk"
            done = _moves(turn, youth, "screening", "talk", person.id)
    if not done:
        return Outcome("illegal")
    screenings.decide(turn.conn, talk.id, decision)
    after = phases.latest(turn.conn, youth.id)
    return Outcome("ok", {MOVE: after if after != before else 0})


def undo_screening(deed: Deed) -> Outcome:
    """Take the decision back, for a day, with the move it made and the place on the list it cost; the taps stay."""
    turn, youth = deed.turn, _youth(deed)
    talk = _talk(turn, deed.session.state.subject)
    if youth is None or talk is None or talk.youth_id != youth.id or talk.decision is None:
        return GONE
    made = deed.session.state.subject.get(MOVE, 0)
    if made:
        if phases.latest(turn.conn, youth.id) != made:
            return GONE
        if not isinstance(phase_moves.take_back(turn, youth.id, deed.person.id), Move):
            return GONE
    screenings.decide(turn.conn, talk.id, None)
    return OK


def _youth(deed: Deed) -> Person | None:
    number = deed.session.state.subject.get("youth")
    if not number or not deed.turn.allowed(
        deed.person, "screen", about_youth(deed.turn, deed.person, number)
    ):
        return None
    return people.load(deed.turn.conn, number)


def _moves(turn: Turn, youth: Person, phase: Phase, reason: str, by: int) -> bool:
    """Record it with all that follows; who has had no talk yet has had it now. Who is there already stays."""
    history = phases.history(turn.conn, youth.id)
    if lifecycle.current(history) == phase:
        return True
    wanted = Move(phase, reason, turn.today, turn.now, by)
    if not isinstance(lifecycle.decide(history, wanted, turn.today), Move):
        talked = Move("screening", "talk", turn.today, turn.now, by)
        if not isinstance(lifecycle.decide(history, talked, turn.today), Move):
            return False
        if not isinstance(lifecycle.decide([*history, talked], wanted, turn.today), Move):
            return False
        phase_moves.record(turn, youth.id, talked)
    return isinstance(phase_moves.record(turn, youth.id, wanted), Move)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "keep_screening": keep_screening,
    "take_causes": take_causes,
    "decide_screening": decide_screening,
    "undo_screening": undo_screening,
}


# Facts


def _form(ask: Asked) -> Screening:
    return ask.turn.world.library.screening(ask.person.language)


def _talk(turn: Turn, about: Mapping[str, int]) -> Talk | None:
    number = about.get("screening")
    return screenings.load(turn.conn, number) if number else None


def profile_of(turn: Turn, youth: Person, talk: Talk, language: str) -> Profile:
    """What the answers of a first talk say."""
    return screening.profile(turn.world.library.screening(language), talk.answers, known_of(turn, youth))


def known_of(turn: Turn, youth: Person) -> dict[Known, bool | None]:
    """What the program knows itself: whether the age fits the group, and the municipality."""
    if youth.group_id is None:
        return {}
    room, lives = waiting.room(turn.conn, youth.group_id), screenings.lives_in(turn.conn, youth.id)
    fits = age_on(youth.born, turn.today) in AGES.get(room.age_group, range(0)) if youth.born else None
    return {"age": fits, "municipality": None if lives is None else lives == room.municipality_id}


def _pair(ask: Asked) -> tuple[Person, Profile] | None:
    talk, number = _talk(ask.turn, ask.state.subject), ask.state.subject.get("youth")
    if talk is None or not number or talk.youth_id != number:
        return None
    youth = people.load(ask.turn.conn, number)
    return youth, profile_of(ask.turn, youth, talk, ask.person.language)


def result(ask: Asked) -> Words:
    """Which conditions are met, not met or open, and how heavily each cause counts."""
    pair = _pair(ask)
    if pair is None:
        return Words("")
    turn, (youth, found) = ask.turn, pair
    names = {one.key: one.name for one in _form(ask).items}
    said = [
        turn.phrase(f"screening_{kind}", ask.person, names=", ".join(names[key] for key in keys))
        for kind, keys in (("met", found.met), ("not_met", found.not_met), ("open", found.open))
        if keys
    ]
    causes = [
        turn.phrase(
            "screening_share",
            ask.person,
            cause=turn.phrase(f"cause_{cause}", ask.person),
            percent=round(share * 100) if share is not None else None,
        )
        for cause, share in found.points.items()
    ]
    lives = screenings.lives_in(turn.conn, youth.id)
    far = ""
    if lives is not None and youth.group_id is not None:
        far = elsewhere.of_group(turn, ask.person, lives, youth.group_id)
    return Words("\n".join([*said, "", *causes, *(["", far] if far else [])]))


def proposal(ask: Asked) -> str:
    """The causes that stand out, in words; empty when none does."""
    pair = _pair(ask)
    names = [ask.turn.phrase(f"cause_{one}", ask.person) for one in pair[1].proposed[:2]] if pair else []
    return ask.turn.phrase("two_names", ask.person, names=names) if names else ""


def differs(ask: Asked) -> bool:
    """Whether the proposal is something else than what stands on the card."""
    pair = _pair(ask)
    return pair is not None and bool(pair[1].proposed) and set(pair[1].proposed[:2]) != set(pair[0].causes)


def referral(ask: Asked) -> str:
    """What is said when somebody is helped on to somewhere else."""
    chosen = ask.state.answers.get("referred")
    return _form(ask).referral.get(chosen, "") if isinstance(chosen, str) else ""


def offered(ask: Asked) -> bool:
    number = ask.state.subject.get("youth")
    return bool(number) and phases.phase_of(ask.turn.conn, number or 0) in BEFORE


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "screening_items": lambda ask: tuple(Option(one.key, one.ask) for one in _form(ask).asked()),
    "screening_answers": lambda ask: tuple(Option(one.key, one.say) for one in _form(ask).answers),
    "screening_result": result,
    "screening_proposal": proposal,
    "screening_differs": differs,
    "referral_text": referral,
    "youth_in_screening": offered,
}
