"""The steps at 16, 18 and 26: the professional six weeks before, the youngster with the day, never a surprise."""

from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import group_moves, people
from tests.talk.stage import CODE

YOUNG = {"group": YOUNGER, "main": "Amira", "backup": "Bas"}


def reads_step(professional):
    """Open the neutral message about a step; what stands in it then."""
    shown = next(one for one in professional.shown if "zes weken" in one.text)
    professional.taps_data(shown.button("Lees").data)
    if "Tik je code" in shown.text:
        professional.taps_code(CODE)
    return shown


def reads_all(youth):
    """Open every neutral message that came."""
    for one in [one for one in youth.shown if one.labels[:1] == ["Lees"]]:
        youth.taps_data(one.button("Lees").data)
    return youth


def told(professional):
    return [one for one in professional.texts if "Je hebt er zes weken voor." in one]


def test_six_weeks_before_eighteen_the_professional_hears(stage):
    stage.youth_begins("Kim", born="2008-12", **YOUNG)
    amira = stage.of("Amira")
    stage.passes("2026-11-23 12:00")

    assert len(told(amira)) == 1
    assert "Kim" not in told(amira)[0]

    assert "Kim geldt vanaf vrijdag 1 januari als 18." in reads_step(amira).text


def test_before_that_nobody_hears_anything(stage):
    stage.youth_begins("Kim", born="2009-02", **YOUNG)
    stage.passes("2026-12-01 12:00")

    assert told(stage.of("Amira")) == []


def test_another_group_counts_from_a_monday_and_until_then_all_stays(stage):
    kim = stage.youth_begins("Kim", born="2008-12", **YOUNG)
    number = stage.id_of(kim)
    stage.passes("2026-11-23 12:00")
    card = reads_step(stage.of("Amira"))
    stage.of("Amira").taps("Join Us 18-25")
    assert "Kim gaat op maandag 4 januari naar Join Us 18-25. Daar zijn Vera en Tom." in card.text

    stage.passes("2026-11-23 18:00")
    reads_all(kim)
    assert "Op maandag 4 januari ga je naar Join Us 18-25. Daar zijn Vera en Tom." in kim.ever
    assert _group(stage, number) == stage.programme.groups[YOUNGER]
    stage.passes("2027-01-03 23:00")
    assert _group(stage, number) == stage.programme.groups[YOUNGER]
    stage.passes("2027-01-04 12:00")
    assert _group(stage, number) == stage.programme.groups[OLDER]
    helpers = stage.reads(lambda conn: people.looked_after_by(conn, number))
    assert helpers == {"main": stage.programme.staff["Vera"], "backup": stage.programme.staff["Tom"]}


def test_a_move_is_taken_back_and_the_youngster_hears_so(stage):
    kim = stage.youth_begins("Kim", born="2008-12", **YOUNG)
    number = stage.id_of(kim)
    stage.passes("2026-11-23 12:00")
    card = reads_step(stage.of("Amira"))
    stage.of("Amira").taps("Join Us 18-25", "Toch niet")
    assert "Kim blijft in de eigen groep" in card.text
    stage.passes("2027-01-05 12:00")

    assert _group(stage, number) == stage.programme.groups[YOUNGER]
    assert stage.reads(lambda conn: group_moves.of_youth(conn, number)) is None


def test_the_youngster_hears_four_weeks_before_what_changes(stage):
    kim = stage.youth_begins("Kim", born="2008-12", **YOUNG)
    stage.passes("2026-12-05 18:00")

    assert "Vanaf vrijdag 1 januari tel je hier als 18." in reads_all(kim).ever


def test_twentysix_asks_to_prepare_the_outflow(stage):
    stage.youth_begins("Sam", born="2000-12")
    stage.passes("2026-11-23 12:00")

    assert "Sam geldt vanaf vrijdag 1 januari als 26." in reads_step(stage.of("Vera")).text


def test_sixteen_tells_that_an_account_of_their_own_is_possible(stage):
    stage.youth("Kim", born="2010-12", **YOUNG)
    stage.passes("2026-11-23 12:00")

    assert "Telegram mag dan met een eigen account." in reads_step(stage.of("Amira")).text


def _group(stage, number):
    return stage.reads(lambda conn: people.load(conn, number)).group_id
