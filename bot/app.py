"""The composition root: the only place where the parts of a running companion are made and put together."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from sqlalchemy import Engine
from starlette.routing import Route
from telegram import Bot
from telegram.error import TelegramError

from bot import installation
from bot.clock import Clock
from bot.config import Config
from bot.config.values import is_loopback
from bot.conversation import actions, facts, moments, standing  # noqa: F401 - registries: loaded before a message
from bot.conversation.shelf import Shelf
from bot.errors import ConfigError
from bot.keys import load_keys
from bot.reader import open_reader
from bot.running import introduction
from bot.running.alarms import Alarms
from bot.running.buckets import Bucket, Buckets
from bot.running.figures import Figures
from bot.running.following import Following
from bot.running.mail import Mail
from bot.running.receiving import Receiving
from bot.running.rehearsing import Rehearsing
from bot.running.sending import Sending
from bot.running.services import Services
from bot.running.ticking import Ticking
from bot.running.watching import Watching
from bot.running.web import Heard, application, listen, serve
from bot.running.working import Working
from bot.storage import erasures, inbox, ledger, marks, meta, outbox
from bot.storage.database import is_sqlite, sqlite_path, transaction
from bot.storage.lock import hold
from bot.storage.upgrade import upgrade
from bot.telegram.polling import Polling
from bot.telegram.quiet import quieten
from bot.telegram.request import Request, bot_at
from bot.telegram.webhook import set_webhook, webhook_is_ours, webhook_route
from bot.vault import Vault
from bot.writer import Writer

CHAT_BURST = 15
GET_ME_TRIES = 3
GET_ME_PAUSE = 1.0
WEBHOOK_CHECK = 60.0
BOT_NAME = "bot_name"
logger = logging.getLogger(__name__)

Probe = Callable[[str], None]


def unwatched(point: str) -> None:
    """The probe of everyday; the crash tests strike at its points."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is at Telegram; *sandbox* when the server carries our own mark and is on this machine."""

    name: str
    sandbox: bool


async def run(
    config: Config,
    *,
    probe: Probe = unwatched,
    stop: asyncio.Event | None = None,
    shelf: Shelf | None = None,
) -> None:
    """Run the companion until SIGTERM, SIGINT or *stop*: migrate, recover what a dead process left, then serve.

    *shelf* is content that was read already. Raises the errors of ``bot.errors`` when it cannot start.
    """
    quieten()
    with hold(config.database.url):
        vault = Vault(load_keys(config.keys.file), os.urandom)
        upgrade(config.database.url, vault)
        with installation.open_installation(config) as opened:
            shelf = shelf or installation.content()
            with _listening(config) as listening:
                await _run(
                    config, opened.engine, opened.vault, shelf, probe, stop or asyncio.Event(), listening
                )


async def _run(
    config: Config,
    engine: Engine,
    vault: Vault,
    shelf: Shelf,
    probe: Probe,
    stop: asyncio.Event,
    listening: socket.socket,
) -> None:
    clock = Clock(lambda: datetime.now(UTC), time.monotonic)
    token = config.telegram.token.get_secret_value()
    async with (
        Request(probe=probe) as sending_request,
        Request(probe=probe, pool=4) as polling_request,
        Writer(engine, probe) as writer,
    ):
        bot = bot_at(config.telegram.api_url, token, sending=sending_request, polling=polling_request)
        identity = await _identify(config, bot, sending_request, engine)
        figures = Figures()
        reader = open_reader(config.database.url, vault)
        world = installation.world(config, shelf, identity.name)
        mail = Mail(config.smtp, world) if config.smtp.host else None
        services = Services(
            clock=clock,
            writer=writer,
            reader=reader,
            vault=vault,
            world=world,
            bot=bot,
            request=polling_request,
            alarms=Alarms(
                argv=config.operator.alarm_argv,
                mail=mail,
                clock=clock,
                writer=writer,
                reader=reader,
                figures=figures,
                steady=time.monotonic,
            ),
            figures=figures,
            worker_name=f"{socket.gethostname()}:{os.getpid()}",
            steady=time.monotonic,
            copies=sqlite_path(config.database.url) if is_sqlite(config.database.url) else None,
            stop=stop,
        )
        try:
            await _serve(config, services, shelf, identity, listening)
        finally:
            await services.reader.dispose()


