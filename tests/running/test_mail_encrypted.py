"""Mail over an encrypted connection: STARTTLS, port 465, and a server that cannot be trusted."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import installation
from bot.config import Config
from bot.config.operation import Smtp
from bot.conversation.shelf import Shelf
from bot.running.mail import Mail, MailFailed
from bot.storage.alarms import Alarm
from tests.running.certificate import certificate
from tests.running.mail_server import mail_server

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
ALARM = Alarm(1, "alert_unseen", "A-12", 1, NOW, None, None, None)
PASSWORD = "een-lang-wachtwoord"


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return installation.content()


def a_mail(shelf: Shelf, port: int, *, encrypted: int = 465) -> Mail:
    smtp = Smtp(
        host="127.0.0.1",
        port=port,
        user="companion",
        password=SecretStr(PASSWORD),
        sender="bot@example.org",
        to="piket@example.org",
    )
    return Mail(smtp, installation.world(Config(), shelf, "bot"), encrypted)


async def test_with_starttls_letter_and_password_go_only_after_it(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, shown = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with mail_server(upgrades=shown) as server:
        await a_mail(shelf, server.port).send([ALARM])

        assert server.in_clear == ["EHLO", "STARTTLS"]
        assert server.logins == [("companion", PASSWORD)]
        assert "alert_unseen A-12" in server.letters[0].get_content()


async def test_on_465_everything_is_encrypted_from_the_first_byte(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, shown = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with mail_server(encrypted=shown) as server:
        await a_mail(shelf, server.port, encrypted=server.port).send([ALARM])

        assert server.in_clear == []
        assert server.logins == [("companion", PASSWORD)]
        assert len(server.letters) == 1


async def test_a_server_nobody_vouches_for_gets_neither_letter_nor_password(
    tmp_path: Path, shelf: Shelf
) -> None:
    _, shown = certificate(tmp_path)
    async with mail_server(upgrades=shown) as server:
        with pytest.raises(MailFailed):
            await a_mail(shelf, server.port).send([ALARM])

        assert (server.logins, server.letters) == ([], [])
    async with mail_server(encrypted=shown) as server:
        with pytest.raises(MailFailed):
            await a_mail(shelf, server.port, encrypted=server.port).send([ALARM])

        assert (server.logins, server.letters) == ([], [])


async def test_a_certificate_of_another_address_is_not_taken(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, shown = certificate(tmp_path, "127.0.0.2")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    async with mail_server(upgrades=shown) as server:
        with pytest.raises(MailFailed):
            await a_mail(shelf, server.port).send([ALARM])

        assert (server.logins, server.letters) == ([], [])


async def test_a_server_that_cannot_encrypt_gets_nothing(shelf: Shelf) -> None:
    async with mail_server() as server:
        with pytest.raises(MailFailed):
            await a_mail(shelf, server.port).send([ALARM])

        assert set(server.in_clear) <= {"EHLO", "QUIT"}
        assert server.letters == []


def test_465_is_the_port_of_mail_that_is_encrypted_from_the_first_byte(shelf: Shelf) -> None:
    assert a_mail(shelf, 465).encrypted == 465
