"""What dialogs about access ask for: another phone, a lost one, a forgotten code, reading along."""

from __future__ import annotations

from collections.abc import Callable

from bot.authorize import Target
from bot.buttons import token_from
from bot.conversation import access, handle
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_staff, about_youth, code_is_open
from bot.conversation.world import INVITATION_VALID
from bot.storage import access as storage
from bot.storage import inspections, invitations, people
from bot.storage.people import Person

CODE = Outcome("code")


def relink_account(deed: Deed) -> Outcome:
    """A link to another phone or account; the old one works until the new one was opened."""
    return _relink(deed, _youth(deed))


def revoke_account(deed: Deed) -> Outcome:
    """A lost phone: from this moment nothing goes there and nothing can be opened there."""
    return _revoke(deed, _youth(deed))


def open_colleague(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return CODE
    number = handle.meant(deed.turn, deed.person, "colleague", deed.answer("colleague"))
    if number is None or not deed.turn.allowed(deed.person, "see_staff", _colleague(deed, number)[1]):
        return GONE
    return Outcome("ok", {"colleague": number})


def relink_colleague(deed: Deed) -> Outcome:
    return _relink(deed, _colleague(deed, deed.row("colleague")))


def revoke_colleague(deed: Deed) -> Outcome:
    return _revoke(deed, _colleague(deed, deed.row("colleague")))


def reset_code(deed: Deed) -> Outcome:
    """A colleague forgot the code: they choose another one at their next tap, and hear who did this."""
    turn, person = deed.turn, deed.person
    colleague, target = _colleague(deed, deed.row("colleague"))
    if not code_is_open(deed):
        return CODE
    if not turn.allowed(person, "reset_code", target):
        return GONE
    if not storage.forget_code(turn.conn, colleague.id):
        return Outcome("none")
    access.tell(turn, colleague, person, access.RESET)
    return Outcome("ok")


def revoke_own(deed: Deed) -> Outcome:
    """Somebody lost a phone and does this from another device with the same account."""
    turn, person = deed.turn, deed.person
    turn.allow(person, "revoke_account", Target("person", person.id, person.id, "self"))
    access.unlinked(turn, person)
    access.release(turn, person, keep=deed.session.message_id)
    return OK


def confirm_account(deed: Deed) -> Outcome:
    access.confirmed(deed.turn, deed.person)
    deed.turn.note(deed.person, "confirm_account", "person", deed.person.id, deed.person.id)
    return OK


def disown_account(deed: Deed) -> Outcome:
    """Somebody else holds the phone: the tie ends, and who looks after the person hears of it."""
    turn, person = deed.turn, deed.person
    turn.note(person, "disown_account", "person", person.id, person.id)
    access.unlinked(turn, person)
    access.release(turn, person, keep=deed.session.message_id)
    return OK


def inspect(deed: Deed) -> Outcome:
    """Read along with a reason, which is kept, logged and told; nothing is shown before that is written down."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return CODE
    youth_id = handle.meant(turn, person, "inspect", deed.answer("youth"))
    reason = deed.words("reason")
    if youth_id is None or not reason:
        return GONE
    if not turn.allowed(person, "inspect", about_youth(turn, person, youth_id)):
        return GONE
    if not inspections.exchanged(turn.conn, youth_id, turn.now):
        return Outcome("none")
    number = inspections.add(turn.conn, youth_id, person.id, reason, turn.now)
    access.plan_telling(turn, number)
    return Outcome("ok", {"inspection": number, "youth": youth_id, "page": 0})


def inspect_on(deed: Deed) -> Outcome:
    """The next page of what an inspection shows; the code and the right are asked again."""
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return CODE
    one = inspections.load(turn.conn, deed.row("inspection"))
    own = one.inspector_id == person.id
    if not own or not turn.allowed(person, "inspect", about_youth(turn, person, one.youth_id)):
        return GONE
    return Outcome("ok", {"page": deed.session.state.subject.get("page", 0) + 1})


def _youth(deed: Deed) -> tuple[Person, Target]:
    youth_id = deed.row("youth")
    return people.load(deed.turn.conn, youth_id), about_youth(deed.turn, deed.person, youth_id)


def _colleague(deed: Deed, number: int) -> tuple[Person, Target]:
    return people.load(deed.turn.conn, number), about_staff(deed.turn, deed.person, number)


def _relink(deed: Deed, whom: tuple[Person, Target]) -> Outcome:
    turn, (person, target) = deed.turn, whom
    if not code_is_open(deed):
        return CODE
    if person.state == people.ASSISTED or not turn.allowed(deed.person, "relink_account", target):
        # Who has no account gets a first one by a way of their own, at the right age.
        return GONE
    token = token_from(turn.world.random(16))
    expires = turn.now + INVITATION_VALID
    number = invitations.add(turn.conn, token, person.id, deed.person.id, turn.now, expires)
    turn.made_link = token
    turn.note(deed.person, "invite", "invitation", number, person.id)
    return Outcome("made")


def _revoke(deed: Deed, whom: tuple[Person, Target]) -> Outcome:
    turn, (person, target) = deed.turn, whom
    if not code_is_open(deed):
        return CODE
    if not turn.allowed(deed.person, "revoke_account", target):
        return GONE
    return OK if access.release(turn, person) else Outcome("none")


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "relink_account": relink_account,
    "revoke_account": revoke_account,
    "open_colleague": open_colleague,
    "relink_colleague": relink_colleague,
    "revoke_colleague": revoke_colleague,
    "reset_code": reset_code,
    "revoke_own": revoke_own,
    "confirm_account": confirm_account,
    "disown_account": disown_account,
    "inspect": inspect,
    "inspect_on": inspect_on,
}
