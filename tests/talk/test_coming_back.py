"""After the goodbye: back again, put off, held by a pause or a halt; nothing is erased that was not announced."""

from datetime import timedelta

from bot.storage import due, erasures, outflows, people
from tests.talk.alarm import raises, takes
from tests.talk.journeys import opens_youngsters
from tests.talk.test_outflow import agrees, kinds, proposes, says_goodbye
from tests.talk.test_phase import in_phase, page, phase

AFTER = {"aftercare", "deletion_soon", "term_ended"}


def reads_all(sam):
    """Every message that waits to be read."""
    for one in [one for one in sam.shown if "Lees" in one.labels]:
        sam.taps_data(one.button("Lees").data)
    return sam.ever


def is_there(stage, number):
    return stage.reads(lambda conn: people.find(conn, number)) is not None


def comes_back(stage):
    return page(stage).taps("Volgende stap", "deelname", "komt terug", "Vandaag", "Ja, noteren")


def outflow(stage, number):
    return stage.reads(lambda conn: outflows.of_youth(conn, number))


def waits(stage, number, kind):
    """When a moment of this kind comes."""
    found = [one for one in stage.reads(lambda conn: due.waiting_of(conn, number)) if one.kind == kind]
    return found[0].not_before if found else None


def announced(stage):
    """On the day of the announcement, which was not opened yet."""
    sam, number = says_goodbye(stage)
    sam.taps("Lees", "Dag")
    stage.passes("2026-12-25 18:00")
    return sam, number


def erasure_waits(stage):
    """The erasure was to happen, but somebody is still to answer for their safety."""
    sam, number = announced(stage)
    sam.taps("Lees")
    stage.passes("2027-01-01 09:30")
    raises(stage, sam)
    stage.passes("2027-01-01 10:15")
    assert stage.reads(lambda conn: erasures.pending(conn, number)) is not None
    return sam, number


def handled(stage):
    takes(stage.of("Vera")).taps("Afgehandeld", "Gesproken")
    stage.passes(timedelta(hours=3))


def test_an_erasure_that_waits_for_an_alert_goes_when_nobody_says_a_thing(stage):
    _, number = erasure_waits(stage)
    handled(stage)

    assert not is_there(stage, number)


def test_who_wants_back_meanwhile_is_not_erased_after_the_alert(stage):
    sam, number = erasure_waits(stage)
    back = next(one.button("Ik wil terug") for one in reversed(sam.shown) if "Ik wil terug" in one.labels)
    sam.taps_data(back.data)
    assert "Ik wis nu nog niets." in sam.ever
    handled(stage)

    assert is_there(stage, number)
    assert stage.reads(lambda conn: erasures.pending(conn, number)) is None


def test_who_asked_to_be_erased_themselves_stays_asked(stage):
    sam, number = announced(stage)
    stage.writes(lambda conn: erasures.ask(conn, number, "self", stage.now, stage.now + timedelta(hours=48)))
    sam.taps("Lees", "Ik wil terug")

    assert stage.reads(lambda conn: erasures.pending(conn, number)) is not None


def test_who_came_back_has_no_old_goodbye_and_can_be_proposed_a_new_one(stage):
    sam, number = says_goodbye(stage, "Ja, graag")
    assert kinds(stage, number) >= AFTER
    comes_back(stage)

    assert outflow(stage, number) is None
    assert not kinds(stage, number) & AFTER
    agrees(stage, sam, "Ja, graag").taps("Klaar voor nu")
    assert outflow(stage, number).state == "agreed"


def test_a_step_out_that_is_noted_later_does_not_wake_the_old_term(stage):
    _, number = says_goodbye(stage)
    comes_back(stage)
    page(stage).taps("Volgende stap", "uitstroom", "staat op eigen benen", "Vandaag", "Ja, noteren")
    stage.passes("2027-01-08 12:00")

    assert is_there(stage, number)


def test_who_comes_back_while_the_erasure_waits_is_not_erased(stage):
    _, number = erasure_waits(stage)
    comes_back(stage)
    handled(stage)

    assert is_there(stage, number)


def test_a_return_that_is_taken_back_leaves_the_end_as_it_was(stage):
    _, number = says_goodbye(stage, "Ja, graag")
    was = {kind: waits(stage, number, kind) for kind in AFTER}
    comes_back(stage).taps("Terugdraaien")

    assert phase(stage, number) == "aftercare"
    assert outflow(stage, number).state == "ended"
    assert {kind: waits(stage, number, kind) for kind in AFTER} == was


def test_a_return_that_is_taken_back_after_the_term_gets_a_week_and_an_announcement(stage):
    _, number = erasure_waits(stage)
    comes_back(stage).taps("Terugdraaien")
    handled(stage)
    stage.passes("2027-01-07 12:00")
    assert is_there(stage, number)
    stage.passes("2027-01-08 12:00")

    assert not is_there(stage, number)


