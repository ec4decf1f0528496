"""When a group may close, and who needs a way to go on before it does."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.programme import lifecycle
from bot.programme.closing import NOTICE, ON_THE_WAY_OUT, alone, needs_way, refusal

TODAY = date(2026, 11, 20)


@given(st.integers(-400, 400), st.integers(0, 15))
def test_with_somebody_inside_it_is_said_four_weeks_before(days, inside):
    day = TODAY + timedelta(days=days)
    verdict = refusal(day, TODAY, inside)

    if days < 0:
        assert verdict == "past"
    elif inside and days < NOTICE.days:
        assert verdict == "soon"
    else:
        assert verdict is None


@pytest.mark.parametrize("phase", lifecycle.PHASES)
def test_everybody_who_is_not_on_the_way_out_needs_a_way(phase):
    assert needs_way(phase, died=False) == (phase not in ON_THE_WAY_OUT)
    assert not needs_way(phase, died=True)


@pytest.mark.parametrize("phase", [*lifecycle.PHASES, None])
def test_going_on_alone_is_a_legal_step(phase):
    if alone(phase) == "outflow" and phase is not None:
        assert "outflow" in lifecycle.MOVES[phase]
    elif alone(phase) == "ends" and needs_way(phase, died=False) and phase != "halted":
        assert "left" in lifecycle.MOVES[phase]
