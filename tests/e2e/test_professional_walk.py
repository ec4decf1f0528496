"""A week of a professional on a phone: four youngsters begin, three of them need something, one round answers all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import beginnings, chapters, professional
from tests.e2e.album import PICTURES, Album
from tests.e2e.companion import started
from tests.e2e.conftest import SMALL, Opens
from tests.e2e.hands import Person, Screen, moves_clock, waits_for
from tests.e2e.professional import Round
from tests.e2e.test_small_screen import OUTSIDE

pytestmark = pytest.mark.e2e

TALL = (390, 1300)
"""For the pictures: what belongs together stands on one screen."""


async def test_a_weekly_round_answers_everybody(tmp_path: Path, opens: Opens) -> None:
    folder = str(tmp_path / "demo")
    async with (
        started("demo", "--no-browser", "--port", "0", "--folder", folder, "--json") as demo,
        opens(demo.said["url"], TALL if PICTURES else SMALL) as page,
    ):
        screen = Screen(page, Album("professional"))
        sam, vera, tom = (
            Person(screen, 1001, "Sam"),
            Person(screen, 1002, "Vera"),
            Person(screen, 1005, "Tom"),
        )
        yara, kim, daan = (
            Person(screen, 1006 + place, name) for place, name in enumerate(("Yara", "Kim", "Daan"))
        )
        try:
            await beginnings.tom_begins(tom)
            await professional.vera_begins_with_the_tour(vera)
            await professional.vera_chooses_her_times(vera)
            for youth, year in ((sam, "2005"), (yara, "2006"), (kim, "2004"), (daan, "2003")):
                await professional.begins(vera, youth, year)
            await beginnings.vera_gives_a_challenge(vera, "Sam")
            await professional.wants_to_talk(kim, "Over Join Us", "Verstuurd naar Vera.")
            await professional.vera_answers_at_once(vera, kim, "Dat kan. Dinsdag om zes uur?")
            await waits_for(kim, "Er is een antwoord voor je.", 3)
            await chapters.accepts_and_rates(sam)
            await chapters.plans(sam)
            await chapters.prepares(sam)
            await chapters.is_reminded_and_asked(sam)
            await chapters.tells_more(sam)
            await chapters.leaves_a_part_out_and_sends(sam)
            await professional.asks_back(kim)
            await professional.wants_to_talk(yara, "Over thuis", "Verstuurd naar Vera.")
            said = await waits_for(vera, "Je overzicht staat klaar.")
            assert said == "Het is nu maandag 23 november 2026 om 09:00."
            round_ = Round(vera)
            for part in professional.ROUND:
                await round_.does(part)
            for _ in range(5):
                await moves_clock(page, "day")
            later = Round(vera)
            await later.does(professional.looks_at_the_quiet_list)
            screen.album.note("weekly-round", f"{round_.says()}\n{later.says()}\n")
            # Eight phones: the strip of tabs scrolls sideways.
            tabs = await page.locator(".tabs button").all_text_contents()
            assert [one for one in await page.evaluate(OUTSIDE) if one not in tabs] == []
        except BaseException:
            print("\n\n".join([await person.reads() for person in (sam, yara, kim, daan, vera)]))
            raise