async def _serve(
    config: Config, services: Services, shelf: Shelf, identity: Identity, listening: socket.socket
) -> None:
    ticking = Ticking(services)
    following = Following(services, ticking, config.telegram.api_url) if identity.sandbox else None
    if following is not None:
        await following.start()
    await _recover(services, shelf)
    receiving = Receiving(services)
    polling = config.telegram.mode == "polling"
    heard = Heard(services, needed=polling)
    delivery = config.delivery
    overall = Bucket(delivery.overall_rate, delivery.overall_rate, time.monotonic)
    sending = Sending(services, overall, Buckets(delivery.chat_rate, CHAT_BURST, time.monotonic))
    extra = [] if polling else [_webhook(config, services, receiving)]
    _stop_on_signals(services.stop)
    ticking.start()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(services.alarms.run(services.stop))
            group.create_task(Working(services).run())
            group.create_task(sending.run())
            group.create_task(serve(application(services, heard, extra), listening, services.stop))
            group.create_task(introduction.introduce_bot(services))
            watching = Watching(services, heard, ticking, lives=following is None)
            group.create_task(watching.run())
            group.create_task(Rehearsing(services).run())
            if polling:
                group.create_task(_poll(config, services, receiving, heard))
            else:
                group.create_task(_keep_webhook(config, services, heard))
            if following is not None:
                group.create_task(following.run())
    finally:
        await ticking.stop()


async def _identify(config: Config, bot: Bot, request: Request, engine: Engine) -> Identity:
    """Ask Telegram who we are. When it cannot be asked, the last known name serves: the bot always starts."""
    for attempt in range(GET_ME_TRIES):
        try:
            me = await request.call(bot, "getMe", {}, GET_ME_PAUSE * 10)
            identity = Identity(
                str(me["username"]),
                bool(me.get("sandbox")) and is_loopback(urlsplit(config.telegram.api_url).hostname or ""),
            )
        except (TelegramError, KeyError, TypeError, AttributeError) as error:
            logger.warning("getMe failed: %s", type(error).__name__)
            if attempt + 1 < GET_ME_TRIES:
                await asyncio.sleep(GET_ME_PAUSE)
            continue
        with transaction(engine) as conn:
            if meta.get(conn, BOT_NAME) != identity.name:
                meta.put(conn, BOT_NAME, identity.name)
        return identity
    with transaction(engine, read_only=True) as conn:
        return Identity(meta.get(conn, BOT_NAME) or "", sandbox=False)


async def _recover(services: Services, shelf: Shelf) -> None:
    """Publish the texts of this release under those of our own, and take over what a process that died was doing."""
    now = services.clock.now()
    await services.writer.run(lambda conn: shelf.publish(conn, now))
    await services.writer.run(lambda conn: moments.read_anew(conn, services.world, now))
    await services.writer.run(standing.look_again)
    await _remember(services)
    found = ledger.read(services.world.settings.ledger)
    if found.broken:
        services.alarms("ledger_damaged")
    await services.writer.run(lambda conn: erasures.replay(conn, found, now))
    await services.writer.run(lambda conn: inbox.recover(conn))
    verdicts = await services.writer.run(lambda conn: outbox.recover(conn, now, everyone=True))
    for verdict in verdicts.values():
        if verdict != "resend":
            services.alarms("given_up")


async def _remember(services: Services) -> None:
    """Whoever was erased by a process that died before it wrote the ledger."""
    waiting = await services.writer.run(marks.unwritten)
    try:
        marks.write(services.world.settings.ledger, waiting)
    except OSError:
        # Tried again at every tick; running is never gated.
        services.alarms("ledger_unwritten")
        return
    await services.writer.run(lambda conn: marks.written(conn, waiting))


async def _poll(config: Config, services: Services, receiving: Receiving, heard: Heard) -> None:
    polling = Polling(
        services.bot,
        services.request,
        receiving.store,
        answer=receiving.answer,
        alarm=services.alarms,
        heard=heard,
        timeout=config.telegram.poll_timeout,
    )
    await polling.run(services.stop)


def _webhook(config: Config, services: Services, receiving: Receiving) -> Route:
    return webhook_route(
        config.telegram.webhook_secret.get_secret_value(),
        receiving.store,
        quarantine=receiving.quarantine,
        answer=receiving.answer,
        alarm=services.alarms,
    )


async def _keep_webhook(config: Config, services: Services, heard: Heard) -> None:
    """Set the webhook, and look every minute whether it is still ours."""
    url = config.telegram.webhook_url
    ours = False
    while not services.stop.is_set():
        try:
            if not ours:
                await set_webhook(services.bot, url, config.telegram.webhook_secret.get_secret_value())
            ours = await webhook_is_ours(services.bot, url, services.alarms, heard)
        except TelegramError as error:
            logger.warning("the webhook could not be set: %s", type(error).__name__)
        try:
            await asyncio.wait_for(services.stop.wait(), WEBHOOK_CHECK)
        except TimeoutError:
            continue


def _listening(config: Config) -> socket.socket:
    try:
        return listen(config.http.host, config.http.port)
    except OSError:
        raise ConfigError("http", "listen", "is in use, or is no address of this machine") from None


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop.set)
        except (NotImplementedError, RuntimeError, ValueError):
            # Not the main thread (the tests), or a system without them: whoever runs us has another way to stop.
            return
