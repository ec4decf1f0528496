"""Invitations for several youngsters on A4: ten to a page, each with its own code, cut apart along the lines. Pure.

No name stands on it: the file travels through a messenger, and the name is written on paper by hand. A number tells
whose it is to who has the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF

from bot.paper.document import FONT, blank
from bot.paper.poster import DEEP, HEIGHT, INK, QUIET, WIDTH

COLUMNS, ROWS = 2, 5
ON_A_PAGE = COLUMNS * ROWS
MARGIN_X, MARGIN_Y = 8.0, 8.5
WIDE, HIGH = (WIDTH - 2 * MARGIN_X) / COLUMNS, (HEIGHT - 2 * MARGIN_Y) / ROWS
CODE, PAD = 37.0, 5.0
QUIET_ZONE = 4
"""Empty squares around a code, as its standard asks for."""


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences on every invitation, in *language* (nl, en). *name_label* stands before the line for the name."""

    language: str
    title: str
    name_label: str
    how: str
    until: str
    help: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One invitation: its number on the list, and the link that works once."""

    number: int
    link: str


def pages(count: int) -> int:
    """How many sheets of paper it takes."""
    return -(-count // ON_A_PAGE)


def sheet(words: Words, slips: Sequence[Slip], made_at: datetime) -> bytes:
    """The PDF; the same words, slips and moment give the same bytes."""
    pdf = blank(words.language, words.title, made_at)
    for place, one in enumerate(slips):
        on_page = place % ON_A_PAGE
        if on_page == 0:
            pdf.add_page()
            _cut_lines(pdf)
        column, row = on_page % COLUMNS, on_page // COLUMNS
        _slip(pdf, words, one, MARGIN_X + column * WIDE, MARGIN_Y + row * HIGH)
    return bytes(pdf.output())


def _cut_lines(pdf: FPDF) -> None:
    pdf.set_draw_color(*QUIET)
    pdf.set_line_width(0.2)
    pdf.set_dash_pattern(dash=2, gap=2)
    for row in range(ROWS + 1):
        pdf.line(MARGIN_X, MARGIN_Y + row * HIGH, WIDTH - MARGIN_X, MARGIN_Y + row * HIGH)
    for column in range(COLUMNS + 1):
        pdf.line(MARGIN_X + column * WIDE, MARGIN_Y, MARGIN_X + column * WIDE, HEIGHT - MARGIN_Y)
    pdf.set_dash_pattern()


def _slip(pdf: FPDF, words: Words, one: Slip, left: float, top: float) -> None:
    _code(pdf, one.link, left + PAD - 1, top + PAD - 1)
    text, wide = left + PAD + CODE + 2, WIDE - CODE - 2 * PAD - 2
    pdf.set_text_color(*DEEP)
    pdf.set_font(FONT, "B", 12)
    pdf.set_xy(text, top + PAD)
    pdf.cell(wide - 12, 6, words.title)
    pdf.set_text_color(*QUIET)
    pdf.set_font(FONT, "", 10)
    pdf.cell(12, 6, str(one.number), align="R")
    pdf.set_text_color(*INK)
    pdf.set_xy(text, top + PAD + 7)
    pdf.cell(wide, 6, words.name_label)
    begins = text + pdf.get_string_width(words.name_label) + 3
    pdf.set_draw_color(*QUIET)
    pdf.set_line_width(0.2)
    pdf.line(begins, top + PAD + 12, text + wide, top + PAD + 12)
    pdf.set_font(FONT, "", 8.5)
    pdf.set_xy(text, top + PAD + 14.5)
    pdf.multi_cell(wide, 4.2, words.how, align="L", new_x="LEFT", new_y="NEXT")
    pdf.set_x(text)
    pdf.multi_cell(wide, 4.2, words.until, align="L", new_x="LEFT", new_y="NEXT")
    pdf.set_font(FONT, "", 6.5)
    pdf.set_text_color(*QUIET)
    pdf.set_xy(left + PAD, top + PAD + CODE - 0.5)
    pdf.cell(WIDE - 2 * PAD, 4, one.link.removeprefix("https://"), link=one.link)
    pdf.set_font(FONT, "B", 7.5)
    pdf.set_text_color(*INK)
    pdf.set_xy(left + PAD, top + PAD + CODE + 4.5)
    pdf.multi_cell(WIDE - 2 * PAD, 4.2, words.help, align="L")


def _code(pdf: FPDF, link: str, left: float, top: float) -> None:
    """The code as bars, one for each run of dark squares: sharp at any size, and little to draw."""
    import segno

    matrix = [list(row) for row in segno.make(link, error="m").matrix]
    cell = CODE / (len(matrix) + 2 * QUIET_ZONE)
    pdf.set_fill_color(*INK)
    for y, row in enumerate(matrix):
        begins = None
        for x, dark in enumerate([*row, 0]):
            if dark and begins is None:
                begins = x
            elif not dark and begins is not None:
                pdf.rect(
                    left + (begins + QUIET_ZONE) * cell,
                    top + (y + QUIET_ZONE) * cell,
                    (x - begins) * cell,
                    cell,
                    style="F",
                )
                begins = None
