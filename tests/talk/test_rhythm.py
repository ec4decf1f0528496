"""Another weekday or time for a group that runs: chosen in the chat, read before it is sent, and for a day undone."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from bot.storage import changes, meetings
from bot.storage.schema_flow import due
from bot.storage.schema_programme import meeting, meeting_group
from tests.talk.stage import CODE
from tests.talk.test_calendar import asked, on

# The group of 18-25 meets on Tuesday 1, 15 and 29 December 2026, 19:00 to 22:00; it is Friday 20 November.
OPENER = "Er verandert iets aan een afspraak."
ROOM = "De zaal is dan vrij."


def group_of(stage, key="18-25"):
    return stage.programme.groups[key]


def page(phone, code=CODE):
    phone.types("Menu").taps("Bijeenkomsten")
    if "Tik je code" in phone.said:
        phone.taps_code(code)
    return phone.taps("Vaste dag of tijd")


def thursdays(phone, since="dinsdag 1 dec", week="donderdag 3 dec en donderdag 17 dec", reason=ROOM):
    """Up to the preview: from Tuesday to Thursday."""
    return page(phone).taps("Andere dag of tijd", "Donderdag", "Zelfde tijd", since, week, reason)


def names(stage):
    query = select(meeting.c.local_date, meeting.c.state).where(meeting.c.group_id == group_of(stage))
    found = stage.reads(lambda conn: conn.execute(query.order_by(meeting.c.local_date)).all())
    return {row.local_date: row.state for row in found}


def reminders(stage, phone):
    number = stage.id_of(phone)
    query = select(due.c.occurrence).where(
        due.c.person_id == number, due.c.kind.like("meeting_%h"), due.c.state == "waiting"
    )
    return stage.reads(lambda conn: sorted(set(conn.execute(query).scalars())))


def closes(stage, day):
    mine = update(meeting_group).where(meeting_group.c.id == group_of(stage))
    stage.writes(lambda conn: conn.execute(mine.values(closes_on=day)))


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def test_the_page_says_how_it_is_now(stage):
    vera = page(stage.of("Vera"))

    assert "• Elke 2 weken op dinsdag, 19:00 tot 22:00." in vera.said
    assert "Andere dag of tijd" in vera.last.labels
    assert "Terugdraaien" not in vera.last.labels


def test_two_weeks_are_possible_and_somebody_says_which(stage):
    vera = page(stage.of("Vera")).taps("Andere dag of tijd", "Donderdag", "Zelfde tijd", "dinsdag 1 dec")

    assert vera.said == "In welke week? Dit zijn de eerste twee keer."
    assert vera.last.labels == [
        "donderdag 26 nov en donderdag 10 dec",
        "donderdag 3 dec en donderdag 17 dec",
        "Toch niet",
    ]


def test_only_the_time_asks_for_no_week(stage):
    vera = page(stage.of("Vera")).taps(
        "Andere dag of tijd", "Dinsdag", "19:30", "dinsdag 1 dec", "Geen reden"
    )

    assert "De eerste keer is dinsdag 1 december, 19:30 tot 22:30." in vera.said
    assert "geen bijeenkomst" not in vera.said


def test_the_preview_is_what_arrives_with_the_reason(stage, sam):
    vera = thursdays(stage.of("Vera"))
    preview, count = vera.said, len(sam.shown)
    assert "Naar 1 jongere: Sam." in preview
    assert "Op dinsdag 1 december is er geen bijeenkomst." in preview
    stage.ticks()
    assert sam.since(count) == ""
    assert names(stage) == {"2026-12-01": "planned"}

    vera.taps("Sturen")
    stage.ticks()

    assert sam.since(count) == OPENER
    sam.taps("Lees")
    assert sam.said in preview
    assert f"Dit schreef je begeleider erbij: {ROOM}" in sam.said
    assert sam.last.labels == ["Oké"]


def test_evenings_reminders_and_the_agenda_follow(stage, sam):
    thursdays(stage.of("Vera")).taps("Sturen")
    stage.ticks()

    assert names(stage) == {"2026-12-01": "dropped", "2026-12-03": "planned"}
    assert reminders(stage, sam) == ["2026-12-03"]


def test_the_agenda_file_has_the_new_days_and_calls_off_the_old(stage, sam):
    before = on(asked(sam, stage), "2026-12-01")
    thursdays(stage.of("Vera")).taps("Sturen")
    found = asked(sam, stage)

    assert on(found, "2026-12-01")["UID"] == before["UID"]
    assert on(found, "2026-12-01")["STATUS"] == "CANCELLED"
    assert on(found, "2027-04-20")["STATUS"] == "CANCELLED"
    assert on(found, "2026-12-03")["STATUS"] == "CONFIRMED"
    assert on(found, "2027-04-22")["STATUS"] == "CONFIRMED"


def test_from_a_later_evening_those_before_it_stay(stage, sam):
    thursdays(stage.of("Vera"), since="dinsdag 15 dec", week="donderdag 17 dec en donderdag 31 dec")
    vera = stage.of("Vera").taps("Sturen")

    assert "Elke 2 weken op dinsdag, 19:00 tot 22:00, tot en met maandag 14 dec 2026." in vera.said
    assert "Vanaf donderdag 17 dec 2026: elke 2 weken op donderdag, 19:00 tot 22:00." in vera.said
    assert names(stage)["2026-12-01"] == "planned"


def test_for_a_day_it_can_be_undone_and_who_was_told_hears_that(stage, sam):
    vera = thursdays(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps("Lees", "Oké")
    count = len(sam.shown)

    vera.taps("Verder", "Terugdraaien", "Het kan nu toch.")
    assert "De vaste dag en tijd veranderen toch niet." in vera.said
    assert "Naar 1 jongere: Sam." in vera.said
    vera.taps("Sturen")
    stage.ticks()

    assert sam.since(count) == OPENER
    assert "De eerstvolgende bijeenkomst is dinsdag 1 december, 19:00 tot 22:00." in sam.taps("Lees").said
    assert "Het kan nu toch." in sam.said
    assert names(stage) == {"2026-12-01": "planned", "2026-12-03": "dropped"}


def test_after_a_day_it_cannot_be_undone(stage, sam):
    thursdays(stage.of("Vera")).taps("Sturen")
    stage.passes("2026-11-21 20:00")

    assert "Terugdraaien" not in page(stage.of("Vera")).last.labels


def test_an_evening_changed_after_it_keeps_it_from_being_undone(stage, sam):
    vera = thursdays(stage.of("Vera")).taps("Sturen", "Verder")
    assert "Terugdraaien" in vera.last.labels
    vera.taps("Bijeenkomsten", "donderdag 3 dec", "Gaat niet door", "Geen reden", "Sturen")

    assert "Terugdraaien" not in page(stage.of("Vera")).last.labels


def test_an_evening_that_was_moved_apart_stays_and_the_preview_says_so(stage, sam):
    vera = stage.of("Vera").types("Menu").taps("Bijeenkomsten").taps_code(CODE)
    vera.taps("dinsdag 15 dec", "Andere dag of tijd", "woensdag 16 dec", "20:00", "Geen reden", "Sturen")
    thursdays(vera)

    assert "Ze blijven zo:" in vera.said
    assert "• woensdag 16 december, 20:00 tot 23:00" in vera.said
    vera.taps("Sturen")
    assert names(stage)["2026-12-15"] == "moved"


def test_an_evening_that_was_called_off_is_named_when_its_day_lapses(stage, sam):
    vera = stage.of("Vera").types("Menu").taps("Bijeenkomsten").taps_code(CODE)
    vera.taps("dinsdag 15 dec", "Gaat niet door", "Geen reden", "Sturen")
    thursdays(vera)

    assert "Dat vervalt. Kijk of de nieuwe dagen kloppen:" in vera.said
    assert "• dinsdag 15 december, 19:00 tot 22:00" in vera.said


def test_a_coordinator_is_named_as_one(stage, sam):
    noor = stage.of("Noor").types("Menu").taps("Bijeenkomsten").taps_code(CODE).taps("Join Us 18-25")
    noor.taps("Vaste dag of tijd", "Andere dag of tijd", "Woensdag", "18:00", "dinsdag 1 dec")
    noor.taps("woensdag 2 dec en woensdag 16 dec", ROOM)

    assert f"Dit schreef de coördinator erbij: {ROOM}" in noor.said
    noor.taps("Sturen")
    stage.ticks()
    assert f"Dit schreef de coördinator erbij: {ROOM}" in sam.taps("Lees").said
    assert "Noor heeft iets veranderd voor Join Us 18-25." in stage.of("Vera").ever


def test_the_same_day_and_time_means_the_other_week(stage):
    vera = page(stage.of("Vera")).taps(
        "Andere dag of tijd", "Dinsdag", "Zelfde tijd", "dinsdag 1 dec", "Geen reden"
    )

    assert "De eerste keer is dinsdag 8 december, 19:00 tot 22:00." in vera.said


def test_with_nobody_to_tell_nothing_is_called_sending(stage):
    vera = thursdays(stage.of("Vera"))

    assert vera.said.startswith("Dit leggen we vast:")
    assert vera.last.labels == ["Vastleggen", "Toch niet"]
    vera.taps("Vastleggen")
    assert "Er gaat geen bericht uit." in vera.said


def test_the_second_of_two_people_is_told_that_something_changed(stage, sam):
    vera = thursdays(stage.of("Vera"))
    noor = stage.of("Noor").types("Menu").taps("Bijeenkomsten").taps_code(CODE).taps("Join Us 18-25")
    noor.taps("dinsdag 15 dec", "Gaat niet door", "Geen reden", "Sturen")
    vera.taps("Sturen")

    assert "Er is intussen iets veranderd. Er is niets verstuurd." in vera.ever
    assert stage.reads(lambda conn: changes.rhythm(conn, group_of(stage))) is None


def test_a_preview_that_lay_until_the_evening_began_is_refused(stage, sam):
    stage.passes("2026-12-01 18:55")
    vera = page(stage.of("Vera")).taps(
        "Andere dag of tijd", "Donderdag", "Zelfde tijd", "dinsdag 1 dec", "Geen reden"
    )
    stage.passes("2026-12-01 19:01")
    vera.taps("Sturen")

    assert "Dat moment is al voorbij, of die bijeenkomst is al begonnen." in vera.ever
    assert stage.reads(lambda conn: changes.rhythm(conn, group_of(stage))) is None


def test_an_extra_evening_is_not_the_first_of_the_new_day(stage, sam):
    vera = stage.of("Vera").types("Menu").taps("Bijeenkomsten").taps_code(CODE)
    vera.taps("Extra bijeenkomst", "woensdag 2 dec", "19:00", "Geen reden", "Sturen")
    thursdays(vera)

    assert "De eerste keer is donderdag 3 december, 19:00 tot 22:00." in vera.said


def test_from_next_year_the_message_says_the_year_and_undone_it_names_the_very_next(stage, sam):
    vera = page(stage.of("Vera")).taps("Andere dag of tijd", "Donderdag", "Zelfde tijd")
    while not vera.has("dinsdag 23 mrt 2027"):
        vera.taps("Later")
    vera.taps("dinsdag 23 mrt 2027", "donderdag 25 mrt 2027 en donderdag 8 apr 2027", "Geen reden")
    assert "De eerste keer is donderdag 25 maart 2027, 19:00 tot 22:00." in vera.said
    assert "Op dinsdag 23 maart 2027 is er geen bijeenkomst." in vera.said
    vera.taps("Sturen")
    stage.ticks()
    sam.taps("Lees", "Oké")

    vera.taps("Verder", "Terugdraaien", "Geen reden", "Sturen")
    stage.ticks()
    assert "De eerstvolgende bijeenkomst is dinsdag 1 december, 19:00 tot 22:00." in sam.taps("Lees").said


def test_after_the_group_closes_there_is_no_new_day(stage, sam):
    closes(stage, date(2026, 12, 18))
    week = "zaterdag 19 dec en zaterdag 2 jan 2027"
    vera = page(stage.of("Vera")).taps("Andere dag of tijd", "Zaterdag", "Zelfde tijd", "dinsdag 15 dec")
    vera.taps(week, "Geen reden")

    assert "Er zou dan geen bijeenkomst meer komen" in vera.said


def test_who_reads_it_when_the_group_closes_before_it_reads_of_no_evening(stage, sam):
    thursdays(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    closes(stage, date(2026, 12, 2))

    assert "Er staat nu geen bijeenkomst op die dag of tijd." in sam.taps("Lees").said
    assert "donderdag 3 december" not in sam.said


def test_another_time_on_the_same_day_is_asked_anew(stage, sam):
    sam.types("Menu").taps("De bijeenkomst", "Ik kom", "Klaar")
    vera = page(stage.of("Vera")).taps(
        "Andere dag of tijd", "Dinsdag", "19:30", "dinsdag 1 dec", "Geen reden"
    )
    assert "Wie al iets had gezegd, leest ook" in vera.said
    vera.taps("Sturen")
    stage.ticks()
    sam.taps("Lees")

    assert "Wat je eerder zei, was voor het oude moment." in sam.said
    assert sam.said.endswith("Kom je?")
    evening = stage.reads(lambda conn: meetings.named(conn, group_of(stage), "2026-12-01"))
    assert stage.reads(lambda conn: meetings.answered(conn, evening.id)) == 0
    assert "De bijeenkomst is dinsdag 1 december, 19:30 tot 22:30" in sam.taps("Ik kom").said
    assert stage.reads(lambda conn: meetings.answers(conn, evening.id)) == {stage.id_of(sam): "come"}


def test_before_a_later_rhythm_nothing_else_can_begin(stage, sam):
    vera = thursdays(stage.of("Vera"), since="dinsdag 15 dec", week="donderdag 17 dec en donderdag 31 dec")
    vera.taps("Sturen", "Verder", "Andere dag of tijd", "Woensdag", "Zelfde tijd", "dinsdag 1 dec")
    vera.taps("woensdag 2 dec en woensdag 16 dec", "Geen reden")
    assert "Vanaf een latere bijeenkomst is al een andere vaste dag of tijd afgesproken." in vera.said

    vera.taps("Terug", "Terugdraaien", "Geen reden", "Vastleggen", "Verder", "Andere dag of tijd", "Woensdag")
    vera.taps("Zelfde tijd", "dinsdag 1 dec", "woensdag 2 dec en woensdag 16 dec", "Geen reden")
    assert "De eerste keer is woensdag 2 december, 19:00 tot 22:00." in vera.said
