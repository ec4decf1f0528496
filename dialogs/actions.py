"""The actions a script may ask for, with every result each can have: bot carries them out, content check reads them."""

from __future__ import annotations

ACTIONS: dict[str, frozenset[str]] = {
    # The youngster's beginning
    "acknowledge": frozenset({"ok"}),
    "consent_given": frozenset({"ok"}),
    "consent_refused": frozenset({"ok"}),
    "set_language": frozenset({"ok"}),
    # A challenge, its ladder and one planned attempt
    "accept_challenge": frozenset({"ok", "gone"}),
    "decline_challenge": frozenset({"ok", "gone"}),
    "save_ratings": frozenset({"ok"}),
    "plan_attempt": frozenset({"ok", "past"}),
    "prepare_attempt": frozenset({"ok", "danger"}),
    "set_attempt_aside": frozenset({"ok"}),
    "choose_smaller": frozenset({"ok", "lowest"}),
    # How it went, and what is sent
    "record_outcome": frozenset({"ok"}),
    "record_story": frozenset({"ok"}),
    "draft_checkin": frozenset({"ready", "empty"}),
    "toggle_part": frozenset({"ready", "empty"}),
    "send_checkin": frozenset({"now", "later", "nobody"}),
    "keep_checkin": frozenset({"ok"}),
    # The evening, and people
    "choose_evening": frozenset({"reminded", "asked", "none"}),
    "answer_meeting": frozenset({"ok", "over"}),
    "ask_to_talk": frozenset({"now", "later", "nobody"}),
    "raise_alert": frozenset({"now", "later", "nobody"}),
    "open_answer": frozenset({"ok", "gone"}),
    "answer_back": frozenset({"now", "later", "nobody"}),
    # Staff
    "set_code": frozenset({"set", "different"}),
    "need_code": frozenset({"open", "code", "locked"}),
    "try_code": frozenset({"open", "wrong", "locked"}),
    "make_invitation": frozenset({"made", "no_backup"}),
    "renew_invitation": frozenset({"made", "gone"}),
    "give_challenge": frozenset({"given", "busy", "gone"}),
    "open_item": frozenset({"checkin", "talk", "alert", "code", "gone"}),
    "next_page": frozenset({"ok"}),
    "answer_item": frozenset({"sent", "unreachable", "gone"}),
    "close_item": frozenset({"ok", "gone"}),
    "open_youth": frozenset({"ok", "code", "gone"}),
    "acknowledge_alert": frozenset({"ok", "gone"}),
    # The youngster's challenge: answers.step becomes the step to do
    "choose_step": frozenset({"ok"}),
}
