"""What Telegram turns into a link by itself: a text nobody marked can still lead somewhere."""

import re

from bot.sandbox.entities import CODE, MAX_ENTITIES, Entity, borders

_TOP_LEVEL = (
    "com|net|org|info|biz|eu|nl|be|de|fr|uk|io|me|app|dev|ai|co|tv|xyz|online|site|shop|nu|amsterdam|frl|gov|edu|int|"
    "us|ca|es|it|pl|pt|se|no|dk|fi|at|ch|ru|ua|tr|cn|jp|in|br|gg|ly|to|so|cc|club|live|news|blog|link|email|health|org"
)
_URL = (
    r"(?<![\w@./:-])(?:"
    r"(?:https?|ftp|tonsite)://[^\s<>\"']+"
    r"|tg://[^\s<>\"']+"
    rf"|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_TOP_LEVEL})(?![\w-]|\.[a-z])(?::\d+)?(?:[/?#][^\s<>\"']*)?)"
)
_PHONE = (
    r"(?:\+|00)[1-9](?:[\s().-]{0,2}\d){7,13}|0[89]00[\s-]?\d{4}(?:\d{3})?|06[\s-]?\d(?:\s?\d){7}"
    r"|0[1-9]\d[\s-]?\d{7}|0[1-9]\d{2}[\s-]?\d{6}"
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"(?<![\w.+-])[a-zA-Z0-9._%+-]{1,64}@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,24}(?![\w-])")),
    ("url", re.compile(_URL, re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>@.-])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")),
    ("mention", re.compile(r"(?<![\w@.])@[a-zA-Z][a-zA-Z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#/])#(?=\w*[^\W\d_])\w{1,256}(?!#)")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?!\w)")),
    ("phone_number", re.compile(rf"(?<![\w+/=.-])(?:{_PHONE})(?![\w/]|-\d)")),
)
_TAIL = ".,:;!?'\")]}…"


def with_automatic(text: str, given: list[Entity]) -> list[Entity]:
    """`given` plus everything Telegram recognises by itself outside code and outside other links."""
    position = borders(text)
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in given
        if entity["type"] in CODE or entity["type"] in {"text_link", "text_mention", "custom_emoji", "date_time"}
        or _is_automatic(entity["type"])
    ]  # fmt: skip
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            stop = _without_tail(text, match.start(), match.end()) if kind == "url" else match.end()
            span = (position[match.start()], position[stop])
            if stop <= match.start() or any(span[0] < end and span[1] > begin for begin, end in taken):
                continue
            taken.append(span)
            found.append({"type": kind, "offset": span[0], "length": span[1] - span[0]})
    room = max(0, MAX_ENTITIES - len(given))
    found.sort(key=lambda entity: entity["offset"])
    return sorted([*given, *found[:room]], key=lambda entity: (entity["offset"], -entity["length"]))


def _is_automatic(kind: str) -> bool:
    return any(kind == known for known, _ in _PATTERNS)


def _without_tail(text: str, start: int, stop: int) -> int:
    """A full stop or a closing bracket after an address is not part of it."""
    while stop > start and text[stop - 1] in _TAIL:
        if text[stop - 1] == ")" and text.count("(", start, stop) >= text.count(")", start, stop):
            break
        stop -= 1
    return stop
