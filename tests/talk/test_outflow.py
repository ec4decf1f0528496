"""Going on alone: proposed, agreed to by both, said goodbye with the own plan, asked after, and erased as announced."""

from datetime import date, timedelta

from bot.storage import admissions, due, journal, outflows, people, phase_tallies, phases, preferences
from tests.talk.stage import at
from tests.talk.test_phase import in_phase, page, phase

WORDS = "Je durfde steeds meer."


def proposes(stage, when="Over 4 weken", taper="Ja, afbouwen", words=WORDS):
    vera = page(stage).taps("Uitstroom voorstellen", when, taper)
    vera = vera.types(words) if words else vera.taps("Zonder eigen woorden")
    stage.ticks()
    return vera


def agrees(stage, sam, aftercare="Nee, dank je"):
    proposes(stage)
    return sam.taps("Lees", "Ja, dat past", aftercare)


def kinds(stage, number):
    return {one.kind for one in stage.reads(lambda conn: due.waiting_of(conn, number))}


def says_goodbye(stage, aftercare="Nee, dank je"):
    sam, number = in_phase(stage, "participating")
    agrees(stage, sam, aftercare).taps("Klaar voor nu")
    stage.passes("2026-12-18 18:00")
    return sam, number


def test_until_the_youngster_says_yes_nothing_changes(stage):
    sam, number = in_phase(stage, "participating")
    vera = proposes(stage)
    assert "Tot dan verandert er niets." in vera.said
    assert phase(stage, number) == "participating"
    sam.taps("Lees")

    assert "Vera denkt dat jij verder kunt zonder Join Us." in sam.said
    assert "Het afscheid zou op vrijdag 18 december zijn." in sam.said
    assert "Komen mag, het hoeft niet." in sam.said


def test_yes_makes_it_a_phase_with_a_date_and_half_the_messages(stage):
    sam, number = in_phase(stage, "participating")
    agrees(stage, sam)

    assert "Op vrijdag 18 december nemen we afscheid." in sam.said
    assert phase(stage, number) == "outflow"
    assert stage.reads(lambda conn: preferences.get(conn, number, "quieter")) is not None
    assert "goodbye" in kinds(stage, number)


def test_not_yet_changes_nothing_and_is_told(stage):
    sam, number = in_phase(stage, "participating")
    proposes(stage)
    sam.taps("Lees", "Nog niet")
    stage.passes("2026-11-23 12:00")
    stage.of("Vera").taps("Lees")

    assert phase(stage, number) == "participating"
    assert "Sam wil nog geen afscheid." in "\n".join(stage.of("Vera").texts)


def test_until_the_goodbye_one_can_think_again(stage):
    sam, number = in_phase(stage, "participating")
    agrees(stage, sam).taps("Toch nog niet")

    assert "Oké, nog niet." in sam.said
    assert phase(stage, number) == "participating"
    assert stage.reads(lambda conn: preferences.get(conn, number, "quieter")) is None
    assert not kinds(stage, number) & {"goodbye", "term_ended"}


def test_who_chose_to_be_quieter_before_stays_so(stage):
    sam, number = in_phase(stage, "participating")
    stage.writes(lambda conn: preferences.put(conn, number, "quieter", "yes", stage.now))
    agrees(stage, sam).taps("Toch nog niet")

    assert stage.reads(lambda conn: preferences.get(conn, number, "quieter")) == "yes"


def test_outflow_that_was_noted_by_hand_gets_its_goodbye_too(stage):
    sam, number = in_phase(stage, "participating")
    vera = page(stage).taps("Volgende stap", "uitstroom", "staat op eigen benen", "Vandaag", "Ja, noteren")
    assert "Er is nog geen dag voor het afscheid." in vera.said
    vera.taps("Afscheid voorstellen", "Over 4 weken", "Ja, afbouwen", "Zonder eigen woorden")
    stage.ticks()
    sam.taps("Lees", "Ja, dat past", "Nee, dank je")

    assert phase(stage, number) == "outflow"
    assert "goodbye" in kinds(stage, number)


def test_the_professional_withdraws_it(stage):
    sam, number = in_phase(stage, "participating")
    agrees(stage, sam)
    vera = page(stage).taps("Uitstroom voorstellen")
    assert "Sam zei ja. Het afscheid is op vrijdag 18 december." in vera.said
    vera.taps("Intrekken")

    assert phase(stage, number) == "participating"
    assert "goodbye" not in kinds(stage, number)


def test_an_old_proposal_that_was_withdrawn_is_answered_honestly(stage):
    sam, number = in_phase(stage, "participating")
    proposes(stage).taps("Intrekken")
    sam.taps("Lees")

    assert sam.said == "Dit voorstel is er niet meer. Alles blijft zoals het is. Praten kan altijd, via Menu."
    assert "zou op" not in sam.ever
    assert phase(stage, number) == "participating"


def test_an_answer_after_it_was_withdrawn_says_what_counts_now(stage):
    sam, number = in_phase(stage, "participating")
    vera = proposes(stage)
    sam.taps("Lees", "Ja, dat past")
    vera.taps("Intrekken")
    sam.taps("Ja, graag")

    assert sam.said == "Dit voorstel is er niet meer. Alles blijft zoals het is. Praten kan altijd, via Menu."
    assert phase(stage, number) == "participating"


