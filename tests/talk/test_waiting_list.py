"""A group holds so many: then there is a list with an honest number, a kept day, a way off; a person decides."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from bot.conversation import sign_of_life
from bot.rehearsal.programme import OLDER
from bot.storage import admissions, due, phases, waiting
from bot.storage.schema_programme import meeting_group
from tests.talk.stage import CODE

INVITED = ("2004", "maart", "Vaardigheden", "Nee, alleen dit")


def holds(stage, number):
    stage.writes(lambda conn: conn.execute(update(meeting_group).values(capacity=number)))


def enters(stage, name, phase="participating", **more):
    """Somebody of Vera's who is in a phase; with an account when they begin."""
    number = stage.youth(name, **more)
    today = stage.now.date()
    group = stage.programme.groups[more.get("group", OLDER)]
    stage.writes(lambda conn: admissions.enter(conn, number, group, phase, None, today, stage.now))
    return number


def begins(stage, name, phase="waiting"):
    number = enters(stage, name, phase)
    phone = stage.phone(name).opens(stage.invitation(number))
    phone.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")
    return number, phone


def phase(stage, number):
    return stage.reads(lambda conn: phases.phase_of(conn, number))


def opens_list(professional, name=None):
    professional.types("Menu").taps("Wachtlijst")
    if "Tik je code" in professional.said:
        professional.taps_code(CODE)
    return professional.taps(name) if name else professional


def invites(professional, name, *then):
    professional.types("Menu").taps("Jongere uitnodigen").types(name)
    return professional.taps(*INVITED, *then)


@pytest.mark.parametrize(
    "tapped, expected",
    [
        ("Klopt", "participating"),
        ("Eerst een oefenavond", "trial"),
        ("Eerst kennismaken", "screening"),
        ("Op de wachtlijst", "waiting"),
    ],
)
def test_an_invitation_records_where_somebody_begins_with_one_tap(stage, tapped, expected):
    vera = invites(stage.of("Vera"), "Pim", tapped)

    assert "De uitnodiging voor Pim is klaar" in vera.said
    there = stage.reads(lambda conn: admissions.members(conn, stage.programme.groups[OLDER]))
    assert list(there.values()) == [expected]


def test_a_full_group_is_refused_with_the_way_out(stage):
    holds(stage, 3)
    for name in ("Ids", "Puk", "Teun"):
        enters(stage, name)
    vera = invites(stage.of("Vera"), "Pim", "Klopt")
    assert "Deze groep is vol." in vera.said
    vera.taps("Op de wachtlijst")

    assert "De uitnodiging voor Pim is klaar" in vera.said
    (place,) = stage.reads(lambda conn: waiting.of_group(conn, stage.programme.groups[OLDER]))
    assert place.next_sign_on == date(2026, 12, 18)


def test_a_tester_fills_no_group(stage):
    holds(stage, 3)
    for name in ("Ids", "Puk", "Teun"):
        enters(stage, name, practice=True)

    assert "De uitnodiging voor Pim is klaar" in invites(stage.of("Vera"), "Pim", "Klopt").said


def test_who_waits_reads_an_honest_number_and_a_day(stage):
    enters(stage, "Ids", "waiting")
    _, pim = begins(stage, "Pim")
    pim.types("Menu").taps("De wachtlijst")

    assert "Je bent nummer 2." in pim.said
    assert "Uiterlijk vrijdag 18 december hoor je weer iets." in pim.said


def test_who_waits_hears_nothing_of_evenings_and_stands_on_no_list(stage):
    _, pim = begins(stage, "Pim")
    stage.passes("2026-11-24 20:00")

    assert "De bijeenkomst is" not in pim.ever
    vera = stage.of("Vera").types("Menu").taps("De bijeenkomst")
    vera.taps_code()
    assert "Pim" not in vera.said


def test_the_sign_of_life_comes_before_the_promised_day_and_promises_the_next(stage):
    number, pim = begins(stage, "Pim")
    stage.passes("2026-12-18 23:00")
    for one in [one for one in pim.shown if one.labels[:1] == ["Lees"]]:
        pim.taps_data(one.button("Lees").data)
    assert "Je bent nummer 1." in pim.ever
    place = stage.reads(lambda conn: waiting.of_youth(conn, number))

    assert date(2027, 1, 11) <= place.next_sign_on <= date(2027, 1, 15)


