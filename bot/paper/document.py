"""A document to be printed: its language, title and fonts, and the moment it was made, so that it comes out alike."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from fpdf import FPDF, ViewerPreferences

FONTS = Path(__file__).resolve().parents[1] / "picture" / "font"
FONT = "DejaVu"


def blank(
    language: str,
    title: str,
    made_at: datetime,
    size: tuple[float, float] | None = None,
    margin: float | None = None,
) -> FPDF:
    """A document without a page yet: A4, or *size* in millimetres. With a *margin* it breaks pages by itself."""
    pdf = FPDF(format=size or "A4")
    pdf.set_lang(language)
    pdf.set_title(title)
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.set_creation_date(made_at)
    if margin is None:
        pdf.set_auto_page_break(auto=False)
    else:
        pdf.set_margins(margin, margin)
        pdf.set_auto_page_break(auto=True, margin=margin)
    pdf.add_font(FONT, "", FONTS / "DejaVuSans.ttf")
    pdf.add_font(FONT, "B", FONTS / "DejaVuSans-Bold.ttf")
    return pdf
