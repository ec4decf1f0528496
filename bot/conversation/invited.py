"""Opening an invitation link: single use, expiring, throttled, and nobody learns anything by guessing."""

from __future__ import annotations

from datetime import timedelta

from bot.age import age_on
from bot.conversation import relay, strangers, talk
from bot.conversation.turn import Turn
from bot.incoming import Sender
from bot.storage import invitations, people, throttle
from bot.storage.people import Account, Person

TRIES_EACH, TRIES_ALL = 5, 100
"""Wrong links per hour: by one account, and by everybody together (threat 2 of the reliability research)."""

WELCOMES = {
    "youth": "welcome",
    "professional": "staff_welcome",
    "coordinator": "coordinator_welcome",
    "admin": "admin_welcome",
}


def may_admit(*, real: bool, practice: bool, commissioned: bool) -> bool:
    """Real youngsters on real Telegram come in only after commissioning; practice accounts always."""
    return practice or not real or commissioned


def open_link(turn: Turn, account: Account, sender: Sender, token: str, who: bytes) -> str:
    """Answer a Start with a link; the outcome in one word, for the inbox."""
    hour = turn.now - timedelta(hours=1)
    found = invitations.find(turn.conn, token)
    tried = throttle.count(turn.conn, "link", who, hour)
    # Guessing by many accounts may not lock out somebody with a right link: it has 128 bits.
    if tried >= TRIES_EACH or (found is None and throttle.count(turn.conn, "link", None, hour) >= TRIES_ALL):
        turn.alarm("link_guessing")
        strangers.say(turn, account, "link_throttled")
        return "throttled"
    if found is None or found.used_at is not None or found.expires_at <= turn.now:
        throttle.hit(turn.conn, "link", who, turn.now)
        strangers.show(turn, account, "link_refused")
        return "link_refused"
    person = people.locked(turn.conn, found.person_id)
    if person.role == "youth" and not may_admit(
        real=turn.world.settings.real, practice=person.practice, commissioned=False
    ):
        turn.alarm("not_commissioned")
        strangers.say(turn, account, "practice_only")
        return "not_commissioned"
    if not invitations.use(turn.conn, found.id, turn.now):
        strangers.show(turn, account, "link_refused")
        return "link_refused"
    people.link_account(turn.conn, account.id, person.id, turn.now)
    language = sender.language if sender.language in turn.world.library.languages else person.language
    people.change(turn.conn, person.id, language=language, heard_at=turn.now)
    turn.note(person, "open_link", "invitation", found.id, person.id)
    return welcome(turn, people.load(turn.conn, person.id))


def is_too_young(turn: Turn, person: Person) -> bool:
    """Whether a youngster is under the age from which Telegram may be used."""
    minimum = turn.world.settings.minimum_age
    return person.role == "youth" and person.born is not None and age_on(person.born, turn.today) < minimum


def welcome(turn: Turn, person: Person) -> str:
    """Begin with somebody who opened their link; the outcome in one word."""
    if is_too_young(turn, person):
        people.change(turn.conn, person.id, state="too_young")
        relay.notify_staff(turn, person, "too_young")
        talk.begin(turn, people.load(turn.conn, person.id), "too_young")
        return "too_young"
    known_staff = person.role != "youth" and person.began_at is not None
    people.change(turn.conn, person.id, state="active" if known_staff else "started")
    talk.begin(turn, people.load(turn.conn, person.id), WELCOMES[person.role])
    return "started"
