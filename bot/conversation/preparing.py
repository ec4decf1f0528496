"""Before an evening: the card for who leads it, and the ideas youngsters send for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.conversation import attending, discussing, subject, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_group, code_is_open, relation_to_youth
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.storage import challenges, door_wishes, due, duty, ideas, journal, meetings, people, phases
from bot.storage.due import Due
from bot.storage.ideas import Idea
from bot.storage.meetings import Meeting
from bot.storage.people import Person
from dialogs.words import Words

KIND = "preparation"
BEFORE = timedelta(hours=2)
AHEAD = timedelta(days=21)
SINCE = timedelta(days=16)
"""What moved since the evening before this one."""


def plan(turn: Turn, group_id: int) -> None:
    """A card for each who leads the group, two hours before each coming evening."""
    leaders = people.staff_of_group(turn.conn, group_id)
    for one in meetings.between(turn.conn, group_id, turn.now, turn.now + AHEAD):
        for leader in leaders:
            about = {"meeting": one.id}
            moment = one.starts_at - BEFORE
            due.plan(turn.conn, leader.id, KIND, _occurrence(one), moment, one.starts_at, about, turn.now)


def ask(turn: Turn, leader: Person, one: Due) -> str:
    """A neutral message; the card opens behind the code."""
    evening = meetings.load(turn.conn, one.subject["meeting"])
    if evening.state not in meetings.HELD or _occurrence(evening) != one.occurrence:
        return "cancelled"
    if not any(number == evening.group_id for number, _ in people.groups_of(turn.conn, leader.id)):
        return "left"
    if not duty.reachable(turn.conn, leader.id, turn.now) or not attending.listed(turn, evening):
        return "nobody"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.WHILE_VALID,
        not_after=one.not_after,
        dedupe_key=f"due:{one.id}",
        doubt=turn.phrase("doubt_relay", leader),
    )
    turn.begin(leader, "preparation", {"meeting": evening.id}, opening)
    return "sent"


def _occurrence(one: Meeting) -> str:
    return f"{one.id}:{one.starts_at:%Y%m%dT%H%MZ}"


# What the dialogs ask for


def open_card(deed: Deed) -> Outcome:
    """Every youngster whom the card names is written down, and the ideas are seen from now on."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, person = deed.turn, deed.person
    evening = meetings.load(turn.conn, deed.row("meeting"))
    if not turn.allowed(person, "see_meeting_list", about_group(turn, person, evening.group_id)):
        return GONE
    if evening.ends_at <= turn.now or evening.state not in meetings.HELD:
        return Outcome("over")
    for one in attending.listed(turn, evening):
        turn.note(person, "see_meeting_list", "person", one.id, one.id)
    for idea in ideas.of_meeting(turn.conn, evening.id):
        ideas.opened(turn.conn, idea, turn.now)
    return OK


def choose_idea(deed: Deed) -> Outcome:
    """The next evening, and whether an idea for it stands there."""
    evening = subject.meeting(deed.turn, deed.person, deed.session.state)
    if evening is None or evening.starts_at <= deed.turn.now or deed.person.state != "active":
        return Outcome("none")
    known = ideas.running(deed.turn.conn, deed.person.id, evening.id)
    return Outcome("running" if known else "new", {"meeting": evening.id})


def keep_idea(deed: Deed) -> Outcome:
    turn, words = deed.turn, deed.words("idea")
    evening = meetings.load(turn.conn, deed.row("meeting"))
    if evening.starts_at <= turn.now or evening.state not in meetings.HELD:
        return Outcome("over")
    if not words or not words.strip():
        return Outcome("empty")
    ideas.add(turn.conn, deed.person.id, evening.id, words.strip(), turn.now)
    return OK


def take_idea_back(deed: Deed) -> Outcome:
    """It goes from the card; whether somebody read it before is said honestly."""
    known = ideas.running(deed.turn.conn, deed.person.id, deed.row("meeting"))
    if known is None:
        return GONE
    ideas.take_back(deed.turn.conn, known, deed.turn.now)
    return Outcome("read" if known.opened_at else "ok")


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_preparation": open_card,
    "choose_idea": choose_idea,
    "keep_idea": keep_idea,
    "take_idea_back": take_idea_back,
}


# What the dialogs show


