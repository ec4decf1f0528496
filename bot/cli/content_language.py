"""The languages that commands about texts can speak."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    NL = "nl"
    EN = "en"
