"""An author plays the own draft in the own chat, as a youngster will see it."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest
from sqlalchemy import func, select

from bot.conversation import editing, talk
from bot.conversation.turn import Turn
from bot.storage import drafts, people, sessions, stops
from bot.storage.schema_flow import due
from bot.storage.schema_people import person
from bot.storage.schema_talk import attempt, item
from tests.talk.test_content_by_chat import KEY, changed, current, goes_out, kept

MARK = "VOORBEELD"
STOP = "Stop met spelen"


def sends(stage, key=KEY, kind="challenge", old="Een groet per dag", new="Elke dag een groet"):
    """Joost sends a changed text; his phone, with what can be done with it."""
    made = editing.document(current(stage, kind, key), "nl")
    return stage.of("Joost").sends_document(made.name, changed(made, old, new))


def sends_dialog(stage, key):
    """The same with a conversation in which only the line for whoever edits it is another."""
    return sends(stage, key, "dialog", "about: ", "about: Anders. ")


def plays(stage, reader="18 en ouder, Nederlands", **more):
    return sends(stage, **more).taps("Speel het", reader)


def first(phone, number=0):
    """Tap whatever stands there first: the words of conversations change."""
    return phone.taps(phone.last.labels[number])


def plays_dialog(stage, key):
    return sends_dialog(stage, key).taps("Speel het", "18 en ouder, Nederlands")


class TestAChallenge:
    def test_it_is_read_as_a_youngster_reads_it_with_the_words_of_the_draft(self, stage):
        joost = plays(stage)

        assert joost.said.startswith(MARK)
        assert "Elke dag een groet" in joost.said
        assert stage.world.library.challenge(KEY, "nl").title == "Een groet per dag"

    def test_each_step_comes_with_what_to_do_and_where(self, stage):
        joost = plays(stage)
        first(joost), first(joost, 1), first(joost)
        steps = stage.world.library.challenge(KEY, "nl").steps

        for step in steps:
            joost.taps("Volgende stap")
            assert joost.said.startswith(MARK)
            assert step.title in joost.said
            assert step.do in joost.said
            joost.taps("Klaar voor nu")
        assert "Volgende stap" not in joost.last.labels
        assert "Dit stuk nog een keer" in joost.last.labels

    def test_who_is_under_18_reads_of_the_adult_who_knows_and_who_is_older_does_not(self, stage):
        step = stage.world.library.challenge(KEY, "nl").steps[0]
        joost = plays(stage, "Onder de 18, Nederlands")
        first(joost), first(joost, 1), first(joost)
        assert step.with_adult in joost.taps("Volgende stap").said

        joost.taps(STOP, "Speel het", "18 en ouder, Nederlands")
        first(joost), first(joost, 1), first(joost)
        assert step.with_adult not in joost.taps("Volgende stap").said

    def test_it_is_played_in_english_too(self, stage):
        joost = plays(stage, "18 en ouder, Engels")

        assert stage.world.library.challenge(KEY, "en").about.splitlines()[0] in joost.said

    def test_what_follows_for_a_youngster_can_be_played_as_well(self, stage):
        joost = plays(stage)
        first(joost), first(joost, 1), first(joost)

        joost.taps("Verder met plan")

        assert joost.said.startswith(MARK)
        assert stage.world.library.challenge(KEY, "nl").steps[0].title in joost.said


class TestADialog:
    def test_it_is_walked_with_its_buttons_to_its_end(self, stage):
        joost = plays_dialog(stage, "positive_log")

        for _ in range(30):
            assert joost.said.startswith(MARK)
            if "Dit stuk nog een keer" in joost.last.labels:
                break
            assert STOP in joost.last.labels
            first(joost)
        assert "Dit stuk is voorbij" in joost.said

    def test_where_the_bot_would_do_something_the_author_chooses_how_it_comes_out(self, stage):
        joost = plays_dialog(stage, "nudge")

        joost.taps(joost.last.labels[0])

        assert "take_card" in joost.said
        assert joost.said.startswith(MARK)
        joost.taps("none")
        assert "Dit stuk is voorbij" in joost.said

    def test_words_can_be_typed_and_stay_there(self, stage):
        joost = plays_dialog(stage, "prepare")
        joost.taps("Iets anders").types("Iemand lacht om mijn jas")

        assert joost.said.startswith(MARK)
        assert (
            stage.reads(lambda conn: conn.execute(select(func.count()).select_from(item)).scalar_one()) == 0
        )

    def test_later_is_answered_as_for_a_youngster_and_the_author_goes_on(self, stage):
        joost = plays_dialog(stage, "prepare")

        joost.taps("Later")

        assert "wacht hier" in joost.shown[-2].text
        joost.taps("Dit stuk nog een keer")
        assert "Iets anders" in joost.last.labels

    def test_again_begins_with_nothing_answered(self, stage):
        joost = plays_dialog(stage, "challenge")
        first(joost)
        joost.taps("Cijfers geven", "3", "Later", "Dit stuk nog een keer")
        first(joost)

        joost.taps("Cijfers geven")

        assert "3" in joost.last.labels


class TestOtherTexts:
    def test_helplines_are_shown_in_both_languages(self, stage):
        joost = plays(
            stage, "Onder de 18", key="helplines", kind="helplines", old="helplines:", new="helplines: # onze"
        )

        nl, en, over = joost.texts[-3:]
        assert nl.startswith(f"{MARK}\n\nNederlands")
        assert en.startswith(f"{MARK}\n\nEngels")
        assert "113" in nl
        assert "113" in en
        assert "Dit stuk is voorbij" in over
        assert "Speel 6 weken" not in joost.taps(STOP).last.labels

    def test_of_the_small_sentences_those_that_changed_are_shown(self, stage):
        old, new = 'menu_button: "Menu"', 'menu_button: "Kiezen"'
        joost = plays(stage, "18 en ouder", key="phrases", kind="phrases", old=old, new=new)

        assert "• Kiezen" in joost.texts[-3]
        assert len(joost.texts[-3].splitlines()) == 5


class TestLeaving:
    def test_one_tap_leads_back_to_what_can_be_done_with_the_draft(self, stage):
        joost = plays(stage).taps(STOP)

        assert "Speel het" in joost.last.labels
        goes_out(joost)
        assert joost.said.startswith("Gepubliceerd")

    def test_the_word_is_as_good_as_the_button(self, stage):
        joost = plays(stage).types("stop met spelen")

        assert "Speel het" in joost.last.labels

    def test_the_way_out_works_at_every_question(self, stage):
        joost = plays_dialog(stage, "prepare")
        for _ in range(8):
            if STOP not in joost.last.labels or "Dit stuk nog een keer" in joost.last.labels:
                break
            joost.taps(STOP)
            assert "Speel het" in joost.last.labels
            joost.taps("Speel het", "18 en ouder, Nederlands")
            first(joost)

    def test_the_menu_does_something_else_and_the_buttons_of_the_play_stay(self, stage):
        joost = plays(stage)
        joost.types("/menu")

        joost.taps(STOP)

        assert "Speel het" in joost.last.labels


class TestNoTrace:
    def test_nothing_about_anybody_changes(self, stage):
        sam = stage.youth_begins("Sam")
        seen = len(sam.shown)

        def counted(conn):
            return [
                conn.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (item, attempt, person, due)
            ]

        joost = sends(stage)
        before, text = stage.reads(counted), current(stage)
        joost.taps("Speel het", "18 en ouder, Nederlands")
        first(joost), first(joost, 1), first(joost)
        joost.taps("Verder met plan")
        first(joost), first(joost), first(joost), first(joost)
        joost.types("Ik wil dood").taps(STOP)

        assert stage.reads(counted) == before
        assert current(stage) == text
        assert len(sam.shown) == seen
        assert stage.alarms == []

    def test_it_counts_in_no_figure_of_where_people_stop(self, stage):
        plays_dialog(stage, "prepare")

        reached = stage.reads(lambda conn: stops.of_dialog(conn, "prepare", stage.now))
        assert (reached.began, reached.ended) == (0, 0)

    def test_what_was_typed_is_gone_when_the_play_ends(self, stage):
        joost = plays_dialog(stage, "prepare")
        joost.taps("Iets anders").types("Iemand lacht om mijn jas").taps(STOP)

        def answers(conn):
            return [one.answers for one in sessions.about(conn, stage.id_of(joost), "content_play")]

        assert not any(stage.reads(answers))


class TestWhatCannotBePlayed:
    def test_with_mistakes_there_is_no_button_and_the_reason_is_said(self, stage):
        joost = sends(stage, old="title:", new="titel:")

        assert not {"Speel het", "Speel 6 weken"} & set(joost.last.labels)
        assert "Spelen kan daarna" in joost.said

    def test_a_draft_that_got_mistakes_meanwhile_is_not_played_from_an_old_button(self, stage):
        joost = sends(stage)
        old = joost.last
        button = old.button("Speel het")
        sends(stage, old="title:", new="titel:")

        joost.taps_data(button.data)

        assert MARK not in joost.said

    @pytest.mark.parametrize("meanwhile", ["thrown away", "published", "sent anew"])
    def test_what_happens_to_the_draft_meanwhile_is_said_at_the_next_tap(self, stage, meanwhile):
        joost = sends(stage)
        question = joost.taps("Speel het", "18 en ouder, Nederlands").last
        match meanwhile:
            case "thrown away":
                stage.writes(lambda conn: drafts.drop(conn, kept(stage)[0].id))
            case "published":
                goes_out(joost.types("/menu").taps("De teksten", "Mijn concepten", KEY))
                assert kept(stage) == []
            case _:
                sends(stage, new="Iedere dag een groet")

        joost.taps_data(question.buttons[0].data)

        assert "niet meer, of het is veranderd" in joost.said
        assert stage.alarms == []


class TestLaterFromTheTexts:
    def test_a_draft_is_found_back_under_its_file(self, stage):
        joost = sends(stage).taps("Bewaar").types("/menu")

        joost.taps("De teksten", "Uitdagingen", "Een groet per dag", "Mijn concept")

        assert {"Speel het", "Speel 6 weken"} <= set(joost.last.labels)
        joost.taps("Speel het", "18 en ouder, Nederlands")
        assert joost.said.startswith(MARK)

    def test_and_in_the_list_of_own_drafts(self, stage):
        joost = sends(stage).taps("Bewaar").types("/menu")

        joost.taps("De teksten", "Mijn concepten", KEY)

        assert "Speel het" in joost.last.labels

    def test_who_has_none_has_no_such_button(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten")

        assert "Mijn concepten" not in joost.last.labels
        assert "Mijn concept" not in joost.taps("Uitdagingen", "Een groet per dag").last.labels

    def test_one_with_mistakes_says_so(self, stage):
        joost = sends(stage, old="title:", new="titel:").taps("Bewaar").types("/menu")

        joost.taps("De teksten", "Mijn concepten", KEY)

        assert "Fouten: " in joost.said


def test_every_conversation_for_youngsters_can_be_played_to_an_end_or_left(stage):
    """With the text as it is now: each is walked by chance, and no tap ever fails."""
    joost, chance = stage.of("Joost"), Random(1)
    number = stage.id_of(joost)
    library = stage.world.library

    def begins(conn, key, reader):
        pages = current(stage, "dialog", key)
        saved = drafts.save(
            conn, "dialog", key, pages.nl.decode(), pages.en.decode(), None, number, stage.now
        )
        about = {"draft": saved, "checked": pages.number, "errors": 0, "warnings": 0}
        about |= {"scene": 0, "reader": reader, "dialog": 0, "follows": 0}
        turn = Turn(conn, stage.world, stage.now)
        talk.begin(turn, people.load(conn, number), "content_play", about)

    for place, key in enumerate(sorted(one for one, who in library.audiences().items() if who == "youth")):
        stage.writes(partial(begins, key=key, reader=place % 4))
        stage.ticks()
        for _ in range(12):
            assert joost.said.startswith(MARK), f"{key}: {joost.said}"
            ways = [one for one in joost.last.labels if one != STOP]
            if "Dit stuk nog een keer" in ways:
                break
            assert STOP in joost.last.labels, f"{key}: {joost.screen}"
            joost.taps_data(joost.last.button(chance.choice(ways)).data)
        assert "Hier kan de tekst niet verder" not in joost.ever, key
    assert stage.alarms == []
