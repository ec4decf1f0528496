"""How it went: two taps are enough; who wants tells more, sees what would be sent, and decides."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.conversation.lines import OUTCOMES
from bot.storage import items, journal, learned, people
from bot.storage.replies import HELD_FOR
from bot.storage.schema_talk import attempt, item, session
from tests.talk import kept
from tests.talk.journeys import (
    HAPPENED,
    did,
    has_plan,
    has_prepared_plan,
    has_sent,
    opens,
    opens_youngsters,
    reads,
    tells,
    waiting,
)

END_OF_STEP = "Onthoud voor de bijeenkomst: wat deed de ander?"


def has_done(stage):
    """Sam reports the prepared step as done."""
    if stage.skips_to(has_done):
        return stage.of("Sam")
    has_prepared_plan(stage)
    return did(stage)


def sees_preview(stage):
    """Sam told more and sees what would be sent."""
    if stage.skips_to(sees_preview):
        return stage.of("Sam")
    return tells(has_done(stage))


def outcome(stage):
    return stage.reads(lambda conn: conn.execute(select(attempt.c.outcome, attempt.c.state)).one())


def only_item(stage):
    number = stage.reads(lambda conn: conn.execute(select(item.c.id)).scalar_one())
    return stage.reads(lambda conn: items.load(conn, number))


# Two taps


@pytest.mark.parametrize("said, kept_as", [("Gedaan", "done"), ("Deels", "partly")])
def test_two_taps_are_a_whole_check_in(stage, said, kept_as):
    has_plan(stage)
    sam = did(stage, outcome=said).taps("Klaar voor nu")

    assert tuple(outcome(stage)) == (kept_as, "closed")
    assert sam.said.endswith(END_OF_STEP)
    assert "Dit stuur ik" not in sam.ever
    assert stage.reads(kept.rows)["item"] == 0


@pytest.mark.parametrize("said", ["Gedaan", "Deels", "Niet gedaan"])
def test_the_professional_sees_the_outcome_and_nothing_more(stage, said):
    has_prepared_plan(stage)
    did(stage, outcome=said).taps("Klaar voor nu")
    stage.passes("2026-11-23 09:00")

    card = opens_youngsters(stage.of("Vera")).said

    assert {"Gedaan": "stap gedaan", "Deels": "stap deels gedaan", "Niet gedaan": "stap niet gedaan"}[
        said
    ] in card
    assert "De ander kijkt weg" not in stage.of("Vera").ever


@pytest.mark.parametrize(
    "then, expected",
    [
        ("Kleinere stap", "Jouw stap: Een knik naar iemand."),
        ("Ander moment", "Op welke dag wil je dit doen?"),
        ("Praten met Vera", "Ik stuur Vera een bericht dat je wilt praten."),
        ("Klaar voor nu", "Er staat nu niets gepland."),
    ],
)
def test_not_done_is_an_outcome_with_its_own_ways_on(stage, then, expected):
    has_plan(stage)
    sam = did(stage, outcome="Niet gedaan")
    assert "Je raakt niets kwijt." in sam.said
    assert "Vera ziet alleen: niet gedaan." in sam.said

    sam.taps(then)

    assert expected in sam.said
    assert tuple(outcome(stage)) == ("not_done", "closed")


def test_under_the_smallest_step_not_done_leads_to_a_person(stage):
    has_plan(stage).types("Menu").taps(
        "Mijn stap", "Andere stap", "Een knik naar iemand", "zaterdag 21", "16:00"
    )
    stage.of("Sam").taps("Zo is het genoeg")
    sam = did(stage, outcome="Niet gedaan").taps("Kleinere stap")

    assert "Dit is al de kleinste stap." in sam.said
    assert "Praten met Vera" in sam.last.labels


def test_the_question_comes_two_hours_after_the_moment_also_without_an_answer_to_the_nudge(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 17:59")
    assert "Hoe ging het?" not in sam.ever

    stage.passes("2026-11-21 18:00")

    assert "Hoe ging het?" in sam.said


def test_a_question_that_would_come_too_late_comes_the_next_day(stage):
    sam = (
        has_plan(stage)
        .types("Menu")
        .taps("Mijn stap", "Ander moment", "zaterdag 21", "21:00", "Zo is het genoeg")
    )
    stage.passes("2026-11-22 08:59")
    assert "Hoe ging het?" not in sam.ever

    stage.passes("2026-11-22 09:00")

    assert "Hoe ging het?" in sam.said


def test_who_tells_it_earlier_is_not_asked_again(stage):
    sam = has_plan(stage).types("Menu").taps("Hoe ging het?", "Gedaan", "Klaar voor nu")
    count = len(sam.shown)

    stage.passes("2026-11-22 12:00")

    assert len(sam.shown) == count
    assert tuple(outcome(stage)) == ("done", "closed")


def test_who_tells_it_in_the_menu_finds_the_older_question_closed(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 18:00")
    older = sam.sees("Gedaan").button("Niet gedaan").data
    sam.types("Menu").taps("Hoe ging het?", "Gedaan", "Klaar voor nu")

    sam.taps_data(older)

    assert sam.toast == "Deze knop hoort bij een eerdere vraag."
    assert tuple(outcome(stage)) == ("done", "closed")


def test_a_question_that_stood_open_for_a_week_still_works(stage):
    has_plan(stage)
    stage.passes("2026-11-28 18:00")

    sam = stage.of("Sam").taps("Deels", "Klaar voor nu")

    assert tuple(outcome(stage)) == ("partly", "closed")
    assert sam.said.endswith(END_OF_STEP)


# Telling more


def test_the_own_prediction_is_shown_back_and_compared(stage):
    sam = has_done(stage).taps("Meer vertellen")
    assert "Vooraf dacht je: De ander kijkt weg\nJe was daar 80 procent zeker van." in sam.said

    sam.taps("Nee").types(HAPPENED)
    sam.taps("7", "3", "Sla over", "Het viel mee")
    assert "Je dacht: De ander kijkt weg" in sam.said
    sam.taps("20")

    assert "Vooraf was je 80 procent zeker: De ander kijkt weg" in sam.texts[-2]
    assert "Het gebeurde niet.\nNu ben je 20 procent zeker." in sam.texts[-2]
    assert "Kies dan een andere plek, of iemand anders." in sam.texts[-2]


def test_a_small_surprise_is_compared_without_a_word_about_another_place(stage):
    sam = has_done(stage).taps("Meer vertellen", "Een beetje").types(HAPPENED)
    sam.taps("7", "3", "Sla over", "Het viel mee", "60")

    assert (
        "Vóór je stap was je 80 procent zeker dat dit zou gebeuren. Nu ben je 60 procent zeker."
        in sam.texts[-2]
    )
    assert "andere plek" not in sam.ever


def test_what_was_learned_becomes_a_card_that_comes_back_with_the_next_step(stage):
    sam = tells(has_done(stage)).taps("Niet sturen")
    sam.types("Menu").taps("Mijn stap", "Een moment kiezen", "zondag 22", "16:00", "Zo is het genoeg")
    stage.passes("2026-11-22 16:00")

    sam.taps("Ik ga")

    assert sam.said.startswith("Je kaart: Het viel mee\n\nOp ")


def test_the_card_also_stands_under_the_plan_that_is_prepared(stage):
    sam = tells(has_done(stage)).taps("Niet sturen")
    sam.types("Menu").taps("Mijn stap", "Een moment kiezen", "zondag 22", "16:00", "Nog even voorbereiden")
    sam.taps("Weet ik niet", "Weet ik niet", "Niks", "Nee", "Sla over", "Weet ik niet")

    assert sam.said.endswith("Je kaart: Het viel mee")


def test_after_a_worry_that_came_true_nothing_becomes_a_card(stage):
    sam = has_done(stage).taps("Meer vertellen", "Ja", "Sla over", "9", "8", "Mijn zorg klopte", "90")

    assert stage.reads(lambda conn: learned.active(conn, stage.id_of(sam))) == []


def test_without_a_prediction_nothing_is_compared(stage):
    has_plan(stage)
    sam = did(stage).taps("Meer vertellen")
    assert "Wat gebeurde er echt?" in sam.said

    sam.taps("Iemand deed of zei iets terug", "Weet ik niet", "Weet ik niet", "Sla over", "Sla over")

    assert "Dit stuur ik naar Vera" in sam.said
    assert "None" not in sam.ever
    assert "procent" not in sam.said


def test_who_skips_everything_has_nothing_to_send_and_no_preview(stage):
    has_plan(stage)

    sam = did(stage).taps(
        "Meer vertellen", "Sla over", "Weet ik niet", "Weet ik niet", "Sla over", "Sla over"
    )

    assert "Er is niets om te sturen. Vera ziet alleen: gedaan." in sam.said
    assert "Dit stuur ik" not in sam.ever
    assert stage.reads(kept.rows)["item"] == 0


def test_when_the_worry_came_true_nothing_is_pushed(stage):
    sam = has_done(stage).taps("Meer vertellen", "Ja").types("Hij keek weg")
    sam.taps("9", "8")
    assert "verraste" not in sam.said
    sam.taps("Mijn zorg klopte deze keer", "90")
    assert "Nu ben je 90 procent zeker." not in sam.ever
    assert "Wat je dacht, gebeurde. Dat is rot." in sam.texts[-2]
    sam.taps("Niet sturen")
    assert "Je hoeft nu niets te veranderen." in sam.said
    assert sam.last.labels[:5] == [
        "Klaar voor nu",
        "Nog eens",
        "Kleinere stap",
        "Praten met Vera",
        "Minder streng zijn",
    ]

    sam.taps("Klaar voor nu")

    assert "Er staat nu niets gepland." in sam.said
    assert sam.said.endswith("Je kunt er op de bijeenkomst over praten. Dat mag, het hoeft niet.")


def test_what_you_would_tell_a_friend_is_not_sent(stage):
    sam = has_done(stage).taps("Meer vertellen", "Ja").types("Hij keek weg")
    sam.taps("9", "8", "Sla over", "90", "Sturen", "Minder streng zijn", "7")
    sam.types("iedereen heeft weleens zo'n dag").taps("Ja, een beetje")
    stage.passes("2026-11-23 09:00")

    assert "zo'n dag" not in reads(stage.of("Vera"))


# Seeing before sending


def test_the_preview_is_exactly_what_the_professional_reads(stage):
    has_prepared_plan(stage)
    sam = tells(did(stage))
    preview = sam.said.split("\n\n", 1)[1]
    assert preview.splitlines() == [
        "Stap: Zeg hoi tegen een bekende",
        "Hoe het ging: gedaan",
        "Dacht vooraf: De ander kijkt weg (80 procent zeker)",
        "Kwam dat uit: nee",
        "Wat er gebeurde: Noor zei hoi terug",
        "Spanning vooraf: 6 van de 10",
        "Hoogste spanning: 7 van de 10",
        "Spanning toen het klaar was: 3 van de 10",
        "Wat ik leerde: Het viel mee",
        "Hoe zeker nu: 20 procent",
    ]
    sam.taps("Sturen")
    stage.passes("2026-11-23 09:00")

    text = reads(stage.of("Vera"))

    assert text.split("\n\n")[1] == preview
    assert text.startswith("Sam, zaterdag 21 november, 18:00:")


def test_parts_can_be_left_out_and_put_back(stage):
    sam = sees_preview(stage).taps(
        "Aanpassen", "✓ Wat er gebeurde", "✓ Hoogste spanning", "Weg: Hoogste spanning"
    )
    assert "Noor zei hoi terug" not in sam.said
    assert "Hoogste spanning: 7 van de 10" in sam.said
    sam.taps("Klaar", "Sturen")
    stage.passes("2026-11-23 09:00")

    text = reads(stage.of("Vera"))

    assert "Noor zei hoi terug" not in stage.of("Vera").ever
    assert "Hoogste spanning: 7 van de 10" in text


def test_quick_taps_on_one_picture_each_count_once(stage):
    sam = sees_preview(stage).taps("Aanpassen")
    happened, tension = (
        sam.last.button(f"✓ {what}").data for what in ("Wat er gebeurde", "Hoogste spanning")
    )
    sam.taps_data(happened)
    sam.taps_data(tension)
    sam.taps_data(happened)

    assert "Noor zei hoi terug" not in sam.said
    assert {"Weg: Wat er gebeurde", "Weg: Hoogste spanning"} <= set(sam.last.labels)


def test_leaving_everything_out_sends_nothing(stage):
    sam = sees_preview(stage).taps("Aanpassen")
    while any(label.startswith("✓") for label in sam.last.labels):
        sam.taps("✓")
    sam.taps("Klaar, niets sturen")

    assert "Ik stuur dit niet." in sam.texts[-2]
    assert only_item(stage).state == "kept"


def test_what_was_not_sent_is_seen_by_nobody(stage):
    sees_preview(stage).taps("Niet sturen")
    stage.passes("2026-11-25 12:00")
    for name in ("Vera", "Tom"):
        phone = stage.of(name).types("/overzicht").taps("Open").taps_code()
        if name == "Vera":
            phone.taps("1")
            assert "Antwoord" not in phone.last.labels
            opens_youngsters(phone)
            assert "stap gedaan" in phone.said
        assert "Noor zei hoi terug" not in phone.ever
        assert "De ander kijkt weg" not in phone.ever

    assert stage.reads(lambda conn: kept.places_of(conn, HAPPENED)) == {
        "attempt.words",
        "item.content",
        "session.state",
    }
    assert not kept.file_holds(stage.path, HAPPENED)


def test_a_preview_that_nobody_answers_is_never_sent(stage):
    sees_preview(stage)

    stage.passes("2026-12-04 12:00")

    assert "hoi terug" not in stage.of("Vera").ever
    assert only_item(stage).state == "draft"


def test_the_preview_survives_days_and_is_sent_then(stage):
    sam = sees_preview(stage).taps("Later")
    stage.passes("2026-11-26 10:00")

    sam.types("Menu").taps("Verder waar ik was", "Sturen")

    assert "Vera werkt nu en krijgt het meteen." in sam.said
    assert "Noor zei hoi terug" in reads(stage.of("Vera"))


# When the professional reads


def test_out_of_hours_the_promise_and_the_moment_of_delivery_agree(stage):
    sam = has_sent(stage)
    vera = stage.of("Vera")
    assert "Vera werkt nu niet en leest dit maandag 23 november vanaf 09:00." in sam.said
    assert "Bel 113, gratis, dag en nacht. Direct gevaar: bel 112." in sam.said
    stage.passes("2026-11-23 08:59")
    assert not waiting(vera)

    stage.passes("2026-11-23 09:00")

    assert waiting(vera)


def test_in_working_hours_it_goes_at_once_and_without_a_sound(stage):
    sam = sees_preview(stage)
    stage.passes("2026-11-23 10:30")
    sam.taps("Sturen")

    assert "Vera werkt nu en krijgt het meteen." in sam.said
    assert waiting(stage.of("Vera"))[0].message.silent
    assert waiting(stage.of("Vera"))[0].text.startswith("Er staat iets nieuws voor je klaar (A-")


@pytest.mark.parametrize(
    "moment", ["2026-11-23 09:00", "2026-11-23 16:59", "2026-11-23 17:00", "2026-11-27 23:00"]
)
def test_whenever_it_is_sent_it_arrives_when_it_was_said(stage, moment):
    sam = sees_preview(stage)
    stage.passes(moment)
    sam.taps("Sturen")
    promised = sam.said
    if "krijgt het meteen" in promised:
        assert waiting(stage.of("Vera"))
        return
    day = {"2026-11-23 17:00": "dinsdag 24 november", "2026-11-27 23:00": "maandag 30 november"}[moment]
    assert f"leest dit {day} vanaf 09:00" in promised
    before = {"dinsdag 24 november": "2026-11-24 08:59", "maandag 30 november": "2026-11-30 08:59"}[day]
    stage.passes(before)
    assert not waiting(stage.of("Vera"))
    stage.passes(timedelta(minutes=1))
    assert waiting(stage.of("Vera"))


def test_without_anybody_who_can_get_it_nothing_is_called_sent(stage):
    sam = sees_preview(stage)
    stage.passes("2026-11-23 10:30")
    for name in ("Vera", "Tom"):
        stage.of(name).blocks()
    sam.taps("Sturen")

    assert "Verstuurd" not in sam.since(len(sam.shown) - 3)
    assert "113" in sam.texts[-3]
    assert only_item(stage).state == "kept"
    assert "nobody_reads" in stage.alarms


# Reading and answering


def answers(stage, text="Dank je. Zie ik je dinsdag?"):
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    reads(vera)
    vera.taps("Antwoord").types(text)
    stage.passes(HELD_FOR)
    return vera


def test_the_youngster_reads_the_answer_with_the_name(stage):
    sam = has_sent(stage)
    vera = answers(stage)
    assert vera.said.startswith("Dit gaat om 09:02 naar Sam.")
    assert sam.said == "Er is een antwoord voor je."

    sam.taps("Lees")
    assert sam.said == "Vera schrijft:\n\nDank je. Zie ik je dinsdag?"
    sam.taps("Klaar")

    assert sam.said == "Vera schrijft:\n\nDank je. Zie ik je dinsdag?"


def test_the_answer_can_be_answered(stage):
    sam = has_sent(stage)
    answers(stage)

    sam.taps("Lees", "Antwoord terug").types("Ja, ik kom")
    assert sam.said.startswith("Verstuurd naar Vera.")

    assert "Ja, ik kom" in reads(stage.of("Vera"))


def test_the_words_of_the_answer_wait_for_the_tap(stage):
    sam = has_sent(stage)
    answers(stage)

    assert "Zie ik je dinsdag" not in sam.ever


def test_the_states_are_sent_opened_and_handled(stage):
    has_sent(stage)
    vera = stage.of("Vera")
    stage.passes("2026-11-23 09:30")
    assert only_item(stage).state == "sent"

    shown = opens(vera)
    assert "Geopend maandag 23 november, 09:30" in shown.text
    assert only_item(stage).state == "opened"
    vera.taps("Gezien")
    one = only_item(stage)

    assert (one.state, one.handling) == ("handled", "gezien")
    assert shown.text == "A-1 is afgehandeld. De jongere krijgt geen bericht."
    assert not any(word in vera.ever for word in ("afgeleverd", "gelezen door"))


def test_the_youngster_hears_nothing_of_a_glance(stage):
    sam = has_sent(stage)
    count = len(sam.shown)
    stage.passes("2026-11-23 09:30")
    vera = stage.of("Vera")
    shown = opens(vera)
    vera.taps("Bespreek bij de bijeenkomst")

    assert len(sam.shown) == count
    assert "Sam krijgt nu geen bericht." in shown.text
    assert only_item(stage).handling == "bespreek"


def test_who_decides_not_to_answer_keeps_it_open(stage):
    has_sent(stage)
    stage.passes("2026-11-23 09:30")
    vera = stage.of("Vera")
    reads(vera)
    vera.taps("Antwoord", "Niet antwoorden")

    assert "Er is niets verstuurd." in vera.said
    assert only_item(stage).state == "opened"


def test_an_answer_in_the_night_makes_no_sound(stage):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:00")
    vera = stage.of("Vera")
    reads(vera)
    vera.taps("Antwoord")
    stage.passes("2026-11-23 22:30")
    vera.types("Slaap lekker")
    stage.passes(HELD_FOR)

    assert sam.last.message.silent
    assert sam.said == "Er is een antwoord voor je."


def test_two_check_ins_wait_beside_each_other(stage):
    has_sent(stage)
    sam, vera = stage.of("Sam"), stage.of("Vera")
    sam.types("Menu").taps("Ik wil iemand spreken").types("Over thuis")
    stage.passes("2026-11-23 09:00")
    neutral = waiting(vera)
    assert len(neutral) == 2

    vera.taps_data(neutral[0].button("Lees").data).taps_code().taps("Gezien")
    vera.taps_data(neutral[1].button("Lees").data)

    assert "Over thuis" in neutral[1].text


def test_what_was_opened_through_the_card_leaves_the_other_messages_alone(stage):
    has_sent(stage)
    sam, vera = stage.of("Sam"), stage.of("Vera")
    sam.types("Menu").taps("Ik wil iemand spreken").types("Over thuis")
    stage.passes("2026-11-23 09:00")
    neutral = waiting(vera)

    opens_youngsters(vera).taps("Lezen en antwoorden", "Lees", "Gezien")
    vera.taps_data(neutral[1].button("Lees").data)

    assert "Over thuis" in neutral[1].text


# When nobody reads it


def test_after_two_working_days_the_colleague_gets_it_and_the_youngster_is_told(stage):
    sam = has_sent(stage)
    tom = stage.of("Tom")
    stage.passes("2026-11-25 08:59")
    assert not waiting(tom)

    stage.passes("2026-11-25 09:00")

    assert sam.said == "Er is een bericht voor je."
    assert sam.taps("Lees").said == "Vera heeft je bericht nog niet afgehandeld. Daarom krijgt Tom het nu."
    assert "Noor zei hoi terug" in reads(tom)
    tom.taps("Antwoord").types("Mooi gedaan")
    stage.passes(HELD_FOR)
    assert sam.said == "Er is een antwoord voor je."
    assert sam.taps("Lees").said.startswith("Tom schrijft:")


def test_what_both_leave_goes_to_the_coordinator_and_the_youngster_hears_of_it_once(stage):
    sam, noor = has_sent(stage), stage.of("Noor")
    stage.passes(timedelta(weeks=4))

    told = select(session.c.id).where(
        session.c.person_id == stage.id_of(sam), session.c.script == "reader_told"
    )
    assert len(stage.reads(lambda conn: conn.execute(told).all())) == 1
    left = [one for one in noor.shown if one.text == "Er is nieuws over de bot zelf."]
    assert len(left) in (3, 4)
    noor.taps_data(left[-1].button("Lees").data)
    assert "dagen open (A-" in left[-1].text
    assert "Het is nu bij Tom." in left[-1].text
    assert "Sam" not in left[-1].text
    reads(stage.of("Tom"))
    stage.of("Tom").taps("Gezien")
    before = len(noor.shown)
    stage.passes(timedelta(weeks=3))
    assert len(noor.shown) == before


def test_then_it_is_no_longer_the_first_ones_to_read(stage):
    has_sent(stage)
    stage.passes("2026-11-25 09:00")
    vera = stage.of("Vera")

    text = reads(vera)

    assert text == "Dit bericht is er niet meer, of een collega heeft het overgenomen."
    assert "Noor zei hoi terug" not in vera.ever


def test_before_that_the_colleague_sees_that_it_was_left_and_no_words(stage):
    has_sent(stage)
    stage.passes("2026-11-25 08:59")
    tom = stage.of("Tom").types("/overzicht").taps("Open").taps_code()

    assert "1. Sam: deelde iets (bij Vera, 3 dagen)" in tom.said
    assert "Noor zei hoi terug" not in tom.ever


def test_what_was_handled_in_time_goes_to_nobody_else(stage):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:30")
    reads(stage.of("Vera"))
    stage.of("Vera").taps("Gezien")
    count = len(sam.shown)

    stage.passes("2026-11-25 12:00")

    assert not waiting(stage.of("Tom"))
    assert len(sam.shown) == count


def test_what_was_opened_and_left_goes_to_the_colleague_all_the_same(stage):
    has_sent(stage)
    stage.passes("2026-11-23 09:30")
    reads(stage.of("Vera"))

    stage.passes("2026-11-25 09:00")

    assert "Noor zei hoi terug" in reads(stage.of("Tom"))


def test_without_a_colleague_who_can_be_reached_it_stays_and_an_alarm_goes(stage):
    sam = has_sent(stage)
    stage.of("Tom").blocks()

    stage.passes("2026-11-25 12:00")

    assert "nobody_reads" in stage.alarms
    assert "Tom krijgt" not in sam.ever.replace("Daarom krijgt Tom", "Tom krijgt")
    assert "Noor zei hoi terug" in reads(stage.of("Vera"))


def test_it_ages_also_when_the_professional_left(stage):
    sam = has_sent(stage)
    number = stage.id_of(sam)
    from sqlalchemy import update

    from bot.storage.schema_people import assignment

    ended = (assignment.c.youth_id == number, assignment.c.kind == "main")
    stage.writes(lambda conn: conn.execute(update(assignment).where(*ended).values(until=stage.now)))

    stage.passes("2026-11-25 09:00")

    assert "Noor zei hoi terug" in reads(stage.of("Tom"))


# The fixed list


def test_the_journal_holds_codes_and_no_words(stage):
    sam = has_sent(stage)
    lines = stage.reads(lambda conn: journal.latest(conn, stage.id_of(sam)))

    assert {(line.kind, line.value) for line in lines} == {
        ("joined", None),
        ("challenge", "active"),
        ("step", None),
        ("outcome", "done"),
    }
    assert set(OUTCOMES) == {"done", "partly", "not_done"}


def test_reading_is_written_down(stage):
    sam = has_sent(stage)
    stage.passes("2026-11-23 09:30")
    reads(stage.of("Vera"))
    from bot.storage.schema_people import audit

    rows = stage.reads(lambda conn: conn.execute(select(audit).where(audit.c.action == "read_item")).all())

    assert [(row.actor_id, row.subject_id, row.outcome) for row in rows] == [
        (stage.programme.staff["Vera"], stage.id_of(sam), "allowed")
    ]


def test_a_youngster_has_no_name_in_the_clear(stage):
    has_sent(stage)

    assert not kept.file_holds(stage.path, HAPPENED)
    assert stage.reads(lambda conn: people.load(conn, stage.id_of(stage.of("Sam"))).name) == "Sam"
    assert "person.name" in stage.reads(lambda conn: kept.places_of(conn, "Sam"))