def test_asked_after_on_the_same_day_as_the_first_time_is_asked_again(stage):
    sam, number = says_goodbye(stage, "Ja, graag")
    comes_back(stage)
    stage.passes("2027-02-18 12:00")
    proposes(stage)
    reads_all(sam)
    yes = next(one.button("Ja, dat past") for one in sam.shown if "Ja, dat past" in one.labels)
    sam.taps_data(yes.data).taps("Ja, graag", "Klaar voor nu")
    stage.passes("2027-03-18 18:00")

    assert waits(stage, number, "aftercare").date().isoformat() == "2027-06-18"


def test_who_agreed_and_was_noted_to_stay_has_no_goodbye(stage):
    sam, number = in_phase(stage, "participating")
    agrees(stage, sam).taps("Klaar voor nu")
    vera = page(stage).taps(
        "Volgende stap", "deelname", "nog niet klaar om te gaan", "Vandaag", "Ja, noteren"
    )
    assert outflow(stage, number) is None
    assert "goodbye" not in kinds(stage, number)
    vera.taps("Terugdraaien")

    assert outflow(stage, number).state == "agreed"
    assert "goodbye" in kinds(stage, number)


def test_after_a_pause_the_erasure_comes_a_week_after_it_was_said(stage):
    sam, number = says_goodbye(stage)
    sam.taps("Lees", "Dag")
    sam.types("/pauze").taps("Tot een dag", "maandag 4")
    stage.passes("2027-01-06 20:00")
    assert is_there(stage, number)

    assert "Op dinsdag 12 januari wis ik wat ik van je heb." in reads_all(sam)
    stage.passes("2027-01-12 09:00")
    assert is_there(stage, number)
    stage.passes("2027-01-12 12:00")
    assert not is_there(stage, number)


def test_as_long_as_it_was_not_said_nothing_is_erased(stage):
    _, number = says_goodbye(stage)
    row = next(
        one for one in stage.reads(lambda conn: due.waiting_of(conn, number)) if one.kind == "deletion_soon"
    )
    later = stage.now + timedelta(weeks=3)
    stage.writes(lambda conn: due.replan(conn, number, row.kind, row.occurrence, later, None))
    stage.passes("2027-01-04 12:00")
    assert is_there(stage, number)
    stage.passes(later + timedelta(days=8))

    assert not is_there(stage, number)


def halts(stage, until):
    opens_youngsters(stage.of("Vera"), "Sam").taps("Stilzetten", "Opgenomen")
    stage.passes(until)
    opens_youngsters(stage.of("Vera"), "Sam").taps("Weer aanzetten", "Weer aanzetten")


def test_a_goodbye_that_a_halt_held_comes_when_it_is_lifted(stage):
    sam, number = in_phase(stage, "participating")
    agrees(stage, sam).taps("Klaar voor nu")
    halts(stage, "2026-12-29 12:00")
    stage.passes("2026-12-29 18:00")

    assert "Op dinsdag 12 januari wis ik wat ik van je heb." in reads_all(sam)
    assert outflow(stage, number).state == "ended"


def test_an_end_that_a_halt_held_is_said_first_and_comes_a_week_later(stage):
    sam, number = says_goodbye(stage)
    sam.taps("Lees", "Dag")
    halts(stage, "2027-01-12 12:00")
    stage.passes("2027-01-12 18:00")
    assert "Op dinsdag 19 januari wis ik wat ik van je heb." in reads_all(sam)
    stage.passes("2027-01-19 12:00")

    assert not is_there(stage, number)


def test_wanting_back_twice_on_one_day_still_ends(stage):
    sam, number = says_goodbye(stage)
    sam.taps("Lees")
    stage.passes("2026-12-25 18:00")
    sam.taps("Lees", "Ik wil terug")
    back = [one.button("Ik wil terug") for one in sam.shown if "Ik wil terug" in one.labels]
    sam.taps_data(back[0].data)
    assert sam.ever.count("Ik wis nu nog niets.") == 2
    stage.passes("2027-02-06 12:00")

    assert not is_there(stage, number)


def test_a_yes_after_the_day_is_no_agreement(stage):
    sam, number = in_phase(stage, "participating")
    proposes(stage)
    stage.passes("2026-12-18 12:00")
    assert "Die dag is er al of is voorbij. Jullie kiezen samen een nieuwe dag." in reads_all(sam)
    assert "Tot die dag stuur ik minder" not in sam.ever
    yes = next(
        one.button("Ja, op een nieuwe dag") for one in sam.shown if "Ja, op een nieuwe dag" in one.labels
    )
    sam.taps_data(yes.data)

    assert "Eerst kiezen jullie een nieuwe dag." in sam.ever
    assert phase(stage, number) == "participating"
    assert outflow(stage, number) is None
    stage.passes("2026-12-21 12:00")
    assert "Sam zei ja, maar de dag van het afscheid was er al." in reads_all(stage.of("Vera"))


def test_a_yes_of_whoever_was_asked_before_the_day_is_no_agreement_after_it(stage):
    sam, number = in_phase(stage, "participating")
    proposes(stage)
    yes = sam.taps("Lees").last.button("Ja, dat past")
    stage.passes("2026-12-19 12:00")
    sam.taps_data(yes.data).taps("Nee, dank je")

    assert "Eerst kiezen jullie een nieuwe dag." in sam.ever
    assert phase(stage, number) == "participating"
