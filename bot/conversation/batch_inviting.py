"""Invitations on paper for several youngsters at once: names are ticked, and one file comes with a list of names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from bot.content.dates import filters
from bot.conversation import actions_staff, handle, naming, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_youth, code_is_open
from bot.conversation.shelf import Shelf
from bot.conversation.turn import REPLY
from bot.conversation.world import INVITATION_VALID
from bot.message import Document, Message
from bot.storage import halts, invitations, people
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.screens import TICK
from dialogs.text import Span, plain
from dialogs.words import Words

if TYPE_CHECKING:
    from bot.paper.invitations import Words as PaperWords

ON_A_SCREEN = 12
MOST = 40
"""In one file: drawing more would keep everybody else waiting. Who is left comes next."""
PURPOSE, GROUP = "batch", "batch_group"
SHEET, OF_GROUP, EVERY_GROUP, KEPT = "batch_sheet", "batch_group", 0, "batch"


@dataclass(frozen=True, slots=True)
class Paper:
    """*name* is the file, *content* the PDF."""

    name: str
    content: bytes


def waiting(conn: Connection, professional_id: int, group_id: int = EVERY_GROUP) -> list[Person]:
    """The own youngsters who were named and have not begun, by name; of one group or of all."""
    halted = halts.halted(conn)
    return [
        one
        for one in people.youngsters_of(conn, professional_id)
        if one.state == "invited" and one.id not in halted and group_id in (EVERY_GROUP, one.group_id)
    ]


def draw(
    shelf: Shelf, bot_name: str, tokens: Sequence[str], until: str, language: str, now: datetime
) -> Paper:
    """The file of these invitations, numbered in this order. Its name says nothing about anybody."""
    from bot.paper.invitations import Slip, sheet  # heavy, and seldom

    slips = [
        Slip(number, f"https://t.me/{bot_name}?start={token}") for number, token in enumerate(tokens, start=1)
    ]
    return Paper(f"join-us-{now:%Y%m%d}.pdf", sheet(_words(shelf, language, until), slips, now))


def spoken(moment: datetime, language: str, zone: str) -> str:
    """A day and an hour in the language of the paper, which need not be that of who makes it."""
    return str(filters(language, zone)["datetime"](moment))


def _words(shelf: Shelf, language: str, until: str) -> PaperWords:
    from bot.paper.invitations import Words as PaperWords

    def said(phrase: str, **facts: Any) -> str:
        return plain(shelf.phrase(phrase, language)({"band": "18plus", **facts}))

    return PaperWords(
        language=language,
        title=said("batch_title"),
        name_label=said("batch_for"),
        how=said("batch_how"),
        until=said("batch_until", moment=until),
        help=said("poster_help"),
    )


# What the dialog asks for


def choose_group(deed: Deed) -> Outcome:
    """One of the own groups, or all of them."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    number: int | None = EVERY_GROUP
    if deed.answer("batch_group") not in (None, "alle"):
        number = handle.meant(turn, person, GROUP, deed.answer("batch_group"))
    own = {group_id for group_id, _ in people.groups_of(turn.conn, person.id)}
    if number is None or number not in {EVERY_GROUP, *own}:
        return GONE
    return Outcome("ok", {OF_GROUP: number, SHEET: 0})


def toggle(deed: Deed) -> Outcome:
    """A tap on a name puts a tick in front of it, or takes it away."""
    if not code_is_open(deed):
        return Outcome("code")
    number = handle.meant(deed.turn, deed.person, PURPOSE, deed.answer("batch_name"))
    if number is None or number not in {one.id for one in _listed(deed)}:
        return GONE
    mark = _mark(number)
    return Outcome("ok", {mark: 1 - deed.session.state.subject.get(mark, 0)})


def tick_all(deed: Deed) -> Outcome:
    return _tick(deed, 1)


def tick_nobody(deed: Deed) -> Outcome:
    return _tick(deed, 0)


