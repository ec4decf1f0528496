"""The actions that only scripts of staff may ask for; ``dialogs/actions.py`` holds them all."""

from __future__ import annotations

STAFF_ACTIONS: dict[str, frozenset[str]] = {
    # Invitations on paper for several at once
    "choose_batch_group": frozenset({"ok", "code", "gone"}),
    "toggle_batch": frozenset({"ok", "code", "gone"}),
    "tick_all_batch": frozenset({"ok", "code"}),
    "tick_nobody_batch": frozenset({"ok", "code"}),
    "next_batch_names": frozenset({"ok"}),
    "make_batch": frozenset({"ok", "nobody", "code"}),
    "revoke_batch": frozenset({"ok", "code"}),
    "revoke_ticked": frozenset({"ok", "code"}),
    # Days off on which somebody promised to read
    "look_promised": frozenset({"ok", "promised"}),
    # The coordinator's overview
    "open_part": frozenset({"ok", "alarms", "unread", "sign_ups", "code", "gone"}),
    "next_part": frozenset({"ok", "code"}),
    "first_part": frozenset({"ok", "code"}),
}
