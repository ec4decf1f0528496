"""The worst day on a phone: youngster, whoever is on call, coordinator, the alarm outside, the second reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import beginnings, chapters, worst_day
from tests.e2e.album import Album
from tests.e2e.companion import SEED, started_programme
from tests.e2e.conftest import SMALL, Opens
from tests.e2e.hands import Person, Screen

pytestmark = pytest.mark.e2e

EXAMPLE = Path(SEED).read_text("utf-8")


async def test_a_saturday_night_with_somebody_on_call(tmp_path: Path, opens: Opens) -> None:
    rang = tmp_path / "rang.txt"
    ring = tmp_path / "ring.sh"
    ring.write_text(f'#!/bin/sh\necho "$@" >> {rang}\n', "utf-8")
    ring.chmod(0o700)
    seed = tmp_path / "seed.toml"
    seed.write_text(
        EXAMPLE.replace('on_call = "none"', 'on_call = "roster"').replace(
            'person = "vera"', 'person = "amira"'
        ),
        "utf-8",
    )
    settings = {"COMPANION_OPERATOR__ALARM_COMMAND": str(ring)}
    async with (
        started_programme(tmp_path, str(seed), **settings) as (url, links),
        opens(url, SMALL) as page,
    ):
        screen = Screen(page, Album("worst-day"))
        sam, vera, noor = (
            Person(screen, 1001 + place, name) for place, name in enumerate(("Sam", "Vera", "Noor"))
        )
        tom, amira = Person(screen, 1005, "Tom"), Person(screen, 1006, "Amira")
        everybody = [sam, vera, noor, amira]
        try:
            await beginnings.vera_opens(vera, links["Vera"])
            await worst_day.begins_as_staff(noor, links["Noor"])
            await worst_day.begins_as_staff(amira, links["Amira"])
            await beginnings.tom_opens(tom, links["Tom"])
            await beginnings.vera_invites(vera, "Sam", "2005")
            await beginnings.opens_link_on(vera, sam)
            await beginnings.youth_reads(sam)
            await sam.taps_on("Ja, dat mag", "Onderaan staat nu altijd de knop Hulp nu.")
            await beginnings.vera_gives_a_challenge(vera, "Sam")
            await sam.taps_on("Lees", "Vera dacht aan deze uitdaging")
            await sam.taps_on("Ja, die wil ik", "Er zijn 6 kleine stappen")
            await sam.taps_on("Meteen een stap kiezen", "Welke stap wil je als eerste doen?")
            await sam.taps_on(chapters.STEP, "Op welke dag wil je dit doen?")
            await sam.taps_on("maandag 23 nov", "Hoe laat wil je het doen?")
            await sam.taps_on("19:00", "Genoteerd: maandag 23 november, 19:00.")
            await worst_day.becomes_saturday_night(sam)
            await worst_day.sam_writes_it_in_the_middle_of_an_exercise(sam)
            await worst_day.sam_says_now(sam, amira)
            await worst_day.nobody_answers(sam, noor)
            assert "alert_unseen" in rang.read_text("utf-8")
            await worst_day.noor_follows_it(noor)
            await worst_day.amira_takes_it(amira)
            await worst_day.amira_reads_and_talks(amira)
            await worst_day.sam_goes_on(sam)
            await worst_day.noor_reads_it_again(noor)
        except BaseException:
            print("\n\n".join([await person.reads() for person in everybody]))
            raise
    assert "ik wil" not in rang.read_text("utf-8")
    assert "Sam" not in rang.read_text("utf-8")
