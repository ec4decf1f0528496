"""What the bot says of itself: commands per scope and language, names, descriptions, menu buttons."""

import re
from typing import Any

from bot.sandbox.errors import bad_request

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
Scope = tuple[str, str, str]
LIMITS = {"name": 64, "description": 512, "short_description": 120}


def scope_key(scope: dict[str, Any] | None) -> Scope:
    """A scope as a key."""
    given = scope or {"type": "default"}
    return given["type"], str(given.get("chat_id", "")), str(given.get("user_id", ""))


def checked_language(code: str | None) -> str:
    """Two letters or nothing; raises ApiError 400."""
    if not _LANGUAGE.fullmatch(code or ""):
        raise bad_request("invalid language code specified", warning=f"language_code {(code or '')[:20]}")
    return code or ""


class Profile:
    """Everything set about the bot itself."""

    def __init__(self, name: str) -> None:
        self._commands: dict[tuple[Scope, str], list[dict[str, Any]]] = {}
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}
        self.menu_button: dict[str, Any] = {"type": "default"}

    def set_commands(self, scope: Scope, language: str, commands: list[dict[str, Any]]) -> None:
        """Set the list; an empty one deletes it. Raises ApiError 400."""
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH", warning=f"{len(commands)} commands")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID", warning=f"command {command['command'][:40]}")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request(
                    "BOT_COMMAND_DESCRIPTION_INVALID", warning=f"description of {command['command']}"
                )
        if commands:
            kept = [{**command, "command": command["command"].removeprefix("/")} for command in commands]
            self._commands[scope, language] = kept
        else:
            self.delete_commands(scope, language)

    def get_commands(self, scope: Scope, language: str) -> list[dict[str, Any]]:
        """Exactly what was set for this scope and language."""
        return self._commands.get((scope, language), [])

    def delete_commands(self, scope: Scope, language: str) -> None:
        """Forget the list of this scope and language."""
        self._commands.pop((scope, language), None)

    def commands_for(self, chat_id: int, language: str) -> list[dict[str, Any]]:
        """What a person sees in this private chat, in Telegram's order of precedence."""
        scopes: tuple[Scope, ...] = (
            ("chat", str(chat_id), ""),
            ("all_private_chats", "", ""),
            ("default", "", ""),
        )
        for scope in scopes:
            for code in (language[:2], ""):
                found = self._commands.get((scope, code))
                if found:
                    return found
        return []

    def set_text(self, kind: str, language: str, text: str | None) -> None:
        """Set name, description or short_description; raises ApiError 400."""
        if len(text or "") > LIMITS[kind]:
            raise bad_request(f"bot {kind} is too long", warning=f"{kind} of {len(text or '')} characters")
        if text:
            self._texts[kind, language] = text
        else:
            self._texts.pop((kind, language), None)

    def get_text(self, kind: str, language: str) -> str:
        """What was set for the language, else for all."""
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")
