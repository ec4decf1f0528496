"""What makes a single value of the configuration wrong, and what a right one becomes.

Every message is read after "[section] key:", so it says what the value should be, and never shows it.
"""

import shlex
from collections.abc import Mapping
from datetime import time
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator

from bot.schedule.hours import Span, WorkingHours, parse_span, parse_working_hours


def web_url(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError('should be an address as in "https://bot.example.org/webhook"')
    return parts


def is_loopback(host: str) -> bool:
    """Whether the host is this machine itself, judged by its name only: nothing is looked up."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _working_hours(value: object) -> WorkingHours:
    if isinstance(value, Mapping):
        return value
    return parse_working_hours(_text(value))


def _span(value: object) -> Span:
    if isinstance(value, tuple) and len(value) == 2:
        return value
    return parse_span(_text(value))


def _text(value: object) -> str:
    if not isinstance(value, str):
        # pydantic turns a ValueError into a problem with its place, and lets a TypeError pass.
        raise ValueError("should be a text between quotes")  # noqa: TRY004
    return value


def address(value: str) -> str:
    parts = urlsplit(f"//{value}")
    try:
        port = parts.port
    except ValueError:
        port = None
    if not parts.hostname or port is None or parts.path:
        raise ValueError('should be an address and a port, as in "127.0.0.1:8080"')
    return value


def wall_time(value: str) -> str:
    try:
        time.fromisoformat(value)
    except ValueError:
        raise ValueError('should be a time of day, as in "09:00"') from None
    return value


def timezone_name(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        raise ValueError('should be a time zone, as in "Europe/Amsterdam"') from None
    return value


def command(value: str) -> str:
    try:
        shlex.split(value)
    except ValueError:
        raise ValueError("has a quote that is never closed") from None
    return value


def database_url(value: str) -> str:
    # The message never shows the value: a PostgreSQL URL holds a password.
    if value.startswith("sqlite:///") and value != "sqlite:///" and ":memory:" not in value:
        return value
    for prefix in ("postgresql+psycopg://", "postgresql://"):
        if value.startswith(prefix):
            return "postgresql+psycopg://" + value.removeprefix(prefix)
    raise ValueError('should begin with "sqlite:///" and a path, or with "postgresql://"')


def _minutes(value: object) -> tuple[int, ...]:
    """Growing whole minutes, as in "5, 10, 15"."""
    if isinstance(value, tuple):
        return value
    try:
        found = tuple(int(part) for part in _text(value).split(","))
    except ValueError:
        found = ()
    if len(found) != 3 or found[0] < 1 or sorted(set(found)) != list(found):
        raise ValueError('should be three growing numbers of minutes, as in "5, 10, 15"')
    return found


Hours = Annotated[WorkingHours, PlainValidator(_working_hours)]
ThreeMinutes = Annotated[tuple[int, ...], PlainValidator(_minutes)]
QuietHours = Annotated[Span, PlainValidator(_span)]
Rate = Annotated[float, Field(gt=0, le=30)]
