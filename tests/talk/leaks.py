"""Whether a digest, list or card holds anything but what was shared and the fixed list. Shares no code with either.

Two independent looks: marker words that were put into everything that was not sent, and a grammar of every line made
from the written sentences. Both work on any stage, also on that of a simulated half year: ``leaks(stage, name)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML
from sqlalchemy import select

from bot.rehearsal.stage import Stage
from bot.storage import sealed
from bot.storage.schema_talk import item

ROOT = Path(__file__).parents[2]
READABLE = ("sent", "opened", "handled")
CHOSEN = "➤ "
LINE = re.compile(r"^\d+\. [^:]+: (?P<rest>.*)$")
NAMES = re.compile(r"^(?P<label>[^:]+): \d+ [^,:;]+(?:, \d+ [^,:;]+)*$")
DIGEST_BEGINS = re.compile(
    r"^(?:Vervolg van je overzicht\.|(?:Niemand vraagt nu|1 jongere vraagt|\d+ jongeren vragen) iets van jou\."
    r"(?: De oudste vraag is \d+ dag(?:en)? oud\.)?(?: \d+ deelden? iets\.)?(?: Bij(?: nog)? \d+ is er nieuws\.)?"
    r"(?: \d+ (?:is|zijn)(?: al lang)? stil(?: \(\d+ al lang\))?, dat mag\.)?)$"
)
LIST_BEGINS = re.compile(r"^(?:1 jongere is|\d+ jongeren zijn) lang stil\. ")
COUNTED = re.compile(
    r"^(?:(?:1 jongere komt|\d+ jongeren komen) \w+(?: \d+ \w+)?\."
    r"|En nog \d+: tik op Verder\.|Tik op Verder voor de rest\.)$"
)
DETAIL = r"(?:\d+ keer|bij [^,()]+|\d+ dag(?:en)?)"
QUIET = re.compile(r"^(?:\d+ dag(?:en)? niets gehoord)?(?:; )?(?:\d+ keer niet op de bijeenkomst)?$")
WEEKDAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag \d+ \w+"
CARD_BEGINS = re.compile(r"^[^\n]+ (?:is begonnen op|is nog niet begonnen|doet mee zonder account)")


@cache
def written() -> dict[str, str]:
    """The Dutch sentences, as they stand in the file."""
    text = (ROOT / "dialogs" / "nl" / "phrases.yaml").read_text(encoding="utf-8")
    return {key: str(said) for key, said in YAML(typ="safe").load(text)["phrases"].items()}


@cache
def titles() -> frozenset[str]:
    """Every title of a challenge and a step: what the professional gives, nobody's words."""
    found = set()
    for path in (ROOT / "challenge_catalog" / "nl").glob("*.yaml"):
        found.update(
            re.findall(r"^\s*title: \"?(.*?)\"?\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)
        )
    return frozenset(found)


def _pattern(said: str) -> str:
    """A sentence as a pattern: what is filled in is one name or date, with its group, and no sentence."""
    bare = re.sub(r"\{%.*?%\}", "", said)
    return "".join(
        r"[^.;:()]{1,60}(?: \([^.;:()]{1,30}\))?" if part.startswith("{{") else re.escape(part)
        for part in re.split(r"(\{\{.*?\}\})", bare)
    )


@cache
def fixed_list() -> re.Pattern[str]:
    """One part of a line of the digest: what waits, or a line of the fixed list."""
    waits = "|".join(
        _pattern(said) for key, said in written().items() if key.startswith("waits_") and "{{" not in said
    )
    moved = "|".join(_pattern(said) for key, said in written().items() if key.startswith("moved_"))
    return re.compile(rf"(?:(?:❗ klinkt zwaar: )?(?:{waits})(?: \({DETAIL}(?:, {DETAIL})*\))?|{moved})")


def _parts(rest: str) -> Iterator[tuple[str, bool]]:
    """The parts of a line, and whether the last was cut off."""
    cut = rest.endswith("…")
    found = rest.removesuffix("…").split("; ")
    for place, part in enumerate(found):
        yield part, cut and place == len(found) - 1


@cache
def labels() -> re.Pattern[str]:
    """What may stand before names that stand together: a line of the fixed list, or that something was shared."""
    moved = [said for key, said in written().items() if key.startswith("moved_")]
    own = [r"Deelde iets(?: \(oudste \d+ dag(?:en)?\))?"]
    own += [_pattern(said) for key, said in written().items() if key.startswith("gathered_meeting_")]
    return re.compile("|".join([*own, *(_pattern(said[:1].upper() + said[1:]) for said in moved)]))


def is_digest(text: str) -> bool:
    """Whether a text is a screen of a digest, or of the list of who is quiet."""
    head = text.split("\n", 1)[0]
    return DIGEST_BEGINS.match(head) is not None or LIST_BEGINS.match(head) is not None


def wrong_in_digest(text: str) -> list[str]:
    """The lines of a digest under its head that hold something else than the fixed list."""
    return [line for line in text.split("\n")[1:] if line and not _is_known(line)]


def _is_known(line: str) -> bool:
    found = LINE.match(line)
    if found is None:
        names = NAMES.match(line)
        return COUNTED.match(line) is not None or (
            names is not None and labels().fullmatch(names["label"]) is not None
        )
    if QUIET.match(found["rest"]):
        return True
    return all(
        fixed_list().fullmatch(part) or (cut and _begins_one(part)) for part, cut in _parts(found["rest"])
    )


def _begins_one(part: str) -> bool:
    """A part that was cut off is the beginning of one of the sentences, as far as it goes."""
    known = [said for key, said in written().items() if key.startswith(("moved_", "waits_"))]
    heavy = part.removeprefix("❗ klinkt zwaar: ")
    plain = [re.sub(r"\{.*", "", said) for said in known]
    return (
        any(one.startswith(heavy.rstrip()) or (one and heavy.startswith(one)) for one in plain)
        or not part.strip()
    )


def wrong_in_card(text: str, shared: Iterable[str]) -> list[str]:
    """The lines of a card that are no line of the fixed list, no title, and stand in nothing that was shared."""
    given = "\n".join(shared)
    flat = " ".join(given.split())
    wrong = []
    # What was tapped stands under it, as the label said it.
    bare = (one.strip() for one in text.splitlines() if not one.startswith(CHOSEN))
    for line in filter(None, bare):
        if any(known.fullmatch(line) for known in _card_lines()) or line.strip("… ") in flat:
            continue
        head, _, rest = line.partition(": ")
        if head.startswith("Doel (gedeeld") and rest in flat:
            continue
        if (head == "Uitdaging" or head.startswith("Stap ")) and rest in titles():
            continue
        opened = [part for part, _ in _parts(rest)] if head == "Open" else []
        if opened and all(fixed_list().fullmatch(part) for part in opened):
            continue
        wrong.append(line)
    return wrong


@cache
def _card_lines() -> tuple[re.Pattern[str], ...]:
    moved = "|".join(_pattern(said) for key, said in written().items() if key.startswith("moved_"))
    names = (
        "card_begun",
        "card_not_begun",
        "assisted_head",
        "card_missing",
        "entry_heavy",
        "card_last_shared",
    )
    halts = [key for key in written() if key.startswith("halt_since_")]
    attempt = rf"{WEEKDAY}: (?:{moved})(?: \((?:{'|'.join(map(re.escape, titles()))})\))?"
    counted = r"Stappen: \d+ gedaan, \d+ deels, \d+ niet gedaan\."
    moment = rf"{WEEKDAY}(?:, \d\d:\d\d)?:"
    state = rf"(?:Verstuurd|Geopend|Afgehandeld) {WEEKDAY}, \d\d:\d\d"
    answers = "|".join(_pattern(said) for key, said in written().items() if key.startswith("talk_is_"))
    talk = rf"Gesprek gepland: {WEEKDAY}, \d\d:\d\d \((?:{answers})\)\."
    patterns = [_pattern(written()[name]) for name in (*names, *halts)]
    return tuple(re.compile(one) for one in (*patterns, attempt, counted, moment, state, talk))


def shared_with(stage: Stage, person_id: int) -> list[str]:
    """Everything that was sent to somebody, and everything they ever wrote back, read straight from the table."""

    def read(conn):
        query = select(item).where(item.c.recipient_id == person_id, item.c.state.in_(READABLE))
        rows = conn.execute(query).all()
        return [str(sealed.opened(conn, item.c.content, row.id, row.content)) for row in rows if row.content]

    return stage.reads(read)


def leaks(stage: Stage, name: str, markers: Iterable[str] = ()) -> list[str]:
    """What stood in any digest, list or card on this phone, ever, and was neither shared nor on the fixed list."""
    phone = stage.of(name)
    shared = shared_with(stage, stage.id_of(phone))
    found = []
    for text in (text for one in (*phone.gone, *phone.shown) for text in one.ever):
        found += [
            f"marker: {text}" for marker in markers if marker in text and marker not in "\n".join(shared)
        ]
        if CARD_BEGINS.match(text):
            found += [f"card: {line}" for line in wrong_in_card(text, shared)]
        elif is_digest(text):
            found += [f"digest: {line}" for line in wrong_in_digest(text)]
    return found
