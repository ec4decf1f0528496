"""Anything, in any order: taps, words, forged data and time, on several phones. What must hold, holds all the way."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation.commands import STAFF_ONLY
from bot.rehearsal.phone import Phone
from bot.storage import audit, items, outbox_state
from bot.storage.schema_flow import outbox as outbox_table
from bot.storage.schema_talk import item
from tests.talk import kept
from tests.talk.journeys import gives, has_prepared_plan
from tests.talk.stage import CODE, Stage

STEPS = 150
YOUTH = {"Sam": ("Vera", "Tom"), "Kim": ("Amira", "Bas")}
SENTENCES = [
    "ja",
    "nee",
    "7",
    "Menu",
    "Hulp nu",
    "Later",
    "Sla over",
    "",
    "   ",
    "🙂" * 400,
    "<b>&{{ name }}",
    "?" * 5000,
]
SIDEWAYS = {"Hulp nu", "Help now", "Later", "Sla over", "Sluiten", "Terug", "Ik wil iemand spreken"}
COMMANDS = ["/start", "/menu", "/hulp", "/privacy", "/taal", *("/" + name for name in STAFF_ONLY), "/x"]
STRETCHES = [timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=5), timedelta(hours=30)]
FORGED = [
    "d.1.1.ja",
    "d.3.2.later",
    "g.help",
    "g.menu",
    "h.aaaaaaaaaaaaaaaaaaaaaa",
    "d.2.1.7",
    "",
    "nonsense",
]


class Walk:
    """One walk: who does what is decided by *seed* alone."""

    def __init__(self, stage: Stage, seed: int) -> None:
        self.stage = stage
        self.chance = random.Random(seed)
        self.done: list[str] = []
        self.words: dict[str, list[str]] = {name: [] for name in YOUTH}
        has_prepared_plan(stage)
        stage.youth_begins("Kim", born="2009-01", group="12-18", main="Amira", backup="Bas")
        gives(stage, "Kim", by="Amira")
        self.stranger = stage.phone("Iemand")

    def steps(self, count: int) -> Iterator[str]:
        """Do that many things; each is named as it is done."""
        for _ in range(count):
            phone = self.stage.of(self.chance.choice(["Sam", "Sam", "Kim", "Kim", "Vera", "Amira", "Tom"]))
            act = self.chance.choices(
                [
                    self.taps,
                    self.types,
                    self.forges,
                    self.commands,
                    self.sends,
                    self.waits,
                    self.blocks,
                    self.strays,
                ],
                [70, 8, 5, 4, 2, 8, 1, 1],
            )[0]
            self.done.append(f"{phone.name} {act.__name__}")
            act(phone)
            yield self.done[-1]

    def taps(self, phone: Phone) -> None:
        """A button of one of the latest messages; on a number pad mostly the right code."""
        offering = [one for one in phone.shown if one.labels][-3:]
        if not offering:
            return
        shown = self.chance.choice([*offering, offering[-1], offering[-1]])
        if "⌫" in shown.labels and self.chance.random() < 0.8:
            for digit in CODE:
                if digit in shown.labels:
                    phone.taps_data(shown.button(digit).data)
            return
        label = self.chance.choice([one for one in shown.labels if one not in SIDEWAYS] or shown.labels)
        if self.chance.random() < 0.1:
            label = self.chance.choice(shown.labels)
        self.done[-1] += f" {label!r}"
        phone.taps_data(shown.button(label).data)

    def types(self, phone: Phone) -> None:
        if phone.name not in YOUTH or self.chance.random() < 0.3:
            phone.types(self.chance.choice(SENTENCES))
            return
        words = f"woord-van-{phone.name}-{len(self.words[phone.name])}"
        if self.chance.random() < 0.1:
            words = f"ik wil dood {words}"
        self.words[phone.name].append(words)
        self.done[-1] += f" {words!r}"
        phone.edits(words) if self.chance.random() < 0.1 else phone.types(words)

    def forges(self, phone: Phone) -> None:
        others = [
            b.data
            for other in self.stage.phones.values()
            for one in other.shown
            for r in one.message.rows
            for b in r
        ]
        data = self.chance.choice(FORGED + self.chance.sample(others, min(20, len(others))))
        if self.chance.random() < 0.3:
            data = re.sub(r"\d", lambda _: str(self.chance.randrange(10)), data)
        self.done[-1] += f" {data!r}"
        phone.taps_data(data)

    def commands(self, phone: Phone) -> None:
        phone.types(self.chance.choice(COMMANDS))

    def sends(self, phone: Phone) -> None:
        phone.sends(self.chance.choice(["voice", "photo", "sticker"]), self.chance.choice(SENTENCES))

    def waits(self, phone: Phone) -> None:
        self.takes_alerts()
        step = self.chance.choice(
            [timedelta(minutes=3), timedelta(minutes=20), timedelta(hours=5), timedelta(hours=30)]
        )
        self.done[-1] = f"{step} go by"
        self.stage.passes(step)

    def blocks(self, phone: Phone) -> None:
        phone.blocks()
        phone.blocks(False)

    def strays(self, phone: Phone) -> None:
        self.stranger.types(self.chance.choice(SENTENCES + COMMANDS))

    def takes_alerts(self) -> None:
        """Somebody takes what is urgent, as they would within minutes."""
        for name in ("Vera", "Tom", "Amira", "Bas"):
            phone = self.stage.of(name)
            for label in ("Kijk nu", "Gezien, ik pak het op"):
                while phone.has(label):
                    phone.taps(label)


def there_is_a_way_to_help(walk: Walk) -> None:
    for name in YOUTH:
        phone = walk.stage.of(name)
        asking = [one for one in phone.shown if one.labels][-1:]
        near = any(label in ("Hulp nu", "Help now") for one in asking for label in one.labels)
        assert near or "Hulp nu" in phone.keyboard or "Help now" in phone.keyboard or "112" in phone.said, (
            phone.screen
        )
        assert phone.toast in ("", *TOASTS), phone.toast


TOASTS = (
    "Deze knop werkt hier niet.",
    "Deze knop hoort bij een eerdere vraag.",
    "This button does not work here.",
    "This button belongs to an earlier question.",
)


def words_stay_where_they_belong(walk: Walk) -> None:
    for owner, staff in YOUTH.items():
        for phone in walk.stage.phones.values():
            if phone.name in (owner, *staff):
                continue
            assert f"woord-van-{owner}" not in phone.ever, f"{phone.name} has words of {owner}"


def what_staff_read_was_sent(walk: Walk) -> None:
    def contents(conn: object) -> list[str]:
        numbers = conn.execute(select(item.c.id).where(item.c.state.in_(["sent", "opened", "handled"])))  # type: ignore[attr-defined]  # handed on below
        return [str(items.load(conn, number).content) for number in numbers.scalars()]  # type: ignore[arg-type]  # idem

    sent = "\n".join(walk.stage.reads(contents))
    for owner, staff in YOUTH.items():
        for name in staff:
            for words in re.findall(rf"woord-van-{owner}-\d+", walk.stage.of(name).ever):
                assert words in sent, f"{name} read {words}, which was not sent"


def what_holds_words_is_protected(walk: Walk) -> None:
    for staff in YOUTH.values():
        for name in staff:
            for one in walk.stage.of(name).shown:
                assert one.message.protect or not any("woord-van" in text for text in one.ever), one.text


def everything_went_out(walk: Walk) -> None:
    waiting = select(outbox_table.c.id).where(
        outbox_table.c.state == "ready", outbox_table.c.not_before <= walk.stage.now
    )
    assert walk.stage.reads(lambda conn: conn.execute(waiting).scalars().all()) == []
    counts = walk.stage.reads(outbox_state.counts)
    assert not set(counts) & {"sending", "dead", "uncertain"}, counts


def help_answers_everybody(walk: Walk) -> None:
    for phone in (*map(walk.stage.of, (*YOUTH, "Vera", "Noor", "Joost")), walk.stranger):
        count = len(phone.shown)
        phone.types("/hulp")
        assert "112" in phone.since(count), phone.name


def the_file_holds_no_words(walk: Walk) -> None:
    assert not kept.file_holds(walk.stage.path, "woord-van-")
    assert walk.stage.reads(audit.broken_at) is None


AFTER_EACH: list[Callable[[Walk], None]] = [there_is_a_way_to_help, everything_went_out]
AT_THE_END: list[Callable[[Walk], None]] = [
    words_stay_where_they_belong,
    what_staff_read_was_sent,
    what_holds_words_is_protected,
    help_answers_everybody,
    the_file_holds_no_words,
]


def walks(stage: Stage, seed: int) -> None:
    walk = Walk(stage, seed)
    try:
        for number, _ in enumerate(walk.steps(STEPS)):
            for holds in AFTER_EACH if number % 5 == 0 else AFTER_EACH[:1]:
                holds(walk)
        walk.takes_alerts()
        stage.passes(timedelta(days=3))
        for holds in [*AFTER_EACH, *AT_THE_END]:
            holds(walk)
    except BaseException:
        print("\n".join(walk.done))
        raise


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_what_must_hold_holds(stage, seed):
    walks(stage, seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 140))
def test_the_same_for_a_long_time(stage, seed):
    walks(stage, seed)


def test_the_checks_can_fail(stage):
    """Each check is shown something that must not be."""
    walk = Walk(stage, 0)
    walk.stage.of("Kim").shown[-1].ever.append("woord-van-Sam-0")
    with pytest.raises(AssertionError, match="Kim has words of Sam"):
        words_stay_where_they_belong(walk)
    neutral = walk.stage.of("Vera").shown[-1]
    neutral.message = replace(neutral.message, protect=False)
    neutral.ever.append("woord-van-Sam-0")
    with pytest.raises(AssertionError, match="was not sent"):
        what_staff_read_was_sent(walk)
    with pytest.raises(AssertionError):
        what_holds_words_is_protected(walk)
    sam = walk.stage.of("Sam")
    sam.keyboard, sam.shown = [], sam.shown[:1]
    with pytest.raises(AssertionError):
        there_is_a_way_to_help(walk)
