"""The digest: who needs the professional, what was shared, what moved, and how many are quiet. Pure; the order is this.

What counts, for each youngster once:

1. Needs you: something of theirs asks something. Alerts come first (they went out at once and wait for no digest),
   then texts that sound like a concern, then a wish to talk or what somebody wrote back, then somebody for whom the
   evening is exciting, then the rest; what a colleague has and leaves comes last. Of two alike the oldest comes first.
2. Shared: what waits was sent to be read and asks nothing. The oldest comes first.
3. Moved: lines of the fixed list since the last digest that was opened, and nothing waits.
4. Coming: they said they come to the next evening, and nothing else. Counted by evening.
5. Quiet: everybody else, counted only. Quiet is allowed. Those past the threshold of their group are counted apart.

Somebody who needs you stands on a line of their own, with what moved. Of the others names are gathered under what
they have in common, because that is read faster than the same words on every line: what was shared, an alert or who
took something over, what asks to be chosen together, the rest with the latest first, and last who does not come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

CONCERN = 1
URGENCY = {"alert": 0, "talk": 2, "answer": 2, "contact": 2, "scary": 3}
OTHER, WITH_COLLEAGUE = 4, 5
ORDINARY = frozenset({"checkin", "exercise"})
"""What is sent to be read: a check-in, an exercise. A wish to talk, an answer and a wish for the door ask something."""
LINES_SAID = 3
"""How many lines of the fixed list are told of one youngster; the rest is on the card."""
SAID_FIRST = frozenset({"alert", "taken"})
"""An alert is said also when it was handled, and so is who took something over."""
COURSE = frozenset({"joined", "step", "outcome"})
"""With a challenge that was taken: of how somebody comes along only the latest is told."""
TOGETHER = frozenset({"together", "talk_other_day", "talk_other_time", "talk_other_way", "wants_back"})
TOGETHER_CHALLENGE = frozenset({"declined", "done", "resting"})
TOGETHER_RANK = 1
SHARED, EVENING, COMES, OUTCOME = "shared", "meeting", "come", "outcome"


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something of a youngster that is not handled. *holder* is the colleague who has it; none when it is yours.

    *ordinary*: it was sent to be read and asks nothing.
    """

    youth_id: int
    kind: str
    since: datetime
    concern: bool = False
    holder: int | None = None
    ordinary: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of the fixed list."""

    youth_id: int
    kind: str
    value: str | None
    at: datetime
    object_id: int | None = None

    @property
    def said(self) -> tuple[str, str, int]:
        """What it has in common with the line of another: an evening and a colleague are told apart."""
        apart = self.kind in (EVENING, "taken")
        return self.kind, self.value or "", (self.object_id or 0) if apart else 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered youngster: what waits (most urgent first) and what is told of what moved (in order)."""

    youth_id: int
    waiting: tuple[Waiting, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Youngsters of whom the same is said. *kind* is that of the fixed list, or ``shared``; *since* the oldest."""

    kind: str
    value: str | None
    object_id: int | None
    youth_ids: tuple[int, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """*needs* and *gathered* are in the order they are shown, *entries* in that of their numbers.

    *shared* and *moved* are numbers of youngsters, and so is *quiet*, with *long_quiet* of those; *coming* has how
    many come, by evening. Who is *made_up*, to practise with, comes last and is counted nowhere.
    """

    entries: tuple[Entry, ...]
    needs: int
    gathered: tuple[Gathered, ...]
    shared: int
    moved: int
    coming: Mapping[int, int]
    quiet: int
    long_quiet: int = 0
    made_up: frozenset[int] = frozenset()

    @property
    def asking(self) -> int:
        """How many youngsters ask something."""
        return sum(one.youth_id not in self.made_up for one in self.entries[: self.needs])

    @property
    def is_empty(self) -> bool:
        return not self.entries and not self.coming

    @property
    def oldest(self) -> datetime | None:
        """Since when the oldest question waits."""
        return min(
            (
                one.since
                for entry in self.entries[: self.needs]
                for one in entry.waiting
                if not one.ordinary and entry.youth_id not in self.made_up
            ),
            default=None,
        )


def is_ordinary(kind: str, level: str | None, words: str) -> bool:
    """Whether something that was sent can wait for a digest: it asks nothing, and sounds like no concern."""
    return kind in ORDINARY and level is None and "?" not in words


def digest(
    youth_ids: Sequence[int],
    waiting: Iterable[Waiting],
    moved: Iterable[Moved],
    long_quiet: frozenset[int] = frozenset(),
    made_up: frozenset[int] = frozenset(),
) -> Digest:
    """Put what waits and what moved in order for one professional.

    *long_quiet* are past a threshold; *made_up* is whom they practise with.
    """
    waits: dict[int, list[Waiting]] = {}
    for one in waiting:
        waits.setdefault(one.youth_id, []).append(one)
    lines: dict[int, list[Moved]] = {}
    for line in moved:
        lines.setdefault(line.youth_id, []).append(line)
    coming: Counter[int] = Counter()
    entries: list[Entry] = []
    silent: list[int] = []
    for youth_id in dict.fromkeys((*youth_ids, *waits)):
        mine = tuple(sorted(waits.get(youth_id, ()), key=_urgency))
        told = _told(lines.get(youth_id, ()))
        comes = [one for one in told if one.kind == EVENING and one.value == COMES]
        coming.update(one.object_id or 0 for one in comes)
        told = tuple(one for one in told if one not in comes)
        if mine or told:
            entries.append(Entry(youth_id, mine, told))
        elif not comes and youth_id not in made_up:
            silent.append(youth_id)
    needs = sorted(
        (one for one in entries if _asks(one)),
        key=lambda one: (one.youth_id in made_up, _urgency(one.waiting[0])),
    )
    others = [one for one in entries if not _asks(one)]
    gathered = _gathered(others)
    places = dict.fromkeys(youth_id for one in gathered for youth_id in one.youth_ids)
    by_id = {one.youth_id: one for one in others}
    return Digest(
        entries=(*needs, *(by_id[youth_id] for youth_id in places)),
        needs=len(needs),
        gathered=gathered,
        shared=sum(bool(one.waiting) and one.youth_id not in made_up for one in others),
        moved=sum(not one.waiting and one.youth_id not in made_up for one in others),
        coming=dict(sorted(coming.items())),
        quiet=len(silent),
        long_quiet=len(long_quiet.intersection(silent)),
        made_up=made_up,
    )


def _asks(one: Entry) -> bool:
    return any(not each.ordinary or each.holder is not None for each in one.waiting)


def _told(lines: Iterable[Moved]) -> tuple[Moved, ...]:
    """The latest lines of one youngster, alike once; of an evening and of the challenge the last only.

    What is first, and what asks to be chosen together, is never left out for something newer. That a step was done or
    not says more than the step that was chosen next.
    """
    in_order = sorted(lines, key=lambda one: (one.kind == OUTCOME, one.at))
    latest = {_course(one): one for one in in_order}
    found = sorted(latest.values(), key=lambda one: (_rank(one) <= TOGETHER_RANK, one.at))
    return tuple(sorted(found[-LINES_SAID:], key=lambda one: one.at))


def _course(one: Moved) -> tuple[str, str, int]:
    if one.kind in COURSE or (one.kind, one.value) == ("challenge", "active"):
        return "course", "", 0
    return (one.kind, "", one.object_id or 0) if one.kind == EVENING else one.said


def _gathered(entries: Sequence[Entry]) -> tuple[Gathered, ...]:
    shared = sorted(
        (one for one in entries if one.waiting), key=lambda one: min(each.since for each in one.waiting)
    )
    found = []
    if shared:
        since = min(each.since for one in shared for each in one.waiting)
        found.append(Gathered(SHARED, None, None, tuple(one.youth_id for one in shared), since))
    alike: dict[tuple[str, str, int], list[Moved]] = {}
    for entry in entries:
        for line in entry.moved:
            alike.setdefault(line.said, []).append(line)
    for ones in sorted(alike.values(), key=lambda ones: (_rank(ones[0]), *_latest(ones), ones[0].said)):
        names = sorted(ones, key=lambda one: (-one.at.timestamp(), one.youth_id))
        first = names[-1]
        found.append(
            Gathered(first.kind, first.value, first.object_id, tuple(one.youth_id for one in names), first.at)
        )
    return tuple(found)


def _rank(one: Moved) -> int:
    if one.kind in SAID_FIRST:
        return 0
    if one.kind in TOGETHER or (one.kind == "challenge" and one.value in TOGETHER_CHALLENGE):
        return TOGETHER_RANK
    return 3 if one.kind == EVENING else 2


def _latest(ones: Sequence[Moved]) -> tuple[float]:
    return (-max(one.at.timestamp() for one in ones),)


def _urgency(one: Waiting) -> tuple[int, datetime]:
    if one.holder is not None:
        return WITH_COLLEAGUE, one.since
    if one.concern and one.kind != "alert":
        return CONCERN, one.since
    return URGENCY.get(one.kind, OTHER), one.since
