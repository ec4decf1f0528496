"""Forged buttons and guessed links, by the thousand: nothing happens, and nobody is kept busy by it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.buttons import DialogButton, FixedButton, HandleButton, dialog, parse
from bot.incoming import Incoming, Sender, Started, Tapped
from bot.safety.finding import NOTHING
from bot.storage.database import transaction
from bot.storage.schema_course import stranger_talk
from bot.storage.schema_talk import session
from dialogs.words import Words
from tests.talk import kept
from tests.talk.journeys import has_sent, opens_youngsters

QUICK, FULL = 2_000, 20_000
GUESSES, ACCOUNTS = 10_000, 500
HARMLESS = frozenset({"audit"})
"""The only table that grows: a tap on somebody else's dialog is written down."""

ODD = ("", "\x00", "d", "d.", "d..", "d.-1.0.ja", "d.1e3.1.ja", "d.01.1.ja", "D.1.1.ja", "h.", "g.", "g.x" * 16,
       "💥" * 16, "é" * 32, "\u202e" * 21, "../../etc/passwd", "' OR 1=1 --", "{{7*7}}", "%s%n", "d.1.1." + "a" * 32,
       "d.99999999999999999999.1.ja", "d.1.1.\nja", " d.1.1.ja", "d.1.1.ja ")  # fmt: skip


def real_buttons(stage) -> list[str]:
    """The data of every button that stands on any phone."""
    found = [
        button.data
        for phone in stage.phones.values()
        for shown in phone.shown
        for row in shown.message.rows
        for button in row
    ]
    return sorted({one for one in found if one and not isinstance(parse(one), FixedButton)})


def forgeries(stage, count: int, seed: int) -> Iterator[str]:
    """Random, odd, copied from others, and copied with a number changed."""
    chance = random.Random(seed)
    real = real_buttons(stage)
    assert len(real) > 40
    letters = "abcdefghijklmnopqrstuvwxyz0123456789._-ABZ"
    for _ in range(count):
        match chance.randrange(5):
            case 0:
                yield "".join(chance.choices(letters, k=chance.randint(1, 64)))
            case 1:
                yield chance.choice(ODD)
            case 2:
                yield "".join(
                    chr(chance.choice((*range(32, 127), *range(0x400, 0x4FF), 0x1F600))) for _ in range(16)
                )
            case 3:
                yield chance.choice(real)
            case _:
                yield changed(chance, chance.choice(real))


def changed(chance: random.Random, data: str) -> str:
    """The data of a real button with its session, screen or choice changed a little."""
    match parse(data):
        case DialogButton(session=session, screen=screen, choice=choice):
            match chance.randrange(3):
                case 0:
                    return dialog(max(0, session + chance.choice((-1, 1))), screen, choice)
                case 1:
                    return dialog(session, max(0, screen + chance.choice((-1, 1))), choice)
                case _:
                    return dialog(
                        session, screen, chance.choice(("ja", "lees", "0", "kwijt", "reset", "los"))
                    )
        case HandleButton(token=token):
            return f"h.{token[::-1]}"
        case _:
            return data[::-1]


def everybody_is_busy(stage):
    """A youngster, professionals and a coordinator with open lists, codes given; then somebody who forges."""
    has_sent(stage)
    stage.passes("2026-11-23 10:00")
    opens_youngsters(stage.of("Vera")).taps("Telefoon of account")
    stage.of("Noor").types("Menu").taps("Collega's").taps_code().taps("Vera")
    stage.of("Tom").types("Menu")
    stage.of("Sam").types("Menu")


