"""Finding an evening scary: one tap says what would help, a professional answers with a name."""

from datetime import timedelta

import pytest

from bot.storage import door_wishes, items, meetings
from bot.storage.replies import HELD_FOR
from tests.talk.journeys import opens, waiting
from tests.talk.stage import CODE, at
from tests.talk.test_changed_evening import evenings
from tests.talk.test_overview import opens_overview

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
    vera = stage.of("Vera")
    opens(vera)

    assert "hoeft dit niet meer: iemand wacht bij de deur" in vera.said
    assert vera.said.endswith("Je hoeft niets te doen.")
    assert vera.last.labels == []
    assert vera.last.message.protect
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
    assert "Tot dan kun je het terughalen." in vera.said
    stage.passes(HELD_FOR)
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


def test_a_wish_nobody_answered_is_closed_after_the_evening_and_the_digest_says_so(stage, sam):
    wishes(sam)
    stage.ticks()
    number = stage.reads(lambda conn: items.waiting_for(conn, stage.programme.staff["Vera"]))[0].id
    stage.passes("2026-12-01 21:59")
    assert stage.reads(lambda conn: items.load(conn, number)).state in items.WAITING

    stage.passes("2026-12-02 10:00")
    one = stage.reads(lambda conn: items.load(conn, number))
    assert (one.state, one.handling) == ("handled", "over")
    vera = opens_overview(stage.of("Vera"))
    assert "Vond de bijeenkomst spannend, geen antwoord" in vera.said
    assert "vindt de bijeenkomst spannend" not in vera.said.casefold()


def test_the_youngster_is_not_told_that_it_was_opened(stage, sam):
    wishes(sam)
    stage.passes("2026-12-02 10:00")
    sam.types("/verstuurd")
    label = next(one for one in sam.last.labels if "2 dec" not in one)
    sam.taps(label)

    assert "Er kwam geen antwoord." in sam.said
    assert "opende dit" not in sam.said


# When the evening is over, or it is not needed any more, nothing is asked


OVER = "Dit was voor de bijeenkomst van dinsdag 1 december. Die is geweest. Je hoeft niets te doen."


def wished(stage, sam, on="2026-11-30 12:00", wish="Iemand wacht bij de deur"):
    """The number of a wish that Vera has not opened; by itself the day before the evening."""
    if stage.now < at(on):
        stage.passes(on)
    wishes(sam, wish)
    stage.ticks()
    return running(stage, sam).item_id


def takes_back(sam):
    return sam.types("Menu").taps("Ik vind het spannend", "Niet meer nodig")


def state_of(stage, number):
    one = stage.reads(lambda conn: items.load(conn, number))
    return one.state, one.handling


def test_after_the_evening_the_message_nobody_opened_has_no_button_any_more(stage, sam):
    number = wished(stage, sam)
    vera = stage.of("Vera")
    count = len(vera.shown)
    stage.passes("2026-12-01 21:59")
    assert [one.labels for one in waiting(vera)][:1] == [["Lees"]]

    stage.passes("2026-12-01 22:30")
    assert waiting(vera) == []
    assert not any(one.labels for one in vera.shown if f"(A-{number})" in one.text)
    assert vera.texts[count - 1] == f"A-{number} vraagt niets meer."


def test_the_message_that_says_it_once_more_has_no_button_either(stage, sam):
    number = wished(stage, sam, "2026-11-20 12:00")
    stage.passes("2026-11-24 09:30")
    vera = stage.of("Vera")
    assert f"Dit staat nog open (A-{number})." in vera.texts
    stage.passes("2026-12-02 10:00")

    assert not any(f"(A-{number})" in text for name in ("Vera", "Tom") for text in stage.of(name).texts)


def test_a_choice_left_open_closes_with_the_evening(stage, sam):
    number = wished(stage, sam)
    stage.passes("2026-12-01 18:50")
    vera = stage.of("Vera")
    opens(vera)
    assert "Wie doet dit?" in vera.said
    stage.passes("2026-12-01 22:30")

    assert "Wie doet dit?" not in "".join(vera.texts)
    assert f"A-{number} vraagt niets meer." in vera.texts


def test_opened_after_the_evening_it_says_so_in_one_sentence(stage, sam):
    number = wished(stage, sam)
    stage.passes("2026-12-01 22:05")
    vera = stage.of("Vera")
    opens(vera)

    assert vera.said == OVER
    assert "Wie doet dit?" not in vera.ever
    assert state_of(stage, number) == ("handled", "over")
    stage.passes("2026-12-01 22:30")
    assert vera.texts.count(OVER) == 1


def test_while_it_meets_no_name_is_asked(stage, sam):
    wished(stage, sam)
    stage.passes("2026-12-01 19:30")
    vera = stage.of("Vera")
    opens(vera)

    assert "Wat helpt: iemand wacht bij de deur." in vera.said
    assert vera.said.endswith("De bijeenkomst is al begonnen. Sam leest geen naam meer.")
    assert vera.last.labels == []


