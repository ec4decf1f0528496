"""Who looks after a youngster when somebody leaves: two people, or nobody leaves."""

from hypothesis import given
from hypothesis import strategies as st

from bot.programme.team import LEADERS, Leader, heirs, may_leave, takers

PEOPLE = st.integers(1, 6)
TEAM = st.dictionaries(PEOPLE, st.tuples(st.booleans(), st.integers(0, 9)), max_size=6).map(
    lambda found: [Leader(number, able, load) for number, (able, load) in found.items()]
)
PAIR = st.dictionaries(st.sampled_from(["main", "backup"]), PEOPLE, max_size=2)


@given(PAIR, PEOPLE, TEAM)
def test_whoever_leaves_two_others_read_or_it_is_refused(pair, gone, team):
    found = heirs(pair, gone, team)

    stays = {one for one in pair.values() if one != gone}
    could = {one.id for one in team if one.able} - {gone}
    if found is None:
        assert len(stays | could) < 2
    else:
        assert len(set(found.values())) == 2
        assert gone not in found.values()
        assert set(found.values()) <= stays | could


@given(PAIR, PEOPLE, TEAM)
def test_who_is_known_stays_and_reads_first(pair, gone, team):
    found = heirs(pair, gone, team)

    stays = [pair[kind] for kind in ("main", "backup") if pair.get(kind, gone) != gone]
    if found is not None and stays:
        assert found["main"] == stays[0]


@given(TEAM, PEOPLE, st.integers(0, 15))
def test_a_group_keeps_two_who_can_read_while_youngsters_are_in_it(team, gone, inside):
    verdict = may_leave(team, gone, inside)

    left = [one for one in team if one.id != gone]
    assert (verdict == "last") == (not left)
    if verdict == "ok" and inside:
        assert sum(one.able for one in left) >= LEADERS


def test_who_has_the_fewest_youngsters_is_asked_first():
    team = [Leader(1, able=True, load=4), Leader(2, able=True, load=1), Leader(3, able=False, load=0)]

    assert [one.id for one in takers(team, 9)] == [2, 1]
