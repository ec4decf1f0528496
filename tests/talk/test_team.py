"""Who leads a group and who reads for whom: changed by the coordinator one at a time, and nobody is left alone."""

from datetime import timedelta

from sqlalchemy import insert, update

from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import admissions, halts, people, phases, sessions
from bot.storage import team as storage
from bot.storage.schema_people import assignment
from bot.storage.schema_programme import meeting_group, organisation
from tests.talk import journeys
from tests.talk.stage import CODE

TOLD = "Tom leest nu wat jij stuurt. Amira doet dat als Tom er niet is."


def team(stage, group="Join Us 18-25", by="Noor"):
    phone = stage.of(by).types("Menu").taps("Groepen en begeleiders")
    if "Tik je code" in phone.said:
        phone.taps_code(CODE)
    return phone.taps(group)


def adds(stage, name="Amira"):
    return team(stage).taps("Begeleider erbij", name)


def removes(stage, name="Vera"):
    return team(stage).taps("Begeleider eraf", name, "Ja, zo doen")


def readers(stage, number):
    staff = {number: name for name, number in stage.programme.staff.items()}
    found = stage.reads(lambda conn: people.looked_after_by(conn, number))
    return {kind: staff[one] for kind, one in found.items()}


def leaders(stage, group=OLDER):
    number = stage.programme.groups[group]
    return [str(one.name) for one in stage.reads(lambda conn: people.staff_of_group(conn, number))]


def test_the_page_names_leaders_and_who_reads_for_whom(stage):
    stage.youth_begins()
    noor = team(stage)

    assert "Vera: leest voor 1 jongere." in noor.said
    assert "Tom: leest voor 0 jongeren." in noor.said
    assert "Sam: Vera, en Tom als dat nodig is." in noor.said


def test_taking_somebody_off_who_would_leave_a_youngster_alone_is_refused_with_the_way_out(stage):
    number = stage.id_of(stage.youth_begins())
    noor = team(stage).taps("Begeleider eraf", "Vera")

    assert "Zonder Vera zijn er geen twee begeleiders meer voor Sam." in noor.said
    assert "Het kan met: Amira, Bas." in noor.said
    assert leaders(stage) == ["Vera", "Tom"]
    assert readers(stage, number) == {"main": "Vera", "backup": "Tom"}
    noor.taps("Begeleider erbij", "Amira", "Naar de groep", "Begeleider eraf", "Vera")
    assert "Sam: Tom, en Amira als dat nodig is." in noor.said


