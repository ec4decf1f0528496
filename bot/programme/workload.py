"""What the bot asks of a professional, counted: taps, words to read, letters to type, and how long they take. Pure.

The figures are those of published measurements, rounded to the slow side:

- a tap: 2.5 seconds. The keystroke-level model (Card, Moran and Newell 1980) has 1.35 for deciding and 1.1 for
  pointing, which makes 2.45.
- a digit of the own code: 1.1 seconds, the pointing alone: nobody decides about it.
- reading: 200 words a minute. Brysbaert (2019) found 238 for adults who read non-fiction in silence.
- a letter on a phone: 0.4 seconds. Palin and others (2019) found 36 words a minute, which makes 0.33.

What is not counted: the talk with the youngster itself, thinking about an answer, and taking the phone out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

_PIECES = re.compile(r"(?<=\D[.?!]) |(?<=,) (?=\d)")
TAP, DIGIT, LETTER = 2.5, 1.1, 0.4
WORDS_A_MINUTE = 200
WEEKLY, AFTER_EVENING = 5.0, 3.0
"""The most minutes a professional with 24 youngsters is asked for: in a week, and after each evening."""


@dataclass(frozen=True, slots=True)
class Work:
    """What was done: *taps*, *digits* of the own code, *words* that were read, *letters* that were typed."""

    taps: int = 0
    digits: int = 0
    words: int = 0
    letters: int = 0

    def __add__(self, other: Work) -> Work:
        return Work(
            self.taps + other.taps,
            self.digits + other.digits,
            self.words + other.words,
            self.letters + other.letters,
        )

    @property
    def seconds(self) -> float:
        """How long it takes."""
        reading = self.words * 60 / WORDS_A_MINUTE
        return self.taps * TAP + self.digits * DIGIT + reading + self.letters * LETTER

    @property
    def minutes(self) -> float:
        return self.seconds / 60


def total(pieces: Iterable[Work]) -> Work:
    """All of it together."""
    found = Work()
    for one in pieces:
        found += one
    return found


def pieces(text: str) -> tuple[str, ...]:
    """What the eye takes in at once: the sentences of a screen, and each numbered name of a list."""
    flat = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(one for line in flat for one in _PIECES.split(line) if one)


def read(text: str, known: Collection[str] = ()) -> Work:
    """Reading a screen. A piece in *known* stood there a moment ago in the same sitting: the eye passes over it.

    A sign without a letter or figure is no word: the dots of a code are not read.
    """
    new = (one.split() for one in pieces(text) if one not in known)
    return Work(words=sum(any(sign.isalnum() for sign in word) for one in new for word in one))


def typed(text: str) -> Work:
    """Typing a message, and sending it."""
    return Work(taps=1, letters=len(text))


NOTED: Mapping[str, Work] = {
    # Looking: for every youngster who stands on the screen one line is noted.
    "see_digest": Work(taps=1, words=9),
    "see_meeting_list": Work(words=4),
    "see_youth": Work(taps=1, words=30),
    "see_handover": Work(taps=1, words=25),
    "see_phase": Work(taps=2, words=25),
    "see_waiting": Work(taps=1, words=20),
    "see_sign_up": Work(taps=2, words=30),
    # Reading and answering
    "read_item": Work(taps=1, words=20),
    "answer_item": Work(taps=4, words=30, letters=40),
    "close_item": Work(taps=2, words=12),
    "take_over": Work(taps=2, words=20),
    # Guiding
    "give_challenge": Work(taps=4, words=50),
    "adapt_step": Work(taps=6, words=80, letters=60),
    "write_note": Work(taps=4, words=20, letters=60),
    "plan_talk": Work(taps=6, words=40),
    "note_attendance": Work(taps=5, words=50),
    "observe": Work(taps=4, words=25),
    "rate_readiness": Work(taps=10, words=120),
    "move_phase": Work(taps=6, words=40),
    "give_place": Work(taps=4, words=40),
    "screen": Work(taps=12, words=160),
    "invite": Work(taps=9, words=110, letters=6),
    "assist": Work(taps=4, words=40),
    # Alerts and the worst day
    "acknowledge_alert": Work(taps=1, words=30),
    "read_alert": Work(taps=1, words=40),
    "handle_alert": Work(taps=3, words=30),
    "second_read": Work(taps=3, words=60),
    "fill_card": Work(taps=4, words=40, letters=25),
    "open_card": Work(taps=2, words=40),
    "halt": Work(taps=3, words=40),
    "lift_halt": Work(taps=2, words=20),
    # Arranging
    "change_meeting": Work(taps=5, words=70),
    "mark_absent": Work(taps=5, words=60),
    "handle_sign_up": Work(taps=3, words=30),
    "make_poster": Work(taps=4, words=40, letters=8),
}
"""What one line of the audit trail stands for. What is not named here takes no time that is counted."""


def from_trail(counted: Mapping[str, int]) -> Work:
    """The work behind a number of lines of the audit trail: an estimate, and no clock."""
    return total(_times(NOTED[action], number) for action, number in counted.items() if action in NOTED)


def _times(one: Work, number: int) -> Work:
    return Work(one.taps * number, one.digits * number, one.words * number, one.letters * number)