def test_an_evening_that_was_called_off_asks_for_no_name(stage, sam):
    number = wished(stage, sam)
    evenings(stage.of("Tom")).taps("dinsdag 1 dec", "Gaat niet door", "Geen reden", "Sturen")
    vera = stage.of("Vera")
    shown = next(one for one in vera.shown if f"(A-{number})" in one.text)
    vera.taps_data(shown.button("Lees").data)
    vera.taps_code(CODE)

    assert "Dit was voor de bijeenkomst van dinsdag 1 december. Die gaat niet door." in vera.said
    assert "Wie doet dit?" not in vera.ever


def test_what_sounds_like_a_concern_stays_open_after_the_evening(stage, sam):
    number = wished(stage, sam)
    stage.writes(lambda conn: items.change(conn, number, level="concern"))
    stage.passes("2026-12-01 22:30")
    vera = stage.of("Vera")

    assert state_of(stage, number)[0] in items.WAITING
    assert f"A-{number} vraagt niets meer." not in vera.ever + stage.of("Tom").ever
    opens(vera)
    assert "Wat helpt: iemand wacht bij de deur." in vera.said
    assert OVER not in vera.ever


def test_taken_back_unread_its_message_asks_nothing(stage, sam):
    number = wished(stage, sam)
    vera = stage.of("Vera")
    count = len(vera.shown)
    takes_back(sam)
    stage.ticks()

    assert state_of(stage, number)[0] == "withdrawn"
    assert waiting(vera) == []
    assert f"A-{number} vraagt niets meer." in vera.texts
    assert len(vera.shown) == count


def test_taken_back_before_it_left_nothing_comes(stage, sam):
    stage.passes("2026-11-28 12:00")
    wishes(sam)
    takes_back(sam)
    count = len(stage.of("Vera").shown)
    stage.passes("2026-11-30 12:00")

    assert "A-" not in stage.of("Vera").since(count)


def test_taken_back_from_the_list_of_sent_things_it_asks_nothing_either(stage, sam):
    number = wished(stage, sam)
    sam.types("/verstuurd")
    sam.taps(next(one for one in sam.last.labels if "30 nov" in one))
    sam.taps("Terughalen")
    stage.ticks()

    assert f"A-{number} vraagt niets meer." in stage.of("Vera").texts
    assert running(stage, sam) is None


def test_what_is_not_needed_any_more_is_said_once_and_waits_for_nobody(stage, sam):
    number = wished(stage, sam, "2026-11-20 12:00")
    vera = promises(stage)
    takes_back(sam)
    stage.ticks()
    assert len(waiting(vera)) == 1
    assert stage.reads(lambda conn: items.waiting_about(conn, stage.id_of(sam))) == []
    counts = {name: len(stage.of(name).shown) for name in ("Vera", "Tom")}
    stage.passes("2026-11-30 12:00")

    for name, count in counts.items():
        assert f"A-{number}" not in stage.of(name).since(count)
    stage.passes("2026-12-01 22:30")
    assert waiting(vera) == []
    assert f"A-{number} vraagt niets meer." in vera.texts


def test_opened_after_the_evening_what_was_not_needed_is_one_sentence(stage, sam):
    wished(stage, sam)
    vera = promises(stage)
    takes_back(sam)
    stage.passes("2026-12-01 22:05")
    opens(vera)

    assert vera.said == OVER


def test_the_card_no_longer_has_what_is_not_needed(stage, sam):
    wished(stage, sam)
    vera = promises(stage)
    takes_back(sam)
    stage.passes("2026-12-01 17:05")
    vera.taps("Bekijk de kaart").taps_code(CODE)

    assert "Sam" in vera.sees("Opnieuw kijken").text
    assert "bij de deur" not in vera.sees("Opnieuw kijken").text


def test_whoever_read_it_hears_that_it_is_not_needed(stage, sam):
    number = wished(stage, sam, "2026-11-20 12:00")
    stage.passes("2026-11-25 12:00")
    promises(stage, "Tom", by="Tom")
    count = len(stage.of("Vera").shown)
    takes_back(sam)
    stage.ticks()

    assert "Las Tom het al?" in sam.said
    assert f"(A-{number})" in stage.of("Tom").said
    assert f"(A-{number})" not in stage.of("Vera").since(count)


def test_what_was_not_needed_is_no_wish_without_an_answer(stage, sam):
    wished(stage, sam)
    promises(stage)
    takes_back(sam)
    stage.passes("2026-12-02 10:00")
    vera = opens_overview(stage.of("Vera"))

    assert "geen antwoord" not in vera.said


def test_the_wish_to_talk_is_not_over_with_the_evening(stage, sam):
    number = wished(stage, sam, "2026-12-01 12:00", "Eerst even praten")
    stage.passes("2026-12-01 22:30")

    assert stage.reads(lambda conn: items.load(conn, number)).state in items.WAITING
    vera = stage.of("Vera")
    opens(vera)
    assert vera.sees("We hebben gepraat")
    opens_overview(vera)
    assert "Sam: wil iemand spreken" in vera.said
    vera.taps("1")
    assert "Wat helpt: eerst even praten." in vera.said
    stage.passes("2026-12-07 12:00")
    assert stage.reads(lambda conn: items.load(conn, number)).recipient_id == stage.programme.staff["Tom"]
