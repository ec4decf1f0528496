"""Button data: what we write we read back, and what anybody else writes never harms."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot import buttons
from bot.buttons import DialogButton, FixedButton, Forged, HandleButton, parse

keys = st.from_regex(r"[a-z0-9_-]{1,32}", fullmatch=True)
days = st.dates().map(str)
sessions = st.integers(0, 2**63 - 1)
screens = st.integers(0, 10**9 - 1)


@given(sessions, screens, keys | days)
@example(2**63 - 1, 10**9 - 1, "x" * 32)
def test_an_answer_reads_back_and_fits(session: int, screen: int, choice: str):
    data = buttons.dialog(session, screen, choice)
    assert len(data.encode()) <= 64
    assert parse(data) == DialogButton(session, screen, choice)


@given(st.binary(min_size=16, max_size=16))
def test_a_handle_reads_back_and_fits(random: bytes):
    token = buttons.token_from(random)
    assert len(token) == 22
    assert parse(buttons.handle(token)) == HandleButton(token)


@given(keys)
def test_a_fixed_button_reads_back(name: str):
    assert parse(buttons.fixed(name)) == FixedButton(name)


@given(st.text(max_size=80) | st.from_regex(r"[dhg]\.[0-9a-zA-Z._-]{0,70}", fullmatch=True))
@example("d.9223372036854775808.0.ja")
@example("d.1.2.ja\n")
@example("d.01.2.ja")
@example("d.١.2.ja")
@example("h.")
def test_what_a_client_makes_up_is_forged_or_says_exactly_what_we_would_have_written(data: str):
    match parse(data):
        case DialogButton(session, screen, choice):
            assert buttons.dialog(session, screen, choice) == data
        case HandleButton(token):
            assert buttons.handle(token) == data
        case FixedButton(name):
            assert buttons.fixed(name) == data
        case Forged():
            pass


@pytest.mark.parametrize("choice", ["", "Ja", "ja.nee", "é", "x" * 33, "ja\n"])
def test_a_choice_that_could_not_be_read_back_is_refused(choice: str):
    with pytest.raises(ValueError, match="choice"):
        buttons.dialog(1, 1, choice)


@pytest.mark.parametrize(("session", "screen"), [(-1, 0), (2**63, 0), (0, 10**9), (0, -1)])
def test_a_session_or_screen_out_of_range_is_refused(session: int, screen: int):
    with pytest.raises(ValueError, match="session"):
        buttons.dialog(session, screen, "ja")


def test_a_token_does_not_show_in_a_repr():
    token = buttons.token_from(bytes(16))
    assert token not in repr(parse(buttons.handle(token)))
