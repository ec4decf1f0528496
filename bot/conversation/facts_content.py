"""Facts for who looks after the texts: the files, who changed one last, what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.conversation import wording
from bot.conversation.asked import Asked
from bot.storage import drafts, owners, people, publications, withdrawals
from bot.storage.publications import Publication
from dialogs.effects import Option

PAGE = 20
"""Files on one screen."""


def files(ask: Asked) -> tuple[Option, ...]:
    first = ask.state.subject.get("page", 0) * PAGE
    kind = str(ask.state.answers.get("content_kind"))
    return tuple(Option(key, _title(ask, kind, key)) for key in _keys(ask)[first : first + PAGE])


def more(ask: Asked) -> bool:
    return len(_keys(ask)) > (ask.state.subject.get("page", 0) + 1) * PAGE


def title(ask: Asked) -> str:
    line = _line(ask)
    return _named(ask, line.kind, line.key)


def since(ask: Asked) -> str:
    """Since when the text is current, and who published it."""
    line = _line(ask)
    last = [
        one
        for one in publications.history(ask.turn.conn, line.kind, line.key)
        if one.action in (*publications.LOCAL, "release")
    ][-1]
    who = str(people.load(ask.turn.conn, last.by_id).name) if last.by_id is not None else ""
    at = wording.day_and_clock(ask.turn, ask.person, last.at)
    if not who:
        return ask.turn.phrase("content_since", ask.person, moment=at)
    return ask.turn.phrase("content_since_who", ask.person, moment=at, who=who)


def owner(ask: Asked) -> str:
    line = _line(ask)
    number = owners.of(ask.turn.conn, line.kind, line.key)
    return str(people.load(ask.turn.conn, number).name) if number is not None else "-"


def outdated(ask: Asked) -> bool:
    """Whether somebody published another text than the one this draft was edited from."""
    draft = _draft(ask)
    return draft is not None and publications.current(ask.turn.conn, draft.kind, draft.key) != draft.base


def others(ask: Asked) -> str:
    """Who else has a draft of the same file, and since when; empty when nobody."""
    draft = _draft(ask)
    if draft is None:
        return ""
    return ", ".join(
        ask.turn.phrase(
            "content_who_when",
            ask.person,
            who=_name(ask, one.author_id),
            moment=wording.day_and_clock(ask.turn, ask.person, one.saved_at),
        )
        for one in drafts.of_key(ask.turn.conn, draft.kind, draft.key)
        if one.id != draft.id
    )


def published_by(ask: Asked) -> str:
    """Who published the text that took the place of the one a draft was edited from, and when."""
    draft = _draft(ask)
    lines = publications.history(ask.turn.conn, draft.kind, draft.key) if draft else []
    if not lines:
        return "-"
    moment = wording.day_and_clock(ask.turn, ask.person, lines[-1].at)
    return ask.turn.phrase("content_who_when", ask.person, who=_name(ask, lines[-1].by_id), moment=moment)


def steps(ask: Asked) -> tuple[Option, ...]:
    """The steps of a challenge; none for anything else."""
    line = _line(ask)
    if line.kind != "challenge" or not ask.turn.world.library.has_challenge(line.key):
        return ()
    challenge = ask.turn.world.library.challenge(line.key, ask.person.language)
    return tuple(Option(one.key, one.title) for one in challenge.steps)


def can_withdraw(ask: Asked) -> bool:
    return _line(ask).kind in ("challenge", "dialog")


def is_withdrawn(ask: Asked) -> bool:
    line = _line(ask)
    return bool(withdrawals.standing(ask.turn.conn, line.kind, line.key))


def _name(ask: Asked, number: int | None) -> str:
    return str(people.load(ask.turn.conn, number).name) if number is not None else "-"


def _keys(ask: Asked) -> list[str]:
    kind = ask.state.answers.get("content_kind")
    return sorted(key for own, key in ask.turn.world.library.files() if own == kind)


def _title(ask: Asked, kind: str, key: str) -> str:
    library = ask.turn.world.library
    known = kind == "challenge" and library.has_challenge(key)
    return library.challenge(key, ask.person.language).title if known else key


def _named(ask: Asked, kind: str, key: str) -> str:
    """A text as a person knows it: the title of a challenge, else its name, and what kind of text it is."""
    return ask.turn.phrase("content_named", ask.person, title=_title(ask, kind, key), kind=kind)


def _line(ask: Asked) -> Publication:
    return publications.load(ask.turn.conn, ask.row("file"))


def _draft(ask: Asked) -> drafts.Draft | None:
    return drafts.load(ask.turn.conn, ask.row("draft"))


def _draft_title(ask: Asked) -> str:
    draft = _draft(ask)
    return _named(ask, draft.kind, draft.key) if draft else "-"


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "content_files": files,
    "content_more": more,
    "content_title": title,
    "content_since": since,
    "content_owner": owner,
    "content_outdated": outdated,
    "content_others": others,
    "content_published_by": published_by,
    "content_steps": steps,
    "content_can_withdraw": can_withdraw,
    "content_withdrawn": is_withdrawn,
    "content_draft": _draft_title,
    "content_errors": lambda ask: ask.row("errors"),
    "content_warnings": lambda ask: ask.row("warnings"),
}
