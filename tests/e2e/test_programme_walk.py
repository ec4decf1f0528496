"""The way in on a phone: from a stranger to somebody who takes part, with the first evening in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import beginnings, programme
from tests.e2e.album import Album
from tests.e2e.companion import started
from tests.e2e.conftest import SMALL, Opens
from tests.e2e.hands import Person, Screen
from tests.e2e.test_small_screen import OUTSIDE

pytestmark = pytest.mark.e2e


async def test_a_stranger_comes_in_and_takes_part(tmp_path: Path, opens: Opens) -> None:
    folder = str(tmp_path / "demo")
    async with (
        started("demo", "--no-browser", "--port", "0", "--folder", folder, "--json") as demo,
        opens(demo.said["url"], SMALL) as page,
    ):
        screen = Screen(page, Album("programme"))
        sam, vera = Person(screen, 1001, "Sam"), Person(screen, 1002, "Vera")
        tom = Person(screen, 1005, "Tom")
        try:
            await beginnings.tom_begins(tom)
            await beginnings.vera_begins(vera)
            await programme.sam_signs_up(sam)
            await programme.vera_takes_it_on(vera)
            await beginnings.opens_link_on(vera, sam)
            await beginnings.youth_reads(sam)
            await programme.sam_is_briefed(sam)
            await programme.vera_promises(vera, sam)
            await programme.the_evening(vera)
            await programme.the_day_after(sam, vera)
            await programme.vera_calls_an_evening_off(vera, sam)
            assert await page.evaluate(OUTSIDE) == []
        except BaseException:
            print("\n\n".join([await person.reads() for person in (sam, vera)]))
            raise
