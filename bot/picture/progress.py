"""The progress picture: tension before, at its highest and afterwards, and what was thought beside what happened.

The card has its own light ground and a dark edge, so that it reads the same on a light and on a dark phone; nothing
is told by colour alone. Pure: figures and sentences in, PNG out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

WIDTH = 800
LEFT, TRACK = 260, 440
TOP, BOTTOM = 96, 72
HEAD, BAR, SAID, GAP = 84, 42, 42, 22
FILLS = {"before": "#c9b48a", "highest": "#7a6fb0", "after": "#4b7d74", "goal": "#a8683f"}
LONGEST = 46
"""Characters of a title that fit on one line."""

_FOLDER = Path(__file__).parent
_FONTS = (_FOLDER / "font" / "DejaVuSans.ttf", _FOLDER / "font" / "DejaVuSans-Bold.ttf")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt as it is drawn. *tension* holds (before, highest, after) 0-10 by name and label; *said* is a line.

    The own goal is drawn likewise: one bar (goal) for each day with a figure.
    """

    day: str
    title: str
    tension: tuple[tuple[str, str, int], ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """The title over the picture and what the scale means, in the reader's language."""

    title: str
    scale: str


def svg(attempts: Sequence[Attempt], legend: Legend) -> str:
    """The picture as SVG. Everything from outside is escaped."""
    rows, top = [], TOP
    for one in attempts:
        height = HEAD + BAR * len(one.tension) + (SAID if one.said else 0) + GAP
        bars = [
            {
                "top": HEAD + BAR * place,
                "label": label,
                "figure": figure,
                "length": round(TRACK * figure / 10),
                "fill": FILLS[name],
            }
            for place, (name, label, figure) in enumerate(one.tension)
        ]
        said_at = HEAD + BAR * len(bars) + 28
        rows.append(
            {
                "top": top,
                "height": height,
                "day": one.day,
                "title": _short(one.title),
                "bars": bars,
                "said": one.said,
                "said_at": said_at,
            }
        )
        top += height
    return _template().render(
        width=WIDTH, height=top + BOTTOM, left=LEFT, track=TRACK, rows=rows, legend=legend
    )


def png(attempts: Sequence[Attempt], legend: Legend) -> bytes:
    """The picture as PNG, drawn with our own font: without one the rasteriser leaves all text out."""
    import resvg_py  # heavy ones are imported on first use

    drawn: bytes = resvg_py.svg_to_bytes(
        svg_string=svg(attempts, legend),
        font_files=[str(path) for path in _FONTS],
        font_family="DejaVu Sans",
        skip_system_fonts=True,
    )
    return bytes(drawn)


@cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(_FOLDER)
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined).get_template(
        "progress.svg"
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
