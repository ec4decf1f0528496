"""One account that writes thousands of messages: nobody else waits, and danger among them is seen."""

from __future__ import annotations

from datetime import timedelta

from bot.conversation import routes
from bot.incoming import Incoming, Sender, Typed
from bot.safety.statements import classify
from bot.storage import inbox, people
from bot.storage.database import transaction
from dialogs.words import Words
from tests.threats.scene import NOW

FLOOD = 5_000


def test_a_flood_takes_one_place_in_the_queue_and_everybody_else_is_next(scenery):
    conn, _ = scenery
    robot, others = b"robot", [f"somebody {number}".encode() for number in range(5)]
    inbox.receive(conn, "flood", ((number, robot, "{}") for number in range(FLOOD)), NOW)
    inbox.receive(conn, "flood", ((FLOOD + number, who, "{}") for number, who in enumerate(others)), NOW)

    claimed = inbox.claim(conn, NOW, 10, "worker", timedelta(seconds=30))

    assert [one.account_lookup for one in claimed] == [robot, *others]
    assert claimed[0].update_id == 0


def test_what_a_flooding_account_writes_stays_in_order(scenery):
    conn, _ = scenery
    inbox.receive(conn, "order", ((number, b"robot", "{}") for number in range(20)), NOW)
    seen = []
    for _ in range(20):
        (one,) = inbox.claim(conn, NOW, 5, "worker", timedelta(seconds=30))
        seen.append(one.update_id)
        inbox.done(conn, one.id, "typed", NOW)

    assert seen == list(range(20))


def test_danger_is_seen_as_the_last_of_many_messages(stage):
    sam = stage.youth_begins()
    count, outcome = 400, ""
    with transaction(stage.engine) as conn:
        sender = Sender(sam.account, sam.account, Words("Sam"), "nl")
        for number in range(count):
            text = "ik wil dood" if number == count - 1 else f"bericht {number}"
            incoming = Incoming(sender, Typed(Words(text)))
            outcome = routes.handle(
                conn, stage.world, "telegram", incoming, classify(text), stage.now
            ).outcome
    stage.ticks()

    assert outcome not in ("typed", "unasked")
    assert "113" in sam.said
    assert stage.reads(lambda conn: people.load(conn, stage.id_of(sam)).state) == "active"
