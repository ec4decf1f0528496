"""A challenge: given, accepted or not, its steps rated, one picked, planned and prepared."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage import challenges
from tests.talk import kept
from tests.talk.journeys import (
    NUDGE,
    STEP,
    chapter,
    gives,
    has_plan,
    has_prepared_plan,
    opens_youngsters,
    picks,
    plans,
)


def has_challenge(stage):
    """Sam has begun and reads about the challenge that Vera gave."""
    if stage.skips_to(has_challenge):
        return stage.of("Sam")
    stage.youth_begins()
    return gives(stage)


@chapter
def has_picked(stage):
    return picks(has_challenge(stage))


@chapter
def has_planned(stage):
    return plans(has_picked(stage))


@chapter
def kim_has_challenge(stage):
    """Kim is seventeen; on Friday at noon it is school time, so it comes at three."""
    kim = stage.youth_begins("Kim", born="2009-01", group="12-18", main="Amira", backup="Bas")
    gives(stage, "Kim", by="Amira")
    assert "Een groet per dag" not in kim.ever
    stage.passes("2026-11-20 15:00")
    return kim.taps("Lees")


def given(stage):
    return stage.reads(lambda conn: challenges.current(conn, stage.id_of(stage.of("Sam"))))


def attempt(stage):
    return stage.reads(lambda conn: challenges.planned(conn, stage.id_of(stage.of("Sam"))))


def all_attempts(stage):
    count = stage.reads(kept.rows)["attempt"]
    return [stage.reads(lambda conn, n=n: challenges.load_attempt(conn, n)) for n in range(1, count + 1)]


# Taking it on


def test_the_youngster_is_told_who_thought_of_it_and_chooses(stage):
    sam = has_challenge(stage)

    assert sam.said.startswith("Vera dacht aan deze uitdaging voor jou: Een groet per dag.")
    assert sam.said.endswith("Jij kiest of je dit wilt.")
    assert sam.last.labels == ["Ja, die wil ik", "Liever iets anders", "Later"]


def test_a_challenge_is_told_outside_quiet_hours(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-20 22:30")
    opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag")
    count = len(sam.shown)

    stage.passes("2026-11-21 08:59")
    assert len(sam.shown) == count
    stage.passes("2026-11-21 09:00")

    assert sam.said == "Er is een bericht voor je."
    assert "Een groet per dag" in sam.taps("Lees").said


def test_who_wants_something_else_loses_nothing_and_the_professional_sees_it(stage):
    sam = has_challenge(stage).taps("Liever iets anders")

    assert sam.said.startswith("Oké. Vera ziet dat je liever iets anders wilt.")
    card = opens_youngsters(stage.of("Vera"))
    assert "wil liever een andere uitdaging" in card.said
    assert "Uitdaging geven" in card.last.labels
    assert given(stage) is None


def test_later_keeps_it_for_later(stage):
    sam = has_challenge(stage).taps("Later")
    assert sam.said == "Oké. Je antwoorden blijven bewaard. Tik op Menu als je verder wilt."
    stage.passes(timedelta(days=5))

    sam.types("Menu").taps("Verder waar ik was").taps("Ja, die wil ik")

    assert "Er zijn 6 kleine stappen" in sam.said


def test_steps_are_rated_one_by_one_and_each_can_be_skipped(stage):
    sam = has_challenge(stage).taps("Ja, die wil ik", "Cijfers geven")
    assert "Stap: Een knik naar iemand." in sam.said
    assert "0 = helemaal niet\n10 = heel erg" in sam.said
    sam.taps("1").taps("3", "Sla over", "4")
    assert "Stap: Hoi tegen iemand die nieuw is." in sam.said
    sam.types("6").taps("7")

    assert "Welke stap wil je als eerste doen?" in sam.said
    assert sam.last.labels[:3] == [
        "Een knik naar iemand (1)",
        "Zeg hoi tegen een bekende (3)",
        "Zeg hoi met de naam erbij",
    ]
    ratings = stage.reads(lambda conn: challenges.ratings(conn, given(stage).id))
    assert ratings == {"knik": 1, "hoi": 3, "zin": 4, "nieuw": 6, "twee_plekken": 7}


def test_a_big_jump_between_two_steps_is_named_and_allowed(stage):
    sam = has_challenge(stage).taps("Ja, die wil ik", "Cijfers geven", "1", "2", "3", "3", "9", "10")

    assert "Tussen twee stappen zit een groot verschil in spanning. Dat mag." in sam.texts[-2]
    assert "Welke stap wil je als eerste doen?" in sam.said


def test_figures_are_seen_by_nobody_else(stage):
    has_challenge(stage).taps("Ja, die wil ik", "Cijfers geven", "1", "2", "3", "3", "9", "10").taps(STEP)
    vera = opens_youngsters(stage.of("Vera"))

    assert "Stap 2 van 6: Zeg hoi tegen een bekende" in vera.said
    assert "(2)" not in vera.ever


def test_the_chosen_step_is_what_the_professional_sees(stage):
    has_picked(stage)

    card = opens_youngsters(stage.of("Vera")).said

    assert "Uitdaging: Een groet per dag" in card
    assert "Stap 2 van 6: Zeg hoi tegen een bekende" in card


def test_another_step_costs_nothing(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Andere stap", "Een knik naar iemand")
    assert "Jouw stap: Een knik naar iemand." in sam.said
    plans(sam, "zondag 22", "12:00")

    assert attempt(stage).step == "knik"
    assert [one.state for one in all_attempts(stage)] == ["aside", "planned"]


def test_coming_back_from_the_list_of_steps_changes_nothing(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Andere stap", "Terug")

    assert "Gepland: zaterdag 21 november, 16:00." in sam.said
    assert given(stage).step == "hoi"


# How somebody else did it


def test_how_somebody_else_did_it_stands_beside_the_step_and_says_whose_story_it_is(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Hoe deed een ander dit?")

    assert sam.said.startswith("Over dit verhaal: Verzonnen voorbeeld.\n\nYusuf is 17.")
    assert sam.said.endswith("Bij jou kan het anders gaan.")
    sam.taps("Terug")

    assert "Gepland: zaterdag 21 november, 16:00." in sam.said
    assert given(stage).step == "hoi"


def test_a_step_without_a_story_has_no_button_for_one(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Andere stap", "Een knik naar iemand")
    plans(sam, "zondag 22", "12:00").taps("Zo is het genoeg").types("Menu").taps("Mijn stap")

    assert "Jouw stap: Een knik naar iemand." in sam.said
    assert "Hoe deed een ander dit?" not in sam.last.labels


def test_a_story_is_read_in_the_own_language(stage):
    sam = has_plan(stage).types("/taal").taps("English").types("Menu").taps("My step")

    sam.taps("How did somebody else do it?")

    assert sam.said.startswith("About this story: Made-up example.\n\nYusuf is 17. He said hi")


# Planning


def test_a_day_and_an_hour_are_enough(stage):
    sam = has_planned(stage)
    assert sam.said.startswith("Genoteerd: zaterdag 21 november, 16:00.")

    sam.taps("Zo is het genoeg")

    assert "Je hoort niets over deze stap tot zaterdag 21 november, 16:00" in sam.said
    count = len(sam.shown)
    stage.passes("2026-11-21 15:59")
    assert len(sam.shown) == count


def test_a_moment_in_quiet_hours_is_not_offered(stage):
    sam = has_picked(stage).taps("zaterdag 21")

    hours = [label for label in sam.last.labels if ":" in label]

    assert hours[0] == "09:00"
    assert hours[-1] == "21:00"


def test_today_offers_only_what_lies_half_an_hour_ahead(stage):
    sam = has_picked(stage).taps("vrijdag 20")

    assert sam.last.labels[0] == "13:00"


def test_late_in_the_evening_today_is_not_offered(stage):
    sam = has_picked(stage).taps("Later")
    stage.passes("2026-11-20 21:45")

    sam.types("Menu").taps("Mijn stap", "Een moment kiezen")

    assert sam.last.labels[0] == "zaterdag 21 nov"


def test_under_eighteen_school_hours_and_evenings_are_left_alone(stage):
    kim = picks(kim_has_challenge(stage))

    kim.taps("maandag 23")
    assert [label for label in kim.last.labels if ":" in label] == [
        "08:00", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00",
    ]  # fmt: skip
    kim.taps("Later").types("Menu").taps("Mijn stap", "Een moment kiezen", "zaterdag 21")

    assert [label for label in kim.last.labels if ":" in label][:3] == ["08:00", "09:00", "10:00"]


def test_under_eighteen_an_adult_knows_of_it(stage):
    kim = picks(kim_has_challenge(stage))

    assert (
        "Kies iemand die je al kent, op een plek die je kent. Vertel een volwassene waar je bent." in kim.said
    )


def test_a_moment_that_passed_while_the_question_stood_open_is_asked_again(stage):
    sam = has_picked(stage).taps("vrijdag 20")
    stage.passes("2026-11-20 18:30")

    sam.taps("18:00")
    assert sam.said.startswith("Dat moment is al voorbij.")
    sam.taps("zaterdag 21", "10:00")

    assert "Genoteerd: zaterdag 21 november, 10:00." in sam.said


def test_words_where_a_button_was_asked_are_not_kept_and_the_question_comes_back(stage):
    sam = has_picked(stage).types("ergens volgende week denk ik")
    assert sam.said.startswith(
        "Ik ben een computer. Getypte woorden begrijp ik hier niet. Ik heb ze niet bewaard."
    )
    assert sam.last.labels == ["Ik wil iemand spreken", "Verder"]

    sam.taps("Verder")

    assert "Op welke dag wil je dit doen?" in sam.said
    assert stage.reads(lambda conn: kept.places_of(conn, "volgende week")) == set()


def test_the_label_may_be_typed(stage):
    sam = has_picked(stage).types("zaterdag 21 nov").types("16:00")

    assert "Genoteerd: zaterdag 21 november, 16:00." in sam.said


def test_a_new_moment_replaces_the_old_one(stage):
    sam = has_plan(stage).types("Menu").taps("Mijn stap", "Ander moment", "zondag 22", "12:00")
    sam.taps("Zo is het genoeg")
    count = len(sam.shown)

    stage.passes("2026-11-22 11:59")
    assert len(sam.shown) == count
    stage.passes("2026-11-22 12:00")

    assert NUDGE in sam.said


# Preparing


def test_the_plan_is_read_back_as_if_then(stage):
    has_prepared_plan(stage)

    read_back = stage.of("Sam").texts[-2]

    assert "Als het zaterdag 21 november, 16:00 is, dan doe ik dit: Zeg hoi tegen een bekende." in read_back
    assert "Waar: In mijn buurt" in read_back
    assert "Lukt het niet hierdoor: Ik durf ineens niet\nDan doe ik dit: Een uur later proberen" in read_back
    one = attempt(stage)
    assert (one.words["prediction"], one.belief, one.tension) == ("De ander kijkt weg", 80, 6)


def test_every_question_of_the_preparation_can_be_skipped(stage):
    sam = has_planned(stage).taps("Nog even voorbereiden")
    sam.taps("Weet ik niet", "Weet ik niet", "Sla over", "Nee", "Sla over", "Weet ik niet")
    assert "dan doe ik dit: Zeg hoi tegen een bekende." in sam.said
    assert "None" not in sam.ever
    sam.taps("Gelezen")

    assert attempt(stage).words == {}


@pytest.mark.parametrize(
    "own", ["Iemand lacht <b>hard</b>", "@noor zegt niets", "zie https://x.nl/a?b=1&c", "🙂" * 200]
)
def test_own_words_stand_there_as_they_were_typed_and_are_marked_as_theirs(stage, own):
    sam = has_planned(stage).taps("Nog even voorbereiden", "Iets anders").types(own)
    sam.taps("50", "5", "Niks", "Nee", "Sla over", "Weet ik niet", "Gelezen")
    stage.passes("2026-11-21 16:00")
    stage.passes("2026-11-21 18:00")
    sam.taps("Gedaan", "Meer vertellen")

    assert own in sam.said
    spans = [span for span in sam.last.message.text if own in span.text]
    assert [span.style for span in spans] == ["words"]


def test_words_longer_than_a_field_holds_are_not_taken_rather_than_cut(stage):
    sam = has_planned(stage).taps("Nog even voorbereiden", "Iets anders").types("🙂" * 4096)

    assert sam.said.startswith("Dat is lang.")
    stage.passes(timedelta(minutes=1))
    sam.types("Ze lachen mij uit").taps("50", "5", "Niks", "Nee", "Sla over", "Weet ik niet", "Gelezen")
    assert str(attempt(stage).words["prediction"]) == "Ze lachen mij uit"


def test_real_danger_takes_the_step_away_and_leads_to_a_person(stage):
    sam = has_planned(stage).taps("Nog even voorbereiden", "Weet ik niet", "9", "Sla over", "Ja")

    assert "Dan doe je deze stap nu niet. Je deed niets fout." in sam.texts[-2]
    assert "bel 112" in sam.texts[-2].lower()
    assert "Ik stuur Vera een bericht dat je wilt praten." in sam.said
    assert attempt(stage) is None
    stage.passes("2026-11-22 12:00")
    assert NUDGE not in sam.ever


def test_who_doubts_can_talk_first(stage):
    sam = has_planned(stage).taps("Nog even voorbereiden", "Weet ik niet", "9", "Sla over")
    sam.taps("Weet ik niet")
    assert "Weet je niet zeker of het veilig is?" in sam.said

    sam.taps("Eerst praten")

    assert attempt(stage) is None
    assert "Waarover wil je praten?" in sam.said


def test_who_doubts_and_knows_it_is_safe_goes_on(stage):
    sam = has_planned(stage).taps("Nog even voorbereiden", "Weet ik niet", "9", "Sla over")

    sam.taps("Weet ik niet", "Het is veilig, ik ga door")

    assert sam.said.startswith("Waar doe je het?")
    assert attempt(stage) is not None


# The planned moment


def test_at_the_moment_one_message_comes_and_it_shows_the_plan(stage):
    sam = has_prepared_plan(stage)
    count = len(sam.shown)
    stage.passes("2026-11-21 16:00")
    assert NUDGE in sam.since(count)
    assert len(sam.shown) == count + 1

    sam.taps("Laat zien")

    assert "Jouw stap: Zeg hoi tegen een bekende." in sam.said
    assert "Dan doe ik dit: Een uur later proberen" in sam.said


def test_the_plan_that_was_not_prepared_is_shown_without_gaps(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 16:00")

    sam.taps("Laat zien")

    assert "Als het" not in sam.said
    assert "None" not in sam.said


def test_another_time_plans_again(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 16:00")
    sam.taps("Andere keer")
    assert "Op welke dag wil je dit doen?" in sam.said
    count = len(sam.shown)

    stage.passes("2026-11-22 12:00")

    assert len(sam.shown) == count
    assert [one.state for one in all_attempts(stage)] == ["aside"]


def test_too_big_offers_the_step_below(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 16:00")

    sam.taps("Te groot")

    assert "Dan is je stap nu: Een knik naar iemand." in sam.texts[-2]
    assert "Jouw stap: Een knik naar iemand." in sam.said
    assert given(stage).step == "knik"


def test_the_step_below_follows_the_own_figures(stage):
    has_challenge(stage).taps("Ja, die wil ik", "Cijfers geven", "9", "5", "2", "4", "6", "7")
    sam = plans(stage.of("Sam").taps(STEP)).taps("Zo is het genoeg")
    stage.passes("2026-11-21 16:00")

    sam.taps("Te groot")

    assert "Dan is je stap nu: Hoi en een zin over vandaag." in sam.texts[-2]


@pytest.mark.parametrize("then, expected", [
    ("Praten met Vera", "Ik stuur Vera een bericht dat je wilt praten."),
    ("Ander moment", "Op welke dag wil je dit doen?"),
    ("Klaar voor nu", "Er staat nu niets gepland."),
])  # fmt: skip
def test_below_the_smallest_step_there_is_a_person(stage, then, expected):
    sam = plans(picks(has_challenge(stage), "Een knik naar iemand")).taps("Zo is het genoeg")
    stage.passes("2026-11-21 16:00")
    sam.taps("Te groot")
    assert "Dit is al de kleinste stap." in sam.said

    sam.taps(then)

    assert expected in sam.said
    assert given(stage).step == "knik"


def test_a_nudge_that_could_not_come_in_time_does_not_come(stage):
    sam = has_plan(stage).blocks()
    stage.passes("2026-11-21 17:00")
    sam.blocks(False)

    stage.passes("2026-11-21 17:59")

    assert NUDGE not in sam.ever


def test_a_nudge_breaks_no_open_question(stage):
    sam = has_plan(stage).types("Menu").taps("Ik wil iemand spreken")
    stage.passes("2026-11-21 16:00")
    assert NUDGE in sam.said

    sam.types("Over de pauze")

    assert sam.said.startswith("Verstuurd naar Vera.")


def test_each_reader_gets_the_challenge_in_their_own_language(stage):
    sam = stage.youth_opens(language="en").taps("Got it", "Got it", "Next", "Got it", "Yes, you may")

    gives(stage)

    english, dutch = (stage.world.library.challenge("een-groet-per-dag", one).title for one in ("en", "nl"))
    assert english in sam.said
    assert f"Gegeven aan Sam: {dutch}." in stage.of("Vera").said
