"""Assisted mode: a youngster without an account takes part through the professional, who acts and is written down.

Nothing here is for somebody who has an account or ever typed something: what they shared with nobody stays theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any, Literal

from bot.age import age_on
from bot.authorize import Action
from bot.conversation import (
    access,
    actions_staff,
    admission,
    entering,
    handle,
    invited,
    planning,
    reminding,
    rights,
    subject,
    wording,
)
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Turn
from bot.programme import ages
from bot.schedule.local import to_utc
from bot.storage import challenges, erasures, errands, guardians, invitations, people, sign_ups
from bot.storage.guardians import Signer, Stand
from bot.storage.people import ASSISTED, Person
from dialogs.effects import Option
from dialogs.state import State
from dialogs.words import Words

UNMAKE_WITHIN = timedelta(days=1)
BEFORE_BEGINNING = frozenset({"invited", "started", "too_young", "refused"})
"""States from which somebody who never began can go on without an account."""
Consent = Literal["given", "asked", "none", "withdrawn"]
_STANDS: dict[Stand, Consent] = {
    "noted": "given",
    "letter": "asked",
    "none": "none",
    "withdrawn": "withdrawn",
}


def mine(turn: Turn, actor: Person, state: State, action: Action = "assist") -> Person | None:
    """The youngster a dialog is about, when they have no account and *actor* looks after them; written down."""
    number = state.subject.get("youth")
    youth = people.find(turn.conn, number) if number else None
    if youth is None or not turn.allowed(actor, action, about_youth(turn, actor, youth.id)):
        return None
    return youth if youth.state == ASSISTED else None


def seen(ask: Asked, action: Action = "assist") -> Person | None:
    """The same for a sentence or a button; one look is written down once a turn."""
    number = ask.state.subject.get("youth")
    youth = people.find(ask.turn.conn, number) if number else None
    if youth is None or youth.state != ASSISTED:
        return None
    about = about_youth(ask.turn, ask.person, youth.id)
    return youth if ask.turn.may_see(ask.person, action, about) else None


def signer(turn: Turn, youth: Person) -> Signer:
    """Who signs on paper: a parent or guardian until 16, then the youngster."""
    young = youth.born is not None and age_on(youth.born, turn.today) < invited.GUARDIAN_AGE
    return "guardian" if young else "self"


def consent(turn: Turn, youth: Person) -> Consent:
    """Whether something may be noted about them now."""
    found = guardians.latest(turn.conn, youth.id, signer(turn, youth))
    return _STANDS[found.stand] if found else "none"


def may_convert(turn: Turn, youth: Person) -> bool:
    """Whether somebody who was invited can go on without an account: never who once began."""
    return youth.role == "youth" and youth.began_at is None and youth.state in BEFORE_BEGINNING


def may_have_account(turn: Turn, youth: Person) -> bool:
    """Whether they are old enough for an account of their own."""
    return youth.state == ASSISTED and not invited.is_too_young(turn, youth)


# Coming in, and going back


def make_assisted(deed: Deed) -> Outcome:
    """Somebody new without an account. The same name and month in a group of theirs is asked about first."""
    turn, person = deed.turn, deed.person
    group_id = actions_staff.group_of(deed)
    if group_id is None:
        return Outcome("no_backup")
    gated = turn.world.settings.real and not person.practice and person.organisation_id is not None
    if gated and admission.standing(turn, person.organisation_id or 0):
        return Outcome("not_ready")
    if deed.answer("same") != "other" and _there_already(deed):
        return Outcome("twice")
    youth = actions_staff.add_youth(deed, ASSISTED)
    if isinstance(youth, Outcome):
        return youth
    entering.entered(deed, youth.id, group_id)
    reminding.plan_card(turn, youth)
    planning.plan_again(turn)
    turn.note(person, "assisted_made", "person", youth.id, youth.id)
    return Outcome("made", {"youth": youth.id})


def unmake_assisted(deed: Deed) -> Outcome:
    """Made by mistake: gone again at once, as long as it is new and nothing was noted.

    The sign-up it came from waits again for somebody, with its words.
    """
    turn = deed.turn
    youth = mine(turn, deed.person, deed.session.state, "assist_rights")
    if youth is None or turn.now - youth.created_at > UNMAKE_WITHIN:
        return GONE
    if challenges.reported(turn.conn, youth.id) or erasures.waits_for_alert(turn.conn, youth.id):
        return GONE
    sign_ups.give_back(turn.conn, youth.id)
    turn.note(deed.person, "erased", "person", youth.id, youth.id)
    number = erasures.ask(turn.conn, youth.id, "professional", turn.now, turn.now)
    rights.carry_out(turn, youth, number, tell_staff=False)
    return OK


def convert_assisted(deed: Deed) -> Outcome:
    """Somebody who was invited and never began goes on without an account; the link and the account are let go."""
    turn, person = deed.turn, deed.person
    number = deed.session.state.subject.get("youth") or deed.session.state.subject.get("invited")
    youth = people.find(turn.conn, number) if number else None
    if youth is None or not turn.allowed(person, "assist", about_youth(turn, person, youth.id)):
        return GONE
    if not may_convert(turn, youth):
        return GONE
    access.release(turn, youth)
    invitations.end(turn.conn, youth.id, turn.now)
    people.change(turn.conn, youth.id, state=ASSISTED)
    planning.plan_again(turn)
    turn.note(person, "assisted_begun", "person", youth.id, youth.id)
    return Outcome("ok", {"youth": youth.id})


def undo_convert(deed: Deed) -> Outcome:
    """Back to somebody who was invited: a new link can be made for them."""
    turn = deed.turn
    youth = mine(turn, deed.person, deed.session.state)
    if youth is None or challenges.reported(turn.conn, youth.id):
        return GONE
    errands.close_all(turn.conn, youth.id, None, turn.now)
    people.change(turn.conn, youth.id, state="invited")
    return OK


def open_assisted(deed: Deed) -> Outcome:
    """One youngster of the list, or the one the dialog is about already."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    token = deed.answer("assisted")
    known = deed.session.state.subject.get("youth")
    number = handle.meant(turn, person, "youth", token) if token is not None and not known else known
    if number is None or not turn.allowed(person, "assist", about_youth(turn, person, number)):
        return GONE
    if people.load(turn.conn, number).state != ASSISTED:
        return Outcome("linked")
    return Outcome("ok", {"youth": number, "asked": 0})


