"""An author tries the own draft in the own chat, as a youngster will see it: which part comes, and what comes after."""

from __future__ import annotations

from collections.abc import Callable

from bot.content.pages import allow, drafted
from bot.conversation import editing, example, facts_play, scene
from bot.conversation.actions_content import actor, at_of, own_draft
from bot.conversation.deed import GONE, OK, Deed, Outcome
from bot.conversation.example import BROKEN, NOWHERE, PAUSED, SCENE, STOPPED
from bot.rehearsal.personas import personas


def look_at_play(deed: Deed) -> Outcome:
    """Whether the draft can be played, and for whom was said: *gone*, *errors*, *whom* or *play*."""
    draft = own_draft(deed)
    if draft is None or not editing.may_edit(deed.person):
        return GONE
    if deed.row("errors"):
        return Outcome("errors")
    return Outcome("play" if deed.session.state.subject.get(SCENE, NOWHERE) != NOWHERE else "whom")


def play_as(deed: Deed) -> Outcome:
    """From the beginning, for whoever was chosen."""
    draft = own_draft(deed)
    if draft is None:
        return GONE
    allow(deed.turn.conn, actor(deed), "play_draft", drafted(draft), deed.turn.now)
    chosen = deed.answer("play_as")
    reader = int(str(chosen)) if str(chosen).isdecimal() else 0
    return Outcome("ok", {"reader": reader, SCENE: 0, "dialog": 0, "follows": 0})


def play_ended(deed: Deed) -> Outcome:
    """The text came to an end, was left, waits for later, or cannot go on; *follows* is what a youngster gets next."""
    state = deed.session.state
    match state.at:
        case at if at == STOPPED:
            return Outcome("stopped", {SCENE: NOWHERE})
        case at if at == PAUSED:
            return Outcome("later", {"follows": 0})
        case at if at == BROKEN:
            return Outcome("broken", {"follows": 0})
    part = scene.of(deed.turn, deed.person, state.subject)
    ending = example.ending_of(part.script, state.at) if part else None
    follows = scene.number_of_name(ending.then) if ending and ending.then else 0
    return Outcome("over", {"follows": follows})


def play_on(deed: Deed) -> Outcome:
    """The next part, what follows, the same again, or no more."""
    about = deed.session.state.subject
    match deed.answer("play_choice"):
        case "verder":
            return Outcome("again", {SCENE: about[SCENE] + 1, "dialog": 0, "follows": 0})
        case "volgt":
            return Outcome("again", {"dialog": about["follows"], "follows": 0})
        case "opnieuw":
            return Outcome("again", {"follows": 0})
        case _:
            return Outcome("stopped", {SCENE: NOWHERE})


def pick_draft(deed: Deed) -> Outcome:
    """The own draft of a file, as it was found when it was sent; *unread* when that is too long ago to be known."""
    if not editing.may_edit(deed.person):
        return GONE
    chosen = deed.answer("content_own")
    mine = facts_play.of_person(deed.turn.conn, deed.person.id)
    at = at_of(deed)
    draft = next(
        (one for one in mine if (str(one.id) == chosen if chosen else (one.kind, one.key) == at)), None
    )
    if draft is None:
        return GONE
    found = editing.found_of(deed.turn.conn, deed.person.id, draft)
    return Outcome("ok", found) if found is not None else Outcome("unread")


def look_at_weeks(deed: Deed) -> Outcome:
    """Whether weeks can be played with the draft."""
    draft = own_draft(deed)
    if draft is None or not editing.may_edit(deed.person):
        return GONE
    if deed.row("errors"):
        return Outcome("errors")
    return OK if scene.has_weeks(draft) else Outcome("no")


def ask_weeks(deed: Deed) -> Outcome:
    """They are played as soon as nobody else's are."""
    draft = own_draft(deed)
    if draft is None or deed.answer("weeks_with") not in personas():
        return GONE
    allow(deed.turn.conn, actor(deed), "play_draft", drafted(draft), deed.turn.now)
    return OK


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "look_at_play": look_at_play,
    "play_as": play_as,
    "play_ended": play_ended,
    "play_on": play_on,
    "pick_draft": pick_draft,
    "look_at_weeks": look_at_weeks,
    "ask_weeks": ask_weeks,
}
