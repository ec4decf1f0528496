"""The way in, and the first evening: what a stranger, a professional and a coordinator do on their phones."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.beginnings import CODE
from tests.e2e.hands import LONG, Person, moves_clock, waits_for


async def sam_signs_up(sam: Person) -> None:
    """Somebody without an invitation: what it is, and a few taps."""
    await sam.begins("Ik ben een computer van Join Us, geen mens.")
    await sam.keeps("wie-ben-jij")
    await sam.taps_on("Wat is Join Us?", "Bij Join Us komen jongeren samen")
    await sam.keeps("wat-is-join-us")
    await sam.taps_on("Ik wil meedoen", "In welke gemeente woon je?")
    await sam.taps_on("Noordwijk", "Hoe oud ben je?")
    await sam.taps_on("18 tot en met 25", "Van een mens hoor je waar en wanneer.")
    await sam.keeps("een-groep")
    await sam.taps_on("Aanmelden", "Mag ik dit bewaren?")
    await sam.keeps("mag-ik-bewaren")
    await sam.taps_on("Ja, dat mag", "Hoe mogen we je noemen?")
    await sam.taps_on("Sam", "Hoe kan iemand je bereiken?")
    await sam.taps_on("In deze chat", "Klopt dit?")
    await sam.keeps("klopt-dit")
    await sam.taps_on("Versturen", "Je aanmelding is binnen bij")
    await sam.keeps("aangemeld")


async def vera_takes_it_on(vera: Person) -> None:
    """The sign-up becomes an invitation to a trial meeting."""
    await vera.presses("Menu", "Wat wil je doen?")
    await vera.taps_on("Aanmeldingen", "Welke aanmelding?")
    await vera.keeps("aanmeldingen")
    await vera.taps_on("Sam, 18-25", "Sam")
    await vera.keeps("aanmelding")
    await vera.taps_on("Neem op", "Hoe heet de jongere?")
    await vera.taps_on("Sam", "In welk jaar")
    await vera.taps_on("2005", "In welke maand?")
    await vera.taps_on("maart", "Wat speelt het meest")
    await vera.taps_on("Vaardigheden", "Speelt er nog iets mee?")
    await vera.taps_on("Nee, alleen dit", "Waarmee begint Sam?")
    await vera.keeps("hoe-begint-sam")
    await vera.taps_on("Eerst een oefenavond", "De uitnodiging voor Sam is klaar")


async def sam_is_briefed(sam: Person) -> None:
    """Where, who, what happens; you may leave; and what makes it easier."""
    await sam.taps_on("Ja, dat mag", "")
    await waits_for(sam, "Er is een bericht voor je.")
    await sam.taps_on("Lees", "Je oefenavond is dinsdag 1 december, 19:00 tot 22:00.")
    await sam.keeps("oefenavond-waar")
    await sam.taps_on("Wat gebeurt er?", "je komt binnen.")
    await sam.keeps("oefenavond-wat")
    await sam.taps_on("Is het er druk?", "Even rust:")
    await sam.keeps("oefenavond-druk")
    await sam.taps_on("Ik vind het spannend", "Wat maakt het makkelijker om te komen?")
    await sam.keeps("spannend")
    await sam.taps_on("Iemand wacht bij de deur", "Verstuurd naar Vera: iemand wacht bij de deur.")
    await sam.keeps("spannend-verstuurd")


async def vera_promises(vera: Person, sam: Person) -> None:
    """On Monday, because it is Saturday now: one tap with a name."""
    await moves_clock(vera.page, "next")
    await vera.got("Er staat iets nieuws voor je klaar")
    await _opens_with_code(vera, "Lees", "Wie doet dit?")
    await vera.keeps("wie-doet-dit")
    await vera.taps_on("Tom")
    await vera.got("Sam leest nu:")
    await vera.keeps("beloofd")
    await sam.sees("Er is een antwoord voor je.")
    await sam.taps_on("Lees", "Tom wacht op je bij de deur.")
    await sam.keeps("tom-wacht")
    await sam.taps_on("Oké", "Tom wacht op je bij de deur.")


async def the_evening(vera: Person) -> None:
    """The card before it, and who was there after it."""
    await waits_for(vera, "Je kaart staat klaar.", 25)
    await _opens_with_code(vera, "Bekijk de kaart", "Noordwijk 18-25, 19:00")
    await vera.keeps("kaart")
    await waits_for(vera, "Wie was er?", 10)
    await vera.keeps("wie-was-er")
    await _opens_with_code(vera, "Invullen", "Noordwijk 18-25, dinsdag 1 december.")
    await vera.keeps("lijst")
    await vera.taps_on("– Sam")
    await vera.taps_on("– Sam (afgemeld)")
    await expect(vera.with_button("✓ Sam")).to_have_count(1, timeout=LONG)
    await vera.taps_on("Klaar", "Bewaard.")
    await vera.keeps("bewaard")
    await vera.taps_on("Kort noteren per jongere", "Over wie?")
    await vera.taps_on("Sam", "hoe ging het contact?")
    await vera.taps_on("Deed mee als iemand vroeg", "hoe zat Sam erbij?")
    await vera.taps_on("Rustig", "Bewaard bij Sam.")
    await vera.keeps("observatie")


async def the_day_after(sam: Person, vera: Person) -> None:
    """Both say what they want; a person decides."""
    await waits_for(sam, "Er is een bericht voor je.", 10)
    await sam.taps_on("Lees", "Wil je verder met Join Us?")
    await sam.keeps("wil-je-verder")
    await sam.taps_on("Ja", "Je wilt verder.")
    await vera.got("Er was een oefenavond. Hoe verder?")
    await _opens_with_code(vera, "Lees", "past Join Us bij Sam?")
    await vera.keeps("past-het")
    await vera.taps_on("Ja, het past", "Jullie willen allebei verder.")
    await vera.taps_on("Ja, meedoen", "Sam doet mee.")
    await vera.keeps("sam-doet-mee")


async def vera_calls_an_evening_off(vera: Person, sam: Person) -> None:
    """First what goes to whom, then it goes; who read it stands in the list."""
    await vera.presses("Menu", "Wat wil je doen?")
    await vera.taps_on("Bijeenkomsten", "Tik op een bijeenkomst om iets te veranderen.")
    await vera.keeps("bijeenkomsten")
    await vera.taps_on("dinsdag 15 dec", "dinsdag 15 december")
    await vera.taps_on("Gaat niet door", "Wat zeg je erbij?")
    await vera.keeps("reden")
    await vera.taps_on("Geen reden", "Dit sturen we, precies zo:")
    await vera.keeps("precies-zo")
    await vera.taps_on("Sturen", "Het bericht gaat naar 1 jongere.")
    await vera.keeps("vastgelegd")
    await sam.got("Er verandert iets aan een afspraak.")
    await sam.taps_on("Lees", "gaat niet door")
    await sam.keeps("gaat-niet-door")


async def _opens_with_code(staff: Person, label: str, sees: str) -> None:
    """What opens behind the code takes the place of the message that announced it, wherever that stands."""
    pads = staff.theirs.filter(has_text="Tik je code.")
    before = await pads.count()
    await staff.taps_on(label)
    await expect(pads).to_have_count(before + 1, timeout=LONG)
    for digit in CODE:
        await staff.taps_under(pads.last, digit)
    await staff.got(sees)
