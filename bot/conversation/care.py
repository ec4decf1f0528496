"""A case of danger: what it is about, who would be told, and having them told.

Source: care research 3.2 and 3.4. The words that began it are kept in the case until a person has them.
"""

from __future__ import annotations

from datetime import timedelta

from bot.care.kinds import Branch, branch_of
from bot.conversation import alert_chain, alerting, subject
from bot.conversation.alerting import Raised
from bot.conversation.passing import PASSING
from bot.conversation.turn import Turn
from bot.safety.finding import Finding
from bot.schedule.reading import next_reading
from bot.storage import alerts, care, due, duty, items, sessions
from bot.storage.alerts import Alert
from bot.storage.care import Case, Level
from bot.storage.people import Person

SILENCE = timedelta(minutes=10)
"""Who answers nothing for so long is treated as somebody who would rather not say."""

WEEK = timedelta(days=7)
AVOIDED_FOR = timedelta(days=30)
WROTE = "halted_wrote"
"""The kind of case and alert that says that somebody wrote on a phone that was halted."""

OWN_WORDS = ("zelfdoding", "zelfmoord")


def open_case(turn: Turn, person: Person, finding: Finding, words: str) -> int:
    """A case about what was just written; returns its number."""
    about, excluded = about_whom(turn, person, finding)
    return care.add(
        turn.conn,
        person.id,
        turn.now,
        words,
        kind=finding.kind,
        explicit=finding.explicit,
        quoted=finding.quoted,
        why=",".join(finding.why),
        word=own_word(words),
        about=about,
        excluded_id=excluded,
    )


def joined(turn: Turn, waiting: Case, finding: Finding, words: str, *, edited: bool = False) -> None:
    """More danger before the first question was answered: one case with all words, and its ten minutes go on.

    What was *edited* and stands there already is not added again.
    """
    if not (edited and words.strip() in waiting.words):
        care.append(turn.conn, waiting, words)
    care.change(
        turn.conn,
        waiting.id,
        kind=finding.kind or waiting.kind,
        about=waiting.about if waiting.about == "staff" else finding.about,
        explicit=waiting.explicit or finding.explicit,
        quoted=waiting.quoted and finding.quoted,
        why=",".join(dict.fromkeys((*waiting.why, *finding.why))),
        word=waiting.word or own_word(words),
        opened_at=turn.now,
    )


def case_by_button(turn: Turn, person: Person, *, explicit: bool) -> int:
    """A case that an answer on a button began, without any words."""
    avoided = care.avoided(turn.conn, person.id, turn.now - AVOIDED_FOR)
    about = "staff" if avoided else "self"
    return care.add(turn.conn, person.id, turn.now, "", explicit=explicit, about=about, excluded_id=avoided)


def plan_silence(turn: Turn, case: Case) -> None:
    """Look again in ten minutes; once for each case."""
    moment, about = turn.now + SILENCE, {"case": case.id}
    due.plan(turn.conn, case.youth_id, "danger_silence", str(case.id), moment, None, about, turn.now)


def reopen(turn: Turn, case: Case) -> None:
    """A question that was given up is answered after all: the case counts again. Its words are gone."""
    care.change(turn.conn, case.id, state="open", closed_at=None, opened_at=turn.now)


def send(turn: Turn, person: Person, case: Case, level: Level, *, silent: bool = False) -> Raised:
    """Have a person told. A wish for contact (p3) carries no words."""
    due.cancel(turn.conn, person.id, "danger_silence", str(case.id), turn.now)
    raised = alerting.raise_alert(
        turn,
        person,
        level=level,
        kind=case.kind,
        words="" if level == "p3" else _words_of(turn, case),
        explicit=case.explicit,
        quoted=case.quoted,
        about=case.about,
        why=case.why,
        excluded=case.excluded_id,
        also_excluded=alerts.load(turn.conn, case.item_id).excluded
        if case.item_id is not None
        else frozenset(),
    )
    care.settle(
        turn.conn,
        case.id,
        "alerted",
        turn.now,
        level=level,
        item_id=raised.item_id,
        reading=raised.when,
        reads_from=raised.reads_from,
        silent=silent,
    )
    return raised


