"""Two organisations with everybody in them, and things that were sent: real rows, for the table of who may what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from bot.storage import alerts, items, people, sessions
from bot.storage.schema_programme import group_staff, location, meeting_group, municipality, organisation
from dialogs.state import State

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
STAFF = {
    "Vera": ("professional", "welzijn"), "Tom": ("professional", "welzijn"), "Amira": ("professional", "welzijn"),
    "Bas": ("professional", "welzijn"), "Noor": ("coordinator", "welzijn"), "Ria": ("confidant", "welzijn"),
    "Dirk": ("dpo", "welzijn"), "Eva": ("professional", "elders"), "Erik": ("professional", "elders"),
    "Nina": ("coordinator", "elders"), "Rob": ("confidant", "elders"), "Joost": ("admin", None),
}  # fmt: skip
GROUPS = {
    "w1": ("welzijn", "Vera", "Tom"),
    "w2": ("welzijn", "Amira", "Bas"),
    "e1": ("elders", "Eva", "Erik"),
}
YOUNGSTERS = {"Sam": "w1", "Kim": "w2", "Eli": "e1"}


@dataclass(frozen=True, slots=True)
class Scene:
    """Row numbers by name."""

    people: dict[str, int]
    organisations: dict[str, int]
    groups: dict[str, int]
    items: dict[str, int]
    sessions: dict[str, int]


def build(conn: Connection) -> Scene:
    """Put everything into an empty database."""
    organisations = {name: _add(conn, organisation, key=name, name=name) for name in ("welzijn", "elders")}
    town = _add(conn, municipality, key="noordwijk", name="Noordwijk")
    place = _add(conn, location, key="x-out", name="X-Out", place="Noordwijkerhout")
    known = {}
    for name, (role, works_for) in STAFF.items():
        values: dict[str, object] = {"role": role, "key": name.lower(), "state": "active"}
        values["organisation_id"] = organisations[works_for] if works_for else None
        known[name] = people.add(conn, name, NOW, values)
    groups = {}
    for name, (works_for, main, backup) in GROUPS.items():
        groups[name] = _add(
            conn, meeting_group, key=name, name=name, organisation_id=organisations[works_for],
            municipality_id=town, location_id=place, age_group="18-25", example=True,
        )  # fmt: skip
        for leader in (main, backup):
            conn.execute(insert(group_staff).values(group_id=groups[name], person_id=known[leader]))
    for name, group in YOUNGSTERS.items():
        # Kim has no organisation of their own in the row: it follows from the group.
        born: dict[str, object] = {
            "role": "youth",
            "state": "active",
            "group_id": groups[group],
            "born": "2004-03",
        }
        born["organisation_id"] = None if name == "Kim" else organisations[GROUPS[group][0]]
        known[name] = people.add(conn, name, NOW, born)
        people.assign(conn, known[name], known[GROUPS[group][1]], "main", NOW)
        people.assign(conn, known[name], known[GROUPS[group][2]], "backup", NOW)
    dialogs = {
        f"{name.lower()}_dialog": sessions.add(
            conn, known[name], "menu", "", State("menu", "pick"), foreground=True, now=NOW
        )
        for name in ("Sam", "Vera")
    }
    return Scene(known, organisations, groups, _items(conn, known, organisations["welzijn"]), dialogs)


def _items(conn: Connection, known: dict[str, int], works_for: int) -> dict[str, int]:
    def sent(name: str, to: str, kind: str) -> int:
        to_whom = known[to]
        return items.add(
            conn, known[name], kind, NOW, "woorden", state="sent", sent_at=NOW, recipient_id=to_whom
        )

    def alert(to: str, *got: str, about: str = "self") -> int:
        number = sent("Sam", to, "alert")
        values = {"level": "p1", "kind": "suicide", "about": about, "organisation_id": works_for}
        alerts.add(conn, number, known["Sam"], NOW, state="sent", **values)
        for name in got:
            alerts.note(conn, number, "sent", known[name], NOW)
        return number

    made = {
        "checkin": sent("Sam", "Vera", "checkin"),
        "eli_checkin": sent("Eli", "Eva", "checkin"),
        "alert": alert("Vera", "Vera", "Noor"),
        "shut_out": alert("Tom", "Vera", "Tom"),
        "about_staff": alert("Ria", "Ria", about="staff"),
    }
    alerts.exclude(conn, made["shut_out"], known["Vera"])
    return made


def _add(conn: Connection, table, **values: object) -> int:
    number: int = conn.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    return number
