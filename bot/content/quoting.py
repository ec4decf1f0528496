"""Any text as a quoted YAML value that reads back as the same text: for whoever writes a content file by program."""

from __future__ import annotations

import re

_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f-\x9f\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]')


def quoted(text: str) -> str:
    """*text* between double quotes, with escapes for what may not stand there as it is."""
    return '"' + _SPECIAL.sub(lambda found: _ESCAPED.get(found[0]) or f"\\u{ord(found[0]):04x}", text) + '"'
