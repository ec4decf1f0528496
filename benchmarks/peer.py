"""The peer: the same talk as an ordinary python-telegram-bot application, as its documentation teaches.

``conversation``: ConversationHandler and PicklePersistence; on a tap it also takes the buttons off the question and
shows there what was chosen, as the companion does. ``plain``: the same without that edit. ``echo``: no state at all,
one fixed answer. Arguments: which of these, the address of the server, the file for the pickle.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    BaseHandler,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    TypeHandler,
    filters,
)

from benchmarks.stub import TOKEN
from benchmarks.talk import TURNS, Turn

Context = ContextTypes.DEFAULT_TYPE
STEP = "Knik naar iemand die je vaker ziet. Een hand opsteken is ook goed."
HELP = "Hulp nu"
ENOUGH = {"klaar": "Klaar voor nu", "meer": "Meer vertellen"}


def screens() -> list[tuple[str, dict[str, str]]]:
    """What is said at each turn of the talk, and its buttons: about as long and as many as the companion's."""
    days = [date(2030, 1, 7) + timedelta(days=shift) for shift in range(7)]
    hours = {f"{hour:02}00": f"{hour:02}:00" for hour in range(9, 22)}
    menu = {"stap": "Mijn stap", "spreken": "Ik wil iemand spreken", "niets": "Niets, dank je"}
    step = {"plannen": "Een moment kiezen", "stap": "Andere stap", "klaar": "Klaar voor nu"}
    skip = {"skip": "Sla over"}
    figures = {str(number): str(number) for number in range(11)} | skip
    happened = {
        "terug": "Iemand zei iets terug",
        "niets": "Niets bijzonders",
        "gestopt": "Ik ben gestopt",
    } | skip
    surprised = {"aardig": "Iemand deed aardig", "snel": "Zo voorbij", "moeilijk": "Moeilijk"} | skip
    learned = {
        "viel_mee": "Het viel mee",
        "kon_aan": "Ik kon het aan",
        "anders": "Ze reageerden anders",
    } | skip
    send = {"sturen": "Sturen", "aanpassen": "Aanpassen", "niet": "Niet sturen"}
    return [
        ("Wat wil je doen?", menu),
        (f"Jouw stap. {STEP} Er is nog geen moment gepland.", step),
        (f"Jouw stap. {STEP} Op welke dag wil je dit doen?", {f"{day}": f"{day:%d-%m}" for day in days}),
        ("Hoe laat wil je het doen?", hours),
        (
            "Genoteerd. Ik stuur dan een bericht. Wil je nog voorbereiden?",
            {"genoeg": "Genoeg", "meer": "Nog even"},
        ),
        ("Tot dan hoor je niets over deze stap. Veranderen kan in Menu.", {}),
        ("Wat wil je doen?", {**menu, "hoe": "Hoe ging het?"}),
        ("Hoe ging het?", {"gedaan": "Gedaan", "deels": "Deels", "niet": "Niet gedaan"}),
        (
            "Genoteerd. Vera ziet alleen: gedaan. Je kunt stoppen of meer vertellen; dat duurt 3 minuten.",
            ENOUGH,
        ),
        ("Wat gebeurde er echt? Vertel wat een camera zou zien.", happened),
        ("Hoe hoog was de spanning op het hoogste moment?", figures),
        ("Hoe hoog was de spanning toen het klaar was?", figures),
        ("Wat verraste je?", surprised),
        ("Wat leerde je?", learned),
        ("Dit stuur ik naar Vera, als jij dat wilt:", send),
        ("Ik stuur dit niet. Ik bewaar het bij jouw antwoorden. Vera ziet alleen: gedaan.", {}),
    ]


SCREENS = screens()
ADVICE = (
    "Stel, je doet een spannender stap. Hoe zeker ben je dat het lukt?",
    {str(number): str(number) for number in range(11)} | {"skip": "Weet ik niet"},
)
"""What follows the last turn by itself."""


def keyboard(place: int) -> InlineKeyboardMarkup | None:
    """The buttons of a screen, with the way to help under every question."""
    return _keyboard(place, SCREENS[place][1])