def card(ask: Asked) -> Words:
    """Who comes, who works on what, one thing to ask each, the ideas. Only what was shared and the fixed list."""
    turn, person = ask.turn, ask.person
    evening = meetings.load(turn.conn, ask.row("meeting"))
    if not turn.may_see(person, "see_meeting_list", about_group(turn, person, evening.group_id)):
        return Words("")
    answers = meetings.answers(turn.conn, evening.id)
    wishes = door_wishes.of_meeting(turn.conn, evening.id)
    said = [
        turn.phrase(
            "prepare_head",
            person,
            group=meetings.group_name(turn.conn, evening.group_id),
            time=wording.clock(turn, person, evening.starts_at),
            place=evening.place,
        )
    ]
    named = attending.listed(turn, evening)
    asked = set()
    for key, known in (("prepare_coming", ("come",)), ("prepare_unsure", (None, "unsure"))):
        lines = []
        for one in (each for each in named if answers.get(each.id) in known):
            more = [_wish(ask, wishes[one.id])] if one.id in wishes else []
            if question := _question(ask, one):
                asked.add(one.id)
                more.append(question)
            more += _to_discuss(ask, one)
            lines += [_name(ask, one), *(f"– {said}" for said in more)]
        if lines:
            said.append("\n".join((turn.phrase(key, person), *lines)))
    if any(_leads(ask, one) and answers.get(one.id) != "not" and one.id not in asked for one in named):
        said.append(turn.phrase("prepare_others" if asked else "prepare_everybody", person))
    away = [one for one in named if answers.get(one.id) == "not"]
    if away:
        lines = [turn.phrase("prepare_away", person, names=", ".join(str(one.name) for one in away))]
        for one in away:
            if left := _to_discuss(ask, one):
                name = turn.phrase("prepare_name", person, youth_name=one.name, title="")
                lines += [name, *(f"– {each}" for each in left)]
        said.append("\n".join(lines))
    names = {one.id: one.name for one in named}
    said += [
        turn.phrase("prepare_idea", person, youth_name=names[idea.youth_id], idea=idea.words)
        for idea in ideas.of_meeting(turn.conn, evening.id)
        if idea.youth_id in names
    ]
    return Words("\n\n".join(said))


def _leads(ask: Asked, youth: Person) -> bool:
    return relation_to_youth(ask.turn, ask.person, youth.id) in ("main", "backup")


def _given(ask: Asked, youth: Person) -> tuple[str, str]:
    """The title of the challenge, and of the step that was chosen; empty for what there is not."""
    given = subject.given(ask.turn, youth.id)
    if given is None:
        return "", ""
    text = subject.challenge_text(ask.turn, given, ask.person.language)
    step = text.step(given.step) if given.step else None
    return text.title, step.title if step else ""


def _name(ask: Asked, youth: Person) -> str:
    """The name, and what they work on for who leads them."""
    challenge, step = _given(ask, youth) if _leads(ask, youth) else ("", "")
    return ask.turn.phrase("prepare_name", ask.person, youth_name=youth.name, title=step or challenge)


def _to_discuss(ask: Asked, youth: Person) -> list[str]:
    """What was left for this evening: that it was sent and when, no words."""
    turn, person = ask.turn, ask.person
    if not _leads(ask, youth):
        return []
    return [
        turn.phrase("prepare_discuss", person, day=wording.day(turn, person, one.sent_at or one.created_at))
        for one in discussing.of_evening(turn, youth)
    ]


def _question(ask: Asked, youth: Person) -> str:
    """What to ask: about a step that was done, one that is planned, one that waits; nothing for how the week was."""
    turn = ask.turn
    if not _leads(ask, youth):
        return ""
    lines = journal.between(turn.conn, [youth.id], turn.now - SINCE, turn.now)
    outcome = next((one.value for one in reversed(lines) if one.kind == "outcome"), None)
    if phases.phase_of(turn.conn, youth.id) == "trial":
        key = "trial"
    elif outcome in ("done", "partly"):
        key = "did"
    elif outcome == "not_done":
        key = "did_not"
    elif challenges.planned(turn.conn, youth.id) is not None:
        key = "planned"
    elif _given(ask, youth)[1]:
        key = "step"
    else:
        return ""
    return turn.phrase(f"ask_{key}", ask.person)


def _wish(ask: Asked, wish: door_wishes.DoorWish) -> str:
    turn = ask.turn
    said = turn.phrase(f"scary_{wish.wish}", ask.person)
    if wish.promised_by is None:
        return turn.phrase("prepare_wish_open", ask.person, wish=said)
    name = people.load(turn.conn, wish.promised_by).name
    return turn.phrase("prepare_wish", ask.person, wish=said, staff_name=name)


def _idea(ask: Asked) -> Idea | None:
    number = ask.state.subject.get("meeting")
    return ideas.running(ask.turn.conn, ask.person.id, number) if number else None


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "preparation": card,
    "own_idea": lambda ask: found.words if (found := _idea(ask)) else Words(""),
}