def _there_already(deed: Deed) -> bool:
    """Only among the youngsters of the own groups: of others nothing is told, not even that they are there."""
    name = str(deed.words("youth_first_name")).strip().casefold()
    born = f"{deed.answer('year')}-{deed.answer('month')}"
    led = {number for number, _ in people.groups_of(deed.turn.conn, deed.person.id)}
    return any(
        one.role == "youth" and one.group_id in led and one.born == born
        for one in people.named(deed.turn.conn, name)
    )


# The way to an account of their own


def own_link(deed: Deed) -> Outcome:
    """A link for the same person: all that was noted together is theirs then, and nothing is there twice."""
    turn = deed.turn
    if not code_is_open(deed):
        return Outcome("code")
    youth = mine(turn, deed.person, deed.session.state)
    if youth is None:
        return GONE
    if not may_have_account(turn, youth):
        return Outcome("young")
    actions_staff.new_link(deed, youth.id)
    return Outcome("made")


def end_link(deed: Deed) -> Outcome:
    """The link dies when nobody opened it; who opened it has an account by now."""
    youth = mine(deed.turn, deed.person, deed.session.state)
    if youth is None or not invitations.end(deed.turn.conn, youth.id, deed.turn.now):
        return GONE
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "make_assisted": make_assisted,
    "unmake_assisted": unmake_assisted,
    "convert_assisted": convert_assisted,
    "undo_convert": undo_convert,
    "open_assisted": open_assisted,
    "own_link": own_link,
    "end_link": end_link,
}


# Facts


def _of_staff(ask: Asked) -> list[Person]:
    if ask.person.role != "professional":
        return []
    found = people.youngsters_of(ask.turn.conn, ask.person.id, None)
    return [one for one in found if one.state == ASSISTED]


def options(ask: Asked) -> tuple[Option, ...]:
    return tuple(
        Option(handle.named(ask.turn, ask.person, "youth", one.id), str(one.name)) for one in _of_staff(ask)
    )


def said(ask: Asked) -> Words:
    """One youngster: how the paper stands, the challenge, the step, what was planned, what was noted last."""
    youth, turn, reader = seen(ask), ask.turn, ask.person
    if youth is None:
        return Words("")
    lines = [turn.phrase("assisted_head", reader, youth_name=youth.name)]
    stand = consent(turn, youth)
    lines.append(turn.phrase(f"paper_{stand}_{signer(turn, youth)}", reader, youth_name=youth.name))
    given = subject.given(turn, youth.id)
    if given is not None:
        text = subject.challenge_text(turn, given, reader.language)
        lines.append(turn.phrase("card_challenge", reader, challenge_title=text.title))
        if given.step and (step := text.step(given.step)):
            lines.append(turn.phrase("card_step", reader, step_title=step.title))
    plan = challenges.planned(turn.conn, youth.id)
    if plan is not None:
        lines.append(turn.phrase("assisted_planned", reader, day=wording.day(turn, reader, plan.planned_at)))
    noted = challenges.reported(turn.conn, youth.id)
    if noted:
        last = noted[-1]
        lines.append(
            turn.phrase(
                "assisted_last",
                reader,
                day=wording.day(turn, reader, last.planned_at),
                how=turn.phrase(f"moved_outcome_{last.outcome}", reader),
            )
        )
    if erasures.pending(turn.conn, youth.id) is not None:
        lines.append(turn.phrase("assisted_erasing", reader))
    return Words("\n".join(lines))


def _consent(ask: Asked) -> str:
    youth = seen(ask)
    return consent(ask.turn, youth) if youth else "none"


def _known(ask: Asked) -> Person | None:
    number = ask.state.subject.get("youth") or ask.state.subject.get("invited")
    return people.find(ask.turn.conn, number) if number else None


def _is(test: Callable[[Turn, Person], bool]) -> Callable[[Asked], bool]:
    def look(ask: Asked) -> bool:
        youth = _known(ask)
        return youth is not None and test(ask.turn, youth)

    return look


def own_from(ask: Asked) -> str:
    """The day from which an account of their own is possible."""
    youth = _known(ask)
    if youth is None or youth.born is None:
        return ""
    day: date = ages.turns(youth.born, ask.turn.world.settings.minimum_age)
    return wording.day_of_year(ask.turn, ask.person, to_utc(day, time(12), ask.turn.world.settings.zone))


def signs(ask: Asked) -> Signer:
    youth = _known(ask)
    return signer(ask.turn, youth) if youth else "self"


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "has_assisted": lambda ask: bool(_of_staff(ask)),
    "assisted_options": options,
    "assisted_said": said,
    "assisted_consent": _consent,
    "assisted_signs": signs,
    "youth_assisted": _is(lambda turn, one: one.state == ASSISTED),
    "may_be_assisted": _is(may_convert),
    "may_have_account": _is(may_have_account),
    "own_account_from": own_from,
}