def next_names(deed: Deed) -> Outcome:
    place = deed.session.state.subject.get(SHEET, 0) + 1
    last = max(0, (len(_listed(deed)) - 1) // ON_A_SCREEN)
    return Outcome("ok", {SHEET: place if place <= last else 0})


def make(deed: Deed) -> Outcome:
    """One file with a link for everybody who is ticked, as many as fit; older links die. Those made lose their tick."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    chosen = [one for one in _ticked(deed) if _may(deed, one)][:MOST]
    if not chosen:
        return Outcome("nobody")
    tokens = [actions_staff.new_link(deed, one.id) for one in chosen]
    turn.made_link = ""  # several were made: none of them is shown in the chat
    language = turn.world.settings.language
    until = spoken(turn.now + INVITATION_VALID, language, turn.world.settings.zone.key)
    made = draw(turn.world.library, turn.world.settings.bot_name, tokens, until, language, turn.now)
    said = turn.phrase("batch_sent", person, count=len(chosen))
    turn.tell(person, Message((Span(said),), document=Document(made.name, made.content)), REPLY)
    numbers = {_made(one.id): 0 for one in _listed(deed)}
    numbers |= {_made(one.id): place for place, one in enumerate(chosen, start=1)}
    return Outcome("ok", {**numbers, **{_mark(one.id): 0 for one in chosen}})


def revoke_made(deed: Deed) -> Outcome:
    """The links of the file that was made last die; who was first to open one is in already."""
    return _revoke(deed, [one for one in _listed(deed) if deed.session.state.subject.get(_made(one.id), 0)])


def revoke_ticked(deed: Deed) -> Outcome:
    """The links of everybody who is ticked die."""
    return _revoke(deed, _ticked(deed))


def _revoke(deed: Deed, which: Sequence[Person]) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    turn, count = deed.turn, 0
    for one in which:
        if _may(deed, one) and invitations.end(turn.conn, one.id, turn.now):
            turn.note(deed.person, "end_invitation", "person", one.id, one.id)
            count += 1
    return Outcome("ok", {"batch_ended": count, **{_mark(one.id): 0 for one in which}})


def _may(deed: Deed, youth: Person) -> bool:
    target = about_youth(deed.turn, deed.person, youth.id)
    return target.relation == "main" and deed.turn.allowed(deed.person, "see_youth", target)


def _listed(deed: Deed) -> list[Person]:
    return waiting(deed.turn.conn, deed.person.id, deed.session.state.subject.get(OF_GROUP, EVERY_GROUP))


def _ticked(deed: Deed) -> list[Person]:
    return [one for one in _listed(deed) if deed.session.state.subject.get(_mark(one.id), 0)]


def _tick(deed: Deed, mark: int) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    return Outcome("ok", {_mark(one.id): mark for one in _listed(deed)})


def _mark(number: int) -> str:
    return f"tick{number}"


def _made(number: int) -> str:
    return f"made{number}"


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "choose_batch_group": choose_group,
    "toggle_batch": toggle,
    "tick_all_batch": tick_all,
    "tick_nobody_batch": tick_nobody,
    "next_batch_names": next_names,
    "make_batch": make,
    "revoke_batch": revoke_made,
    "revoke_ticked": revoke_ticked,
}


# Facts


def _here(ask: Asked) -> list[Person]:
    """Who stands on the list: looked up once a moment."""
    if KEPT not in ask.found:
        group_id = ask.state.subject.get(OF_GROUP, EVERY_GROUP)
        own = ask.person.role == "professional"
        ask.found[KEPT] = waiting(ask.turn.conn, ask.person.id, group_id) if own else []
    kept: list[Person] = ask.found[KEPT]
    return kept


def names(ask: Asked) -> tuple[Option, ...]:
    """A screen of names, each with its tick."""
    first = ask.state.subject.get(SHEET, 0) * ON_A_SCREEN
    shown = _here(ask)[first : first + ON_A_SCREEN]
    called = naming.called(ask.turn, ask.person, [one.id for one in shown])
    return tuple(
        Option(
            handle.steady(ask.turn, ask.person, PURPOSE, one.id),
            (TICK if ask.state.subject.get(_mark(one.id), 0) else "") + called[one.id],
        )
        for one in shown
    )


def groups(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(handle.steady(ask.turn, ask.person, GROUP, number), name)
        for number, name in people.groups_of(ask.turn.conn, ask.person.id)
    )


def numbered(ask: Asked) -> Words:
    """Whose each number on the paper is, in the order of the paper."""
    subject = ask.state.subject
    made = sorted(
        (one for one in _here(ask) if subject.get(_made(one.id), 0)), key=lambda one: subject[_made(one.id)]
    )
    called = naming.called(ask.turn, ask.person, [one.id for one in made])
    return Words("\n".join(f"{subject[_made(one.id)]}. {called[one.id]}" for one in made))


def _count(ask: Asked, mark: Callable[[int], str]) -> int:
    return sum(ask.state.subject.get(mark(one.id), 0) > 0 for one in _here(ask))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "has_batch": lambda ask: bool(_here(ask)),
    "batch_groups": groups,
    "batch_names": names,
    "batch_count": lambda ask: len(_here(ask)),
    "batch_ticked": lambda ask: _count(ask, _mark),
    "batch_made": lambda ask: _count(ask, _made),
    "batch_pages": lambda ask: -(-_count(ask, _made) // 10),
    "batch_several_screens": lambda ask: len(_here(ask)) > ON_A_SCREEN,
    "batch_numbered": numbered,
    "batch_ended": lambda ask: ask.state.subject.get("batch_ended", 0),
    "batch_valid_until": lambda ask: wording.day_and_clock(
        ask.turn, ask.person, ask.turn.now + INVITATION_VALID
    ),
}
