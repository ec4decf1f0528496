"""A step in words of its own for one youngster: the catalog stays, and the youngster reads who changed it.

The words hold for the text they were made on, as a whole. When the catalog brings a newer text the youngster keeps the
old one until a professional chooses: the own words, or the new text; never some of both.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from bot.content import own_words
from bot.content.own_words import Remarks
from bot.content.problem import Language
from bot.conversation import adapted_news, approving, choosing, subject
from bot.conversation.deed import GONE, OK, Deed, Outcome, about_youth, code_is_open
from bot.conversation.turn import Turn
from bot.storage import adaptations, challenges, journal, people, withdrawals
from bot.storage.challenges import Given
from bot.storage.people import Person
from challenge_catalog.model import Step
from dialogs.state import State
from dialogs.words import Words


def open_adapting(deed: Deed) -> Outcome:
    """Whose challenge it is about; *changed* when the catalog has a newer text than the words were made on."""
    if not code_is_open(deed):
        return Outcome("code")
    youth = _youth(deed)
    if youth is None:
        return GONE
    why = choosing.refused(deed.turn, youth)
    if why in ("halted", "left"):
        return Outcome(why)
    given = subject.given(deed.turn, youth.id)
    if given is None:
        return Outcome("none")
    return Outcome("changed" if newer(deed.turn, given) else "ok")


def pick_step(deed: Deed) -> Outcome:
    """The step to adapt: *adapted* when it has words of its own already."""
    found = _asked(deed)
    if found is None:
        return GONE
    _, given, step = found
    mine = next((one for one in adaptations.standing(deed.turn.conn, given.id) if one.step == step.key), None)
    return Outcome("adapted", {"adapted": mine.id}) if mine else Outcome("ok", {"adapted": 0})


def check(deed: Deed) -> Outcome:
    """The words, held against the rules for every sentence a youngster reads."""
    found = _asked(deed)
    if found is None:
        return GONE
    said = remarks(deed.turn, deed.session.state, found[0], found[2])
    return Outcome("wrong") if said.wrong else OK


def keep(deed: Deed) -> Outcome:
    """From now on the youngster reads these words; they are told once, after the time to take it back."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, found = deed.turn, _asked(deed)
    if found is None:
        return GONE
    youth, given, step = found
    if newer(turn, given) is not None:
        return Outcome("changed")
    title, do = typed(deed.session.state, step)
    if not do or remarks(turn, deed.session.state, youth, step).wrong:
        return Outcome("wrong")
    number = adaptations.add(turn.conn, given, step.key, title, do, deed.person.id, turn.now)
    adapted_news.plan_told(turn, youth, given, number)
    return Outcome("ok", {"before": deed.session.state.subject.get("adapted", 0), "adapted": number})


def undo(deed: Deed) -> Outcome:
    """Back to what was before it: the words it replaced, else the text of the catalog. Once the youngster may know the
    words, not while the step is planned: what they are about to do does not change under their hands."""
    turn, youth = deed.turn, _youth(deed)
    number = deed.session.state.subject.get("adapted", 0)
    one = adaptations.find(turn.conn, number) if number else None
    if youth is None or one is None or one.youth_id != youth.id:
        return GONE
    planned = challenges.planned(turn.conn, youth.id)
    about_it = planned is not None and (planned.challenge_id, planned.step) == (one.challenge_id, one.step)
    if not adapted_news.forget_told(turn, youth, one.id) and about_it:
        return Outcome("planned")
    if not adaptations.end(turn.conn, [one.id], "undone", turn.now):
        return GONE
    before = deed.session.state.subject.get("before", 0)
    old = adaptations.find(turn.conn, before) if before else None
    if old is not None and (old.challenge_id, old.step, old.state) == (
        one.challenge_id,
        one.step,
        "replaced",
    ):
        adaptations.again(turn.conn, old.id)
    return OK


def keep_words(deed: Deed) -> Outcome:
    """The own words stay, on the text they were made on; about this newer one nothing is asked again."""
    if not code_is_open(deed):
        return Outcome("code")
    youth = _youth(deed)
    given = subject.given(deed.turn, youth.id) if youth else None
    newest = newer(deed.turn, given) if given else None
    if given is None or newest is None:
        return GONE
    adaptations.keep(deed.turn.conn, given.id, newest)
    return OK


