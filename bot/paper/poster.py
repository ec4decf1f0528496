"""A poster on one A4: what this is in a few words, a code to scan, and where to turn at once. Pure.

It is neutral on purpose: who stands in front of it at school says nothing about themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF

from bot.paper.document import FONT, blank

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 20.0
BAND = 96.0
CODE = 92.0
INK, DEEP, LIGHT, QUIET = (28, 36, 48), (16, 78, 96), (236, 245, 246), (84, 98, 112)


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a poster, in *language* (nl, en). *place* is a municipality or group, and may be empty."""

    language: str
    title: str
    lines: Sequence[str]
    scan: str
    about: Sequence[str]
    help: str
    place: str = ""


def poster(words: Words, link: str, made_at: datetime) -> bytes:
    """The PDF; the same words, link and moment give the same bytes. The link also stands there as text."""
    pdf = blank(words.language, words.title, made_at)
    pdf.add_page()
    _head(pdf, words)
    top = _code(pdf, words, link)
    _foot(pdf, words, top)
    return bytes(pdf.output())


def _head(pdf: FPDF, words: Words) -> None:
    pdf.set_fill_color(*DEEP)
    pdf.rect(0, 0, WIDTH, BAND, style="F")
    pdf.set_text_color(255, 255, 255)
    pdf.set_font(FONT, "", 12)
    pdf.set_xy(MARGIN, 12)
    pdf.cell(WIDTH - 2 * MARGIN, 6, words.place)
    pdf.set_xy(MARGIN, 24)
    size = 36
    pdf.set_font(FONT, "B", size)
    while pdf.get_string_width(words.title) > 2 * (WIDTH - 2 * MARGIN) - 20 and size > 20:
        size -= 2
        pdf.set_font(FONT, "B", size)
    pdf.multi_cell(WIDTH - 2 * MARGIN, size * 0.44, words.title, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FONT, "", 15)
    pdf.set_y(pdf.get_y() + 4)
    for line in words.lines:
        pdf.set_x(MARGIN)
        pdf.multi_cell(WIDTH - 2 * MARGIN, 8.4, line, new_x="LMARGIN", new_y="NEXT")


def _code(pdf: FPDF, words: Words, link: str) -> float:
    """The code in the middle, as squares that stay sharp at any size; where the text below may begin."""
    import segno

    matrix = [list(row) for row in segno.make(link, error="m").matrix]
    border = 4
    cell = CODE / (len(matrix) + 2 * border)
    left, top = (WIDTH - CODE) / 2, BAND + 12
    pdf.set_fill_color(255, 255, 255)
    pdf.set_draw_color(*DEEP)
    pdf.set_line_width(0.8)
    pdf.rect(left, top, CODE, CODE, style="DF", round_corners=True, corner_radius=4)
    pdf.set_fill_color(*INK)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                pdf.rect(left + (x + border) * cell, top + (y + border) * cell, cell, cell, style="F")
    pdf.set_text_color(*INK)
    pdf.set_font(FONT, "B", 17)
    pdf.set_xy(MARGIN, top + CODE + 5)
    pdf.multi_cell(WIDTH - 2 * MARGIN, 9, words.scan, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(*QUIET)
    pdf.set_font(FONT, "", 10.5)
    pdf.set_x(MARGIN)
    pdf.multi_cell(
        WIDTH - 2 * MARGIN, 6, link.removeprefix("https://"), align="C", new_x="LMARGIN", new_y="NEXT"
    )
    return float(pdf.get_y())


def _foot(pdf: FPDF, words: Words, top: float) -> None:
    pdf.set_y(top + 5)
    pdf.set_text_color(*INK)
    pdf.set_font(FONT, "", 12.5)
    for line in words.about:
        pdf.set_x(MARGIN)
        pdf.multi_cell(WIDTH - 2 * MARGIN, 7, line, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_fill_color(*LIGHT)
    pdf.rect(0, HEIGHT - 24, WIDTH, 24, style="F")
    pdf.set_xy(MARGIN, HEIGHT - 15.5)
    pdf.set_font(FONT, "B", 12)
    pdf.multi_cell(WIDTH - 2 * MARGIN, 6.5, words.help, align="C", new_x="LMARGIN", new_y="NEXT")
