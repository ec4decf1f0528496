"""Texts are changed in the chat: asked for as documents, sent back, read in words, published, put back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.content.pages import pages_of
from bot.content.source import MAX_BYTES
from bot.incoming import Attachment, Unreadable
from bot.storage import approvals, drafts, people, publications
from bot.storage.schema_people import audit
from dialogs.words import Words
from tests.talk.journeys import opens_youngsters

KEY = "een-groet-per-dag"


def asks(stage, name="Joost", kind="Uitdagingen", title="Een groet per dag"):
    """Somebody asks for a text; the two documents by language."""
    phone = stage.of(name).types("/menu").taps("De teksten", kind, title, "Stuur mij de documenten")
    found = [one.message.document for one in phone.shown if one.message.document is not None]
    return {one.name.split(".")[-2]: one for one in found[-2:]}


def changed(document, old="Een groet per dag", new="Elke dag een groet"):
    text = document.content.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def current(stage, kind="challenge", key=KEY):
    def look(conn):
        name = publications.current(conn, kind, key)
        assert name is not None
        return pages_of(conn, name)

    return stage.reads(look)


def kept(stage, key=KEY, kind="challenge"):
    return stage.reads(lambda conn: drafts.of_key(conn, kind, key))


def second_admin(stage, name="Ria"):
    number = stage.writes(
        lambda conn: people.add(conn, name, stage.now, {"role": "admin", "key": name.lower()})
    )
    stage.programme.staff[name] = number
    return stage.staff_begins(name)


def goes_out(phone):
    """It is published, with a reason when there are warnings (a translation that is behind is one)."""
    if "Publiceer" in phone.last.labels:
        return phone.taps("Publiceer")
    return phone.taps("Toch publiceren", "Ik las het na")


class TestAsk:
    def test_an_admin_gets_both_files_as_documents(self, stage):
        documents = asks(stage)

        assert {one.name for one in documents.values()} == {f"{KEY}.nl.yaml", f"{KEY}.en.yaml"}
        assert documents["nl"].content.startswith(current(stage).nl)
        assert documents["en"].content.startswith(current(stage).en)

    def test_every_text_is_in_the_lists(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Gesprekken")
        seen = set()
        while True:
            seen |= set(joost.last.labels) - {"Meer", "Terug"}
            if "Meer" not in joost.last.labels:
                break
            joost.taps("Meer")

        assert seen == {key for kind, key in stage.world.library.files() if kind == "dialog"}
        joost.taps("Terug", "Hulplijnen")
        assert joost.last.labels == ["helplines", "Terug"]

    def test_taking_is_written_down(self, stage):
        asks(stage)

        rows = stage.reads(
            lambda conn: conn.execute(select(audit).where(audit.c.action == "take_content")).all()
        )
        assert [(row.actor_id, row.outcome) for row in rows] == [(stage.programme.staff["Joost"], "done")]


class TestSendBack:
    def test_what_changed_is_said_in_words_and_one_tap_publishes(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]

        joost.sends_document(document.name, changed(document))
        assert "Een groet per dag" in joost.shown[-2].text
        assert "Elke dag een groet" in joost.shown[-2].text
        goes_out(joost)
        assert joost.said.startswith("Gepubliceerd")
        assert current(stage).nl == changed(document).split(b"# versie")[0]
        assert stage.world.library.challenge(KEY, "nl").title == "Een groet per dag"
        joost.types("/menu")
        assert stage.world.library.challenge(KEY, "nl").title == "Elke dag een groet"

    def test_undo_puts_the_earlier_text_back(self, stage):
        before = current(stage)
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        goes_out(joost.sends_document(document.name, changed(document))).taps("Ongedaan maken")

        assert current(stage) == before
        joost.taps("Ongedaan maken")
        assert current(stage) != before

    def test_only_the_english_file_leaves_the_dutch_as_it_was(self, stage):
        before = current(stage)
        joost, document = stage.of("Joost"), asks(stage)["en"]

        title = next(line for line in document.content.decode().splitlines() if line.startswith("title:"))
        goes_out(joost.sends_document(document.name, changed(document, title, "title: One greeting daily")))

        assert current(stage).nl == before.nl
        assert b"One greeting daily" in current(stage).en

    def test_both_files_one_after_the_other_become_one_text(self, stage):
        joost, documents = stage.of("Joost"), asks(stage)
        nl = changed(documents["nl"])
        en = documents["en"].content.replace(b"title:", b"title:  ", 1)

        joost.sends_document(documents["nl"].name, nl).sends_document(documents["en"].name, en)
        goes_out(joost)

        assert current(stage).nl == nl.split(b"# versie")[0]
        assert current(stage).en == en.split(b"# versie")[0]

    def test_a_renamed_document_with_a_caption_and_without_its_last_line_is_known(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        text = changed(document).split(b"# versie")[0]

        goes_out(joost.sends_document("nieuwe versie (2).YAML", text, "zo beter?"))

        assert current(stage).nl == text

    @pytest.mark.parametrize("name", ["new version.yaml", "de-vraag-terug (1).yaml"])
    def test_an_english_file_without_its_last_line_and_renamed_is_known_too(self, stage, name):
        joost, document = stage.of("Joost"), asks(stage)["en"]
        before = current(stage)
        text = changed(document, "about:", "# better?\nabout:").split(b"# versie")[0]

        joost.sends_document(name, text)

        [draft] = kept(stage)
        assert (draft.nl.encode(), draft.en.encode()) == (before.nl, text)

    def test_a_dutch_name_with_the_word_en_is_no_english(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        text = changed(document).split(b"# versie")[0]

        joost.sends_document("koffie-en-thee.yaml", text)

        [draft] = kept(stage)
        assert draft.nl.encode() == text

    def test_a_mistake_is_named_with_its_line_and_nothing_goes_out(self, stage):
        before = current(stage)
        joost, document = stage.of("Joost"), asks(stage)["nl"]

        joost.sends_document(document.name, changed(document, "title:", "titel:"))

        line = document.content.decode().split("\n").index("title: Een groet per dag") + 1
        assert f"regel {line}:" in joost.shown[-2].text
        assert "Publiceer" not in joost.last.labels
        assert current(stage) == before
        assert len(kept(stage)) == 1

    def test_after_mending_it_goes_out(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        joost.sends_document(document.name, changed(document, "title:", "titel:"))

        goes_out(joost.sends_document(document.name, changed(document)))

        assert joost.said.startswith("Gepubliceerd")
        assert kept(stage) == []

    def test_many_mistakes_come_as_a_document(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]

        joost.sends_document(document.name, re.sub(rb"(?m)^    (?=[a-z_]+:)", b"    x", document.content))

        made = joost.shown[-2].message.document
        assert made.name == "content_problems.txt"
        assert len(made.content.decode().splitlines()) > 8

    def test_a_warning_asks_why(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        long = "Zeg dan hallo tegen een van de mensen die je daar al een tijd goed kent."
        text = document.content.decode()
        do = next(line for line in text.splitlines() if line.startswith("    do: "))

        joost.sends_document(document.name, text.replace(do, f'    do: "{long}"', 1).encode())

        assert "Publiceer" not in joost.last.labels
        joost.taps("Toch publiceren").types("Dit is zo afgesproken.")
        assert joost.said.startswith("Gepubliceerd")
        lines = stage.reads(lambda conn: publications.history(conn, "challenge", KEY))
        assert str(lines[-1].because) == "Dit is zo afgesproken."

    def test_what_was_kept_and_what_was_thrown_away_change_nothing(self, stage):
        before = current(stage)
        joost, document = stage.of("Joost"), asks(stage)["nl"]

        joost.sends_document(document.name, changed(document)).taps("Bewaar")
        assert len(kept(stage)) == 1
        joost.sends_document(document.name, changed(document)).taps("Weggooien")

        assert kept(stage) == []
        assert current(stage) == before

    def test_the_same_text_again_is_said(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]

        goes_out(joost.sends_document(document.name, document.content))

        assert "gelijk" in joost.said

    def test_phrases_and_helplines_too(self, stage):
        joost = stage.of("Joost")
        document = asks(stage, kind="Korte zinnen", title="phrases")["nl"]

        joost.sends_document(document.name, changed(document, 'menu_button: "Menu"', 'menu_button: "Kiezen"'))

        assert {"Publiceer", "Toch publiceren, omdat ..."} & set(joost.last.labels)


class TestRefused:
    @pytest.mark.parametrize(
        ("name", "content", "said"),
        [
            ("foto.png", b"x", ".yaml"),
            ("groot.yaml", b"#" * (MAX_BYTES + 1), "te groot"),
            ("vreemd.yaml", "challenge: \xe9\xe9n".encode("latin-1"), "UTF-8"),
            ("leeg.yaml", b"hallo: daar", "welke tekst"),
            ("phrases.yaml", b"phrases:\n  a: b\n", "welke taal"),
        ],
    )
    def test_what_cannot_be_read_says_why(self, stage, name, content, said):
        joost = stage.of("Joost").sends_document(name, content)

        assert said in joost.said
        assert stage.outcomes[-1] == "content_refused"

    def test_a_document_that_cannot_be_fetched_says_so(self, stage):
        joost = stage.of("Joost")

        stage.happens(joost, Unreadable("document", Words(""), Attachment("gone", "groet.yaml", 12)))

        assert "niet ophalen" in joost.said

    def test_a_photo_is_answered_as_ever(self, stage):
        stage.of("Joost").sends("photo")

        assert stage.outcomes[-1] != "content_refused"

    def test_nobody_but_an_admin_is_listened_to(self, stage):
        sam = stage.youth_begins("Sam")
        document = asks(stage)["nl"]

        for phone in (sam, stage.of("Vera"), stage.of("Noor")):
            phone.sends_document(document.name, changed(document))

        assert kept(stage) == []
        assert stage.of("Vera").types("/menu").has("De teksten") is False


class TestTwo:
    def test_the_second_is_told_who_and_nothing_is_overwritten(self, stage):
        ria, joost = second_admin(stage), stage.of("Joost")
        mine, hers = asks(stage)["nl"], asks(stage, "Ria")["nl"]
        goes_out(ria.sends_document(hers.name, changed(hers, new="Van Ria")))

        joost.sends_document(mine.name, changed(mine, new="Van Joost"))

        assert "Ria" in joost.said
        assert "Publiceer" not in joost.last.labels
        assert b"Van Ria" in current(stage).nl
        assert "Van Joost" in kept(stage)[0].nl

    def test_who_published_first_wins_also_after_both_looked(self, stage):
        ria, joost = second_admin(stage), stage.of("Joost")
        mine, hers = asks(stage)["nl"], asks(stage, "Ria")["nl"]
        joost.sends_document(mine.name, changed(mine, new="Van Joost"))
        ria.sends_document(hers.name, changed(hers, new="Van Ria"))
        assert "Joost" in ria.said
        goes_out(ria)

        goes_out(joost)

        assert "Ria" in joost.said
        assert b"Van Ria" in current(stage).nl
        assert "Van Joost" in kept(stage)[0].nl

    def test_with_the_new_documents_it_works(self, stage):
        ria, joost = second_admin(stage), stage.of("Joost")
        mine, hers = asks(stage)["nl"], asks(stage, "Ria")["nl"]
        goes_out(ria.sends_document(hers.name, changed(hers, new="Van Ria")))
        joost.sends_document(mine.name, changed(mine, new="Van Joost"))

        again = asks(stage, title="Van Ria")["nl"]
        goes_out(joost.sends_document(again.name, changed(again, "Van Ria", "Van ons")))

        assert b"Van ons" in current(stage).nl


class TestAway:
    def test_the_earlier_text_comes_back_from_the_menu(self, stage):
        before = current(stage)
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        goes_out(joost.sends_document(document.name, changed(document))).taps("Klaar")

        joost.types("/menu").taps("De teksten", "Uitdagingen", "Elke dag", "Vorige tekst", "Ja")

        assert current(stage) == before

    def test_without_an_earlier_text_going_back_is_not_offered(self, stage):
        joost = stage.of("Joost").types("/menu")
        joost.taps("De teksten", "Uitdagingen", "Een groet per dag")

        assert "Vorige tekst terugzetten" not in joost.last.labels

    def test_a_step_is_withdrawn_and_offered_again(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")
        step = stage.world.library.challenge(KEY, "nl").steps[0]

        joost.taps("Intrekken", step.title, "Er staat een fout in.")

        assert joost.said.startswith("Ingetrokken")
        joost.taps("Ongedaan maken")
        assert "weer aangeboden" in joost.said


class TestNew:
    def answers(self, stage, title="Een vraag per dag"):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Nieuwe uitdaging")
        joost.types(title).types("Je stelt elke dag een vraag.").taps("Wie wil oefenen", "18 en ouder")
        for number in range(1, 5):
            joost.types(f"Vraag {number}").types("Vraag hoe het gaat.").types("Ze lopen weg").types(
                "Ze zuchten"
            )
        return joost

    def test_the_answers_become_two_documents_that_come_back_and_are_published(self, stage):
        joost = self.answers(stage)
        documents = [one.message.document for one in joost.shown if one.message.document is not None]
        assert [one.name for one in documents] == ["een-vraag-per-dag.nl.yaml", "een-vraag-per-dag.en.yaml"]

        for one in documents:
            joost.sends_document(one.name, one.content)
        goes_out(joost)

        assert joost.said.startswith("Gepubliceerd")
        joost.types("/menu")
        assert len(stage.world.library.challenge("een-vraag-per-dag", "nl").steps) == 4

    def test_what_is_left_for_later_is_an_example_that_the_check_names_and_nobody_gets(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Nieuwe uitdaging")
        joost.types("Een vraag per dag").taps("Vul ik later in", "Wie wil oefenen", "18 en ouder")
        for number in range(1, 5):
            joost.taps("Vul ik later in").types(f"Vraag {number} keer hoe het gaat.").taps("Vul ik later in")
        document = next(one.message.document for one in joost.shown if one.message.document is not None)

        joost.sends_document(document.name, document.content)

        assert "Fouten: 9" in joost.said
        assert "VUL IN:" in joost.shown[-3].text
        assert "Publiceer" not in joost.last.labels

    def test_a_name_that_is_there_already_is_asked_again(self, stage):
        joost = self.answers(stage, "Een groet per dag")

        assert "bestaat al" in joost.said
        joost.types("Nog een groet per dag")
        assert "nieuwe uitdaging" in joost.said


class TestSecond:
    @pytest.fixture
    def strict(self, stage):
        """Nobody publishes alone."""
        stage.world = replace(stage.world, settings=replace(stage.world.settings, second_approver=True))
        return stage

    def test_a_colleague_reads_what_changes_and_publishes(self, strict):
        ria, joost = second_admin(strict), strict.of("Joost")
        document, before = asks(strict)["nl"], current(strict)
        goes_out(joost.sends_document(document.name, changed(document)))
        assert joost.said.startswith("Voorgesteld")
        assert current(strict) == before

        ria.types("/menu").taps("De teksten", "Wacht op een tweede lezer", KEY)

        assert "Joost" in ria.said
        assert "Elke dag een groet" in ria.shown[-2].text
        ria.taps("Ja, publiceer")
        assert current(strict).nl != before.nl

    def test_nobody_agrees_with_themselves(self, strict):
        joost, document = strict.of("Joost"), asks(strict)["nl"]
        goes_out(joost.sends_document(document.name, changed(document)))

        joost.types("/menu").taps("De teksten")

        assert "Wacht op een tweede lezer" not in joost.last.labels

    def test_a_proposal_that_changed_meanwhile_is_not_published(self, strict):
        ria, joost = second_admin(strict), strict.of("Joost")
        document, before = asks(strict)["nl"], current(strict)
        goes_out(joost.sends_document(document.name, changed(document)))
        ria.types("/menu").taps("De teksten", "Wacht op een tweede lezer", KEY)
        joost.sends_document(document.name, changed(document, new="Iets anders"))

        ria.taps("Ja, publiceer")

        assert current(strict) == before


class TestOwner:
    def test_only_the_owner_publishes_and_hands_it_over(self, stage):
        ria, joost = second_admin(stage), stage.of("Joost")
        hers = asks(stage, "Ria")["nl"]
        joost.types("/menu").taps(
            "De teksten", "Uitdagingen", "Een groet per dag", "Eigenaar kiezen", "Van mij"
        )
        assert "Eigenaar: Joost" in joost.said

        goes_out(ria.sends_document(hers.name, changed(hers)))
        assert "van een collega" in ria.said
        joost.taps("Eigenaar kiezen", "Ria")

        assert "Eigenaar: Ria" in joost.said
        goes_out(ria.sends_document(hers.name, changed(hers)))
        assert ria.said.startswith("Gepubliceerd")
        assert "Eigenaar kiezen" not in joost.last.labels

    def test_it_can_be_let_go(self, stage):
        joost = stage.of("Joost").types("/menu")
        joost.taps("De teksten", "Uitdagingen", "Een groet per dag", "Eigenaar kiezen", "Van mij")

        joost.taps("Eigenaar kiezen", "Van niemand")

        assert "Eigenaar: niemand" in joost.said


class TestApproval:
    @pytest.fixture
    def real(self, stage):
        """The stage on real Telegram from now on; Sam took part already."""
        stage.youth_begins()
        stage.world = replace(stage.world, settings=replace(stage.world.settings, real=True))
        return stage

    def approves(self, stage, name="Joost", day="Vandaag"):
        """An admin records who read it; where they stand."""
        phone = stage.of(name).types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")
        phone.taps("Goedkeuring vastleggen").types("Ria Jansen, gedragsdeskundige")
        assert "Ria Jansen" in phone.said
        return phone.taps(day)

    def given(self, stage):
        """What Vera reads when she gives it to Sam."""
        return opens_youngsters(stage.of("Vera")).taps("Uitdaging geven", "Een groet per dag").said

    def test_what_was_approved_in_the_chat_goes_to_youngsters(self, real):
        joost = self.approves(real)

        assert "Ria Jansen, gedragsdeskundige" in joost.said
        assert "mag nu naar jongeren" in joost.said
        assert "Gegeven aan Sam" in self.given(real)

    def test_the_card_says_who_approved_and_on_which_day(self, stage):
        self.approves(stage, day="Gisteren").taps("Klaar")

        joost = stage.of("Joost").types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")

        assert "Goedgekeurd door Ria Jansen, gedragsdeskundige, " in joost.said
        assert "Goedkeuring vastleggen" not in joost.last.labels

    def test_undone_it_is_for_practice_only_again(self, real):
        self.approves(real).taps("Ongedaan maken")

        assert "alleen in oefengesprekken" in real.of("Joost").said
        assert "nog niet goedgekeurd" in self.given(real)

    def test_it_can_be_taken_back_later(self, stage):
        joost = self.approves(stage).taps("Klaar").types("/menu")
        joost.taps("De teksten", "Uitdagingen", "Een groet per dag", "Goedkeuring terugnemen")

        assert "alleen in oefengesprekken" in joost.said
        joost.types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")
        assert "Goedgekeurd door" not in joost.said

    def test_nobody_approves_what_they_published_themselves(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        goes_out(joost.sends_document(document.name, changed(document))).taps("Klaar")

        joost.types("/menu").taps("De teksten", "Uitdagingen", "Elke dag een groet")

        assert "Goedkeuring vastleggen" not in joost.last.labels

    def test_a_text_that_changed_while_they_were_at_it_is_not_approved(self, stage):
        ria, joost = second_admin(stage), stage.of("Joost")
        ria.types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag", "Goedkeuring vastleggen")
        ria.types("Ria Jansen, gedragsdeskundige")
        document = asks(stage)["nl"]
        goes_out(joost.sends_document(document.name, changed(document)))

        ria.taps("Vandaag")

        assert "net veranderd" in ria.said
        assert stage.reads(approvals.approved) == frozenset()

    def test_the_card_of_a_challenge_that_nobody_approved_says_so(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")
        assert "Nog niet goedgekeurd." in joost.said

        joost = self.approves(stage).taps("Klaar").types("/menu")
        joost.taps("De teksten", "Uitdagingen", "Een groet per dag")
        assert "Nog niet goedgekeurd." not in joost.said

    def test_publishing_over_an_approved_text_says_beforehand_and_afterwards_that_it_lapses(self, stage):
        self.approves(stage).taps("Klaar")
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        joost.sends_document(document.name, changed(document))
        assert "De tekst van nu is goedgekeurd. Voor deze is een nieuwe goedkeuring nodig." in joost.said

        goes_out(joost)
        assert joost.said.startswith("Gepubliceerd.")
        assert "De goedkeuring gold voor de andere tekst. Deze is nog niet goedgekeurd." in joost.said
        joost.taps("Ongedaan maken")
        assert joost.said == "De vorige tekst is terug."

    def test_over_a_text_that_nobody_approved_nothing_of_that_is_said(self, stage):
        joost, document = stage.of("Joost"), asks(stage)["nl"]
        joost.sends_document(document.name, changed(document))
        assert "goedgekeurd" not in joost.said

        assert "goedkeuring" not in goes_out(joost).said

    def test_going_back_to_a_text_that_nobody_approved_says_so(self, stage):
        ria, joost = second_admin(stage), stage.of("Joost")
        document = asks(stage)["nl"]
        goes_out(joost.sends_document(document.name, changed(document)))
        ria.types("/menu").taps("De teksten", "Uitdagingen", "Elke dag een groet", "Goedkeuring vastleggen")
        ria.types("Ria Jansen, gedragsdeskundige").taps("Vandaag", "Klaar")

        joost.types("/menu").taps("De teksten", "Uitdagingen", "Elke dag een groet", "Vorige tekst")
        assert "De tekst van nu is goedgekeurd, die van hiervoor niet." in joost.said
        joost.taps("Ja, terugzetten")
        assert "Deze is nog niet goedgekeurd." in joost.said

    @pytest.mark.parametrize("said", [".", "123", "?!"])
    def test_a_name_has_a_letter(self, stage, said):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")
        joost.taps("Goedkeuring vastleggen").types(said)
        assert "Hier staat geen letter in." in joost.said

        joost.types("Ria Jansen, gedragsdeskundige").taps("Vandaag")
        assert "Goedgekeurd door Ria Jansen" in joost.said

    def test_a_name_that_is_too_long_is_asked_for_shorter_and_not_in_parts(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")
        joost.taps("Goedkeuring vastleggen").types("R" * 121)

        assert "Typ het korter." in joost.said
        assert "stukken" not in joost.said

    def test_the_name_can_be_typed_again(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Uitdagingen", "Een groet per dag")
        joost.taps("Goedkeuring vastleggen").types("Ria Jnasen").taps("Andere naam")
        joost.types("Ria Jansen, gedragsdeskundige").taps("Vandaag")

        assert "Goedgekeurd door Ria Jansen, gedragsdeskundige" in joost.said

    def test_other_texts_need_none(self, stage):
        joost = stage.of("Joost").types("/menu").taps("De teksten", "Hulplijnen")
        joost.taps(joost.last.labels[0])

        assert "Goedkeuring vastleggen" not in joost.last.labels
        assert "goedgekeurd" not in joost.said
