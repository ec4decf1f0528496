"""The evening every two weeks: the reminder two days before, the answer, the list, the digest."""

from __future__ import annotations

from tests.e2e.beginnings import CODE
from tests.e2e.hands import Person, waits_for


async def sam_is_asked_and_comes(sam: Person) -> None:
    """48 hours before the evening, neutrally; one tap answers, and it can be changed."""
    said = await waits_for(sam, "Er is een bericht voor je.")
    assert said == "Het is nu zondag 29 november 2026 om 19:00."
    await sam.keeps("herinnering")
    await sam.taps_on(
        "Lees", "De bijeenkomst is dinsdag 1 december, 19:00 tot 22:00, X-Out, Noordwijkerhout."
    )
    await sam.keeps("bijeenkomst")
    await sam.taps_on("Ik kom niet", "Oké, je komt niet. Dat mag.")
    await sam.taps_on("Toch anders", "Kom je?")
    await sam.taps_on("Ik kom", "Je komt. Vera ziet dat.")
    await sam.keeps("ik-kom")
    await sam.taps_on("Klaar", "Drie uur van tevoren krijg je nog één bericht.")


async def vera_has_digest_and_list(vera: Person) -> None:
    """The digest opens on the code, its numbers open a youngster; the list says who comes."""
    said = await waits_for(vera, "Je overzicht staat klaar.")
    assert said == "Het is nu maandag 30 november 2026 om 09:00."
    await vera.keeps("overzicht-staat-klaar")
    await vera.taps_on("Open", "Tik je code.")
    await vera.taps_code(CODE, "1. Sam: komt naar de bijeenkomst")
    await vera.keeps("overzicht")
    await vera.taps_on("1", "Uitdaging: Een groet per dag")
    await vera.keeps("overzicht-sam")
    await vera.taps_on("Terug", "Niemand vraagt nu iets van jou.")
    await vera.taps_on("Sluiten", "Je overzicht is gesloten.")
    await vera.presses("Menu", "Wat wil je doen?")
    await vera.taps_on("De bijeenkomst", "komt: Sam")
    await vera.keeps("wie-komt")
    await vera.taps_on("Sluiten", "Gesloten.")
