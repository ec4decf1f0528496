"""What a button carries, and the only place that knows how it is written.

Telegram gives back 1-64 bytes, and a modified client can send any: so the data never proves who taps or what is
allowed. A button of somebody's own dialog names its place; a button about another person carries only the random
handle of a stored row, which knows its purpose, assignment and expiry.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field

TOKEN_BYTES = 16
LONGEST = 64
_CHOICE = re.compile(r"[a-z0-9_-]{1,32}")
_NAME = re.compile(r"[a-z0-9_-]{1,32}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_DIALOG = re.compile(r"d\.(0|[1-9][0-9]{0,18})\.(0|[1-9][0-9]{0,8})\.([a-z0-9_-]{1,32})")
_LAST_SESSION = 2**63 - 1
_LAST_SCREEN = 10**9 - 1


@dataclass(frozen=True, slots=True)
class DialogButton:
    """An answer on a screen of the own dialog; *choice* is a key or an ISO date."""

    session: int
    screen: int
    choice: str


@dataclass(frozen=True, slots=True)
class HandleButton:
    """Something about another person; *token* finds the row that says what."""

    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FixedButton:
    """The same for everybody, at any time: for example the help button."""

    name: str


@dataclass(frozen=True, slots=True)
class Forged:
    """Nothing we ever made: an older version, or a client that makes up its own."""


ButtonData = DialogButton | HandleButton | FixedButton | Forged


def dialog(session: int, screen: int, choice: str) -> str:
    """The data of an answer in a dialog; ValueError when it could not be read back."""
    if not (0 <= session <= _LAST_SESSION and 0 <= screen <= _LAST_SCREEN and _CHOICE.fullmatch(choice)):
        raise ValueError("a button needs a session, a screen and a choice of a-z, 0-9, _ and - (at most 32)")
    return f"d.{session}.{screen}.{choice}"


def handle(token: str) -> str:
    """The data of a button about another person; ValueError unless *token* was made by ``token_from``."""
    if not _TOKEN.fullmatch(token):
        raise ValueError("a handle has 22 characters")
    return f"h.{token}"


def fixed(name: str) -> str:
    """The data of a button that is the same for everybody; ValueError for an impossible name."""
    if not _NAME.fullmatch(name):
        raise ValueError("a fixed button is named with a-z, 0-9, _ and - (at most 32)")
    return f"g.{name}"


def token_from(random: bytes) -> str:
    """The handle that 16 random bytes make: 128 bits, in 22 characters."""
    if len(random) != TOKEN_BYTES:
        raise ValueError("a handle is made of 16 random bytes")
    return urlsafe_b64encode(random).rstrip(b"=").decode("ascii")


def parse(data: str) -> ButtonData:
    """What *data* says; never raises, whatever a client sent."""
    if own := _DIALOG.fullmatch(data):
        session, screen, choice = own.groups()
        return DialogButton(int(session), int(screen), choice) if int(session) <= _LAST_SESSION else Forged()
    kind, _, rest = data.partition(".")
    if kind == "h" and _TOKEN.fullmatch(rest):
        return HandleButton(rest)
    if kind == "g" and _NAME.fullmatch(rest):
        return FixedButton(rest)
    return Forged()
