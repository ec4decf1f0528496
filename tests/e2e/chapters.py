"""The chapters of a challenge, from the first look to what is sent: for every walk that gets that far."""

from __future__ import annotations

from tests.e2e.hands import Person, moves_clock, waits_for

STEP = "Zeg hoi tegen een bekende"
LADDER = {
    "Zeg hoi tegen een bekende": "2",
    "Zeg hoi met de naam erbij": "3",
    "Hoi en een zin over vandaag": "5",
    "Hoi tegen iemand die nieuw is": "7",
    "Groet op twee plekken": "8",
}


async def accepts_and_rates(sam: Person) -> None:
    """The challenge is looked at, every step gets a number, one is picked."""
    await sam.sees("Er is een bericht voor je.")
    await sam.keeps("bericht")
    await sam.taps_on("Lees", "Vera dacht aan deze uitdaging voor jou: Een groet per dag.")
    await sam.keeps("uitdaging")
    await sam.taps_on("Ja, die wil ik", "Er zijn 6 kleine stappen")
    await sam.taps_on("Cijfers geven", "Een knik naar iemand")
    await sam.keeps("cijfers")
    for following, tension in LADDER.items():
        await sam.taps_on(tension, following)
    await sam.taps_on("9", "Welke stap wil je als eerste doen?")
    await sam.keeps("stappen")
    await sam.taps_on(f"{STEP} (3)", "Op welke dag wil je dit doen?")
    await sam.keeps("dagen")


async def plans(sam: Person) -> None:
    """A day and an hour."""
    await sam.taps_on("zaterdag 21 nov", "Hoe laat wil je het doen?")
    await sam.taps_on("14:00", "Genoteerd: zaterdag 21 november, 14:00.")
    await sam.keeps("gepland")


async def prepares(sam: Person) -> None:
    """What is feared, how sure, what stands in the way; the plan is read back."""
    await sam.taps_on("Nog even voorbereiden", "Waar ben je bang voor?")
    await sam.keeps("bang")
    await sam.taps_on("De ander kijkt weg", "Hoe zeker ben je dat dit gebeurt?")
    await sam.taps_on("80", "Hoe gespannen word je")
    await sam.taps_on("6", "Wat doe je vaak als je het spannend vindt?")
    await sam.taps_on("Mijn telefoon pakken", "Kun je dat één keer niet doen?")
    await sam.keeps("weglaten")
    await sam.taps_on("Een beetje", "echt iets gevaarlijks gebeuren?")
    await sam.taps_on("Nee", "Waar doe je het?")
    await sam.keeps("waar")
    await sam.types("Bij de bushalte", "Waardoor lukt het misschien niet?")
    await sam.taps_on("Ik durf ineens niet", "Wat doe je als dat gebeurt?")
    await sam.taps_on("Ik kijk alleen, één minuut", "Dit is je plan.")
    await sam.sees("Als het zaterdag 21 november, 14:00 is, dan doe ik dit: Zeg hoi tegen een bekende.")
    await sam.sees("Waar: Bij de bushalte")
    await sam.keeps("plan")
    await sam.taps_on("Gelezen", "Je plan is klaar.")


async def is_reminded_and_asked(sam: Person) -> None:
    """The nudge at the planned moment, two hours later how it went."""
    said = await waits_for(sam, "Dit is het moment dat je koos.")
    assert said == "Het is nu zaterdag 21 november 2026 om 14:00."
    await sam.keeps("moment")
    await sam.taps_on("Laat zien", f"Jouw stap: {STEP}.")
    await sam.keeps("moment-stap")
    await sam.taps_on("Ik ga", "Op zaterdag 21 november, 16:00 vraag ik hoe het ging.")
    said = await moves_clock(sam.page, "next")
    assert said == "Het is nu zaterdag 21 november 2026 om 16:00."
    await sam.sees("Hoe ging het?")
    await sam.keeps("hoe-ging-het")


async def tells_more(sam: Person) -> None:
    """The own prediction comes back; then what happened and what was learned, up to the preview."""
    await sam.taps_on("Gedaan", "Genoteerd. Vera ziet alleen: gedaan.")
    await sam.keeps("genoteerd")
    await sam.taps_on("Meer vertellen", "Vooraf dacht je: De ander kijkt weg")
    await sam.sees("Je was daar 80 procent zeker van.")
    await sam.keeps("vooraf-dacht-je")
    await sam.taps_on("Nee", "Wat gebeurde er echt?")
    await sam.keeps("wat-gebeurde-er")
    await sam.types("Ze zei hoi terug en lachte.", "Hoe hoog was de spanning")
    await sam.taps_on("5", "Hoe hoog was de spanning toen het klaar was?")
    await sam.taps_on("3", "Wat verraste je?")
    await sam.taps_on("Het was zo voorbij", "Wat leerde je?")
    await sam.keeps("wat-leerde-je")
    await sam.taps_on("Het viel mee", "Hoe zeker ben je nu dat dit gebeurt?")
    await sam.taps_on("20", "Dit stuur ik naar Vera, als jij dat wilt:")
    await sam.sees("Hoogste spanning: 5 van de 10")
    await sam.keeps("voorbeeld")


async def leaves_a_part_out_and_sends(sam: Person) -> None:
    """The preview is exactly what goes; outside working hours it says when it will be read."""
    await sam.taps_on("Aanpassen", "Tik op een regel om die weg te laten.")
    await sam.keeps("aanpassen")
    await sam.taps_on("✓ Hoogste spanning")
    await sam.has(
        *("✓ Wat ik dacht", "✓ Of het uitkwam", "✓ Wat er gebeurde", "✓ Spanning vooraf"),
        *("Weg: Hoogste spanning", "✓ Spanning toen het klaar was", "✓ Wat me verraste", "✓ Wat ik leerde"),
        *("✓ Hoe zeker nu", "Klaar", "Later"),
    )
    await sam.keeps("weggelaten")
    await sam.taps_on("Klaar", "Dit stuur ik naar Vera, als jij dat wilt:")
    assert "Hoogste spanning" not in await sam.last.inner_text()
    await sam.keeps("voorbeeld-korter")
    await sam.taps_on("Sturen", "Vera werkt nu niet en leest dit maandag 23 november vanaf 09:00.")
    await sam.keeps("verstuurd")
