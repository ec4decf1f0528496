"""What others do while Sam does nothing, by the Dutch words in a scenario."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, update

from bot.content.pages import SHELL
from bot.conversation import withdrawn
from bot.conversation.turn import Turn
from bot.programme.lifecycle import Move
from bot.rehearsal.phone import Phone
from bot.storage import phases, waiting
from bot.storage.schema_people import consent
from tests.scenarios.beginnings import without_evenings
from tests.talk.alarm import is_away, takes
from tests.talk.journeys import opens_youngsters
from tests.talk.stage import Stage
from tests.talk.test_access_inspection import confidant, reads_along

Happens = Callable[[Stage, dict[str, Any]], object]
CHALLENGE, STEP = "een-groet-per-dag", "hoi"


def _is_answered(stage: Stage, who: dict[str, Any]) -> None:
    """Somebody of staff sees what Sam sent."""
    _opens(stage.of(who["main"]))


def _opens(staff: Phone) -> None:
    staff.taps_data([one for one in staff.shown if one.labels == ["Lees"]][-1].button("Lees").data)
    if "Tik je code" in staff.said:
        staff.taps_code()


def _gives_another(stage: Stage, who: dict[str, Any]) -> None:
    card = opens_youngsters(stage.of(who["main"]))
    card.taps("Uitdaging geven", "Alle uitdagingen", "Het kleine bericht")
    stage.passes(timedelta(minutes=1))


def _withdraws(step: str | None) -> Happens:
    def happens(stage: Stage, who: dict[str, Any]) -> None:
        stage.writes(
            lambda conn: withdrawn.withdraw(
                Turn(conn, stage.world, stage.now), SHELL, "challenge", CHALLENGE, step, "Te spannend"
            )
        )
        stage.ticks()

    return happens


def _goes_away(*names: str) -> Happens:
    def happens(stage: Stage, who: dict[str, Any]) -> None:
        for name in names or stage.programme.staff:
            is_away(stage, name, stage.now + timedelta(days=60))

    return happens


def _halts(stage: Stage, who: dict[str, Any]) -> None:
    opens_youngsters(stage.of(who["main"])).taps("Stilzetten", "Opgenomen")


def _takes_on(stage: Stage, who: dict[str, Any]) -> None:
    takes(stage.of(who["main"]))


def _opens_card(stage: Stage, who: dict[str, Any]) -> None:
    staff = takes(stage.of(who["main"])).taps("Noodkaart", "Ik krijg geen contact")
    if "Tik je code" in staff.said:
        staff.taps_code()


def _fills_card(stage: Stage, who: dict[str, Any]) -> None:
    staff = opens_youngsters(stage.of(who["main"]))
    staff.taps("Noodkaart invullen", "Invullen", "Een naam en een nummer")
    staff.types("Ans").taps("Ouder").types("0612345678")


def _reads_along(stage: Stage, who: dict[str, Any]) -> None:
    reads_along(confidant(stage))
    stage.passes(timedelta(hours=5))


def _renews_terms(stage: Stage, who: dict[str, Any]) -> None:
    stage.writes(lambda conn: conn.execute(update(consent).values(text_hash="older")))


def _goes_on(stage: Stage, who: dict[str, Any]) -> None:
    """The trial meeting is behind Sam: both want to go on."""
    move = Move("participating", "both_want", stage.now.date(), stage.now)
    stage.writes(lambda conn: phases.add(conn, stage.id_of(stage.of("Sam")), move))


def _leaves_waiting_list(stage: Stage, who: dict[str, Any]) -> None:
    def leave(conn: Connection) -> None:
        place = waiting.of_youth(conn, number)
        assert place is not None
        waiting.end(conn, place.id, "own_wish", stage.now)

    number = stage.id_of(stage.of("Sam"))
    stage.writes(leave)


def _no_evenings(stage: Stage, who: dict[str, Any]) -> None:
    without_evenings(stage)


MEANWHILE: dict[str, Happens] = {
    "de begeleider opent wat Sam stuurde": _is_answered,
    "de begeleider geeft een andere uitdaging": _gives_another,
    "de begeleider zet alles voor Sam stil": _halts,
    "de begeleider vult de noodkaart in": _fills_card,
    "de begeleider tikt op Gezien": _takes_on,
    "de begeleider tikt op Gezien en opent de noodkaart": _opens_card,
    "de vertrouwenspersoon leest mee": _reads_along,
    "niemand van de begeleiders is er": _goes_away(),
    "de stap van Sam is ingetrokken": _withdraws(STEP),
    "de uitdaging van Sam is ingetrokken": _withdraws(None),
    "de tekst over bewaren is veranderd": _renews_terms,
    "Sam doet nu mee": _goes_on,
    "Sam is van de wachtlijst": _leaves_waiting_list,
    "alle bijeenkomsten vervallen": _no_evenings,
}
