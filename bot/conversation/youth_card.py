"""The card of a youngster on one screen: the fixed list, and what this professional was sent. Nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.conversation import (
    concern,
    digesting,
    facts_staff,
    lines,
    naming,
    overview,
    replying,
    subject,
    wording,
    workbook,
)
from bot.conversation.asked import Asked
from bot.conversation.deed import GONE, Deed, Outcome, about_item, about_youth, code_is_open
from bot.conversation.handle import meant
from bot.conversation.shared_picture import LANGUAGES
from bot.conversation.turn import Turn
from bot.digest import Waiting
from bot.storage import appointments, cards, challenges, exercises, halts, items, journal, people
from bot.storage.items import Item
from bot.storage.journal import Line
from bot.storage.people import Person
from dialogs.words import Words

ITEM, YOUTH, PAGE, FROM = "item", "youth", "page", "taken_from"
NOTHING = 0
SHARED_SHOWN = 280
ATTEMPTS_SHOWN, LINES_SHOWN = 3, 5
GOALS_LOOKED = 8
OPENS_ELSEWHERE = frozenset({"alert", "scary"})
"""What has a dialog of its own: an alert is acknowledged first, a wish for the door asks who will be there."""
ELSEWHERE_ON_CARD = frozenset({"outcome", "joined", "step"})
ALSO_ON_CARD = ("challenge", "active")
"""The challenge they took stands above; that they would rather have another is said."""


def text(turn: Turn, professional: Person, youth: Person, open_item: int = NOTHING) -> str:
    """Everything on the card but the words that are open now, which stand below it."""
    name = naming.called(turn, professional, [youth.id])[youth.id]
    said = [_begun(turn, professional, youth, name)]
    given = subject.given(turn, youth.id)
    if given is not None:
        held = subject.challenge_text(turn, given, professional.language)
        step = held.step(given.step) if given.step else None
        said.append(turn.phrase("card_challenge", professional, challenge_title=held.title))
        if step is not None:
            place = held.steps.index(step) + 1
            said.append(
                turn.phrase(
                    "card_step_of", professional, step_title=step.title, place=place, count=len(held.steps)
                )
            )
    said += _goal(turn, professional, youth)
    said += _attempts(turn, professional, youth)
    said += _moved(turn, professional, youth)
    running = halts.running(turn.conn, youth.id)
    if running is not None:
        day = wording.day(turn, professional, running.halted_at)
        said.append(turn.phrase(f"halt_since_{running.reason}", professional, day=day))
    if not cards.has(turn.conn, youth.id):
        said.append(turn.phrase("card_missing", professional))
    said += _talk(turn, professional, youth)
    said += _open(turn, professional, youth)
    said += _last_shared(turn, professional, youth, open_item)
    return "\n".join(said)


def _begun(turn: Turn, reader: Person, youth: Person, name: str) -> str:
    if youth.began_at is None:
        key = "assisted_head" if youth.state == people.ASSISTED else "card_not_begun"
        return turn.phrase(key, reader, youth_name=name)
    return turn.phrase("card_begun", reader, youth_name=name, day=wording.day(turn, reader, youth.began_at))


def _goal(turn: Turn, reader: Person, youth: Person) -> list[str]:
    """The own goal, when the very line that holds it stands in something this professional was sent."""
    sent = [one for one in items.shared_with(turn.conn, youth.id, reader.id) if one.kind == "exercise"]
    for goal in exercises.latest(turn.conn, youth.id, "goal", GOALS_LOOKED):
        words = str(goal.said("change"))
        built = [
            workbook.line(turn, replace(youth, language=language), goal, "change") for language in LANGUAGES
        ]
        found = next((one for one in sent if words and any(_holds(one, line) for line in built)), None)
        if found is not None:
            day = wording.day(turn, reader, found.sent_at or found.created_at)
            return [turn.phrase("card_goal", reader, said=words, day=day)]
    return []


def _holds(one: Item, line: str) -> bool:
    """Whether *line* stands in it by itself."""
    return f"\n{line}\n" in f"\n{one.content}\n"


def _attempts(turn: Turn, reader: Person, youth: Person) -> list[str]:
    """How many steps were done, partly done or not done, and the latest; by the fixed list."""
    begins = youth.created_at - timedelta(days=1)
    done = [one for one in journal.between(turn.conn, [youth.id], begins, turn.now) if one.kind == "outcome"]
    if not done:
        return []
    counted = Counter(one.value for one in done)
    said = [
        turn.phrase(
            "card_attempts",
            reader,
            done=counted["done"],
            partly=counted["partly"],
            not_done=counted["not_done"],
        )
    ]
    return said + [_attempt(turn, reader, one) for one in reversed(done[-ATTEMPTS_SHOWN:])]


def _attempt(turn: Turn, reader: Person, one: Line) -> str:
    how = turn.phrase(f"moved_outcome_{one.value}", reader)
    title = ""
    if one.object_id is not None:
        title = lines.step_title(turn, reader, challenges.load_attempt(turn.conn, one.object_id))
    day = wording.day(turn, reader, one.at)
    return turn.phrase("card_attempt", reader, day=day, step_title=title, outcome=how)


def _moved(turn: Turn, reader: Person, youth: Person) -> list[str]:
    """The latest of every other kind on the fixed list, newest first."""
    latest = [
        one
        for one in journal.latest(turn.conn, youth.id)
        if one.kind not in ELSEWHERE_ON_CARD
        and (one.kind, one.value) != ALSO_ON_CARD
        and not (one.kind == "refused" and youth.began_at)
    ]
    newest = sorted(latest, key=lambda one: one.at, reverse=True)[:LINES_SHOWN]
    return [
        f"{wording.day(turn, reader, one.at)}:"
        f" {digesting.moved(turn, reader, one.kind, one.value, one.object_id)}"
        for one in newest
    ]


def _talk(turn: Turn, reader: Person, youth: Person) -> list[str]:
    """The talk this professional planned, with what the youngster said to it."""
    one = appointments.to_come(turn.conn, youth.id, reader.id, turn.now)
    if one is None:
        return []
    moment = wording.day_and_clock(turn, reader, one.starts_at)
    state = turn.phrase(f"talk_is_{one.state}", reader)
    return [turn.phrase("card_talk", reader, moment=moment, said=state)]


def _open(turn: Turn, reader: Person, youth: Person) -> list[str]:
    """What waits: for this professional, and with a colleague as far as they left it."""
    mine = [_waiting(one) for one in items.waiting_for(turn.conn, reader.id) if one.youth_id == youth.id]
    left = [
        _waiting(one, one.recipient_id)
        for one in digesting.left_by_colleagues(turn, reader)
        if one.youth_id == youth.id
    ]
    said = digesting.waits(turn, reader, [*mine, *left])
    return [turn.phrase("card_open", reader, said="; ".join(said))] if said else []


def _waiting(one: Item, holder: int | None = None) -> Waiting:
    since = one.sent_at or one.created_at
    return Waiting(one.youth_id, digesting.what(one), since, one.level == concern.LEVEL, holder)


def _last_shared(turn: Turn, reader: Person, youth: Person, open_item: int) -> list[str]:
    """The beginning of what was sent to this professional last, unless it stands below in full."""
    found = next((one for one in items.shared_with(turn.conn, youth.id, reader.id) if one.content), None)
    if found is None or found.id == open_item or found.state == "sent":
        return []
    words = " ".join(str(found.content).split())
    cut = f"{words[:SHARED_SHOWN].rstrip()}…" if len(words) > SHARED_SHOWN else words
    day = wording.day(turn, reader, found.sent_at or found.created_at)
    return ["", turn.phrase("card_last_shared", reader, day=day), cut]


# What the dialogs ask for


def open_entry(deed: Deed) -> Outcome:
    """The youngster behind a number, with the most urgent thing that waits; its words count as opened."""
    youth_id = meant(deed.turn, deed.person, "youth", deed.answer("line"))
    return _entry(deed, youth_id)


def open_next(deed: Deed) -> Outcome:
    """The same youngster again: what waits now."""
    return _entry(deed, deed.session.state.subject.get(YOUTH))


def _entry(deed: Deed, youth_id: int | None) -> Outcome:
    turn, person = deed.turn, deed.person
    if not code_is_open(deed):
        return Outcome("code")
    if youth_id is None:
        return GONE
    waiting = [one for one in items.waiting_for(turn.conn, person.id) if one.youth_id == youth_id]
    first = min(waiting, key=lambda one: (one.kind != "alert", one.level != concern.LEVEL), default=None)
    if not turn.allowed(person, "see_youth", about_youth(turn, person, youth_id)):
        # Somebody whom they do not look after (any more) sent them something: that, and no card.
        return Outcome("item", {YOUTH: youth_id, ITEM: first.id}) if first else GONE
    rows = {YOUTH: youth_id, ITEM: first.id if first else NOTHING, PAGE: 0, FROM: NOTHING}
    if first is not None and first.kind not in OPENS_ELSEWHERE:
        turn.allow(person, "read_item", about_item(turn, person, first))
        if first.state == "sent":
            items.change(turn.conn, first.id, state="opened", opened_at=turn.now, opened_by=person.id)
    return Outcome("ok", rows)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {"open_entry": open_entry, "open_next": open_next}


# Facts


def _card(ask: Asked) -> Words:
    youth = subject.youth(ask.turn, ask.state)
    if not ask.turn.may_see(ask.person, "see_youth", about_youth(ask.turn, ask.person, youth.id)):
        return Words("")
    return Words(text(ask.turn, ask.person, youth, ask.state.subject.get(ITEM, NOTHING)))


def _item(ask: Asked) -> Item | None:
    """What is open on the card, while this professional may read it."""
    number = ask.state.subject.get(ITEM, NOTHING)
    one = items.load(ask.turn.conn, number) if number else None
    if one is None or one.recipient_id != ask.person.id or one.state not in items.WAITING:
        return None
    return one


def _readable(ask: Asked) -> Item | None:
    one = _item(ask)
    return one if one is not None and one.kind not in OPENS_ELSEWHERE else None


def _words(ask: Asked) -> Words:
    """What is open, with its moment, what was written before and its state; words that sound heavy stand out."""
    one = _readable(ask)
    if one is None:
        return Words("")
    head = ask.turn.phrase(
        "entry_words",
        ask.person,
        day=wording.day_and_clock(ask.turn, ask.person, one.sent_at or one.created_at),
        said=facts_staff.page_of(ask)[0],
    )
    heavy = ask.turn.phrase("entry_heavy", ask.person) if one.level == concern.LEVEL else ""
    thread = str(replying.LOOKUPS["item_thread"](ask))
    state = overview.item_state(ask.turn, ask.person, one)
    return Words("\n\n".join(part for part in (heavy, head, thread, state) if part))


def _wish(ask: Asked) -> bool:
    """A wish to talk is over when they talked, not when it was seen."""
    return _readable(ask) is not None and bool(replying.LOOKUPS["item_is_wish"](ask))


def _long(ask: Asked) -> bool:
    return _readable(ask) is not None and facts_staff.page_of(ask)[1]


def _more_waits(ask: Asked) -> bool:
    number = ask.state.subject.get(YOUTH)
    return any(one.youth_id == number for one in items.waiting_for(ask.turn.conn, ask.person.id))


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "youth_card": _card,
    "entry_words": _words,
    "entry_wish": _wish,
    "entry_long": _long,
    "entry_waits": lambda ask: _readable(ask) is not None,
    "entry_opens": lambda ask: (one := _item(ask)) is not None and one.kind in OPENS_ELSEWHERE,
    "entry_more": _more_waits,
}
