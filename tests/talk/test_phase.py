"""Where somebody is in the programme: seen with its history, moved on with a reason, and taken back for a day."""

from datetime import date, timedelta

from bot.rehearsal.programme import OLDER
from bot.storage import admissions, due, phase_tallies, phases, waiting
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import CODE


def in_phase(stage, phase, name="Sam", since=None, **youth):
    """A youngster who has begun, in this phase since today."""
    phone = stage.youth_begins(name, **youth)
    number, today = stage.id_of(phone), since or stage.now.date()
    group = stage.programme.groups[OLDER]
    stage.writes(lambda conn: admissions.enter(conn, number, group, phase, None, today, stage.now))
    return phone, number


def page(stage, by="Vera", name="Sam"):
    return opens_youngsters(stage.of(by), name).taps("Waar in het programma")


def menu_page(stage, by, name="Sam"):
    phone = stage.of(by).types("Menu").taps("Waar in het programma")
    if "Tik je code" in phone.said:
        phone.taps_code(CODE)
    return phone.taps(name)


def phase(stage, number):
    return stage.reads(lambda conn: phases.phase_of(conn, number))


def kinds(stage, number):
    return {one.kind for one in stage.reads(lambda conn: due.waiting_of(conn, number))}


def leaves(stage, by="Vera"):
    return page(stage, by).taps("Volgende stap", "gestopt", "geen tijd", "Vandaag", "Ja, noteren")


def test_the_page_says_since_when_and_why(stage):
    in_phase(stage, "participating")

    assert "Nu: deelname, sinds vrijdag 20 november. Reden: allebei willen het." in page(stage).said


def test_without_anything_recorded_one_can_begin(stage):
    number = stage.id_of(stage.youth_begins())
    vera = page(stage)
    assert "Er is nog niets genoteerd" in vera.said
    vera.taps("Volgende stap", "deelname", "allebei willen het", "Vandaag", "Ja, noteren")

    assert phase(stage, number) == "participating"


def test_only_legal_steps_are_offered_with_reasons_of_that_step(stage):
    in_phase(stage, "participating")
    vera = page(stage).taps("Volgende stap")
    steps = [
        "wachtlijst", "pauze van het programma", "uitstroom", "gestopt", "doorverwezen", "Terug",
    ]  # fmt: skip
    assert vera.last.labels == steps
    vera.taps("doorverwezen")

    assert vera.last.labels == ["zorg of huisarts", "wijkteam", "school", "iets anders", "Terug"]


def test_who_stopped_is_reminded_of_nothing_and_undone_all_comes_back(stage):
    _, number = in_phase(stage, "participating")
    stage.ticks()
    planned = kinds(stage, number)
    assert {"meeting_48h", "two_weekly"} <= planned
    vera = leaves(stage)
    assert phase(stage, number) == "left"
    assert not kinds(stage, number) & {"meeting_48h", "meeting_3h", "two_weekly"}
    stage.passes(timedelta(hours=1))
    assert not kinds(stage, number) & {"meeting_48h", "meeting_3h", "two_weekly"}
    vera.taps("Terugdraaien")

    assert "Teruggedraaid" in vera.said
    assert phase(stage, number) == "participating"
    assert kinds(stage, number) >= planned


def test_who_stopped_hears_nothing_of_the_next_evening(stage):
    sam, _ = in_phase(stage, "participating")
    leaves(stage)
    seen = len(sam.shown)
    stage.passes("2026-12-01 18:00")

    assert len(sam.shown) == seen


def test_coming_back_brings_the_evenings_back(stage):
    sam, number = in_phase(stage, "participating")
    stage.ticks()
    leaves(stage)
    page(stage).taps("Volgende stap", "deelname", "komt terug", "Vandaag", "Ja, noteren")
    stage.passes("2026-12-01 18:00")

    assert phase(stage, number) == "participating"
    assert "Er is een bericht voor je." in sam.ever


def test_a_day_later_a_step_cannot_be_taken_back(stage):
    _, number = in_phase(stage, "participating")
    vera = leaves(stage)
    old = vera.last.button("Terugdraaien").data
    stage.passes(timedelta(days=1, minutes=5))
    vera.taps_data(old)

    assert "Terugdraaien" not in vera.last.labels
    assert phase(stage, number) == "left"


