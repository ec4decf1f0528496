"""The whole journey on the page, as people live it: `companion demo`, five phones and a sixth, a clock that moves."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e import beginnings, chapters, evening, unasked
from tests.e2e.album import Album
from tests.e2e.beginnings import CODE
from tests.e2e.companion import started
from tests.e2e.conftest import LAPTOP, Opens
from tests.e2e.hands import Person, Screen, waits_for

pytestmark = pytest.mark.e2e

ANSWER = "Wat fijn om te lezen, Sam. Dinsdag praten we verder?"


async def test_the_whole_journey(tmp_path: Path, opens: Opens) -> None:
    folder = str(tmp_path / "demo")
    async with (
        started("demo", "--no-browser", "--port", "0", "--folder", folder, "--json") as demo,
        opens(demo.said["url"], LAPTOP) as page,
    ):
        screen = Screen(page, Album("journey"))
        names = ("Sam", "Vera", "Noor", "Joost", "Tom", "Yara")
        everybody = [Person(screen, number, name) for number, name in enumerate(names, start=1001)]
        sam, vera, noor, joost, tom, yara = everybody
        try:
            await screen.album.keep(page.locator("body"), "page", "begin")
            await asyncio.gather(
                beginnings.vera_begins(vera),
                noor_begins(noor),
                joost_begins(joost),
                beginnings.tom_begins(tom),
            )
            await beginnings.vera_invites(vera, "Sam", "2005")
            await beginnings.opens_link_on(vera, sam)
            await asyncio.gather(
                beginnings.youth_reads(sam), beginnings.vera_invites(vera, "Yara", "2006", "thoughts")
            )
            await beginnings.opens_link_on(vera, yara)
            await sam_says_yes(sam, vera)
            await asyncio.gather(beginnings.youth_reads(yara), beginnings.vera_gives_a_challenge(vera, "Sam"))
            await asyncio.gather(sam_plans_and_prepares(sam), yara_says_no_and_then_yes(yara, vera))
            await chapters.is_reminded_and_asked(sam)
            await chapters.tells_more(sam)
            await chapters.leaves_a_part_out_and_sends(sam)
            await vera_reads_and_answers(sam, vera)
            await evening.sam_is_asked_and_comes(sam)
            await evening.vera_has_digest_and_list(vera)
            await unasked.in_english_and_back(sam)
            await unasked.words_a_photo_and_an_old_button(sam)
            await screen.album.keep(page.locator("body"), "page", "monday")
            await unasked.danger(sam, vera)
            await unasked.blocked_and_back(sam, vera)
        except BaseException:
            print("\n\n".join([await person.reads() for person in everybody]))
            raise


async def noor_begins(noor: Person) -> None:
    """A coordinator sees who began, and nothing of youngsters; two codes that differ are asked again."""
    await noor.begins("Welkom, Noor")
    await noor.keeps("welkom")
    await noor.taps_on("Verder", "Kies een code")
    await noor.taps_code("141421", "Tik dezelfde code nog een keer")
    await noor.taps_code("141422", "De twee codes waren niet gelijk")
    await noor.keeps("niet-gelijk")
    await noor.taps_code("141421", "Tik dezelfde code nog een keer")
    await noor.taps_code("141421", "Wat wil je doen?")
    await noor.taps_on("Wie is begonnen", "Dit is de stand van nu.")
    await noor.keeps("wie-is-begonnen")


async def joost_begins(joost: Person) -> None:
    """An admin of the texts."""
    await joost.begins("Welkom, Joost")
    await joost.keeps("welkom")
    await joost.taps_on("Verder", "Kies een code")
    await joost.taps_code("314159", "Tik dezelfde code nog een keer")
    await joost.taps_code("314159", "Wat wil je doen?")
    await joost.taps_on("De teksten", "Welke teksten?")
    await joost.keeps("teksten")


async def sam_says_yes(sam: Person, vera: Person) -> None:
    """Six taps, that on the link included; Vera hears of it neutrally."""
    await sam.taps_on("Ja, dat mag", "Onderaan staat nu altijd de knop Hulp nu.")
    assert sam.taps == 6
    await sam.keeps("begonnen")
    await vera.sees("Er is nieuws over een van je jongeren.")
    await vera.keeps("er-is-nieuws")
    await vera.taps_on("Lees", "Sam is begonnen.")
    await vera.taps_on("Gezien", "Gezien.")


async def sam_plans_and_prepares(sam: Person) -> None:
    """A challenge is accepted, rated, planned and prepared."""
    await chapters.accepts_and_rates(sam)
    await chapters.plans(sam)
    await chapters.prepares(sam)


async def yara_says_no_and_then_yes(yara: Person, vera: Person) -> None:
    """Who says no keeps help, privacy and language, and may change their mind."""
    await yara.taps_on("Eerst meer lezen", "zonder sleutel kan niemand ze lezen")
    await yara.taps_on("Terug naar de vraag", "Mag ik je antwoorden bewaren?")
    await yara.taps_on("Nee", "Oké. Ik bewaar geen antwoorden en stuur je niets.")
    await yara.keeps("nee")
    await vera.taps_on("Lees", "Yara gebruikt de bot niet. Bij Join Us verandert er niets.")
    await vera.keeps("yara-zei-nee")
    await yara.types("/hulp", "Direct gevaar:")
    await yara.keeps("hulp")
    await yara.types("/privacy", "Met vragen ga je naar Vera.")
    await yara.keeps("privacy")
    await yara.types("/taal", "Kies je taal.")
    await yara.taps_on("English", "Okay. I keep no answers and send you nothing.")
    await yara.keeps("english")
    await yara.types("/taal", "Choose your language.")
    await yara.taps_on("Nederlands", "Oké. Ik bewaar geen antwoorden en stuur je niets.")
    await yara.types("Ik weet het nog niet zo", "Ik bewaar niets nieuws van je.")
    await yara.keeps("tekst-na-nee")
    await yara.taps_on("Toch wel", "Mag ik je antwoorden bewaren?")
    await yara.taps_on("Ja, dat mag", "Onderaan staat nu altijd de knop Hulp nu.")
    await yara.keeps("toch-wel")


async def vera_reads_and_answers(sam: Person, vera: Person) -> None:
    """Neutral on the lock screen, open after the code, answered with a name."""
    said = await waits_for(vera, "Je overzicht staat klaar.")
    assert said == "Het is nu maandag 23 november 2026 om 09:00."
    await vera.keeps("maandag")
    await vera.taps_on("Lees")
    await vera.taps_code(CODE, "Je overzicht staat klaar.")
    opened = vera.with_button("Antwoord").last
    for line in ("Sam, zaterdag 21 november, 16:0", "Wat er gebeurde: Ze zei hoi terug", "beschermd"):
        await expect(opened).to_contain_text(line)
    assert "spanning" not in await opened.inner_text()
    await vera.keeps("gelezen")
    await vera.taps_on("Antwoord", "Typ je antwoord aan Sam.")
    await vera.types(ANSWER, "Tot dan kun je het terughalen. Wat Sam stuurde is nu afgehandeld.")
    await vera.keeps("beantwoord")
    await waits_for(sam, "Er is een antwoord voor je.", 3)
    await sam.keeps("bericht-van-vera")
    await sam.taps_on("Lees", ANSWER)
    await sam.keeps("antwoord")
    await sam.taps_on("Klaar")
