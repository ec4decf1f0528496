"""The digest of one professional: what is gathered for it, its words, and the screens on which it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot import digest as rules
from bot import sheet
from bot.conversation import concern, made_up, naming, ordinary, quiet_list, talk_wishes, wording
from bot.conversation.asked import Asked
from bot.conversation.deed import Deed, Outcome, code_is_open
from bot.conversation.handle import named
from bot.conversation.turn import Turn
from bot.schedule.reading import next_reading
from bot.storage import digests, duty, halts, holidays, items, journal, meetings, people
from bot.storage.items import Item
from bot.storage.people import Person
from dialogs.effects import Option
from dialogs.state import State
from dialogs.words import Words

FIRST_SPAN = timedelta(days=28)
"""How far the first digest looks back; every later one begins where the last one that was opened ended."""
DAYS_BY_NAME = 7
LEFT_AFTER = timedelta(days=1)
"""A colleague's item shows after a working day; at once when the colleague is away."""
SHEET, KEPT = "sheet", "digest"
WISHES = frozenset({"talk", "answer"})
"""What waits is said once, not again as something that moved."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen of the digest in words: the line on top, the numbered lines, and who each number is."""

    head: str
    body: str
    numbers: tuple[tuple[int, int], ...]
    later: bool
    more: bool


def begins(turn: Turn, professional: Person) -> datetime:
    """From when on the next digest tells: since the last one that was opened; what nobody opened comes again."""
    earliest = turn.now - FIRST_SPAN
    seen = digests.seen_until(turn.conn, professional.id) or digests.first_since(turn.conn, professional.id)
    return seen or max(earliest, professional.began_at or earliest)


def collect(turn: Turn, professional: Person, state: State) -> rules.Digest:
    """The digest the dialog is about; from the menu the last one, with what came after it."""
    number = state.subject.get("digest")
    if number is not None:
        span = digests.load(turn.conn, number)
        return between(turn, professional, span.since, span.until)
    last = digests.latest(turn.conn, professional.id)
    return between(turn, professional, last.since if last else begins(turn, professional), turn.now)


def between(turn: Turn, professional: Person, since: datetime, until: datetime) -> rules.Digest:
    """What waits now, and what moved in a stretch of time."""
    halted = halts.halted(turn.conn)
    youth_ids = [one.id for one in people.youngsters_of(turn.conn, professional.id) if one.id not in halted]
    waiting = [_waiting(one) for one in items.waiting_for(turn.conn, professional.id)]
    waiting += [_waiting(one, one.recipient_id) for one in left_by_colleagues(turn, professional)]
    lines = journal.between(turn.conn, youth_ids, since, until)
    ahead = _ahead(turn, {line.object_id for line in lines if line.kind == rules.EVENING and line.object_id})
    moved = [
        rules.Moved(line.youth_id, line.kind, line.value, line.at, line.object_id)
        for line in lines
        if line.kind != rules.EVENING or line.object_id in ahead
    ]
    signals = frozenset(one.id for one in quiet_list.found(turn, professional))
    practised = made_up.of(turn.conn, professional.id)
    return rules.digest(
        youth_ids, waiting, moved, signals, frozenset({practised.id} if practised is not None else ())
    )


def left_by_colleagues(turn: Turn, professional: Person) -> list[Item]:
    """What a colleague has of youngsters this professional looks after too, when they left it or are away.

    What went to a confidant or coordinator went past the professionals on purpose, and stays out of sight.
    """
    halted = halts.halted(turn.conn)
    mine = {one.id for one in people.youngsters_of(turn.conn, professional.id, None)}
    for holiday in holidays.read_by(turn.conn, professional.id, turn.now):
        if holiday.begins_at <= turn.now:
            mine.update(one.id for one in holidays.youngsters_for(turn.conn, holiday, professional.id))
    found = items.waiting_with_others(turn.conn, sorted(mine - halted), professional.id)
    return [one for one in found if _is_left(turn, one)]


def _is_left(turn: Turn, one: Item) -> bool:
    holder = people.load(turn.conn, one.recipient_id or 0)
    if holder.role != "professional":
        return False
    if talk_wishes.waits_until(turn, one) is not None:
        return not duty.reachable(turn.conn, holder.id, turn.now)
    settings = turn.world.settings
    since = ordinary.begins(turn, one) or one.sent_at or one.created_at
    read = next_reading(since, settings.working_hours, settings.zone)
    again = next_reading(read + LEFT_AFTER, settings.working_hours, settings.zone)
    return turn.now >= again or not duty.reachable(turn.conn, holder.id, turn.now)


