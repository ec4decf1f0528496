"""What the pages about an adapted step show: the steps, the words as the youngster will read them, what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from bot.content.problem import Language
from bot.conversation import adapted_news, adapting, subject
from bot.conversation.asked import Asked
from bot.conversation.deed import about_youth
from bot.conversation.turn import Turn
from bot.storage import adaptations, people
from bot.storage.challenges import Given
from bot.storage.people import Person
from challenge_catalog.model import Step
from dialogs.effects import Option
from dialogs.words import Words


def _pair(ask: Asked) -> tuple[Person, Given] | None:
    number = ask.state.subject.get("youth")
    if not number or not ask.turn.may_see(
        ask.person, "adapt_step", about_youth(ask.turn, ask.person, number)
    ):
        return None
    given = subject.given(ask.turn, number)
    return (people.load(ask.turn.conn, number), given) if given else None


def _step(ask: Asked) -> tuple[Person, Given, Step] | None:
    pair = _pair(ask)
    if pair is None:
        return None
    youth, given = pair
    step = adapting.plain_step(
        ask.turn, given, str(ask.state.answers.get("adapt_step") or ""), youth.language
    )
    return (youth, given, step) if step else None


def steps(ask: Asked) -> tuple[Option, ...]:
    """The steps as the youngster has them now, with a mark at those in own words."""
    pair = _pair(ask)
    if pair is None:
        return ()
    youth, given = pair
    own = {one.step for one in adaptations.standing(ask.turn.conn, given.id)}
    return tuple(
        Option(step.key, f"✎ {step.title}" if step.key in own else step.title)
        for step in subject.ladder(ask.turn, given, youth.language)
    )


def now(ask: Asked) -> Words:
    """The step as the youngster reads it at this moment."""
    found = _step(ask)
    if found is None:
        return Words("")
    youth, given, step = found
    shown = subject.challenge_text(ask.turn, given, youth.language).step(step.key) or step
    return Words(f"{shown.title}\n{shown.do}")


def preview(ask: Asked) -> Words:
    """The page of the youngster with these words, word for word."""
    found = _step(ask)
    if found is None:
        return Words("")
    youth, _, step = found
    title, do = adapting.typed(ask.state, step)
    place = where(ask.turn, youth, step, ask.person.name)
    return Words(ask.turn.phrase("adapted_step", youth, step_title=title, step_do=do, step_where=place))


def where(turn: Turn, youth: Person, step: Step, adapter: Words) -> str:
    """What stands below the text of a step: the place, the adult who knows of it, and whose words these are."""
    said = [step.where] + ([step.with_adult] if turn.band(youth) == "under18" else [])
    place = " ".join(part for part in said if part)
    if adapter == "":
        return place
    return f"{place}\n{turn.phrase('adapted_by', youth, adapter=adapter)}".strip()


def wrong(ask: Asked) -> Words:
    """What has to be mended, a line each."""
    return _remarks(ask, advice=False)


def advice(ask: Asked) -> Words:
    return _remarks(ask, advice=True)


def _remarks(ask: Asked, *, advice: bool) -> Words:
    found = _step(ask)
    if found is None:
        return Words("")
    youth, _, step = found
    said = adapting.remarks(ask.turn, ask.state, youth, step)
    language = cast(Language, ask.person.language)
    return Words(
        "\n".join(
            f"• {one.what(language)}; {one.mend(language)}."
            for one in (said.advice if advice else said.wrong)
        )
    )


def newest(ask: Asked) -> Words:
    """The steps that have own words, as the newer catalog says them."""
    pair = _pair(ask)
    if pair is None:
        return Words("")
    youth, given = pair
    name = adapting.newer(ask.turn, given)
    if name is None:
        return Words("")
    text = ask.turn.world.library.challenge(given.key, youth.language, name, ask.turn.conn)
    lines = []
    for one in adaptations.standing(ask.turn.conn, given.id):
        step = text.step(one.step)
        new = f"{step.title}. {step.do}" if step else ask.turn.phrase("adapted_step_gone", ask.person)
        lines.append(ask.turn.phrase("adapted_beside", ask.person, own=f"{one.title}. {one.do}", newest=new))
    return Words("\n\n".join(lines))


def language(ask: Asked) -> str:
    """The language the youngster reads, when the professional reads another; else empty."""
    pair = _pair(ask)
    if pair is None or pair[0].language == ask.person.language:
        return ""
    return ask.turn.phrase(f"play_language_{pair[0].language}", ask.person)


def writer(ask: Asked) -> Words:
    """Who wrote the words the dialog is about, also when they hold no more; empty when it is about none."""
    number = ask.state.subject.get("adapted")
    one = adaptations.find(ask.turn.conn, number) if number else None
    return people.load(ask.turn.conn, one.by_id).name if one else Words("")


def adapter(ask: Asked) -> Words:
    """Who changed the step that the youngster's dialog is about; empty when the words of the catalog hold."""
    given = subject.given(ask.turn, ask.person.id)
    step = subject.step(ask.turn, ask.person, ask.state)
    who = adapted_news.adapter(ask.turn, given, step.key) if given and step else None
    return who.name if who else Words("")


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "adapt_steps": steps,
    "adapt_now": now,
    "adapt_preview": preview,
    "adapt_wrong": wrong,
    "adapt_advice": advice,
    "adapt_newest": newest,
    "adapt_language": language,
    "adapt_challenge": lambda ask: _title(ask),
    "step_adapter": writer,
    "step_adapted": lambda ask: adapter(ask) != "",
}


def _title(ask: Asked) -> str:
    pair = _pair(ask)
    return subject.challenge_text(ask.turn, pair[1], ask.person.language).title if pair else ""
