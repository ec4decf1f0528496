"""A challenge chosen in half a minute: three with the reason, one tap; what runs is never overwritten."""

from __future__ import annotations

from bot.storage import challenges, halts, people, screenings
from tests.talk.journeys import did, gives, has_plan, has_prepared_plan, opens_youngsters

TITLE = "Een groet per dag"


def number_of(stage, name="Sam"):
    return stage.id_of(stage.of(name))


def given(stage):
    return stage.reads(lambda conn: challenges.current(conn, number_of(stage)))


def chooses(stage, name="Vera"):
    return opens_youngsters(stage.of(name)).taps("Uitdaging geven")


def rests(stage):
    """Sam lets the challenge rest, so that a next one is chosen together."""
    return (
        stage.of("Sam").types("Menu").taps("Mijn stap", "Andere uitdaging", "Samen een nieuwe kiezen", "Oké")
    )


def test_three_come_with_the_reason_and_one_tap_gives(stage):
    stage.youth_begins()
    vera = chooses(stage)

    assert vera.last.labels == [
        TITLE,
        "Het kleine bericht",
        "Iets aardigs doen",
        "Alle uitdagingen",
        "Toch niet",
    ]
    assert f"{TITLE}\nPast bij: vaardigheden. Licht. Een goed begin." in vera.said
    vera.taps(TITLE)
    assert given(stage).key == "een-groet-per-dag"


def test_the_first_talk_says_which_cause_stands_first(stage):
    stage.youth_begins(causes="skills,thoughts")

    def talk(conn):
        form = stage.world.library.screening("nl")
        heavy = max(form.answers, key=lambda one: one.points or 0).key
        said = {one.key: heavy for one in form.asked() if one.about == "thoughts"}
        screenings.add(conn, number_of(stage), "r", said, stage.programme.staff["Vera"], stage.now)

    stage.writes(talk)

    assert "Past bij: gedachten, vaardigheden." in chooses(stage).said


def test_steps_that_were_done_are_the_reason_for_the_next_one(stage):
    has_plan(stage)
    did(stage).taps("Klaar voor nu")
    rests(stage)
    vera = chooses(stage)

    assert TITLE not in vera.last.labels
    assert "Even zwaar als de vorige." in vera.said


def tells_it_stays_tense(stage):
    """The step is done, and an eight is what it left; the preview stands there."""
    has_prepared_plan(stage)
    sam = did(stage).taps("Meer vertellen", "Nee")
    sam.types("Noor zei hoi terug")
    return sam.taps("9", "8", "Sla over", "Het viel mee", "20")


def test_tension_that_stayed_private_is_no_reason(stage):
    tells_it_stays_tense(stage).taps("Niet sturen")
    rests(stage)

    assert "spanning" not in chooses(stage).said


def test_tension_that_was_sent_is_one(stage):
    tells_it_stays_tense(stage).taps("Sturen")
    rests(stage)

    assert "Niet zwaarder: de spanning na de laatste stap was 8." in chooses(stage).said


def test_who_asks_for_another_is_seen_and_gets_another(stage):
    stage.youth_begins()
    gives(stage).taps("Liever iets anders")
    vera = chooses(stage)
    assert f"Sam wilde liever iets anders dan: {TITLE}." in vera.said

    assert TITLE not in vera.last.labels[:3]
    vera.taps(vera.last.labels[0])
    assert given(stage).state == "given"


def test_the_name_of_who_gave_it_is_said(stage):
    stage.youth_begins()
    assert gives(stage).said.startswith("Vera dacht aan deze uitdaging voor jou")


# Bad input


def test_what_runs_is_never_overwritten_when_two_give_one_at_once(stage):
    stage.youth_begins()
    vera = chooses(stage)
    tom = stage.programme.staff["Tom"]
    number = number_of(stage)
    stage.writes(
        lambda conn: challenges.give(
            conn,
            number,
            "de-vraag-terug",
            stage.world.library.revision("challenge", "de-vraag-terug"),
            tom,
            stage.now,
        )
    )
    vera.taps(TITLE)

    assert "heeft al een uitdaging: De vraag terug, van Tom. Die gaat gewoon door." in vera.said
    assert given(stage).key == "de-vraag-terug"


def test_who_lost_the_youngster_meanwhile_gives_nothing(stage):
    stage.youth_begins()
    vera = chooses(stage)
    number, amira = number_of(stage), stage.programme.staff["Amira"]
    stage.writes(lambda conn: people.assign(conn, number, amira, "main", stage.now))
    vera.taps(TITLE)

    assert vera.said.startswith("Dat lukt niet.")
    assert given(stage) is None


def test_nothing_is_given_to_who_is_halted_or_stopped(stage):
    sam = stage.youth_begins()
    vera = chooses(stage)
    number, by = number_of(stage), stage.programme.staff["Vera"]
    stage.writes(lambda conn: halts.begin(conn, number, "other", by, stage.now))
    vera.taps(TITLE)
    assert vera.said == "Alles voor Sam staat stil. Er is niets gegeven."
    stage.writes(lambda conn: halts.lift(conn, number, by, stage.now))

    vera = chooses(stage)
    sam.types("/stop").taps(sam.last.labels[0])
    vera.taps(TITLE)
    assert "doet nu niet mee" in vera.said
    assert given(stage) is None


def test_when_nothing_is_left_that_is_said_and_all_stay_to_be_seen(stage):
    stage.youth_begins()
    number, by = number_of(stage), stage.programme.staff["Vera"]

    def finish(conn):
        for one in stage.world.library.challenges("nl"):
            held = challenges.give(
                conn, number, one.key, stage.world.library.revision("challenge", one.key), by, stage.now
            )
            challenges.set_state(conn, held, "done", stage.now)

    stage.writes(finish)
    vera = chooses(stage)
    assert vera.said.startswith("Er is geen uitdaging meer over die nu bij Sam past.")

    assert TITLE in vera.taps("Alle uitdagingen").last.labels


# Undo


def test_it_can_be_taken_back_for_two_minutes(stage):
    sam = stage.youth_begins()
    stage.passes("2026-11-20 22:30")
    vera = chooses(stage)
    vera.taps(TITLE, "Terugdraaien (2 minuten)")
    assert vera.said == "Teruggedraaid. Sam krijgt deze uitdaging niet."
    stage.passes("2026-11-21 12:00")

    assert "Een groet per dag" not in sam.ever
    assert TITLE in chooses(stage).last.labels


def test_not_after_that_and_not_when_it_was_accepted(stage):
    stage.youth_begins()
    vera = chooses(stage).taps(TITLE)
    stage.ticks()
    sam = stage.of("Sam").taps("Lees")
    sam.taps("Ja, die wil ik")
    vera.taps("Terugdraaien (2 minuten)")
    assert given(stage).state == "active"

    assert "Sam heeft al gekozen" in vera.said or "Dat lukt niet" in vera.said


def test_who_opens_what_was_taken_back_reads_no_empty_name(stage):
    stage.youth_begins()
    vera = chooses(stage).taps(TITLE)
    stage.ticks()
    vera.taps("Terugdraaien (2 minuten)")

    assert stage.of("Sam").taps("Lees").said.startswith("Deze uitdaging is er niet meer.")
