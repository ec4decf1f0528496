"""Keeps libraries quiet and tokens out of the log."""

from __future__ import annotations

import logging
import re
import traceback
from typing import Any

QUIET = ("telegram", "aiohttp", "httpx", "httpcore", "apscheduler")
HIDDEN = "<token>"
_TOKEN = re.compile(r"(?<!\d)\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")


def redacted(text: str) -> str:
    """*text* with every bot token replaced."""
    return _TOKEN.sub(HIDDEN, text)


class TokenFilter(logging.Filter):
    """Lets every record through, without tokens: in the message, its arguments and its traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            message = record.getMessage()
        except (TypeError, ValueError, KeyError):
            # A wrong log call must not stop what it reports on.
            message = str(record.msg)
        record.msg, record.args = redacted(message), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = redacted("".join(traceback.format_exception(record.exc_info[1])).rstrip("\n"))
        if record.stack_info:
            record.stack_info = redacted(record.stack_info)
        return True


def quieten() -> None:
    """Set the libraries to WARNING and hide tokens in every record from now on; a second call changes nothing."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    make = logging.getLogRecordFactory()
    if isinstance(make, _Redacting):
        return
    logging.setLogRecordFactory(_Redacting(make))


class _Redacting:
    """A filter on the root logger would miss what its children log, one on a handler what is added later."""

    def __init__(self, make: Any) -> None:
        self._make = make
        self._filter = TokenFilter()

    def __call__(self, *args: Any, **kwargs: Any) -> logging.LogRecord:
        record: logging.LogRecord = self._make(*args, **kwargs)
        self._filter.filter(record)
        return record
