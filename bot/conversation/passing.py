"""Dialogs that only come in between."""

from __future__ import annotations

PASSING = frozenset({"menu", "help", "unasked", "unreadable", "language", "privacy", "danger"})
"""Dialogs that come in between; nobody goes back to one of these."""
