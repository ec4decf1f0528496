"""A conversation as a file to keep."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_LOCAL = ZoneInfo("Europe/Amsterdam")
_PLACES = ("voice", "sticker", "location", "contact")


def as_text(name: str, role: str, messages: list[dict[str, Any]]) -> str:
    """Plain text, one block per message, in local time."""
    title = f"{name} ({role})" if role else name
    lines = [title, "=" * len(title), ""]
    for message in messages:
        moment = datetime.fromisoformat(message["date"]).astimezone(_LOCAL)
        marks = [
            word
            for word, present in (
                ("stil", message["silent"]),
                ("beschermd", message["protected"]),
                ("bewerkt", message["edited"]),
                ("vastgezet", message["pinned"]),
            )
            if present
        ]
        suffix = f" [{', '.join(marks)}]" if marks else ""
        lines.append(f"{moment:%Y-%m-%d %H:%M} {message['name']}{suffix}")
        lines.extend(f"  {line}" for line in _words(message["content"]).split("\n"))
        rows = message["keyboard"] or ()
        lines.extend("  " + " ".join(f"[{button['text']}]" for button in row) for row in rows)
        lines.append("")
    return "\n".join(lines)


def _words(content: dict[str, Any]) -> str:
    if "text" in content:
        return str(content["text"])
    caption = f" {content['caption']}" if content.get("caption") else ""
    if "photo" in content:
        return f"<photo>{caption}"
    if "document" in content:
        return f"<document {content['document']['file_name']}>{caption}"
    return next((f"<{kind}>{caption}" for kind in _PLACES if kind in content), "<...>")
