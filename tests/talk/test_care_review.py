"""A cry for help is not lost: not in housekeeping, not behind an old question, not by stopping; nor told twice."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import housekeeping
from bot.storage import alerts as running
from tests.talk.care import DANGER, alerts, cases, holder, levels
from tests.talk.test_care_people import confidant

TEN_MINUTES = timedelta(minutes=10)
UNSURE = "ik keek een serie over zelfmoord"
ABUSED = "mijn begeleider heeft mij verkracht"


def test_a_case_that_counts_down_is_never_closed_as_unanswered(stage):
    stage.youth_begins().types(DANGER)
    # Nothing ran for a day, and the clearing came before the silence was looked at.
    assert stage.writes(lambda conn: housekeeping.tidy(conn, stage.now + timedelta(hours=26)))

    stage.passes(TEN_MINUTES + timedelta(seconds=5))

    assert levels(stage) == ["p2"]
    assert alerts(stage)[0].content == DANGER


def test_my_safety_on_a_question_of_yesterday_still_has_a_person_told(stage):
    sam = stage.youth_begins().types(UNSURE)
    stage.passes(timedelta(hours=26))
    assert [one.state for one in cases(stage)] == ["closed"]

    sam.taps("Mijn veiligheid")
    stage.passes(TEN_MINUTES + timedelta(seconds=5))

    assert levels(stage) == ["p2"]
    assert sam.said.startswith("Je koos niets.")


def test_words_about_my_professional_do_not_join_what_that_professional_gets(stage):
    confidant(stage)
    sam = stage.youth_begins().types(DANGER)
    sam.types("/hulp").taps("Het gaat over mijn begeleider").types(ABUSED)

    stage.passes(TEN_MINUTES + timedelta(seconds=5))

    assert [one.about for one in cases(stage)] == ["self", "staff"]
    first, second = sorted(alerts(stage), key=lambda one: one.content != DANGER)
    assert first.content == DANGER
    assert first.recipient_id == stage.programme.staff["Vera"]
    assert second.content == ABUSED
    assert second.recipient_id == stage.programme.staff["Yara"]


def test_after_the_silence_words_about_my_professional_still_go_past_them(stage):
    confidant(stage)
    sam = stage.youth_begins().types(DANGER)
    sam.types("/hulp").taps("Het gaat over mijn begeleider")
    stage.passes(TEN_MINUTES + timedelta(seconds=5))
    assert holder(stage) == "Vera"

    sam.types("ze schold me uit")

    assert holder(stage) == "Yara"
    assert alerts(stage)[0].content == DANGER


def test_danger_typed_there_after_the_silence_is_a_case_about_staff(stage):
    confidant(stage)
    sam = stage.youth_begins().types(DANGER)
    sam.types("/hulp").taps("Het gaat over mijn begeleider")
    stage.passes(TEN_MINUTES + timedelta(seconds=5))

    sam.types(ABUSED).taps("Nee")

    assert holder(stage) == "Yara"
    assert [one.about for one in cases(stage)] == ["self", "staff"]


def test_stopping_leaves_the_question_about_danger_to_be_answered(stage):
    sam = stage.youth_begins().types(DANGER).types("/stop").taps("Stoppen", "Ja, nu")

    assert levels(stage) == ["p1"]
    assert sam.said.startswith("Ben je nu in gevaar? Bel 112.")


def test_danger_after_stopping_joins_the_case_that_counts_down(stage):
    sam = stage.youth_begins().types(DANGER).types("/stop").taps("Stoppen")

    sam.types("ik wil niet meer leven")
    stage.passes(TEN_MINUTES + timedelta(seconds=5))

    assert [one.content for one in alerts(stage)] == [f"{DANGER}\nik wil niet meer leven"]


def test_danger_after_stopping_goes_to_whoever_works_on_the_alert(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, soms", "Verder").types("/stop").taps("Stoppen")

    sam.types("ik wil niet meer leven")

    assert [one.content for one in alerts(stage)] == [f"{DANGER}\nik wil niet meer leven"]
    assert "Vera krijgt nu bericht." in sam.said


def test_an_edited_cry_is_not_written_down_twice(stage):
    sam = stage.youth_begins().types(DANGER)

    sam.edits(DANGER).taps("Ja, soms")

    assert [one.content for one in alerts(stage)] == [DANGER]


def test_an_edited_cry_raises_no_second_alert(stage):
    sam = stage.youth_begins().types(DANGER).taps("Ja, soms", "Verder")

    sam.edits(DANGER)
    stage.passes(TEN_MINUTES * 2)
    assert [one.content for one in alerts(stage)] == [DANGER]

    sam.edits("ik wil niet meer leven")
    stage.passes(TEN_MINUTES * 2)

    assert [one.content for one in alerts(stage)] == [f"{DANGER}\nik wil niet meer leven"]
    assert len(stage.reads(lambda conn: running.running_about(conn, stage.id_of(sam)))) == 1


def test_an_account_we_doubt_gets_the_calm_question_and_the_numbers(stage):
    sam = stage.youth_begins()
    stage.passes(timedelta(days=92))
    assert sam.said.startswith("Een korte vraag: is dit nog jouw account")

    sam.types(UNSURE)

    assert sam.said.startswith("Dat klinkt zwaar.")
    assert "113" in sam.said
    assert "112" in sam.said


def test_what_is_no_danger_in_an_account_we_doubt_opens_nothing(stage):
    sam = stage.youth_begins()
    stage.passes(timedelta(days=92))
    sam.types(UNSURE).taps("Een rotdag")

    sam.types(UNSURE)

    assert sam.said.startswith("Een korte vraag: is dit nog jouw account")