@pytest.mark.parametrize("who", ["another youngster", "a stranger"])
@pytest.mark.parametrize("count", [QUICK // 2, pytest.param(FULL // 2, marks=pytest.mark.slow)])
def test_forged_buttons_change_nothing_and_open_nothing(stage, who, count):
    everybody_is_busy(stage)
    if who == "another youngster":
        kim = stage.youth_begins("Kim", born="2009-01", group="12-18", main="Amira", backup="Bas")
        stage.ticks()
        own = stage.id_of(kim)
    else:
        kim, own = stage.phone("Iemand"), None
        kim.types("hoi")
    shown, before = len(kim.shown), stage.reads(kept.rows)
    words = stage.reads(lambda conn: list(kept.words(conn)))
    query = select(session.c.id).where(session.c.person_id == own)
    mine = set(stage.reads(lambda conn: conn.execute(query).scalars().all()))
    if own is None:
        # Of somebody unknown only the dialog in the own chat is theirs.
        mine = set(stage.reads(lambda conn: conn.execute(select(stranger_talk.c.id)).scalars().all()))
    answered = 0

    for data in forgeries(stage, count, seed=20_261_120):
        button = parse(data)
        if isinstance(button, FixedButton) or (isinstance(button, DialogButton) and button.session in mine):
            continue  # their own, and the help button, which is everybody's
        kim.taps_data(data)
        answered += kim.toast in ("Deze knop werkt hier niet.", "Deze knop hoort bij een eerdere vraag.")

    assert answered > count * 0.9
    assert answered == len(stage.outcomes[-answered:])
    assert set(stage.outcomes[-answered:]) <= {"forged", "outdated"}
    assert len(kim.shown) == shown
    assert set(kept.changed(before, stage.reads(kept.rows))) <= HARMLESS
    if own is None:
        assert stage.reads(lambda conn: list(kept.words(conn))) == words


def test_the_forgeries_hold_what_would_work_for_its_owner(stage):
    """The test above can fail: the same data, tapped by whoever it belongs to, does something."""
    everybody_is_busy(stage)
    before = stage.reads(kept.rows)

    stage.of("Vera").taps("Kwijt of gestolen")

    assert set(kept.changed(before, stage.reads(kept.rows))) - HARMLESS


def guesses(stage, count: int) -> list[str]:
    """Links nobody made, tried by five hundred accounts in one hour; the outcome of each."""
    chance = random.Random(7)
    outcomes = []
    with transaction(stage.engine) as conn:
        from bot.conversation import routes

        for number in range(count):
            token = "".join(chance.choices("abcdefghijklmnopqrstuvwxyzABCDEF0123456789_-", k=22))
            account = 500_000 + number % ACCOUNTS
            incoming = Incoming(Sender(account, account, Words("Robot"), "nl"), Started(token))
            done = routes.handle(conn, stage.world, "telegram", incoming, NOTHING, stage.now)
            outcomes.append(done.outcome)
            stage.alarms += [kind for kind, _ in done.alarms]
    return outcomes


@pytest.mark.parametrize("count", [400, pytest.param(GUESSES, marks=pytest.mark.slow)])
def test_guessed_links_are_never_accepted_and_ring_the_operator_once(stage, count):
    stage.invitation(stage.youth("Sam"))
    people_before = stage.reads(kept.rows)["person"]

    outcomes = guesses(stage, count)

    assert set(outcomes) == {"link_refused", "throttled"}
    assert outcomes.count("link_refused") <= 100
    assert stage.alarms.count("link_guessing") == 1
    assert stage.reads(kept.rows)["person"] == people_before


def test_an_account_that_guessed_is_locked_out_of_the_right_link_too_and_others_are_not(stage):
    token = stage.invitation(stage.youth("Sam"))
    robot = stage.phone("Robot")
    for number in range(6):
        robot.opens(f"gok{number}")

    assert robot.opens(token).said.startswith("Je probeerde te veel links.")
    assert "Hoi Sam" in stage.phone("Sam").opens(token).said


def test_the_operator_hears_of_it_again_an_hour_later(stage):
    from datetime import timedelta

    robot = stage.phone("Robot")
    for number in range(10):
        robot.opens(f"gok{number}")
    stage.passes(timedelta(minutes=61))
    for number in range(10):
        robot.opens(f"later{number}")

    assert stage.alarms.count("link_guessing") == 2


def test_taps_that_nobody_made_are_answered_for_the_spinner_of_telegram(stage):
    """Every tap gets a toast: ``answerCallbackQuery`` is always called with it."""
    sam = stage.youth_begins()
    for data in ODD:
        done = stage.happens(sam, Tapped(data, "query"))
        assert done.toast
