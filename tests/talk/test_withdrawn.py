"""A step or a challenge is withdrawn: it stops at once for everybody, who hears of it once, and can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.content.pages import SHELL, Actor
from bot.conversation import withdrawn
from bot.conversation.turn import Turn
from bot.conversation.withdrawn import NothingToWithdraw
from bot.errors import Refused
from bot.storage import challenges, due, publications, withdrawals
from bot.storage.schema_flow import due as due_table
from tests.talk.journeys import STEP, gives, has_plan, opens_youngsters, picks

GREETING = "een-groet-per-dag"
WHY = "Te spannend zonder hulp"
OPENER = "Er is een bericht voor je."


def withdraw(stage, step=None, by=SHELL, key=GREETING, kind="challenge"):
    def act(conn):
        turn = Turn(conn, stage.world, stage.now)
        return withdrawn.withdraw(turn, by, kind, key, step, WHY)

    return stage.writes(act)


def lift(stage, step=None):
    return stage.writes(
        lambda conn: withdrawn.lift(Turn(conn, stage.world, stage.now), SHELL, "challenge", GREETING, step)
    )


def current(stage, name="Sam"):
    return stage.reads(lambda conn: challenges.current(conn, stage.id_of(stage.of(name))))


def planned(stage, name="Sam"):
    return stage.reads(lambda conn: challenges.planned(conn, stage.id_of(stage.of(name))))


def moments_of(stage, name="Sam"):
    number = stage.id_of(stage.of(name))
    return {one.kind for one in stage.reads(lambda conn: due.waiting_of(conn, number))}


class TestAStep:
    def test_a_plan_for_it_is_gone_at_once_and_the_youngster_chooses_another_step(self, stage):
        sam = has_plan(stage)
        assert {"nudge", "follow_up"} <= moments_of(stage)

        outcome = withdraw(stage, "hoi")

        assert outcome.told == 1
        assert planned(stage) is None
        assert current(stage).step is None
        assert not {"nudge", "follow_up"} & moments_of(stage)
        stage.ticks()
        assert sam.said == OPENER
        sam.taps("Lees")
        assert STEP in sam.said
        assert "Jij deed niets fout." in sam.said
        sam.taps("Andere stap kiezen")
        assert not any(label.startswith(STEP) for label in sam.last.labels)
        sam.taps("Een knik").taps("zaterdag 21", "16:00")
        assert planned(stage).step == "knik"

    def test_its_moment_passes_in_silence(self, stage):
        sam = has_plan(stage)
        withdraw(stage, "hoi")
        stage.ticks()
        sam.taps("Lees", "Klaar voor nu")
        before = len(sam.shown)

        stage.passes("2026-11-23 08:00")

        assert len(sam.shown) == before

    def test_it_is_told_once(self, stage):
        sam = has_plan(stage)
        before = len(sam.shown)
        withdraw(stage, "hoi")
        withdraw(stage, "hoi")

        stage.ticks()
        stage.passes("2026-11-21 12:00")

        assert [one.text for one in sam.shown[before:]] == [OPENER]

    def test_in_a_quiet_hour_it_stops_at_once_and_is_told_in_the_morning(self, stage):
        sam = has_plan(stage)
        stage.passes("2026-11-20 23:00")
        withdraw(stage, "hoi")
        stage.ticks()
        assert planned(stage) is None
        assert not any(text == OPENER for text in sam.texts)

        stage.passes("2026-11-21 09:00")

        assert sam.said == OPENER

    def test_an_open_nudge_for_it_becomes_old(self, stage):
        sam = has_plan(stage)
        stage.passes("2026-11-21 16:00")
        go = sam.sees("Ik ga")
        withdraw(stage, "hoi")

        sam.taps_data(go.button("Ik ga").data)

        assert stage.outcomes[-1] == "outdated"

    def test_a_choice_that_stands_on_the_screen_does_not_count_any_more(self, stage):
        stage.youth_begins()
        sam = gives(stage).taps("Ja, die wil ik", "Meteen een stap kiezen")
        choices = sam.sees(STEP)
        withdraw(stage, "hoi")

        sam.taps_data(choices.button(STEP).data)

        assert current(stage).step is None
        assert stage.outcomes[-1] == "outdated"

    def test_who_is_on_another_step_hears_nothing_and_is_not_offered_it(self, stage):
        sam = has_plan(stage)

        outcome = withdraw(stage, "nieuw")
        stage.ticks()

        assert outcome.told == 0
        assert sam.said != OPENER
        assert planned(stage).step == "hoi"
        sam.types("Menu").taps("Mijn stap", "Andere stap")
        assert not any(label.startswith("Hoi tegen iemand die nieuw") for label in sam.last.labels)

    def test_one_step_down_passes_it_by(self, stage):
        sam = has_plan(stage)
        withdraw(stage, "knik")
        stage.passes("2026-11-21 16:00")

        sam.taps("Te groot")

        assert "kleinste stap" in sam.said

    def test_the_professional_sees_it_in_the_list_of_what_moved(self, stage):
        has_plan(stage)
        withdraw(stage, "hoi")

        vera = opens_youngsters(stage.of("Vera"))

        assert "een stap is ingetrokken" in vera.said

    def test_a_step_that_does_not_exist_is_refused_with_those_that_do(self, stage):
        with pytest.raises(NothingToWithdraw) as refused:
            withdraw(stage, "zwaai")

        assert "hoi" in refused.value.known

    def test_nobody_but_an_admin_and_the_shell_may(self, stage):
        vera = stage.programme.staff["Vera"]
        with pytest.raises(Refused):
            withdraw(stage, "hoi", Actor(vera, "professional"))

        assert withdraw(stage, "hoi", Actor(stage.programme.staff["Joost"], "admin")).revisions


class TestAChallenge:
    def test_it_is_gone_and_the_professional_can_give_another(self, stage):
        sam = has_plan(stage)

        withdraw(stage)
        stage.ticks()

        assert current(stage) is None
        assert planned(stage) is None
        assert sam.said == OPENER
        sam.taps("Lees")
        assert "Een groet per dag" in sam.said
        assert "Vera" in sam.said
        stage.passes("2026-11-23 10:00")
        vera = stage.of("Vera")
        assert any("klaar" in text or "bericht" in text for text in vera.texts)
        opens_youngsters(vera).taps("Uitdaging geven")
        assert "Een groet per dag" not in vera.said
        vera.taps("Alle uitdagingen")
        assert not any("Een groet per dag" in label for label in vera.sees("Mijn plek in de buurt").labels)
        vera.taps("Mijn plek in de buurt")
        assert "Gegeven aan Sam" in vera.said

    def test_who_had_not_heard_of_it_never_does(self, stage):
        sam = stage.youth_begins()
        stage.passes("2026-11-20 23:00")
        opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")
        before = len(sam.shown)

        assert withdraw(stage).told == 0
        stage.passes("2026-11-21 12:00")

        assert len(sam.shown) == before

    def test_what_was_done_keeps_its_words(self, stage):
        sam = has_plan(stage)
        stage.passes("2026-11-21 18:00")
        sam.taps("Gedaan")
        withdraw(stage)

        sam.taps("Meer vertellen")

        assert "STEP" not in sam.said
        assert stage.outcomes[-1] == "tapped"


class TestUndo:
    def test_who_was_not_told_yet_has_the_plan_back(self, stage):
        sam = has_plan(stage)
        withdraw(stage, "hoi")

        assert lift(stage, "hoi").told == 1
        stage.ticks()

        assert sam.said != OPENER
        assert planned(stage).step == "hoi"
        assert current(stage).step == "hoi"
        stage.passes("2026-11-21 16:00")
        assert "Ik ga" in sam.last.labels

    def test_who_was_told_can_choose_it_again(self, stage):
        sam = has_plan(stage)
        withdraw(stage, "hoi")
        stage.ticks()

        lift(stage, "hoi")
        sam.taps("Lees", "Andere stap kiezen")

        assert any(label.startswith(STEP) for label in sam.last.labels)
        assert planned(stage) is None

    def test_a_challenge_is_there_again(self, stage):
        has_plan(stage)
        withdraw(stage)

        lift(stage)

        assert current(stage).key == GREETING

    def test_what_was_not_withdrawn_cannot_be_lifted(self, stage):
        with pytest.raises(NothingToWithdraw):
            lift(stage, "hoi")


class TestADialog:
    def test_the_one_before_takes_its_place_also_for_who_is_in_it(self, stage):
        sam = picks(gives_to_sam(stage))
        assert "Op welke dag" in sam.said
        shipped = stage.world.library.revision("dialog", "plan")
        local = published(stage, "plan", "Op welke dag wil je dit doen?", "Welke dag kies je?")
        assert stage.world.library.revision("dialog", "plan") == local

        withdraw(stage, key="plan", kind="dialog")
        stage.ticks()

        assert stage.world.library.revision("dialog", "plan") == shipped
        assert stage.reads(lambda conn: withdrawals.whole(conn, local))

    def test_somebody_in_the_withdrawn_text_goes_on_in_the_other(self, stage):
        local = published(stage, "plan", "Hoe laat wil je het doen?", "Wat is je tijd?")
        sam = picks(gives_to_sam(stage))
        withdraw(stage, key="plan", kind="dialog")
        stage.ticks()

        sam.taps("zaterdag 21")

        assert "Hoe laat wil je het doen?" in sam.said
        assert local

    def test_the_only_text_there_is_cannot_be_withdrawn(self, stage):
        with pytest.raises(NothingToWithdraw) as refused:
            withdraw(stage, key="plan", kind="dialog")

        assert refused.value.why == "no_other"
        assert stage.reads(lambda conn: withdrawals.standing(conn, "dialog", "plan")) == []


def gives_to_sam(stage):
    stage.youth_begins()
    return gives(stage)


def published(stage, key, old, new):
    """Publish a dialog with one sentence changed; its revision."""
    from bot.content.pages import Examined, pages_of
    from bot.content.publishing import publish

    def act(conn):
        base = publications.current(conn, "dialog", key)
        assert base is not None
        before = pages_of(conn, base)
        assert old in before.nl.decode()
        pages = replace(before, nl=before.nl.decode().replace(old, new).encode())
        done = publish(conn, Examined(pages, ()), base, SHELL, stage.now)
        assert done.state == "published", done
        return done.revision

    name = stage.writes(act)
    stage.ticks()
    return name


def test_a_moment_that_was_cancelled_stays_in_the_database_with_its_reason(stage):
    has_plan(stage)
    withdraw(stage, "hoi")

    states = stage.reads(
        lambda conn: set(conn.execute(select(due_table.c.state).where(due_table.c.kind == "nudge")).scalars())
    )

    assert states == {"cancelled"}
