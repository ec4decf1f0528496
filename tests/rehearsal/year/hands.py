"""Hands: they tap by the key of a button or by its label, and see which question stands open under a message."""

from __future__ import annotations

from sqlalchemy import Connection

from bot import buttons
from bot.rehearsal.phone import NothingThere, Phone, Shown
from bot.rehearsal.policy import Question
from bot.rehearsal.stage import CODE, Stage
from bot.storage import sessions
from dialogs.script import FreeText

RECENT, OPEN = 12, 6
"""How far back somebody scrolls for a button, and for a question that was left open."""


class Hands:
    """Of everybody on *stage*."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def code(self, phone: Phone) -> None:
        if "Tik je code" in phone.said:
            for digit in CODE:
                self.press(phone, digit)

    def press(self, phone: Phone, *wanted: str) -> Phone:
        """Tap the newest button with each key, else with that label."""
        for one in wanted:
            self._one(phone, one)
        return phone

    def _one(self, phone: Phone, wanted: str) -> None:
        for shown in reversed(phone.shown[-RECENT:]):
            for button in shown.buttons:
                meant = buttons.parse(button.data)
                if isinstance(meant, buttons.DialogButton) and meant.choice == wanted:
                    phone.taps_data(button.data)
                    return
        phone.taps(wanted)

    def taps(self, phone: Phone, shown: Shown, key: str) -> None:
        for button in shown.buttons:
            meant = buttons.parse(button.data)
            if isinstance(meant, buttons.DialogButton) and meant.choice == key:
                phone.taps_data(button.data)
                return
        raise NothingThere(f"no {key!r} under {shown.text!r}")

    def newest(self, phone: Phone) -> Question | None:
        for shown in reversed(phone.shown[-OPEN:]):
            question = self.question(phone, shown)
            if question is not None:
                return question
        return None

    def steps(self, phone: Phone) -> tuple[str, ...]:
        """The step that stands open on the last message, and none else."""
        question = self.question(phone, phone.last)
        return (question.step,) if question is not None else ()

    def question(self, phone: Phone, shown: Shown) -> Question | None:
        """What stands open under one message; none when it is closed."""
        asked = [
            one
            for button in shown.buttons
            if isinstance(one := buttons.parse(button.data), buttons.DialogButton)
        ]
        if not asked:
            return None

        def look(conn: Connection) -> Question | None:
            one = sessions.load(conn, asked[0].session)
            if (
                one is None
                or one.status != "open"
                or one.state.screen != asked[0].screen
                or one.state.at is None
            ):
                return None
            script = self.stage.world.library.script(one.script, "nl", one.revision, conn)
            here = script.steps.get(one.state.at)
            typed = here is not None and isinstance(here.kind, FreeText)
            return Question(one.script, one.state.at, tuple(button.choice for button in asked), typed)

        return self.stage.reads(look)
