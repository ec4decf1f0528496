"""What `docs/content.md` shows and quotes: its two example files, the buttons, the bot's words, the pictures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "content.md"
TEXT = GUIDE.read_text("utf-8")
PICTURES = ROOT / "docs" / "pictures"


def examples() -> tuple[str, str]:
    """The complete challenge of the guide, Dutch and English."""
    dutch, english = re.findall(r"^```yaml\n(.+?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return dutch, english


def buttons(text: str = TEXT) -> set[str]:
    """What stands in bold outside the headings of paragraphs: a button, as a person reads it."""
    return {
        one
        for one in re.findall(r"\*\*([^*\n]+)\*\*", text)
        if not one.endswith((".", ":", "?")) or "..." in one
    }


def page(name: str) -> dict[str, Any]:
    """The Dutch page of a dialog, or the phrases."""
    return words((ROOT / "dialogs/nl" / f"{name}.yaml").read_text("utf-8"))


def labels(page: dict[str, Any]) -> Iterator[str]:
    """The texts of a page that can be on a button."""
    for step in page.get("steps", {}).values():
        for choice in (step.get("choices") or {}).values():
            said = choice["say"] if isinstance(choice, dict) else choice
            # A button with one word or another says each of them.
            yield from (part for part in re.split(r"{%[^%]*%}", said) if part)
    yield from (page[name] for name in ("later",) if name in page)
    yield from (page.get("phrases") or {}).values()


def unknown(text: str, labels: Iterable[str]) -> set[str]:
    """The buttons that a guide names and that no page has; what a page fills in behind other words can be any."""
    shapes = [
        re.escape(label) if label.startswith("{{") else re.sub(r"\\{\\{.*?\\}\\}", ".+", re.escape(label))
        for label in labels
    ]
    known = re.compile("|".join(shapes))
    return {one for one in buttons(text) if known.fullmatch(one) is None}


def said() -> list[str]:
    """The lines that the bot says."""
    return re.findall(r"^> (.+)$", TEXT, re.MULTILINE)


def problems() -> list[str]:
    """The remarks of the check in the table of mistakes, without what was filled in."""
    table = TEXT.split("| de bot zegt |")[1].split("\n\n")[0]
    return [line.split("|")[1].strip() for line in table.splitlines()[2:]]


def pictures(text: str = TEXT) -> list[str]:
    """The names of the pictures, in their order."""
    return re.findall(r"!\[[^\]]+\]\(pictures/([\w-]+)\.png\)", text)


def words(text: str) -> dict[str, Any]:
    """The texts of an example by name."""
    found: dict[str, Any] = YAML(typ="safe").load(text)
    return found
