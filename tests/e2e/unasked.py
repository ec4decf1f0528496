"""What nobody asked for: another language, loose words, a photo, an old button, danger, a block."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.hands import LONG, Person


async def in_english_and_back(sam: Person) -> None:
    """The open question, its buttons and the lasting keyboard change with the language."""
    await sam.presses("Menu", "Wat wil je doen?")
    await sam.taps_on("Mijn stap", "Jouw stap: Zeg hoi tegen een bekende.")
    await sam.types("/taal", "Kies je taal.")
    await sam.taps_on("English", "Your step: Say hi to somebody you know.")
    await sam.has("Choose a moment", "Another step", "Done for now")
    await expect(sam.phone.get_by_test_id("reply-keyboard")).to_contain_text("Help now", timeout=LONG)
    await sam.keeps("english")
    await sam.types("/taal", "Choose your language.")
    await sam.taps_on("Nederlands", "Jouw stap: Zeg hoi tegen een bekende.")
    await sam.has("Een moment kiezen", "Andere stap", "Klaar voor nu")
    await expect(sam.phone.get_by_test_id("reply-keyboard")).to_contain_text("Hulp nu", timeout=LONG)
    await sam.taps_on("Klaar voor nu", "Oké. Je stap blijft staan.")


async def words_a_photo_and_an_old_button(sam: Person) -> None:
    """Nothing of it is kept, and each is answered."""
    await sam.types("Ik heb vandaag pizza gegeten", "Ik heb ze niet bewaard.")
    await sam.keeps("ongevraagd")
    await sam.taps_on("Verder", "Oké. Tik op Menu als je iets wilt doen.")
    await sam.clicks(sam.phone.get_by_test_id("attach"), sam.phone.get_by_test_id("attach-photo"))
    await sam.sees("Ik kan geen spraak, foto's of stickers lezen.")
    await sam.keeps("foto")
    await sam.presses("Menu", "Wat wil je doen?")
    older = await sam.with_button("Mijn stap").last.get_attribute("data-testid")
    assert older is not None
    await sam.presses("Menu")
    await expect(sam.with_button("Mijn stap")).to_have_count(2, timeout=LONG)
    await sam.taps_under(sam.phone.get_by_test_id(older), "Mijn stap")
    await sam.sees_toast("Deze knop hoort bij een eerdere vraag.")
    await sam.keeps("oude-knop")
    await sam.taps_on("Niets, dank je", "Oké. Tik op Menu als je iets wilt doen.")
    await sam.presses("Hulp nu", "Direct gevaar:")
    await sam.keeps("hulp")
    await sam.taps_on("Terug", "Oké. Typ /hulp als je de nummers weer wilt zien.")


async def danger(sam: Person, vera: Person) -> None:
    """Helplines at once, an alert without a name or words, and a way to say that it was meant otherwise."""
    await sam.types("Ik wil niet meer leven", "Denk je aan zelfmoord?")
    await sam.keeps("gevaar")
    await sam.taps_on("Ja, nu", "Ben je nu in gevaar? Bel 112.")
    await sam.sees("Vera krijgt nu bericht.")
    await sam.keeps("nu")
    await vera.sees("Er is een dringend bericht.")
    await vera.keeps("dringend")
    assert "Sam" not in await vera.phone.get_by_test_id("lock").inner_text()
    await vera.taps_on("Kijk nu", "Sam kan nu hulp gebruiken.")
    await vera.keeps("wie")
    await vera.taps_on("Gezien, ik pak het op", "Dit kun je nu doen voor Sam:")
    await vera.keeps("wat-nu")
    await vera.taps_on("Afgehandeld", "Hoe is het afgelopen?")
    await vera.taps_on("Gesproken", "Schrijf in je eigen dossier op wat je deed.")
    await sam.taps_on("Dat bedoelde ik niet", "Wat wil je doen?")
    await sam.got("Het bericht aan Vera blijft staan. Vera kan je vragen hoe het gaat.")
    await sam.keeps("niet-bedoeld")


async def blocked_and_back(sam: Person, vera: Person) -> None:
    """A youngster may leave at any moment and come back; the professional is told."""
    await sam.clicks(sam.phone.get_by_test_id("menu"), sam.phone.get_by_test_id("block"))
    await expect(sam.phone.get_by_test_id("unblock")).to_be_visible()
    await sam.keeps("geblokkeerd")
    await vera.sees("Er is nieuws over een van je jongeren.")
    await vera.taps_on("Lees", "Sam kan geen berichten meer krijgen. Neem zelf contact op.")
    await vera.keeps("geblokkeerd")
    await vera.taps_on("Gezien", "Gezien.")
    await sam.clicks(sam.phone.get_by_test_id("unblock"))
    await sam.types("/menu", "Wat wil je doen?")
    await sam.keeps("terug")
