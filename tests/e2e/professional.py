"""A professional's week on the phone: what youngsters do meanwhile, and the round that follows on Monday."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic

from playwright.async_api import Locator, expect

from bot.programme import workload
from bot.programme.workload import Work
from tests.e2e import beginnings
from tests.e2e.album import picture
from tests.e2e.beginnings import CODE
from tests.e2e.hands import LONG, Person

GUIDE = "professionals"
TOUR = ("1 van 4. Je overzicht", "2 van 4. Lezen", "3 van 4. Een uitdaging", "4 van 4. Een alarm")
HAPPENED = "Ze zei hoi terug en lachte."
QUESTION = "Mag mijn zus mee?"
WORDS = "Zeg hoi tegen de buurvrouw. Daarna is het klaar."


@dataclass(slots=True)
class Round:
    """Somebody who works through what waits: every tap, digit, letter and word that is new is counted.

    *began* is when they started; *known* holds the lines that stood there before; *at* is the number of the message
    that answered last: a card can be worked with while a picture stands below it.
    """

    who: Person
    began: float = field(default_factory=monotonic)
    work: Work = field(default_factory=Work)
    known: set[str] = field(default_factory=set)
    at: str = ""
    parts: list[tuple[Callable[[Round], Awaitable[None]], Work, float]] = field(default_factory=list)

    @property
    def message(self) -> Locator:
        """The message that answered last."""
        return self.who.phone.get_by_test_id(self.at)

    async def does(self, part: Callable[[Round], Awaitable[None]]) -> None:
        """One part of the round, with what it took."""
        before, began = self.work, monotonic()
        await part(self)
        one = self.work
        took = Work(
            one.taps - before.taps,
            one.digits - before.digits,
            one.words - before.words,
            one.letters - before.letters,
        )
        self.parts.append((part, took, monotonic() - began))

    async def taps_on(self, label: str, sees: str) -> None:
        """Tap; the same message or a new one answers; read it."""
        self.work += Work(taps=1)
        tapped = self.who.with_button(label).last
        await expect(tapped).to_be_attached(timeout=LONG)
        number = await tapped.get_attribute("data-testid")
        assert number is not None
        await self.who.taps_under(tapped, label)
        either = self.who.last.or_(self.who.phone.get_by_test_id(number))
        await self._reads(either.filter(has_text=sees).last)

    async def presses(self, label: str, sees: str) -> None:
        """The same on the lasting keyboard."""
        self.work += Work(taps=1)
        await self.who.presses(label, sees)
        await self._reads(self.who.last)

    async def types(self, text: str, sees: str) -> None:
        """Type and send."""
        self.work += workload.typed(text)
        await self.who.types(text, sees)
        await self._reads(self.who.last)

    async def opens_with_code(self, label: str, sees: str) -> None:
        """What opens behind the code."""
        self.work += Work(taps=1, digits=len(CODE))
        pads = self.who.theirs.filter(has_text="Tik je code.")
        before = await pads.count()
        await self.who.taps_on(label)
        await expect(pads).to_have_count(before + 1, timeout=LONG)
        for digit in CODE:
            await self.who.taps_under(pads.last, digit)
        await self.who.sees(sees)
        await self._reads(self.who.last)

    async def said(self) -> str:
        """What stands in the message that answered last."""
        return "\n".join(await self.message.locator(".text").all_inner_texts())

    async def _reads(self, answer: Locator) -> None:
        await expect(answer).to_be_attached(timeout=LONG)
        self.at = await answer.get_attribute("data-testid") or ""
        said = await self.said()
        self.work += workload.read(said, self.known)
        self.known.update(workload.pieces(said))

    def says(self) -> str:
        """What it took, for who runs the walk."""
        each = [_counted(part.__name__.replace("_", " "), work, took) for part, work, took in self.parts]
        weekly = [(work, seconds) for part, work, seconds in self.parts if part not in NOT_WEEKLY]
        rounds = workload.total(work for work, _ in weekly), sum(seconds for _, seconds in weekly)
        if len(weekly) < len(self.parts):
            each.append(_counted("the weekly round, without talk, note and own step", *rounds))
        return "\n".join((*each, _counted("all of it", self.work, monotonic() - self.began)))


def _counted(what: str, one: Work, seconds: float) -> str:
    return (
        f"{what}: {one.taps} taps, {one.digits} digits, {one.words} words read, {one.letters} letters typed;"
        f" {one.seconds:.0f} seconds for a person, {seconds:.0f} seconds on this page"
    )


# The first day


async def vera_begins_with_the_tour(vera: Person) -> None:
    """What she can do, her code, four screens of a tour, and a made-up youngster she leaves again."""
    await vera.begins("Welkom, Vera")
    await vera.keeps("welkom")
    await vera.taps_on("Verder", "Wat een jongere niet stuurt, zie je niet")
    await vera.keeps("nooit")
    await vera.taps_on("Verder", "Jouw tijden zijn")
    await vera.keeps("tijden")
    await vera.taps_on("Verder", "Kies een code van zes cijfers")
    await vera.keeps("code")
    await vera.taps_code(CODE, "Tik dezelfde code nog een keer")
    await vera.taps_code(CODE, "Wil je in drie minuten zien hoe het werkt?")
    for label, sees in zip(("Laat zien", "Verder", "Verder", "Verder"), TOUR, strict=True):
        await vera.taps_on(label, sees)
        await vera.keeps("rondleiding")
    await vera.taps_on("Oefenen met Robin", "OEFENING. Robin is geen echte jongere.")
    await vera.keeps("robin")
    await vera.taps_on("Beginnen", "OEFENING. Robin is er tot")
    await vera.keeps("robin-is-er")
    await vera.taps_on("Stop met oefenen", "Robin is weg")


async def vera_chooses_her_times(vera: Person) -> None:
    """When the digest comes, and from when on somebody is quiet for long."""
    await vera.presses("Menu", "Wat wil je doen?")
    await vera.keeps("menu")
    await vera.taps_on("Overzicht instellen", "Je overzicht komt nu elke werkdag")
    await vera.keeps("overzicht-instellen")
    await vera.taps_on("Wanneer lang stil", "Na hoeveel dagen niets horen?")
    await vera.keeps("wanneer-lang-stil")
    await vera.taps_on("7 dagen", "En na hoe vaak niet op de bijeenkomst?")
    await vera.taps_on("2 keer", "na 7 dagen niets horen")
    await vera.taps_on("Sluiten", "Gesloten.")


async def begins(vera: Person, youth: Person, year: str) -> None:
    """Invited, read, yes."""
    await beginnings.vera_invites(vera, youth.name, year)
    await beginnings.opens_link_on(vera, youth)
    await beginnings.youth_reads(youth)
    await youth.taps_on("Ja, dat mag", "Onderaan staat nu altijd de knop Hulp nu.")


# What happens in between


async def wants_to_talk(youth: Person, about: str, sees: str) -> None:
    """From the menu, with what it is about."""
    await youth.presses("Menu", "Wat wil je doen?")
    await youth.taps_on("Ik wil iemand spreken", "Waarover wil je praten?")
    await youth.keeps("waarover")
    await youth.taps_on(about, sees)
    await youth.keeps("wil-praten")


async def vera_answers_at_once(vera: Person, youth: Person, answer: str) -> None:
    """During working hours it comes when it is sent, and is answered."""
    await vera.got("Er staat iets nieuws voor je klaar")
    await vera.keeps("iets-nieuws")
    await vera.taps_on("Lees", f"{youth.name}, ")
    await vera.keeps("gelezen")
    await vera.taps_on("Antwoord", f"Typ je antwoord aan {youth.name}.")
    await vera.types(answer, "Tot dan kun je het terughalen.")


async def asks_back(youth: Person) -> None:
    """A question comes back in the thread, on Saturday."""
    await youth.taps_on("Lees", "Vera schrijft:")
    await youth.keeps("antwoord")
    await youth.taps_on("Antwoord terug", "Typ je antwoord aan Vera.")
    await youth.keeps("antwoord-terug")
    await youth.types(QUESTION, "Vera werkt nu niet")


# The round on Monday


async def opens_the_digest(round_: Round) -> None:
    """One screen: who needs her, who moved."""
    vera = round_.who
    await vera.keeps("overzicht-staat-klaar")
    await round_.opens_with_code("Open", "1. ")
    await vera.keeps("overzicht")
    await picture(vera.page, "digest", round_.message, guide=GUIDE)


async def reads_what_was_shared(round_: Round) -> None:
    """What asks nothing stands below each other; a number opens Sam: the card, the picture. One tap has seen all."""
    vera = round_.who
    await round_.taps_on("Lees wat is gedeeld", HAPPENED)
    await vera.keeps("gedeeld")
    await round_.taps_on(await _number(round_, "Sam"), "Sam is begonnen op vrijdag 20 november.")
    await vera.keeps("kaart-sam")
    await picture(vera.page, "card", round_.message, guide=GUIDE)
    await round_.taps_on("Plaatje", "Spanning: vooraf")
    await vera.keeps("plaatje")
    await picture(vera.page, "picture", round_.message, guide=GUIDE)
    await round_.taps_on("Terug", "1. ")
    await vera.keeps("terug-van-plaatje")
    await round_.taps_on("Lees wat is gedeeld", HAPPENED)
    await round_.taps_on("Alles gezien", "1 bericht is afgehandeld. Niemand krijgt bericht.")
    await vera.keeps("alles-gezien")
    await round_.taps_on("Terug naar overzicht", "1. ")


async def answers_a_question(round_: Round) -> None:
    """What Kim wrote back stands below what was asked; a first answer is taken back."""
    vera = round_.who
    await round_.taps_on(await _number(round_, "Kim"), QUESTION)
    await vera.keeps("kaart-kim")
    await _answers(round_, "Kim", "Ja hoor")
    await vera.keeps("antwoord-wacht")
    await round_.taps_on("Terughalen", "Teruggehaald. Kim krijgt dit niet.")
    await vera.keeps("teruggehaald")
    await round_.taps_on("Opnieuw schrijven", "Typ je antwoord aan Kim.")
    await round_.types("Ja, je zus mag mee. Tot dinsdag!", "Tot dan kun je het terughalen.")
    await picture(vera.page, "answer", round_.message, guide=GUIDE)


async def plans_a_talk(round_: Round) -> None:
    """Yara wants to talk: a day, an hour, how; and a note about it."""
    vera = round_.who
    await round_.taps_on("Terug naar overzicht", "1. ")
    await round_.taps_on(await _number(round_, "Yara"), "Waarover: Over thuis")
    await vera.keeps("kaart-yara")
    await round_.taps_on("Meer doen", "Yara: wat wil je doen?")
    await vera.keeps("meer-doen")
    await round_.taps_on("Gesprek plannen", "Op welke dag wil je praten met Yara?")
    await vera.keeps("dag")
    await round_.taps_on("maandag 23 nov", "Hoe laat?")
    await vera.keeps("hoe-laat")
    await round_.taps_on("16:00", "Hoe praten jullie?")
    await round_.taps_on("Bellen", "Zo leest Yara het:")
    await vera.keeps("zo-leest-yara-het")
    await round_.taps_on("Sturen", "Yara wilde iemand spreken en leest dat dit het antwoord is.")
    await vera.keeps("gepland")


async def notes(round_: Round) -> None:
    """What was agreed, for the professionals of Yara."""
    vera = round_.who
    await round_.taps_on("Terug naar overzicht", "1. ")
    await round_.taps_on(await _number(round_, "Yara"), "Gesprek gepland: maandag 23 november, 16:00")
    await vera.keeps("kaart-yara-gepland")
    await round_.taps_on("Meer doen", "Yara: wat wil je doen?")
    await round_.taps_on("Notities", "Er zijn nog geen notities over Yara.")
    await round_.taps_on("Nieuwe notitie", "Typ je notitie over Yara")
    await vera.keeps("notitie")
    await round_.types("Praat liever aan de telefoon.", "Bewaard bij Yara.")


async def proposes_a_challenge(round_: Round) -> None:
    """Three that fit Daan now, with the reason; one tap gives."""
    vera = round_.who
    await round_.taps_on("Terug naar overzicht", "1. ")
    await round_.taps_on(await _number(round_, "Daan"), "Daan is begonnen op vrijdag 20 november.")
    await round_.taps_on("Uitdaging geven", "Past bij: vaardigheden.")
    await vera.keeps("drie-voorstellen")
    await picture(vera.page, "choose", round_.message, guide=GUIDE)
    await round_.taps_on("Een groet per dag", "Gegeven aan Daan: Een groet per dag.")
    await vera.keeps("gegeven")


async def adapts_a_step(round_: Round) -> None:
    """One step of Sam's challenge in her own words; Sam can choose the usual text."""
    vera = round_.who
    await round_.taps_on("Terug naar overzicht", "1. ")
    await round_.taps_on(await _number(round_, "Sam"), "Uitdaging: Een groet per dag")
    await round_.taps_on("Meer doen", "Sam: wat wil je doen?")
    await round_.taps_on("Stap aanpassen", "Welke stap pas je aan?")
    await vera.keeps("welke-stap")
    await round_.taps_on("Zeg hoi met de naam erbij", "Zo staat de stap er nu:")
    await round_.taps_on("Eigen woorden typen", "Typ wat Sam precies doet")
    await vera.keeps("eigen-woorden")
    await round_.types(WORDS, "Hoe heet de stap?")
    await round_.taps_on("De naam blijft", "Zo leest Sam het:")
    await vera.keeps("zo-leest-sam-het")
    await round_.taps_on("Zo geven", "Bewaard.")
    await vera.keeps("aangepast")


