"""The card of one month, to carry along (A6) or to hang up (A4): steps, evenings, where to turn. Pure.

No name stands on it: the file travels through a messenger, and the name is written on paper by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from fpdf import FPDF

from bot.paper.document import FONT, blank
from bot.paper.poster import DEEP, INK, LIGHT, QUIET

Size = Literal["A6", "A4"]
Mark = Literal["done", "partly", "open"]
LEAST_LINES = 3
"""With fewer steps, empty lines follow to write on."""


@dataclass(frozen=True, slots=True)
class Step:
    """*when* is a day, or empty. What was not done stays open: a card blames nobody."""

    mark: Mark
    when: str
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """Where to turn: what for, *number* large, and in small letters hours and when it was checked."""

    title: str
    number: str
    remarks: str


@dataclass(frozen=True, slots=True)
class Card:
    """The sentences of a card, in *language* (nl, en)."""

    language: str
    title: str
    month: str
    name_label: str
    steps_title: str
    steps: Sequence[Step]
    evenings_title: str
    evenings: Sequence[str]
    help_title: str
    help: Sequence[Line]
    foot: str


@dataclass(frozen=True, slots=True)
class _Measure:
    """Millimetres and points of one size of paper."""

    width: float
    height: float
    margin: float
    title: float
    head: float
    text: float
    small: float
    box: float
    gap: float

    @property
    def room(self) -> float:
        return self.width - 2 * self.margin


MEASURES: dict[Size, _Measure] = {
    "A6": _Measure(105, 148, 8, 14, 9.5, 8.5, 6.8, 3.2, 3.0),
    "A4": _Measure(210, 297, 20, 26, 15, 13, 10, 5.0, 6.5),
}


def render(card: Card, size: Size, made_at: datetime) -> bytes:
    """The PDF; the same words and moment give the same bytes. What does not fit goes on to the other side."""
    by = MEASURES[size]
    title = f"{card.title}, {card.month}"
    pdf = blank(card.language, title, made_at, (by.width, by.height), by.margin)
    pdf.c_margin = 0
    pdf.add_page()
    _head(pdf, by, card)
    _steps(pdf, by, card)
    _evenings(pdf, by, card)
    _help(pdf, by, card)
    return bytes(pdf.output())


def _head(pdf: FPDF, by: _Measure, card: Card) -> None:
    band = by.margin * 0.8 + _line(by.title) + _line(by.head) + by.margin * 0.5
    pdf.set_fill_color(*DEEP)
    pdf.rect(0, 0, by.width, band, style="F")
    pdf.set_xy(by.margin, by.margin * 0.8)
    _write(pdf, by, card.title, by.title, "B", (255, 255, 255))
    _write(pdf, by, card.month, by.head, "", (255, 255, 255))
    pdf.set_y(band + by.gap * 1.4)
    pdf.set_font(FONT, "", by.small)
    pdf.set_text_color(*QUIET)
    label = pdf.get_string_width(card.name_label) + 2
    pdf.cell(label, _line(by.text), card.name_label)
    pdf.set_draw_color(*QUIET)
    pdf.set_line_width(0.2)
    y = pdf.get_y() + _line(by.text) * 0.85
    pdf.line(by.margin + label, y, by.width - by.margin, y)
    pdf.set_xy(by.margin, pdf.get_y() + _line(by.text) + by.gap)


def _steps(pdf: FPDF, by: _Measure, card: Card) -> None:
    _title(pdf, by, card.steps_title, 2.5 * _line(by.text))
    left = by.margin + by.box * 1.7
    for step in card.steps:
        needed = _height(pdf, by, step.title, by.text, left=left)
        _keep(pdf, by, needed + (_line(by.small) if step.when else 0))
        _box(pdf, by, step.mark, pdf.get_y())
        if step.when:
            _write(pdf, by, step.when, by.small, "", QUIET, left)
        _write(pdf, by, step.title, by.text, "", INK, left)
        pdf.set_y(pdf.get_y() + by.gap * 0.4)
    for _ in range(max(0, LEAST_LINES - len(card.steps))):
        _keep(pdf, by, by.box + by.gap * 1.2)
        top = pdf.get_y() + by.gap * 0.6
        _box(pdf, by, "open", top)
        pdf.set_draw_color(*QUIET)
        pdf.set_line_width(0.2)
        pdf.line(left, top + by.box, by.width - by.margin, top + by.box)
        pdf.set_y(top + by.box + by.gap * 0.6)
    pdf.set_y(pdf.get_y() + by.gap)


def _evenings(pdf: FPDF, by: _Measure, card: Card) -> None:
    _title(pdf, by, card.evenings_title, 2.5 * _line(by.text))
    for one in card.evenings:
        _keep(pdf, by, _height(pdf, by, one, by.text))
        _write(pdf, by, one, by.text, "", INK)
        pdf.set_y(pdf.get_y() + by.gap * 0.4)
    pdf.set_y(pdf.get_y() + by.gap)


def _help(pdf: FPDF, by: _Measure, card: Card) -> None:
    """All on one side, so that nobody has to turn the card over in a hurry."""
    needed = by.gap * 1.4 + _height(pdf, by, card.help_title, by.head, "B")
    for one in card.help:
        needed += _height(pdf, by, one.title, by.small) + _height(pdf, by, one.number, by.text, "B")
        needed += _height(pdf, by, one.remarks, by.small) if one.remarks else 0
        needed += by.gap * 0.5
    _keep(pdf, by, needed + _height(pdf, by, card.foot, by.small))
    top = pdf.get_y()
    shade = top if top > by.margin else 0
    pdf.set_fill_color(*LIGHT)
    pdf.rect(0, shade, by.width, by.height - shade, style="F")
    pdf.set_y(top + by.gap)
    _write(pdf, by, card.help_title, by.head, "B", DEEP)
    pdf.set_y(pdf.get_y() + by.gap * 0.4)
    for one in card.help:
        _write(pdf, by, one.title, by.small, "", INK)
        _write(pdf, by, one.number, by.text, "B", INK)
        if one.remarks:
            _write(pdf, by, one.remarks, by.small, "", QUIET)
        pdf.set_y(pdf.get_y() + by.gap * 0.5)
    _write(pdf, by, card.foot, by.small, "", QUIET)


def _keep(pdf: FPDF, by: _Measure, needed: float) -> None:
    """What belongs together stands together; only what is longer than a page is broken."""
    if needed < by.height - 2 * by.margin and pdf.will_page_break(needed):
        pdf.add_page()


def _height(
    pdf: FPDF, by: _Measure, text: str, size: float, style: Literal["", "B"] = "", left: float | None = None
) -> float:
    pdf.set_font(FONT, style, size)
    room = by.width - by.margin - (by.margin if left is None else left)
    lines = pdf.multi_cell(room, _line(size), text, align="L", dry_run=True, output="LINES")
    return len(lines) * _line(size) if isinstance(lines, list) else _line(size)


def _title(pdf: FPDF, by: _Measure, text: str, following: float) -> None:
    """A heading never stands alone at the foot of a page."""
    _keep(pdf, by, _line(by.head) + by.gap + following)
    _write(pdf, by, text, by.head, "B", DEEP)
    pdf.set_y(pdf.get_y() + by.gap * 0.4)


def _box(pdf: FPDF, by: _Measure, mark: Mark, top: float) -> None:
    """A square to tick; ticked when it was done, half filled when it was done in part."""
    left, top = by.margin, top + by.box * 0.15
    pdf.set_draw_color(*DEEP)
    if mark == "partly":
        pdf.set_fill_color(*DEEP)
        pdf.rect(left, top, by.box / 2, by.box, style="F")
    pdf.set_line_width(by.box * 0.08)
    pdf.rect(left, top, by.box, by.box)
    if mark == "done":
        pdf.set_line_width(by.box * 0.16)
        pdf.line(left + by.box * 0.2, top + by.box * 0.55, left + by.box * 0.42, top + by.box * 0.78)
        pdf.line(left + by.box * 0.42, top + by.box * 0.78, left + by.box * 0.82, top + by.box * 0.22)


def _write(
    pdf: FPDF,
    by: _Measure,
    text: str,
    size: float,
    style: Literal["", "B"],
    colour: tuple[int, int, int],
    left: float | None = None,
) -> None:
    pdf.set_font(FONT, style, size)
    pdf.set_text_color(*colour)
    pdf.set_x(by.margin if left is None else left)
    room = by.width - by.margin - pdf.get_x()
    pdf.multi_cell(room, _line(size), text, align="L", new_x="LMARGIN", new_y="NEXT")


def _line(size: float) -> float:
    """The height of a line of letters of *size* points."""
    return size * 0.46