def test_who_has_no_account_hears_it_from_a_person_who_is_told(stage):
    number = enters(stage, "Ids", "waiting")
    vera = stage.of("Vera")
    stage.passes("2026-12-18 17:00")
    assert any("Er is nieuws over de wachtlijst." in text for text in vera.texts)
    opens_list(vera, "Ids").taps("Ik sprak Ids")
    place = stage.reads(lambda conn: waiting.of_youth(conn, number))

    assert place.next_sign_on == date(2027, 1, 15)


def test_a_way_off_and_back_at_the_same_number(stage):
    number, pim = begins(stage, "Pim")
    enters(stage, "Ids", "waiting")
    pim.types("Menu").taps("De wachtlijst", "Haal me van de lijst", "Ja, haal me eraf")
    assert phase(stage, number) == "left"
    pim.taps("Toch blijven")
    assert "Je blijft nummer 1." in pim.said

    assert phase(stage, number) == "waiting"


def test_a_free_place_is_proposed_and_nobody_is_admitted_by_itself(stage):
    holds(stage, 3)
    for name in ("Ids", "Puk", "Teun"):
        enters(stage, name)
    number, pim = begins(stage, "Pim")
    stage.passes(timedelta(days=1))
    vera = stage.of("Vera")
    assert "wachtlijst" not in vera.ever
    holds(stage, 4)
    stage.passes("2026-11-23 12:00")
    assert any("Er is nieuws over de wachtlijst." in text for text in vera.texts)
    assert phase(stage, number) == "waiting"
    opens_list(vera)
    assert "Voorstel: nu een plek." in vera.said
    vera.taps("Pim", "Geef een plek", "Een oefenavond")
    assert phase(stage, number) == "trial"

    pim.taps("Lees")
    assert "Er is een plek voor je in Join Us 18-25." in pim.said
    assert "X-Out" not in pim.said


def test_a_place_that_was_given_is_taken_back(stage):
    number, _ = begins(stage, "Pim")
    vera = opens_list(stage.of("Vera"), "Pim").taps("Geef een plek", "Meedoen")
    assert phase(stage, number) == "participating"
    vera.taps("Toch niet")

    assert phase(stage, number) == "waiting"
    assert "Pim is nummer 1" in vera.said


def coming_signs(stage, number):
    waits = stage.reads(lambda conn: due.waiting_of(conn, number))
    return [one for one in waits if one.kind == sign_of_life.KIND]


def test_a_sign_of_life_that_fell_due_while_a_place_was_given_comes_when_that_is_taken_back(stage):
    number, pim = begins(stage, "Pim")
    stage.passes("2026-12-15 12:00")
    promised = stage.reads(lambda conn: waiting.of_youth(conn, number)).next_sign_on
    vera = opens_list(stage.of("Vera"), "Pim").taps("Geef een plek", "Meedoen")
    stage.passes("2026-12-16 11:00")
    assert coming_signs(stage, number) == []
    vera.taps("Toch niet")
    assert len(coming_signs(stage, number)) == 1
    # What came while they took part counts for the dose, so it may take some days.
    stage.passes("2026-12-23 23:00")
    for one in [one for one in pim.shown if one.labels[:1] == ["Lees"]]:
        pim.taps_data(one.button("Lees").data)

    assert "Je bent nummer 1." in pim.ever
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)).next_sign_on > promised
    assert [one.not_before > stage.now for one in coming_signs(stage, number)] == [True]


def test_the_second_of_two_professionals_is_told(stage):
    number, _ = begins(stage, "Pim")
    vera, tom = (opens_list(stage.of(name), "Pim") for name in ("Vera", "Tom"))
    vera.taps("Van de lijst", "Verhuisd")
    tom.taps("Geef een plek", "Meedoen")

    assert "Dat lukt niet meer." in tom.said
    assert phase(stage, number) == "left"


def test_a_full_group_takes_nobody_from_the_list(stage):
    holds(stage, 3)
    begins(stage, "Pim")
    vera = opens_list(stage.of("Vera"), "Pim").taps("Geef een plek")
    for name in ("Ids", "Puk", "Teun"):
        enters(stage, name)
    vera.taps("Meedoen")

    assert "De groep is vol. Pim blijft nummer 1." in vera.said


def test_the_list_of_another_group_is_not_shown(stage):
    begins(stage, "Pim")

    assert "Wachtlijst" not in stage.of("Amira").types("Menu").last.labels
