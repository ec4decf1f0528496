"""A stranger signs up: two handfuls of taps, nothing kept before the yes, and a person who takes it on."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.conversation.signing_up import ALL_AN_HOUR
from bot.rehearsal.programme import OLDER
from bot.storage import phases, sign_ups, sources, throttle
from bot.storage.schema_course import sign_up, source_count, stranger_talk
from bot.storage.schema_people import person
from bot.storage.schema_programme import group_staff, municipality, organisation
from tests.talk.stage import CODE

GROUP = ("Ik wil meedoen", "Noordwijk", "18 tot en met 25", "Aanmelden")
IN_CHAT = ("Ja, dat mag", "Pim", "In deze chat", "Versturen")


def signs_up(stage, name="Pim", start=""):
    pim = stage.phone(name).opens(start)
    return pim.taps(*GROUP, "Ja, dat mag", name, "In deze chat", "Versturen")


def rows(stage):
    return stage.reads(lambda conn: conn.execute(select(sign_up)).all())


def opens_sign_ups(professional, name="Pim", code=CODE):
    professional.types("Menu").taps("Aanmeldingen")
    if "Tik je code" in professional.said:
        professional.taps_code(code)
    return professional.taps(name)


def test_a_stranger_learns_what_join_us_is_and_signs_up(stage):
    pim = stage.phone("Pim").opens()
    pim.taps("Wat is Join Us?")
    assert "Elke twee weken is er een avond." in pim.said
    pim.taps(*GROUP)
    assert "X-Out" not in pim.ever
    assert "19:00" not in pim.ever
    assert "Mag ik dit bewaren?" in pim.said
    # The coordinator sees a sign-up as well.
    assert "Alleen begeleiders van Welzijn Voorbeeld en hun coördinator lezen het." in pim.said
    pim.taps(*IN_CHAT)

    assert "Je aanmelding is binnen bij Welzijn Voorbeeld." in pim.said
    (row,) = rows(stage)
    found = stage.reads(lambda conn: sign_ups.load(conn, row.id))
    assert (found.name, found.age_group, found.reach, found.state) == ("Pim", "18-25", "chat", "open")


def test_before_the_yes_no_sign_up_is_kept_and_nothing_stays_of_a_no(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP)
    assert rows(stage) == []
    pim.taps("Nee")

    assert "Ik heb niets bewaard." in pim.said
    assert rows(stage) == []
    assert stage.reads(lambda conn: conn.execute(select(stranger_talk)).all()) == []


def test_what_was_half_filled_in_is_gone_after_a_day(stage):
    stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag", "Pim")
    stage.passes(timedelta(days=1, hours=2))

    assert stage.reads(lambda conn: conn.execute(select(stranger_talk)).all()) == []


def test_danger_in_a_name_gives_helplines_first_and_is_not_kept(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag").types("ik wil dood")

    assert any("113" in text and "Ik kan niemand waarschuwen" in text for text in pim.texts)
    assert "Hoe mogen we je noemen?" in pim.said
    pim.taps("Pim", "In deze chat", "Versturen")
    assert "ik wil dood" not in str(stage.reads(lambda conn: sign_ups.every_open(conn)))


def test_help_works_in_the_middle(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag").types("hulp")

    assert "Hier zijn nummers." in pim.said


def test_a_number_that_is_none_is_asked_again(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag", "Pim", "Bellen of appen").types("bel maar")
    assert "geen telefoonnummer" in pim.texts[-2]
    pim.types("06 12345678").taps("Versturen")

    (found,) = stage.reads(sign_ups.every_open)
    assert (found.reach, found.contact) == ("phone", "0612345678")


def test_an_address_that_is_none_is_asked_again(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag", "Pim", "E-mail").types("pim at school")
    assert "geen e-mailadres" in pim.texts[-2]
    pim.types("pim@school.nl").taps("Versturen")

    assert [one.contact for one in stage.reads(sign_ups.every_open)] == ["pim@school.nl"]


def test_who_is_under_sixteen_gets_help_and_a_person_calls(stage):
    pim = stage.phone("Pim").opens().taps("Ik wil meedoen", "Noordwijk", "12 tot en met 15")
    assert any("113" in text for text in pim.texts[-2:-1])
    assert "Dat is een regel van Telegram en het ligt niet aan jou." in pim.said
    pim.taps("Laat iemand mij bellen", "Ja, dat mag", "Pim")
    assert "In deze chat" not in pim.last.labels
    pim.taps("Bellen of appen").types("0612345678").taps("Versturen")

    (found,) = stage.reads(sign_ups.every_open)
    assert found.young
    assert found.age_group == "12-18"


def test_nothing_goes_to_the_chat_of_who_is_under_sixteen_when_nobody_answers_the_call(stage):
    pim = stage.phone("Pim").opens().taps("Ik wil meedoen", "Noordwijk", "12 tot en met 15")
    pim.taps("Laat iemand mij bellen", "Ja, dat mag", "Pim")
    pim.taps("Bellen of appen").types("0612345678").taps("Versturen")
    shown = len(pim.shown)
    stage.passes("2026-11-23 12:00")
    opens_sign_ups(stage.of("Amira")).taps("Niet bereikt")
    stage.passes("2026-11-24 12:00")
    (found,) = stage.reads(sign_ups.every_open)

    assert found.tries == 1
    assert len(pim.shown) == shown


def test_no_group_there_is_said_honestly_and_nobody_is_turned_away(stage):
    stage.writes(lambda conn: conn.execute(insert(municipality).values(key="leiden", name="Leiden")))
    pim = stage.phone("Pim").opens().taps("Ik wil meedoen", "Leiden", "18 tot en met 25")
    assert "In Leiden is nu nog geen groep." in pim.said
    assert "join-us.nu" in pim.said
    pim.taps("Andere gemeente", "Die staat er niet bij")
    assert "Dat ligt niet aan jou." in pim.said
    assert "join-us.nu" in pim.said


def test_a_second_sign_up_is_the_same_one_with_what_was_said_last(stage):
    pim = signs_up(stage)
    pim.opens().taps("Wat is Join Us?")
    assert not pim.last.labels.count("Ik wil meedoen")
    pim.opens().taps("Mijn aanmelding", "Anders bereiken", "Bellen of appen").types("0612345678")

    assert "Bereikbaar: bellen of appen 0612345678" in pim.said
    assert len(rows(stage)) == 1


def test_a_sign_up_is_taken_back_from_the_chat_and_leaves_no_words(stage):
    pim = signs_up(stage).opens().taps("Mijn aanmelding", "Haal weg")

    assert "Je aanmelding is weg." in pim.said
    (row,) = rows(stage)
    assert (row.state, row.name, row.contact, row.account_id) == ("withdrawn", None, None, None)


def test_a_fourth_sign_up_on_a_day_waits(stage):
    pim = stage.phone("Pim")
    for _ in range(3):
        pim.opens().taps(*GROUP, *IN_CHAT)
        pim.opens().taps("Mijn aanmelding", "Haal weg")
    pim.opens().taps(*GROUP, *IN_CHAT)

    assert "Het is nu te druk" in pim.said
    assert all(row.state == "withdrawn" for row in rows(stage))


def test_a_flood_is_held_back_and_the_operator_hears_once(stage):
    def flood(conn):
        for number in range(ALL_AN_HOUR - 2):
            throttle.hit(conn, "sign_up", number.to_bytes(4, "big"), stage.now)

    stage.writes(flood)
    for name in ("Pim", "Ids", "Puk", "Teun"):
        signs_up(stage, name)

    assert len(rows(stage)) == 2
    assert stage.alarms.count("sign_up_flood") == 1


def test_who_takes_part_already_is_not_signed_up(stage):
    sam = stage.youth_begins()
    stage.writes(lambda conn: sources.ensure(conn, "school-x", 1, None, stage.now))
    sam.opens("src_school-x")

    assert "Wat wil je doen?" in sam.said
    assert rows(stage) == []


def test_a_button_of_an_earlier_screen_does_nothing(stage):
    pim = stage.phone("Pim").opens()
    old = pim.sees("Ik wil meedoen").button("Ik wil meedoen").data
    pim.taps("Ik wil meedoen")
    pim.taps_data(old)

    assert pim.toast == "Deze knop hoort bij een eerdere vraag."


# Posters


def test_a_poster_is_counted_by_day_and_never_by_person(stage):
    stage.writes(lambda conn: sources.ensure(conn, "school-x", 1, None, stage.now))
    pim = signs_up(stage, start="src_school-x")
    pim.opens("src_school-x").opens("src_school-x")

    number = stage.reads(lambda conn: sources.find(conn, "school-x")).id
    assert stage.reads(lambda conn: sources.counted(conn, number)) == {"opened": 1, "signed_up": 1}


def test_a_closed_poster_still_says_what_join_us_is(stage):
    door = stage.writes(lambda conn: sources.ensure(conn, "school-x", 1, None, stage.now))
    stage.writes(lambda conn: sources.close(conn, door.id, stage.now))
    pim = stage.phone("Pim").opens("src_school-x")

    assert "Ik ben een computer van Join Us" in pim.said
    assert (
        stage.reads(lambda conn: conn.execute(select(func.count()).select_from(source_count)).scalar()) == 0
    )


def test_an_unknown_poster_is_no_wrong_link(stage):
    assert "Ik ben een computer van Join Us" in stage.phone("Pim").opens("src_nergens").said


# Staff


def test_staff_of_that_group_hear_neutrally_and_read_after_the_code(stage):
    signs_up(stage)
    assert [stage.of(who).texts[-1] for who in ("Vera", "Tom", "Noor")] == [
        "Er is nieuws over een aanmelding."
    ] * 3
    assert "aanmelding" not in stage.of("Amira").ever
    vera = stage.of("Vera").taps("Lees").taps_code().taps("Pim")

    assert "Pim, Noordwijk, 18-25 jaar" in vera.said
    assert vera.last.message.protect
    stage.passes(timedelta(days=2))
    assert "Pim" not in "\n".join(vera.texts)


@pytest.mark.parametrize(
    ("age", "silent", "who"), [("16 tot en met 17", True, "Amira"), (GROUP[2], False, "Vera")]
)
def test_in_school_hours_the_link_comes_without_a_sound(stage, age, silent, who):
    pim = stage.phone("Pim").opens()
    pim.taps(GROUP[0], GROUP[1], age, GROUP[3], *IN_CHAT)
    staff = opens_sign_ups(stage.of(who))
    staff.taps("Neem op", "Pim", "2009" if silent else "2004", "maart", "Vaardigheden", "Nee, alleen dit")
    staff.taps("Eerst kennismaken")

    assert "heeft je aanmelding opgepakt." in pim.said
    assert pim.last.message.silent is silent


def test_taking_on_makes_a_youngster_with_the_road_behind_them(stage):
    pim = signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera"))
    vera.taps("Neem op", "Pim", "2004", "maart", "Vaardigheden", "Nee, alleen dit", "Eerst kennismaken")

    assert "De uitnodiging voor Pim is klaar" in vera.said
    (row,) = rows(stage)
    assert row.state == "taken"
    moves = stage.reads(lambda conn: phases.history(conn, row.youth_id))
    assert [one.phase for one in moves] == ["applied", "screening"]
    assert "Vera van Welzijn Voorbeeld heeft je aanmelding opgepakt." in pim.said
    token = pim.last.buttons[0].url.partition("start=")[2]
    pim.opens(token)
    assert "Hoi Pim." in pim.said
    stage.passes(timedelta(days=31))
    (row,) = rows(stage)
    assert (row.name, row.account_id) == (None, None)


def begins_with(stage, who="Vera"):
    """Up to the question what a sign-up begins with."""
    professional = opens_sign_ups(stage.of(who))
    return professional.taps("Neem op", "Pim", "2004", "maart", "Vaardigheden", "Nee, alleen dit")


def test_who_signed_up_does_not_take_part_already_and_begins_with_a_talk(stage):
    signs_up(stage)
    vera = begins_with(stage)

    assert "Pim heeft zich aangemeld en is nog nergens mee begonnen. Waarmee begint Pim?" in vera.said
    assert "doet al mee" not in vera.said
    assert vera.last.labels[0] == "Eerst kennismaken"
    assert "Klopt" not in vera.last.labels
    assert "Doet al mee" in vera.last.labels
    assert vera.taps("Zonder Telegram").last.labels[0] == "Eerst kennismaken"


def test_who_takes_part_already_can_be_taken_on_as_such(stage):
    signs_up(stage)
    begins_with(stage).taps("Doet al mee")

    (row,) = rows(stage)
    assert [one.phase for one in stage.reads(lambda conn: phases.history(conn, row.youth_id))][-1] == (
        "participating"
    )


def test_the_professional_reads_that_the_button_is_in_the_chat_already(stage):
    pim = signs_up(stage)
    vera = begins_with(stage).taps("Eerst kennismaken")

    assert "Pim kreeg een knop in de chat om te beginnen." in vera.said
    assert "Geef de link" not in vera.said
    assert "Tik op Beginnen." in pim.said
    assert "link" not in pim.said
    assert pim.last.buttons[0].label == "Beginnen"


def test_who_wants_to_be_called_gets_no_button_and_the_professional_gives_the_link(stage):
    pim = stage.phone("Pim").opens()
    pim.taps(*GROUP, "Ja, dat mag", "Pim", "Bellen of appen").types("0612345678").taps("Versturen")
    vera = begins_with(stage).taps("Eerst kennismaken")

    assert "Pim kreeg geen knop in de chat. Geef de link of de QR-code zelf" in vera.said
    assert pim.said.endswith("heeft je aanmelding opgepakt. Vera neemt contact met je op.")
    assert not [one for one in pim.last.buttons if one.url]


def test_who_was_invited_without_a_sign_up_is_given_the_link_by_hand(stage):
    vera = stage.of("Vera").types("/uitnodigen").types("Pim")
    vera.taps("2004", "maart", "Vaardigheden", "Nee, alleen dit")
    assert "Pim doet al mee. Klopt dit?" in vera.said
    assert vera.last.labels[0] == "Klopt"
    vera.taps("Klopt")

    assert "Geef de link of de QR-code zelf" in vera.said
    assert "knop" not in vera.said


def test_a_sign_up_that_nobody_took_on_is_not_called_uncalled(stage):
    signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera"))

    assert "Nog niet opgepakt" in vera.said
    assert "gebeld" not in vera.said


def test_a_second_colleague_is_told_that_it_was_done(stage):
    signs_up(stage)
    vera, tom = opens_sign_ups(stage.of("Vera")), opens_sign_ups(stage.of("Tom"))
    vera.taps("Doorverwezen", "Wijkteam")
    assert "afgesloten" in vera.said
    tom.taps("Neem op", "Pim", "2004", "maart", "Vaardigheden", "Nee, alleen dit", "Eerst kennismaken")

    assert "Een collega heeft deze aanmelding al opgepakt." in tom.said
    assert (
        stage.reads(
            lambda conn: conn.execute(
                select(func.count()).select_from(person).where(person.c.role == "youth")
            ).scalar()
        )
        == 0
    )


def test_a_referral_is_undone_by_whoever_made_it(stage):
    signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera")).taps("Doorverwezen", "School", "Toch weer open")

    assert "Pim, Noordwijk" in vera.said
    assert [row.state for row in rows(stage)] == ["open"]


def test_not_reached_is_counted_and_said_in_the_chat(stage):
    pim = signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera")).taps("Niet bereikt")

    assert "1 keer niet bereikt" in vera.said
    assert "Vera van Join Us probeerde je te bereiken." in pim.said


def test_a_professional_writes_and_the_stranger_leaves_a_number(stage):
    pim = signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera")).taps("Schrijf in de chat").types("Hoi, mag ik je bellen?")
    assert any("Hoi, mag ik je bellen?" in text for text in pim.texts)
    pim.taps("Bel of app mij").types("0612345678")
    assert "Bewaard bij je aanmelding." in pim.said
    stage.passes(timedelta(minutes=1))

    opens_sign_ups(vera)
    assert "0612345678" in vera.said


def test_the_coordinator_is_shown_again_what_waits_three_working_days(stage):
    signs_up(stage)
    noor = stage.of("Noor")
    before = len(noor.shown)
    stage.passes("2026-11-24 23:00")
    assert len(noor.shown) == before
    stage.passes("2026-11-26 12:00")

    assert noor.said == "Er is nieuws over een aanmelding."


def test_what_nobody_took_on_is_said_beforehand_and_then_cleared(stage):
    pim = signs_up(stage)
    before = len(pim.shown)
    stage.passes("2027-01-12 08:59")
    assert len(pim.shown) == before  # not at night, although the day began
    stage.passes("2027-01-13 12:00")
    assert "Op dinsdag 19 januari wis ik hem." in pim.said
    stage.passes(timedelta(days=8))

    (row,) = rows(stage)
    assert (row.state, row.name, row.account_id) == ("closed", None, None)


def test_another_organisation_sees_nothing_of_it(stage):
    def build(conn):
        other = conn.execute(
            insert(organisation).values(key="ander", name="Ander").returning(organisation.c.id)
        )
        number = other.scalar_one()
        conn.execute(person.update().where(person.c.key == "amira").values(organisation_id=number))
        return number

    stage.writes(build)
    signs_up(stage)

    assert "aanmelding" not in stage.of("Amira").ever
    amira = stage.of("Amira").types("Menu")
    assert "Aanmeldingen" not in amira.last.labels


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_way_through_is_played_in_both_languages(stage, language):
    """Each first button, then each next one, until the end: nothing names what a stranger has not."""
    phone = stage.phone("Pim", language)
    for place in range(4):
        phone.opens()
        for _ in range(12):
            labels = [one for one in phone.last.labels if one not in ("Hulp nu", "Help now")]
            if not labels:
                break
            phone.taps(labels[min(place, len(labels) - 1)])


def without_account(professional):
    """Taken on without an account."""
    professional.taps("Neem op", "Pim", "2004", "maart", "Vaardigheden", "Nee, alleen dit")
    return professional.taps("Zonder Telegram", "Doet al mee")


def test_a_sign_up_that_was_taken_on_by_mistake_waits_again_with_its_words(stage):
    signs_up(stage)
    vera = without_account(opens_sign_ups(stage.of("Vera")))
    assert [row.state for row in rows(stage)] == ["taken"]
    vera.taps("Toch niet maken")

    (row,) = rows(stage)
    assert (row.state, row.youth_id, row.handled_by, row.handled_at) == ("open", None, None, None)
    assert stage.reads(lambda conn: sign_ups.load(conn, row.id)).name == "Pim"
    assert stage.of("Vera").said == (
        "Oké. Pim staat er niet meer in. De aanmelding wacht weer, met alles wat erin stond."
    )
    assert "Pim, Noordwijk" in opens_sign_ups(stage.of("Tom")).said


def test_who_invites_nobody_after_all_hears_that_the_sign_up_is_still_kept(stage):
    signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera")).taps("Neem op", "Toch niet uitnodigen")

    assert vera.said == "Oké. Ik maak niemand aan. De aanmelding blijft wachten."
    assert [row.state for row in rows(stage)] == ["open"]


def test_after_that_the_link_of_a_colleague_still_arrives(stage):
    pim = signs_up(stage)
    without_account(opens_sign_ups(stage.of("Vera"))).taps("Toch niet maken")
    tom = opens_sign_ups(stage.of("Tom"))
    tom.taps("Neem op", "Pim", "2004", "maart", "Vaardigheden", "Nee, alleen dit", "Doet al mee")

    assert "Tom van Welzijn Voorbeeld heeft je aanmelding opgepakt." in pim.said


def other_organisation(stage, key):
    def build(conn):
        made = conn.execute(
            insert(organisation).values(key="ander", name="Ander").returning(organisation.c.id)
        )
        values = {"organisation_id": made.scalar_one()}
        conn.execute(person.update().where(person.c.key == key).values(values))

    stage.writes(build)


def not_a_leader(stage, who):
    leads = (group_staff.c.group_id == stage.programme.groups[OLDER], group_staff.c.person_id == who)
    stage.writes(lambda conn: conn.execute(group_staff.delete().where(*leads)))


@pytest.mark.parametrize("gone", ["organisation", "leader"])
def test_who_may_not_see_it_any_more_reads_nothing_of_it(stage, gone):
    signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera")).taps("Doorverwezen")
    if gone == "organisation":
        other_organisation(stage, "vera")
    else:
        not_a_leader(stage, stage.programme.staff["Vera"])
    vera.taps("Terug")

    assert "Pim" not in vera.said
    assert [row.state for row in rows(stage)] == ["open"]


def test_when_the_code_is_closed_again_nothing_of_a_sign_up_is_shown_or_done(stage):
    signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera"))
    stage.passes(timedelta(hours=1))
    vera.taps("Niet bereikt")
    assert "Tik je code" in vera.said
    assert [row.tries for row in rows(stage)] == [0]

    opens_sign_ups(vera).taps("Doorverwezen")
    stage.passes(timedelta(hours=1))
    vera.taps("Wijkteam")
    assert "Tik je code" in vera.said
    assert [row.state for row in rows(stage)] == ["open"]

    opens_sign_ups(vera).taps("Doorverwezen")
    stage.passes(timedelta(hours=1))
    vera.taps("Terug")
    assert "Tik je code" in vera.said


def test_a_tester_hears_nothing_of_a_sign_up(stage):
    stage.writes(
        lambda conn: conn.execute(person.update().where(person.c.key == "tom").values(practice=True))
    )
    signs_up(stage)

    assert "aanmelding" not in stage.of("Tom").ever
    assert "Aanmeldingen" not in stage.of("Tom").types("Menu").last.labels


def test_who_is_under_sixteen_is_never_written_to_in_the_chat(stage):
    pim = stage.phone("Pim").opens().taps("Ik wil meedoen", "Noordwijk", "12 tot en met 15")
    pim.taps("Laat iemand mij bellen", "Ja, dat mag", "Pim", "Bellen of appen").types("0612345678")
    pim.taps("Versturen")
    amira = opens_sign_ups(stage.of("Amira"))

    assert "Schrijf in de chat" not in amira.last.labels


# What comes in between


@pytest.mark.parametrize(
    "does",
    [
        lambda pim: pim.types("ja klopt hoor"),
        lambda pim: pim.edits("Pimm"),
        lambda pim: pim.sends("sticker"),
    ],
    ids=["words", "edit", "sticker"],
)
def test_what_comes_in_between_asks_the_running_question_again(stage, does):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag", "Pim", "In deze chat")
    does(pim)
    assert "Klopt dit?" in pim.said
    pim.taps("Versturen")

    assert "Je aanmelding is binnen" in pim.said
    assert len(rows(stage)) == 1


def test_an_edit_while_a_name_is_asked_is_no_name(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag").edits("hoi")

    assert "Hoe mogen we je noemen?" in pim.said


def test_danger_at_a_question_with_buttons_gives_helplines_and_loses_nothing(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag", "Pim", "In deze chat").types("ik wil dood")
    assert any("113" in text and "Ik kan niemand waarschuwen" in text for text in pim.texts[-2:])
    assert "Klopt dit?" in pim.said
    pim.taps("Versturen")

    assert len(rows(stage)) == 1


def test_start_always_begins_anew(stage):
    pim = stage.phone("Pim").opens().taps(*GROUP, "Ja, dat mag", "Pim", "In deze chat").opens()

    assert "Ik ben een computer van Join Us" in pim.said


def test_a_referral_is_not_undone_beside_a_newer_sign_up_from_the_same_chat(stage):
    pim = signs_up(stage)
    vera = opens_sign_ups(stage.of("Vera")).taps("Doorverwezen", "School")
    pim.opens().taps(*GROUP, *IN_CHAT)
    vera.taps("Toch weer open")

    assert [row.state for row in rows(stage)] == ["referred", "open"]
    pim.opens().taps("Mijn aanmelding", "Haal weg")
    assert "open" not in [row.state for row in rows(stage)]


def test_one_chat_never_has_two_open_sign_ups(stage):
    signs_up(stage)
    (row,) = rows(stage)
    values = {key: value for key, value in row._mapping.items() if key not in ("id", "name", "contact")}

    with pytest.raises(IntegrityError):
        stage.writes(lambda conn: conn.execute(insert(sign_up).values(values)))
