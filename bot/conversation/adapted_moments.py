"""Who hears of a step in words of its own: the youngster once, and the professional when the catalog went on."""

from __future__ import annotations

from bot.conversation import adapting, relay, subject
from bot.conversation.adapted_news import TOLD
from bot.conversation.turn import Opening, Turn
from bot.conversation.youth_moments import begin, out_of_quiet
from bot.message import Lane, Promise
from bot.storage import adaptations, challenges, due
from bot.storage.due import Due
from bot.storage.people import Person

FOR_STAFF = "adapted_changed"


def tell(turn: Turn, person: Person, one: Due) -> str:
    """A due moment: the youngster reads the words, who wrote them, and can have the old ones."""
    found = adaptations.find(turn.conn, one.subject["adapted"])
    if found is None or found.state != "standing":
        return "undone"
    given = subject.given(turn, person.id)
    if given is None or (given.id, given.step) != (found.challenge_id, found.step):
        return "another_step"
    return out_of_quiet(turn, person, one) or begin(turn, person, TOLD, one)


def look(turn: Turn) -> None:
    """The catalog may have gone on: plan the question for everybody whose words were made on an older text."""
    for one, _ in adaptations.running(turn.conn):
        newest = adapting.newer(turn, challenges.load(turn.conn, one.challenge_id))
        if newest is None or one.kept_at == newest:
            continue
        occurrence = f"{one.challenge_id}:{newest[:16]}"
        about = {"youth": one.youth_id}
        moment = relay.reading_moment(turn)
        due.plan(turn.conn, one.youth_id, FOR_STAFF, occurrence, moment, None, about, turn.now)


def ask_staff(turn: Turn, youth: Person, one: Due) -> str:
    """The professional hears that there is a choice to make; the colleague when they are away."""
    given = subject.given(turn, youth.id)
    if given is None or adapting.newer(turn, given) is None:
        return "over"
    professional = subject.listener(turn, youth.id)
    if professional is None:
        return "nobody"
    opening = Opening(
        lane=Lane.RELAY,
        promise=Promise.AT_LEAST_ONCE,
        not_before=relay.reading_moment(turn),
        silent=True,
        dedupe_key=f"due:{one.id}",
    )
    turn.begin(professional, FOR_STAFF, {"youth": youth.id}, opening)
    return due.SENT