def test_a_question_that_is_shown_again_after_it_was_withdrawn_names_no_empty_day(stage):
    sam, _ = in_phase(stage, "participating")
    vera = proposes(stage)
    sam.taps("Lees").types("/hulp")
    vera.taps("Intrekken")
    sam.taps("Terug")

    assert "Dat voorstel is er niet meer." in sam.said
    sam.taps("Nog niet")
    assert sam.said.startswith("Dit voorstel is er niet meer. Alles blijft zoals het is.")
    assert "zou op  zijn" not in sam.ever


def test_a_late_yes_reads_that_the_day_is_over_and_what_counts(stage):
    sam, number = in_phase(stage, "participating")
    proposes(stage)
    sam.taps("Lees")
    stage.passes("2026-12-18 09:00")
    sam.taps_data(sam.sees("Ja, dat past").button("Ja, dat past").data)
    sam.taps_data(sam.sees("Nee, dank je").button("Nee, dank je").data)

    assert "Eerst kiezen jullie een nieuwe dag. Tot dan blijft alles zoals het is." in sam.ever
    assert phase(stage, number) == "participating"


def test_the_goodbye_holds_plan_words_and_the_real_day(stage):
    sam, _ = in_phase(stage, "participating")
    agrees(stage, sam).taps("Mijn plan maken", "Ik blijf op mijn kamer", "Naar buiten gaan")
    sam.taps("Iemand thuis", "Ik lees mijn kaarten", "Klaar voor nu", "Nee")
    stage.passes("2026-12-18 18:00")
    sam.taps("Lees")

    assert "Ik blijf op mijn kamer" in "\n".join(sam.texts[-3:])
    assert f"Vera schrijft:\n\n{WORDS}" in "\n".join(sam.texts[-3:])
    assert (
        "Dit is voorlopig mijn laatste bericht. Jij en Vera hebben samen besloten dat je verder kunt."
        in sam.said
    )
    assert "Op vrijdag 1 januari wis ik wat ik van je heb." in sam.said
    assert "Dag Sam." in sam.said
    sam.taps("Mijn plan op papier")
    assert any(one.text.startswith("Print dit blad") for one in sam.shown)


def test_after_the_goodbye_nothing_comes_any_more_and_the_place_is_free(stage):
    sam, number = says_goodbye(stage)
    group = stage.reads(lambda conn: people.load(conn, number)).group_id
    assert phase(stage, number) == "aftercare"
    assert stage.reads(lambda conn: admissions.taken_places(conn, group)) == 0
    sam.taps("Lees", "Dag")
    said = len(sam.texts)
    stage.passes("2026-12-24 12:00")

    assert sam.texts[said:] == []
    assert not kinds(stage, number) & {"meeting_48h", "meeting_3h", "two_weekly"}


def test_without_aftercare_it_is_announced_and_erased_after_two_weeks(stage):
    sam, number = says_goodbye(stage)
    sam.taps("Lees", "Dag")
    stage.passes("2026-12-25 18:00")
    sam.taps("Lees")
    assert "Op vrijdag 1 januari wis ik wat ik van je heb." in sam.said
    sam.taps("Nee, het is goed")
    stage.passes("2027-01-01 09:00")
    assert stage.reads(lambda conn: people.find(conn, number)) is not None
    stage.passes("2027-01-01 12:00")

    assert stage.reads(lambda conn: people.find(conn, number)) is None
    assert "Alles is gewist." in sam.texts[-1]
    counted = stage.reads(lambda conn: phase_tallies.counted(conn, date(2026, 11, 1), date(2027, 1, 31)))
    assert counted["erased", "term_ended"] == 1
    assert counted["outflow", "self_reliant"] == 1


def test_who_wants_back_is_not_erased_and_a_person_hears_it(stage):
    sam, number = says_goodbye(stage)
    sam.taps("Lees", "Ik wil terug")
    assert "Ik wis nu nog niets." in sam.said
    stage.passes("2027-01-04 12:00")

    assert stage.reads(lambda conn: people.find(conn, number)) is not None
    page(stage).taps("Volgende stap", "deelname", "komt terug", "Vandaag", "Ja, noteren")
    stage.passes(timedelta(weeks=8))
    assert stage.reads(lambda conn: people.find(conn, number)) is not None


def test_aftercare_asks_at_three_months_and_the_answer_is_read(stage):
    sam, number = says_goodbye(stage, "Ja, graag")
    assert phase(stage, number) == "aftercare"
    sam.taps("Lees")
    assert "Na 3 en na 6 maanden vraag ik hoe het gaat." in sam.said
    assert "Op vrijdag 2 juli wis ik wat ik van je heb." in sam.said
    sam.taps("Dag")
    stage.passes("2027-03-18 18:00")
    sam.taps("Lees", "Niet zo goed")

    assert "113" in sam.said
    assert {one.kind for one in stage.reads(lambda conn: due.waiting_of(conn, number))} >= {"aftercare"}
    assert stage.reads(lambda conn: journal.has_since(conn, number, "aftercare_hard", at("2027-03-18 12:00")))


def test_who_takes_no_part_is_not_proposed_to(stage):
    in_phase(stage, "screening")

    assert "Uitstroom voorstellen" not in page(stage).last.labels


def test_a_second_proposal_while_one_runs_shows_the_first(stage):
    _, number = in_phase(stage, "participating")
    proposes(stage)
    vera = page(stage).taps("Uitstroom voorstellen")

    assert "Sam heeft nog niet geantwoord." in vera.said
    assert stage.reads(lambda conn: outflows.of_youth(conn, number)).state == "proposed"
    assert stage.reads(lambda conn: phases.phase_of(conn, number)) == "participating"
