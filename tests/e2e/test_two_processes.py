"""`companion sandbox` and `companion run` apart, the second told everything by its environment."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e import beginnings
from tests.e2e.album import Album
from tests.e2e.companion import started_apart
from tests.e2e.conftest import LAPTOP, Opens
from tests.e2e.hands import LONG, Person, Screen, waits_for

pytestmark = pytest.mark.e2e


async def test_a_short_walk_with_two_processes(tmp_path: Path, opens: Opens) -> None:
    async with started_apart(tmp_path) as (url, links), opens(url, LAPTOP) as page:
        screen = Screen(page, Album("two-processes"))
        sam, vera = Person(screen, 1001, "Sam"), Person(screen, 1002, "Vera")
        await beginnings.tom_opens(Person(screen, 1005, "Tom"), links["Tom"])
        await beginnings.vera_opens(vera, links["Vera"])
        await beginnings.vera_invites(vera, "Sam", "2005")
        await beginnings.opens_link_on(vera, sam)
        await beginnings.youth_reads(sam)
        await sam.taps_on("Ja, dat mag", "Onderaan staat nu altijd de knop Hulp nu.")
        await vera.sees("Er is nieuws over een van je jongeren.")
        await expect(page.get_by_test_id("clock-note")).to_contain_text("volgend moment", timeout=LONG)
        said = await waits_for(sam, "Er is een bericht voor je.")
        assert said == "Het is nu zondag 29 november 2026 om 19:00."
        await sam.keeps("herinnering")
