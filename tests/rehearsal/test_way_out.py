"""No sequence of events leaves a youngster without a next button and a way to help.

The quick profile runs with every test; ``pytest -m slow tests/rehearsal`` plays for a long time.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.pages import Pages
from bot.conversation.commands import EVERYBODY, YOUTH_ONLY
from bot.conversation.shelf import Shelf
from bot.conversation.talk import LEFT_ALONE
from bot.rehearsal.seating import put
from bot.rehearsal.stage import CHANNEL
from bot.storage import people
from tests.talk.journeys import has_prepared_plan
from tests.talk.stage import Stage

HELP = ("Hulp nu", "Help now")
MENU = ("Menu",)
WORDS = ["ja", "7", "Menu", "Hulp nu", "Later", "Noor zei hoi terug", "ik wil dood", "🙂" * 300, "?" * 4000]
COMMANDS = sorted({*EVERYBODY, *YOUTH_ONLY, "start", "menu", "straks", "pauze", "bestaat_niet"})
STRETCHES = [timedelta(minutes=5), timedelta(hours=3), timedelta(days=1), timedelta(days=6)]
CHANGES = {
    # Steps that are open get another name, also in dialogs that always follow the newest text.
    "checkin": (b"enough", b"genoeg_nu"),
    "two_weekly": (b"enough", b"genoeg_nu"),
    "plan": (b"day_again", b"dag_weer"),
}


@dataclass(frozen=True)
class Event:
    """Something that happens: *kind*, and a number that chooses which."""

    kind: str
    which: int


TAP = st.builds(Event, st.just("taps"), st.integers(0, 60))
OTHER = st.builds(
    Event,
    st.sampled_from(
        ["types", "commands", "waits", "restarts", "edits content", "taps an old button", "sends"]
    ),
    st.integers(0, 60),
)
# Most of what anybody does is a tap on what stands there.
EVENTS = st.lists(st.one_of(TAP, TAP, TAP, OTHER), min_size=4, max_size=18)


class Evening:
    """One youngster and everything that may happen."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        has_prepared_plan(stage)
        # What is changed here stays off the shelf that other tests use.
        self.library = copy(stage.world.library)
        stage.world = replace(stage.world, library=self.library)
        self.sam = stage.of("Sam")
        self.number = stage.id_of(self.sam)

    def happens(self, event: Event) -> None:
        match event.kind:
            case "taps":
                labels = [button for one in self.sam.shown[-3:] for button in one.buttons if button.data]
                if labels:
                    self.sam.taps_data(labels[-1 - event.which % len(labels)].data)
            case "taps an old button":
                old = [button for one in self.sam.shown for button in one.buttons if button.data]
                if old:
                    self.sam.taps_data(old[event.which % len(old)].data)
            case "types":
                self.sam.types(WORDS[event.which % len(WORDS)])
            case "commands":
                self.sam.types("/" + COMMANDS[event.which % len(COMMANDS)])
            case "waits":
                self.stage.passes(STRETCHES[event.which % len(STRETCHES)])
            case "restarts":
                self.stage.engine.dispose()
                self.stage.ticks()
            case "edits content":
                key = sorted(CHANGES)[event.which % len(CHANGES)]
                self.stage.writes(
                    lambda conn: put(conn, self.library, [changed(self.library, key)], self.stage.now)
                )
            case _:
                self.sam.sends(["voice", "photo", "sticker"][event.which % 3])

    def has_a_way_out(self) -> None:
        """A button that leads on, and help: within the message, on the lasting keyboard, or already said."""
        sam = self.sam
        waiting = [one for one in sam.shown if one.labels]
        near = {label for one in waiting[-1:] for label in one.labels} | set(sam.keyboard)
        assert near & set(HELP) or "112" in sam.said, f"no way to help\n{sam.screen}"
        assert waiting or set(sam.keyboard) & set(MENU), f"no next button\n{sam.screen}"

    def help_comes(self) -> None:
        count = len(self.sam.shown)
        self.sam.types("/hulp")
        assert "112" in self.sam.since(count), self.sam.screen

    def menu_comes(self) -> None:
        """Whoever is still in gets a question with buttons; a phone that was let go belongs to a stranger."""
        person = self.stage.reads(lambda conn: people.load(conn, self.number))
        account = self.stage.reads(lambda conn: people.find_account(conn, CHANNEL, self.sam.account))
        if person.state in {*LEFT_ALONE, "erased", "stopped"} or account is None or account.person_id is None:
            return
        count = len(self.sam.shown)
        self.sam.types("Menu")
        assert any(one.labels for one in self.sam.shown[count:]), f"the menu is silent\n{self.sam.screen}"


def changed(library: Shelf, key: str) -> Pages:
    """The dialog *key* with another name for one of its steps, in both languages."""
    before, after = CHANGES[key]
    texts = {one.language: one.content for one in library.shipped("dialog", key)}
    assert before in texts["nl"]
    return Pages("dialog", key, texts["nl"].replace(before, after), texts["en"].replace(before, after))


def plays(stage: Stage, events: list[Event]) -> None:
    evening = Evening(stage)
    for event in events:
        evening.happens(event)
        evening.has_a_way_out()
    evening.help_comes()
    evening.menu_comes()


@settings(
    max_examples=12,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(events=EVENTS)
def test_nothing_that_happens_leaves_somebody_without_a_way_out(prepared, events):
    plays(prepared.stage(), events)


@pytest.mark.slow
@pytest.mark.usefixtures("may_take_minutes")
@settings(max_examples=800, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(events=EVENTS)
def test_the_same_for_a_long_time(prepared, events):
    plays(prepared.stage(), events)


def test_a_phone_without_a_way_out_is_seen(prepared):
    evening = Evening(prepared.stage())
    evening.sam.keyboard = []
    for one in evening.sam.shown:
        one.message = type(one.message)(one.message.text)
    with pytest.raises(AssertionError, match="no way to help"):
        evening.has_a_way_out()
    evening.sam.keyboard = ["Hulp nu"]
    with pytest.raises(AssertionError, match="no next button"):
        evening.has_a_way_out()
