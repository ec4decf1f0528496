"""The own plan on one A4, to hang up or to put away. Pure. No name stands on it."""

from __future__ import annotations

from datetime import datetime

from bot.paper.document import FONT, blank
from bot.paper.poster import DEEP, INK, MARGIN, QUIET


def page(language: str, title: str, said: str, help_said: str, made_at: datetime) -> bytes:
    """The PDF; the same words and moment give the same bytes."""
    pdf = blank(language, title, made_at, margin=MARGIN)
    pdf.add_page()
    for text, style, size, colour, after in (
        (title, "B", 22, DEEP, 8),
        (said, "", 13, INK, 10),
        (help_said, "", 11, QUIET, 0),
    ):
        pdf.set_font(FONT, style, size)
        pdf.set_text_color(*colour)
        pdf.multi_cell(0, size * 0.55, text.replace("**", ""), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(after)
    return bytes(pdf.output())