def _ahead(turn: Turn, numbers: Collection[int]) -> frozenset[int]:
    """Which evenings are still to come: who was there is known afterwards, from the list."""
    found = [meetings.load(turn.conn, number) for number in numbers]
    return frozenset(one.id for one in found if one.starts_at > turn.now and one.state in meetings.HELD)


def _waiting(one: Item, holder: int | None = None) -> rules.Waiting:
    kind = what(one)
    heavy = one.level == concern.LEVEL
    since = one.sent_at or one.created_at
    return rules.Waiting(one.youth_id, kind, since, heavy, holder, ordinary.is_one(one))


def what(one: Item) -> str:
    """What it is called while it waits: who wrote back did not ask to be spoken to."""
    if one.level == "p3":
        return "contact"
    return "answer" if one.kind == "talk" and one.reply_id is not None else one.kind


# In words


def shown(turn: Turn, professional: Person, state: State) -> Shown:
    """The screen of the digest that the dialog stands at."""
    found = collect(turn, professional, state)
    names = naming.called(turn, professional, [one.youth_id for one in found.entries])
    numbers = {entry.youth_id: number for number, entry in enumerate(found.entries, start=1)}
    asking = [
        sheet.fitted(line(turn, professional, entry, f"{numbers[entry.youth_id]}. {names[entry.youth_id]}"))
        for entry in found.entries[: found.needs]
    ]
    pieces = list(sheet.numbered(asking))
    labels: dict[str, dict[int, str]] = {}
    for one in found.gathered:
        known = labels.setdefault(_together(turn, professional, one), {})
        known.update((numbers[youth_id], names[youth_id]) for youth_id in one.youth_ids)
    for label, mine in labels.items():
        pieces += sheet.gathered(label, sorted(mine.items()))
    # Two groups may meet on one day.
    coming: Counter[str] = Counter()
    for number, count in found.coming.items():
        coming[_evening(turn, professional, number)] += count
    pieces += [
        sheet.Piece(turn.phrase("gathered_coming", professional, count=count, day=day))
        for day, count in coming.items()
    ]
    head = _head(turn, professional, found)
    later_head = turn.phrase("digest_on", professional)
    blocks = (found.needs,)
    screens = sheet.sheets(pieces, blocks, head, later_head)
    place = min(state.subject.get(SHEET, 0), len(screens) - 1)
    screen = screens[place]
    body = sheet.body(pieces, blocks, screen)
    more = screen.last < len(pieces)
    if more:
        body += "\n\n" + turn.phrase("digest_rest", professional, count=screen.rest)
    on_it = tuple((number, found.entries[number - 1].youth_id) for number in screen.numbers)
    return Shown(later_head if place else head, body, on_it, place > 0, more)


def _head(turn: Turn, reader: Person, found: rules.Digest) -> str:
    if found.is_empty:
        nobody = all(one.state == made_up.STATE for one in people.youngsters_of(turn.conn, reader.id))
        quiet = {"quiet": found.quiet, "long_quiet": found.long_quiet}
        return turn.phrase("digest_empty", reader, nobody=nobody, **quiet)
    oldest = (turn.now - found.oldest).days if found.oldest else 0
    return turn.phrase(
        "digest_head",
        reader,
        needs=found.asking,
        oldest=turn.phrase("days_old", reader, age=oldest) if oldest else "",
        shared=found.shared,
        moved=found.moved,
        quiet=found.quiet,
        long_quiet=found.long_quiet,
    )


def line(turn: Turn, reader: Person, entry: rules.Entry, name: str) -> str:
    """Number and name, and what waits; then of what moved as much as fits whole."""
    said = waits(turn, reader, entry.waiting)
    asked = any(one.kind in WISHES for one in entry.waiting)
    lasting = [one for one in entry.moved if not (asked and one.kind == "talk")]
    found = f"{name}: {'; '.join(dict.fromkeys(said))}"
    # An alert stands first, also when it was handled, and so does who took something over.
    for one in sorted(lasting, key=lambda one: (one.kind not in rules.SAID_FIRST, -one.at.timestamp())):
        more = f"{found}; {moved(turn, reader, one.kind, one.value, one.object_id)}"
        if sheet.height(more) <= sheet.ENTRY_LINES:
            found = more
    return found


