"""Six weeks are asked for with a draft, played elsewhere, and the calendar comes back in the chat."""

from __future__ import annotations

import io
import json

import pytest

from bot.conversation import weeks_asked
from bot.rehearsal import child
from bot.storage import drafts
from tests.talk.test_content_by_chat import KEY, changed, kept
from tests.talk.test_play_content import sends, sends_dialog


def asked(stage):
    return stage.writes(lambda conn: weeks_asked.next_asked(conn, stage.world, stage.now, frozenset()))


def comes_back(stage, weeks, count=1):
    """The weeks are played as the process does it, fewer of them; then what is to be sent arrives."""
    order = child.Order(weeks.texts, weeks.persona, weeks.challenge, weeks.language, weeks.language, count)
    output = io.StringIO()
    child.work(json.loads(child.packed(order)), output)
    calendar = child.calendar_in(output.getvalue().encode())
    assert calendar is not None
    done = stage.writes(
        lambda conn: weeks_asked.came_back(
            conn, stage.world, stage.now, weeks.session, calendar.lines, calendar.counted
        )
    )
    stage.ticks()
    return done


def goes_wrong(stage, weeks, why="weeks_failed"):
    stage.writes(lambda conn: weeks_asked.failed(conn, stage.world, stage.now, weeks.session, why))
    stage.ticks()


class TestSixWeeks:
    def test_the_calendar_comes_by_itself_and_as_a_document(self, stage):
        joost = sends(stage).taps("Speel 6 weken")
        assert "Sam: 20" in joost.said
        joost.taps("Sam")
        assert "Ik speel zes weken met Sam" in joost.said
        joost.types("/menu")

        assert comes_back(stage, asked(stage))

        calendar, document, question = joost.shown[-3:]
        assert f"Zes weken met {KEY} en Sam" in calendar.text
        assert "uitdaging" in calendar.text
        assert "berichten kwamen vanzelf" in calendar.text
        assert document.message.document.name == "zes-weken-sam.txt"
        assert "uitdaging" in document.message.document.content.decode()
        assert "Publiceer" in "".join(question.labels) or "Toch publiceren" in "".join(question.labels)
        assert asked(stage) is None

    def test_the_draft_is_what_is_played(self, stage):
        joost = sends(stage).taps("Speel 6 weken", "Sam")

        weeks = asked(stage)

        assert weeks.challenge == KEY
        assert b"Elke dag een groet" in weeks.texts[-1].nl
        assert "Niet meer nodig" in joost.last.labels

    def test_only_personas_of_the_age_it_is_for_can_be_chosen(self, stage):
        joost = sends(stage, old="bands: [under18, 18plus]", new="bands: [18plus]").taps("Speel 6 weken")

        assert {"Sam", "Yara", "Eva", "Daan"} <= set(joost.last.labels)
        assert not {"Kim", "Mo", "Lisa"} & set(joost.last.labels)

    def test_who_does_not_need_it_any_more_hears_nothing(self, stage):
        joost = sends(stage).taps("Speel 6 weken", "Sam")
        weeks = asked(stage)
        joost.taps("Niet meer nodig")
        seen = len(joost.shown)

        assert not stage.writes(
            lambda conn: weeks_asked.came_back(conn, stage.world, stage.now, weeks.session, ("x",), "y")
        )
        stage.ticks()
        assert len(joost.shown) == seen
        assert asked(stage) is None

    @pytest.mark.parametrize(
        ("why", "said"), [("weeks_failed", "niet gelukt"), ("weeks_too_long", "te lang")]
    )
    def test_a_play_that_fails_or_takes_too_long_says_so_and_the_draft_is_there(self, stage, why, said):
        joost = sends(stage).taps("Speel 6 weken", "Sam")

        goes_wrong(stage, asked(stage), why)

        assert said in joost.shown[-2].text
        assert "Speel 6 weken" in joost.last.labels
        assert len(kept(stage)) == 1

    def test_a_draft_that_is_gone_before_it_is_played_is_said(self, stage):
        joost = sends(stage).taps("Speel 6 weken", "Sam")
        stage.writes(lambda conn: drafts.drop(conn, kept(stage)[0].id))

        assert asked(stage) is None
        stage.ticks()

        assert "Zes weken spelen lukt nu niet" in joost.said

    def test_a_draft_that_changed_while_it_was_played_is_said_with_the_calendar(self, stage):
        joost = sends(stage).taps("Speel 6 weken", "Sam")
        weeks = asked(stage)
        sends(stage, new="Iedere dag een groet")

        stage.writes(
            lambda conn: weeks_asked.came_back(conn, stage.world, stage.now, weeks.session, ("regel",), "1")
        )
        stage.ticks()

        assert "intussen veranderd" in joost.shown[-2].text

    def test_a_dialog_for_staff_has_no_weeks(self, stage):
        joost = sends_dialog(stage, "digest")

        assert "Speel het" in joost.last.labels
        assert "Speel 6 weken" not in joost.last.labels

    def test_what_was_asked_is_still_there_after_a_restart(self, stage):
        sends(stage).taps("Speel 6 weken", "Sam")

        assert asked(stage) == asked(stage)

    def test_in_english(self, stage):
        joost = stage.of("Joost").types("/taal").taps("English")
        sends_english = joost.types("/menu").taps("The texts", "Challenges", "One greeting a day", "Send me")
        document = next(one.message.document for one in sends_english.shown if one.message.document)
        joost.sends_document(document.name, changed(document)).taps("Play 6 weeks", "Sam")

        comes_back(stage, asked(stage))

        assert "messages came by themselves" in joost.shown[-3].text
