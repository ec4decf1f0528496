"""Somebody new: in which phase they begin, whether there is room, and the sign-up it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import colleague_link, sign_up_news, taking_on, unread, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import Deed, Outcome
from bot.conversation.turn import Turn
from bot.conversation.world import INVITATION_VALID
from bot.message import Button, Message
from bot.programme import capacity
from bot.programme.lifecycle import Phase
from bot.storage import admissions, organisations, people, sign_ups, waiting
from bot.storage.people import Person
from bot.storage.sign_ups import SignUp
from dialogs.text import Span

CHOSEN: tuple[Phase, ...] = ("trial", "screening", "waiting")
"""What the one tap may say; anything else means that somebody takes part already."""


def phase_of(deed: Deed) -> Phase:
    """The phase that was tapped."""
    said = deed.answer("phase")
    return next((one for one in CHOSEN if one == said), "participating")


def backup_of(deed: Deed, group_id: int) -> Person | None:
    """The other professional of the group: who has begun comes before who has not. None when there is no other."""
    return _backup(deed.turn, deed.person, group_id)


def _backup(turn: Turn, person: Person, group_id: int) -> Person | None:
    others = [one for one in people.staff_of_group(turn.conn, group_id) if one.id != person.id]
    return min(others, key=lambda one: one.state != people.BEGUN, default=None)


def refused(deed: Deed, group_id: int, backup: Person) -> Outcome | None:
    """Why nobody is invited: the group is full, *backup* has not begun, both are away soon, or a colleague was first
    with this sign-up. Who only waits or has a first talk takes no place."""
    one = _sign_up(deed)
    if one is not None:
        allowed = deed.turn.allowed(
            deed.person, "handle_sign_up", taking_on.about(deed.turn, deed.person, one)
        )
        if not allowed or one.state != sign_ups.OPEN:
            return Outcome("taken")
    full = not admissions.has_room(deed.turn.conn, group_id)
    if waiting.room(deed.turn.conn, group_id).closes_on is not None:
        return Outcome("full")
    if not capacity.takes_place(phase_of(deed)) or deed.person.practice:
        return None
    if full:
        return Outcome("full")
    pair = [deed.person.id, backup.id]
    return colleague_link.lacking(deed.turn, pair) or unread.refused(deed.turn, pair)


def entered(deed: Deed, youth_id: int, group_id: int) -> None:
    """Record the phase; a sign-up becomes this youngster, and whoever signed up in the chat gets the link there."""
    turn, one = deed.turn, _sign_up(deed)
    signed_up = one.at.astimezone(turn.world.settings.zone).date() if one is not None else None
    admissions.enter(
        turn.conn, youth_id, group_id, phase_of(deed), deed.person.id, turn.today, turn.now, signed_up
    )
    if one is None:
        return
    sign_ups.settle(turn.conn, one.id, "taken", None, deed.person.id, turn.now, youth_id)
    _tell(deed, one, youth_id)


def _sign_up(deed: Deed) -> SignUp | None:
    number = deed.session.state.subject.get("sign_up")
    return sign_ups.locked(deed.turn.conn, number) if number else None


def _tell(deed: Deed, one: SignUp, youth_id: int) -> None:
    """The link goes into the chat the sign-up came from, when that is how they want to be reached."""
    turn, person = deed.turn, deed.person
    chat = sign_up_news.chat_of(turn, one)
    if chat is None:
        return
    host = {number: name for number, _, name in organisations.every(turn.conn)}[one.organisation_id]
    key, facts = "sign_up_taken_elsewhere", {"staff_name": person.name, "host": host}
    rows: tuple[tuple[Button, ...], ...] = ()
    if taking_on.gets_link(turn, one) and turn.made_link:
        until = wording.day(turn, person, turn.now + INVITATION_VALID)
        key, facts = "sign_up_taken", {**facts, "day": until}
        link = f"https://t.me/{turn.world.settings.bot_name}?start={turn.made_link}"
        rows = ((Button(turn.phrase_in(one.language, "sign_up_button"), url=link),),)
    said = turn.phrase_in(one.language, key, **facts)
    opening = sign_up_news.opening(turn, one, f"taken:{one.id}:{youth_id}")
    turn.send(None, chat, Message((Span(said),), rows=rows), opening)


# Facts


def _backups(ask: Asked) -> list[Person | None]:
    """Group by group the second professional somebody would get there."""
    groups = people.groups_of(ask.turn.conn, ask.person.id)
    return [_backup(ask.turn, ask.person, number) for number, _ in groups]


def not_begun(ask: Asked) -> str:
    """Before the questions: because of whom nobody can take part in any group of theirs. Empty when somebody can."""
    if ask.person.practice:
        return ""
    found = [one for one in _backups(ask) if one is not None]
    why = [colleague_link.lacking(ask.turn, [ask.person.id, one.id]) for one in found]
    lacks = [one for one in why if one is not None and one.result == "not_begun"]
    if not lacks or len(lacks) < len(found):
        return ""
    return colleague_link.said_of(ask, colleague_link.waiting(ask.turn, lacks[0].subject))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "invite_not_begun": not_begun,
    "invite_alone": lambda ask: not any(_backups(ask)),
}
