"""An evening changes: who decides reads first what will be sent to whom, and who did not open it is called."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.storage import calendars, changes, halts, meetings
from bot.storage.schema_flow import due, outbox
from bot.storage.schema_programme import (
    change_notice,
    location,
    meeting,
    meeting_group,
    municipality,
    organisation,
)
from tests.talk.stage import CODE, at

# The group of 18-25 meets on Tuesday 1 and 15 December 2026, 19:00; that of 12-18 on Monday 23 November.
OPENER = "Er verandert iets aan een afspraak."
SICK = "Een begeleider is ziek."


def group_of(stage, key="18-25"):
    return stage.programme.groups[key]


def evenings(phone, code=CODE):
    """Menu, the evenings, the code."""
    phone.types("Menu").taps("Bijeenkomsten")
    if "Tik je code" in phone.said:
        phone.taps_code(code)
    return phone


def cancels(phone, day="dinsdag 1 dec", reason=SICK):
    """Up to the preview."""
    return evenings(phone).taps(day, "Gaat niet door", reason)


def moves(phone, day="dinsdag 1 dec", to="woensdag 2 dec", time="20:00", reason="De zaal is niet vrij."):
    return evenings(phone).taps(day, "Andere dag of tijd", to, time, reason)


def rows(stage, key="18-25"):
    query = select(meeting.c.local_date, meeting.c.state, meeting.c.sequence).where(
        meeting.c.group_id == group_of(stage, key)
    )
    return [
        tuple(row)
        for row in stage.reads(lambda conn: conn.execute(query.order_by(meeting.c.local_date)).all())
    ]


def said_since(stage, phone, count):
    stage.ticks()
    return phone.since(count)


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


# What the list shows


def test_the_list_shows_the_next_evenings_and_what_is_missing(stage):
    vera = evenings(stage.of("Vera"))

    assert "Join Us 18-25" in vera.said
    assert "• dinsdag 1 december, 19:00 tot 22:00. X-Out, Noordwijkerhout." in vera.said
    assert "dinsdag 15 december" in vera.said
    assert "Let op: de plek heeft nog geen adres." in vera.said


def test_a_coordinator_chooses_among_all_groups_of_the_organisation(stage):
    noor = evenings(stage.of("Noor"))

    assert noor.said == "Welke groep?"
    assert noor.last.labels == ["Join Us 18-25", "Join Us 12-18", "Sluiten"]
    assert "maandag 23 november" in noor.taps("Join Us 12-18").said


def test_without_the_code_nothing_is_shown(stage):
    vera = stage.of("Vera").types("Menu").taps("Bijeenkomsten")

    assert "Tik je code" in vera.said


# Cancelling


def test_nothing_is_sent_before_it_was_read_and_sent(stage, sam):
    count = len(sam.shown)
    vera = cancels(stage.of("Vera"))

    assert "De bijeenkomst van dinsdag 1 december gaat niet door." in vera.said
    assert "Dit schreef je begeleider erbij: Een begeleider is ziek." in vera.said
    assert "De volgende bijeenkomst is dinsdag 15 december, 19:00." in vera.said
    assert "Naar 1 jongere: Sam." in vera.said
    assert vera.last.message.protect
    assert said_since(stage, sam, count) == ""
    assert rows(stage)[0] == ("2026-12-01", "planned", 0)


def test_what_was_previewed_is_what_arrives(stage, sam):
    vera = cancels(stage.of("Vera"))
    preview = vera.said
    count = len(sam.shown)
    vera.taps("Sturen")
    assert "Het bericht gaat naar 1 jongere." in vera.said

    assert said_since(stage, sam, count) == OPENER
    sam.taps("Lees")

    assert sam.said in preview
    assert sam.said.startswith("De bijeenkomst van dinsdag 1 december gaat niet door.")
    assert sam.last.labels == ["Oké"]
    assert rows(stage)[0] == ("2026-12-01", "cancelled", 1)


def test_a_cancelled_evening_has_no_reminders(stage, sam):
    cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps("Lees", "Oké")
    count = len(sam.shown)
    stage.passes("2026-12-01 23:00")

    assert "bijeenkomst is" not in sam.since(count)
    waiting = stage.reads(
        lambda conn: (
            conn.execute(
                select(due.c.occurrence).where(due.c.kind.like("meeting_%h"), due.c.state == "waiting")
            )
            .scalars()
            .all()
        )
    )
    assert not [one for one in waiting if one.startswith("2026-12-01")]


def test_a_pause_lets_it_through_and_it_counts_for_no_cap(stage, sam):
    sam.types("/pauze").taps("Zonder einddag")
    count = len(sam.shown)
    cancels(stage.of("Vera")).taps("Sturen")

    assert said_since(stage, sam, count) == OPENER


def test_it_is_kept_and_sent_at_least_once(stage, sam):
    cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()

    promise = stage.reads(
        lambda conn: (
            conn.execute(
                select(outbox.c.promise)
                .where(outbox.c.person_id == stage.id_of(sam))
                .order_by(outbox.c.id.desc())
            )
            .scalars()
            .first()
        )
    )
    assert promise == "at_least_once"


def test_at_night_it_waits_for_the_morning(stage, sam):
    stage.passes("2026-11-20 23:30")
    vera = cancels(stage.of("Vera"))
    assert "De laatste krijgt het zaterdag 21 november, 09:00." in vera.said
    count = len(sam.shown)
    vera.taps("Sturen")
    assert said_since(stage, sam, count) == ""
    sam.types("/straks")
    assert "een bijeenkomst die niet doorgaat" in sam.said

    stage.passes("2026-11-21 09:00")

    assert OPENER in sam.since(count)


def test_a_skipped_reason_leaves_no_line(stage, sam):
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Gaat niet door", "Geen reden")

    assert "Dit schreef" not in vera.said


def test_a_typed_reason_is_sent_as_typed(stage, sam):
    vera = (
        evenings(stage.of("Vera"))
        .taps("dinsdag 1 dec", "Gaat niet door")
        .types("De verwarming is {{ kapot }}.")
    )
    vera.taps("Sturen")
    stage.ticks()

    assert "De verwarming is {{ kapot }}." in sam.taps("Lees").said


def test_not_sending_changes_nothing(stage, sam):
    vera = cancels(stage.of("Vera")).taps("Niet sturen")

    assert "Tik op een bijeenkomst" in vera.said
    assert rows(stage)[0] == ("2026-12-01", "planned", 0)


def test_with_nobody_to_tell_it_is_called_off_and_nothing_is_said_about_seeing(stage):
    vera = cancels(stage.of("Vera"))
    assert vera.said.startswith(
        "Dit leggen we vast:\n\nDe bijeenkomst van dinsdag 1 december gaat niet door."
    )
    assert "Er gaat geen bericht uit." in vera.said
    assert vera.last.labels == ["Afzeggen", "Toch niet"]
    vera.taps("Toch niet")
    assert rows(stage)[0] == ("2026-12-01", "planned", 0)
    vera.taps("dinsdag 1 dec", "Gaat niet door", SICK, "Afzeggen")

    assert "Er gaat geen bericht uit." in vera.said
    assert "gezien" not in vera.said
    assert rows(stage)[0] == ("2026-12-01", "cancelled", 1)


def test_the_reasons_fit_what_is_done(stage, sam):
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Gaat niet door")
    assert "Het kan nu toch." not in vera.last.labels
    vera.taps(SICK, "Sturen", "Naar de lijst", "dinsdag 1 dec", "Verandering intrekken")

    assert "Het kan nu toch." in vera.last.labels


def test_a_coordinator_is_not_called_the_own_professional(stage, sam):
    noor = evenings(stage.of("Noor")).taps("Join Us 18-25", "dinsdag 1 dec", "Gaat niet door", SICK, "Sturen")
    stage.ticks()

    assert f"Dit schreef de coördinator erbij: {SICK}" in sam.taps("Lees").said
    assert "begeleider schreef" not in noor.ever


def test_why_it_goes_on_after_all_arrives_as_it_was_previewed(stage, sam):
    vera = cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps("Lees", "Oké")
    vera.taps("Naar de lijst", "dinsdag 1 dec", "Verandering intrekken", "Het kan nu toch.")
    preview = vera.said
    vera.taps("Sturen")
    stage.ticks()

    assert sam.taps("Lees").said in preview
    assert "Dit schreef je begeleider erbij: Het kan nu toch." in sam.said


def test_days_and_stops_come_in_pages_with_their_year(stage):
    vera = evenings(stage.of("Vera")).taps("Zomerstop")
    assert vera.last.labels[0] == "dinsdag 1 dec"
    assert len(vera.last.labels) == 10
    assert vera.last.labels[-2:] == ["Later", "Terug"]
    first = vera.last.labels[:8]
    vera.taps("Later")
    assert not set(vera.last.labels[:8]) & set(first)
    assert all(label.endswith("2027") for label in vera.last.labels[:8])
    assert "Eerder" in vera.last.labels
    vera.taps(vera.last.labels[0])
    until = vera.last.labels[0]
    vera.taps(until, "Geen reden")
    vera.taps(vera.last.labels[0], "Naar de lijst")

    assert any(label.startswith("Stop van dinsdag") and label.endswith("2027") for label in vera.last.labels)


# Undoing


def test_undone_it_is_told_to_those_who_were_told(stage, sam):
    vera = cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps("Lees", "Oké")
    kim = stage.youth_begins("Kim")
    vera.taps("Naar de lijst", "dinsdag 1 dec", "Verandering intrekken", "Het kan nu toch.")
    assert "Naar 1 jongere: Sam." in vera.said
    counts = len(sam.shown), len(kim.shown)
    vera.taps("Sturen")

    assert said_since(stage, sam, counts[0]) == OPENER
    assert OPENER not in kim.since(counts[1])
    assert "De bijeenkomst gaat toch door: dinsdag 1 december, 19:00 tot 22:00." in sam.taps("Lees").said
    assert rows(stage)[0] == ("2026-12-01", "planned", 2)


def test_undone_before_anybody_was_told_nobody_hears_of_it(stage, sam):
    stage.passes("2026-11-20 23:30")
    count = len(sam.shown)
    vera = cancels(stage.of("Vera")).taps("Sturen", "Naar de lijst")
    vera.taps("dinsdag 1 dec", "Verandering intrekken", "Geen reden")
    assert "Er is niemand om dit te laten weten." in vera.said
    vera.taps("Vastleggen")
    stage.passes("2026-11-21 12:00")

    assert OPENER not in sam.since(count)
    assert rows(stage)[0][1] == "planned"


def test_an_old_message_shows_how_it_is_now(stage, sam):
    vera = cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    vera.taps("Naar de lijst", "dinsdag 1 dec", "Verandering intrekken", "Geen reden", "Sturen")
    stage.ticks()
    old = next(one for one in sam.shown if one.text == OPENER)

    sam.taps_data(old.button("Lees").data)

    assert "De bijeenkomst gaat toch door" in sam.ever


# Moving


def test_a_moved_evening_is_asked_anew_politely_and_reminded_at_its_new_time(stage, sam):
    sam.types("Menu").taps("De bijeenkomst", "Ik kom", "Klaar")
    vera = moves(stage.of("Vera"))
    assert "Wie al iets had gezegd, leest ook" in vera.said
    vera.taps("Sturen")
    stage.ticks()
    sam.taps("Lees")

    assert "De bijeenkomst van dinsdag 1 december is op een andere dag." in sam.said
    assert "Het wordt woensdag 2 december, 20:00 tot 23:00." in sam.said
    assert "Dit schreef je begeleider erbij: De zaal is niet vrij." in sam.said
    assert "Wat je eerder zei, was voor het oude moment." in sam.said
    assert sam.said.endswith("Kom je?")
    evening = stage.reads(lambda conn: meetings.named(conn, group_of(stage), "2026-12-01"))
    assert stage.reads(lambda conn: meetings.answered(conn, evening.id)) == 0
    sam.taps("Ik kom")
    assert stage.reads(lambda conn: meetings.answers(conn, evening.id)) == {stage.id_of(sam): "come"}
    assert "De bijeenkomst is woensdag 2 december, 20:00 tot 23:00" in sam.said

    count = len(sam.shown)
    stage.passes("2026-12-02 16:59")
    assert sam.since(count) == ""
    stage.passes("2026-12-02 17:00")
    assert "Er is een bericht voor je." in sam.since(count)


def test_its_name_stays_the_original_date(stage, sam):
    moves(stage.of("Vera")).taps("Sturen")

    assert rows(stage)[0] == ("2026-12-01", "moved", 1)
    row = stage.reads(lambda conn: meetings.named(conn, group_of(stage), "2026-12-01"))
    assert row.starts_at == at("2026-12-02 20:00")


def test_upcoming_shows_the_change(stage, sam):
    moves(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.types("/straks")

    assert "woensdag 2 december, 20:00: een bijeenkomst, verplaatst naar dit moment." in sam.said
    assert "De bijeenkomst is verplaatst." in sam.said


def test_another_place_keeps_the_answers(stage, sam):
    sam.types("Menu").taps("De bijeenkomst", "Ik kom", "Klaar")
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Andere plek", "The Base", "Geen reden", "Sturen")
    stage.ticks()
    sam.taps("Lees")

    assert "op een andere plek: The Base, Noordwijk." in sam.said
    assert sam.last.labels == ["Oké"]
    evening = stage.reads(lambda conn: meetings.named(conn, group_of(stage), "2026-12-01"))
    assert evening.place == "The Base, Noordwijk"
    assert stage.reads(lambda conn: meetings.answered(conn, evening.id)) == 1
    assert "The Base" in vera.taps("Naar de lijst").said


def test_to_a_moment_that_is_over_is_refused(stage, sam):
    stage.passes("2026-11-24 20:15")
    vera = moves(stage.of("Vera"), to="dinsdag 24 nov", time="20:00")

    assert vera.said == "Dat moment is al voorbij. Er is niets veranderd."


def test_the_same_moment_is_no_change(stage):
    vera = moves(stage.of("Vera"), to="dinsdag 1 dec", time="Zelfde tijd")

    assert vera.said == "Zo is het al. Er is niets veranderd."


def test_a_day_with_an_evening_is_not_offered(stage):
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Andere dag of tijd")

    assert "dinsdag 15 dec" not in vera.last.labels
    assert "dinsdag 1 dec" in vera.last.labels


# Extra, held although holiday, and the summer stop


def test_an_extra_evening_is_told_and_can_be_taken_back(stage, sam):
    vera = evenings(stage.of("Vera")).taps(
        "Extra bijeenkomst", "dinsdag 24 nov", "19:00", "Geen reden", "Sturen"
    )
    stage.ticks()
    sam.taps("Lees")
    assert "Er is een extra bijeenkomst: dinsdag 24 november, 19:00 tot 22:00." in sam.said
    sam.taps("Ik kom")
    vera.taps("Naar de lijst")
    assert "dinsdag 24 november, 19:00 tot 22:00. X-Out, Noordwijkerhout. Extra." in vera.said

    vera.taps("dinsdag 24 nov", "Verandering intrekken", "Geen reden", "Sturen")
    stage.ticks()

    assert "De extra bijeenkomst van dinsdag 24 november gaat niet door." in sam.taps("Lees").said


def skips_holidays(stage, key="18-25"):
    def change(conn):
        group = group_of(stage, key)
        conn.execute(meeting_group.update().where(meeting_group.c.id == group).values(holidays="skip"))
        conn.execute(municipality.update().values(region="midden"))

    stage.writes(change)


def test_a_holiday_is_skipped_and_can_be_held_all_the_same(stage, sam):
    skips_holidays(stage)
    vera = evenings(stage.of("Vera"))
    assert "dinsdag 29 december, 19:00 tot 22:00: schoolvakantie, geen bijeenkomst." in vera.said

    vera.taps("dinsdag 29 dec", "Toch wel bij elkaar komen", "Geen reden", "Sturen")
    stage.ticks()

    assert "Op dinsdag 29 december is er wel een bijeenkomst" in sam.taps("Lees").said
    assert ("2026-12-29", "planned") in [row[:2] for row in rows(stage)]


def test_a_summer_stop_has_its_message_and_an_undo(stage, sam):
    vera = evenings(stage.of("Vera")).taps(
        "Zomerstop", "dinsdag 15 dec", "dinsdag 12 jan", "Het is vakantie."
    )
    assert (
        "Van dinsdag 15 december tot en met maandag 11 januari 2027 zijn er geen bijeenkomsten." in vera.said
    )
    assert "De volgende bijeenkomst is dinsdag 12 januari, 19:00." in vera.said
    vera.taps("Sturen")
    stage.ticks()
    sam.taps("Lees")
    assert "Dit schreef je begeleider erbij: Het is vakantie." in sam.said
    stage.passes("2026-12-10 12:00")
    assert [row[1] for row in rows(stage) if row[0] == "2026-12-15"] in ([], ["dropped"])

    evenings(stage.of("Vera")).taps("Stop van dinsdag 15 dec", "Zomerstop intrekken", "Geen reden", "Sturen")
    stage.ticks()

    assert "zijn er toch bijeenkomsten" in sam.taps("Lees").said
    assert ("2026-12-15", "planned") in [row[:2] for row in rows(stage)]


# Seen or not


def test_who_tapped_read_has_seen_it(stage, sam):
    stage.youth_begins("Kim")
    vera = cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps("Lees")
    vera.taps("Naar de lijst", "dinsdag 1 dec")

    assert "Gezien: 1 van 2. Nog niet gezien: Kim." in vera.said
    assert "Veranderd door Vera" in vera.said


def test_two_hours_before_the_professionals_get_the_list(stage, sam):
    stage.youth_begins("Kim")
    cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps("Lees", "Oké")
    vera, tom = stage.of("Vera"), stage.of("Tom")
    stage.passes("2026-12-01 16:59")
    counts = len(vera.shown), len(tom.shown)
    stage.passes("2026-12-01 17:00")

    for phone, count in ((vera, counts[0]), (tom, counts[1])):
        assert "Nog niet iedereen heeft gezien" in phone.since(count)
        assert "Kim" not in phone.since(count)
        shown = next(one for one in phone.shown[count:] if "Nog niet iedereen" in one.text)
        phone.taps_data(shown.button("Lees").data)
        if "Tik je code" in phone.said or "Tik je code" in shown.text:
            phone.taps_code(CODE)
        assert "Kim" in shown.text
        assert "Sam" not in shown.text


def test_of_a_moved_evening_the_earlier_moment_counts(stage, sam):
    moves(stage.of("Vera"), to="zondag 29 nov", time="15:00").taps("Sturen")
    vera = stage.of("Vera")
    stage.passes("2026-11-29 12:59")
    count = len(vera.shown)
    stage.passes("2026-11-29 13:00")

    assert "Nog niet iedereen heeft gezien" in vera.since(count)


def test_when_everybody_has_seen_it_nobody_is_asked_to_call(stage, sam):
    cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    sam.taps("Lees")
    stage.passes("2026-12-01 16:59")
    count = len(stage.of("Vera").shown)
    stage.passes("2026-12-01 18:00")

    assert "Nog niet iedereen" not in stage.of("Vera").since(count)


def test_a_change_less_than_two_hours_before_goes_out_at_once_with_the_list(stage, sam):
    stage.passes("2026-12-01 18:00")
    vera, count = stage.of("Vera"), len(sam.shown)
    cancels(vera).taps("Sturen")
    shown = len(vera.shown)
    stage.ticks()

    assert OPENER in sam.since(count)
    assert "Nog niet iedereen heeft gezien" in vera.since(shown)


def test_an_evening_that_has_begun_cannot_be_changed(stage, sam):
    stage.passes("2026-12-01 19:05")
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec")

    assert "Gaat niet door" not in vera.last.labels


# Two people, and who may


def test_of_two_people_the_second_is_told(stage, sam):
    vera, noor = cancels(stage.of("Vera")), stage.of("Noor")
    evenings(noor).taps("Join Us 18-25", "dinsdag 1 dec", "Andere dag of tijd", "woensdag 2 dec", "20:00")
    noor.taps("De zaal is niet vrij.")
    vera.taps("Sturen")
    noor.taps("Sturen")

    assert noor.said.startswith("Er is intussen iets veranderd. Er is niets verstuurd.")
    assert "Veranderd door Vera" in noor.said
    assert rows(stage)[0][:2] == ("2026-12-01", "cancelled")


def test_colleagues_hear_what_somebody_else_decided(stage, sam):
    tom = stage.of("Tom")
    count = len(tom.shown)
    cancels(stage.of("Vera")).taps("Sturen")
    stage.ticks()

    assert "Vera heeft iets veranderd voor Join Us 18-25." in tom.since(count)
    assert "Sam" not in tom.since(count)


def test_a_handle_of_somebody_else_opens_nothing(stage, sam):
    amira = evenings(stage.of("Amira"))
    vera = evenings(stage.of("Vera"))
    stolen, own = vera.last.button("dinsdag 1 dec").data, amira.last.button("maandag 23 nov").data
    amira.taps_data(own[: -len(stolen.rpartition(".")[2])] + stolen.rpartition(".")[2])

    assert rows(stage)[0] == ("2026-12-01", "planned", 0)
    assert "dinsdag 1 december" not in amira.ever


def test_the_other_group_notices_nothing(stage, sam):
    cancels(stage.of("Vera")).taps("Sturen")

    assert all(row[1] == "planned" for row in rows(stage, "12-18"))


def test_who_was_halted_is_not_in_the_list(stage, sam):
    stage.youth_begins("Kim")
    number = stage.id_of(sam)
    stage.writes(lambda conn: halts.begin(conn, number, "died", stage.programme.staff["Noor"], stage.now))
    vera = cancels(stage.of("Vera"))

    assert "Naar 1 jongere: Kim." in vera.said


# Clocks, and what is kept


def test_looking_ahead_twice_and_a_clock_that_jumps_back_change_nothing(stage, sam):
    moves(stage.of("Vera")).taps("Sturen")
    stage.ticks()
    before = rows(stage)
    stage.now -= timedelta(hours=3)
    stage.ticks()
    stage.now += timedelta(days=2)
    stage.ticks()

    assert [row for row in rows(stage) if row in before] == before
    told = stage.reads(lambda conn: conn.execute(select(change_notice.c.person_id)).scalars().all())
    assert told == [stage.id_of(sam)]


def test_the_reason_is_sealed(stage, sam):
    evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Gaat niet door").types(
        "Een heel bijzondere reden"
    ).taps("Sturen")
    found = stage.reads(lambda conn: changes.about(conn, group_of(stage), date(2026, 12, 1)))

    assert str(found[0].reason) == "Een heel bijzondere reden"
    assert b"bijzondere" not in stage.path.read_bytes()


def test_the_menu_of_the_coordinator_warns_when_the_holidays_end(stage):
    skips_holidays(stage)
    assert "schoolvakanties" not in stage.of("Noor").types("Menu").said

    stage.now = at("2030-06-03 12:00")
    noor = stage.of("Noor").types("Menu")
    noor.taps(noor.last.labels[0]).types("Menu")

    assert "Let op: schoolvakanties zijn bekend tot" in noor.said


def test_places_of_other_organisations_are_not_offered(stage):
    stage.writes(lambda conn: conn.execute(organisation.insert().values(key="others", name="Anderen")))
    stage.writes(lambda conn: conn.execute(location.insert().values(key="far", name="Ver", place="Elders")))
    vera = evenings(stage.of("Vera")).taps("dinsdag 1 dec", "Andere plek")

    assert vera.last.labels == ["The Base", "Terug"]
    assert "Ver" not in [one.name for one in stage.reads(lambda conn: calendars.places(conn, 1))]
