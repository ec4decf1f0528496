"""Emergency card, halt, roster and absence: what staff arrange for the worst day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.conversation import talk
from bot.message import Message
from bot.storage import cards, due, duty, halts, people
from bot.storage.audit import broken_at
from bot.storage.replies import HELD_FOR
from dialogs.text import Span
from tests.talk import alarm, kept
from tests.talk.alarm import called, decides, latest, raises, reloads, sent_to, staff_id, takes
from tests.talk.journeys import has_plan, has_sent, opens_youngsters

HOUR = timedelta(hours=1)


@pytest.fixture
def sam(stage):
    return stage.youth_begins()


def fills(stage, phone="0612345678", contact="Ans", relation="Ouder"):
    """Vera fills in Sam's emergency card."""
    vera = opens_youngsters(stage.of("Vera")).taps("Noodkaart invullen", "Invullen", "Een naam en een nummer")
    vera.types(contact).taps(relation)
    return vera.types(phone)


def opened(stage, sam):
    raises(stage, sam)
    vera = takes(stage.of("Vera")).taps("Noodkaart", "Ik krijg geen contact")
    return vera.taps_code() if "Tik je code" in vera.said else vera


def news(phone):
    """What the oldest neutral piece of news says when it is opened."""
    shown = next(one for one in phone.shown if one.text == "Er is nieuws over een van je jongeren.")
    phone.taps_data(shown.button("Lees").data)
    return shown.text


def halted(stage, reason="Opgenomen"):
    return opens_youngsters(stage.of("Vera")).taps("Stilzetten", reason)


# The emergency card


def test_a_card_is_filled_in_by_a_dialog_and_kept_sealed(stage, sam):
    vera = fills(stage)

    assert vera.said.startswith("De noodkaart is bewaard.")
    number = stage.id_of(sam)
    assert stage.reads(lambda conn: cards.has(conn, number))
    assert {
        place.split(".")[0] for place in stage.reads(lambda conn: kept.places_of(conn, "0612345678"))
    } == {"emergency_card"}
    assert not kept.file_holds(stage.path, "0612345678")


@pytest.mark.parametrize("wrong", ["bel maar", "112", "06123", "+31", "12345678901"])
def test_a_phone_is_a_phone(stage, sam, wrong):
    vera = fills(stage, phone=wrong)
    assert vera.said.startswith("Dat lijkt geen telefoonnummer.")
    assert not stage.reads(lambda conn: cards.has(conn, stage.id_of(sam)))

    assert vera.types("+31 6 1234 5678").said.startswith("De noodkaart is bewaard.")
    assert str(stage.reads(lambda conn: cards.load(conn, stage.id_of(sam))).phone) == "+31612345678"


def test_a_card_may_say_where_the_organisation_keeps_it(stage, sam):
    vera = opens_youngsters(stage.of("Vera")).taps("Noodkaart invullen", "Invullen", "Waar dat al staat")
    vera.types("In het dossier, bij Noor")

    assert "In het dossier, bij Noor" in opened(stage, sam).said


def test_it_opens_on_an_alert_with_a_reason_after_the_code_and_the_youngster_is_told(stage, sam, tmp_path):
    fills(stage)
    stage.passes(timedelta(minutes=20))
    vera = opened(stage, sam)

    assert "Bel Ans (Ouder): 0612345678" in vera.said
    views = stage.reads(lambda conn: cards.views_of(conn, stage.id_of(sam)))
    assert [(one.viewer_id, one.reason) for one in views] == [(staff_id(stage, "Vera"), "no_contact")]
    reloads(stage, tmp_path)
    assert "noodkaart" not in sam.ever
    stage.passes("2026-11-23 09:05")
    assert sam.said == "Er is een bericht voor je."
    sam.taps("Lees")
    assert "Vera heeft je noodkaart bekeken." in sam.said
    assert "vrijdag 20 november, 12:20" in sam.said
    assert "er was geen contact met jou" in sam.said
    stage.passes(25 * HOUR)
    assert "0612345678" not in "\n".join(vera.texts)


def test_without_an_alert_nobody_opens_a_card_and_after_handling_neither(stage, sam):
    fills(stage)
    assert "0612345678" not in opens_youngsters(stage.of("Vera")).said
    vera = opened(stage, sam)
    reason = vera.taps("Terug", "Noodkaart").last.button("Er is gevaar").data
    vera.taps("Terug", "Afgehandeld", "Gesproken")

    vera.taps_data(reason)

    assert "0612345678" not in vera.said
    assert len(stage.reads(lambda conn: cards.views_of(conn, stage.id_of(sam)))) == 1


