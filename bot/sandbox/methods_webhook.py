"""Bot API methods about the way updates travel; every one returns Telegram's `result`."""

from typing import Any

from bot.sandbox.parameters import Files, Params
from bot.sandbox.schema import load_schema
from bot.sandbox.world import World


def delete_webhook(world: World, params: Params, files: Files) -> Any:
    """Back to polling."""
    world.webhook.stop()
    if params.get("drop_pending_updates"):
        world.updates.drop_all()
    return True


def set_webhook(world: World, params: Params, files: Files) -> Any:
    """Deliver to an address from now on."""
    check_allowed(world, params.get("allowed_updates"))
    world.webhook.set(params)
    return True


def get_webhook_info(world: World, params: Params, files: Files) -> Any:
    """Where updates go."""
    return world.webhook.info()


def check_allowed(world: World, allowed: list[str] | None) -> None:
    """Warn about kinds of update that do not exist (Telegram ignores them)."""
    for kind in allowed or ():
        if kind not in load_schema().update_kinds:
            world.warn(f"allowed_updates: unknown kind {kind[:40]}", "allowed_updates")
