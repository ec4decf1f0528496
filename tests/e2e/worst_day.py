"""The worst day: a Saturday night on which somebody does not want to be there any more, and who comes."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.beginnings import CODE
from tests.e2e.hands import Person, moves_clock, waits_for

DANGER = "ik wil er niet meer zijn"
WRONG = "111111"
TRIES = 5
NEUTRAL = "Er is een dringend bericht. Kijk nu."


async def gets_a_phone(person: Person, link: str) -> None:
    """Somebody of the staff whose phone is not on the page yet: it is added, and the invitation opened on it."""
    page = person.page
    if not await person.phone.count():
        async with person.screen.mouse:
            await page.get_by_test_id("add-phone").click()
            await page.get_by_test_id("new-name").fill(person.name)
            await page.get_by_test_id("new-add").click()
    async with person.screen.mouse:
        await person.looks()
        await person.phone.get_by_test_id("link").fill(link)
        await person.phone.get_by_test_id("open-link").click()


async def begins_as_staff(person: Person, link: str) -> None:
    """What they can do, up to their own code."""
    await gets_a_phone(person, link)
    await person.sees(f"Welkom, {person.name}")
    for _ in range(4):
        if "Kies een code" in await person.last.inner_text():
            break
        before = await person.theirs.count()
        await person.taps_on("Verder")
        await person.gets_more_than(before, "")
    await person.taps_code(CODE, "Tik dezelfde code nog een keer")
    await person.taps_code(CODE, "?")
    if "in drie minuten" in await person.last.inner_text():
        await person.taps_on("Overslaan")
    await person.sees("Wat wil je doen?")


async def becomes_saturday_night(sam: Person) -> None:
    """From Friday noon to 23:01 on Saturday."""
    await moves_clock(sam.page, "day")
    said = ""
    for _ in range(11):
        said = await moves_clock(sam.page, "hour")
    assert said.startswith("Het is nu zaterdag 21 november 2026 om 23:0"), said


async def sam_writes_it_in_the_middle_of_an_exercise(sam: Person) -> None:
    """The first screen is short, says who hears of it and who is on call; the rest is behind one button."""
    await sam.taps_on("Nog even voorbereiden", "Waar ben je bang voor?")
    await sam.types(DANGER, "Denk je aan zelfmoord?")
    await sam.keeps("eerste-scherm")
    for line in (
        "Vera krijgt bericht, ook als je 10 minuten niets kiest.",
        "Bij Ja, nu krijgt Amira meteen bericht.",
    ):
        await expect(sam.last).to_contain_text(line)
    await sam.taps_on("Meer", "Hier zijn meer nummers.")
    await sam.keeps("meer")


async def sam_says_now(sam: Person, amira: Person) -> None:
    """Whoever is on call hears of it at once, without a name or a word on the lock screen."""
    await sam.taps_on("Ja, nu", "Amira krijgt nu bericht.")
    await sam.keeps("ja-nu")
    await amira.sees(NEUTRAL)
    await amira.keeps("dringend")
    assert "Sam" not in await amira.phone.get_by_test_id("lock").inner_text()


async def nobody_answers(sam: Person, noor: Person) -> None:
    """The next one is asked, then everybody; the youngster hears honestly that nobody saw it."""
    said = await waits_for(noor, NEUTRAL, moments=3)
    assert "zaterdag 21 november 2026 om 23:0" in said
    await noor.keeps("dringend")
    await waits_for(sam, "Er is een bericht voor je.", moments=3)
    await sam.taps_on("Lees", "Nog niemand heeft het gezien. Dat ligt niet aan jou.")
    await sam.keeps("nog-niemand")


async def noor_follows_it(noor: Person) -> None:
    """The coordinator sees the course without a word of the youngster."""
    await noor.presses("Menu", "Wat wil je doen?")
    await noor.taps_on("Alarmen", "Tik je code.")
    await noor.taps_code(CODE, "nog niet gezien")
    await noor.keeps("alarmen")
    assert DANGER not in await noor.reads()


async def amira_takes_it(amira: Person) -> None:
    """Five wrong tries lock the words, never the alert; after a quarter the words open."""
    await amira.taps_on("Kijk nu", "Sam kan nu hulp gebruiken.")
    await amira.keeps("wie")
    await amira.taps_on("Gezien, ik pak het op", "Neem nu zelf contact op.")
    await amira.keeps("wat-nu")
    await amira.taps_on("Lees de woorden", "Tik je code.")
    for left in reversed(range(1, TRIES)):
        await amira.taps_code(WRONG, f"nog {left} keer proberen")
    await amira.taps_code(WRONG, "Wacht daar niet op. Neem nu contact op met Sam.")
    await amira.keeps("vergrendeld")
    await amira.taps_on("Terug", "Neem nu zelf contact op.")
    await moves_clock(amira.page, "hour")


async def amira_reads_and_talks(amira: Person) -> None:
    """Taken on but not handled within the hour it came back; the words open with the code, the outcome ends it."""
    await amira.sees("dringend bericht")
    await amira.taps_on("Kijk nu", "Sam kan nu hulp gebruiken.")
    await amira.taps_on("Gezien, ik pak het op", "Neem nu zelf contact op.")
    await amira.taps_on("Lees de woorden", "Tik je code.")
    await amira.taps_code(CODE, DANGER)
    await amira.keeps("woorden")
    await amira.taps_on("Terug", "contact op")
    await amira.taps_on("Afgehandeld", "Hoe is het afgelopen?")
    await amira.taps_on("Gesproken", "leest na hoe het ging.")
    await amira.keeps("afgehandeld")


async def noor_reads_it_again(noor: Person) -> None:
    """The second reader is late: the coordinator sees how it went, and says so."""
    await waits_for(noor, "Er wacht een afgehandeld bericht op een tweede lezer")
    await noor.taps_on("Lees", "Tik je code.")
    await noor.taps_code(CODE, "Zo is het gegaan:")
    await noor.keeps("verloop")
    await noor.taps_on("Gelezen en akkoord", "is nagelezen. Dank je.")
    await noor.keeps("nagelezen")


async def sam_goes_on(sam: Person) -> None:
    """The exercise stands where it was."""
    await sam.taps_on("Dat bedoelde ik niet", "Waar ben je bang voor?")
    await sam.got("kan je vragen hoe het gaat.")
    await sam.keeps("verder")