def test_a_card_that_is_missing_is_asked_for(stage):
    vera = stage.of("Vera").types("Menu").taps("Jongere uitnodigen").types("Lou")
    vera.taps("2004", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")
    assert "Vul ook de noodkaart in." in vera.last.text
    stage.passes("2026-11-23 09:05")

    assert vera.said == "Er mist nog iets voor de slechtste dag: een noodkaart."
    vera.taps("Invullen").taps_code().taps("Waar dat al staat").types("Kast 3 bij Noor")
    stage.passes("2026-12-04 12:00")
    assert vera.ever.count("Er mist nog iets voor de slechtste dag") == 1


def test_of_several_cards_that_are_missing_one_is_asked_for_a_day(stage):
    vera = stage.of("Vera")
    for name in ("Lou", "Pim", "Fay"):
        vera.types("Menu").taps("Jongere uitnodigen").types(name)
        vera.taps("2004", "maart", "Vaardigheden", "Nee, alleen dit", "Klopt")

    counted = []
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        stage.passes(f"{day} 09:05")
        counted.append(vera.ever.count("Er mist nog iets voor de slechtste dag"))

    assert counted == [1, 2, 3]


# Stilzetten


def test_everything_stops_at_once_and_colleagues_hear_of_it(stage, tmp_path):
    sam = has_plan(stage)
    number = stage.id_of(sam)
    vera = halted(stage)
    assert "Alles voor Sam staat stil." in vera.said
    count = len(sam.shown)
    reloads(stage, tmp_path)

    stage.passes("2026-12-10 12:00")

    assert len(sam.shown) == count
    assert stage.reads(lambda conn: halts.running(conn, number)).reason == "admitted"
    for name in ("Tom", "Noor"):
        assert "Sam is opgenomen. Alles staat stil." in news(stage.of(name))
    assert stage.reads(broken_at) is None


def test_what_begins_after_the_halt_does_not_reach_the_youngster_either(stage):
    sam = has_sent(stage)
    vera = halted(stage)
    count = len(sam.shown)
    opens_youngsters(vera).taps("Lezen en antwoorden", "Lees")
    if "Tik je code" in vera.said:
        vera.taps_code()
    vera.taps("Antwoord")
    assert vera.said.startswith("Sam is stilgezet. Er gaat nu niets heen.")
    vera.types("Dank je, Sam")
    stage.passes(HELD_FOR)
    number = stage.id_of(sam)

    def speaks(turn):
        one = people.load(turn.conn, number)
        turn.tell(one, Message((Span("Hallo"),)))
        talk.begin(turn, one, "menu")
        due.plan(turn.conn, number, "limits_again", "1", turn.now, None, {}, turn.now)

    alarm.turn_of(stage, speaks)
    stage.passes("2026-11-24 12:00")

    assert len(sam.shown) == count


def test_somebody_who_died_is_named_plainly_and_never_counted_as_missing(stage):
    has_sent(stage)
    vera = halted(stage, "Overleden")
    assert "Schrijft Sam zelf" not in vera.said
    shown = len(vera.shown)

    stage.passes("2026-12-03 12:00")

    later = vera.since(shown)
    assert not any(word in later for word in ("stil, dat mag", "herinnering", "nog geen antwoord"))
    assert "Sam is overleden." in news(stage.of("Tom"))
    assert "overleden" in opens_youngsters(vera).said
    vera.types("/bijeenkomst")
    if "Tik je code" in vera.said:
        vera.taps_code()
    assert "Sam" not in vera.said


def test_who_writes_when_halted_gets_help_and_a_person(stage, sam):
    halted(stage)
    count = len(sam.shown)

    sam.types("hallo daar")

    assert "Dit gesprek staat stil." in sam.said
    assert "112" in sam.said
    assert len(sam.shown) == count + 1
    assert (latest(stage).kind, latest(stage).level) == ("halted_wrote", "p2")
    assert called(stage.of("Vera")) == 1
    assert stage.reads(lambda conn: kept.places_of(conn, "hallo daar")) == set()
    sam.types("nog eens").types("Menu")
    assert called(stage.of("Vera")) == 1


def test_danger_and_help_still_answer_when_halted(stage, sam):
    halted(stage)

    assert "113" in sam.types("/hulp").said
    sam.types("ik wil dood")
    assert "112" in sam.since(0)


def test_an_open_alert_stays_open_and_goes_on(stage, sam, tmp_path):
    raises(stage, sam)
    halted(stage)
    reloads(stage, tmp_path)
    stage.passes(timedelta(minutes=6))

    assert latest(stage).state == "sent"
    assert sent_to(stage) == ["Vera", "Tom"]


def test_lifted_again_what_lies_ahead_comes_and_what_passed_does_not(stage):
    sam = has_plan(stage)
    stage.passes("2026-11-21 12:00")
    halted(stage)
    stage.passes("2026-11-22 12:00")
    assert "Het hoeft niet goed te gaan" not in sam.ever
    count = len(sam.shown)

    vera = opens_youngsters(stage.of("Vera")).taps("Weer aanzetten", "Weer aanzetten")
    assert "Sam krijgt weer gewone berichten." in vera.said
    assert len(sam.shown) == count

    stage.passes("2026-11-30 12:00")
    assert len(sam.shown) > count
    assert "Het hoeft niet goed te gaan" not in sam.ever
    sam.types("Menu")
    assert "Dit gesprek staat stil" not in sam.said


def test_a_coordinator_halts_and_lifts_from_the_menu(stage, sam):
    noor = stage.of("Noor").types("Menu").taps("Stilzetten").taps_code().taps("Sam", "Onveilig thuis")
    assert "Alles voor Sam staat stil." in noor.said
    stage.passes("2026-11-23 09:05")
    assert "Sam is thuis niet veilig." in stage.of("Vera").taps("Lees").ever

    noor.types("Menu").taps("Stilzetten").taps_code().taps("Sam", "Weer aanzetten")

    assert stage.reads(lambda conn: halts.running(conn, stage.id_of(sam))) is None


def test_another_professional_cannot_halt(stage, sam):
    vera = opens_youngsters(stage.of("Vera"))
    data = vera.last.button("Stilzetten").data

    assert stage.of("Amira").taps_data(data).toast == "Deze knop werkt hier niet."
    assert stage.reads(lambda conn: halts.running(conn, stage.id_of(sam))) is None


# The roster and absence


def test_the_coordinator_sees_the_decision_and_changes_the_roster(stage, sam):
    decides(stage, "roster")
    noor = stage.of("Noor").types("Menu").taps("Rooster").taps_code()
    assert "Buiten werktijd is iemand bereikbaar" in noor.said
    assert "Besluit: Noor, 2026-11-01" in noor.said
    assert "zaterdag 21 november: niemand" in noor.said

    noor.taps("Iemand toevoegen", "zaterdag 21 nov", "Bas")

    assert "zaterdag 21 november: Bas" in noor.said
    stage.passes("2026-11-22 08:59")
    assert str(alarm.would_get(stage, sam).holder.name) == "Bas"
    stage.passes("2026-11-22 09:00")
    assert alarm.would_get(stage, sam).when == "later"


def test_a_shift_is_taken_off_again(stage):
    decides(stage, "roster")
    noor = stage.of("Noor").types("Menu").taps("Rooster").taps_code()
    noor.taps("Iemand toevoegen", "zaterdag 21 nov", "Bas")

    noor.taps("Iemand weghalen", "zaterdag 21 november: Bas")

    assert "zaterdag 21 november: niemand" in noor.said
    assert "Iemand weghalen" not in noor.last.labels


def test_that_nothing_was_decided_is_said(stage):
    noor = stage.of("Noor").types("Menu").taps("Rooster").taps_code()

    assert "Dat besluit is nog niet vastgelegd." in noor.said


def test_a_professional_has_no_roster_to_change(stage):
    vera = stage.of("Vera").types("Menu")

    assert not {"Rooster", "Stilzetten"} & set(vera.last.labels)


def test_a_coordinator_notes_that_a_colleague_is_away_and_back(stage, sam):
    noor = stage.of("Noor").types("Menu").taps("Afwezig", "Vera", "Een week")
    assert "Vera is er niet: vrijdag 20 november tot en met vrijdag 27 november." in noor.said
    assert str(alarm.would_get(stage, sam).holder.name) == "Tom"

    noor.types("Menu").taps("Afwezig", "Vera", "Weer aanwezig")

    assert str(alarm.would_get(stage, sam).holder.name) == "Vera"


def test_whoever_is_away_is_back_by_themselves(stage, sam):
    stage.of("Vera").types("Menu").taps("Afwezig", "Alleen vandaag")
    assert str(alarm.would_get(stage, sam).holder.name) == "Tom"

    stage.passes("2026-11-23 09:00")

    assert str(alarm.would_get(stage, sam).holder.name) == "Vera"
    assert stage.reads(lambda conn: duty.absent_until(conn, staff_id(stage, "Vera"), stage.now)) is None
    assert stage.reads(lambda conn: people.load(conn, staff_id(stage, "Vera"))).state == "active"
