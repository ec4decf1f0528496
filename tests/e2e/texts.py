"""What an admin of the texts does in the chat: asks, answers, sends back, publishes, takes away."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from tests.docs import guide
from tests.e2e import papers
from tests.e2e.album import picture
from tests.e2e.hands import Person

NEW = "een-vraag-in-de-winkel"
OLD = "een-groet-per-dag"
DUTCH, ENGLISH = guide.examples()
LATE = "# versie"
LONG_PLACE = "Dit kan op school, op je werk, bij de bus of gewoon bij Join Us."
PLAYED = 180_000
"""Six weeks are played in a process of their own, which a machine that does other things as well takes its time for."""


async def joost_begins(joost: Person) -> None:
    """What he is for, and a code."""
    await joost.begins("Welkom, Joost")
    await joost.keeps("welkom")
    await joost.taps_on("Verder", "Kies een code")
    await joost.taps_code("314159", "Tik dezelfde code nog een keer")
    await joost.taps_code("314159", "Wat wil je doen?")


async def opens_the_texts(joost: Person) -> None:
    """The kinds of texts."""
    await joost.presses("Menu", "Wat wil je doen?")
    await joost.taps_on("De teksten", "Welke teksten?")


async def answers_the_questions(joost: Person) -> None:
    """A new challenge out of answers: those of the guide's example. He leaves once and comes back."""
    await joost.taps_on("Nieuwe uitdaging", "Hoe heet de uitdaging?")
    await joost.keeps("nieuwe-uitdaging")
    words = guide.words(DUTCH)
    await joost.types(words["title"], "Waar gaat de uitdaging over?")
    await joost.types(words["about"], "Voor wie is dit vooral?")
    await joost.taps_on("Wie wil oefenen met contact", "Voor welke leeftijd?")
    await joost.taps_on("12 tot 25", "Stap 1 van 4. Hoe heet deze stap?")
    for number, step in enumerate(words["steps"].values(), start=1):
        await joost.types(step["title"], f"Stap {number} van 4. Wat doet een jongere precies?")
        await joost.types(step["do"], f"Stap {number} van 4. Waar kan iemand bang voor zijn?")
        first, second = step["predictions"].values()
        await joost.types(first, f"Stap {number} van 4. Waar kan iemand nog meer bang voor zijn?")
        await joost.keeps(f"stap-{number}")
        await joost.types(second, f"Stap {number + 1} van 4." if number < 4 else "in twee documenten")


async def gets_both(joost: Person, key: str, folder: Path) -> tuple[Path, Path]:
    """Both documents, saved in a folder."""
    dutch = await papers.takes(joost, f"{key}.nl.yaml", folder)
    return dutch, await papers.takes(joost, f"{key}.en.yaml", folder)


def written_over(path: Path, text: str) -> None:
    """All of the document is another text, but for its last line."""
    last = papers.read(path).splitlines()[-1]
    assert last.startswith(LATE), last
    papers.becomes(path, f"{text}{last}\n")


async def sends_with_mistakes(joost: Person, dutch: Path) -> None:
    """A tab first: nothing else can be read then. After that an unknown word and a place that is missing."""
    good = papers.read(dutch)
    papers.changes(dutch, "    tip:", "\ttip:")
    await papers.sends(joost, dutch, f"{NEW} (uitdaging). Fouten: 1.")
    await joost.got(f"regel {papers.line_of(dutch, 'tip:')}: een tab aan het begin van de regel")
    await joost.has("Bewaar", "Weggooien")
    await joost.keeps("een-tab")
    papers.becomes(dutch, good)
    papers.changes(dutch, "    tip:", "    tpi:")
    papers.changes(dutch, "    do:", "    doe:")
    await papers.sends(joost, dutch, f"{NEW} (uitdaging). Fouten:")
    await joost.got(f'regel {papers.line_of(dutch, "tpi:")}: "tpi" is hier onbekend; bedoelde je "tip"?')
    await joost.got(f'regel {papers.line_of(dutch, "doe:")}: "doe" is hier onbekend; bedoelde je "do"?')
    await joost.keeps("fouten")
    await picture(joost.page, "wrong", joost.theirs.nth(-2), joost.last)
    papers.becomes(dutch, good)


async def publishes_the_new_one(joost: Person, dutch: Path, english: Path) -> None:
    """Dutch alone warns that the English is not there; with both there is nothing to remark."""
    await papers.sends(joost, dutch, 'Keren "let op": 1.')
    await joost.keeps("alleen-nederlands")
    await picture(joost.page, "warning", joost.theirs.nth(-3), joost.last)
    await joost.taps_on("Bewaar", "Bewaard als concept.")
    await papers.sends(joost, english, "geen fouten")
    await joost.has("Speel het", "Speel 6 weken", "Publiceer", "Bewaar", "Weggooien")
    await joost.keeps("beide")
    await plays_it(joost)
    await joost.taps_on("Publiceer", "Gepubliceerd. Wie nu begint, krijgt deze tekst.")
    await joost.keeps("gepubliceerd")
    await joost.taps_on("Ongedaan maken", "Er is geen eerdere tekst.")
    await joost.keeps("geen-eerdere")


