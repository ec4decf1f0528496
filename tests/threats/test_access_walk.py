"""The whole table actor x action x object, walked over real rows on both databases, against a file written by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast, get_args

import pytest
from sqlalchemy import Connection, select

from bot.authorize import Action, Role, Target, authorize
from bot.conversation import answers, deed
from bot.conversation.turn import Turn
from bot.conversation.world import World
from bot.storage import audit, items, people, sessions
from bot.storage.people import Person
from bot.storage.schema_people import audit as audit_table
from tests.threats import scene
from tests.threats.scene import NOW, Scene

WRITTEN = tomllib.loads(Path(__file__).with_name("access_walk.toml").read_text("utf-8"))
KINDS: dict[str, list[str]] = WRITTEN["actions"]
ALLOWED: dict[str, dict[str, list[str]]] = WRITTEN["allowed"]
ACTORS = tuple(ALLOWED)
SHOWN_STAFF = ("Vera", "Tom", "Amira", "Noor", "Ria", "Eva", "Nina", "Joost")
CELLS = 2_400


def things(found: Scene) -> dict[str, dict[str, int]]:
    """Everything an action can be about, by kind."""
    return {
        "youngster": {name: found.people[name] for name in scene.YOUNGSTERS},
        "staff": {name: found.people[name] for name in SHOWN_STAFF},
        "item": found.items,
        "group": found.groups,
        "organisation": found.organisations,
        "session": found.sessions,
    }


def target_of(turn: Turn, actor: Person, kind: str, number: int) -> Target:
    """The object of an action, as the conversations make it."""
    if kind == "item":
        return deed.about_item(turn, actor, items.load(turn.conn, number))
    made: dict[str, Callable[[Turn, Person, int], Target]] = {
        "youngster": deed.about_youth,
        "staff": deed.about_staff,
        "group": deed.about_group,
        "organisation": deed.about_organisation,
    }
    return made[kind](turn, actor, number)


def cells(turn: Turn, found: Scene) -> Iterator[tuple[str, str, str, bool]]:
    """Actor, action, the name of a thing, and whether the code allows it."""
    for actor in ACTORS:
        who = people.load(turn.conn, found.people[actor])
        for kind, named in things(found).items():
            about = [action for action, kinds in KINDS.items() if kind in kinds]
            for name, number in named.items():
                if kind == "session":
                    one = sessions.load(turn.conn, number)
                    assert one is not None
                    yield actor, "own_dialog", name, answers.owns(turn, who, one)
                    continue
                relation = target_of(turn, who, kind, number).relation
                for action in about:
                    yield actor, action, name, authorize(cast(Role, who.role), cast(Action, action), relation)


def test_every_action_has_a_row_and_nothing_unknown_is_written():
    assert set(KINDS) == set(get_args(Action))
    assert {action for rows in ALLOWED.values() for row in rows.values() for action in row} <= set(KINDS)


def test_everything_that_is_written_is_there(scenery):
    _, found = scenery
    names = {name for kind in things(found).values() for name in kind}

    assert {name for rows in ALLOWED.values() for name in rows} <= names
    assert set(ACTORS) <= set(found.people)


def test_every_cell_is_as_written(scenery):
    conn, found = scenery
    walked = list(cells(asking(conn), found))

    wrong = [
        (actor, action, name)
        for actor, action, name, allowed in walked
        if allowed is not (action in ALLOWED[actor].get(name, []))
    ]
    assert wrong == []
    assert len(walked) >= CELLS


def test_every_question_is_written_down_and_the_chain_holds(scenery):
    conn, found = scenery
    turn = asking(conn)
    nina = people.load(conn, found.people["Nina"])

    said = [
        turn.allowed(nina, "halt", deed.about_youth(turn, nina, found.people[name]))
        for name in ("Eli", "Sam")
    ]

    rows = conn.execute(select(audit_table).order_by(audit_table.c.id)).all()
    assert said == [True, False]
    assert [(row.action, row.subject_id, row.outcome) for row in rows] == [
        ("halt", found.people["Eli"], "allowed"),
        ("halt", found.people["Sam"], "refused"),
    ]
    assert audit.broken_at(conn) is None


@pytest.mark.parametrize("action", ["read_alert", "acknowledge_alert", "second_read", "open_card"])
def test_who_was_shut_out_stays_out_even_as_the_recipient(scenery, action):
    conn, found = scenery
    turn = asking(conn)
    vera = people.load(conn, found.people["Vera"])
    items.change(conn, found.items["shut_out"], recipient_id=vera.id)

    target = deed.about_item(turn, vera, items.load(conn, found.items["shut_out"]))

    assert target.relation == "excluded"
    assert not turn.allowed(vera, action, target)


def asking(conn: Connection) -> Turn:
    """A turn in which nothing is said, so that it needs no texts."""
    return Turn(conn, cast(World, None), NOW)