def take_new(deed: Deed) -> Outcome:
    """The whole challenge goes on with the newest text and the own words end. Not while a step is planned: what they
    are about to do does not change under their hands."""
    if not code_is_open(deed):
        return Outcome("code")
    turn, youth = deed.turn, _youth(deed)
    given = subject.given(turn, youth.id) if youth else None
    newest = newer(turn, given) if given else None
    if youth is None or given is None or newest is None:
        return GONE
    if challenges.planned(turn.conn, youth.id) is not None:
        return Outcome("planned")
    if approving.verdict(turn, youth, given.key) != "yes":
        return Outcome("not_approved")
    text = turn.world.library.challenge(given.key, youth.language, newest, turn.conn)
    kept = {step.key for step in text.steps} - set(withdrawals.steps(turn.conn, newest))
    numbers = [one.id for one in adaptations.standing(turn.conn, given.id)]
    adaptations.end(turn.conn, numbers, "renewed", turn.now)
    adaptations.renew(turn.conn, given.id, newest, given.step if given.step in kept else None)
    for number in numbers:
        adapted_news.forget_told(turn, youth, number)
    return Outcome("ok", {"adapted": numbers[0]})


def undo_new(deed: Deed) -> Outcome:
    """Back to the text and the own words that were there; not once a step of the new text is planned."""
    turn, youth = deed.turn, _youth(deed)
    number = deed.session.state.subject.get("adapted", 0)
    one = adaptations.find(turn.conn, number) if number else None
    given = subject.given(turn, youth.id) if youth else None
    if (
        youth is None
        or given is None
        or one is None
        or one.challenge_id != given.id
        or one.state != "renewed"
    ):
        return GONE
    if challenges.planned(turn.conn, youth.id) is not None:
        return Outcome("planned")
    known = turn.world.library.challenge(given.key, youth.language, one.revision, turn.conn)
    for old in adaptations.renewed_with(turn.conn, one):
        adaptations.again(turn.conn, old)
    step = given.step if given.step and known.step(given.step) else None
    adaptations.renew(turn.conn, given.id, one.revision, step)
    return OK


def refuse(deed: Deed) -> Outcome:
    """The youngster reads the step as it was; the professional sees that on the fixed list, as a
    choice of step."""
    turn, person = deed.turn, deed.person
    number = deed.session.state.subject.get("adapted", 0)
    one = adaptations.find(turn.conn, number) if number else None
    if one is None or one.youth_id != person.id:
        return GONE
    if not adaptations.end(turn.conn, [one.id], "refused", turn.now):
        return GONE
    journal.add(turn.conn, person.id, "usual_step", turn.now, None, one.challenge_id)
    return OK


def newer(turn: Turn, given: Given) -> str | None:
    """The newest text of a challenge that has words of its own, when it is another than theirs and nobody chose yet."""
    if not turn.world.library.has_challenge(given.key):
        return None
    newest = turn.world.library.revision("challenge", given.key)
    if newest == given.revision or withdrawals.whole(turn.conn, newest):
        return None
    mine = adaptations.standing(turn.conn, given.id)
    return newest if any(one.kept_at != newest for one in mine) else None


def typed(state: State, step: Step) -> tuple[str, str]:
    """The title and the text as they were typed; a title that was skipped stays."""
    title, do = state.answers.get("adapt_title"), state.answers.get("adapt_do")
    said = state.labels.get("adapt_do", do) if not isinstance(do, Words) else do
    return str(title) if isinstance(title, Words) and title else step.title, str(said or "")


def remarks(turn: Turn, state: State, youth: Person, step: Step) -> Remarks:
    title, do = typed(state, step)
    # A title that nobody changed is the catalog's own.
    checked = title if title != step.title else ""
    language = cast(Language, youth.language)
    return own_words.remarks(checked, do, language, under18=turn.band(youth) == "under18")


def _youth(deed: Deed) -> Person | None:
    number = deed.session.state.subject.get("youth")
    if not number or not deed.turn.allowed(
        deed.person, "adapt_step", about_youth(deed.turn, deed.person, number)
    ):
        return None
    return people.locked(deed.turn.conn, number)


def _asked(deed: Deed) -> tuple[Person, Given, Step] | None:
    """The youngster, their challenge and the step that was picked, as the youngster has it without own words."""
    youth = _youth(deed)
    given = subject.given(deed.turn, youth.id) if youth else None
    if youth is None or given is None or choosing.refused(deed.turn, youth) in ("halted", "left"):
        return None
    step = plain_step(deed.turn, given, str(deed.answer("adapt_step")), youth.language)
    return (youth, given, step) if step else None


def plain_step(turn: Turn, given: Given, key: str, language: str) -> Step | None:
    """A step that is offered, in the words of the catalog."""
    if key in withdrawals.steps(turn.conn, given.revision):
        return None
    return turn.world.library.challenge(given.key, language, given.revision, turn.conn).step(key)


ACTIONS: dict[str, Callable[[Deed], Outcome]] = {
    "open_adapting": open_adapting,
    "pick_adapt_step": pick_step,
    "check_adapted": check,
    "keep_adapted": keep,
    "undo_adapted": undo,
    "keep_own_words": keep_words,
    "take_new_text": take_new,
    "undo_new_text": undo_new,
    "refuse_adapted": refuse,
}
