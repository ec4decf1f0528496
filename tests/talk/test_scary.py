"""Finding an evening scary: one tap says what would help, a professional answers with a name."""

from datetime import timedelta

import pytest

from bot.storage import door_wishes, items, meetings
from tests.talk.journeys import opens, waiting
from tests.talk.stage import CODE
from tests.talk.test_changed_evening import evenings

# The group of 18-25 meets on Tuesday 1 December 2026, 19:00.


@pytest.fixture
def sam(stage):
    phone = stage.youth_begins()
    stage.ticks()
    return phone


def evening(stage):
    group = stage.programme.groups["18-25"]
    return stage.reads(lambda conn: meetings.named(conn, group, "2026-12-01"))


def running(stage, phone):
    number = stage.id_of(phone)
    return stage.reads(lambda conn: door_wishes.running(conn, number, evening(stage).id))


def wishes(phone, wish="Iemand wacht bij de deur"):
    return phone.types("Menu").taps("Ik vind het spannend", wish)


def promises(stage, name="Tom", by="Vera"):
    vera = stage.of(by)
    opens(vera)
    return vera.taps(name)


def test_one_tap_goes_to_the_professional(stage, sam):
    wishes(sam)
    stage.ticks()

    assert "Verstuurd naar Vera: iemand wacht bij de deur." in sam.said
    assert len(waiting(stage.of("Vera"))) == 1
    assert "spannend" not in stage.of("Vera").said
    opens(stage.of("Vera"))
    shown = stage.of("Vera").sees("Tom")
    assert "Vindt de bijeenkomst van dinsdag 1 december spannend." in shown.text
    assert "Wat helpt: iemand wacht bij de deur." in shown.text
    assert shown.labels == ["Vera", "Tom", "Liever zelf typen", "Nu niet"]
    assert shown.message.protect


def test_the_youngster_hears_it_with_the_name(stage, sam):
    wishes(sam)
    stage.ticks()
    vera = promises(stage)
    stage.ticks()

    assert "Tom wacht op je bij de deur." in vera.sees("Toch iemand anders").text
    assert sam.said == "Er is een antwoord voor je."
    sam.taps("Lees")
    assert sam.said == "Tom wacht op je bij de deur. Dat is dinsdag 1 december om 19:00."
    assert running(stage, sam).promised_by == stage.programme.staff["Tom"]


def test_a_quarter_of_an_hour_earlier_is_said_as_a_time(stage, sam):
    wishes(sam, "Ik kom een kwartier eerder")
    stage.ticks()
    promises(stage, "Vera")
    sam.taps("Lees")

    assert "om 18:45" in sam.said


def test_it_can_be_changed(stage, sam):
    wishes(sam)
    stage.ticks()
    promises(stage)
    sam.taps("Lees", "Toch anders", "Iets anders", "Ik neem iemand mee")
    stage.ticks()

    assert running(stage, sam).wish == "bring"
    assert running(stage, sam).promised_by is None
    opens(stage.of("Vera"))
    assert "Koos iets anders" in stage.of("Vera").sees("Tom").text


def test_taken_back_unread_nobody_reads_it(stage, sam):
    wishes(sam)
    sam.types("Menu").taps("Ik vind het spannend", "Niet meer nodig")
    stage.ticks()

    assert "Teruggehaald." in sam.said
    assert running(stage, sam) is None
    assert "spannend" not in stage.of("Vera").ever


def test_taken_back_after_it_was_read_the_professional_hears_so(stage, sam):
    wishes(sam)
    stage.ticks()
    promises(stage)
    sam.types("Menu").taps("Ik vind het spannend", "Niet meer nodig")
    stage.ticks()
    opens(stage.of("Vera"))

    assert "hoeft dit niet meer: iemand wacht bij de deur" in stage.of("Vera").sees("Gezien").text
    assert running(stage, sam) is None


def test_a_promise_that_comes_after_it_was_taken_back_is_not_made(stage, sam):
    wishes(sam)
    stage.ticks()
    vera = stage.of("Vera")
    opens(vera)
    sam.types("Menu").taps("Ik vind het spannend", "Niet meer nodig")
    count = len(sam.shown)
    vera.taps("Tom")
    stage.ticks()

    assert "haalde dit terug" in vera.ever
    assert sam.since(count) == ""


def test_nothing_is_promised_for_an_evening_that_was_called_off_meanwhile(stage, sam):
    wishes(sam)
    stage.ticks()
    vera, tom = stage.of("Vera"), stage.of("Tom")
    opens(vera)
    evenings(tom).taps("dinsdag 1 dec", "Gaat niet door", "Geen reden", "Sturen")
    vera.taps("Tom")

    assert "of gaat niet door" in vera.ever
    assert "wacht dinsdag" not in sam.ever


def test_it_stands_under_the_reminder(stage, sam):
    stage.passes("2026-11-29 19:05")
    sam.taps("Lees", "Ik vind het spannend")

    assert "Wat maakt het makkelijker om te komen?" in sam.said
    sam.taps("Eerst even praten")
    assert "leest dit maandag 30 november vanaf 09:00" in sam.said


def test_shortly_before_the_evening_it_goes_at_once_and_promises_nothing(stage, sam):
    stage.passes("2026-12-01 18:10")
    wishes(sam)
    stage.ticks()

    assert "Misschien leest Vera dit pas daar." in sam.said
    assert len(waiting(stage.of("Vera"))) == 1


def test_without_an_evening_there_is_nothing_to_choose(stage, sam):
    sam.types("Menu").taps("Ik vind het spannend")
    stage.passes("2026-12-01 19:30")
    sam.taps("Iemand wacht bij de deur")

    assert "Er is nu geen bijeenkomst waar dit bij past." in sam.ever
    assert running(stage, sam) is None


def test_an_own_answer_is_possible_instead_of_a_name(stage, sam):
    wishes(sam)
    stage.ticks()
    vera = stage.of("Vera")
    opens(vera)
    vera.taps("Liever zelf typen").types("Ik bel je morgen even.")
    stage.ticks()
    sam.taps("Lees")

    assert "Ik bel je morgen even." in sam.said


def test_the_code_that_ran_out_is_asked_again(stage, sam):
    wishes(sam)
    stage.ticks()
    vera = stage.of("Vera")
    opens(vera)
    stage.passes(timedelta(minutes=16))
    vera.taps("Tom")

    assert running(stage, sam).promised_by is None
    vera.taps("Lees").taps_code(CODE).taps("Tom")
    assert running(stage, sam).promised_by is not None


def test_nothing_of_the_number_pad_is_left_when_the_wish_is_shown(stage, sam):
    wishes(sam)
    stage.passes(timedelta(hours=2))
    vera = stage.of("Vera")
    opens(vera)

    assert "Wie doet dit?" in vera.said
    assert [one.labels for one in vera.shown if "Tik je code" in one.text and one.labels] == []


def test_what_was_taken_back_from_the_list_of_sent_things_is_gone(stage, sam):
    wishes(sam)
    number = running(stage, sam).item_id
    stage.writes(lambda conn: items.change(conn, number, state="withdrawn"))
    sam.types("Menu").taps("Ik vind het spannend")

    assert "Wat maakt het makkelijker om te komen?" in sam.said
    assert running(stage, sam) is None
