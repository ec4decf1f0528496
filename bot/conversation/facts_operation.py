"""What staff read about the operation of the bot itself: nobody new comes in, a colleague is gone, a drill is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.care import commissioning
from bot.conversation import colleague_link, news, unread
from bot.conversation.asked import Asked
from bot.storage import holidays, items, meetings, people
from bot.storage.holidays import Holiday


def operation_news(ask: Asked) -> str:
    """The news the dialog is about, in whole sentences."""
    turn, about = ask.turn, ask.state.subject
    reasons = "\n".join(
        turn.phrase(f"lacking_{lack}", ask.person) for lack in commissioning.unmasked(about.get("lacks", 0))
    )
    match about["news"]:
        case news.NOT_ADMITTED if "youth" in about:
            name = people.load(turn.conn, about["youth"]).name
            return turn.phrase("operation_not_admitted", ask.person, youth_name=name, reasons=reasons)
        case news.NOT_ADMITTED:
            return turn.phrase("operation_somebody_not_admitted", ask.person, reasons=reasons)
        case news.READER_GONE:
            name = people.load(turn.conn, about["staff"]).name
            counts = {"passed": about["passed"], "left": about["left"]}
            return turn.phrase("operation_reader_gone", ask.person, staff_name=name, **counts)
        case news.UNREAD:
            said = unread.lines(turn, ask.person, about["organisation"], unread.SHOWN)
            key = "operation_unread" if said else "operation_unread_over"
            return turn.phrase(key, ask.person, lines=said)
        case news.LINK_WANTED:
            asker = people.load(turn.conn, about[colleague_link.ASKER]).name
            names = colleague_link.names(ask, colleague_link.waiting(turn, about))
            return turn.phrase("operation_link_wanted", ask.person, asker=asker, names=names)
        case news.READER_WANTED:
            one = _holiday(ask)
            if one is None:
                return turn.phrase("operation_reader_found", ask.person)
            return turn.phrase(
                "operation_reader_wanted",
                ask.person,
                staff_name=people.load(turn.conn, one.person_id).name,
                period=unread.said(turn, ask.person, one.days),
            )
        case news.BREAK_UNASKED:
            return turn.phrase("operation_break_unasked", ask.person)
        case news.LEFT_OPEN:
            return _left_open(ask)
        case news.COLLEAGUE_BEGAN:
            name = people.load(turn.conn, about["staff"]).name
            return turn.phrase("operation_colleague_began", ask.person, staff_name=name)
        case news.DRILL_DUE:
            return turn.phrase("operation_drill_due", ask.person)
        case _:
            return turn.phrase("operation_standing", ask.person, reasons=reasons)


def _left_open(ask: Asked) -> str:
    """What two people left open, by its number: no name of a youngster, no words."""
    turn, one = ask.turn, items.find(ask.turn.conn, ask.state.subject["item"])
    if one is None or one.state not in items.WAITING or one.recipient_id is None:
        return turn.phrase("operation_left_handled", ask.person)
    youth = people.load(turn.conn, one.youth_id)
    return turn.phrase(
        "operation_left_open",
        ask.person,
        reference=one.reference,
        staff_name=people.load(turn.conn, one.recipient_id).name,
        group_name=meetings.group_name(turn.conn, youth.group_id) if youth.group_id is not None else "",
        count=(turn.now - (one.sent_at or one.created_at)).days,
    )


def _holiday(ask: Asked) -> Holiday | None:
    """The days for which a reader is looked for, while nobody was chosen."""
    one = holidays.find(ask.turn.conn, ask.state.subject.get("absence", 0))
    over = one is None or one.withdrawn_at is not None or one.ends_at <= ask.turn.now or one.reads is not None
    return None if over else one


def way(ask: Asked) -> str:
    """What can be done about it from here: ``link``, ``reader``, ``unread``, ``phase``, or nothing."""
    match ask.state.subject.get("news"):
        case news.LINK_WANTED if colleague_link.waiting(ask.turn, ask.state.subject):
            return "link"
        case news.READER_WANTED if _holiday(ask) is not None:
            return "reader"
        case news.UNREAD if unread.gaps(ask.turn, ask.state.subject["organisation"], unread.SHOWN):
            return "unread"
        case news.BREAK_UNASKED:
            return "phase"
    return ""


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "operation_news": operation_news,
    "operation_way": way,
    "operation_arranges": lambda ask: ask.state.subject.get("news") in news.ARRANGES,
}
