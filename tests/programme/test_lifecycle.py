"""The way through the programme: what may follow what, and what the funnel counts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.programme.lifecycle import (
    MOVES,
    PHASES,
    REASONS,
    Move,
    Refused,
    current,
    decide,
    funnel,
    legal_from,
    may_undo,
    undo,
)

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)


def move(phase, on=TODAY, reason=None, at=NOW):
    return Move(phase, reason or REASONS[phase][0], on, at)


def way(*phases):
    return [move(one) for one in phases]


WHOLE_WAY = ("applied", "screening", "trial", "participating", "outflow", "aftercare", "erased")


def test_the_whole_way_is_legal():
    history: list[Move] = []
    for phase in WHOLE_WAY:
        made = decide(history, move(phase), TODAY)
        assert isinstance(made, Move), (phase, made)
        history.append(made)
    assert current(history) == "erased"


@pytest.mark.parametrize(
    ("come_from", "wanted", "why"),
    [
        (("applied",), move("participating"), "illegal"),
        (("applied",), move("outflow"), "illegal"),
        (("screening",), move("participating"), "illegal"),
        (("trial",), move("aftercare"), "illegal"),
        (("participating",), move("participating"), "same"),
        (("participating",), move("outflow", reason="bored"), "unknown_reason"),
        (("participating",), move("outflow", on=TODAY + timedelta(days=1)), "future"),
        (("participating",), move("outflow", on=TODAY - timedelta(days=1)), "before_last"),
        (("participating", "outflow", "aftercare", "erased"), move("applied"), "illegal"),
        ((), move("outflow"), "illegal"),
    ],
)
def test_a_move_that_is_not_legal_says_why_and_where_one_can_go(come_from, wanted, why):
    history = way(*come_from)

    refused = decide(history, wanted, TODAY)

    assert refused == Refused(why, legal_from(history))


@pytest.mark.parametrize("away", ["left", "referred", "aftercare"])
def test_coming_back_is_legal(away):
    assert isinstance(decide(way(away), move("applied", reason="came_back"), TODAY), Move)


def test_out_of_a_halt_there_is_one_way_back_to_where_it_was():
    history = way("participating", "halted")

    assert legal_from(history) == ("participating", "erased")
    assert decide(history, move("outflow"), TODAY) == Refused("illegal", ("participating", "erased"))


def test_a_move_can_be_taken_back_for_a_day():
    history = way("participating", "left")

    assert undo(history, NOW + timedelta(days=1)) == history[-1]
    assert undo(history, NOW + timedelta(days=1, seconds=1)) == Refused("too_late")
    assert undo([], NOW) == Refused("nothing")
    assert undo(way("erased"), NOW) == Refused("nothing")


def test_the_funnel_counts_each_person_once_for_a_phase_and_reason():
    twice = [move("waiting", reason="full"), move("screening"), move("waiting", reason="full")]
    early = [move("applied", on=date(2025, 1, 1))]

    counted = funnel([twice, way("applied"), early], date(2026, 1, 1), TODAY)

    assert counted == {("waiting", "full"): 1, ("screening", "talk"): 1, ("applied", "self"): 1}


def test_every_phase_can_be_reached_has_reasons_and_leads_to_the_end():
    assert set().union(*MOVES.values()) == set(PHASES) == set(REASONS)
    assert all("erased" in MOVES[one] for one in PHASES if one != "erased")


@given(st.lists(st.sampled_from(PHASES), max_size=30))
def test_no_sequence_of_wishes_gives_an_illegal_history(wishes):
    history: list[Move] = []
    for phase in wishes:
        made = decide(history, move(phase), TODAY)
        if isinstance(made, Move):
            assert made.phase in legal_from(history)
            history.append(made)
        else:
            assert made.legal == legal_from(history)
    assert [one.phase for one in history].count("erased") <= 1


def test_a_step_out_of_a_halt_is_not_undone_back_into_it():
    listed = [*way("participating", "halted"), move("waiting")]

    assert not may_undo(listed, NOW)
    assert may_undo(way("participating", "paused"), NOW)
