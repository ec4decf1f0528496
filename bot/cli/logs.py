"""Logging of a running companion: stderr, one line a record, never the words of anybody."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from types import TracebackType

from bot.telegram.quiet import quieten

NOISY = ("uvicorn", "alembic")


class OneLine(logging.Formatter):
    """An error shows where it happened, not what it said: the message of an exception may quote a participant."""

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """The record on one line."""
        where = ""
        if record.exc_info and record.exc_info[0] is not None:
            where = f" | {frames(record.exc_info[0], record.exc_info[2])}"
        if record.name == "asyncio":
            # What follows its first line quotes the exception with its words.
            record.msg, record.args = record.getMessage().partition("\n")[0], None
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        return (super().format(record) + where).replace("\n", " ").replace("\r", " ")


def frames(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The type of an error and the places it came through, last first."""
    places = [f"{frame.filename}:{frame.lineno}" for frame in reversed(traceback.extract_tb(trace))]
    return " < ".join([kind.__name__, *places])


def start_logging(level: str) -> None:
    """Log to stderr at *level*."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    quieten()
