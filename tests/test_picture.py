"""The progress picture: it draws its text with our own font, escapes what it gets, and reads on any phone."""

from __future__ import annotations

import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.picture.progress import Attempt, Legend, png, svg

LEGEND = Legend("Mijn stappen", "0 is geen spanning, 10 is heel veel.")
HOI = Attempt(
    "zaterdag 21 november: gedaan",
    "Zeg hoi tegen een bekende",
    (("before", "vooraf", 6), ("highest", "op het hoogst", 7), ("after", "toen het klaar was", 3)),
    "Je was 80 procent zeker. Het gebeurde niet.",
)


def parsed(drawn):
    return ET.fromstring(drawn)  # noqa: S314  we drew it ourselves


def texts(drawn):
    return [one.text for one in parsed(drawn).iter("{http://www.w3.org/2000/svg}text")]


def size(picture):
    return struct.unpack(">II", picture[16:24])


def test_every_number_stands_beside_its_bar_with_its_name():
    found = texts(svg([HOI], LEGEND))

    assert found == [
        "Mijn stappen", HOI.day, HOI.title,
        "vooraf", "6", "op het hoogst", "7", "toen het klaar was", "3",
        HOI.said, LEGEND.scale,
    ]  # fmt: skip


def test_the_text_is_really_drawn():
    with_text, without = png([HOI], LEGEND), png([replace(HOI, title=" ", day=" ", said=" ")], LEGEND)

    assert len(with_text) > len(without) + 1000


def test_more_attempts_make_it_longer_not_smaller():
    one, three = size(png([HOI], LEGEND)), size(png([HOI] * 3, LEGEND))

    assert one[0] == three[0] == 800
    assert three[1] > one[1]


@pytest.mark.parametrize("ground", ["#fbf7ef"])
def test_it_brings_its_own_ground_and_dark_text(ground):
    def light(colour):
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    drawn = parsed(svg([HOI], LEGEND))
    first = next(iter(drawn))
    assert (first.get("fill"), first.get("width"), first.get("rx")) == (ground, "800", None)
    for one in drawn.iter("{http://www.w3.org/2000/svg}text"):
        contrast = (light(ground) + 0.05) / (light(one.get("fill")) + 0.05)
        assert contrast >= 7, one.text


readable = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=80)


@given(readable, st.integers(0, 10))
def test_whatever_a_title_holds_it_stays_a_picture(title, figure):
    drawn = svg([replace(HOI, title=title, tension=(("after", "na", figure),))], LEGEND)

    assert str(figure) in texts(drawn)


def test_the_rasteriser_is_imported_on_first_use_only():
    code = "import sys, bot.conversation.looking_back; sys.exit('resvg_py' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
