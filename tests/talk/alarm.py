"""What tests about alerts share: raising one as the care dialogs do, and looking at its course."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.conversation import alerting, starting
from bot.conversation.turn import Turn
from bot.storage import alerts, duty, people
from bot.storage.schema_alerts import alert as alert_table
from bot.storage.schema_programme import organisation

WORDS = "ik wil dood"


def turn_of(stage, act):
    """Let *act* happen in a turn of its own; what it sends arrives."""

    def play(conn):
        turn = Turn(conn, stage.world, stage.now)
        made = act(turn)
        starting.begin_all(turn)
        stage.alarms += [kind for kind, _ in turn.alarms]
        stage._delivers(conn)
        return made

    return stage.writes(play)


def raises(stage, youth, level="p1", words=WORDS, kind="suicide", **how):
    """An alert about the youngster behind a phone."""
    number = stage.id_of(youth)
    return turn_of(
        stage,
        lambda turn: alerting.raise_alert(
            turn, people.load(turn.conn, number), level=level, kind=kind, words=words, **how
        ),
    )


def would_get(stage, youth, level="p1", **how):
    number = stage.id_of(youth)
    return stage.reads(
        lambda conn: alerting.would_get(
            Turn(conn, stage.world, stage.now), people.load(conn, number), level, **how
        )
    )


def latest(stage):
    """The newest alert."""
    number = stage.reads(
        lambda conn: conn.execute(
            select(alert_table.c.item_id).order_by(alert_table.c.item_id.desc())
        ).scalar()
    )
    return stage.reads(lambda conn: alerts.load(conn, number))


def course(stage, item_id=None):
    """What happened to an alert: pairs of step and name."""
    number = item_id or latest(stage).item_id

    def look(conn):
        return [
            (step.what, str(people.load(conn, step.person_id).name) if step.person_id else None)
            for step in alerts.steps(conn, number)
        ]

    return stage.reads(look)


def sent_to(stage):
    return [who for what, who in course(stage) if what == "sent"]


def reloads(stage, tmp_path):
    """The companion stops and starts again: only the database is left."""
    stage.loads(stage.saves(tmp_path / "reload.db"))


def staff_id(stage, name):
    return stage.programme.staff[name]


def decides(stage, on_call, url="", by="Noor, 2026-11-01"):
    """What the organisation recorded about the hours in which nobody works."""
    values = {"on_call": on_call, "on_call_decided_by": by, "meldcode_url": url}
    stage.writes(lambda conn: conn.execute(update(organisation).values(values)))


def on_call(stage, name, begins, ends):
    number = stage.reads(lambda conn: conn.execute(select(organisation.c.id)).scalar())
    stage.writes(lambda conn: duty.add_shift(conn, number, staff_id(stage, name), begins, ends))


def is_away(stage, name, until):
    stage.writes(
        lambda conn: duty.set_absent(conn, staff_id(stage, name), stage.now, until, staff_id(stage, name))
    )


def adds_staff(stage, name, role):
    """One more member of staff, who begins at once."""

    def add(conn):
        welfare = conn.execute(select(organisation.c.id)).scalar()
        values = {"role": role, "key": name.lower(), "organisation_id": welfare}
        return people.add(conn, name, stage.now, values)

    stage.programme.staff[name] = stage.writes(add)
    return stage.staff_begins(name)


def takes(phone):
    """Open the urgent message and take it on."""
    return phone.taps("Kijk nu", "Gezien, ik pak het op")


def called(phone):
    """How often an urgent message came."""
    return sum("dringend bericht" in text for one in (*phone.gone, *phone.shown) for text in one.ever[:1])
