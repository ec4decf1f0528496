"""The phone page for a preview: the example programme of the demo, with a persona who was given a challenge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.cli.demo_programme import DemoProgramme
    from bot.config import Config
    from bot.content.pages import Pages
    from bot.rehearsal.personas import Persona
    from bot.sandbox.world import Settings

YOUNGEST = 12
"""From which age a made-up youngster may begin here; a real installation decides on its own."""


@dataclass(frozen=True, slots=True)
class Preview:
    """The programme of the demo, in which the first phone belongs to *persona*."""

    programme: DemoProgramme
    persona: Persona
    challenge: str
    payload: str = field(repr=False)
    language: str

    @property
    def begun(self) -> tuple[int, ...]:
        return self.programme.begun

    def sandbox(self) -> Settings:
        """The sandbox: the phone of the persona holds their invitation; so does that of the professional."""
        from bot.rehearsal.seating import staff_of
        from bot.sandbox.phones import PhoneSpec

        main = staff_of(self.persona)[0]
        phones = (
            PhoneSpec(self.persona.name, "jongere", self.language, payload=self.payload),
            PhoneSpec(main, "professional", payload=self.programme.payloads.get(main, "")),
        )
        return replace(self.programme.sandbox(), phones=phones)

    def lines(self, url: str) -> list[str]:
        """For people."""
        return [
            f"The preview is ready:  {url}",
            "",
            f"{self.persona.name}: {self.persona.about[self.language]}",
            f"Press Start on the phone of {self.persona.name}, answer the first questions and open the menu:",
            f"the challenge {self.challenge} waits there. Move the clock on the page to see what comes later.",
            "Ctrl-C stops it.",
        ]

    def as_json(self, url: str) -> dict[str, Any]:
        """For machines."""
        return {
            "url": url,
            "persona": self.persona.key,
            "name": self.persona.name,
            "challenge": self.challenge,
            "payload": self.payload,
        }


def show(
    persona: Persona,
    challenge: str,
    texts: Sequence[Pages],
    language: str,
    port: int | None,
    folder: Path,
    *,
    browser: bool,
    as_json: bool,
) -> None:
    """Serve the page until it is stopped."""
    from bot.cli.demo import HTTP_PORT, free_port, serve_page
    from bot.cli.demo_programme import make_settings, prepare
    from bot.cli.logs import start_logging
    from bot.cli.run import SANDBOX_PORT, until_stopped

    page = free_port(SANDBOX_PORT if port is None else port, any_other=port is None)
    http = free_port(HTTP_PORT, any_other=True)
    chosen = make_settings(folder, page, http, keep=False, youngest=YOUNGEST)
    start_logging(chosen.log.level)
    made = _seated(chosen, prepare(chosen), persona, challenge, texts, language)
    until_stopped(serve_page(chosen, made, page, browser=browser, as_json=as_json))


def _seated(
    config: Config,
    programme: DemoProgramme,
    persona: Persona,
    challenge: str,
    texts: Sequence[Pages],
    language: str,
) -> Preview:
    from bot.cli.invitation import invite
    from bot.installation import content, open_installation
    from bot.rehearsal.seating import fitting, give, put, seat
    from bot.storage.database import transaction

    now: datetime = programme.begins
    with open_installation(config) as opened, transaction(opened.engine) as conn:
        shelf = content()
        shelf.publish(conn, now)
        put(conn, shelf, texts, now)
        chosen = fitting(shelf, persona, challenge)
        number = seat(conn, persona, language, now)
        give(conn, shelf, number, chosen, persona, now)
        payload = invite(conn, number, "youth", programme.bot_name, now).payload
    return Preview(programme, persona, chosen.key, payload, language)
