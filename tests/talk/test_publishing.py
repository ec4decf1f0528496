"""What publishing means for people in the middle of something: who began keeps the text, care follows the newest."""

from __future__ import annotations

from dataclasses import replace

from bot.content.pages import SHELL, Examined, Pages, pages_of
from bot.content.publishing import publish
from bot.storage import alarms, challenges, publications
from tests.talk.journeys import gives, opens_youngsters, picks

GREETING = "een-groet-per-dag"


def published(stage, kind, key, old, new):
    """Publish a text with one sentence changed, and let the bot notice."""

    def act(conn):
        base = publications.current(conn, kind, key)
        assert base is not None
        before = pages_of(conn, base)
        text = before.nl.decode()
        assert old in text
        pages = replace(before, nl=text.replace(old, new).encode())
        done = publish(conn, Examined(pages, ()), base, SHELL, stage.now)
        assert done.state == "published"
        return done.revision

    name = stage.writes(act)
    stage.ticks()
    return name


def test_who_is_in_a_dialog_goes_on_in_its_text_and_who_begins_gets_the_new_one(stage):
    stage.youth_begins()
    sam = picks(gives(stage))
    published(stage, "dialog", "plan", "Hoe laat wil je het doen?", "Kies je tijd.")

    sam.taps("zaterdag 21")
    assert "Hoe laat wil je het doen?" in sam.said

    kim = stage.youth_begins("Kim")
    picks(gives(stage, "Kim")).taps("zaterdag 21")
    assert "Kies je tijd." in kim.said


def test_a_challenge_stays_as_it_was_given(stage):
    stage.youth_begins()
    gives(stage)
    published(stage, "challenge", GREETING, "title: Een groet per dag", "title: Elke dag hoi")

    sam = stage.of("Sam")
    sam.types("Menu")
    kim = stage.youth_begins("Kim")
    opens_youngsters(stage.of("Vera"), "Kim").taps("Uitdaging geven", "Elke dag hoi")
    stage.ticks()
    if "Lees" in kim.last.labels:
        kim.taps("Lees")

    assert "Elke dag hoi" in kim.said
    given = stage.reads(lambda conn: challenges.current(conn, stage.id_of(sam)))
    text = stage.reads(lambda conn: stage.world.library.challenge(given.key, "nl", given.revision, conn))
    assert text.title == "Een groet per dag"


def test_help_follows_the_newest_text_at_once(stage):
    sam = stage.youth_begins()
    sam.types("/hulp")
    published(stage, "phrases", "phrases", 'help_button: "', 'help_button: "Nu ')

    assert stage.world.library.phrase("help_button", "nl")({})[0].text.startswith("Nu ")


def test_whoever_stands_at_a_step_that_is_gone_begins_the_dialog_anew(stage):
    sam = stage.youth_begins()
    sam.types("/taal")
    english = sam.last.button("English").data
    published(stage, "dialog", "language", "pick", "choose")
    before = len(sam.shown)

    sam.taps_data(english)
    assert len(sam.shown) == before + 1
    sam.taps("English")

    assert "Help now" in sam.keyboard


def test_what_this_version_cannot_play_rings_the_operator_and_nobody_meets_it(stage):
    stage.youth_begins()

    def act(conn):
        base = publications.current(conn, "dialog", "plan")
        assert base is not None
        before = pages_of(conn, base)
        broken = Pages(
            "dialog", "plan", before.nl.replace(b"do: plan_attempt", b"do: plan_picnic"), before.en
        )
        assert broken.nl != before.nl
        publish(conn, Examined(broken, ()), base, SHELL, stage.now)

    stage.writes(act)
    stage.ticks()

    sam = picks(gives(stage)).taps("zaterdag 21", "16:00")

    assert stage.reads(lambda conn: challenges.planned(conn, stage.id_of(sam))) is not None
    since = stage.now.replace(year=2020)
    kept = stage.reads(lambda conn: {(one.kind, one.reference) for one in alarms.latest(conn, since)})
    assert ("content_outdated", "dialog/plan") in kept
