"""What must hold after any number of kills: compared with a journey that nobody disturbed.

From outside only: what stands on the phones, what the sandbox was asked to do, and what the database says.
"""

from __future__ import annotations

import pickle
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.crash import database
from tests.crash.database import Flying
from tests.crash.journey import KEPT, MARKERS, SENT
from tests.crash.phones import PEOPLE, USER, Seen
from tests.crash.play import Play
from tests.crash.scene import Scene

_LINK = re.compile(r"start[= ][A-Za-z0-9_-]{22}")
_CLOCK = re.compile(r"\b\d\d:\d\d\b")
MARKS = ("(mogelijk dubbel)", "(misschien kreeg je dit al)")
"""What is put in front of a message that may be a second copy."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything that can be seen at rest, and the scene to play on from there."""

    scene: Scene
    screens: dict[str, list[Seen]]
    told: dict[str, Counter[Key]]
    points: tuple[str, ...]


def look(play: Play, before: int) -> Moment:
    """This moment of *play*."""
    points = play.played.points[-1] if play.played.points else play.companion.trail
    screens = {who: play.phones.screen(who) for who in PEOPLE}
    return Moment(play.keep(before), screens, database.told(play.folder), tuple(points))


def save(moment: Moment, folder: Path) -> None:
    """Keep *moment* on disk."""
    (folder / f"{moment.scene.before}.moment").write_bytes(pickle.dumps(moment))


def moment(folder: Path, before: int) -> Moment:
    """The moment before step *before*."""
    kept: Moment = pickle.loads((folder / f"{before}.moment").read_bytes())  # noqa: S301  # this test run made it
    return kept


def findings(play: Play, expected: Moment, *, exact_times: bool = True, faults: bool = False) -> list[str]:
    """What is wrong with *play*, which should now be where *expected* was; an empty list when nothing is.

    *faults*: answers were lost that the ledger does not know of, so a mark may be there without a copy.
    """
    wrong = [f"a person had to do it again: {name}" for name in play.played.again]
    flown = [one for kill in play.played.kills for one in kill.flying]
    given_up = play.given_up()
    for who in PEOPLE:
        wrong += _screen(play, who, expected.screens[who], flown, given_up, exact_times)
        wrong += _marks(play, who, flown, faults)
    if not given_up:
        wrong += _tables(database.told(play.folder), expected.told, exact_times)
    wrong += database.is_sound(play.folder)
    wrong += _leaks(play)
    return wrong


def copies(play: Play, expected: Moment) -> int:
    """How many messages stand on the phones more than once."""
    return sum(len(play.phones.screen(who)) - len(expected.screens[who]) for who in PEOPLE)


def end_findings(play: Play) -> list[str]:
    """What is wrong at the end of the whole journey."""
    told, words, known = database.told(play.folder), database.words(play.folder), play.known
    everything = "\n".join(words.values())
    wrong = [f"lost: {name}" for name in KEPT if known[name] not in everything]
    if not any(known["preview"] in text for text in _said(play, "Vera")):
        wrong.append("Vera did not read exactly what Sam saw before sending it")
    if not any(known["reply"] in text for text in _said(play, "Sam")):
        wrong.append("Sam did not read the answer")
    wrong += [f"outbox row {row}" for row in told["outbox"] if row[3] != "sent"]
    wrong += [f"inbox row {row}" for row in told["inbox"] if row[2] != "done"]
    for table, number in (("consent", 1), ("attempt", 1), ("reply", 1), ("meeting_answer", 1), ("item", 3)):
        if sum(told[table].values()) != number:
            wrong.append(f"{sum(told[table].values())} rows in {table}, not {number}")
    return wrong


def _said(play: Play, who: str) -> list[str]:
    """Every text that was sent to *who* or put in place of another, accepted by the sandbox."""
    calls = play.sandbox.world.ledger.select(chat_id=str(USER[who]))
    return [str(call.params.get("text") or call.params.get("caption") or "") for call in calls]


def _screen(
    play: Play,
    who: str,
    expected: Sequence[Seen],
    flown: Iterable[Flying],
    given_up: Iterable[Flying],
    exact_times: bool,
) -> list[str]:
    shown = [_key(seen, exact_times) for seen in play.phones.screen(who)]
    wanted = [_key(seen, exact_times) for seen in expected]
    allowed = Counter(_flying_key(one, exact_times) for one in flown if one.chat == USER[who])
    forgiven = {_flying_key(one, exact_times) for one in given_up if one.chat == USER[who]}
    wrong = []
    for key, number in (Counter(shown) - Counter(wanted)).items():
        if number > allowed[key[:3]]:
            wrong.append(f"{who} got {number} more than the promise allows: {key[:3]}")
    missing = Counter(wanted) - Counter(shown)
    wrong += [f"{who} did not get {key[:3]}" for key in missing if not forgiven]
    if not missing and not _in_order(wanted, shown):
        wrong.append(f"{who} got messages in another order")
    return wrong


def _in_order(wanted: Sequence[Key], shown: Sequence[Key]) -> bool:
    rest = iter(shown)
    return all(key in rest for key in wanted)


def _key(seen: Seen, exact_times: bool) -> Key:
    text = _plain(seen.text, exact_times)
    return (seen.from_bot, text, seen.labels, seen.silent, seen.protected, seen.picture)


def _flying_key(one: Flying, exact_times: bool) -> Key:
    return (True, _plain(one.text, exact_times), one.labels if one.do == "send" else None)


def _plain(text: str, exact_times: bool) -> str:
    for mark in MARKS:
        text = text.removeprefix(mark).lstrip("\n")
    text = _LINK.sub("start *", text).strip()
    return text if exact_times else _CLOCK.sub("*", text)


def _marks(play: Play, who: str, flown: Iterable[Flying], faults: bool) -> list[str]:
    """A copy of what carries a mark when in doubt is marked; nothing else is."""
    said = _said(play, who)
    doubtful = {one.text for one in flown if one.chat == USER[who] and one.doubt}
    wrong = [f"{who} got {text!r} twice without a mark" for text in doubtful if said.count(text) > 1]
    wrong += [
        f"{who} got a mark for no reason: {text!r}"
        for text in said
        if text.startswith(MARKS) and not faults and not any(text.endswith(one) for one in doubtful)
    ]
    return wrong


def _tables(told: dict[str, Counter[Key]], expected: dict[str, Counter[Key]], exact_times: bool) -> list[str]:
    wrong = []
    for name, wanted in expected.items():
        found = told[name]
        if not exact_times:
            found, wanted = _without_times(found), _without_times(wanted)
        wrong += [f"{name}: {number} too many of {row}" for row, number in (found - wanted).items()]
        wrong += [f"{name}: {number} too few of {row}" for row, number in (wanted - found).items()]
    return wrong


def _without_times(rows: Counter[Key]) -> Counter[Key]:
    without: Counter[Key] = Counter()
    for row, number in rows.items():
        without[tuple(None if isinstance(value, datetime) else value for value in row)] += number
    return without


def _leaks(play: Play) -> list[str]:
    """No chat gets a marker of somebody who is not theirs, nor one that was not sent to them."""
    own = {"Sam": set(MARKERS) - {"hello"}, "Vera": {*SENT, "reply"}, "Lisa": {"hello"}}
    return [
        f"{who} got the marker {name}"
        for who in PEOPLE
        for name in set(MARKERS) - own[who]
        if any(play.known[name] in text for text in _said(play, who))
    ]
