"""Dialogs that only come in between."""

from __future__ import annotations

CARE = frozenset(
    {"danger", "danger_suicide", "danger_unsafe", "danger_body", "danger_harm", "danger_friend", "danger_told",
     "concern"}
)  # fmt: skip
"""Dialogs about danger: their words go to a person, and never to the dialog that was interrupted."""

PASSING = CARE | {
    "menu", "help", "unasked", "unreadable", "language", "privacy", "sent", "what_i_sent", "erase",
    "my_data", "who_looked", "stop", "exercises", "cards", "looking_back", "pause", "upcoming", "moments", "settings",
    "computer", "agenda"
}  # fmt: skip
"""Dialogs that come in between; nobody goes back to one of these."""

BESIDE = frozenset({"reply_held"})
"""Dialogs of staff of which several stand beside each other, each about something of its own."""

LEAVES = frozenset({"talk", "talk_staff"})
"""Dialogs whose words leave the chat: they take none behind the back of a later dialog."""

WITHOUT_KNOWING = CARE | {"help", "privacy", "language", "reconfirm"}
"""Dialogs that go on in an account of which we are asking whose it is."""

NEUTRAL = WITHOUT_KNOWING | {"alert_item", "account_news", "read_item"}
"""Dialogs whose first line may be put into such an account of staff: it says nothing about anybody, and a tap on it
leads to the question whose account it is."""

UNPINNED = CARE | {
    "welcome", "again", "too_young", "stranger", "sign_up_called",
    "alone", "link_refused", "help", "privacy", "language",
    "alert_nobody", "alert_seen", "card_told", "halted",
    "unasked", "unreadable", "talk", "talk_staff", "two_weekly", "limits",
    "erase", "my_data", "who_looked", "what_i_sent", "sent", "stop", "terms", "guardian_wait", "guardian",
    "guardian_told"
}  # fmt: skip
"""Care, consent, privacy and help always use the newest text (ARCHITECTURE)."""

TYPED_BY_STAFF = frozenset(
    {
        "absent_note",
        "adapt_step",
        "assisted",
        "emergency_card",
        "evenings",
        "group_setup",
        "inspect",
        "invite_youth",
        "locations",
        "note",
        "outflow",
        "posters",
        "reply",
        "rhythm",
        "sign_ups",
        "team",
    }
)
"""Dialogs in which staff type about a youngster: left in the middle they end within two days, and their words go."""

WHILE_HALTED = (PASSING | {"halted"}) - {"menu", "unasked", "unreadable"}
"""Dialogs with which somebody who was halted is answered when they write themselves."""
