"""The talk between a youngster and their professional: held, taken back, in order, never lost between two people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.incoming import Unreadable
from bot.storage import halts, items, people, replies
from bot.storage.replies import HELD_FOR
from bot.storage.schema_flow import outbox
from dialogs.words import Words
from tests.talk import kept
from tests.talk.journeys import HAPPENED, has_sent, opens, reads, waiting

ANSWER = "Dank je. Zie ik je dinsdag?"
OPENER = "Er is een antwoord voor je."


def only(stage):
    sam = stage.id_of(stage.of("Sam"))
    return stage.reads(lambda conn: items.sent_of(conn, sam))[-1]


def typing(stage):
    """Vera reads what Sam sent on Monday morning, and is about to answer."""
    if stage.skips_to(typing):
        return stage.of("Sam")
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    opens(vera)
    vera.taps("Antwoord")
    return sam


def answered(stage):
    sam = typing(stage)
    stage.of("Vera").types(ANSWER)
    return sam


# Two minutes


def test_for_two_minutes_nothing_goes_and_then_it_comes_with_the_name(stage):
    sam, vera = answered(stage), stage.of("Vera")
    assert vera.said.startswith("Dit gaat om 09:02 naar Sam. Tot dan kun je het terughalen.")

    stage.passes(HELD_FOR - timedelta(seconds=1))
    assert OPENER not in sam.texts

    stage.passes(timedelta(seconds=1))
    assert sam.said == OPENER
    assert sam.taps("Lees").said == f"Vera schrijft:\n\n{ANSWER}"


def test_taken_back_in_time_it_never_comes_and_what_it_answered_is_open_again(stage):
    sam, vera = answered(stage), stage.of("Vera")
    stage.passes(timedelta(minutes=1))

    vera.taps("Terughalen")

    assert "Sam krijgt dit niet. Wat Sam stuurde staat weer open." in vera.said
    stage.passes("2026-11-23 12:00")
    assert OPENER not in sam.texts
    assert only(stage).state == "opened"
    assert stage.reads(lambda conn: kept.places_of(conn, ANSWER)) <= {"session.state"}


def test_what_was_taken_back_ages_like_anything_that_is_open(stage):
    sam, vera = answered(stage), stage.of("Vera")
    vera.taps("Terughalen", "Sluiten")

    stage.passes("2026-11-24 09:01")
    assert vera.said.startswith("Dit staat nog open (A-")
    stage.passes("2026-11-25 09:01")

    assert "Daarom krijgt Tom het nu." in sam.taps("Lees").said
    assert HAPPENED in reads(stage.of("Tom"))


def test_it_can_be_written_anew_after_it_was_taken_back(stage):
    sam, vera = answered(stage), stage.of("Vera")
    vera.taps("Terughalen", "Opnieuw schrijven").types("Tot dinsdag")

    stage.passes(HELD_FOR)

    assert sam.texts.count(OPENER) == 1
    assert sam.taps("Lees").said == "Vera schrijft:\n\nTot dinsdag"


def test_after_two_minutes_a_plain_sentence_says_that_it_is_too_late(stage):
    sam, vera = answered(stage), stage.of("Vera")
    stage.passes(HELD_FOR)

    vera.taps("Terughalen")

    assert vera.said.startswith("Terughalen kan niet meer.")
    assert "Sam: verstuurd, nog niet geopend." in vera.said
    assert sam.taps("Lees").said.endswith(ANSWER)


def test_the_states_of_an_answer_are_held_sent_and_opened(stage):
    sam, vera = answered(stage), stage.of("Vera")
    assert vera.taps("Hoe staat het?").said == "Sam: wacht nog, gaat weg om 09:02."
    stage.passes(HELD_FOR)
    assert vera.taps("Hoe staat het?").said == "Sam: verstuurd, nog niet geopend."

    sam.taps("Lees")

    assert vera.taps("Hoe staat het?").said.startswith("Sam: geopend, maandag 23 november, 09:0")


def test_when_nothing_left_for_two_minutes_it_is_late_all_the_same(stage):
    """The hold is about time: a slow Telegram gives nobody more of it."""
    sam = answered(stage)
    number = stage.reads(lambda conn: items.unopened_replies(conn, stage.id_of(sam)))[0]
    stage.now += HELD_FOR

    stage.of("Vera").taps("Terughalen")

    assert stage.of("Vera").said.startswith("Terughalen kan niet meer.")
    assert stage.reads(lambda conn: replies.find(conn, number)) is not None


def test_what_may_be_on_its_way_is_not_called_taken_back(stage):
    """A crash between "sending" and the answer of Telegram: nobody knows, so it counts as gone."""
    sam = answered(stage)
    number = stage.reads(lambda conn: items.unopened_replies(conn, stage.id_of(sam)))[0]
    mine = outbox.c.dedupe_key == replies.key(number)
    stage.writes(lambda conn: conn.execute(update(outbox).where(mine).values(state="sending")))

    stage.of("Vera").taps("Terughalen")

    assert stage.of("Vera").said.startswith("Terughalen kan niet meer.")
    stage.writes(lambda conn: conn.execute(update(outbox).where(mine).values(state="ready")))
    stage.passes(HELD_FOR)
    assert sam.taps("Lees").said.endswith(ANSWER)


def test_the_first_answer_can_be_taken_back_while_the_second_is_held_too(stage):
    sam = has_sent(stage)
    sam.types("Menu").taps("Ik wil iemand spreken").types("Over thuis")
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    for text in ("Een", "Twee"):
        opens(vera)
        vera.taps("Antwoord").types(text)
    first, second = [one for one in vera.shown if "Terughalen" in one.labels]

    vera.taps_data(first.button("Terughalen").data)
    stage.passes(timedelta(minutes=3))

    assert sam.texts.count(OPENER) == 1
    assert "Terughalen" in second.labels


def test_a_question_typed_meanwhile_does_not_bring_the_held_answer(stage):
    sam = answered(stage)

    sam.types("hoe laat is het")
    if sam.has("Verder"):
        sam.taps("Verder")

    assert OPENER not in sam.texts


# The thread


def test_the_answer_back_comes_with_what_it_answers(stage):
    sam = answered(stage)
    stage.passes(HELD_FOR)
    sam.taps("Lees", "Antwoord terug").types("Ja, ik kom")

    said = reads(stage.of("Vera"))

    assert said.index("Ja, ik kom") < said.index(f"Jij schreef maandag 23 november, 09:00:\n{ANSWER}")


def test_two_answers_back_come_in_the_order_in_which_they_were_written(stage):
    sam = answered(stage)
    stage.passes("2026-11-23 18:30")
    sam.taps("Lees", "Antwoord terug").types("Ja, ik kom")
    sam.types("Menu").taps("Ik wil iemand spreken").types("Over thuis")
    count = len(waiting(stage.of("Vera")))
    assert count == 0

    stage.passes("2026-11-24 09:00")

    first, second = waiting(stage.of("Vera"))
    vera = stage.of("Vera").taps_data(first.button("Lees").data).taps_code()
    assert "Ja, ik kom" in first.text
    vera.taps_data(second.button("Lees").data)
    assert "Over thuis" in second.text


def test_the_colleague_who_gets_the_answer_back_sees_what_it_answers_with_the_name(stage):
    sam = answered(stage)
    stage.passes(HELD_FOR)
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")
    sam.taps("Lees", "Antwoord").types("Ja, ik kom")

    said = reads(stage.of("Tom"))

    assert f"Vera schreef maandag 23 november, 09:00:\n{ANSWER}" in said


# "Ik wil iemand spreken"


def wish(stage):
    sam = stage.youth_begins()
    sam.types("Menu").taps("Ik wil iemand spreken", "Even praten")
    return sam


def test_a_wish_to_talk_says_who_and_when_and_that_it_stays_open(stage):
    sam = wish(stage)

    assert sam.said.startswith("Verstuurd naar Vera. Vera leest op deze tijden: ")
    assert "Je vraag blijft open tot iemand antwoordt." in sam.said


def test_a_wish_to_talk_cannot_be_closed_with_a_glance(stage):
    wish(stage)
    shown = opens(stage.of("Vera"))

    assert {"Antwoord", "We hebben gepraat"} <= set(shown.labels)
    assert not {"Gezien", "Bespreek bij de bijeenkomst"} & set(shown.labels)
    stage.of("Vera").taps("We hebben gepraat")
    assert (only(stage).state, only(stage).handling) == ("handled", "gesproken")


def test_who_asks_again_hears_that_it_is_open_and_with_whom(stage):
    sam = wish(stage)
    stage.passes(timedelta(hours=2))

    sam.types("Menu").taps("Ik wil iemand spreken")

    assert "Je vroeg dit al op vrijdag 20 november. Vera heeft nog niet geantwoord." in sam.said


def test_it_is_repeated_once_then_the_colleague_gets_it_and_the_youngster_is_told(stage):
    sam = wish(stage)
    vera, tom = stage.of("Vera"), stage.of("Tom")

    stage.passes("2026-11-23 08:59")
    assert not [one for one in vera.texts if one.startswith("Dit staat nog open")]
    stage.passes("2026-11-23 09:01")
    assert [one for one in vera.texts if one.startswith("Dit staat nog open (A-")]
    stage.passes("2026-11-24 08:59")
    assert len([one for one in vera.texts if one.startswith("Dit staat nog open")]) == 1
    assert not waiting(tom)

    stage.passes("2026-11-24 09:01")
    assert sam.taps("Lees").said.startswith(
        "Vera heeft je bericht nog niet afgehandeld. Daarom krijgt Tom het nu."
    )
    assert "Even praten" in reads(tom)


def test_what_was_answered_in_time_is_not_repeated(stage):
    answered(stage)

    stage.passes("2026-11-26 09:01")

    assert not [one for one in stage.of("Vera").texts if one.startswith("Dit staat nog open")]


def test_outside_working_hours_only_an_alert_reaches_staff(stage):
    sam = wish(stage)
    stage.passes("2026-11-20 20:00")
    counts = {name: len(stage.of(name).shown) for name in ("Vera", "Tom")}
    sam.types("Menu").taps("Ik wil iemand spreken", "Even praten")
    stage.passes("2026-11-23 08:59")
    assert {name: len(stage.of(name).shown) for name in ("Vera", "Tom")} == counts

    stage.passes("2026-11-23 20:00")
    before = len(stage.of("Vera").shown)
    sam.types("ik wil dood").taps("Ja, nu")

    assert "Er is een dringend bericht. Kijk nu." in [one.text for one in stage.of("Vera").shown[before:]]


# Bad input


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("blocks", "Sam heeft deze chat geblokkeerd. Er komt nu niets aan."),
        ("stops", "Sam is gestopt en krijgt geen berichten meer."),
        ("is halted", "Sam is stilgezet. Er gaat nu niets heen."),
    ],
)
def test_who_cannot_get_it_is_said_before_anything_is_typed_and_after(stage, what, said):
    sam, vera = typing(stage), stage.of("Vera")
    _gone(stage, sam, what)

    vera.types(ANSWER)

    assert vera.said.startswith(said)
    assert f"Je antwoord is niet verstuurd. Dit schreef je:\n\n{ANSWER}" in vera.said
    assert "Het bericht blijft open staan." in vera.said
    assert only(stage).state == "opened"


def _gone(stage, sam, what):
    if what == "blocks":
        sam.blocks()
    elif what == "stops":
        stage.writes(lambda conn: people.change(conn, stage.id_of(sam), state="refused"))
    else:
        number = stage.id_of(sam)
        vera = stage.programme.staff["Vera"]
        stage.writes(lambda conn: halts.begin(conn, number, "other", vera, stage.now))


def test_what_was_held_when_the_chat_was_blocked_comes_when_they_are_back(stage):
    sam = answered(stage)
    sam.blocks()
    stage.passes(HELD_FOR)
    vera = stage.of("Vera")
    shown = next(one for one in vera.shown if "Hoe staat het?" in one.labels)
    vera.taps("Hoe staat het?")
    assert "niet aangekomen" in shown.text

    sam.blocks(False)

    assert sam.texts.count(OPENER) == 1
    assert sam.taps("Lees").said.endswith(ANSWER)


def test_two_professionals_at_once_the_second_hears_who_has_it_and_nothing_is_lost(stage):
    sam = typing(stage)
    vera, tom = stage.of("Vera"), stage.of("Tom")
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")
    opens(tom)
    tom.taps("Antwoord").types("Mooi gedaan")

    vera.types(ANSWER)

    assert vera.said.startswith("Tom antwoordde al, maandag 23 november, 09:0")
    assert f"Jouw antwoord is nog niet verstuurd. Dit schreef je:\n\n{ANSWER}" in vera.said
    vera.taps("Toch sturen")
    stage.passes(timedelta(minutes=3))
    assert sam.texts.count(OPENER) == 2
    assert only(stage).handled_by == stage.programme.staff["Tom"]


def test_the_second_can_leave_it_with_the_colleague(stage):
    sam = typing(stage)
    vera = stage.of("Vera")
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")

    vera.types(ANSWER)
    assert vera.said.startswith("Tom heeft dit bericht nu.")
    vera.taps("Niet sturen")
    stage.passes(timedelta(minutes=3))

    assert OPENER not in sam.texts
    assert only(stage).recipient_id == stage.programme.staff["Tom"]


def test_who_does_not_look_after_them_any_more_sends_nothing(stage):
    sam = typing(stage)
    tom, amir = stage.programme.staff["Tom"], stage.id_of(sam)
    stage.writes(lambda conn: people.assign(conn, amir, tom, "main", stage.now))
    stage.writes(lambda conn: items.change(conn, only_id(conn, amir), recipient_id=tom))

    stage.of("Vera").types(ANSWER)

    assert stage.of("Vera").said.startswith("Dit bericht is er niet meer, of een collega")
    stage.passes(timedelta(minutes=3))
    assert OPENER not in sam.texts


def only_id(conn, youth_id):
    return items.sent_of(conn, youth_id)[-1].id


def test_a_photo_or_voice_is_no_answer_and_the_question_stays_open(stage):
    sam, vera = typing(stage), stage.of("Vera")

    stage.happens(vera, Unreadable("photo", Words("kijk maar")))

    assert vera.said.startswith("Ik kan geen foto's, spraak, stickers of bestanden doorsturen.")
    assert stage.reads(lambda conn: kept.places_of(conn, "kijk maar")) == set()
    vera.types(ANSWER)
    stage.passes(HELD_FOR)
    assert sam.taps("Lees").said.endswith(ANSWER)


def test_a_photo_while_nothing_is_asked_says_so_plainly(stage):
    vera = stage.of("Vera")

    stage.happens(vera, Unreadable("voice", Words("")))

    assert vera.said.startswith("Ik kan geen foto's, spraak, stickers of bestanden lezen of doorsturen.")


def test_an_answer_that_is_too_long_is_not_cut_and_the_question_stays_open(stage):
    sam, vera = typing(stage), stage.of("Vera")

    vera.types("woord " * 400)

    assert "Er passen 2000 tekens." in vera.said
    vera.types(ANSWER)
    stage.passes(HELD_FOR)
    assert sam.taps("Lees").said.endswith(ANSWER)


def test_the_rest_of_an_answer_that_the_app_cut_in_two_does_not_pass_for_the_answer(stage):
    sam, vera = typing(stage), stage.of("Vera")

    vera.types("woord " * 600)
    vera.types("en dit was het slot")

    assert vera.said.startswith("Dit hoorde bij je lange bericht. Ook dit heb ik niet genomen.")
    assert stage.reads(lambda conn: kept.places_of(conn, "en dit was het slot")) == set()
    stage.passes(timedelta(seconds=30))
    vera.types(ANSWER)
    stage.passes(HELD_FOR)
    assert sam.taps("Lees").said.endswith(ANSWER)


def test_after_an_answer_that_was_too_long_a_button_still_works_at_once(stage):
    typing(stage)
    vera = stage.of("Vera")

    vera.types("woord " * 600).types("Niet antwoorden")

    assert "Er is niets verstuurd." in vera.said


def test_when_somebody_is_away_their_repeat_goes_to_nobody(stage):
    sam = wish(stage)
    stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")
    stage.passes("2026-11-23 12:01")

    assert not [one for one in stage.of("Vera").texts if one.startswith("Dit staat nog open")]
    assert HAPPENED not in sam.ever
    assert waiting(stage.of("Tom"))


def test_an_old_answer_button_shows_nothing_after_the_youngster_went_to_somebody_else(stage):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:00")
    shown = opens(stage.of("Vera"))
    button = shown.button("Antwoord").data
    tom, number = stage.programme.staff["Tom"], stage.id_of(sam)
    stage.writes(lambda conn: people.assign(conn, number, tom, "main", stage.now))
    stage.writes(lambda conn: items.change(conn, only_id(conn, number), recipient_id=tom))

    vera = stage.of("Vera").taps_data(button)

    assert vera.said.startswith("Dit bericht is er niet meer, of een collega")


def test_a_second_answer_that_is_taken_back_leaves_the_first_one_standing(stage):
    sam, vera = answered(stage), stage.of("Vera")
    stage.passes(timedelta(minutes=3))
    sam.taps("Lees")
    count = len(sam.shown)
    vera.taps("Terughalen", "Nog iets schrijven").types("En neem je jas mee")
    vera.taps("Terughalen")

    assert vera.said == "Teruggehaald. Sam krijgt dit niet."
    assert (only(stage).state, only(stage).handling) == ("handled", "answered")
    stage.passes("2026-11-26 12:00")
    assert only(stage).recipient_id == stage.programme.staff["Vera"]
    assert "Tom" not in sam.since(count)
