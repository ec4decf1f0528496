"""What exercises keep, show and bring back: private until sent, cards that return, own moments, nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import exercises, learned, log_plans
from bot.storage.replies import HELD_FOR
from bot.storage.schema_exercises import card, exercise
from bot.storage.schema_flow import due
from bot.storage.schema_talk import item
from tests.talk import kept
from tests.talk.exercises import (
    NAMES,
    at_the_lowest,
    does,
    has_challenge,
    has_step,
    latest,
    opens,
    was_not_done,
)
from tests.talk.journeys import chapter, gives, has_plan, opens_youngsters, picks, reads
from tests.talk.stage import at

EVENT = "ik kwam binnen en zij keken op"
FIVE = (f"~{EVENT}", "Ze vinden me raar", "80", "Bang", "Boos", "Klaar", "6")
EMPTY = ("Er was ruzie", "Ik hoor er niet bij", "90", "Leeg", "Klaar", "9")
CARD = "Misschien was die ander druk"


@chapter
def did_five(stage):
    """Sam looked at a bad moment."""
    return does(opens(stage.youth_begins(), "five_g"), *FIVE)


@chapter
def has_card(stage):
    """Sam found a sentence that helps and kept it as a card."""
    sam = does(
        opens(stage.youth_begins(), "helping_thought"), "Ze vinden me raar", "60", "Hoe kan het ook zijn?"
    )
    return does(sam, CARD, "70", "Ja, bewaren", "30", "Klaar voor nu")


def logs(stage, *days):
    """Sam is asked for the positive log on these days."""
    sam = opens(stage.youth_begins(), "positive_log")
    return sam.taps("Ik bleef erbij", "Sla over", "Ja, dagen kiezen", *days, "Klaar")


def rows_of(stage, table):
    return stage.reads(lambda conn: conn.execute(select(table)).all())


# The menu


@pytest.mark.parametrize(
    "causes, expected",
    [
        ("skills", ["practice", "goal", "if_then", "kinder"]),
        ("thoughts", ["five_g", "positive_log", "helping_thought", "goal"]),
        ("access,thoughts", ["problem", "five_g", "if_then", "places"]),
    ],
)
def test_the_causes_that_the_professional_chose_decide_what_is_proposed(stage, causes, expected):
    sam = stage.youth_begins("Kim", causes=causes).types("Menu").taps("Oefeningen")

    assert sam.last.labels == [*(NAMES[name] for name in expected), "Alles laten zien", "Niets, dank je"]


def test_an_exercise_that_is_half_done_can_be_left_as_it_is(stage):
    sam = opens(stage.youth_begins(), "five_g").taps("Er was ruzie", "Later")
    assert "Hier was je al mee bezig." in opens(sam, "five_g").said

    assert sam.taps("Niets, dank je").said == "Oké. Tik op Menu als je iets wilt doen."


def test_a_step_of_your_own_stands_under_the_ladder(stage):
    sam = opens(has_challenge(stage), "ladder").taps("Weet ik nog niet", "0", "9", "9", "9", "9", "9")
    sam.types("samen").taps("Eerst een andere stap")

    assert "\n\nZelf bedacht: samen\n\nWelke stap wil je doen?" in sam.said


def test_the_whole_list_is_one_tap_away(stage):
    sam = stage.youth_begins().types("Menu").taps("Oefeningen", "Alles laten zien")

    assert set(NAMES.values()) < set(sam.last.labels)


def test_nothing_is_an_answer_too(stage):
    sam = stage.youth_begins().types("Menu").taps("Oefeningen", "Niets, dank je")

    assert sam.said == "Oké. Tik op Menu als je iets wilt doen."


def test_an_exercise_that_was_left_is_picked_up_from_the_list(stage):
    sam = does(opens(stage.youth_begins(), "five_g"), f"~{EVENT}", "Later")
    opens(sam, "goal").taps("Lachen", "Later")
    opens(sam, "five_g")
    assert sam.said == "Hier was je al mee bezig. Je antwoorden zijn er nog."

    sam.taps("Verder waar ik was")

    assert sam.said == "Wat dacht je toen?"


def test_who_wants_to_begins_anew(stage):
    sam = does(opens(stage.youth_begins(), "five_g"), f"~{EVENT}", "Later")

    opens(sam, "five_g").taps("Opnieuw beginnen")

    assert sam.said.startswith("We kijken naar één rotmoment.")


def test_before_consent_there_are_no_exercises(stage):
    sam = stage.youth_opens()

    sam.types("Menu")

    assert not sam.has("Oefeningen")


# What is kept


def test_words_are_sealed_and_figures_are_figures(stage):
    sam = did_five(stage)
    one = latest(stage, sam, "five_g")

    assert one.said("event") == EVENT
    assert one.words["feelings"] == ("Bang", "Boos")
    assert dict(one.figures) == {"belief": 80, "strength": 6}
    assert stage.reads(lambda conn: kept.places_of(conn, EVENT)) == {"exercise.answers", "session.state"}
    assert not kept.file_holds(stage.path, EVENT)


def test_a_helping_thought_goes_on_in_the_exercise_it_came_from(stage):
    sam = did_five(stage).taps(
        "Helpende gedachte zoeken", "Weet ik dit zeker?", "Ik weet niet wat zij denken"
    )
    does(sam, "60", "Nee", "40", "3", "Klaar voor nu")
    one = latest(stage, sam, "five_g")

    assert "Eerst geloofde je die gedachte voor 80 procent. Nu voor 40 procent." in sam.texts
    assert (one.said("card"), one.figure("belief_again")) == ("Ik weet niet wat zij denken", 40)
    assert one.figure("strength_again") == 3
    assert len(rows_of(stage, exercise)) == 1


def test_nothing_is_called_wrong_and_a_stronger_thought_leads_to_a_person(stage):
    sam = did_five(stage).taps(
        "Helpende gedachte zoeken", "Weet ik dit zeker?", "Ik weet niet wat zij denken"
    )

    does(sam, "60", "Nee", "100", "3")

    assert "Zullen we dit aan Vera laten zien? Je ziet eerst wat ik stuur." in sam.said
    for word in ("fout", "irrationeel", "niet waar", "onzin"):
        assert word not in sam.since(5)


def test_empty_and_strong_leads_to_a_person_and_no_is_respected(stage):
    sam = does(opens(stage.youth_begins(), "five_g"), *EMPTY)
    assert "Zullen we dit aan Vera laten zien?" in sam.said

    sam.taps("Nu niet", "Klaar voor nu")

    assert sam.said == "Oké. Alle oefeningen staan in Menu."
    assert stage.reads(kept.rows)["item"] == 0


def test_danger_in_an_exercise_is_heard_first_and_not_kept_in_it(stage):
    sam = opens(stage.youth_begins(), "five_g")

    sam.types("ik wil dood")

    assert "113" in sam.said
    assert rows_of(stage, exercise) == []


def test_words_that_are_too_long_are_refused_whole(stage):
    sam = opens(stage.youth_begins(), "five_g")

    sam.types("x" * 501)

    assert "500" in sam.said
    sam.types("kort")
    assert sam.said == "Wat dacht je toen?"


# Showing it


def test_the_preview_is_exactly_what_the_professional_reads(stage):
    sam = did_five(stage).taps("Aan Vera laten zien")
    preview = sam.said.split("\n\n", 1)[1]
    assert preview.splitlines() == [
        "Oefening: Een rotmoment bekijken",
        f"Wat er gebeurde: {EVENT}",
        "Wat ik dacht: Ze vinden me raar",
        "Hoe erg ik dat geloofde: 80 procent",
        "Wat ik voelde: Bang, Boos",
        "Hoe sterk: 6 van de 10",
    ]
    sam.taps("Sturen")
    assert "Verstuurd." in sam.said

    text = reads(stage.of("Vera"))

    assert text.split("\n\n")[1] == preview
    assert "Deelde iets: 1 Sam" in stage.of("Vera").types("/overzicht").taps("Open").said


def test_lines_can_be_left_out_and_put_back(stage):
    sam = did_five(stage).taps(
        "Aan Vera laten zien", "Aanpassen", "✓ Wat er gebeurde", "✓ Hoe sterk", "Weg: Hoe sterk"
    )
    assert EVENT not in sam.said
    sam.taps("Klaar", "Sturen")

    text = reads(stage.of("Vera"))

    assert "Hoe sterk: 6 van de 10" in text
    assert EVENT not in stage.of("Vera").ever


def test_quick_taps_on_one_picture_each_count_once(stage):
    sam = did_five(stage).taps("Aan Vera laten zien", "Aanpassen")
    strong, happened = (sam.last.button(f"✓ {what}").data for what in ("Hoe sterk", "Wat er gebeurde"))
    sam.taps_data(strong)
    sam.taps_data(happened)
    sam.taps_data(strong)

    assert any(label.startswith("Weg: Hoe sterk") for label in sam.last.labels)
    assert any(label.startswith("Weg: Wat er gebeurde") for label in sam.last.labels)


def test_leaving_out_everything_sends_nothing(stage):
    sam = did_five(stage).taps("Aan Vera laten zien", "Aanpassen")
    while any(label.startswith("✓") for label in sam.last.labels):
        sam.taps("✓")

    sam.taps("Klaar, niets sturen")

    assert sam.said == "Oké. Ik stuur dit niet. Ik bewaar het versleuteld bij jouw antwoorden."
    assert [one.state for one in rows_of(stage, item)] == ["kept"]


def test_what_is_not_sent_is_seen_by_nobody(stage):
    did_five(stage).taps("Aan Vera laten zien", "Niet sturen")
    stage.passes("2026-11-25 12:00")

    opens_youngsters(stage.of("Vera"))

    assert EVENT not in stage.of("Vera").ever
    assert "oefening" not in stage.of("Vera").ever


def test_it_can_be_taken_back_until_it_is_opened(stage):
    stage.passes("2026-11-20 18:00")
    sam = did_five_now(stage).taps("Aan Vera laten zien", "Sturen", "Terughalen")
    stage.passes("2026-11-23 10:00")

    assert "Teruggehaald." in sam.said
    assert EVENT not in reads(stage.of("Vera"))


def did_five_now(stage):
    return does(opens(stage.youth_begins(), "five_g"), *FIVE)


def test_an_exercise_that_says_nothing_has_nothing_to_send(stage):
    sam = opens(stage.youth_begins(), "five_g").taps("Zeg ik liever niet", "Weet ik niet", "Weet ik niet")

    sam.taps("Aan Vera laten zien")

    assert sam.said == "Oké. Er is niets om te sturen."


def test_the_professional_answers_as_with_any_message(stage):
    sam = did_five(stage).taps("Aan Vera laten zien", "Sturen")
    vera = stage.of("Vera")
    reads(vera)
    vera.taps("Antwoord").types("Dank je, Sam. Dinsdag praten we.")
    stage.passes(HELD_FOR)

    sam.taps("Lees")

    assert "Dinsdag praten we." in sam.said


# Cards


def test_a_card_comes_back_before_the_next_step(stage):
    sam = has_card(stage)
    picks(gives(stage)).taps("zaterdag 21", "16:00", "Zo is het genoeg")
    stage.passes("2026-11-21 16:00")
    assert CARD not in sam.said

    sam.taps("Ik ga")

    assert sam.said.startswith(f"Je kaart: {CARD}")


def test_without_a_card_nothing_is_said_about_one(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 16:00")

    sam.taps("Ik ga")

    assert "kaart" not in sam.ever
    assert sam.said.startswith("Oké. Op ")


def test_cards_take_turns(stage):
    sam = has_card(stage)
    number = stage.id_of(sam)
    for words in ("Het viel mee", "Vragen mag"):
        stage.now += timedelta(minutes=1)
        stage.writes(lambda conn, words=words: learned.keep(conn, number, words, "attempt", 1, stage.now))
    seen = []
    for _ in range(4):
        stage.now += timedelta(minutes=1)
        one = stage.reads(lambda conn: learned.upcoming(conn, number))
        stage.writes(lambda conn, one=one: learned.shown(conn, one.id, stage.now))
        seen.append(str(one.words))

    assert seen == ["Vragen mag", "Het viel mee", CARD, "Vragen mag"]


def test_a_card_is_put_away_and_put_back(stage):
    sam = has_card(stage).types("Menu").taps("Oefeningen", "Mijn kaarten", CARD)
    assert sam.said == f"Je kaart:\n\n{CARD}"
    sam.taps("Niet meer laten zien")
    assert stage.reads(lambda conn: learned.upcoming(conn, stage.id_of(sam))) is None
    assert "Mijn andere kaarten" not in sam.last.labels

    sam.taps("Toch terugzetten")

    assert CARD in sam.last.labels


def test_a_card_that_was_put_away_goes_after_thirty_days(stage):
    sam = (
        has_card(stage)
        .types("Menu")
        .taps("Oefeningen", "Mijn kaarten", CARD, "Niet meer laten zien", "Sluiten")
    )
    stage.passes(timedelta(days=29))
    assert len(rows_of(stage, card)) == 1

    stage.passes(timedelta(days=2))

    assert rows_of(stage, card) == []
    assert not sam.types("Menu").taps("Oefeningen").has("Mijn kaarten")


def test_the_same_sentence_is_one_card(stage):
    has_card(stage)
    sam = does(opens(stage.of("Sam"), "helping_thought"), "Ze vinden me raar", "60", "Hoe kan het ook zijn?")
    does(sam, CARD, "70", "Ja, bewaren", "30", "Klaar voor nu")

    assert len(rows_of(stage, card)) == 1


# The positive log


def test_nobody_is_asked_who_did_not_choose_days(stage):
    sam = opens(stage.youth_begins(), "positive_log").taps("Ik zei iets", "Ik durfde", "Nee, zo is het goed")
    count = len(sam.shown)

    stage.passes("2026-11-28 12:00")

    assert "Wat ging vandaag" not in sam.since(count)


@pytest.mark.parametrize("born, group, main", [("2004-03", "18-25", "Vera"), ("2009-01", "12-18", "Amira")])
def test_the_question_comes_on_chosen_days_before_the_quiet_hours(stage, born, group, main):
    sam = stage.youth_begins(
        "Kim", born=born, group=group, main=main, backup="Tom" if main == "Vera" else "Bas"
    )
    opens(sam, "positive_log").taps("Ik bleef erbij", "Sla over", "Ja, dagen kiezen", "zondag", "Klaar")
    stage.passes("2026-11-22 12:00")
    count = len(sam.shown)

    stage.passes("2026-11-22 19:29")
    assert len(sam.shown) == count
    stage.passes("2026-11-22 19:30")
    assert sam.said == "Wat ging vandaag een beetje goed met iemand?"
    sam.taps("Niks vandaag")
    assert sam.said == "Oké. Ook zo'n dag mag."
    count = len(sam.shown)
    stage.passes("2026-11-28 20:00")

    assert "Wat ging vandaag" not in sam.since(count)


def test_it_counts_as_unasked_and_waits_for_nobody(stage):
    """The evening before a meeting is announced on Sunday 29 November at 19:00: that goes first, and once a day."""
    sam = logs(stage, "zondag")
    stage.passes("2026-11-29 18:00")
    count = len(sam.shown)

    stage.passes("2026-11-30 20:00")

    assert "Wat ging vandaag" not in sam.since(count)
    said = stage.reads(
        lambda conn: conn.execute(
            select(due.c.state, due.c.outcome).where(
                due.c.kind == "positive_log", due.c.not_before < at("2026-11-30 23:59")
            )
        ).all()
    )
    assert ("dropped", "too_late") in [tuple(one) for one in said]


def test_it_stops_from_the_message_itself_and_can_be_taken_back(stage):
    sam = logs(stage, "zaterdag", "zondag")
    stage.passes("2026-11-21 19:30")
    sam.taps("Stop met vragen")
    assert sam.said == "Oké. Ik vraag dit niet meer. Wat je schreef, blijft bewaard."
    count = len(sam.shown)
    stage.passes("2026-11-22 20:00")
    assert "Wat ging vandaag" not in sam.since(count)

    sam.taps("Toch wel vragen", "dinsdag", "Klaar")
    assert "Ik vraag dit op dinsdag." in sam.said
    stage.passes("2026-11-24 19:30")

    assert sam.said.startswith("Wat ging vandaag een beetje goed met iemand?")


def test_other_days_take_the_place_of_the_first(stage):
    sam = logs(stage, "zaterdag")
    opens(sam, "positive_log").taps("Andere dagen kiezen", "zondag", "Klaar")
    count = len(sam.shown)

    stage.passes("2026-11-21 23:00")

    assert len(sam.shown) == count
    number = stage.id_of(sam)
    assert stage.reads(lambda conn: log_plans.running(conn, number)).days == (6,)


def test_three_days_are_the_most(stage):
    sam = logs(stage, "maandag", "dinsdag", "woensdag", "donderdag")
    assert sam.said == "Je koos meer dan drie dagen. Tik nog eens op een dag om die weg te halen."

    sam.taps("✓ dinsdag", "Klaar")

    assert "Ik vraag dit op maandag, woensdag en donderdag." in sam.said


def test_no_day_at_all_is_no_question(stage):
    sam = logs(stage)

    assert sam.said == "Oké. Je vindt dit terug in Menu, bij Oefeningen."
    assert stage.reads(lambda conn: log_plans.running(conn, stage.id_of(sam))) is None


def test_every_fifth_entry_brings_three_earlier_ones_back(stage):
    sam = stage.youth_begins()
    for number in range(1, 6):
        assert "Dit schreef je eerder" not in sam.ever
        does(opens(sam, "positive_log"), f"~iets goeds {number}", "Sla over")

    assert "Dit schreef je eerder:\n\n• iets goeds 2\n• iets goeds 3\n• iets goeds 4" in sam.texts


def test_who_stops_using_it_is_not_asked(stage):
    sam = logs(stage, "zaterdag")
    sam.types("/stop").taps("Stoppen")
    count = len(sam.shown)

    stage.passes("2026-11-21 20:00")

    assert "Wat ging vandaag" not in sam.since(count)


# If-then, problems, goals


def test_the_one_message_comes_half_an_hour_before(stage):
    sam = opens(stage.youth_begins(), "if_then").taps("Ik zeg hoi", "In de pauze", "Weet ik niet", "Gelezen")
    sam.taps("Ja, moment kiezen", "zaterdag 21", "16:00")
    count = len(sam.shown)
    stage.passes("2026-11-21 15:29")
    assert len(sam.shown) == count
    stage.passes("2026-11-21 15:30")
    assert sam.said == "Straks komt een moment dat je zelf koos."

    sam.taps("Laat zien")

    assert sam.said == "Dit is je plan:\n\nAls: In de pauze\nDan: Ik zeg hoi"
    stage.passes("2026-11-23 12:00")
    assert sam.since(count).count("moment dat je zelf koos") == 0
    assert len(sam.shown) == count + 1


def test_at_the_end_of_the_quiet_hours_it_comes_at_the_moment_itself(stage):
    sam = opens(stage.youth_begins(), "if_then").taps("Ik zeg hoi", "In de pauze", "Weet ik niet", "Gelezen")
    sam.taps("Ja, moment kiezen", "zaterdag 21", "09:00")
    stage.passes("2026-11-21 08:59")
    assert "moment dat je zelf koos" not in sam.ever

    stage.passes("2026-11-21 09:00")

    assert sam.said == "Straks komt een moment dat je zelf koos."
    assert sam.taps("Oké").said == "Oké. Doen of overslaan: jij kiest. Ik vraag er niets over."


def test_the_plan_is_read_back_with_what_may_be_in_the_way(stage):
    sam = opens(stage.youth_begins(), "if_then").taps(
        "Ik zeg hoi", "In de pauze", "Het is er te druk", "Een uur later"
    )

    assert sam.said.endswith(
        "Als: In de pauze\nDan: Ik zeg hoi\n"
        "Lukt het niet hierdoor: Het is er te druk\nDan doe ik dit: Een uur later proberen"
    )


def has_problem(stage):
    sam = opens(stage.youth_begins(), "problem").taps("Ik kan er niet komen", "Een beetje")
    sam.taps("Iemand meevragen", "Iets dichterbij zoeken", "Klaar")
    return does(sam, "~ik ga met de fiets")


def test_ideas_with_good_figures_stand_first_and_every_idea_is_there(stage):
    sam = has_problem(stage).taps("Eerst cijfers geven", "2", "8", "9", "3", "7", "Weet ik niet")

    assert sam.said == "Welk idee wil je proberen?"
    assert sam.last.labels[:3] == ["Iets dichterbij zoeken", "ik ga met de fiets", "Iemand meevragen"]


def test_what_is_not_in_your_hands_is_not_about_you(stage):
    sam = opens(stage.youth_begins(), "problem").taps("Het kost te veel", "Bijna niets")

    assert sam.said == "Dan ligt het niet aan jou. Vera kan met je meedenken."
    assert sam.last.labels[0] == "Vera om hulp vragen"


def in_a_week(stage):
    sam = has_problem(stage).taps("Meteen kiezen", "Iemand meevragen", "Ja", "Klaar voor nu")
    stage.passes("2026-11-27 16:00")
    assert sam.said == "Eerder vroeg je mij om je nu iets te vragen."
    return sam.taps("Open")


def test_a_week_later_it_is_asked_once_and_what_helped_becomes_a_card(stage):
    sam = in_a_week(stage)
    assert "Dit idee koos je: Iemand meevragen" in sam.said

    sam.taps("Het hielp", "Samen gaat het beter")

    assert sam.said == "Oké. Meer vraag ik hier niet over."
    assert [one.words for one in stage.reads(lambda conn: learned.active(conn, stage.id_of(sam)))] == [
        "Samen gaat het beter"
    ]
    assert latest(stage, sam, "problem").said("went") == "Het hielp"


@pytest.mark.parametrize("said", ["Het hielp niet", "Niet gedaan"])
def test_what_did_not_help_leads_to_another_idea(stage, said):
    sam = in_a_week(stage).taps(said)
    assert sam.said == "Oké. Wat wil je nu doen?"

    sam.taps("Ander idee kiezen", "ik ga met de fiets")

    assert "Wat je wilt doen: ik ga met de fiets" in sam.said


@pytest.mark.parametrize(
    "said, expected",
    [
        ("Praten met Vera", "Ik stuur Vera een bericht dat je wilt praten."),
        ("Klaar voor nu", "Oké. Meer vraag"),
    ],
)
def test_after_a_week_a_person_or_nothing_is_fine_too(stage, said, expected):
    assert expected in in_a_week(stage).taps("Niet gedaan", said).said


def test_who_said_no_is_not_asked_after_a_week(stage):
    sam = has_problem(stage).taps("Meteen kiezen", "Iemand meevragen", "Nee", "Klaar voor nu")
    count = len(sam.shown)

    stage.passes("2026-11-30 12:00")

    assert "Je vroeg mij" not in sam.since(count)


GOAL = ("Lachen", "Klaar", "Ik praat in de pauze", "Eén keer per week", "Iemand van Join Us", "Over 8 weken")


def test_levels_of_a_goal_are_off(stage):
    sam = opens(stage.youth_begins(), "goal").taps(*GOAL)

    assert sam.said.splitlines() == [
        "Dit is je doel:",
        "",
        "Wat ik belangrijk vind: Lachen",
        "Wat ik anders wil zien: Ik praat in de pauze",
        "Hoe vaak: Eén keer per week",
        "Samen met: Iemand van Join Us",
        "Wanneer ik kijk: Over 8 weken",
    ]


def test_an_organisation_can_turn_levels_on(stage):
    stage.world = replace(stage.world, settings=replace(stage.world.settings, goal_scaling=True))
    sam = opens(stage.youth_begins(), "goal").taps(*GOAL)
    assert "Samen met Vera kun je vier regels invullen." in sam.said

    sam.taps(
        "Nu invullen", "Dit gebeurt nu nooit", "Het lukt één keer", "Sla over", "Het is een vaste afspraak"
    )

    assert "Nu: Dit gebeurt nu nooit\nEen stukje op weg: Het lukt één keer" in sam.said
    assert "Veel meer dan mijn doel: Het is een vaste afspraak" in sam.said


# The ladder


def test_a_step_that_does_not_fit_is_left_out_and_the_rest_is_sorted(stage):
    sam = opens(has_challenge(stage), "ladder").taps(
        "Iets vragen", "4", "1", "Past niet bij mij", "3", "6", "8"
    )

    assert (
        "1. Zeg hoi tegen een bekende (1)\n2. Hoi en een zin over vandaag (3)\n3. Een knik naar iemand (4)"
        in sam.said
    )
    assert "Zeg hoi met de naam erbij" not in sam.said
    assert "Een stap met een 3, 4 of 5 is een goed begin." in sam.said
    assert "groot verschil" not in sam.ever


def test_a_gap_asks_for_a_step_between_and_it_can_be_shown(stage):
    sam = opens(has_challenge(stage), "ladder").taps("Weet ik nog niet", "0", "5", "6", "7", "8", "9")
    assert "Welke stap past ertussen?" in sam.said

    does(sam, "~zwaaien vanaf de fiets", "Aan Vera laten zien")

    assert "Een stap ertussen: zwaaien vanaf de fiets" in sam.said


def test_when_no_step_fits_a_person_helps(stage):
    sam = opens(has_challenge(stage), "ladder").taps("Weet ik nog niet", *["Past niet bij mij"] * 6)

    assert sam.said == "Oké, deze stappen passen nu niet. Vera kan andere stappen met je bedenken."


def test_a_step_that_is_picked_anew_takes_the_plan_away(stage):
    sam = opens(has_plan(stage), "ladder").taps("Weet ik nog niet", "2", "3", "4", "5", "6", "7")

    sam.taps("Een knik naar iemand")
    stage.passes("2026-11-21 18:00")

    assert "moment dat je koos" not in sam.ever


# When it did not work


def test_after_not_done_it_says_that_it_was_too_big(stage):
    sam = was_not_done(stage).taps("Minder streng zijn")

    assert sam.said.startswith("Misschien was het nog te groot. Dat is goed om te weten.")


def test_what_you_tell_yourself_can_become_a_card_and_is_never_sent(stage):
    sam = was_not_done(stage).taps("Minder streng zijn", "8")
    does(sam, "~volgende keer beter", "Ja, bewaar het als kaart", "4", "Stoppen voor nu")

    assert [one.words for one in stage.reads(lambda conn: learned.active(conn, stage.id_of(sam)))] == [
        "volgende keer beter"
    ]
    assert dict(latest(stage, sam, "kinder").figures) == {"strict": 8, "strict_again": 4}
    assert "volgende keer beter" not in stage.of("Vera").ever


def test_under_the_smallest_step_there_is_a_person(stage):
    sam = at_the_lowest(stage).taps("Minder streng zijn", "8", "Sla over", "Kleinere stap")

    assert "Dit is al de kleinste stap." in sam.said
    assert sam.taps("Klaar voor nu").said.startswith("Oké. Er verandert niets.")


# The plan for when it goes less well


def has_relapse_plan(stage):
    sam = opens(stage.youth_begins(), "relapse_plan").taps("Ik zeg vaker af", "Klein beginnen")
    return does(sam, "~mijn oma Bep", "Ik stuur één bericht")


def test_the_plan_ends_in_one_message_with_people_and_help_lines(stage):
    sam = has_relapse_plan(stage)
    plan = sam.texts[-2]

    for words in (
        "ik zeg vaker af",
        "klein beginnen",
        "mijn oma bep",
        "ik stuur één bericht",
        "join us 18-25, bij vera.",
        "113",
    ):
        assert words in plan.lower()


def test_names_stay_with_the_youngster(stage):
    sam = has_relapse_plan(stage).taps("Aan Vera laten zien")
    assert "Bep" not in sam.said
    assert "Wat ik als eerste merk: Ik zeg vaker af" in sam.said
    sam.taps("Aanpassen")
    assert not any("Wie ik kan vragen" in label for label in sam.last.labels)
    sam.taps("Klaar", "Sturen")

    reads(stage.of("Vera"))

    assert "Bep" not in stage.of("Vera").ever


def test_own_cards_can_be_picked_as_what_helped(stage):
    sam = opens(has_card(stage), "relapse_plan").taps(
        "Ik zeg vaker af", CARD, "Klaar", "Weet ik niet", "Weet ik niet"
    )

    assert f"Wat mij hielp: {CARD}" in sam.texts[-2]


def test_something_else_than_a_card_is_fine(stage):
    sam = opens(has_card(stage), "relapse_plan").taps("Ik zeg vaker af", "Iets anders", "Naar buiten gaan")

    assert sam.said.startswith("Wie kun je vragen?")


def looks_back(stage):
    sam = has_relapse_plan(stage).taps("Klaar voor nu", "Ja")
    stage.passes("2026-12-04 16:00")
    assert sam.has("Open")
    return sam.taps("Open")


@pytest.mark.parametrize(
    "taps, expected",
    [
        (["Goed"], "Oké. Dank je. Je plan blijft bewaard."),
        (["Zeg ik liever niet"], "Oké. Dank je. Je plan blijft bewaard."),
        (["Niet zo goed", "Praten met Vera"], "Ik stuur Vera een bericht dat je wilt praten."),
        (["Niet zo goed", "Hulplijnen"], "113"),
        (["Gaat wel", "Klaar voor nu"], "Oké. Je hoeft nu niets te doen."),
    ],
)
def test_who_asked_for_it_is_asked_how_it_goes(stage, taps, expected):
    assert expected in looks_back(stage).taps(*taps).said


def test_the_own_plan_comes_back_when_it_goes_less_well(stage):
    assert "Wie ik kan vragen: mijn oma Bep" in looks_back(stage).taps("Niet zo goed").said


def test_it_is_asked_three_times_and_no_more(stage):
    sam = has_relapse_plan(stage).taps("Klaar voor nu", "Ja")
    number = stage.id_of(sam)

    moments = stage.reads(
        lambda conn: (
            conn.execute(select(due.c.not_before).where(due.c.person_id == number, due.c.kind == "look_back"))
            .scalars()
            .all()
        )
    )

    assert [(one.date() - stage.now.date()).days for one in sorted(moments)] == [14, 42, 84]


# Beside a step, and rights


def test_the_exercise_of_a_step_is_proposed_beside_it_and_stands_first(stage):
    stage.youth_begins()
    sam = picks(gives(stage), "Een knik naar iemand").taps("Later")
    sam.types("Menu").taps("Mijn stap")
    assert "Bij deze stap past een oefening: Een als-danplan maken." in sam.said

    sam.taps("Oefening bij deze stap")

    assert sam.last.labels[:2] == ["Een als-danplan maken", "Mijn ladder maken"]


def test_beside_a_step_that_names_none_nothing_is_proposed(stage):
    sam = has_step(stage).types("Menu").taps("Mijn stap")

    assert "oefening" not in sam.said
    assert not sam.has("Oefening bij deze stap")


def test_everything_of_it_is_in_the_own_data_and_gone_after_erasure(stage):
    sam = has_card(stage)
    does(opens(sam, "five_g"), *FIVE, "Klaar voor nu")
    logs_more = opens(sam, "positive_log").taps(
        "Ik bleef erbij", "Sla over", "Ja, dagen kiezen", "maandag", "Klaar"
    )
    assert logs_more is sam
    sam.types("/mijngegevens").taps("Verder", "Ja, stuur ze hier")
    files = [one.message.document for one in sam.shown if one.message.document]
    text = next(one.content for one in files if one.name == "mijn-gegevens.txt").decode()
    named = (
        "== Oefeningen ==",
        "== Kaarten ==",
        "Wat er gebeurde: ",
        "Hoe erg ik dat geloofde: 80",
        "Bang, Boos",
    )
    for words in (EVENT, CARD, *named):
        assert words in text, words

    sam.types("/verwijder").taps("Verder", "Ja, wis alles")
    stage.passes(timedelta(hours=49))

    for words in (EVENT, CARD):
        places = stage.reads(lambda conn, words=words: kept.places_of(conn, words))
        assert {place for place in places if not place.startswith("revision.")} == set()
    for table in ("exercise", "card", "log_plan"):
        assert stage.reads(kept.rows)[table] == 0


def test_somebody_elses_card_and_exercise_stay_closed(stage):
    has_card(stage)
    other = stage.youth_begins("Kim", born="2003-01")

    assert not other.types("Menu").taps("Oefeningen").has("Mijn kaarten")
    number = stage.id_of(other)
    assert stage.reads(lambda conn: exercises.latest(conn, number, "helping_thought")) == []
