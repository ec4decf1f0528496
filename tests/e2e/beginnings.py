"""How everybody begins: the part of the journey that every walk takes."""

from __future__ import annotations

from tests.e2e.hands import Person

CODE = "271828"
CAUSES = {"skills": "Vaardigheden", "access": "Toegang", "thoughts": "Gedachten"}


async def vera_begins(vera: Person) -> None:
    """A professional presses the Start that holds their invitation."""
    await vera.begins("Welkom, Vera")
    await vera_reads_and_chooses_a_code(vera)


async def tom_begins(tom: Person) -> None:
    """The second professional of the group: before two have begun nobody comes in."""
    await tom.begins("Welkom, Tom")
    await _chooses_a_code(tom)


async def tom_opens(tom: Person, link: str) -> None:
    """The same, with the link of the invitation."""
    async with tom.screen.mouse:
        await tom.looks()
        await tom.phone.get_by_test_id("link").fill(link)
        await tom.phone.get_by_test_id("open-link").click()
    await tom.sees("Welkom, Tom")
    await _chooses_a_code(tom)


async def _chooses_a_code(staff: Person) -> None:
    await staff.taps_on("Verder", "Wat een jongere niet stuurt, zie je niet")
    await staff.taps_on("Verder", "Jouw tijden zijn")
    await staff.taps_on("Verder", "Kies een code van zes cijfers")
    await staff.taps_code(CODE, "Tik dezelfde code nog een keer")
    await staff.taps_code(CODE, "Wil je in drie minuten zien hoe het werkt?")
    await staff.taps_on("Overslaan", "Wat wil je doen?")


async def vera_opens(vera: Person, link: str) -> None:
    """A professional opens the link of their invitation."""
    async with vera.screen.mouse:
        await vera.looks()
        await vera.phone.get_by_test_id("link").fill(link)
        await vera.phone.get_by_test_id("open-link").click()
    await vera_reads_and_chooses_a_code(vera)


async def vera_reads_and_chooses_a_code(vera: Person) -> None:
    """What they can do, what they never see, when they read; the code twice."""
    await vera.sees("Welkom, Vera")
    await vera.keeps("welkom")
    await vera.taps_on("Verder", "Wat een jongere niet stuurt, zie je niet")
    await vera.taps_on("Verder", "Jouw tijden zijn")
    await vera.keeps("tijden")
    await vera.taps_on("Verder", "Kies een code van zes cijfers")
    await vera.taps_on(CODE[0])
    await vera.taps_on(CODE[1], "● ● ○ ○ ○ ○")
    await vera.keeps("code")
    await vera.taps_code(CODE[2:], "Tik dezelfde code nog een keer")
    await vera.taps_code(CODE, "Wil je in drie minuten zien hoe het werkt?")
    await vera.taps_on("Overslaan", "Wat wil je doen?")
    await vera.keeps("menu")


async def vera_invites(vera: Person, name: str, year: str, cause: str = "skills") -> None:
    """Five short questions; a link and a QR code."""
    await vera.presses("Menu", "Wat wil je doen?")
    await vera.taps_on("Jongere uitnodigen", "Hoe heet de jongere?")
    await vera.types(name, "In welk jaar")
    await vera.taps_on(year, "In welke maand?")
    await vera.keeps("maand")
    await vera.taps_on("maart", "Wat speelt het meest")
    await vera.keeps("oorzaak")
    await vera.taps_on(CAUSES[cause], "Speelt er nog iets mee?")
    await vera.taps_on("Nee, alleen dit", "Klopt dit?")
    await vera.taps_on("Klopt", f"De uitnodiging voor {name} is klaar")
    await vera.keeps("uitnodiging")


async def opens_link_on(vera: Person, youth: Person) -> None:
    """The small button under the newest link opens it on a phone of the page, or on a new one."""
    page, link = vera.page, vera.last
    tools = link.get_by_test_id("open-on")
    youth.taps += 1
    if await youth.phone.count():
        await vera.clicks(tools, link.get_by_test_id(f"open-on-{youth.user_id}"))
    else:
        async with vera.screen.mouse:
            await vera.looks()
            await tools.click()
            await link.get_by_test_id("open-on-new").click()
            await page.get_by_test_id("new-name").fill(youth.name)
            await page.get_by_test_id("new-role").fill("jongere")
            await page.get_by_test_id("new-add").click()
    await youth.sees(f"Hoi {youth.name}. Ik ben een computer van Join Us, geen mens.")


async def youth_reads(youth: Person) -> None:
    """Who reads, when, what is always seen; up to the question whether anything may be kept."""
    await youth.keeps("hoi")
    await youth.taps_on("Begrepen", "Vera leest op deze tijden")
    await youth.keeps("wie-leest")
    await youth.taps_on("Begrepen", "deel 1 van 2")
    await youth.taps_on("Verder", "deel 2 van 2")
    await youth.keeps("vaste-lijst")
    await youth.taps_on("Begrepen", "Mag ik je antwoorden bewaren?")
    await youth.keeps("mag-ik-bewaren")


async def vera_gives_a_challenge(vera: Person, name: str) -> None:
    """From the card of one youngster, while the code that was just chosen still counts."""
    await vera.presses("Menu", "Wat wil je doen?")
    await vera.taps_on("Mijn jongeren", "Welke jongere?")
    await vera.taps_on(name, f"{name} is begonnen op vrijdag 20 november.")
    await vera.keeps("kaart")
    await vera.taps_on("Uitdaging geven", f"Welke uitdaging geef je {name}?")
    await vera.keeps("uitdagingen")
    await vera.taps_on("Een groet per dag", f"Gegeven aan {name}: Een groet per dag")
