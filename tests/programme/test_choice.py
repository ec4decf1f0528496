"""Three challenges for one youngster: the causes weigh first, then how much it may ask; nothing comes twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from bot.programme.choice import PROPOSED, Candidate, Need, Past, level_of, proposals, weights_of
from challenge_catalog.model import CAUSES, LEVELS

GREET = Candidate("greet", ("skills",), "light")
ASK = Candidate("ask", ("skills",), "middle")
TEST = Candidate("test", ("thoughts",), "middle")
SMALL = Candidate("small", ("skills", "thoughts"), "light")
PLACE = Candidate("place", ("access",), "middle")
ORGANISE = Candidate("organise", ("skills", "thoughts"), "far")
ALL = (GREET, ASK, TEST, SMALL, PLACE, ORGANISE)


def keys(need, candidates=ALL):
    return [one.key for one in proposals(candidates, need)]


def test_who_begins_gets_what_is_light_and_fits_their_cause():
    found = proposals(ALL, Need(("skills",)))

    assert [one.key for one in found] == ["greet", "small", "ask"]
    assert [one.why for one in found] == ["begin", "begin", None]
    assert all(one.causes == ("skills",) for one in found)


def test_what_fits_both_causes_goes_before_what_fits_one():
    assert keys(Need(("skills", "thoughts")))[:2] == ["small", "organise"]


def test_the_cause_that_the_first_talk_showed_most_stands_first_in_the_reason():
    found = proposals(ALL, Need(("skills", "thoughts"), {"thoughts": 0.9, "skills": 0.2}))

    assert found[0].causes == ("thoughts", "skills")


def test_without_a_decision_the_talk_counts_and_without_either_no_cause_does():
    assert weights_of(Need((), {"access": 0.6})) == {"access": 0.6}
    assert keys(Need((), {"access": 0.6}))[0] == "place"
    assert all(one.causes == () for one in proposals(ALL, Need(())))


def test_twice_not_done_is_a_step_down():
    past = Past("ask", "middle", "resting", 5, did=1, tries=3, missed=2)

    assert level_of((past,)) == ("light", "down")
    assert keys(Need(("skills",), past=(past,)))[0] == "greet"


def test_done_while_it_stays_very_tense_asks_no_more():
    assert level_of((Past("ask", "middle", "done", 5, did=5, tries=5, after=7),)) == ("middle", "again")
    assert level_of((Past("ask", "middle", "done", 5, did=5, tries=5, after=6),)) == ("far", "up")


def test_most_steps_done_may_go_further_and_there_is_an_end_to_further():
    assert level_of((Past("ask", "middle", "resting", 6, did=4, tries=4),)) == ("far", "up")
    assert level_of((Past("ask", "middle", "resting", 6, did=3, tries=4),)) == ("middle", "same")
    assert level_of((Past("organise", "far", "done", 6, did=6, tries=6),)) == ("far", "up")


def test_the_last_one_that_was_tried_counts():
    tried = Past("greet", "light", "done", 6, did=6, tries=6)
    untried = Past("organise", "far", "declined", 6)

    assert level_of((tried, untried)) == ("middle", "up")


def test_what_is_open_or_done_never_comes_and_what_was_declined_only_at_the_end():
    past = (
        Past("greet", "light", "declined", 6),
        Past("small", "light", "done", 6),
        Past("ask", "middle", "open", 6),
    )

    assert keys(Need(("skills",), past=past)) == ["organise", "place", "test"]
    assert keys(Need(("skills",), past=past), (GREET, SMALL, ASK)) == ["greet"]
    assert proposals((GREET, SMALL), Need((), past=past))[0].before == "declined"


def test_nothing_is_left_when_everything_is_done():
    past = tuple(Past(one.key, one.level, "done", 6, did=6, tries=6) for one in ALL)

    assert proposals(ALL, Need(("skills",), past=past)) == ()


causes = some.lists(some.sampled_from(CAUSES), unique=True, max_size=3).map(tuple)
levels = some.sampled_from(LEVELS)
candidates = some.lists(
    some.builds(Candidate, some.text("abc", min_size=1, max_size=3), causes, levels),
    unique_by=lambda one: one.key,
)
pasts = some.lists(
    some.builds(
        Past,
        some.text("abc", min_size=1, max_size=3),
        levels,
        some.sampled_from(("declined", "resting", "done", "open")),
        some.integers(4, 6),
        some.integers(0, 6),
        some.integers(0, 9),
        some.integers(0, 9),
        some.none() | some.integers(0, 10),
    )
).map(tuple)


@given(candidates, causes, pasts)
def test_three_at_most_each_once_from_what_there_is_and_in_any_order(there, own, past):
    need = Need(own, past=past)
    found = proposals(there, need)
    last = {one.key: one.state for one in past}

    assert len(found) == len({one.key for one in found}) <= PROPOSED
    assert {one.key for one in found} <= {one.key for one in there}
    assert all(last.get(one.key) not in ("open", "done") for one in found)
    assert all(set(one.causes) <= set(own) for one in found)
    assert found == proposals(there[::-1], need)
