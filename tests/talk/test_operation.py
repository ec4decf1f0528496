"""Help that needs no server, and a member of staff who cannot be reached any more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from bot.conversation import news, relay, starting
from bot.conversation.pinning import pin_help
from bot.conversation.turn import Turn
from bot.message import load
from bot.storage import alarms, erasures, items, people, sealed, sessions
from bot.storage.schema_flow import outbox
from bot.storage.schema_talk import item as item_table
from tests.talk.stage import shelf

CARD = "Dit bericht staat bovenaan vast."
LONGEST_DESCRIPTION, LONGEST_SHORT = 512, 120
"""Telegram's own limits (Bot API: setMyDescription, setMyShortDescription)."""


def raised(stage, kind):
    found = stage.reads(lambda conn: alarms.latest(conn, stage.now - timedelta(days=30)))
    return [one.reference for one in found if one.kind == kind]


# The pinned card, and what the bot says of itself


def test_after_yes_a_card_with_112_and_113_is_put_at_the_top_of_the_chat(stage):
    sam = stage.youth_begins("Sam")

    cards = [one for one in sam.shown if CARD in one.text]
    assert len(cards) == 1
    assert "112" in cards[0].text
    assert "113" in cards[0].text
    assert "/hulp" in cards[0].text
    assert cards[0].message.do == "pin"
    assert cards[0].message.silent


def test_before_yes_nothing_is_pinned(stage):
    sam = stage.youth_opens("Sam").taps("Begrepen", "Begrepen", "Verder", "Begrepen", "Nee")

    assert CARD not in sam.ever


def test_once_for_each_account_and_again_on_a_new_telephone(stage):
    sam = stage.youth_begins("Sam")
    number = stage.id_of(sam)

    def pins(conn):
        turn = Turn(conn, stage.world, stage.now)
        pin_help(turn, people.load(conn, number))
        return conn.execute(select(outbox.c.id).where(outbox.c.dedupe_key.like("help_card:%"))).all()

    assert len(stage.writes(pins)) == 2
    stage.writes(
        lambda conn: people.link_account(
            conn, people.add_account(conn, "telegram", 4242, 4242, stage.now).id, number, stage.now
        )
    )

    assert len(stage.writes(pins)) == 4


def test_in_the_outbox_the_card_comes_before_its_pin(stage):
    number = stage.youth("Sam", state="active")

    def put(conn):
        account = people.add_account(conn, "telegram", 4242, 4242, stage.now)
        people.link_account(conn, account.id, number, stage.now)
        pin_help(Turn(conn, stage.world, stage.now), people.load(conn, number))
        rows = conn.execute(select(outbox).where(outbox.c.account_id == account.id).order_by(outbox.c.id))
        return [
            (row.id, row.edits, load(sealed.opened(conn, outbox.c.payload, row.id, row.payload)).do)
            for row in rows
        ]

    (first, no_target, send), (_, target, pin) = stage.writes(put)
    assert (no_target, send, target, pin) == (None, "send", first, "pin")


def test_the_descriptions_hold_112_and_113_and_fit():
    for language in ("nl", "en"):
        for key, longest in (
            ("bot_description", LONGEST_DESCRIPTION),
            ("bot_short_description", LONGEST_SHORT),
        ):
            text = "".join(span.text for span in shelf().phrase(key, language)({"band": "under18"}))
            assert len(text.encode("utf-16-le")) // 2 <= longest, (key, language)
            assert "112" in text
            assert "113" in text


# Somebody of the staff blocks the bot


def waiting(stage, sam, recipient):
    """A wish to talk of Sam waits for somebody."""

    def send(conn):
        turn = Turn(conn, stage.world, stage.now)
        item = items.add(conn, stage.id_of(sam), "talk", stage.now, "Kan ik je spreken?")
        relay.send_item(turn, item, people.load(conn, stage.programme.staff[recipient]), stage.now)
        starting.begin_all(turn)
        return item

    number = stage.writes(send)
    stage.ticks()
    return number


