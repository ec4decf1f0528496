"""When real youngsters come in, and which points keep a record from being kept."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest

from bot.care import commissioning
from bot.care.commissioning import LACKS, Basis, Condition, lacking, lapses, mask, unmasked
from bot.care.helplines import Helpline
from bot.care.record import QUESTIONS, Found, Organisation, missing, record

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
TODAY = date(2026, 11, 20)
FINE = Condition(commissioned=True, helplines_are_fresh=True, copy_is_fresh=True, duty_is_covered=True)
FIELDS = {
    "commissioning": "commissioned",
    "helplines": "helplines_are_fresh",
    "copy": "copy_is_fresh",
    "duty": "duty_is_covered",
    "main": "main_can_be_reached",
    "backup": "backup_can_be_reached",
    "card": "has_card",
    "alarm": "alarm_rings",
}
WELFARE = Organisation("welzijn", False, "Noor Jansen, 2026-10-01", NOW, NOW - timedelta(days=3))
FOUND = Found("0123456789abcdef" * 4, (), 16, "", False, (WELFARE,))
ANSWERS = {
    "dpia_by": "Ilse de Boer, FG",
    "dpia_on": "2026-10-01",
    "dpia_reference": "2026-113",
    "content_by": "Joost Bakker, gedragswetenschapper",
    "content_on": "2026-11-10",
    "content_hash": "0123456789ab",
    "helplines_by": "Noor Jansen",
    "minimum_age": "16",
    "minimum_age_by": "Noor Jansen, 2026-10-01",
    "by": "Noor Jansen, coördinator",
}


def points(answers=None, **found):
    given = ANSWERS if answers is None else answers
    return [one.point for one in missing(given, replace(FOUND, **found), NOW, TODAY)]


def a_line(checked_on):
    return Helpline(
        key="luisterlijn",
        line="Praten",
        number="088-0767000",
        chat=None,
        ages=range(18, 121),
        open={0: (time(0), time(0))},
        kinds=frozenset({"talk"}),
        always=False,
        checked_on=checked_on,
    )


class TestTheGate:
    @pytest.mark.parametrize("lack", LACKS)
    def test_each_thing_that_is_not_in_order_keeps_youngsters_out(self, lack):
        found = lacking(replace(FINE, **{FIELDS[lack]: False}))

        assert found == (lack,)

    def test_when_nothing_is_lacking_they_come_in(self):
        assert lacking(FINE) == ()

    def test_every_set_of_lacks_survives_being_a_number(self):
        for chosen in product((True, False), repeat=len(LACKS)):
            lacks = tuple(lack for lack, is_in in zip(LACKS, chosen, strict=True) if is_in)
            assert unmasked(mask(lacks)) == lacks


class TestBeingInForce:
    NOW = Basis("care", "duty", 16)

    def test_the_same_texts_and_decisions_keep_it_in_force(self):
        assert lapses(self.NOW, self.NOW) == ()

    def test_without_a_record_it_is_not(self):
        assert lapses(None, self.NOW) == ("none",)

    def test_a_withdrawn_record_is_not(self):
        assert lapses(self.NOW, self.NOW, withdrawn=True) == ("withdrawn",)

    @pytest.mark.parametrize(
        "change, why",
        [
            ({"care_hash": "other"}, "care_texts"),
            ({"duty_hash": "other"}, "on_call"),
            ({"minimum_age": 14}, "minimum_age"),
        ],
    )
    def test_what_it_was_about_changed(self, change, why):
        assert lapses(self.NOW, replace(self.NOW, **change)) == (why,)

    def test_a_higher_age_needs_no_new_decision(self):
        assert lapses(self.NOW, replace(self.NOW, minimum_age=18)) == ()


class TestHowFreshThingsAre:
    @pytest.mark.parametrize("days, fresh", [(0, True), (180, True), (181, False)])
    def test_a_helpline_is_good_for_half_a_year(self, days, fresh):
        found = commissioning.unchecked([a_line(TODAY - timedelta(days=days))], TODAY)

        assert found == (() if fresh else ("luisterlijn",))

    def test_a_helpline_that_nobody_checked_is_not_fresh(self):
        assert commissioning.unchecked([a_line(None)], TODAY) == ("luisterlijn",)

    @pytest.mark.parametrize("hours, fresh", [(0, True), (48, True), (48.1, False)])
    def test_a_copy_is_good_for_two_days(self, hours, fresh):
        assert commissioning.copy_is_fresh(NOW - timedelta(hours=hours), NOW) is fresh

    def test_no_copy_is_not_fresh(self):
        assert not commissioning.copy_is_fresh(None, NOW)

    @pytest.mark.parametrize("days, covered", [(0, False), (6.9, False), (7, True)])
    def test_a_roster_reaches_a_week_ahead(self, days, covered):
        until = NOW + timedelta(days=days)

        assert commissioning.duty_is_covered(on_call=True, covered_until=until, now=NOW) is covered

    def test_where_nobody_is_on_call_there_is_nothing_to_cover(self):
        assert commissioning.duty_is_covered(on_call=False, covered_until=NOW, now=NOW)

    @pytest.mark.parametrize("days, fresh", [(31, True), (31.1, False)])
    def test_a_drill_is_good_for_a_month(self, days, fresh):
        assert commissioning.drill_is_fresh(NOW - timedelta(days=days), NOW) is fresh


class TestTheRecord:
    def test_a_complete_one_lacks_nothing(self):
        assert points() == []

    def test_everything_is_asked_at_once(self):
        found = points({}, unchecked=("113",), organisations=())

        assert found == [
            "--dpia-by", "--dpia-on", "--dpia-reference", "--content-by", "--content-on", "--helplines-by",
            "--minimum-age", "--minimum-age-by", "--by", "content", "helpline 113", "organisation",
        ]  # fmt: skip

    @pytest.mark.parametrize("name", sorted(QUESTIONS))
    def test_each_answer_is_needed(self, name):
        assert len(points({**ANSWERS, name: "  "})) == 1

    @pytest.mark.parametrize("name", ["dpia_on", "content_on"])
    @pytest.mark.parametrize("day", ["2026-11-31", "gisteren", "2026-11-21"])
    def test_a_day_exists_and_has_been(self, name, day):
        assert len(points({**ANSWERS, name: day})) == 1

    @pytest.mark.parametrize("given", ["0123456789a", "ffffffffffff", "0123456789abX"])
    def test_only_the_texts_that_are_published_count_as_approved(self, given):
        assert points({**ANSWERS, "content_hash": given}) == ["content"]

    def test_the_age_is_that_of_the_configuration(self):
        assert points({**ANSWERS, "minimum_age": "14"}) == ["--minimum-age"]

    def test_a_decision_in_the_configuration_needs_no_second_answer(self):
        assert points({**ANSWERS, "minimum_age_by": ""}, minimum_age_decided_by="Noor, 2026-03-01") == []

    def test_an_organisation_has_decided_about_being_on_call(self):
        assert points(organisations=(replace(WELFARE, decided_by=""),)) == ["organisation welzijn"]

    def test_on_call_without_a_telephone_that_rings_is_refused(self):
        on_call = replace(WELFARE, on_call=True, covered_until=NOW + timedelta(days=7))

        assert points(organisations=(on_call,)) == ["organisation welzijn"]
        assert points(organisations=(on_call,), rings=True) == []

    def test_a_roster_of_less_than_a_week_is_refused(self):
        on_call = replace(WELFARE, on_call=True, covered_until=NOW + timedelta(days=6))

        assert points(organisations=(on_call,), rings=True) == ["organisation welzijn"]

    @pytest.mark.parametrize("drilled_at", [None, NOW - timedelta(days=32)])
    def test_a_drill_was_acknowledged_this_month(self, drilled_at):
        assert points(organisations=(replace(WELFARE, drilled_at=drilled_at),)) == ["organisation welzijn"]

    def test_each_point_says_how_to_mend_it(self):
        on_call = Organisation("welzijn", True, "", NOW, None)
        found = missing({}, replace(FOUND, organisations=(on_call,), unchecked=("113",)), NOW, TODAY)

        assert len(found) == 15
        assert all(one.problem and one.mend and str(one) for one in found)

    def test_what_is_kept_says_who_and_which_texts(self):
        kept = record(ANSWERS, FOUND)

        assert kept["by"] == "Noor Jansen, coördinator"
        assert kept["content_hash"] == FOUND.content_hash
        assert kept["organisations"][0]["organisation"] == "welzijn"
