"""What staff read about the operation of the bot itself: nobody new comes in, a colleague is gone, a drill is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.care import commissioning
from bot.conversation import news, unread
from bot.conversation.asked import Asked
from bot.storage import people


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
        case news.DRILL_DUE:
            return turn.phrase("operation_drill_due", ask.person)
        case _:
            return turn.phrase("operation_standing", ask.person, reasons=reasons)


LOOKUPS: dict[str, Callable[[Asked], Any]] = {"operation_news": operation_news}
