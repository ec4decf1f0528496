"""Danger in what is noted together: the professional sees the numbers, and says who knows. No words go by unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import alerting, assisted, care, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.turn import Turn
from bot.safety.finding import Finding
from bot.safety.statements import classify
from bot.storage import alerts, items, people
from bot.storage import care as cases
from bot.storage.people import Person
from dialogs.words import Words

HAPPENED, LEARNED = "happened", "learned"
WORDS: tuple[str, ...] = (HAPPENED, LEARNED)
ASKED = "asked"
"""In the subject: after how many of both texts somebody was asked who knows, in this noting."""


def found(*texts: str | None) -> Finding | None:
    """The gravest of what these texts say; none when they are ordinary."""
    findings = [classify(text) for text in texts if text]
    grave = [finding for finding in findings if finding.label != "none"]
    return next((finding for finding in grave if finding.label == "crisis"), grave[0] if grave else None)


def asked(deed: Deed) -> int:
    """How many of both texts were asked about."""
    return deed.session.state.subject.get(ASKED, 0)


def warn_colleague(deed: Deed) -> Outcome:
    """Somebody else gets it as an alert, with the words and who noted them; never who noted them.

    The code is not asked for: nothing is shown, and it may not wait. Words that somebody works on already make no
    second alert; what was said next goes where the first words went.
    """
    turn, person = deed.turn, deed.person
    youth = assisted.mine(turn, person, deed.session.state)
    texts = [said for name in WORDS[: asked(deed)] if (said := deed.words(name))]
    finding = found(*texts)
    if youth is None or finding is None:
        return GONE
    words = turn.phrase("assisted_danger_words", person, staff_name=person.name, words="\n".join(texts))
    running = _running(turn, youth, person)
    grave = [text for text in texts if classify(text).label != "none"]
    held = next((case for case in running if all(_holds(turn, case, text) for text in grave)), None)
    this = deed.session.state.subject.get("case")
    joined = next((case for case in running if case.id == this), None)
    if held is None and joined is not None and joined.item_id is not None:
        for text in grave:
            if not _holds(turn, joined, text):
                alerting.add_words(turn, joined.item_id, text)
        held = joined
    if held is not None:
        return Outcome(care.standing(turn, held).when, {"case": held.id})
    number = cases.add(
        turn.conn,
        youth.id,
        turn.now,
        words,
        kind=finding.kind,
        explicit=finding.explicit,
        quoted=finding.quoted,
        why=",".join(finding.why),
        # Noted about them, in whatever person the sentence stands.
        about="self",
        excluded_id=person.id,
    )
    raised = care.send(turn, youth, cases.load(turn.conn, number), "p2")
    when = raised.when if raised.holder is not None else "nobody"
    return Outcome(when, {"case": number})


def _running(turn: Turn, youth: Person, noted_by: Person) -> list[cases.Case]:
    """What colleagues work on already because of what this professional noted, the latest first."""
    found = (cases.of_item(turn.conn, one.item_id) for one in alerts.running_about(turn.conn, youth.id))
    return [case for case in reversed(list(found)) if case is not None and case.excluded_id == noted_by.id]


def _holds(turn: Turn, case: cases.Case, words: str) -> bool:
    return case.item_id is not None and words.strip() in str(items.load(turn.conn, case.item_id).content)


def danger_in_hand(deed: Deed) -> Outcome:
    """Whoever noted it goes on with it; that they said so is written down."""
    youth = assisted.mine(deed.turn, deed.person, deed.session.state)
    if youth is None:
        return GONE
    deed.turn.note(deed.person, "danger_in_hand", "person", youth.id, youth.id)
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "warn_colleague": warn_colleague,
    "danger_in_hand": danger_in_hand,
}


# Facts


def _case(ask: Asked) -> cases.Case | None:
    youth, number = assisted.seen(ask), ask.state.subject.get("case")
    case = cases.load(ask.turn.conn, number) if youth is not None and number else None
    return case if case is not None and youth is not None and case.youth_id == youth.id else None


def warned_name(ask: Asked) -> Words:
    """Who has the alert now."""
    case = _case(ask)
    number = items.load(ask.turn.conn, case.item_id).recipient_id if case and case.item_id else None
    if number is None:
        return Words(ask.turn.phrase("somebody", ask.person))
    return people.load(ask.turn.conn, number).name


def warned_from(ask: Asked) -> str:
    """From when that person reads it."""
    case = _case(ask)
    return (
        wording.day_and_clock(ask.turn, ask.person, case.reads_from)
        if case is not None and case.reads_from is not None
        else ""
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "danger_asked": lambda ask: ask.state.subject.get(ASKED, 0),
    "warned_name": warned_name,
    "warned_from": warned_from,
}
