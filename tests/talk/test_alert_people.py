"""Who may see an alert and who may not; the words after the code; the list; the second reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from bot.conversation import alerting
from bot.storage import due, items
from bot.storage.schema_people import person
from bot.storage.schema_programme import organisation
from tests.talk import alarm, kept
from tests.talk.alarm import (
    called,
    course,
    decides,
    is_away,
    latest,
    raises,
    reloads,
    sent_to,
    staff_id,
    takes,
)
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import at

HOUR = timedelta(hours=1)


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def handled(stage, sam, kind="suicide", outcome="Gesproken"):
    raises(stage, sam, kind=kind)
    return takes(stage.of("Vera")).taps("Afgehandeld", outcome)


def never_sees(stage, name, *forbidden):
    """Everything this person can open holds none of the words, and no old button works."""
    phone = stage.of(name)
    for label in ("Overzicht", "Mijn jongeren", "Alarmen"):
        phone.types("Menu")
        if phone.last.labels and any(text.startswith(label) for text in phone.last.labels):
            phone.taps(label)
            if phone.has("Open") and label == "Overzicht" and phone.last.labels == ["Open"]:
                phone.taps("Open")
            if "Tik je code" in phone.said:
                phone.taps_code()
    for word in forbidden:
        assert word not in phone.ever


# Words and why, after the code


def test_words_and_why_open_after_the_code(stage, sam):
    raises(stage, sam, why=("statement.wants_to_die", "model.suicide"), about="other")
    vera = takes(stage.of("Vera")).taps("Lees de woorden")
    assert alarm.WORDS not in vera.ever

    vera.taps_code()

    assert "ik wil dood" in vera.said
    assert "Waarom dit bericht kwam: wil dood" in vera.said
    assert "iemand anders" in vera.said
    stage.passes(25 * HOUR)
    assert "ik wil dood" not in "\n".join(vera.texts)


def test_five_wrong_tries_lock_words_and_never_the_alert(stage, sam):
    raises(stage, sam)
    vera = takes(stage.of("Vera")).taps("Lees de woorden")
    for _ in range(5):
        vera.taps_code("000000")
    assert "De code was te vaak fout. Om 12:15" in vera.said.replace("12:16", "12:15")

    vera.taps("Terug", "Lees de woorden")
    assert "De code was te vaak fout." in vera.said
    vera.taps("Terug", "Afgehandeld", "Gesproken")
    assert latest(stage).state == "handled"
    raises(stage, sam)
    assert "Dit kun je nu doen voor Sam" in takes(vera).said


def test_a_long_story_is_read_page_by_page(stage, sam):
    raises(stage, sam, words="a" * 2600)
    vera = takes(stage.of("Vera")).taps("Lees de woorden").taps_code()

    assert vera.has("Verder lezen")
    assert "a" * 100 in vera.taps("Verder lezen").said


def test_an_alert_is_nobody_elses(stage, sam):
    raises(stage, sam)
    data = stage.of("Vera").last.button("Kijk nu").data

    for name in ("Amira", "Noor", "Joost"):
        phone = stage.of(name).taps_data(data)
        assert phone.toast == "Deze knop werkt hier niet."
        assert "Sam" not in phone.ever
    assert latest(stage).state == "sent"


# Not this person


def test_an_excluded_professional_never_gets_sees_or_opens_it(stage, sam):
    raised = raises(stage, sam, excluded=staff_id(stage, "Vera"), words="Vera schreeuwt tegen mij")
    assert str(raised.holder.name) == "Tom"
    stage.passes(16 * timedelta(minutes=1))
    stage.passes("2026-11-25 12:00")

    assert "Vera" not in sent_to(stage)
    assert called(stage.of("Vera")) == 0
    never_sees(
        stage, "Vera", "kan hulp gebruiken", "kon hulp gebruiken", "schreeuwt", raised_reference(raised)
    )
    card = opens_youngsters(stage.of("Vera")).said
    assert "hulp" not in card
    assert not stage.of("Vera").has("Lezen en antwoorden")


def raised_reference(raised):
    return f"A-{raised.item_id}"


def test_taken_away_after_it_was_sent_it_disappears_from_the_chat(stage, sam):
    raised = raises(stage, sam, words="Vera schreeuwt tegen mij")
    vera = stage.of("Vera").taps("Kijk nu")
    assert "Sam kan nu hulp gebruiken." in vera.said
    data = vera.last.button("Gezien").data

    again = alarm.turn_of(stage, lambda turn: alerting.reroute(turn, raised.item_id, staff_id(stage, "Vera")))

    assert (str(again.holder.name), again.when) == ("Tom", "now")
    assert vera.said == "Dit bericht is gewist."
    assert vera.taps_data(data).toast == "Deze knop hoort bij een eerdere vraag."
    assert latest(stage).acknowledged_by is None
    stage.passes("2026-11-24 12:00")
    never_sees(stage, "Vera", "schreeuwt", "kon hulp gebruiken", raised_reference(raised))
    assert "schreeuwt" in takes(stage.of("Tom")).taps("Lees de woorden").taps_code().said


def test_taken_away_from_who_had_taken_it_on(stage, sam):
    raised = raises(stage, sam)
    vera = takes(stage.of("Vera")).taps("Lees de woorden").taps_code()

    alarm.turn_of(stage, lambda turn: alerting.reroute(turn, raised.item_id, staff_id(stage, "Vera")))

    assert "ik wil dood" not in "\n".join(vera.texts)
    assert latest(stage).state == "sent"
    assert called(stage.of("Tom")) == 1


def test_taken_away_again_and_again_it_goes_to_the_confidant_then_the_coordinator(stage, sam):
    alarm.adds_staff(stage, "Ria", "confidant")
    raised = raises(stage, sam)
    names = []
    for name in ("Vera", "Tom", "Ria"):
        again = alarm.turn_of(
            stage, lambda turn, who=name: alerting.reroute(turn, raised.item_id, staff_id(stage, who))
        )
        names.append(str(again.holder.name))

    assert names == ["Tom", "Ria", "Noor"]
    assert (
        alarm.turn_of(
            stage, lambda turn: alerting.reroute(turn, raised.item_id, staff_id(stage, "Noor"))
        ).when
        == "nobody"
    )
    assert "alert_reaches_nobody" in stage.alarms


def test_what_is_about_staff_goes_to_the_confidant_and_past_the_professional(stage, sam):
    alarm.adds_staff(stage, "Ria", "confidant")
    raised = raises(stage, sam, about="staff", words="Vera schreeuwt tegen mij")

    assert str(raised.holder.name) == "Ria"
    assert str(alarm.would_get(stage, sam, about="staff").holder.name) == "Ria"
    stage.passes(timedelta(minutes=50))
    stage.passes("2026-11-25 12:00")
    assert {"Vera", "Tom"} & set(sent_to(stage)) == set()
    never_sees(stage, "Vera", "schreeuwt", "kon hulp gebruiken", raised_reference(raised))
    ria = takes(stage.of("Ria")).taps("Lees de woorden").taps_code()
    assert "schreeuwt" in ria.said


def test_the_second_reader_of_words_about_staff_is_a_coordinator(stage, sam):
    alarm.adds_staff(stage, "Ria", "confidant")
    raises(stage, sam, about="staff")

    assert "Noor leest na hoe het ging." in takes(stage.of("Ria")).taps("Afgehandeld", "Gesproken").said


def test_an_excluded_coordinator_does_not_see_it_in_the_list(stage, sam):
    raised = raises(stage, sam, excluded=staff_id(stage, "Noor"))
    stage.passes(timedelta(minutes=20))
    noor = stage.of("Noor").types("Menu").taps("Alarmen").taps_code()

    assert "Noor" not in sent_to(stage)
    assert raised_reference(raised) not in noor.ever


def test_what_a_confidant_was_sent_never_ages_to_a_professional(stage, sam):
    alarm.adds_staff(stage, "Ria", "confidant")
    number = stage.id_of(sam)

    def send(turn):
        values = {"state": "sent", "sent_at": turn.now, "recipient_id": staff_id(stage, "Ria")}
        item_id = items.add(turn.conn, number, "talk", turn.now, "Vera schreeuwt", **values)
        due.plan(
            turn.conn, number, "item_age", str(item_id), turn.now + HOUR, None, {"item": item_id}, turn.now
        )
        return item_id

    item_id = alarm.turn_of(stage, send)
    stage.passes(2 * HOUR)

    assert stage.reads(lambda conn: items.load(conn, item_id)).recipient_id == staff_id(stage, "Noor")


# Handling


@pytest.mark.parametrize("label, outcome", [
    ("Gesproken", "spoken"), ("Doorverwezen", "referred"), ("Vals alarm", "false_alarm")
])  # fmt: skip
def test_handled_needs_an_outcome(stage, sam, label, outcome):
    raises(stage, sam)
    vera = takes(stage.of("Vera")).taps("Afgehandeld")
    assert latest(stage).state == "acknowledged"

    vera.taps(label)

    assert (latest(stage).state, latest(stage).outcome) == ("handled", outcome)
    assert vera.said.startswith("Afgehandeld.")


def test_abuse_points_at_the_local_reporting_code_and_keeps_only_a_date(stage, sam):
    decides(stage, "none", url="https://welzijn.example/meldcode")
    vera = handled(stage, sam, kind="abuse")
    assert "https://welzijn.example/meldcode" in vera.said

    vera.taps("Vandaag genoteerd")

    assert latest(stage).code_noted_on == "2026-11-20"
    assert vera.said.startswith("Afgehandeld.")


def test_an_item_of_this_kind_cannot_be_closed_another_way(stage, sam):
    raises(stage, sam)
    stage.passes("2026-11-20 12:10")
    vera = (
        stage.of("Vera")
        .types("Menu")
        .taps("Mijn jongeren")
        .taps_code()
        .taps("Sam", "Lezen en antwoorden", "Lees")
    )

    assert vera.said.startswith("Er is een dringend bericht.")
    assert latest(stage).state == "sent"


# The second reader


def test_the_colleague_reads_again_within_72_hours_after_the_code(stage, sam, tmp_path):
    vera = handled(stage, sam)
    assert "Tom leest na hoe het ging." in vera.said
    reloads(stage, tmp_path)
    tom = stage.of("Tom")
    assert tom.said == f"Er wacht een afgehandeld bericht op een tweede lezer ({latest(stage).reference})."

    tom.taps("Lees").taps_code()

    assert "afgehandeld door Vera" in tom.said
    assert alarm.WORDS not in tom.said
    tom.taps("Gelezen en akkoord")
    assert latest(stage).read_at is not None
    stage.passes("2026-11-27 12:00")
    assert not any(what == "overdue" for what, _ in course(stage))


def test_who_handled_it_is_no_second_reader(stage, sam):
    is_away(stage, "Vera", at("2026-11-27 09:00"))
    raises(stage, sam)
    takes(stage.of("Tom")).taps("Afgehandeld", "Gesproken")

    assert latest(stage).reader_id == staff_id(stage, "Noor")
    tom = stage.of("Tom").types("Menu")
    assert not any(text == "Alarmen" for text in tom.last.labels)


def test_first_talking_it_over_keeps_it_open(stage, sam):
    handled(stage, sam)
    tom = stage.of("Tom").taps("Lees").taps_code().taps("Eerst overleggen")

    assert "Overleg met Vera." in tom.said
    assert latest(stage).read_at is None
    assert tom.taps("Terug", "Gelezen en akkoord").said.endswith("is nagelezen. Dank je.")


def test_a_second_reading_that_is_late_is_reminded_and_shown_to_the_coordinator(stage, sam, tmp_path):
    handled(stage, sam)
    tom, noor = stage.of("Tom"), stage.of("Noor")
    stage.passes("2026-11-23 09:01")
    reloads(stage, tmp_path)
    assert tom.texts.count(tom.said) == 2
    assert "tweede lezer" not in noor.ever

    stage.passes("2026-11-23 12:05")

    assert "tweede lezer" in noor.said
    noor.types("Menu").taps("Alarmen").taps_code()
    assert "De tweede lezer is te laat." in noor.said
    noor.taps(latest(stage).reference)
    assert "afgehandeld door Vera" in noor.said


def test_a_coordinator_may_read_again_instead(stage, sam):
    handled(stage, sam)
    stage.passes("2026-11-23 12:05")

    stage.of("Noor").taps("Lees").taps_code().taps("Gelezen en akkoord")

    assert latest(stage).reader_id == staff_id(stage, "Noor")


# The coordinator's list


def test_the_coordinator_sees_the_course_without_words_or_the_youngsters_name(stage, sam):
    raises(stage, sam)
    takes(stage.of("Vera"))
    noor = stage.of("Noor").types("Menu").taps("Alarmen").taps_code()
    assert "gezien door Vera" in noor.said

    noor.taps(latest(stage).reference)

    assert "gestuurd aan Vera" in noor.said
    assert "Sam" not in noor.ever
    assert alarm.WORDS not in noor.ever


def test_the_oldest_open_one_stands_first(stage, sam):
    first = raises(stage, sam)
    stage.passes(timedelta(minutes=2))
    second = raises(stage, sam)
    noor = stage.of("Noor").types("Menu").taps("Alarmen").taps_code()

    assert noor.said.index(raised_reference(first)) < noor.said.index(raised_reference(second))


def test_who_lost_the_message_finds_it_in_the_list(stage, sam):
    raises(stage, sam)
    vera = takes(stage.of("Vera"))
    vera.types("Menu").taps("Alarmen").taps_code().taps(latest(stage).reference, "Kijk nu")

    assert "Dit kun je nu doen voor Sam" in vera.said


def test_another_organisation_sees_nothing(stage, sam):
    raised = raises(stage, sam)

    def move(conn):
        other = conn.execute(
            insert(organisation).values(key="ander", name="Ander").returning(organisation.c.id)
        )
        number = other.scalar_one()
        conn.execute(
            update(person).where(person.c.id == staff_id(stage, "Noor")).values(organisation_id=number)
        )

    stage.writes(move)
    noor = stage.of("Noor").types("Menu").taps("Alarmen").taps_code()

    assert noor.said == "Er staat geen alarm open."
    assert raised_reference(raised) not in noor.ever
    assert stage.reads(lambda conn: kept.places_of(conn, alarm.WORDS)) == {"item.content"}