def test_somebody_is_replaced_one_at_a_time_and_the_youngster_hears_both_names(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    adds(stage)
    removes(stage)
    stage.ticks()

    assert readers(stage, number) == {"main": "Tom", "backup": "Amira"}
    assert leaders(stage) == ["Tom", "Amira"]
    assert sam.said == "Er is een bericht voor je."
    assert sam.taps("Lees").said == f"Vera begeleidt je groep niet meer. {TOLD}"
    assert "Je begeleidt Join Us 18-25 niet meer." in stage.of("Vera").said
    assert "Je leest nu voor 1 jongere van een collega." in stage.of("Tom").said
    assert "Sam" not in stage.of("Tom").said + stage.of("Vera").said


def test_what_waited_goes_along_and_old_buttons_open_nothing(stage):
    journeys.has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    old = journeys.waiting(vera)[-1].button("Lees").data
    journeys.opens_youngsters(vera)
    card = vera.sees("Waar in het programma").button("Waar in het programma").data
    adds(stage)
    removes(stage)
    stage.passes("2026-11-23 12:00")
    vera.taps_data(old)
    vera.taps_data(card)

    assert "Noor zei hoi terug" not in vera.ever
    assert "Er is nog niets genoteerd" not in vera.ever
    vera.types("Menu").taps("Mijn jongeren")
    assert not any("Sam" in one for one in vera.last.labels)
    assert "Noor zei hoi terug" in journeys.reads(stage.of("Tom"))


def test_no_dialog_about_a_youngster_stays_open_with_who_left(stage):
    number = stage.id_of(stage.youth_begins())
    journeys.opens_youngsters(stage.of("Vera"))
    adds(stage)
    removes(stage)
    vera = stage.programme.staff["Vera"]

    about = [one.state.subject.get("youth") for one in stage.reads(lambda conn: sessions.open_of(conn, vera))]
    assert number not in about


def test_it_is_taken_back_before_anybody_heard(stage):
    sam = stage.youth_begins()
    number, before = stage.id_of(sam), len(sam.texts)
    stage.passes("2026-11-20 23:30")
    adds(stage)
    removes(stage).taps("Terugdraaien")
    stage.passes("2026-11-21 12:00")

    assert readers(stage, number) == {"main": "Vera", "backup": "Tom"}
    assert leaders(stage) == ["Vera", "Tom", "Amira"]
    assert len(sam.texts) == before


def test_who_heard_of_it_hears_that_it_is_taken_back(stage):
    sam = stage.youth_begins()
    adds(stage)
    noor = removes(stage)
    stage.ticks()
    assert TOLD in sam.taps("Lees").said
    noor.taps("Terugdraaien")
    stage.ticks()

    assert sam.taps("Lees").said == "Vera leest nu wat jij stuurt. Tom doet dat als Vera er niet is."
    assert "Noor draaide een verandering bij Join Us 18-25 terug." in stage.of("Tom").said


def test_it_is_taken_back_from_the_page_when_the_message_is_gone(stage):
    number = stage.id_of(stage.youth_begins())
    adds(stage)
    removes(stage)
    stage.passes(timedelta(hours=20))
    noor = team(stage).taps("Laatste terugdraaien")
    assert "Vera begeleidt deze groep niet meer." in noor.said
    noor.taps("Ja, terugdraaien", "Naar de groep")

    assert readers(stage, number) == {"main": "Vera", "backup": "Tom"}
    assert leaders(stage) == ["Vera", "Tom", "Amira"]
    stage.passes(timedelta(hours=5))
    assert "Laatste terugdraaien" not in team(stage).last.labels


def test_after_a_day_it_cannot_be_taken_back(stage):
    number = stage.id_of(stage.youth_begins())
    adds(stage)
    noor = removes(stage)
    old = noor.sees("Terugdraaien").button("Terugdraaien").data
    stage.passes(timedelta(hours=25))
    noor.taps_data(old)

    assert readers(stage, number) == {"main": "Tom", "backup": "Amira"}


def test_what_was_changed_again_meanwhile_is_not_taken_back(stage):
    number = stage.id_of(stage.youth_begins())
    adds(stage)
    noor = removes(stage)
    old = noor.sees("Terugdraaien").button("Terugdraaien").data
    team(stage).taps("Wie leest voor wie", "Sam", "Wie eerst leest", "Amira")
    noor.taps_data(old)

    assert readers(stage, number) == {"main": "Amira", "backup": "Tom"}


def test_the_last_professional_stays(stage):
    team(stage, "Join Us 12-18").taps("Begeleider eraf", "Bas", "Ja, zo doen")
    noor = team(stage, "Join Us 12-18").taps("Begeleider eraf", "Amira")

    assert "Amira is de laatste begeleider van deze groep." in noor.said
    assert leaders(stage, YOUNGER) == ["Amira"]


def test_who_stands_in_for_a_youngster_is_chosen_and_taken_back(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    noor = adds(stage).taps("Naar de groep", "Wie leest voor wie", "Sam", "Wie invalt", "Amira")
    stage.ticks()

    assert "Sam: Vera, en Amira als dat nodig is." in noor.said
    assert "Amira doet dat als Vera er niet is." in sam.taps("Lees").said
    noor.taps("Terugdraaien")
    assert readers(stage, number) == {"main": "Vera", "backup": "Tom"}


def test_who_stood_in_and_reads_first_now_changes_places(stage):
    number = stage.id_of(stage.youth_begins())
    team(stage).taps("Wie leest voor wie", "Sam", "Wie eerst leest", "Tom")

    assert readers(stage, number) == {"main": "Tom", "backup": "Vera"}


def test_a_new_colleague_gets_a_link_and_no_youngster_before_they_began(stage):
    number = stage.id_of(stage.youth_begins())
    noor = team(stage).taps("Begeleider erbij", "Iemand die nieuw is").types("Anna")
    assert "De link voor Anna:" in noor.said
    token = noor.said.split("start=")[1].split()[0]
    noor.taps("Naar de groep")
    assert "Anna: nog niet begonnen." in noor.said
    noor.taps("Begeleider eraf", "Vera")
    assert "Zonder Vera zijn er geen twee begeleiders meer" in noor.said

    anna = stage.phone("Anna").opens(token)
    while "1" not in anna.last.labels:
        anna.taps(anna.last.labels[0])
    anna.taps_code(CODE).taps_code(CODE)
    team(stage).taps("Begeleider eraf", "Vera", "Ja, zo doen")
    found = stage.reads(lambda conn: people.looked_after_by(conn, number))
    assert found == {"main": stage.programme.staff["Tom"], "backup": stage.id_of(anna)}


def test_a_new_colleague_is_taken_back_with_the_link(stage):
    noor = team(stage).taps("Begeleider erbij", "Iemand die nieuw is").types("Anna")
    token = noor.said.split("start=")[1].split()[0]
    noor.taps("Terugdraaien")
    anna = stage.phone("Anna").opens(token)

    assert leaders(stage) == ["Vera", "Tom"]
    assert "1" not in anna.last.labels


def test_a_coordinator_of_another_organisation_sees_and_changes_nothing(stage):
    def elsewhere(conn):
        other = conn.execute(
            insert(organisation).values(key="elders", name="Elders").returning(organisation.c.id)
        ).scalar_one()
        conn.execute(
            update(meeting_group).where(meeting_group.c.key == YOUNGER).values(organisation_id=other)
        )
        people.change(conn, stage.programme.staff["Amira"], organisation_id=other)

    noor = adds(stage)
    old = noor.sees("Terugdraaien").button("Terugdraaien").data
    stage.writes(elsewhere)
    noor.types("Menu").taps("Groepen en begeleiders")
    assert noor.last.labels[:2] == ["Join Us 18-25", "Klaar"]
    noor.taps("Join Us 18-25", "Begeleider erbij")
    assert noor.last.labels == ["Bas", "Iemand die nieuw is", "Terug"]

    def moves_away(conn):
        people.change(conn, stage.programme.staff["Noor"], organisation_id=None)

    stage.writes(moves_away)
    noor.taps_data(old)
    assert leaders(stage) == ["Vera", "Tom", "Amira"]


def test_a_professional_has_no_such_page(stage):
    assert "Groepen en begeleiders" not in stage.of("Vera").types("Menu").last.labels


def test_nothing_goes_to_a_youngster_who_died(stage):
    sam = stage.youth_begins()
    number = stage.id_of(sam)
    stage.writes(lambda conn: halts.begin(conn, number, "died", stage.programme.staff["Vera"], stage.now))
    before = list(sam.texts)
    adds(stage)
    removes(stage)
    stage.passes("2026-11-24 12:00")

    assert sam.texts == before
    assert readers(stage, number) == {"main": "Tom", "backup": "Amira"}


def test_nobody_begins_with_one_reader_and_the_way_out_is_said(stage):
    number = stage.id_of(stage.youth_begins())
    tom = stage.programme.staff["Tom"]

    def alone(conn):
        today = stage.now.date()
        admissions.enter(conn, number, stage.programme.groups[OLDER], "screening", None, today, stage.now)
        conn.execute(update(assignment).where(assignment.c.professional_id == tom).values(until=stage.now))

    stage.writes(alone)
    vera = journeys.opens_youngsters(stage.of("Vera")).taps("Waar in het programma", "Volgende stap")
    vera.taps("oefenavond", "het past", "Vandaag", "Ja, noteren")
    assert "Sam heeft nog geen twee begeleiders." in vera.said
    assert stage.reads(lambda conn: phases.phase_of(conn, number)) == "screening"

    team(stage).taps("Wie leest voor wie", "Sam", "Wie invalt", "Tom")
    vera.taps("Terug", "Volgende stap", "oefenavond", "het past", "Vandaag", "Ja, noteren")
    assert stage.reads(lambda conn: phases.phase_of(conn, number)) == "trial"


def changes_reader(stage, to="Amira"):
    """Amira reads first for Sam in place of Vera; the page with *Terugdraaien*."""
    stage.youth_begins()
    adds(stage)
    return team(stage).taps("Wie leest voor wie", "Sam", "Wie eerst leest", to)


def test_nobody_becomes_a_reader_again_who_cannot_read_any_more(stage):
    noor = changes_reader(stage)
    number = stage.id_of(stage.of("Sam"))
    vera = stage.programme.staff["Vera"]

    def leaves_telegram(conn):
        account = people.account_of(conn, vera)
        assert account is not None
        people.set_account_state(conn, account.id, "dead")

    stage.writes(leaves_telegram)
    noor.taps("Terugdraaien")

    assert "De collega van eerst doet hier niet meer mee." in noor.said
    assert readers(stage, number) == {"main": "Amira", "backup": "Tom"}
    noor.taps("Naar de groep")
    assert "Sam: Amira, en Tom als dat nodig is." in noor.said


def test_nobody_becomes_a_reader_again_who_does_not_lead_the_group_any_more(stage):
    noor = changes_reader(stage)
    number = stage.id_of(stage.of("Sam"))
    old = noor.last.button("Terugdraaien").data
    vera = stage.programme.staff["Vera"]
    noors = stage.programme.staff["Noor"]
    group = stage.programme.groups[OLDER]

    def leaves(conn):
        storage.add(conn, group, "removed", vera, noors, stage.now)
        storage.leave(conn, group, vera)

    stage.writes(leaves)
    noor.taps_data(old)

    assert "De collega van eerst doet hier niet meer mee." in noor.said
    assert readers(stage, number) == {"main": "Amira", "backup": "Tom"}


def test_who_was_taken_off_and_uses_the_bot_no_more_does_not_come_back(stage):
    stage.youth_begins()
    number = stage.id_of(stage.of("Sam"))
    adds(stage)
    noor = removes(stage)
    vera = stage.programme.staff["Vera"]
    stage.writes(lambda conn: people.change(conn, vera, state="erased"))
    noor.taps("Terugdraaien")

    assert "De collega van eerst doet hier niet meer mee." in noor.said
    assert leaders(stage) == ["Tom", "Amira"]
    assert readers(stage, number) == {"main": "Tom", "backup": "Amira"}


def test_a_new_coordinator_reads_where_links_come_from_and_what_they_read(stage):
    values = {"role": "coordinator", "key": "loes", "organisation_id": 1}
    stage.programme.staff["Loes"] = stage.writes(lambda conn: people.add(conn, "Loes", stage.now, values))
    loes = stage.staff_begins("Loes")

    assert "of je maakt hem zelf: Menu, Groepen en begeleiders." in loes.ever
    assert "Jij leest alleen wat naar jou komt." in loes.ever


def test_who_reads_is_told_as_it_is_when_it_is_read(stage):
    sam = stage.youth_begins()
    adds(stage)
    noor = removes(stage)
    stage.ticks()
    noor.taps("Terugdraaien")
    stage.ticks()
    first = next(one for one in sam.shown if "Lees" in one.labels)
    sam.taps_data(first.button("Lees").data)

    assert "Vera leest nu wat jij stuurt. Tom doet dat als Vera er niet is." in sam.ever
    assert TOLD not in sam.ever