def send_nothing(turn: Turn, person: Person, case: Case) -> None:
    """The youngster answered, and nobody is told."""
    due.cancel(turn.conn, person.id, "danger_silence", str(case.id), turn.now)
    care.settle(turn.conn, case.id, "closed", turn.now)


def standing(turn: Turn, case: Case) -> Raised:
    """Who has what was sent, and when that person reads it: what held at noon is no promise at night."""
    told = Raised(case.item_id, None, case.reading or "nobody", case.reads_from)
    one = alerts.load(turn.conn, case.item_id) if case.item_id is not None else None
    ahead = case.reads_from is not None and case.reads_from > turn.now
    if one is None or one.state not in alerts.RUNNING or (one.level == "p3" and ahead):
        return told
    if one.acknowledged_by is not None:
        return _in_hand(turn, one, one.acknowledged_by)
    found = alert_chain.reading_of(turn, one)
    return Raised(one.item_id, None, found.when, found.reads_from)


def has_it(turn: Turn, case: Case) -> int | None:
    """Who has what was sent, unless it passes that person by already."""
    if case.item_id is None:
        return None
    holder = items.load(turn.conn, case.item_id).recipient_id
    return None if holder in alerts.load(turn.conn, case.item_id).excluded else holder


def take_away(turn: Turn, case: Case, person_id: int) -> None:
    """What was sent is somebody's no longer, for good. Whom the case passed by first stays known in it."""
    if case.item_id is None:
        return
    raised = alerting.reroute(turn, case.item_id, person_id)
    care.change(
        turn.conn,
        case.id,
        excluded_id=case.excluded_id or person_id,
        reading=raised.when,
        reads_from=raised.reads_from,
    )


def going_on(turn: Turn, youth_id: int) -> set[int]:
    """The numbers of the cases that wait for an answer, or that a person still works on."""
    waiting = care.open_of(turn.conn, youth_id)
    running = (care.of_item(turn.conn, one.item_id) for one in alerts.running_about(turn.conn, youth_id))
    return {case.id for case in (waiting, *running) if case is not None}


def would_get(turn: Turn, person: Person, case: Case, level: Level = "p2") -> Raised:
    """Who would be told now; nothing is done."""
    return alerting.would_get(turn, person, level, case.excluded_id, case.about)


def confidant(turn: Turn, person: Person) -> Person | None:
    """The second named person: who hears what is said about the own professional (row 75)."""
    main = subject.main_of(turn, person.id)
    return alerting.would_get(turn, person, "p2", main.id if main else None, "staff").holder


def about_whom(turn: Turn, person: Person, finding: Finding) -> tuple[str, int | None]:
    """Words typed where it is about staff, or soon after, go past that person."""
    main = subject.main_of(turn, person.id)
    # A menu, help or a question about danger only came in between.
    lasting = (
        one for one in sessions.open_of(turn.conn, person.id) if one.foreground and one.script not in PASSING
    )
    latest = next(lasting, None)
    avoided = care.avoided(turn.conn, person.id, turn.now - AVOIDED_FOR)
    if main is not None and latest is not None and latest.script == "talk_staff":
        avoided = main.id
    return ("staff" if avoided else finding.about), avoided


def branch(case: Case) -> Branch:
    """Which conversation fits a case."""
    return branch_of(case.kind, case.about)


def own_word(words: str) -> str:
    """The youngster's own word for it, when they used one (care research 3.2: mirror it)."""
    plain = words.casefold()
    return next((word for word in OWN_WORDS if word in plain), "")


def _in_hand(turn: Turn, one: Alert, person_id: int) -> Raised:
    """When the person who took it on reads what comes after: at work, or on call with a telephone that rings."""
    settings = turn.world.settings
    reads = next_reading(turn.now, settings.working_hours, settings.zone)
    organisation = one.organisation_id
    called = (
        one.level == "p1"
        and settings.rings
        and organisation is not None
        and duty.decision(turn.conn, organisation).on_call == "roster"
        and person_id in duty.on_duty(turn.conn, organisation, turn.now)
    )
    if called or reads <= turn.now:
        return Raised(one.item_id, None, "now", turn.now)
    return Raised(one.item_id, None, "later", reads)


def _words_of(turn: Turn, case: Case) -> str:
    """What was typed; when somebody has it already, what that person reads."""
    if case.item_id is not None:
        return str(items.load(turn.conn, case.item_id).content)
    return str(case.words)
