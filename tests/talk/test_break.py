"""A break of the programme has no end date: at most twelve weeks later a person is asked, again until one answers."""

from datetime import date

from bot.conversation import breaks
from bot.programme.lifecycle import Move
from bot.storage import due, meta, phases
from tests.talk.alarm import is_away
from tests.talk.stage import CODE, at
from tests.talk.test_phase import in_phase, page

MONDAY = date(2026, 8, 31)
"""Twelve weeks before Monday 23 November."""
NEWS = "Er is een vraag over een jongere. Eén tik is genoeg."


def paused(stage, since=MONDAY):
    """A youngster who takes part and is in a break since a day."""
    phone, number = in_phase(stage, "participating", since=since)
    stage.writes(lambda conn: phases.add(conn, number, Move("paused", "school", since, stage.now)))
    stage.writes(lambda conn: meta.put(conn, "planned_on", ""))
    return phone, number


def reads(stage, by="Vera"):
    phone = stage.of(by)
    news = [one for one in phone.shown if one.labels == ["Lees"] and NEWS in one.text][-1]
    phone.taps_data(news.button("Lees").data)
    return phone.taps_code(CODE) if "Tik je code" in phone.said else phone


def waits(stage, number):
    found = stage.reads(lambda conn: due.waiting_of(conn, number))
    return [one.not_before.date().isoformat() for one in found if one.kind == breaks.KIND]


def test_the_day_is_said_before_it_is_noted_and_on_the_page(stage):
    in_phase(stage, "participating")
    vera = page(stage).taps("Volgende stap", "pauze van het programma", "school", "Vandaag")
    assert "Op vrijdag 12 februari vraag ik of de pauze doorgaat." in vera.said
    vera.taps("Ja, noteren")

    assert "Op vrijdag 12 februari vraag ik of de pauze doorgaat." in vera.said


def test_after_twelve_weeks_the_professional_is_asked_and_again_a_week_later(stage):
    paused(stage)
    stage.passes("2026-11-22 18:00")
    assert NEWS not in stage.of("Vera").ever
    stage.passes("2026-11-23 18:00")
    assert NEWS in stage.of("Vera").ever
    first = stage.of("Vera").texts.count(NEWS)
    stage.passes("2026-11-30 18:00")

    assert stage.of("Vera").texts.count(NEWS) > first


def test_it_goes_on_with_a_new_day_and_one_can_choose_again(stage):
    _, number = paused(stage)
    stage.passes("2026-11-23 18:00")
    vera = reads(stage)
    assert "staat sinds maandag 31 augustus op pauze" in vera.said
    vera.taps("Nog 12 weken")
    assert "Op maandag 15 februari vraag ik het weer." in vera.said
    assert waits(stage, number) == ["2027-02-15"]
    vera.taps("Toch anders", "Nog 4 weken")

    assert waits(stage, number) == ["2026-12-21"]


def test_from_the_question_the_next_step_is_noted_and_nobody_asks_any_more(stage):
    _, number = paused(stage)
    stage.passes("2026-11-23 18:00")
    vera = reads(stage).taps("Volgende stap", "Volgende stap", "deelname", "terug van pauze")
    vera.taps("Vandaag", "Ja, noteren")
    first = vera.texts.count(NEWS)
    stage.passes("2026-12-02 18:00")

    assert stage.reads(lambda conn: phases.phase_of(conn, number)) == "participating"
    assert vera.texts.count(NEWS) == first


def test_a_question_that_was_left_says_that_the_break_is_over(stage):
    paused(stage)
    stage.passes("2026-11-23 18:00")
    page(stage).taps("Volgende stap", "deelname", "terug van pauze", "Vandaag", "Ja, noteren")

    assert "De pauze is al voorbij." in "\n".join(reads(stage).texts)


def test_a_break_that_was_there_before_is_asked_about_at_once(stage):
    paused(stage, date(2026, 2, 16))
    stage.passes("2026-11-23 18:00")

    assert NEWS in stage.of("Vera").ever


def test_the_youngster_hears_nothing_of_it(stage):
    sam, _ = paused(stage)
    stage.passes("2026-11-23 18:00")

    assert NEWS not in sam.ever


def unasked(stage):
    """How often the coordinator was told that nobody could be asked."""
    return sum("Er is nieuws over de bot zelf." in text for text in stage.of("Noor").texts)


def test_with_nobody_to_ask_the_coordinator_is_told_once_in_each_period_without_a_name(stage):
    paused(stage)
    for name in ("Vera", "Tom"):
        is_away(stage, name, at("2027-03-01 09:00"))
    before = unasked(stage)
    stage.passes("2026-11-23 18:00")
    assert unasked(stage) > before
    noor = stage.of("Noor")
    news = [one for one in noor.shown if one.labels == ["Lees"]]
    for one in news:
        noor.taps_data(one.button("Lees").data)
    assert "Een jongere is al een tijd op pauze van het programma." in noor.ever
    assert "Sam" not in noor.ever
    told = noor.ever.count("Een jongere is al een tijd op pauze")
    stage.passes("2026-12-14 18:00")

    for one in [one for one in noor.shown if one.labels == ["Lees"]]:
        noor.taps_data(one.button("Lees").data)
    assert noor.ever.count("Een jongere is al een tijd op pauze") == told


def test_the_coordinator_goes_from_there_to_the_page_behind_the_code(stage):
    paused(stage)
    for name in ("Vera", "Tom"):
        is_away(stage, name, at("2027-03-01 09:00"))
    stage.passes("2026-11-23 18:00")
    noor = stage.of("Noor")
    for one in [one for one in noor.shown if one.labels == ["Lees"]]:
        noor.taps_data(one.button("Lees").data)
    noor.taps("Waar in het programma")
    if "Tik je code" in noor.said:
        noor.taps_code(CODE)

    assert "Nu: pauze van het programma" in noor.said
