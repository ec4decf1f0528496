"""The letter a parent or guardian signs: one A4 page for each language, with a code and without a name.

The name is written on paper by hand, so the file that travels through the messenger says nothing about anybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF, ViewerPreferences

MARGIN = 22
LINE = 6.2


@dataclass(frozen=True, slots=True)
class Page:
    """The sentences of one page, in *language* (nl, en). *blanks* are what is filled in by hand."""

    language: str
    title: str
    paragraphs: Sequence[str]
    code_label: str
    blanks: Sequence[str]


def letter(pages: Sequence[Page], code: str, made_at: datetime) -> bytes:
    """The PDF; the same pages, code and moment give the same bytes.

    It carries language and title, but no tags: the library can mark content as a figure only, which would tell a
    screen reader something wrong. docs/privacy.md says what to do instead.
    """
    pdf = FPDF(format="A4")
    pdf.set_lang(pages[0].language)
    pdf.set_title(" / ".join(page.title for page in pages))
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    pdf.set_creation_date(made_at)
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN)
    for page in pages:
        pdf.add_page()
        pdf.start_section(_shown(page.title))
        pdf.set_font("Helvetica", "B", 17)
        pdf.multi_cell(0, 9, _shown(page.title), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(3)
        pdf.set_font("Helvetica", "", 11.5)
        for paragraph in page.paragraphs:
            pdf.multi_cell(0, LINE, _shown(paragraph), new_x="LMARGIN", new_y="NEXT")
            pdf.ln(2.6)
        pdf.ln(2)
        for blank in page.blanks:
            pdf.cell(60, 11, _shown(blank))
            pdf.cell(0, 11, "", border="B", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(6)
        pdf.set_font("Courier", "B", 15)
        pdf.multi_cell(0, 9, _shown(f"{page.code_label} {code}"), new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def _shown(text: str) -> str:
    """What the fonts of every PDF reader can show; the sentences are ours, so nothing of a person is lost."""
    return text.replace("’", "'").encode("cp1252", "replace").decode("latin-1", "replace")