def test_what_waited_goes_to_the_colleague_and_the_youngster_hears_who_reads_now(stage):
    sam = stage.youth_begins("Sam")
    waiting(stage, sam, "Vera")
    tom, before = stage.of("Tom"), len(stage.of("Tom").shown)
    stage.of("Vera").blocks()
    stage.ticks()

    assert len(tom.shown) == before + 1
    assert tom.last.labels[0] == "Lees"
    assert sam.said == "Er is een bericht voor je."
    assert sam.taps("Lees").said == "Vera krijgt nu geen berichten. Daarom krijgt Tom je bericht."


def test_the_coordinator_and_the_operator_hear_that_somebody_is_gone(stage):
    sam = stage.youth_begins("Sam")
    waiting(stage, sam, "Vera")
    stage.of("Vera").blocks()
    stage.ticks()
    noor = stage.of("Noor").taps("Lees")

    assert "Vera krijgt geen berichten meer." in noor.said
    assert "1 van de berichten gingen naar de collega." in noor.said
    assert raised(stage, "staff_blocked") == [f"S-{stage.programme.staff['Vera']}"]


def test_what_nobody_can_take_over_is_an_alarm_and_the_coordinator_arranges_a_reader(stage):
    sam = stage.youth_begins("Sam")
    waiting(stage, sam, "Vera")
    stage.of("Tom").blocks()
    stage.of("Vera").blocks()
    stage.ticks()

    assert len(raised(stage, "nobody_reads")) == 1
    noor = stage.of("Noor")
    assert "1 wachten nog." in "".join(noor.taps("Lees").said for _ in range(2))


def test_blocking_twice_says_nothing_twice(stage):
    stage.youth_begins("Sam")
    noor, before = stage.of("Noor"), len(stage.of("Noor").shown)
    vera = stage.of("Vera")
    vera.blocks()
    vera.blocks()
    stage.ticks()

    assert noor.since(before).count("Er is nieuws over de bot zelf.") == 1


def test_an_alert_of_somebody_who_is_gone_goes_on_to_the_next_at_once(stage):
    sam = stage.youth_begins("Sam")
    sam.types("ik wil dood")
    stage.passes(timedelta(minutes=11))
    tom, before = stage.of("Tom"), len(stage.of("Tom").shown)
    neutral = stage.of("Vera").said
    assert neutral not in tom.ever
    stage.of("Vera").blocks()
    stage.ticks()

    assert neutral in tom.since(before)


# What two people left open


def left_open(stage, sam):
    """The coordinator has news of a message that two people left open."""

    def tell(conn):
        item = items.add(conn, stage.id_of(sam), "talk", stage.now, "Kan ik je spreken?")
        turn = Turn(conn, stage.world, stage.now)
        items.change(conn, item, state=next(iter(items.WAITING)), recipient_id=stage.programme.staff["Vera"])
        noor = people.load(conn, stage.programme.staff["Noor"])
        news.tell(turn, [noor], {"news": news.LEFT_OPEN, "item": item}, f"left:{item}")
        starting.begin_all(turn)
        return item

    number = stage.writes(tell)
    stage.ticks()
    return number


def test_what_was_left_open_and_then_taken_away_reads_as_handled(stage):
    sam = stage.youth_begins("Sam")
    number = left_open(stage, sam)
    stage.writes(lambda conn: conn.execute(delete(item_table).where(item_table.c.id == number)))
    noor = stage.of("Noor").taps("Lees")

    assert "opgepakt" in noor.said


def test_the_news_of_it_ends_when_the_youngster_is_erased(stage):
    sam, noor = stage.youth_begins("Sam"), stage.programme.staff["Noor"]
    left_open(stage, sam)

    def about():
        return {one.script for one in stage.reads(lambda conn: sessions.open_of(conn, noor))}

    assert "operation" in about()
    stage.writes(lambda conn: erasures.erase(conn, stage.id_of(sam), stage.now))

    assert "operation" not in about()
