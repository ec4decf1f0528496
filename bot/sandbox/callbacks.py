"""Taps on inline buttons that wait for an answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from bot.sandbox.errors import ApiError, bad_request

ANSWERED_WITHIN = timedelta(seconds=60)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Query:
    """One tap."""

    query_id: str
    user_id: int
    message_id: int
    data: str
    at: datetime


class Callbacks:
    """Open queries; each is answered once and not too late."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._open: dict[str, Query] = {}
        self._numbers = count(7_000_000_000_001)

    def ask(self, user_id: int, message_id: int, data: str) -> Query:
        """Note a tap."""
        query = Query(str(next(self._numbers)), user_id, message_id, data, self._now())
        self._open[query.query_id] = query
        return query

    def answer(self, query_id: str) -> Query:
        """Take an open query; raises ApiError 400 when unknown, answered or too old."""
        query = self._open.pop(query_id, None)
        if query is None:
            raise too_old("answerCallbackQuery for an unknown or answered query")
        if self._now() - query.at > ANSWERED_WITHIN:
            raise too_old("answerCallbackQuery more than a minute after the tap")
        return query


def too_old(warning: str) -> ApiError:
    """Telegram's refusal of a late answer."""
    return bad_request(TOO_OLD, warning=warning)
