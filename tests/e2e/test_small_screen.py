"""The page on a phone: one chat at a time, every button within the screen, and a check-in of two taps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import beginnings, chapters
from tests.e2e.album import Album
from tests.e2e.companion import started_apart
from tests.e2e.conftest import SMALL, Opens
from tests.e2e.hands import Person, Screen, moves_clock, waits_for

pytestmark = pytest.mark.e2e

OUTSIDE = """() => [...document.querySelectorAll("button, textarea, .bubble")]
  .filter((element) => element.checkVisibility() && !element.closest(".panel"))
  .filter((element) => element.getBoundingClientRect().right > innerWidth
    || element.scrollWidth > element.clientWidth + 1)
  .map((element) => element.textContent)"""


async def test_a_short_walk_on_a_phone(tmp_path: Path, opens: Opens) -> None:
    async with started_apart(tmp_path) as (url, links), opens(url, SMALL) as page:
        screen = Screen(page, Album("small-screen"))
        sam, vera = Person(screen, 1001, "Sam"), Person(screen, 1002, "Vera")
        await beginnings.tom_opens(Person(screen, 1005, "Tom"), links["Tom"])
        await beginnings.vera_opens(vera, links["Vera"])
        await beginnings.vera_invites(vera, "Sam", "2005")
        assert await page.evaluate(OUTSIDE) == []
        await beginnings.opens_link_on(vera, sam)
        await beginnings.youth_reads(sam)
        await sam.taps_on("Ja, dat mag", "Onderaan staat nu altijd de knop Hulp nu.")
        await vera.sees("Er is nieuws over een van je jongeren.")
        await beginnings.vera_gives_a_challenge(vera, "Sam")
        await sam.taps_on("Lees", "Vera dacht aan deze uitdaging")
        first_useful = sam.taps
        await sam.taps_on("Ja, die wil ik", "Er zijn 6 kleine stappen")
        await sam.taps_on("Meteen een stap kiezen", "Welke stap wil je als eerste doen?")
        await sam.keeps("stappen")
        await sam.taps_on(chapters.STEP, "Op welke dag wil je dit doen?")
        await sam.keeps("dagen")
        assert await page.evaluate(OUTSIDE) == []
        await chapters.plans(sam)
        await sam.taps_on(
            "Zo is het genoeg", "Je hoort niets over deze stap tot zaterdag 21 november, 14:00."
        )
        await waits_for(sam, "Dit is het moment dat je koos.")
        await sam.keeps("moment")
        await moves_clock(page, "next")
        await sam.sees("Hoe ging het?")
        await sam.keeps("hoe-ging-het")
        before = sam.taps
        await sam.taps_on("Gedaan", "Genoteerd. Vera ziet alleen: gedaan.")
        await sam.taps_on("Klaar voor nu", "Deze stap staat op gedaan.")
        await sam.keeps("klaar")
        assert sam.taps - before == 2
        assert first_useful <= 8
        assert sam.typed == 0
