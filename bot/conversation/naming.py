"""What youngsters are called in the lists of a professional: names alike are told apart, without a surname."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.conversation import wording
from bot.conversation.turn import Turn
from bot.label import Named, labels
from bot.storage import meetings, people
from bot.storage.people import Person


def called(turn: Turn, reader: Person, youth_ids: Sequence[int]) -> Mapping[int, str]:
    """What these youngsters and all others of this professional are called: names alike are told apart."""
    known = {one.id: one for one in people.youngsters_of(turn.conn, reader.id, None)}
    for number in youth_ids:
        if number not in known:
            known[number] = people.load(turn.conn, number)
    groups = {one.group_id for one in known.values() if one.group_id is not None}
    group_names = {number: meetings.group_name(turn.conn, number) for number in groups}
    counted = Counter(str(one.name).strip().casefold() for one in known.values())
    return labels(
        [
            Named(
                one.id,
                str(one.name),
                group_names.get(one.group_id or 0, ""),
                _since(turn, reader, one) if counted[str(one.name).strip().casefold()] > 1 else "",
            )
            for one in known.values()
        ]
    )


def _since(turn: Turn, reader: Person, youth: Person) -> str:
    day = wording.day_label(turn, reader, youth.began_at or youth.created_at).partition(" ")[2]
    return turn.phrase("label_since", reader, day=day)