def test_a_step_may_be_dated_back_but_not_before_the_last_one(stage):
    _, number = in_phase(stage, "participating")
    vera = page(stage).taps("Volgende stap", "uitstroom", "leeftijd")
    assert "Gisteren" not in vera.last.labels
    stage.passes(timedelta(days=5))
    vera = page(stage).taps("Volgende stap", "uitstroom", "leeftijd", "Andere dag", "maandag 23 nov")
    assert "Uitstroom, sinds maandag 23 november" in vera.said or "uitstroom, sinds maandag 23" in vera.said
    vera.taps("Ja, noteren")

    last = stage.reads(lambda conn: phases.history(conn, number))[-1]
    assert (last.phase, last.reason, last.on) == ("outflow", "age", date(2026, 11, 23))


def test_of_two_at_once_the_second_is_told(stage):
    _, number = in_phase(stage, "participating")
    vera = page(stage).taps("Volgende stap", "uitstroom", "leeftijd", "Vandaag")
    menu_page(stage, "Tom").taps("Volgende stap", "gestopt", "verhuisd", "Vandaag", "Ja, noteren")
    vera.taps("Ja, noteren")

    assert "Een collega was je net voor." in vera.said
    assert "gestopt" in vera.said
    assert phase(stage, number) == "left"


def test_a_full_group_is_refused_with_the_way_out(stage):
    _, number = in_phase(stage, "waiting")
    group = stage.programme.groups[OLDER]
    for _ in range(stage.reads(lambda conn: admissions.free_places(conn, group))):
        stage.youth("Pim")
    vera = page(stage).taps("Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")

    assert "De groep is vol." in vera.said
    assert phase(stage, number) == "waiting"


def test_a_step_out_of_a_group_is_not_taken_back_once_the_place_was_given_away(stage):
    _, number = in_phase(stage, "participating")
    group = stage.programme.groups[OLDER]
    for _ in range(stage.reads(lambda conn: admissions.free_places(conn, group))):
        stage.youth("Pim")
    vera = leaves(stage)
    stage.youth("Bo")
    vera.taps("Terugdraaien")

    assert "De groep is vol." in vera.said
    assert phase(stage, number) == "left"


def test_the_waiting_list_follows_and_comes_back(stage):
    _, number = in_phase(stage, "waiting")
    vera = page(stage).taps("Volgende stap", "gestopt", "eigen wens", "Vandaag", "Ja, noteren")
    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is None
    vera.taps("Terugdraaien")

    assert stage.reads(lambda conn: waiting.of_youth(conn, number)) is not None


def test_the_coordinator_sees_and_moves_as_well(stage):
    _, number = in_phase(stage, "participating")
    noor = menu_page(stage, "Noor")
    assert "Nu: deelname" in noor.said
    noor.taps("Volgende stap", "pauze van het programma", "gezondheid", "Vandaag", "Ja, noteren")

    assert phase(stage, number) == "paused"
    assert "Genoteerd door Noor" in page(stage).said


def test_a_colleague_of_another_group_does_not_see_the_youngster(stage):
    in_phase(stage, "participating")
    amira = stage.of("Amira").types("Menu").taps("Mijn jongeren")

    assert "Sam" not in amira.last.labels


def test_a_halt_and_its_end_are_steps_as_well(stage):
    _, number = in_phase(stage, "participating")
    opens_youngsters(stage.of("Vera"), "Sam").taps("Stilzetten", "Opgenomen")
    assert phase(stage, number) == "halted"
    vera = page(stage)
    assert "stilgezet" in vera.said
    assert "Volgende stap" not in vera.last.labels
    assert "Laatste stap terugdraaien" not in vera.last.labels
    opens_youngsters(vera, "Sam").taps("Weer aanzetten", "Weer aanzetten")

    assert [one.phase for one in stage.reads(lambda conn: phases.history(conn, number))] == [
        "participating",
        "halted",
        "participating",
    ]
    assert "Reden: weer aangezet" in page(stage).said


def test_an_erasure_leaves_numbers_only(stage):
    sam, number = in_phase(stage, "participating")
    page(stage).taps("Volgende stap", "uitstroom", "staat op eigen benen", "Vandaag", "Ja, noteren")
    sam.types("/verwijder")
    while "Ja" not in sam.said and not any(label.startswith("Ja") for label in sam.last.labels):
        sam.taps(sam.last.labels[0])
    sam.taps(next(label for label in sam.last.labels if label.startswith("Ja")))
    stage.passes(timedelta(hours=50))

    counted = stage.reads(lambda conn: phase_tallies.counted(conn, date(2026, 11, 1), date(2026, 11, 30)))
    assert counted == {
        ("participating", "both_want"): 1,
        ("outflow", "self_reliant"): 1,
        ("erased", "own_wish"): 1,
    }
    assert stage.reads(lambda conn: phases.history(conn, number)) == []
