"""Staff: their code, their commands, and nothing about anybody who is not theirs."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.storage import people
from bot.storage.schema_people import audit, person, staff_code
from bot.storage.schema_programme import group_staff
from tests.talk import kept
from tests.talk.alarm import raises
from tests.talk.journeys import gives, has_sent, opens_youngsters, reads
from tests.talk.stage import CODE


def refused(stage):
    """The refusals that were written down: who, what, whose."""
    rows = stage.reads(
        lambda conn: conn.execute(
            select(audit).where(audit.c.outcome == "refused").order_by(audit.c.id)
        ).all()
    )
    return [(row.actor_id, row.action, row.subject_id) for row in rows]


# The code


def new_professional(stage):
    number = stage.writes(
        lambda conn: people.add(conn, "Ria", stage.now, {"role": "professional", "key": "ria"})
    )
    phone = stage.phone("Ria").opens(stage.invitation(number))
    assert "Welkom, Ria" in phone.said
    return phone.taps("Verder", "Verder", "Verder")


def test_a_professional_learns_what_they_can_do_and_chooses_a_code(stage):
    ria = new_professional(stage)
    assert "Kies een code van zes cijfers" in ria.said

    ria.taps_code("314159").taps_code("314159")

    assert ria.keyboard == ["Menu"]
    assert ria.said.startswith("Wil je in drie minuten zien hoe het werkt?")
    assert "Jongere uitnodigen" in ria.taps("Overslaan").last.labels


def test_two_different_codes_are_chosen_again(stage):
    ria = new_professional(stage).taps_code("314159").taps_code("314158")
    assert ria.said.startswith("De twee codes waren niet gelijk.")

    ria.taps_code("161803").taps_code("161803")
    opens = ria.types("Menu")

    assert "Mijn jongeren" in opens.last.labels


def test_digits_are_shown_as_dots_and_can_be_taken_back(stage):
    ria = new_professional(stage).taps_code("314")
    assert ria.said.endswith("● ● ● ○ ○ ○ ")

    ria.taps("⌫")

    assert ria.said.endswith("● ● ○ ○ ○ ○ ")
    assert "314" not in ria.ever


def test_the_code_is_kept_as_a_hash_only(stage):
    new_professional(stage).taps_code("314159").taps_code("314159")

    assert stage.reads(lambda conn: kept.places_of(conn, "314159")) == set()
    assert not kept.file_holds(stage.path, "314159")


def test_a_typed_code_is_not_taken(stage):
    ria = new_professional(stage).types("314159")

    assert ria.said.startswith("Hier heb ik geen tekst nodig.")
    assert stage.reads(lambda conn: kept.places_of(conn, "314159")) == set()


def test_five_wrong_codes_lock_for_a_quarter_of_an_hour(stage):
    stage.youth_begins()
    vera = stage.of("Vera").types("Menu").taps("Mijn jongeren")
    for left in (4, 3, 2, 1):
        vera.taps_code("000000")
        assert f"nog {left} keer" in vera.said
    vera.taps_code("000000")
    assert vera.said.startswith("De code was te vaak fout. Om 12:15")
    assert "code_locked" in stage.alarms

    vera.types("Menu").taps("Mijn jongeren")
    assert vera.said.startswith("De code was te vaak fout.")
    stage.passes(timedelta(minutes=15))
    vera.types("Menu").taps("Mijn jongeren").taps_code(CODE)

    assert "Sam" in vera.last.labels


def test_a_right_code_forgets_the_wrong_ones(stage):
    stage.youth_begins()
    vera = stage.of("Vera").types("Menu").taps("Mijn jongeren").taps_code("000000").taps_code(CODE)
    stage.passes(timedelta(minutes=16))
    vera.types("Menu").taps("Mijn jongeren").taps_code("000000")

    assert "nog 4 keer" in vera.said


def test_a_locked_code_never_locks_an_alert(stage):
    sam = stage.youth_begins()
    vera = stage.of("Vera").types("Menu").taps("Mijn jongeren")
    for _ in range(5):
        vera.taps_code("000000")

    raises(stage, sam)
    vera.taps("Kijk nu")

    assert "Sam kan nu hulp gebruiken." in vera.said


def test_within_a_quarter_of_an_hour_the_code_is_not_asked_again(stage):
    stage.youth_begins()
    vera = opens_youngsters(stage.of("Vera"))
    stage.passes(timedelta(minutes=13))

    vera.types("Menu").taps("Mijn jongeren")

    assert vera.said == "Welke jongere?"


@pytest.mark.parametrize("way", ["list", "digest"])
def test_a_list_that_stood_open_shows_nobody_without_the_code(stage, way):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera").types("Menu")
    vera.taps("Mijn jongeren" if way == "list" else "Overzicht")
    if way == "digest":
        vera.taps("Open")
    vera.taps_code()
    stage.passes(timedelta(minutes=16))

    vera.taps("Sam" if way == "list" else "1")
    assert "Tik je code" in vera.said
    vera.taps_code().taps("Sam" if way == "list" else "1")

    assert "Sam is begonnen" in vera.said


def test_an_open_list_gives_no_words_without_the_code(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera").types("Menu").taps("Overzicht", "Open").taps_code()
    stage.passes(timedelta(minutes=16))

    vera.taps("1")
    assert "Noor zei hoi terug" not in vera.ever
    vera.taps_code().taps("1")

    assert "Noor zei hoi terug" in vera.said


def test_whoever_gets_a_new_link_keeps_code_and_work(stage):
    stage.youth_begins()
    phone = stage.phone("Vera").opens(stage.invitation(stage.programme.staff["Vera"]))
    phone.taps("Verder", "Verder", "Verder")
    assert "Klaar. Onderaan staat de knop Menu." in phone.texts[-2]

    phone.types("/jongeren").taps_code(CODE)

    assert "Sam" in phone.last.labels


# Who may what


@pytest.mark.parametrize(
    ("who", "command"),
    [
        (who, command)
        for who in ("Sam", "Noor", "Joost")
        for command in ("/uitnodigen", "/jongeren", "/overzicht", "/bijeenkomst")
        # A coordinator has an overview of their own, without a youngster in it.
        if (who, command) != ("Noor", "/overzicht")
    ],
)
def test_a_command_of_professionals_does_nothing_for_others(stage, who, command):
    stage.youth_begins()
    phone = stage.of(who)

    phone.types(command)

    assert phone.said == "Dat kan ik voor jou niet."


def test_a_stranger_with_a_command_hears_what_this_is(stage):
    stranger = stage.phone("Iemand").types("/uitnodigen")

    assert "Hier kom je binnen met een uitnodiging." in stranger.said
    assert "112" in stranger.said


def test_a_professional_who_has_not_chosen_a_code_can_do_nothing_yet(stage):
    ria = new_professional(stage).types("/uitnodigen")

    assert ria.said == "Dat kan ik voor jou niet."


def test_the_menu_of_each_role_offers_its_own_things(stage):
    stage.youth_begins()

    assert "Jongere uitnodigen" in stage.of("Vera").types("/menu").last.labels
    assert stage.of("Noor").types("/menu").last.labels == [
        "Overzicht", "Posters", "Bijeenkomsten", "Wie is begonnen", "Groepen en begeleiders", "Plekken en groepen",
        "Collega's", "Alarmen", "Rooster",
        "Afwezig", "Dagen zonder lezer", "Waar in het programma", "Stilzetten", "Sluiten",
    ]  # fmt: skip
    assert stage.of("Joost").types("/menu").last.labels == ["De teksten", "Sluiten"]
    assert "Ik wil iemand spreken" in stage.of("Sam").types("/menu").last.labels


def test_the_coordinator_sees_who_began_and_no_youngster(stage):
    has_sent(stage)

    noor = stage.of("Noor").types("/menu").taps("Wie is begonnen")

    assert "Vera: begonnen" in noor.said
    assert "Sam" not in noor.ever


def test_the_admin_sees_no_person(stage):
    has_sent(stage)
    joost = stage.of("Joost").types("/menu").taps("De teksten")

    assert not re.search(r"\b(Sam|Vera|Noor)\b", joost.ever)


def test_somebody_elses_youngsters_are_in_no_list(stage):
    has_sent(stage)
    stage.youth_begins("Kim", born="2009-01", group="12-18", main="Amira", backup="Bas")
    stage.passes("2026-11-23 09:00")
    amira = stage.of("Amira")

    amira.types("/jongeren").taps_code()
    assert amira.last.labels == ["Kim", "Sluiten"]
    amira.types("/overzicht").taps("Open")
    amira.types("/bijeenkomst")

    assert "Kim" in amira.said
    assert "Sam" not in amira.ever


def test_the_colleague_of_the_group_has_no_list_of_them_either(stage):
    has_sent(stage)
    tom = stage.of("Tom").types("/jongeren")

    assert tom.said.startswith("Je hebt nog geen jongeren.")
    assert "Sam" not in tom.ever


# Forged, old and double taps


def test_a_tap_on_somebody_elses_dialog_does_nothing_and_is_written_down(stage):
    stage.youth_begins()
    vera = stage.of("Vera").types("/jongeren").taps_code()
    data = vera.last.button("Sam").data
    amira = stage.of("Amira")
    before, shown = stage.reads(kept.rows), len(amira.shown)

    amira.taps_data(data)

    assert amira.toast == "Deze knop werkt hier niet."
    assert len(amira.shown) == shown
    assert kept.changed(before, stage.reads(kept.rows)) == {"audit": 1}
    assert refused(stage) == [(stage.id_of(amira), "own_dialog", stage.id_of(vera))]


def test_a_handle_of_somebody_else_in_the_own_dialog_opens_nobody(stage):
    stage.youth_begins()
    stage.youth_begins("Kim", born="2009-01", group="12-18", main="Amira", backup="Bas")
    handle = stage.of("Vera").types("/jongeren").taps_code().last.button("Sam").data.rpartition(".")[2]
    amira = stage.of("Amira").types("/jongeren").taps_code()
    place = amira.last.button("Kim").data.rpartition(".")[0]

    amira.taps_data(f"{place}.{handle}")

    assert amira.toast == "Deze knop hoort bij een eerdere vraag."
    assert "Sam" not in amira.ever


def test_a_stranger_with_the_button_of_a_professional_gets_nothing(stage):
    stage.youth_begins()
    data = stage.of("Vera").types("/jongeren").taps_code().last.button("Sam").data
    stranger = stage.phone("Iemand")

    stranger.taps_data(data)

    assert stranger.toast == "Deze knop werkt hier niet."
    assert not stranger.shown


@pytest.mark.parametrize(
    "data", ["", "d.0.0.ja", "d.999999.1.ja", "h.aaaaaaaaaaaaaaaaaaaaaa", "g.zomaar", "\x00" * 64]
)
def test_invented_data_gets_a_toast(stage, data):
    sam = stage.youth_begins()
    before, shown = stage.reads(kept.rows), len(sam.shown)

    sam.taps_data(data)

    assert sam.toast == "Deze knop werkt hier niet."
    assert len(sam.shown) == shown
    assert not kept.changed(before, stage.reads(kept.rows))


def test_a_choice_that_was_not_offered_is_not_taken(stage):
    menu = stage.of("Noor").types("/menu").last
    place = menu.button("Sluiten").data.rpartition(".")[0]

    noor = stage.of("Noor").taps_data(f"{place}.uitnodigen")

    assert noor.toast == "Deze knop hoort bij een eerdere vraag."
    assert "Hoe heet de jongere?" not in noor.ever


def test_only_the_first_of_two_taps_counts(stage):
    sam = stage.youth_opens()
    data = sam.last.button("Begrepen").data
    sam.taps_data(data)
    said = sam.said

    sam.taps_data(data)

    assert sam.toast == "Deze knop hoort bij een eerdere vraag."
    assert sam.said == said


def test_a_button_of_a_dialog_that_ended_is_explained(stage):
    vera = stage.of("Vera").types("/menu")
    data = vera.last.button("Mijn jongeren").data
    vera.taps("Sluiten").taps_data(data)

    assert vera.toast == "Deze knop hoort bij een eerdere vraag."


def test_a_youngster_who_went_to_a_colleague_is_behind_no_old_button(stage):
    stage.youth_begins()
    vera = stage.of("Vera").types("/jongeren").taps_code()
    sam, tom = stage.id_of(stage.of("Sam")), stage.programme.staff["Tom"]
    stage.writes(lambda conn: people.assign(conn, sam, tom, "main", stage.now))
    stage.writes(lambda conn: people.assign(conn, sam, stage.programme.staff["Bas"], "backup", stage.now))

    vera.taps("Sam")

    assert vera.said.startswith("Deze jongere hoort nu bij een collega of is gestopt.")
    assert refused(stage) == [(stage.programme.staff["Vera"], "see_youth", sam)]


def test_a_challenge_given_to_somebody_who_left_meanwhile_is_not_given(stage):
    stage.youth_begins()
    vera = opens_youngsters(stage.of("Vera")).taps("Uitdaging geven")
    sam = stage.id_of(stage.of("Sam"))
    stage.writes(lambda conn: people.assign(conn, sam, stage.programme.staff["Tom"], "main", stage.now))

    vera.taps("Een groet per dag")

    assert vera.said.startswith("Dat lukt niet.")
    assert stage.reads(kept.rows)["challenge"] == 0


def test_the_stand_in_sees_the_card_and_gives_nothing(stage):
    has_sent(stage)
    sam, tom = stage.id_of(stage.of("Sam")), stage.of("Tom")
    stage.passes("2026-11-25 10:00")  # two working days later it is Tom's to read

    tom.types("/overzicht").taps("Open").taps_code().taps("1")

    assert "Sam is begonnen" in tom.said
    assert (stage.programme.staff["Tom"], "see_youth", sam) not in refused(stage)


def test_the_stand_in_is_not_offered_what_only_the_own_professional_does(stage):
    sam = stage.youth_begins()
    sam.types("Menu").taps("Ik wil iemand spreken", "Even praten")
    stage.passes("2026-11-25 10:00")
    tom = stage.of("Tom").types("/overzicht").taps("Open").taps_code().taps("1")

    assert "Antwoord" in tom.last.labels
    assert "Uitdaging geven" not in tom.last.labels
    assert (stage.programme.staff["Tom"], "give_challenge", stage.id_of(sam)) not in refused(stage)


def test_one_challenge_runs_at_a_time(stage):
    stage.youth_begins()
    vera = opens_youngsters(stage.of("Vera")).taps("Uitdaging geven")
    picking = vera.taps("Alle uitdagingen").last.button("Mijn plek in de buurt").data
    gives(stage)
    opens_youngsters(vera)

    assert "Uitdaging geven" not in vera.last.labels
    vera.taps_data(picking)
    assert stage.reads(kept.rows)["challenge"] == 1


def test_what_fits_the_cause_stands_on_top(stage):
    stage.youth_begins(causes="thoughts")

    vera = opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Alle uitdagingen")

    assert vera.last.labels[0] == "Klopt mijn gedachte?"


# What may be seen is protected, and gone within a day


def test_every_message_that_ever_held_words_of_a_youngster_is_protected(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    reads(vera)
    opens_youngsters(vera)
    vera.types("/overzicht").taps("Open", "1")
    vera.types("/bijeenkomst")

    open_ones = [
        one for one in vera.shown if any("Sam" in text for text in one.ever) and not one.message.protect
    ]

    assert [one.text for one in open_ones] == []


def test_personal_words_are_wiped_within_a_day(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    assert "Noor zei hoi terug" in reads(vera)
    vera.taps("Gezien")
    opens_youngsters(vera)

    stage.passes("2026-11-24 10:05")

    assert not any("Sam" in text or "hoi terug" in text for text in vera.texts)


def test_an_invitation_with_its_picture_is_gone_after_a_day(stage):
    vera = stage.of("Vera").types("/uitnodigen").types("Sam")
    vera.taps("2004", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")
    shown = vera.last

    stage.passes(timedelta(days=1))

    assert shown not in vera.shown


def test_somebody_who_leads_two_groups_is_asked_which(stage):
    from sqlalchemy import insert

    younger = stage.programme.groups["12-18"]
    stage.writes(
        lambda conn: conn.execute(
            insert(group_staff).values(group_id=younger, person_id=stage.programme.staff["Vera"])
        )
    )
    vera = stage.of("Vera").types("/uitnodigen").types("Kim")
    vera.taps("2009", "januari", "Gedachten", "Nee, alleen dit")
    assert "In welke groep komt Kim?" in vera.said

    vera.taps("Join Us 12-18", "Klopt")

    kim = stage.reads(lambda conn: conn.execute(select(person).where(person.c.born == "2009-01")).one())
    assert kim.group_id == younger
    assert (
        stage.reads(lambda conn: people.looked_after_by(conn, kim.id))["backup"]
        == stage.programme.staff["Amira"]
    )


def test_a_code_without_tries_left_cannot_be_reset_by_waiting_in_the_dialog(stage):
    stage.youth_begins()
    vera = stage.of("Vera").types("Menu").taps("Mijn jongeren")
    stage.writes(
        lambda conn: conn.execute(
            update(staff_code)
            .where(staff_code.c.person_id == stage.programme.staff["Vera"])
            .values(locked_until=stage.now + timedelta(minutes=10))
        )
    )

    vera.taps_code(CODE)

    assert vera.said.startswith("De code was te vaak fout.")
