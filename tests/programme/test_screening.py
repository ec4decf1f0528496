"""Points from a talk: what is open stays open, and a cause is only ever proposed."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.content.screening import screening_of, screening_sources
from bot.programme import screening

FORM = screening_of(screening_sources(Path(__file__).resolve().parents[2] / "dialogs")[0])["nl"]
KEYS = [one.key for one in FORM.asked()]
GIVEN = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([one.key for one in FORM.answers]))
KNOWN = st.fixed_dictionaries({"age": st.none() | st.booleans(), "municipality": st.none() | st.booleans()})
INCLUSION = {one.key for one in FORM.items if one.about == "inclusion"}


@given(GIVEN, KNOWN)
def test_every_condition_is_met_or_not_or_open_and_never_two_of_these(given_answers, known):
    found = screening.profile(FORM, given_answers, known)
    parts = [*found.met, *found.not_met, *found.open]

    assert sorted(parts) == sorted(INCLUSION)


@given(GIVEN, KNOWN)
def test_what_was_not_answered_is_never_called_met_or_unmet(given_answers, known):
    found = screening.profile(FORM, given_answers, known)
    unsaid = {key for key in INCLUSION & set(KEYS) if given_answers.get(key, "weet_niet") == "weet_niet"}

    assert unsaid <= set(found.open)


@given(GIVEN)
def test_shares_lie_between_nothing_and_all_and_proposals_have_points(given_answers):
    found = screening.profile(FORM, given_answers, {})

    assert all(share is None or 0 <= share <= 1 for share in found.points.values())
    shares = [found.points[cause] or 0 for cause in found.proposed]
    assert all(shares)
    assert shares == sorted(shares, reverse=True)


@given(GIVEN, st.sampled_from([(one.key, one.about) for one in FORM.items if one.about != "inclusion"]))
def test_a_heavier_answer_never_makes_a_cause_lighter(given_answers, item):
    key, about = item
    lighter = screening.profile(FORM, {**given_answers, key: "nee"}, {}).points[about]
    heavier = screening.profile(FORM, {**given_answers, key: "ja"}, {}).points[about]

    assert lighter is not None
    assert heavier is not None
    assert heavier >= lighter


def test_no_answers_propose_no_cause():
    assert screening.profile(FORM, {}, {}).proposed == ()


def test_thoughts_stand_out_when_only_they_were_said():
    found = screening.profile(FORM, {"denken_zelf": "ja", "begin": "nee", "plekken": "nee"}, {"age": True})

    assert found.proposed == ("thoughts",)
    assert "leeftijd" in found.met
    assert "gemeente" in found.open


def test_the_whole_talk_fits_in_two_minutes():
    assert len(KEYS) <= 10
