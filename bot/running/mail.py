"""Alarms by e-mail, as an extra: neutral words, no names. The phone is what counts; this never stops anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from bot.config.operation import Smtp
from bot.conversation.world import World
from bot.storage.alarms import Alarm
from dialogs.text import plain

WITHIN = 20.0
IMPLICIT_TLS = 465


class MailFailed(Exception):
    """The server did not take it; *kind* is the name of the error."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Mail:
    """The words come from the content, in the language of the installation.

    On port *encrypted* everything is encrypted from the first byte. A server whose certificate is not trusted by this
    machine gets nothing: neither a letter nor the password.
    """

    smtp: Smtp
    world: World
    encrypted: int = IMPLICIT_TLS

    async def send(self, alarms: Sequence[Alarm]) -> None:
        """One mail about all of them. Raises ``MailFailed``."""
        import aiosmtplib  # only installations that mail need it

        password = self.smtp.password.get_secret_value()
        try:
            await aiosmtplib.send(
                letter(self.smtp, self.world, alarms),
                hostname=self.smtp.host,
                port=self.smtp.port,
                username=self.smtp.user or None,
                password=password or None,
                use_tls=self.smtp.port == self.encrypted,
                start_tls=self.smtp.starttls and self.smtp.port != self.encrypted,
                timeout=WITHIN,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailFailed(type(error).__name__) from None


def letter(smtp: Smtp, world: World, alarms: Sequence[Alarm]) -> EmailMessage:
    """The mail: a neutral subject, and a line for each alarm with its kind and reference."""

    def say(phrase: str, **facts: object) -> str:
        text = world.library.phrase(phrase, world.settings.language)
        return plain(text({"band": "18plus", **facts}))

    lines = [
        say("mail_line", kind=one.kind, reference=one.reference, count=one.times).replace("  ", " ")
        for one in alarms
    ]
    message = EmailMessage()
    message["From"] = smtp.sender
    message["To"] = ", ".join(smtp.recipients)
    message["Subject"] = say("mail_subject")
    message.set_content(say("mail_body", lines="\n".join(lines)))
    return message
