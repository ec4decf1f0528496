"""What staff type about a youngster does not stay in a dialog that is over, nor in one that was left in the middle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot import installation
from bot.content.loader import NO_DIALOGS
from bot.conversation.passing import TYPED_BY_STAFF
from bot.storage import cards, sessions
from bot.storage.schema_rights import retention_run
from bot.storage.schema_talk import session
from bot.vault import BLOB_VERSION
from dialogs.script import FreeText
from tests.talk import journeys
from tests.talk.stage import shelf

CONTACT = "Tante Wilhelmina"


@pytest.fixture
def sam(stage):
    return stage.id_of(stage.youth_begins("Sam"))


def kept(stage, name):
    """The states of every session of somebody, whatever became of it: script, status and all that was answered."""
    number = stage.programme.staff.get(name, name)

    def look(conn):
        ids = conn.execute(select(session.c.id).where(session.c.person_id == number)).scalars()
        return [one for one in (sessions.load(conn, each) for each in ids) if one is not None]

    return stage.reads(look)


def begins_a_card(stage):
    """Vera goes as far as the number."""
    vera = journeys.opens_youngsters(stage.of("Vera"))
    return vera.taps("Noodkaart invullen", "Invullen", "Een naam en een nummer").types(CONTACT)


def holds(stage, name):
    return [one.script for one in kept(stage, name) if CONTACT in map(str, one.state.answers.values())]


def test_a_card_that_was_filled_in_stands_on_the_card_only(stage, sam):
    vera = begins_a_card(stage)
    assert holds(stage, "Vera") == ["emergency_card"]
    vera.taps("Ouder").types("0612345678")

    assert str(stage.reads(lambda conn: cards.load(conn, sam)).contact) == CONTACT
    assert holds(stage, "Vera") == []
    over = [one for one in kept(stage, "Vera") if one.status == "ended"]
    assert over
    assert all(not one.state.answers and not one.state.labels and not one.state.shown for one in over)


def test_a_card_that_was_left_in_the_middle_ends_and_its_words_go(stage, sam):
    vera = begins_a_card(stage)
    stage.passes(timedelta(hours=23))
    assert holds(stage, "Vera") == ["emergency_card"]
    stage.passes(timedelta(hours=25))

    assert holds(stage, "Vera") == []
    assert [one.status for one in kept(stage, "Vera") if one.script == "emergency_card"] == ["ended"]
    vera.types("Menu")
    assert "Mijn jongeren" in vera.last.labels


def test_a_dialog_that_cannot_be_opened_ends_empty_and_keeps_no_other_from_ending(stage, sam):
    begins_a_card(stage)
    stage.youth_begins("Kim", main="Tom", backup="Vera")
    card = journeys.opens_youngsters(stage.of("Tom"), "Kim").taps("Noodkaart invullen", "Invullen")
    card.taps("Een naam en een nummer")
    tom = stage.programme.staff["Tom"]
    his = (session.c.person_id == tom, session.c.script == "emergency_card")
    stage.writes(
        lambda conn: conn.execute(update(session).where(*his).values(state=bytes([BLOB_VERSION]) + bytes(40)))
    )
    stage.passes(timedelta(hours=48))

    assert holds(stage, "Vera") == []
    left = [one for one in kept(stage, "Tom") if one.script == "emergency_card"]
    assert [(one.status, one.state.at, dict(one.state.answers)) for one in left] == [("ended", None, {})]
    assert stage.reads(lambda conn: conn.execute(select(func.count()).select_from(retention_run)).scalar())


def test_what_waits_to_be_opened_stays(stage, sam):
    before = [one.id for one in kept(stage, "Vera") if one.status == "open" and not one.foreground]
    stage.passes(timedelta(days=3))
    after = {one.id: one.status for one in kept(stage, "Vera")}

    assert [number for number in before if after[number] == "ended"] == []


def test_a_youngster_keeps_what_they_answered_for_as_long_as_a_session_is_kept(stage):
    journeys.has_plan(stage)
    sam = stage.id_of(stage.of("Sam"))

    assert [one for one in kept(stage, sam) if one.status == "ended" and one.state.answers]


def test_every_dialog_in_which_staff_type_is_known():
    names = {path.stem for path in (installation.DIALOGS / "nl").glob("*.yaml")} - NO_DIALOGS - {"phrases"}
    scripts = (shelf().script(name, "nl") for name in names)
    typed = {
        one.name
        for one in scripts
        if one.audience == "staff" and any(isinstance(step.kind, FreeText) for step in one.steps.values())
    }

    assert typed == TYPED_BY_STAFF
