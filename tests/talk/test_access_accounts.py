"""Another phone, a lost phone, a forgotten code, and ninety days of silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import people
from bot.storage.replies import HELD_FOR
from bot.storage.schema_flow import outbox
from bot.storage.schema_people import account, audit
from tests.talk import kept
from tests.talk.journeys import HAPPENED, chapter, gives, has_plan, has_sent, opens_youngsters, reads
from tests.talk.stage import CODE


def link_of(phone):
    """The token of the link that stands on a phone."""
    text = next(one.text for one in reversed(phone.shown) if "?start=" in one.text)
    return text.split("?start=")[1].split()[0]


def new_link(stage, name="Sam", by="Vera"):
    """The professional opens the youngster and makes a link to another phone."""
    opens_youngsters(stage.of(by), name).taps("Telefoon of account", "Nieuwe telefoon of account")
    return link_of(stage.of(by))


def is_lost(stage, name="Sam", by="Vera"):
    """The professional stops the account of a youngster."""
    return opens_youngsters(stage.of(by), name).taps("Telefoon of account", "Kwijt of gestolen")


def colleague(stage, name="Vera"):
    """The coordinator opens a colleague."""
    noor = stage.of("Noor").types("Menu").taps("Collega's")
    if "Tik je code" in noor.said:
        noor.taps_code()
    return noor.taps(name)


def said_to(stage, phone):
    """What waits for an account."""
    query = (
        select(outbox.c.id)
        .join(account, account.c.id == outbox.c.account_id)
        .where(account.c.person_id.is_(None), outbox.c.state == "ready")
    )
    return stage.reads(lambda conn: conn.execute(query).scalars().all())


def audited(stage, action):
    query = select(audit.c.subject_id, audit.c.outcome).where(audit.c.action == action)
    return stage.reads(lambda conn: [tuple(row) for row in conn.execute(query.order_by(audit.c.id))])


# Another phone


def test_a_new_link_ends_the_old_account_when_it_is_opened_and_not_before(stage):
    old = has_plan(stage)
    token = new_link(stage)
    old.types("Menu")
    assert "Mijn stap" in old.last.labels

    new = stage.phone("Sam").opens(token)
    assert "Deze chat is nu gekoppeld." in new.said
    assert new.keyboard == ["Hulp nu", "Menu"]

    old.types("Menu")
    assert "Hier kom je binnen met een uitnodiging." in old.said
    assert "Mijn stap" in new.types("Menu").last.labels


def test_nothing_of_before_stands_in_the_new_chat(stage):
    has_sent(stage)
    new = stage.phone("Sam").opens(new_link(stage))

    assert len(new.shown) == 2  # the card with 112 and 113, and that this chat is connected
    assert HAPPENED not in new.ever
    assert "Sam" not in new.ever


def test_old_buttons_do_nothing_once_the_account_is_another(stage):
    old = has_plan(stage).types("Menu")
    data = [button.data for row in old.last.message.rows for button in row]
    stage.phone("Sam").opens(new_link(stage))
    before = stage.reads(kept.rows)

    for one in data:
        if not one.startswith("g."):
            old.taps_data(one)
            assert old.toast == "Deze knop werkt hier niet."

    assert kept.changed(before, stage.reads(kept.rows)) == {}


def test_what_is_sent_from_then_on_comes_to_the_new_phone_only(stage):
    old = has_plan(stage)
    new = stage.phone("Sam").opens(new_link(stage))
    count = len(old.ever)

    stage.passes("2026-11-21 16:30")

    assert "Het hoeft niet goed te gaan. Kijk wat er gebeurt." in new.ever
    assert len(old.ever) == count


def test_a_dialog_that_was_open_goes_on_in_the_new_chat_and_edits_nothing_in_the_old_one(stage):
    stage.youth_begins()
    gives(stage).taps("Ja, die wil ik")
    token = new_link(stage)
    new = stage.phone("Sam").opens(token).types("Menu").taps("Verder waar ik was")

    new.taps(new.last.labels[0])

    assert stage.reads(lambda conn: kept.rows(conn))["attempt"] == 0
    assert new.last.labels


def test_the_professional_sees_that_the_link_was_used(stage):
    stage.youth_begins()
    stage.phone("Sam").opens(new_link(stage))
    stage.passes("2026-11-23 10:00")

    news = stage.of("Vera").taps("Lees").texts

    assert any(text.startswith("Sam heeft een nieuwe chat gekoppeld.") for text in news)


def test_whoever_opens_the_link_twice_is_told_it_does_not_work(stage):
    stage.youth_begins()
    token = new_link(stage)
    stage.phone("Sam").opens(token)

    assert "werkt niet" in stage.phone("Dief").opens(token).said


def test_a_link_nobody_opens_changes_nothing(stage):
    old = has_plan(stage)
    new_link(stage)
    stage.passes(timedelta(days=8))

    assert "Menu" in old.keyboard
    assert "Wil je meedoen?" not in old.ever


# A lost phone


def test_a_stolen_phone_is_stopped_in_one_tap(stage):
    old = has_plan(stage)
    vera = is_lost(stage)
    assert vera.said.startswith("Gestopt. Het oude account van Sam krijgt niets meer.")
    old.types("Menu")
    assert "Hier kom je binnen met een uitnodiging." in old.said

    stage.passes("2026-11-22 12:00")

    assert "Het hoeft niet goed te gaan" not in old.ever


def test_what_stood_on_the_stolen_phone_lately_is_taken_away(stage):
    old = has_plan(stage)
    assert any("Een groet per dag" in text for text in old.texts)

    is_lost(stage)

    assert old.texts == []


def test_a_lost_phone_gets_a_new_link_at_once_and_everything_goes_on(stage):
    has_plan(stage)
    vera = is_lost(stage).taps("Nieuwe link maken")

    new = stage.phone("Sam").opens(link_of(vera))
    stage.passes("2026-11-21 16:00")

    assert "Het hoeft niet goed te gaan" in new.ever


def test_queued_messages_for_a_stopped_account_are_cancelled(stage):
    has_plan(stage)
    stage.passes("2026-11-21 02:00")
    opens_youngsters(stage.of("Vera"))
    is_lost(stage)

    query = select(outbox.c.state).where(outbox.c.error == "account_gone")
    assert said_to(stage, "Sam") == []
    assert set(stage.reads(lambda conn: conn.execute(query).scalars().all())) <= {"cancelled"}


def test_the_old_account_is_forgotten_like_any_strangers(stage):
    has_plan(stage)
    sam = stage.id_of(stage.of("Sam"))
    is_lost(stage)
    stage.passes(timedelta(days=2))

    query = select(account.c.id).where(account.c.person_id.is_(None))
    assert stage.reads(lambda conn: people.account_of(conn, sam)) is None
    assert stage.reads(lambda conn: conn.execute(query).all()) == []


def test_somebody_who_lost_a_phone_detaches_the_chat_from_another_device(stage):
    sam = has_plan(stage).types("/telefoon")
    assert "Een nieuwe link krijg je van Vera." in sam.said

    sam.taps("Nu loskoppelen")

    assert sam.texts == [sam.said]
    assert sam.said.startswith("Losgekoppeld.")
    assert "113" in sam.said
    assert stage.reads(lambda conn: people.youngsters_of(conn, stage.programme.staff["Vera"])) != []
    stage.passes("2026-11-23 10:00")
    assert "De chat met Sam is losgekoppeld." in stage.of("Vera").taps("Lees").ever


def test_who_changes_their_mind_keeps_the_chat(stage):
    sam = has_plan(stage).types("/telefoon").taps("Nee, niets doen")

    assert sam.said == "Oké. Alles blijft zoals het was."
    assert "Mijn stap" in sam.types("Menu").last.labels


def test_a_colleague_of_another_group_can_stop_nobody(stage):
    stage.youth_begins()
    vera = opens_youngsters(stage.of("Vera")).taps("Telefoon of account")
    sam = stage.id_of(stage.of("Sam"))
    stage.writes(lambda conn: people.assign(conn, sam, stage.programme.staff["Tom"], "main", stage.now))
    stage.writes(lambda conn: people.assign(conn, sam, stage.programme.staff["Bas"], "backup", stage.now))

    vera.taps("Kwijt of gestolen")

    assert vera.said.startswith("Dat lukt niet.")
    assert audited(stage, "revoke_account") == [(sam, "refused")]
    assert stage.reads(lambda conn: people.account_of(conn, sam)) is not None


def test_a_card_that_stood_open_stops_nobody_without_the_code(stage):
    stage.youth_begins()
    vera = opens_youngsters(stage.of("Vera")).taps("Telefoon of account")
    stage.passes(timedelta(minutes=16))

    vera.taps("Kwijt of gestolen")

    assert vera.said.startswith("Je code is verlopen.")


# Staff


def test_the_coordinator_stops_a_stolen_phone_of_a_colleague(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    old = stage.of("Vera")
    assert HAPPENED in reads(old)

    noor = colleague(stage).taps("Telefoon kwijt of gestolen")

    assert noor.said.startswith("Gestopt. Het oude account van Vera krijgt niets meer.")
    assert not any(HAPPENED in text for text in old.texts)
    old.types("/jongeren")
    assert "Hier kom je binnen met een uitnodiging." in old.said


def test_the_coordinator_gives_a_colleague_a_link_to_a_new_phone_and_hears_that_it_was_used(stage):
    has_sent(stage)
    noor = colleague(stage).taps("Nieuwe telefoon of account")
    old, token = stage.of("Vera"), link_of(noor)
    stage.phones[old.account].name = "Oude Vera"

    new = stage.phone("Vera").opens(token)
    new.taps("Verder", "Verder", "Verder")
    stage.passes("2026-11-23 10:00")

    assert "Sam" in new.types("/jongeren").taps_code(CODE).last.labels
    assert "Vera heeft een nieuw account gekoppeld." in noor.taps("Lees").ever
    assert "Er staat iets nieuws voor je klaar" not in old.ever


def test_the_coordinator_erases_a_forgotten_code_and_the_colleague_chooses_another(stage):
    stage.youth_begins()
    noor = colleague(stage).taps("Code vergeten")
    assert noor.said.startswith("De code van Vera is gewist.")
    vera = stage.of("Vera")
    assert vera.said == "Er is nieuws over een account."

    vera.types("/jongeren")
    assert vera.said.startswith("Je code is gewist. Kies een nieuwe code van zes cijfers.")
    vera.taps_code("161803").taps_code("161803")

    assert "Sam" in vera.types("/jongeren").last.labels
    stage.passes(timedelta(minutes=16))
    vera.types("/jongeren").taps_code(CODE)
    assert "Die code klopt niet." in vera.said
    assert "Sam" in vera.taps_code("161803").last.labels
    assert "Noor heeft je code gewist." in vera.taps("Lees").ever
    assert audited(stage, "reset_code") == [(stage.programme.staff["Vera"], "allowed")]


def test_the_old_code_opens_nothing_after_it_was_erased(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    waiting = vera.sees("Lees").button("Lees").data
    colleague(stage).taps("Code vergeten")

    vera.taps_data(waiting)

    assert vera.said.startswith("Je code is gewist.")
    assert HAPPENED not in vera.ever


def test_a_reset_while_the_code_is_locked_lets_a_new_one_be_chosen(stage):
    stage.youth_begins()
    vera = stage.of("Vera").types("Menu").taps("Mijn jongeren")
    for _ in range(5):
        vera.taps_code("000000")
    colleague(stage).taps("Code vergeten")

    vera.types("Menu").taps_code("161803").taps_code("161803")

    assert "Sam" in vera.types("/jongeren").last.labels


def test_without_a_code_an_alert_is_still_taken(stage):
    sam = stage.youth_begins()
    colleague(stage).taps("Code vergeten")
    sam.types("ik wil dood").taps("Ja, nu")
    vera = stage.of("Vera")

    vera.taps("Kijk nu")

    assert "Je code is gewist" not in vera.said


def test_without_a_code_help_still_works(stage):
    colleague(stage).taps("Code vergeten")

    assert "112" in stage.of("Vera").types("/hulp").said


def test_the_coordinator_cannot_erase_their_own_code_or_see_themself(stage):
    noor = stage.of("Noor").types("Menu").taps("Collega's").taps_code()

    assert "Noor" not in noor.last.labels
    assert "Vera" in noor.last.labels


def test_only_the_coordinator_has_colleagues(stage):
    assert "Collega's" not in stage.of("Vera").types("Menu").last.labels
    assert "Collega's" not in stage.of("Joost").types("Menu").last.labels


def test_a_handle_of_the_coordinator_opens_no_colleague_for_another(stage):
    noor = stage.of("Noor").types("Menu").taps("Collega's").taps_code()
    handle = noor.last.button("Tom").data.rpartition(".")[2]
    stage.youth_begins()
    vera = stage.of("Vera").types("/jongeren").taps_code()
    place = vera.last.button("Sam").data.rpartition(".")[0]

    vera.taps_data(f"{place}.{handle}")

    assert vera.toast == "Deze knop hoort bij een eerdere vraag."
    assert audited(stage, "reset_code") == []


# After ninety days


QUESTION = "Een korte vraag: is dit nog jouw account voor Join Us?"


@chapter
def silent(stage):
    """A youngster who says nothing for a long time."""
    sam = stage.youth_begins()
    stage.passes(timedelta(days=91))
    return sam


def test_after_ninety_days_of_silence_one_neutral_question_comes(stage):
    sam = silent(stage)

    assert sam.said.startswith(QUESTION)
    assert "Sam" not in sam.said
    assert sam.last.labels[:2] == ["Ja, dit ben ik nog", "Nee, ik ben iemand anders"]
    count = len(sam.shown)
    stage.passes(timedelta(days=30))
    assert len(sam.shown) == count


def test_a_day_before_nothing_is_asked(stage):
    sam = stage.youth_begins()
    stage.passes(timedelta(days=88))

    assert QUESTION not in sam.ever


@pytest.mark.parametrize("typed", ["Menu", "hoi", "/menu", "/start"])
def test_until_the_answer_nothing_personal_is_shown(stage, typed):
    sam = silent(stage)
    count = len(sam.shown)

    sam.types(typed)

    assert sam.since(count).startswith(QUESTION)
    assert "Wat wil je doen?" not in sam.since(count)


def test_old_buttons_lead_to_the_question(stage):
    sam = has_plan(stage).types("Menu")
    data = sam.last.button("Mijn stap").data
    stage.passes(timedelta(days=91))
    count = len(sam.shown)

    sam.taps_data(data)

    assert sam.since(count).startswith(QUESTION)


def test_help_works_in_an_account_we_ask_about(stage):
    sam = silent(stage)

    assert "112" in sam.types("/hulp").said
    assert "112" in sam.types("Hulp nu").said


def test_danger_is_seen_in_an_account_we_ask_about(stage):
    sam = silent(stage)
    count = len(sam.shown)

    sam.types("ik wil dood")

    assert "113" in sam.since(count)


def test_yes_brings_everything_back(stage):
    sam = silent(stage).taps("Ja, dit ben ik nog")
    assert sam.said.startswith("Dank je. Alles werkt weer.")

    assert "Ik wil iemand spreken" in sam.types("Menu").last.labels


def test_an_answer_that_waited_comes_after_the_yes(stage):
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    vera = stage.of("Vera")
    reads(vera)
    sam = stage.of("Sam")
    vera.taps("Antwoord").types("Dinsdag praten we verder.")
    stage.passes(HELD_FOR)
    stage.passes(timedelta(days=95))
    assert sam.said.startswith(QUESTION)

    sam.taps("Ja, dit ben ik nog")

    assert sam.said == "Er is een antwoord voor je."
    assert "Dinsdag praten we verder." in sam.taps("Lees").said


def test_no_ends_the_tie_and_tells_the_professional(stage):
    sam = silent(stage).taps("Nee, ik ben iemand anders")
    assert sam.said.startswith("Dank je. Ik stuur hier niets meer.")
    assert "113" in sam.said

    stage.passes(timedelta(days=4))

    assert "De chat met Sam is losgekoppeld." in stage.of("Vera").ever or stage.of("Vera").has("Lees")
    sam.types("hoi")
    assert "Hier kom je binnen met een uitnodiging." in sam.said


def test_staff_who_are_silent_are_asked_as_well_and_get_no_list_until_they_answer(stage):
    stage.youth_begins()
    stage.passes(timedelta(days=92))
    tom = stage.of("Tom")
    assert tom.said.startswith(QUESTION)

    tom.types("/jongeren")
    assert tom.said.startswith(QUESTION)
    tom.taps("Ja, dit ben ik nog").types("/jongeren")

    assert QUESTION not in tom.said


def test_whoever_comes_back_after_the_bot_was_away_is_asked_before_anything_else(stage):
    sam = stage.youth_begins()
    stage.now += timedelta(days=91)  # nothing ticked meanwhile

    sam.types("Menu")

    assert sam.said.startswith(QUESTION)
