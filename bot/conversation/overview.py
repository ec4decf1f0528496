"""What staff see: digest, card of a youngster, list of an evening. Only what was sent, and the fixed list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import digest as rules
from bot.conversation import subject, wording
from bot.conversation.turn import Turn
from bot.storage import admissions, cards, digests, halts, items, journal, meetings, people
from bot.storage.items import Item
from bot.storage.people import Person
from dialogs.state import State

LOOK_BACK = timedelta(days=7)
COMING = {"come": "coming_kom", "not": "coming_niet", "unsure": "coming_weet_niet"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The digest in words: one line on top, the numbered lines, and who each number is."""

    head: str
    body: str
    youngsters: tuple[int, ...]


def collect(turn: Turn, professional: Person, state: State) -> rules.Digest:
    """The digest the dialog is about; from the menu the last one, with what came after it."""
    number = state.subject.get("digest")
    if number is not None:
        span = digests.load(turn.conn, number)
        return between(turn, professional, span.since, span.until)
    last = digests.latest(turn.conn, professional.id)
    return between(turn, professional, last.since if last else turn.now - LOOK_BACK, turn.now)


def between(turn: Turn, professional: Person, since: datetime, until: datetime) -> rules.Digest:
    """What waits now, and what moved in a stretch of time."""
    halted = halts.halted(turn.conn)
    youth_ids = [one.id for one in people.youngsters_of(turn.conn, professional.id) if one.id not in halted]
    waiting = [
        rules.Waiting(
            one.youth_id, "contact" if one.level == "p3" else one.kind, one.sent_at or one.created_at
        )
        for one in items.waiting_for(turn.conn, professional.id)
    ]
    moved = [
        rules.Moved(line.youth_id, line.kind, line.value, line.at)
        for line in journal.between(turn.conn, youth_ids, since, until)
    ]
    return rules.digest(youth_ids, waiting, moved)


def digest_of(turn: Turn, professional: Person, state: State) -> Shown:
    """The digest as it is read."""
    found = collect(turn, professional, state)
    names = {one.youth_id: str(people.load(turn.conn, one.youth_id).name) for one in found.entries}
    numbered = [
        f"{number}. {names[entry.youth_id]}: {_line(turn, professional, entry)}"
        for number, entry in enumerate(found.entries, start=1)
    ]
    if found.is_empty:
        head = turn.phrase("digest_empty", professional, quiet=found.quiet)
    else:
        head = turn.phrase(
            "digest_head", professional, needs=len(found.needs), moved=len(found.moved), quiet=found.quiet
        )
    return Shown(head, "\n".join(numbered), tuple(entry.youth_id for entry in found.entries))


def card(turn: Turn, professional: Person, youth: Person) -> str:
    """One youngster: since when, which challenge and step, what moved last, what waits."""
    said = [
        turn.phrase(
            "card_begun",
            professional,
            youth_name=youth.name,
            day=wording.day(turn, professional, youth.began_at),
        )
        if youth.began_at
        else turn.phrase(
            "assisted_head" if youth.state == people.ASSISTED else "card_not_begun",
            professional,
            youth_name=youth.name,
        )
    ]
    given = subject.given(turn, youth.id)
    if given:
        text = subject.challenge_text(turn, given, professional.language)
        step = text.step(given.step) if given.step else None
        said.append(turn.phrase("card_challenge", professional, challenge_title=text.title))
        if step:
            said.append(turn.phrase("card_step", professional, step_title=step.title))
    said += [
        f"{wording.day(turn, professional, line.at)}: {_moved(turn, professional, line.kind, line.value)}"
        for line in journal.latest(turn.conn, youth.id)
        if line.kind != "joined" and not (line.kind == "refused" and youth.began_at)
    ]
    waiting = [one for one in items.waiting_about(turn.conn, youth.id) if one.recipient_id == professional.id]
    running = halts.running(turn.conn, youth.id)
    if running is not None:
        day = wording.day(turn, professional, running.halted_at)
        said.append(turn.phrase(f"halt_since_{running.reason}", professional, day=day))
    if not cards.has(turn.conn, youth.id):
        said.append(turn.phrase("card_missing", professional))
    if waiting:
        said.append(turn.phrase("card_waiting", professional, count=len(waiting)))
    return "\n".join(said)


def item_state(turn: Turn, reader: Person, one: Item) -> str:
    """sent, opened or handled, with the moment. Nothing else is ever claimed."""
    moment = {"sent": one.sent_at, "opened": one.opened_at, "handled": one.handled_at}.get(one.state)
    said = turn.phrase(f"state_{one.state}", reader)
    return f"{said} {wording.day_and_clock(turn, reader, moment)}" if moment else said


def listed(turn: Turn, group_id: int) -> list[Person]:
    """The youngsters whom the list of an evening names; nobody when no evening is planned."""
    if meetings.upcoming(turn.conn, group_id, turn.now) is None:
        return []
    halted = halts.halted(turn.conn)
    found = people.youngsters_in(turn.conn, group_id)
    there = admissions.belongs_to_evenings(turn.conn, [one.id for one in found])
    return [one for one in found if one.id in there and one.id not in halted]


def meeting_list(turn: Turn, professional: Person) -> str:
    """Who comes to the next evening of each group."""
    said = []
    for group_id, name in people.groups_of(turn.conn, professional.id):
        evening = meetings.upcoming(turn.conn, group_id, turn.now)
        if evening is None:
            continue
        answers = meetings.answers(turn.conn, evening.id)
        said.append(
            f"{name}\n{wording.day_and_clock(turn, professional, evening.starts_at)}, {evening.place}"
        )
        youngsters = listed(turn, group_id)
        for answer in ("come", "not", "unsure", None):
            names = [str(one.name) for one in youngsters if answers.get(one.id) == answer]
            label = turn.phrase(COMING.get(answer or "", "coming_none"), professional)
            said.append(f"{label}: {', '.join(names) or '-'}")
        said.append("")
    return "\n".join(said).strip() or turn.phrase("no_meeting", professional)


def _line(turn: Turn, reader: Person, entry: rules.Entry) -> str:
    said = [_waiting(turn, reader, one) for one in entry.waiting]
    changed = [line for line in entry.moved if line.kind == "meeting"][:-1]
    lasting = [line for line in entry.moved if line not in changed]
    # An alert stands first, also when it was handled.
    lasting = sorted(lasting[-3:], key=lambda line: line.kind != "alert")
    said += [_moved(turn, reader, line.kind, line.value) for line in lasting]
    return "; ".join(dict.fromkeys(said))


def _waiting(turn: Turn, reader: Person, one: rules.Waiting) -> str:
    days = (turn.now - one.since).days
    said = turn.phrase(f"waits_{one.kind}", reader)
    return f"{said} ({turn.phrase('days_old', reader, age=days)})" if days else said


def _moved(turn: Turn, reader: Person, kind: str, value: str | None) -> str:
    return turn.phrase(f"moved_{kind}_{value}" if value else f"moved_{kind}", reader)
