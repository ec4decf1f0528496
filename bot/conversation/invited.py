"""Opening an invitation link: single use, expiring, throttled, and nobody learns anything by guessing."""

from __future__ import annotations

from datetime import timedelta

from bot.age import age_on
from bot.conversation import (
    access,
    admission,
    alert_chain,
    asking,
    pinning,
    relay,
    signing_up,
    strangers,
    talk,
)
from bot.conversation.turn import Turn
from bot.incoming import Sender
from bot.storage import errands, guardians, invitations, people, throttle
from bot.storage.people import Account, Person

TRIES_EACH, TRIES_ALL = 5, 100
"""Wrong links per hour: by one account, and by everybody together (threat 2 of the reliability research)."""

GUARDIAN_AGE = 16
"""Under this age a parent or guardian agrees first (article 5 of the Dutch GDPR implementation act)."""

WELCOMES = {
    "youth": "welcome",
    "professional": "staff_welcome",
    "coordinator": "coordinator_welcome",
    "confidant": "confidant_welcome",
    "dpo": "dpo_welcome",
    "admin": "admin_welcome",
}


def open_link(turn: Turn, account: Account, sender: Sender, token: str, who: bytes) -> str:
    """Answer a Start with a link; the outcome in one word, for the inbox."""
    hour = turn.now - timedelta(hours=1)
    found = invitations.find(turn.conn, token)
    tried = throttle.count(turn.conn, "link", who, hour)
    # Guessing by many accounts may not lock out somebody with a right link: it has 128 bits.
    if tried >= TRIES_EACH or (found is None and throttle.count(turn.conn, "link", None, hour) >= TRIES_ALL):
        if throttle.count(turn.conn, "link_alarm", None, hour) == 0:
            # One alarm an hour, however many guess: the operator's phone has to stay free for other things.
            throttle.hit(turn.conn, "link_alarm", who, turn.now)
            turn.alarm("link_guessing")
        strangers.say(turn, account, "link_throttled")
        return "throttled"
    if found is None or found.used_at is not None or found.expires_at <= turn.now:
        throttle.hit(turn.conn, "link", who, turn.now)
        strangers.show(turn, account, "link_refused")
        return "link_refused"
    person = people.locked(turn.conn, found.person_id)
    # Whoever takes part already keeps coming in, on a new telephone as well: only who is new is gated.
    if person.role == "youth" and person.began_at is None and (lacks := admission.lacking(turn, person)):
        return admission.refuse(turn, account, person, lacks)
    if not invitations.use(turn.conn, found.id, turn.now):
        strangers.show(turn, account, "link_refused")
        return "link_refused"
    released = access.release(turn, person, comes_back=True)
    errands.close_all(turn.conn, person.id, None, turn.now)
    people.link_account(turn.conn, account.id, person.id, turn.now)
    signing_up.joined(turn, account.id)
    language = sender.language if sender.language in turn.world.library.languages else person.language
    people.change(turn.conn, person.id, language=language, heard_at=turn.now)
    turn.note(person, "open_link", "invitation", found.id, person.id)
    person = people.load(turn.conn, person.id)
    if access.is_in_already(person):
        if person.role == "youth" and person.state == "active":
            pinning.pin_help(turn, person)
        return asking.relinked(turn, person)
    if person.role != "youth":
        alert_chain.say_again(turn, person.id)
        if released:
            access.tell_coordinators(turn, person, access.RELINKED)
    return welcome(turn, person)


def is_too_young(turn: Turn, person: Person) -> bool:
    """Whether a youngster is under the age from which Telegram may be used."""
    minimum = turn.world.settings.minimum_age
    return person.role == "youth" and person.born is not None and age_on(person.born, turn.today) < minimum


def needs_guardian(turn: Turn, person: Person) -> bool:
    """Whether a parent or guardian agrees first, and none did yet."""
    young = person.born is not None and age_on(person.born, turn.today) < GUARDIAN_AGE
    return person.role == "youth" and young and not guardians.agreed(turn.conn, person.id)


def welcome(turn: Turn, person: Person) -> str:
    """Begin with somebody who opened their link; the outcome in one word."""
    if is_too_young(turn, person):
        people.change(turn.conn, person.id, state="too_young")
        relay.notify_staff(turn, person, "too_young")
        talk.begin(turn, people.load(turn.conn, person.id), "too_young")
        return "too_young"
    if needs_guardian(turn, person):
        if person.state != "too_young":
            relay.notify_staff(turn, person, "guardian")
        people.change(turn.conn, person.id, state="too_young")
        talk.begin(turn, people.load(turn.conn, person.id), "guardian_wait")
        return "guardian_wait"
    account = people.account_of(turn.conn, person.id)
    if person.state == "too_young" and account is not None and (lacks := admission.lacking(turn, person)):
        # Their link was opened long ago: old enough now, and still somebody new.
        return admission.refuse(turn, account, person, lacks)
    known_staff = person.role != "youth" and person.began_at is not None
    people.change(turn.conn, person.id, state="active" if known_staff else "started")
    talk.begin(turn, people.load(turn.conn, person.id), WELCOMES[person.role])
    return "started"
