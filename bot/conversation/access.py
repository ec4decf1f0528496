"""Whose account it is: ending it, starting anew in another one, and asking after a long silence."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import alert_chain, relay, successor
from bot.conversation.turn import Opening, Turn
from bot.message import Lane, Promise
from bot.schedule.quiet import moved
from bot.storage import access, due, inspections, items, outbox, people
from bot.storage.people import Account, Person

SILENT_FOR = timedelta(days=90)
"""After this silence we ask once whether the account is still theirs: numbers change hands (threat 13)."""

AHEAD = timedelta(days=1)

RELINKED, UNLINKED, RESET, DOUBTED, RESET_OUTSIDE, RESET_OF = 1, 2, 3, 4, 5, 6
"""News about an account of staff, as ``subject["news"]`` of the dialog ``account_news``."""


_IN_PLACE = frozenset({"invited", "started", "refused", "too_young", people.ASSISTED})
"""States of a youngster who has not said yes: a new link begins at the beginning."""


def release(turn: Turn, person: Person, keep: int | None = None, *, comes_back: bool = False) -> bool:
    """End the account of *person*: nothing goes there any more, its buttons do nothing.

    What waits for somebody of the staff goes to the next at once; only alerts when they *come back* in another account.
    """
    gone = access.let_go(turn.conn, person.id, turn.now, keep)
    if not gone or person.role == "youth":
        return gone
    if comes_back:
        alert_chain.pass_on(turn, person.id)
    elif person.state == "active":
        successor.pass_on(turn, person)
    return gone


def unlinked(turn: Turn, person: Person) -> None:
    """Tell who looks after *person* that the account is not theirs any more."""
    if person.role == "youth":
        relay.notify_staff(turn, person, "unlinked")
    else:
        tell_coordinators(turn, person, UNLINKED)


def is_in_already(person: Person) -> bool:
    """Whether a new link gives *person* another account, instead of a beginning."""
    return person.role == "youth" and person.state not in _IN_PLACE


def tell_coordinators(turn: Turn, about: Person, news: int) -> None:
    """Tell every coordinator of the organisation something about an account of staff, in working hours."""
    if about.organisation_id is None:
        return
    for one in people.staff_of_organisation(turn.conn, about.organisation_id):
        if one.role == "coordinator" and one.id != about.id:
            tell(turn, one, about, news)


def tell(turn: Turn, reader: Person, about: Person, news: int) -> None:
    """Tell *reader* something about an account of staff, in working hours, neutrally until it is opened."""
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
    )
    turn.begin(reader, "account_news", {"colleague": about.id, "news": news}, opening)


def code_was_reset(turn: Turn, person: Person) -> None:
    """The operator took somebody's code away: they hear it, and so do the other coordinators."""
    tell(turn, person, person, RESET_OUTSIDE)
    tell_coordinators(turn, person, RESET_OF)


# After a long silence


def is_silent(turn: Turn, person: Person) -> bool:
    """Whether nothing came from *person* for so long that we ask whose account it is."""
    return person.heard_at is not None and turn.now - person.heard_at >= SILENT_FOR


def plan_reconfirmations(turn: Turn) -> None:
    """Plan the question for everybody who has been silent for nearly ninety days."""
    settings = turn.world.settings
    for person in access.silent_since(turn.conn, turn.now - SILENT_FOR + AHEAD):
        if person.heard_at is None or not _is_asked(person):
            continue
        moment = moved(person.heard_at + SILENT_FOR, "asks", turn.band(person), settings.quiet, settings.zone)
        since = person.heard_at.date().isoformat()
        due.plan(turn.conn, person.id, "reconfirm", since, moment, None, {}, turn.now)


def doubt(turn: Turn, account: Account) -> None:
    """From now on only the question goes to this account, and help.

    Staff still get the neutral line of an alert; operator and coordinators hear that nobody may read it.
    """
    dropped = outbox.empty(turn.conn, account.id, "unconfirmed", turn.now)
    people.set_account_state(turn.conn, account.id, people.UNCONFIRMED)
    owner = people.load(turn.conn, account.person_id) if account.person_id is not None else None
    if owner is None or owner.role == "youth":
        return
    turn.alarm("staff_unconfirmed", f"S-{owner.id}")
    tell_coordinators(turn, owner, DOUBTED)
    if dropped:
        alert_chain.say_again(turn, owner.id)


def is_doubted(turn: Turn, person: Person, account: Account) -> bool:
    """Whether we are asking whose this account is; after a long silence we do from the first thing that comes."""
    if account.state == people.UNCONFIRMED:
        return True
    if not (_is_asked(person) and is_silent(turn, person)):
        return False
    doubt(turn, account)
    return True


def _is_asked(person: Person) -> bool:
    return is_in_already(person) if person.role == "youth" else person.state == "active"


def confirmed(turn: Turn, person: Person) -> None:
    """It is them: everything works again, and what waited for them is said again."""
    account = people.account_of(turn.conn, person.id)
    if account is not None:
        people.set_account_state(turn.conn, account.id, "active")
    people.change(turn.conn, person.id, heard_at=turn.now)
    alert_chain.say_again(turn, person.id)
    for reply_id in items.unopened_replies(turn.conn, person.id):
        relay.answer_youth(turn, person, reply_id, again=True)


# A confidant read along


def plan_telling(turn: Turn, inspection_id: int) -> None:
    """Plan that the youngster and each professional hear of an inspection, each at an hour that suits them."""
    one = inspections.load(turn.conn, inspection_id)
    settings = turn.world.settings
    youth = people.load(turn.conn, one.youth_id)
    moment = moved(turn.now, "asks", turn.band(youth), settings.quiet, settings.zone)
    readers = {youth.id: moment}
    for exchanged in inspections.exchanged(turn.conn, youth.id, one.at):
        readers[exchanged.professional_id] = relay.reading_moment(turn)
    for person_id, when in readers.items():
        about = {"inspection": one.id}
        due.plan(turn.conn, person_id, "inspection_told", str(one.id), when, None, about, turn.now)