async def closes_the_digest(round_: Round) -> None:
    """They have talked: nobody asks anything any more."""
    vera = round_.who
    await round_.taps_on("Terug naar overzicht", "1. ")
    await round_.taps_on(await _number(round_, "Yara"), "Waarover: Over thuis")
    await round_.taps_on("We hebben gepraat", "Afgehandeld. Yara krijgt geen bericht.")
    await round_.taps_on("Terug naar overzicht", "Niemand vraagt nu iets van jou.")
    await vera.keeps("niemand-vraagt-iets")
    await round_.taps_on("Sluiten", "Je overzicht is gesloten.")


async def looks_at_the_quiet_list(round_: Round) -> None:
    """A week later: who was not heard of for long. A list, no alarm."""
    vera = round_.who
    await round_.presses("Menu", "Wat wil je doen?")
    await round_.taps_on("Overzicht", "Je overzicht staat klaar.")
    await round_.opens_with_code("Open", "stil (")
    await vera.keeps("overzicht-week-later")
    await round_.taps_on("Wie is lang stil", "Het is een lijst, geen alarm.")
    await vera.keeps("lang-stil")
    await round_.taps_on("Terug", "dat mag.")
    await round_.taps_on("Sluiten", "Je overzicht is gesloten.")


async def _answers(round_: Round, name: str, answer: str) -> None:
    await round_.taps_on("Antwoord", f"Typ je antwoord aan {name}.")
    await round_.types(answer, f"Wat {name} stuurde is nu afgehandeld.")


async def _number(round_: Round, name: str) -> str:
    """The number of somebody on the screen: on a line of their own, or among names that are gathered."""
    said = await round_.said()
    found = re.search(rf"\b(\d+)\.? {name}\b", said)
    assert found is not None, said
    return found[1]


ROUND = (
    opens_the_digest,
    reads_what_was_shared,
    answers_a_question,
    proposes_a_challenge,
    plans_a_talk,
    notes,
    adapts_a_step,
    closes_the_digest,
)
NOT_WEEKLY = frozenset({plans_a_talk, notes, adapts_a_step})
"""What is done now and then: it is walked and counted, apart from what comes back every week."""
