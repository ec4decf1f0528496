"""Notes of professionals about a youngster: for the two who look after them, and in what the youngster can ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import wording
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_youth, code_is_open
from bot.storage import notes, people
from bot.storage.notes import Note
from dialogs.words import Words

MOST = 40
"""Notes that stand about one youngster at most: what matters for longer belongs in a talk."""
ON_PAGE = 4


def open_notes(deed: Deed) -> Outcome:
    """The page of notes, newest first."""
    if not code_is_open(deed):
        return Outcome("code")
    return Outcome("ok", {"page": 0, "note": 0}) if _youth_id(deed) else GONE


def next_notes(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    return Outcome("ok", {"page": deed.session.state.subject.get("page", 0) + 1})


def keep(deed: Deed) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth_id, said = deed.turn, _youth_id(deed), deed.words("note_words")
    if youth_id is None or not said:
        return GONE
    people.locked(turn.conn, youth_id)
    if notes.count(turn.conn, youth_id) >= MOST:
        return Outcome("full")
    return Outcome("ok", {"note": notes.add(turn.conn, youth_id, said, deed.person.id, turn.now), "page": 0})


def undo(deed: Deed) -> Outcome:
    """The note that was just written goes, else the last one of whoever asks; that older one behind the code."""
    turn, youth_id = deed.turn, _youth_id(deed)
    written = deed.session.state.subject.get("note")
    if not written and not code_is_open(deed):
        return Outcome("code")
    if youth_id is None:
        return GONE
    number = written or next(
        (one.id for one in notes.of_youth(turn.conn, youth_id) if one.by_id == deed.person.id), 0
    )
    if not notes.remove(turn.conn, number, deed.person.id, turn.now):
        return GONE
    return Outcome("ok", {"note": 0, "page": 0})


def _youth_id(deed: Deed) -> int | None:
    number = deed.session.state.subject.get("youth")
    target = about_youth(deed.turn, deed.person, number) if number else None
    allowed = target is not None and deed.turn.allowed(deed.person, "write_note", target)
    return number if allowed else None


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_notes": open_notes,
    "next_notes": next_notes,
    "keep_note": keep,
    "undo_note_of_staff": undo,
}


def _notes(ask: Asked) -> list[Note]:
    number = ask.state.subject.get("youth")
    if not number or not ask.turn.may_see(
        ask.person, "write_note", about_youth(ask.turn, ask.person, number)
    ):
        return []
    return notes.of_youth(ask.turn.conn, number)


def lines(ask: Asked) -> Words:
    """The notes of this page: day, who wrote it, the words."""
    first = ask.state.subject.get("page", 0) * ON_PAGE
    return Words(
        "\n\n".join(
            ask.turn.phrase(
                "note_line",
                ask.person,
                day=wording.day(ask.turn, ask.person, one.at),
                staff_name=people.load(ask.turn.conn, one.by_id).name,
                said=one.words,
            )
            for one in _notes(ask)[first : first + ON_PAGE]
        )
    )


def more(ask: Asked) -> bool:
    return len(_notes(ask)) > (ask.state.subject.get("page", 0) + 1) * ON_PAGE


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "note_lines": lines,
    "note_has_more": more,
    "note_has_any": lambda ask: bool(_notes(ask)),
    "note_has_own": lambda ask: any(one.by_id == ask.person.id for one in _notes(ask)),
}