def _keyboard(place: int, choices: dict[str, str]) -> InlineKeyboardMarkup | None:
    if not choices:
        return None
    rows = [
        [InlineKeyboardButton(label, callback_data=f"d.1.{place}.{key}")] for key, label in choices.items()
    ]
    return InlineKeyboardMarkup([*rows, [InlineKeyboardButton(HELP, callback_data="g.help")]])


class Talk:
    """*marks*: an answered question loses its buttons and shows the choice."""

    def __init__(self, *, marks: bool) -> None:
        self._marks = marks

    def handler(self) -> ConversationHandler[Any]:
        """The talk as a conversation: state *n* waits for turn *n*."""
        states: dict[object, list[BaseHandler[Update, Any, object]]] = {
            place: [self._handler(turn)] for place, turn in enumerate(TURNS) if place
        }
        return ConversationHandler(
            [CommandHandler("menu", self.begin)],
            states,
            fallbacks=[CommandHandler("menu", self.begin)],
            name="talk",
            persistent=True,
            per_message=False,
        )

    def _handler(self, turn: Turn) -> BaseHandler[Update, Any, Any]:
        match turn.do:
            case "menu":
                return CommandHandler("menu", self.answer)
            case "tap":
                return CallbackQueryHandler(self.answer, pattern=rf"d\.\d+\.\d+\.{turn.pick}$")
            case "type":
                return MessageHandler(filters.TEXT & ~filters.COMMAND, self.answer)

    async def begin(self, update: Update, context: Context) -> int:
        """The first turn."""
        context.user_data["place"] = 0  # type: ignore[index]  # there is a user
        return await self.answer(update, context)

    async def answer(self, update: Update, context: Context) -> int:
        """Keep what was said, answer, wait for the next."""
        kept = context.user_data
        assert kept is not None
        place: int = kept["place"]
        if update.callback_query is not None:
            await self._tapped(update, kept, place)
        elif update.effective_message is not None:
            kept[f"answer{place}"] = update.effective_message.text
        text = SCREENS[place][0]
        if TURNS[place].own_words:
            text = f"{text}\n\n{kept['answer10']}"
        await context.bot.send_message(update.effective_chat.id, text, reply_markup=keyboard(place))  # type: ignore[union-attr]  # there is a chat
        kept["place"] = place + 1
        if place + 1 < len(TURNS):
            return place + 1
        kept.setdefault("told", []).append(kept["answer10"])
        question, choices = ADVICE
        await context.bot.send_message(
            update.effective_chat.id,  # type: ignore[union-attr]  # there is a chat
            question,
            reply_markup=_keyboard(place + 1, choices),
        )
        return ConversationHandler.END

    async def _tapped(self, update: Update, kept: dict[Any, Any], place: int) -> None:
        query = update.callback_query
        assert query is not None
        assert query.data is not None
        choice = query.data.rsplit(".", 1)[-1]
        kept[f"answer{place}"] = choice
        await query.answer()
        if self._marks:
            question, choices = SCREENS[place - 1]
            await query.edit_message_text(f"{question}\n\n✓ {choices[choice]}")


async def echo(update: Update, context: Context) -> None:
    """The least a bot can do."""
    if update.callback_query is not None:
        await update.callback_query.answer()
    chat = update.effective_chat
    assert chat is not None
    await context.bot.send_message(chat.id, SCREENS[0][0], reply_markup=keyboard(0))


def main(kind: str, url: str, pickle: str) -> None:
    """Poll until SIGTERM."""
    building = Application.builder().token(TOKEN).base_url(f"{url}/bot")
    if kind == "echo":
        application = building.build()
        application.add_handler(TypeHandler(Update, echo))
    else:
        application = building.persistence(PicklePersistence(pickle)).build()
        application.add_handler(Talk(marks=kind == "conversation").handler())
    application.run_polling(timeout=30, allowed_updates=["message", "callback_query"])


if __name__ == "__main__":
    main(*sys.argv[1:])
