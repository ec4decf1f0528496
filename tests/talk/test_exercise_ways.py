"""Every exercise, to every one of its endings; left and picked up again; in both languages and both bands."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation.passing import PASSING
from bot.storage import people, sessions
from dialogs.script import End
from dialogs.steering import EXERCISES
from tests.talk.exercises import (
    Way,
    at_the_lowest,
    has_challenge,
    has_step,
    opens,
    walks,
    was_not_done,
    worry_came_true,
)
from tests.talk.journeys import has_plan, has_prepared_plan
from tests.talk.stage import shelf

IN_MENU = "Oké. Alle oefeningen staan in Menu."
KEPT = "Oké. Bewaard bij jouw antwoorden"
PREVIEW = "Dit stuur ik naar Vera, als jij dat wilt:"
TALK = "Ik stuur Vera een bericht dat je wilt praten."
DAY = "Op welke dag wil je dit doen?"
CUE = "Op welk moment doe je dat?"

FIVE = ("~ik kwam binnen en zij keken op", "Ze vinden me raar", "80", "Bang", "Klaar", "6")
EMPTY = ("Er was ruzie", "Ik hoor er niet bij", "90", "Leeg", "Klaar", "9")
HELPING = ("Ze vinden me raar", "60", "Hoe kan het ook zijn?", "Misschien was die ander druk")
PROBLEM = ("Ik kan er niet komen", "Een beetje", "Iemand meevragen", "Iets dichterbij zoeken", "Klaar", "Nee")
GOAL = (
    "Lachen",
    "Rust",
    "Klaar",
    "Ik praat in de pauze",
    "Eén keer per week",
    "Iemand van Join Us",
    "Over 8 weken",
)
PLACES = ("De bibliotheek", "Klaar", "Uitzoeken wat het kost", "Met iemand van thuis")
PRACTICE = ("Iemand groeten", "Alleen, hardop", "Klaar", "Het voelde raar")
RELAPSE = ("Ik zeg vaker af", "Klein beginnen", "~Oma Bep", "Ik stuur één bericht")
KINDER = ("8", "Dit kan iedereen gebeuren", "Ja, een beetje", "4")
IF_THEN = ("Ik zeg hoi", "In de pauze", "Ik durf ineens niet", "Een uur later proberen", "Gelezen")
RATED = ("~iemand aanspreken", "2", "3", "5", "6", "8")


def five(end, taps, said):
    return Way("five_g", end, (*FIVE, *taps), said)


def helping(end, taps, said):
    return Way("helping_thought", end, (*HELPING, *taps), said)


def problem(end, taps, said):
    return Way("problem", end, taps, said)


WAYS = [
    five("bye", ["Klaar voor nu"], IN_MENU),
    five("bye", ["Nog 3 vragen", "Ik werd stil", "Ja", "Nee", "Klaar voor nu"], IN_MENU),
    five("helping", ["Helpende gedachte zoeken"], "Je dacht: Ze vinden me raar"),
    five("share", ["Aan Vera laten zien"], PREVIEW),
    Way("five_g", "talk", (*EMPTY, "Praten met Vera"), TALK),
    Way("five_g", "share", (*EMPTY, "Ja, laat eerst zien"), PREVIEW),
    Way("five_g", "bye", (*EMPTY, "Nu niet", "Klaar voor nu"), IN_MENU),
    Way("five_g", "bye", ("Zeg ik liever niet", "Weet ik niet", "Weet ik niet", "Klaar voor nu"), IN_MENU),
    Way(
        "helping_thought",
        "nothing",
        ("Weet ik niet",),
        "Weet je later een gedachte? Dan kun je deze oefening weer kiezen.",
    ),
    helping("bye", ["70", "Ja, bewaren", "30", "Klaar voor nu"], IN_MENU),
    helping("share", ["70", "Nee", "30", "Aan Vera laten zien"], PREVIEW),
    helping("talk", ["70", "Nee", "90", "Praten met Vera"], TALK),
    helping("bye", ["20", "Ik weet het niet zeker", "Ja, bewaren", "Weet ik niet", "Klaar voor nu"], IN_MENU),
    Way("helping_thought", "bye", (*HELPING[:3], "Nu geen", "Klaar voor nu"), IN_MENU),
    Way("positive_log", "nothing", ("Niks vandaag",), "Oké. Ook zo'n dag mag."),
    Way(
        "positive_log",
        "bye_once",
        ("Ik zei iets", "Ik durfde", "Nee, zo is het goed"),
        "Je vindt dit terug in Menu",
    ),
    Way(
        "positive_log",
        "planned",
        ("Ik zei iets", "Sla over", "Ja, dagen kiezen", "maandag", "donderdag", "Klaar"),
        "Ik vraag dit op maandag en donderdag.",
    ),
    Way(
        "positive_log",
        "bye",
        ("Iemand groette mij", "Ik hield vol"),
        "Bewaard bij jouw antwoorden. Tot de volgende keer.",
        lambda stage: opens(asks_on(stage, "maandag"), "positive_log"),
        opens=False,
    ),
    Way("experiment", "talk", ("Praten met Vera",), TALK),
    Way("experiment", "bye", ("Klaar voor nu",), IN_MENU),
    Way("experiment", "to_challenge", ("Naar mijn uitdaging",), "Een groet per dag", has_challenge),
    Way("experiment", "plan", ("Ja, moment kiezen",), DAY, has_step),
    Way("experiment", "step_now", ("Andere stap",), "Er is nog geen moment gepland.", has_step),
    Way("experiment", "prepare", ("Opschrijven wat ik verwacht",), "Waar ben je bang voor?", has_plan),
    Way("kinder", "bye", (*KINDER, "Stoppen voor nu"), "Oké. Er verandert niets."),
    Way("kinder", "plan", ("Minder streng zijn", *KINDER, "Nog eens"), DAY, was_not_done, opens=False),
    Way(
        "kinder",
        "smaller_step",
        ("Minder streng zijn", *KINDER, "Kleinere stap"),
        DAY,
        was_not_done,
        opens=False,
    ),
    Way(
        "kinder",
        "step_now",
        ("Minder streng zijn", *KINDER, "Anders aanpakken"),
        "Jouw stap:",
        worry_came_true,
        opens=False,
    ),
    Way(
        "kinder",
        "talk",
        ("Minder streng zijn", *KINDER, "Kleinere stap", "Praten met Vera"),
        TALK,
        at_the_lowest,
        opens=False,
    ),
    Way("ladder", "no_ladder", ("Klaar voor nu",), IN_MENU),
    Way("ladder", "bye", (*RATED, "6", "Nu geen"), "Hij komt terug als je een stap kiest.", has_challenge),
    Way("ladder", "talk", ("Praten met Vera",), TALK),
    Way(
        "ladder",
        "plan",
        (*RATED, "6", "Zeg hoi tegen een bekende"),
        DAY,
        has_challenge,
    ),
    Way("ladder", "share", (*RATED, "6", "Aan Vera laten zien"), PREVIEW, has_challenge),
    Way(
        "ladder",
        "if_then",
        ("Weet ik nog niet", "0", "9", "9", "9", "9", "9", "Hetzelfde, maar korter", "Zelf een plan"),
        CUE,
        has_challenge,
    ),
    Way("practice", "bye", (*PRACTICE, "Klaar voor nu"), KEPT),
    Way("practice", "if_then", (*PRACTICE, "Een plan maken voor echt"), CUE),
    Way("practice", "share", ("Nee zeggen", "Op de bijeenkomst", "Aan Vera laten zien"), PREVIEW),
    Way("practice", "nothing", ("Weet ik niet",), "Samen iets bedenken kan ook, op de bijeenkomst."),
    problem("nothing", ("Weet ik niet",), "Oké. Praten kan ook."),
    problem("bye", (*PROBLEM, "Meteen kiezen", "Nu geen"), KEPT),
    problem("share", ("Het kost te veel", "Bijna niets", "Vera om hulp vragen"), PREVIEW),
    problem("if_then", (*PROBLEM, "Meteen kiezen", "Iemand meevragen", "Ja", "Ja, een plan maken"), CUE),
    Way("if_then", "bye", (*IF_THEN, "Nee, zo is het goed"), "Oké. Je plan staat hierboven."),
    Way(
        "if_then", "planned", (*IF_THEN, "Ja, moment kiezen", "zaterdag 21", "16:00"), "Ik stuur één bericht"
    ),
    Way("if_then", "not_now", ("Weet ik nog niet",), "Een plan maken kan later ook."),
    Way("if_then", "not_now", ("Ik zeg hoi", "Weet ik nog niet"), "Een plan maken kan later ook."),
    Way("if_then", "plan", ("Voor mijn stap",), DAY, has_step),
    Way("places", "nothing", ("Weet ik niet",), "Vera kent plekken in de buurt."),
    Way("places", "bye", (*PLACES, "Klaar voor nu"), KEPT),
    Way("places", "if_then", (*PLACES, "Een plan maken"), CUE),
    Way("places", "share", (*PLACES, "Aan Vera laten zien"), PREVIEW),
    Way("goal", "bye", (*GOAL, "Klaar voor nu"), "Een doel veranderen mag altijd."),
    Way("goal", "share", (*GOAL, "Aan Vera laten zien"), PREVIEW),
    Way("goal", "talk", ("Weet ik niet", "Weet ik nog niet", "Praten met Vera"), TALK),
    Way("relapse_plan", "bye", (*RELAPSE, "Klaar voor nu", "Nee"), "Oké. Je plan staat hierboven."),
    Way("relapse_plan", "planned", (*RELAPSE, "Klaar voor nu", "Ja"), "Ik vraag het drie keer."),
    Way("relapse_plan", "share", (*RELAPSE, "Aan Vera laten zien"), PREVIEW),
]


def asks_on(stage, *days):
    """Sam is asked for the positive log on these days."""
    sam = opens(stage.youth_begins(), "positive_log")
    return sam.taps("Ik bleef erbij", "Sla over", "Ja, dagen kiezen", *days, "Klaar")


def running(stage, phone):
    number = stage.id_of(phone)
    found = stage.reads(lambda conn: sessions.open_of(conn, number))
    return [one.script for one in found if one.foreground and one.script not in PASSING]


@pytest.mark.parametrize("way", WAYS, ids=[f"{number}-{way}" for number, way in enumerate(WAYS)])
def test_every_way_ends_where_it_should(stage, way):
    sam = walks(stage, way)

    assert way.said in sam.said, sam.screen
    assert "None" not in sam.ever
    assert way.script not in running(stage, sam)


def test_the_ways_reach_every_ending_of_every_exercise():
    endings = {
        (name, key)
        for name in EXERCISES
        for key, step in shelf().script(name, "nl").steps.items()
        if isinstance(step.kind, End)
    }

    assert {(way.script, way.end) for way in WAYS} == endings


@pytest.mark.parametrize("name", EXERCISES)
def test_an_exercise_can_be_left_for_days_and_goes_on_where_it_was(stage, name):
    sam = has_prepared_plan(stage)
    opens(sam, name)
    question = sam.said
    sam.taps("Later")
    assert sam.said.startswith("Oké. Je antwoorden blijven bewaard.")
    stage.passes(timedelta(days=2))

    sam.types("Menu").taps("Verder waar ik was")

    assert sam.said == question


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize(
    "born, group, main, backup", [("2004-03", "18-25", "Vera", "Tom"), ("2009-01", "12-18", "Amira", "Bas")]
)
@pytest.mark.parametrize(
    "language, menu, whole_list",
    [("nl", "Oefeningen", "Alles laten zien"), ("en", "Exercises", "Show all of them")],
)
def test_the_first_answers_lead_to_an_end_in_both_languages_and_bands(
    stage, name, language, menu, whole_list, born, group, main, backup
):
    phone = stage.youth_begins("Kim", born=born, group=group, main=main, backup=backup)
    number = stage.id_of(phone)
    stage.writes(lambda conn: people.change(conn, number, language=language))
    phone.types("Menu").taps(menu, whole_list)
    place = [option for row in phone.last.message.rows for option in row][EXERCISES.index(name)]
    phone.taps_data(place.data)

    for _ in range(40):
        if name not in running(stage, phone):
            break
        first = next(label for label in phone.last.labels if not label.startswith("✓ "))
        phone.taps(first)
    assert name not in running(stage, phone), phone.screen
    assert "None" not in phone.ever