def _together(turn: Turn, reader: Person, one: rules.Gathered) -> str:
    """What stands before the names."""
    if one.kind == rules.SHARED:
        days = (turn.now - one.since).days
        age = turn.phrase("days_old", reader, age=days) if days else ""
        return turn.phrase("gathered_shared", reader, age=age)
    if one.kind == rules.EVENING:
        return turn.phrase(f"gathered_meeting_{one.value}", reader, day=_evening(turn, reader, one.object_id))
    said = moved(turn, reader, one.kind, one.value, one.object_id)
    return said[:1].upper() + said[1:]


def _evening(turn: Turn, reader: Person, number: int | None) -> str:
    """The day of the week; with its date from a week ahead."""
    starts_at = meetings.load(turn.conn, number or 0).starts_at
    day = starts_at.astimezone(turn.world.settings.zone).date()
    if (day - turn.today).days < DAYS_BY_NAME:
        return wording.weekday(reader, day.weekday())
    return wording.day(turn, reader, starts_at)


def waits(turn: Turn, reader: Person, waiting: Sequence[rules.Waiting]) -> list[str]:
    """What waits, alike together: how often, with whom, and how old the oldest is."""
    alike: dict[tuple[str, bool, int | None], list[rules.Waiting]] = {}
    for one in waiting:
        alike.setdefault((one.kind, one.concern, one.holder), []).append(one)
    said = []
    for (kind, heavy, holder), ones in alike.items():
        words = turn.phrase(f"waits_{kind}", reader)
        if heavy:
            words = turn.phrase("waits_concern", reader, said=words)
        days = (turn.now - min(one.since for one in ones)).days
        more = [
            turn.phrase("waits_times", reader, count=len(ones)) if len(ones) > 1 else "",
            turn.phrase("waits_with", reader, holder=people.load(turn.conn, holder).name) if holder else "",
            turn.phrase("days_old", reader, age=days) if days else "",
        ]
        added = ", ".join(one for one in more if one)
        said.append(f"{words} ({added})" if added else words)
    return said


def moved(turn: Turn, reader: Person, kind: str, value: str | None, object_id: int | None = None) -> str:
    """A line of the fixed list in words."""
    if kind == "taken":
        who = people.find(turn.conn, object_id) if object_id else None
        return turn.phrase("moved_taken", reader, staff_name=who.name if who else "")
    return turn.phrase(f"moved_{kind}_{value}" if value else f"moved_{kind}", reader)


# What the dialog asks for


def opened(turn: Turn, professional: Person, state: State) -> None:
    """It is opened behind the code: every youngster whom this screen names is written down.

    Only with its last screen it was seen: until then the next one tells it again.
    """
    screen = shown(turn, professional, state)
    for _, youth_id in screen.numbers:
        turn.note(professional, "see_digest", "person", youth_id, youth_id)
    last = digests.latest(turn.conn, professional.id)
    number = state.subject.get("digest", last.id if last else None)
    if number is not None and not screen.more:
        digests.opened(turn.conn, number, turn.now)


def next_sheet(deed: Deed) -> Outcome:
    """What did not fit on the screen."""
    return _turned(deed, deed.session.state.subject.get(SHEET, 0) + 1)


def first_sheet(deed: Deed) -> Outcome:
    """Back to the beginning."""
    return _turned(deed, 0)


def _turned(deed: Deed, place: int) -> Outcome:
    if not code_is_open(deed):
        return Outcome("code")
    state = deed.session.state
    opened(deed.turn, deed.person, State(state.script, state.at, subject={**state.subject, SHEET: place}))
    return Outcome("ok", {SHEET: place})


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"next_sheet": next_sheet, "first_sheet": first_sheet}


# Facts


def _shown(ask: Asked) -> Shown:
    if KEPT not in ask.found:
        ask.found[KEPT] = shown(ask.turn, ask.person, ask.state)
    kept: Shown = ask.found[KEPT]
    return kept


def numbers(ask: Asked) -> tuple[Option, ...]:
    """A button with a number for each line of this screen."""
    return tuple(
        Option(named(ask.turn, ask.person, "youth", youth_id), str(number))
        for number, youth_id in _shown(ask).numbers
    )


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "digest_head": lambda ask: _shown(ask).head,
    "digest_lines": lambda ask: Words(_shown(ask).body),
    "digest_numbers": numbers,
    "digest_more": lambda ask: _shown(ask).more,
    "digest_later": lambda ask: _shown(ask).later,
}