async def plays_it(joost: Person) -> None:
    """As a youngster sees it, before anybody gets it; and six weeks of it as a calendar."""
    await joost.taps_on("Speel het", "Als wie speel je?")
    await joost.keeps("als-wie")
    await joost.taps_under(joost.last, await first_label(joost))
    await joost.got("VOORBEELD")
    await joost.keeps("voorbeeld")
    await joost.taps_on("Stop met spelen", "Wat wil je doen?")
    await joost.taps_on("Speel 6 weken", "Met wie?")
    await joost.keeps("met-wie")
    await joost.taps_under(joost.last, await first_label(joost))
    await joost.sees("De kalender komt hier vanzelf.")
    await joost.keeps("zes-weken-lopen")
    calendar = joost.theirs.filter(has=joost.page.locator("a.file", has_text="zes-weken-"))
    await expect(calendar).to_be_attached(timeout=PLAYED)
    await joost.sees("Wat wil je doen?")
    await joost.keeps("kalender")


async def first_label(joost: Person) -> str:
    """What stands on the first button of the latest message."""
    return str(await joost.last.locator(".inline-button").first.inner_text())


async def withdraws_and_offers_again(joost: Person) -> None:
    """The way out that the bot named."""
    await opens_the_texts(joost)
    await joost.taps_on("Uitdagingen", "Welke tekst?")
    await joost.keeps("uitdagingen")
    await joost.taps_on("Een vraag in de winkel", "Wat wil je doen?")
    await joost.taps_on("Intrekken", "Wat wil je intrekken?")
    await joost.keeps("wat-intrekken")
    await joost.taps_on("De hele tekst", "Waarom trek je dit in?")
    await joost.taps_on("Er komt een betere tekst.", "Ingetrokken. Niemand krijgt dit nog.")
    await joost.keeps("ingetrokken")
    await joost.taps_on("Ongedaan maken", "Dit wordt weer aangeboden.")


async def asks_for_the_old_one(joost: Person) -> None:
    """From the list to the documents of a text that is there."""
    await opens_the_texts(joost)
    await joost.taps_on("Uitdagingen", "Welke tekst?")
    await joost.taps_on("Een groet per dag", "Wat wil je doen?")
    await joost.keeps("kaart")
    await picture(joost.page, "card", joost.last)
    await joost.taps_on("Stuur mij de documenten", "Hier zijn de documenten.")
    await joost.keeps("documenten")


async def approves_and_takes_it_back(joost: Person) -> None:
    """Somebody read it: recorded with a name and a day, seen at the text, and taken back."""
    await opens_the_texts(joost)
    await joost.taps_on("Uitdagingen", "Welke tekst?")
    await joost.taps_on("Een groet per dag", "Wat wil je doen?")
    await joost.taps_on("Goedkeuring vastleggen", "Wie heeft beide documenten gelezen")
    await joost.keeps("wie-keurde-goed")
    await joost.types("Ria Jansen, gedragsdeskundige", "Wanneer keurde Ria Jansen")
    await joost.taps_on("Vandaag", "Deze uitdaging mag nu naar jongeren.")
    await joost.keeps("goedgekeurd")
    await joost.taps_on("Klaar", "Gesloten.")
    await opens_the_texts(joost)
    await joost.taps_on("Uitdagingen", "Welke tekst?")
    await joost.taps_on("Een groet per dag", "Goedgekeurd door Ria Jansen")
    await joost.keeps("kaart-goedgekeurd")
    await joost.taps_on("Goedkeuring terugnemen", "De goedkeuring geldt niet meer.")
    await joost.keeps("goedkeuring-terug")


async def publishes_although(joost: Person, dutch: Path) -> None:
    """A long sentence, and English that is behind: what changes in words, and why it may go out."""
    papers.line_becomes(dutch, "    where: ", LONG_PLACE)
    await papers.sends(joost, dutch, 'Keren "let op": 2.')
    await joost.got("Dit verandert er in")
    await joost.keeps("let-op")
    await joost.taps_on("Toch publiceren, omdat ...", "Waarom mag het zo naar buiten?")
    await joost.keeps("waarom")
    await joost.types("Zo zeggen jongeren het zelf.", "Gepubliceerd.")


async def puts_it_back(joost: Person, folder: Path, before: str) -> None:
    """Undo, and see in the documents that it is as it was."""
    await joost.taps_on("Ongedaan maken", "De vorige tekst is terug.")
    await joost.keeps("terug")
    await joost.taps_on("Klaar", "Klaar.")
    await asks_for_the_old_one(joost)
    dutch, _ = await gets_both(joost, OLD, folder)
    assert papers.read(dutch) == before


async def changes_both(joost: Person, dutch: Path, english: Path) -> None:
    """Both languages at once, short: nothing to remark, and one tap."""
    papers.line_becomes(dutch, "    where: ", "Dit kan op school of bij Join Us.")
    papers.line_becomes(english, "    where: ", "This can be at school or at Join Us.")
    await papers.sends(joost, dutch, 'Keren "let op": 1.')
    await papers.sends(joost, english, "geen fouten")
    await joost.keeps("verandering")
    await picture(joost.page, "changes", joost.theirs.nth(-2), joost.last)
    await joost.taps_on("Publiceer", "Gepubliceerd.")
    await joost.taps_on("Klaar", "Klaar.")
