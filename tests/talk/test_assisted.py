"""A youngster without an account: made, signed for, noted together, with rights, until an account of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.rehearsal.programme import OLDER, YOUNGER
from bot.storage import alerts, challenges, consents, items, people, phases
from bot.storage.people import ASSISTED
from tests.talk.alarm import takes
from tests.talk.kept import places_of
from tests.talk.stage import CODE
from tests.talk.test_rights_guardian import code_of
from tests.talk.test_waiting_list import holds

KIM = ("2012", "maart", "Vaardigheden", "Nee, alleen dit")
SAM = ("2004", "maart", "Vaardigheden", "Nee, alleen dit")
STEP = "Zeg hoi tegen een bekende"


def with_code(professional):
    return professional.taps_code(CODE) if "Tik je code" in professional.said else professional


def begins(professional, name, *answers):
    professional.types("Menu").taps("Jongere uitnodigen").types(name)
    return professional.taps(*answers)


def makes(stage, name="Sam", by="Vera", answers=SAM, phase="Doet al mee"):
    """Made in the chat without an account; their number."""
    begins(stage.of(by), name, *answers).taps("Zonder Telegram", phase)
    return next(one.id for one in stage.reads(lambda conn: people.named(conn, name)))


def opens(professional, name="Sam"):
    professional.types("/samen")
    return with_code(professional).taps(name)


def read(professional, shown):
    """Open a neutral message."""
    professional.taps_data(shown.button("Lees").data)
    if any("Tik je code" in one.text for one in professional.shown[-3:]):
        professional.taps_code(CODE)
    return professional


def document(professional):
    return next(one.message.document for one in reversed(professional.shown) if one.message.document)


def signs(stage, name="Sam", by="Vera"):
    """From 16 on the youngster signs on paper."""
    opens(stage.of(by), name).taps("Brief om te tekenen", "Brief maken")
    code = code_of(document(stage.of(by)))
    stage.of(by).taps("Getekend: code intikken").taps_code(code)
    return stage.of(by).taps("Verder")


def takes_part(stage, name="Sam", by="Vera", **more):
    """Made and signed for, with a challenge."""
    number = makes(stage, name, by, **more)
    signs(stage, name, by)
    stage.of(by).taps("Uitdaging geven", "Een groet per dag")
    return number


def state(stage, number):
    return stage.reads(lambda conn: people.load(conn, number)).state


def noted(stage, number):
    return stage.reads(lambda conn: challenges.reported(conn, number))


@pytest.fixture
def vera(stage):
    return stage.of("Vera")


# Made


def test_somebody_without_telegram_is_made_in_the_chat(stage, vera):
    number = makes(stage)

    assert "Sam staat erin, zonder account." in vera.said
    assert state(stage, number) == ASSISTED
    assert stage.reads(lambda conn: phases.phase_of(conn, number)) == "participating"
    assert stage.reads(lambda conn: set(people.looked_after_by(conn, number))) == {"main", "backup"}
    assert stage.reads(lambda conn: people.account_of(conn, number)) is None


def test_who_is_too_young_for_telegram_is_offered_it_before_a_link_is_made(stage):
    amira = stage.of("Amira")
    begins(amira, "Kim", *KIM).taps("Klopt")
    assert "Telegram laat dat niet toe." in amira.said
    amira.taps("Samen noteren")

    assert "Kim staat erin, zonder account." in amira.said
    (kim,) = stage.reads(lambda conn: people.named(conn, "Kim"))
    assert kim.state == ASSISTED


def test_the_link_for_who_is_too_young_is_still_shown_at_once(stage):
    amira = stage.of("Amira")
    begins(amira, "Kim", *KIM).taps("Klopt", "Toch de link")

    assert "https://t.me/" in amira.said


def test_the_same_youngster_is_not_made_twice_without_a_question(stage, vera):
    makes(stage)
    begins(vera, "sam", *SAM).taps("Zonder Telegram", "Doet al mee")

    assert "In jouw groepen is al een sam" in vera.said
    vera.taps("Dezelfde, niet maken")
    assert len(stage.reads(lambda conn: people.named(conn, "Sam"))) == 1

    begins(vera, "Sam", *SAM).taps("Zonder Telegram", "Doet al mee", "Iemand anders, wel maken")
    assert len(stage.reads(lambda conn: people.named(conn, "Sam"))) == 2


def test_of_youngsters_in_other_groups_nothing_is_told(stage, vera):
    stage.youth("Sam", born="2004-03", group=YOUNGER, main="Amira", backup="Bas")
    makes(stage)

    assert "In jouw groepen is al" not in vera.ever
    assert len(stage.reads(lambda conn: people.named(conn, "Sam"))) == 2


def test_making_is_taken_back_at_once(stage, vera):
    makes(stage)
    vera.taps("Toch niet maken")

    assert vera.said == "Oké. Sam staat er niet meer in."
    assert stage.reads(lambda conn: people.named(conn, "Sam")) == []
    assert "48 uur" not in vera.ever


def test_somebody_who_was_turned_away_for_age_goes_on_without_an_account(stage):
    kim = stage.youth_opens("Kim", born="2012-03", group=YOUNGER, main="Amira", backup="Bas")
    number = stage.id_of(kim)
    amira = stage.of("Amira")
    amira.types("Menu").taps("Mijn jongeren")
    with_code(amira).taps("Kim", "Zonder Telegram verder", "Ja, zonder Telegram")

    assert state(stage, number) == ASSISTED
    assert stage.reads(lambda conn: people.account_of(conn, number)) is None
    amira.taps("Terugdraaien")
    assert state(stage, number) == "invited"


def test_who_has_an_account_is_never_opened_this_way(stage, vera):
    stage.youth_begins("Sam")
    vera.types("Menu").taps("Mijn jongeren")
    with_code(vera).taps("Sam")

    assert "Zonder Telegram verder" not in vera.last.labels
    assert "Samen noteren" not in vera.last.labels


def test_on_real_telegram_nobody_real_is_made_before_everything_is_in_order(stage_with):
    stage = stage_with(real=True)
    begins(stage.of("Vera"), "Sam", *SAM).taps("Zonder Telegram", "Doet al mee")

    assert "Er kan nu niemand nieuw bij, ook niet zonder Telegram." in stage.of("Vera").said
    assert stage.reads(lambda conn: people.named(conn, "Sam")) == []


def test_a_full_group_leads_to_the_waiting_list(stage, vera):
    holds(stage, 1)
    makes(stage)
    begins(vera, "Pim", *SAM).taps("Zonder Telegram", "Doet al mee")
    assert "Deze groep is vol." in vera.said
    vera.taps("Op de wachtlijst")

    (pim,) = stage.reads(lambda conn: people.named(conn, "Pim"))
    assert stage.reads(lambda conn: phases.phase_of(conn, pim.id)) == "waiting"


def test_the_challenge_is_given_without_a_promise_of_a_message(stage, vera):
    takes_part(stage)

    assert "Kies samen een stap." in vera.said
    assert "Het bericht komt" not in vera.said


# Consent on paper


def test_before_somebody_signed_nothing_can_be_noted(stage, vera):
    makes(stage)
    opens(vera)

    assert "Er is nog geen brief." in vera.said
    assert not vera.has("Uitdaging geven")
    assert not vera.has("Maandkaart")


def test_the_letter_has_no_name_and_its_code_lets_them_note(stage, vera):
    number = makes(stage)
    signs(stage)

    assert b"Sam" not in document(vera).content
    assert "Sam heeft zelf getekend." in vera.said
    assert stage.reads(lambda conn: consents.latest(conn, number, "paper")) is True


def test_another_code_notes_nothing(stage, vera):
    makes(stage)
    opens(vera).taps("Brief om te tekenen", "Brief maken")
    wrong = f"{(int(code_of(document(vera))) + 1) % 1000000:06d}"
    vera.taps("Getekend: code intikken").taps_code(wrong)

    assert "Die code hoort niet bij de laatste brief." in vera.said


def test_under_16_a_guardian_signs_also_where_telegram_begins_at_16(stage):
    amira = stage.of("Amira")
    makes(stage, "Kim", "Amira", KIM)
    opens(amira, "Kim").taps("Brief voor ouder", "Brief maken")
    code = code_of(document(amira))
    opens(amira, "Kim").taps("Brief voor ouder", "Getekend: code intikken").taps_code(code)

    assert "Samen noteren kan nu." in amira.said
    opens(amira, "Kim")
    assert amira.has("Uitdaging geven")


def test_a_guardian_who_withdraws_stops_the_noting_and_leaves_the_way_back(stage):
    amira = stage.of("Amira")
    number = makes(stage, "Kim", "Amira", KIM)
    opens(amira, "Kim").taps("Brief voor ouder", "Brief maken")
    code = code_of(document(amira))
    opens(amira, "Kim").taps("Brief voor ouder", "Getekend: code intikken").taps_code(code)
    opens(amira, "Kim").taps("Brief voor ouder", "Ouder trekt het in", "Ja, noteren")

    assert state(stage, number) == ASSISTED
    opens(amira, "Kim")
    assert "trok de toestemming in" in amira.said
    assert not amira.has("Uitdaging geven")


def test_withdrawn_consent_stops_a_dialog_that_stands_open(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen")
    opens(stage.of("Tom")).taps("Brief om te tekenen", "Jongere trekt het in", "Ja, noteren")
    vera.taps(STEP)

    assert "Er is geen handtekening die nu telt." in vera.said
    given = stage.reads(lambda conn: challenges.current(conn, number))
    assert given.step is None


def test_withdrawing_by_mistake_is_taken_back(stage, vera):
    takes_part(stage)
    opens(vera).taps("Brief om te tekenen", "Jongere trekt het in", "Ja, noteren")
    vera.taps("Dit was een vergissing")

    assert "Sam heeft zelf getekend." in vera.said


# Steps


def test_a_step_is_chosen_planned_and_noted_without_words(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "zaterdag 21")
    assert "Sam krijgt geen bericht." in vera.said
    stage.passes("2026-11-23 10:00")
    opens(vera).taps("Hoe ging het?", "Gedaan", "Niet opschrijven")

    (one,) = noted(stage, number)
    assert (one.outcome, dict(one.words), one.highest) == ("done", {}, None)
    assert "Zeg hoi tegen een bekende, stap gedaan" in vera.said


def test_words_are_kept_when_they_choose_so(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "Geen dag", "Hoe ging het?", "vrijdag 20 nov", "Deels")
    vera.taps("Kort opschrijven").types("De bakker lachte terug").taps("6", "Het viel mee")

    (one,) = noted(stage, number)
    assert one.outcome == "partly"
    assert one.highest == 6
    assert one.words["happened"] == "De bakker lachte terug"
    assert "Spanning: 6 van 10" in vera.said


def test_noting_is_taken_back_whole(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "zaterdag 21", "Klaar", "Hoe ging het?", "Gedaan")
    vera.taps("Kort opschrijven").types("De bakker lachte terug").taps("6", "Het viel mee", "Terugdraaien")

    assert noted(stage, number) == []
    assert stage.reads(lambda conn: challenges.planned(conn, number)) is not None
    assert stage.reads(lambda conn: places_of(conn, "bakker")) <= {
        "session.state",
        "outbox.payload",
        "inbox.payload",
    }


def test_tapped_wrong_counts_once(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "zaterdag 21", "Klaar", "Hoe ging het?", "Gedaan")
    vera.taps("Verkeerd getikt", "Niet gedaan")

    (one,) = noted(stage, number)
    assert one.outcome == "not_done"


def test_a_second_step_does_not_overwrite_the_first(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "Geen dag", "Hoe ging het?", "vrijdag 20 nov", "Gedaan")
    vera.taps("Niet opschrijven", "Klaar", "Hoe ging het?", "donderdag 19 nov", "Deels", "Niet opschrijven")

    assert [one.outcome for one in noted(stage, number)] == ["done", "partly"]


def test_a_planned_day_is_taken_away(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "zaterdag 21", "Dag weghalen")

    assert stage.reads(lambda conn: challenges.planned(conn, number)) is None


def test_a_colleague_of_another_group_gets_nowhere(stage, vera):
    takes_part(stage)
    opens(vera)
    amira = stage.of("Amira")
    amira.taps_data(vera.last.button("Stap kiezen").data)

    assert amira.toast == "Deze knop werkt hier niet."
    amira.types("/samen")
    with_code(amira)
    assert "Nog niemand doet mee zonder Telegram." in amira.said


def test_who_reads_for_vera_can_note_too(stage):
    takes_part(stage)
    tom = opens(stage.of("Tom"))

    assert "Sam doet mee zonder account." in tom.said


# Danger in what is noted


DANGER = "Sam zei: ik wil niet meer leven"


def notes(stage, words=DANGER):
    """Typed as what happened."""
    vera = opens(stage.of("Vera")).taps("Stap kiezen", STEP, "Geen dag", "Hoe ging het?", "vrijdag 20 nov")
    return vera.taps("Gedaan", "Kort opschrijven").types(words)


def test_danger_in_what_is_noted_shows_the_numbers_and_asks_who_knows(stage, vera):
    number = takes_part(stage)
    notes(stage)

    assert "112" in vera.said
    assert "113" in vera.said
    assert "Wie weet dit nu?" in vera.said
    (one,) = noted(stage, number)
    assert one.words["happened"] == DANGER
    vera.taps("Ik regel het zelf", "6", "Het viel mee")
    (one,) = noted(stage, number)
    assert (one.words["happened"], one.words["learned"], one.highest) == (DANGER, "Het viel mee", 6)


def test_the_colleague_gets_an_alert_with_the_words_and_not_who_noted_them(stage, vera):
    number = takes_part(stage)
    notes(stage).taps("Waarschuw mijn collega")

    assert "Tom" in vera.said
    (alert,) = stage.reads(lambda conn: alerts.running_about(conn, number))
    assert (alert.level, alert.drill) == ("p2", False)
    held = stage.reads(lambda conn: items.load(conn, alert.item_id))
    assert held.recipient_id == stage.programme.staff["Tom"]
    assert "ik wil niet meer leven" in held.content
    assert "Vera" in held.content
    assert "danger_before_consent" not in stage.alarms
    vera.taps("Verder", "6", "Sla over")
    assert "Dit staat er nu bij Sam" in vera.said


def test_the_colleague_takes_it_on_reads_who_noted_it_and_handles_it(stage):
    number = takes_part(stage)
    notes(stage).taps("Waarschuw mijn collega")
    stage.ticks()
    tom = takes(stage.of("Tom")).taps("Lees de woorden")
    with_code(tom)
    assert "Vera schreef dit op, samen met de jongere:\nSam zei: ik wil niet meer leven" in tom.said
    tom.taps("Terug", "Afgehandeld", "Gesproken")

    assert stage.reads(lambda conn: alerts.running_about(conn, number)) == []


def test_at_night_the_professional_hears_from_when_it_is_read(stage, vera):
    takes_part(stage)
    stage.passes("2026-11-21 23:00")
    notes(stage).taps("Waarschuw mijn collega")

    assert "Tom krijgt een melding en leest die vanaf" in vera.said


def test_who_does_it_alone_is_written_down_and_nobody_is_called(stage, vera):
    number = takes_part(stage)
    notes(stage).taps("Ik regel het zelf", "6", "Sla over")

    assert "Dit staat er nu bij Sam" in vera.said
    assert stage.reads(lambda conn: alerts.running_about(conn, number)) == []
    assert _did(stage, number, "danger_in_hand")


def test_warned_twice_is_one_alert(stage, vera):
    number = takes_part(stage)
    notes(stage)
    old = vera.last.button("Waarschuw mijn collega").data
    vera.taps("Waarschuw mijn collega").taps_data(old)

    assert len(stage.reads(lambda conn: alerts.running_about(conn, number))) == 1


def test_danger_is_asked_about_before_the_next_question(stage, vera):
    """Whoever leaves the dialog after one sentence was asked about that sentence."""
    takes_part(stage)
    notes(stage)

    assert "Wie weet dit nu?" in vera.said
    assert "spanning" not in vera.ever


def test_danger_in_what_they_learned_is_asked_about_too(stage, vera):
    number = takes_part(stage)
    notes(stage, "De bakker lachte terug").taps("6").types("Ik wil niet meer leven").taps(
        "Waarschuw mijn collega"
    )

    assert "ik wil niet meer leven" in alert_words(stage, number).casefold()
    vera.taps("Verder")
    assert "Dit staat er nu bij Sam" in vera.said


def test_danger_counts_also_when_the_code_is_not_open_any_more(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "Geen dag", "Hoe ging het?", "vrijdag 20 nov")
    vera.taps("Gedaan", "Kort opschrijven")
    stage.passes(timedelta(minutes=20))
    vera.types(DANGER).taps("Waarschuw mijn collega")
    assert DANGER in alert_words(stage, number)

    vera.taps("Verder").taps_code(CODE).taps("6", "Sla over")
    assert "Dit staat er nu bij Sam" in vera.said
    (one,) = noted(stage, number)
    assert one.words["happened"] == DANGER


def test_the_same_words_after_an_undo_make_no_second_alert(stage, vera):
    number = takes_part(stage)
    notes(stage).taps("Waarschuw mijn collega", "Verder", "6", "Sla over", "Terugdraaien", "Klaar")
    vera.taps("Hoe ging het?", "vrijdag 20 nov", "Gedaan", "Kort opschrijven").types(DANGER)
    vera.taps("Waarschuw mijn collega")

    assert "Tom" in vera.said
    assert alert_words(stage, number).count(DANGER) == 1


def test_more_danger_in_the_same_noting_goes_where_the_first_words_went(stage, vera):
    number = takes_part(stage)
    notes(stage).taps("Waarschuw mijn collega", "Verder", "6").types("Ik ga mezelf snijden")
    vera.taps("Waarschuw mijn collega")

    said = alert_words(stage, number)
    assert said.count(DANGER) == 1
    assert "Ik ga mezelf snijden" in said


def test_other_danger_in_a_later_noting_is_an_alert_of_its_own(stage, vera):
    number = takes_part(stage)
    notes(stage).taps("Waarschuw mijn collega", "Verder", "6", "Sla over", "Klaar")
    vera.taps("Hoe ging het?", "donderdag 19 nov", "Gedaan", "Kort opschrijven").types("Ik ga mezelf snijden")
    vera.taps("Waarschuw mijn collega")

    assert len(stage.reads(lambda conn: alerts.running_about(conn, number))) == 2


def alert_words(stage, number):
    """What stands in the one alert about somebody."""
    (alert,) = stage.reads(lambda conn: alerts.running_about(conn, number))
    return str(stage.reads(lambda conn: items.load(conn, alert.item_id)).content)


def test_ordinary_words_ask_nothing_more(stage, vera):
    takes_part(stage)
    notes(stage, "De bakker lachte terug").taps("6", "Sla over")

    assert "Dit staat er nu bij Sam" in vera.said


# Rights


def test_the_professional_shows_what_is_kept_and_who_looked(stage, vera):
    takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "Geen dag", "Hoe ging het?", "vrijdag 20 nov", "Gedaan")
    vera.taps("Niet opschrijven")
    opens(vera).taps("Inzien en wissen")

    assert "Zeg hoi tegen een bekende, stap gedaan" in vera.said
    assert "Vera" in vera.said


def test_everything_goes_as_two_files_into_the_own_chat_and_is_gone_after_a_day(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Inzien en wissen", "Alles als bestand", "Ja, stuur ze hier")
    files = [one.message.document.name for one in vera.shown if one.message.document]
    assert "Sam" in document(vera).content.decode()
    assert len(files) == 3  # the letter, and both files
    stage.passes(timedelta(hours=25))
    assert [one.message.document for one in vera.shown if one.message.document][1:] == []
    assert _did(stage, number, "export_person")


def test_the_file_is_not_sent_by_an_old_button(stage, vera):
    takes_part(stage)
    opens(vera).taps("Inzien en wissen", "Alles als bestand")
    stage.passes(timedelta(minutes=11))
    vera.taps("Ja, stuur ze hier")

    assert "Daarom stuur ik niets." in vera.said


def test_erasing_waits_48_hours_can_be_taken_back_and_then_is_whole(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Inzien en wissen", "Alles wissen", "Ja, wis alles")
    assert "Ik wis alles van Sam op" in vera.said
    vera.taps("Toch niet wissen")
    stage.passes(timedelta(hours=60))
    assert stage.reads(lambda conn: people.find(conn, number)) is not None

    opens(vera).taps("Inzien en wissen", "Alles wissen", "Ja, wis alles")
    stage.passes(timedelta(hours=60))
    assert stage.reads(lambda conn: people.find(conn, number)) is None
    assert stage.reads(lambda conn: people.named(conn, "Sam")) == []


# The way to an account of their own


def test_a_link_gives_the_same_person_an_account_and_nothing_is_there_twice(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP, "Geen dag", "Hoe ging het?", "vrijdag 20 nov", "Gedaan")
    vera.taps("Niet opschrijven")
    opens(vera).taps("Eigen account", "Link maken")
    sam = stage.phone("Sam").opens(vera.said.partition("start=")[2].split()[0])
    sam.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")

    assert stage.id_of(sam) == number
    assert state(stage, number) == "active"
    assert len(stage.reads(lambda conn: people.named(conn, "Sam"))) == 1
    assert len(noted(stage, number)) == 1
    vera.types("/samen")
    with_code(vera)
    assert "Nog niemand doet mee zonder Telegram." in vera.said


def test_an_old_screen_notes_nothing_about_who_has_an_account_by_now(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Stap kiezen", STEP)
    tom = opens(stage.of("Tom")).taps("Eigen account", "Link maken")
    sam = stage.phone("Sam").opens(tom.said.partition("start=")[2].split()[0])
    sam.taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Ja, dat mag")
    vera.taps("zaterdag 21")

    assert "Dat lukt niet." in vera.ever
    assert stage.reads(lambda conn: challenges.planned(conn, number)) is None


def test_the_link_is_taken_back_before_it_is_opened(stage, vera):
    number = takes_part(stage)
    opens(vera).taps("Eigen account", "Link maken")
    token = vera.said.partition("start=")[2].split()[0]
    vera.taps("Toch geen link")
    stage.phone("Sam").opens(token)

    assert state(stage, number) == ASSISTED


def test_under_16_there_is_no_link_but_a_day(stage):
    makes(stage, "Kim", "Amira", KIM)
    amira = opens(stage.of("Amira"), "Kim").taps("Eigen account")

    assert "vanaf zaterdag 1 april 2028" in amira.said
    assert not amira.has("Link maken")


def test_six_weeks_ahead_it_is_prepared_and_on_the_day_the_link_is_offered(stage):
    amira = stage.of("Amira")
    number = makes(stage, "Kim", "Amira", ("2010", "december", "Vaardigheden", "Nee, alleen dit"))
    stage.passes("2026-11-23 12:00")
    step = next(one for one in amira.shown if "zes weken" in one.text)
    read(amira, step)
    assert "vraag ik je of er een link komt" in step.text
    amira.taps("Gezien")
    assert not [one for one in amira.texts if "nieuws over een account" in one]

    stage.passes("2027-01-05 12:00")
    news = next(one for one in amira.shown if "nieuws over een account" in one.text)
    assert "Kim" not in news.text
    assert "Kim mag een eigen account." in read(amira, news).said
    assert state(stage, number) == ASSISTED


def test_the_group_is_the_one_that_was_chosen(stage):
    number = makes(stage)

    assert stage.reads(lambda conn: people.load(conn, number)).group_id == stage.programme.groups[OLDER]


def _did(stage, number, action):
    from bot.storage import exports

    found = stage.reads(lambda conn: exports.looks(conn, number, own=False))
    return [one for one in found if one.action == action and one.actor_id == stage.programme.staff["Vera"]]


def test_an_age_that_does_not_fit_the_group_is_said_before_anything_is_made(stage):
    vera = begins(stage.of("Vera"), "Kim", *KIM)
    assert "Nu 14 jaar. Join Us 18-25 is voor 18 tot en met 25." in vera.said

    amira = begins(stage.of("Amira"), "Kim", *KIM)
    assert "Nu 14 jaar" not in amira.said
