"""The facts a sentence may name, looked up only when one does, at most once a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.conversation import (
    adapted_page,
    advice,
    approving_content,
    assisted,
    assisted_danger,
    assisted_rights,
    assisted_steps,
    attended,
    batch_inviting,
    breaks,
    choosing,
    closing_page,
    closing_way,
    colleague_link,
    digest_times,
    digesting,
    discussing,
    elsewhere,
    entering,
    errands,
    evening_choices,
    evenings,
    facts_access,
    facts_alert,
    facts_care,
    facts_content,
    facts_exercise,
    facts_halt,
    facts_holiday,
    facts_operation,
    facts_play,
    facts_reader,
    facts_rights,
    facts_staff,
    facts_withdrawn,
    facts_youth,
    first_talk,
    given_pause,
    goal_scores,
    group_setup_page,
    growing_up,
    handover,
    holiday_told,
    leaving,
    locations,
    looking_back,
    missing,
    month_card,
    my_challenges,
    my_moments,
    noting,
    observing,
    on_call,
    overview_page,
    owning_content,
    paper_consent,
    pausing,
    phase_page,
    place_moved,
    posters,
    preparing,
    promised,
    quiet_list,
    reader_news,
    reader_search,
    reading_round,
    ready,
    rehearsing,
    replying,
    rhythm_page,
    scary,
    second_content,
    settings,
    shared_picture,
    signing_up,
    stories,
    taking_on,
    taking_over,
    talk_plans,
    team_page,
    trial_talk,
    unread,
    upcoming,
    waiting_list,
    wording,
    youth_card,
)
from bot.conversation.asked import Asked
from bot.conversation.turn import Turn
from bot.storage import items, people
from bot.storage.people import Person
from dialogs.state import State


def _practice(ask: Asked) -> bool:
    """Whether this is a rehearsal: of the person, or of the youngster an item is about."""
    number = ask.state.subject.get("item")
    if ask.person.role == "youth" or not number:
        return ask.person.practice
    return people.load(ask.turn.conn, items.load(ask.turn.conn, number).youth_id).practice


LOOKUPS: dict[str, Callable[[Asked], Any]] = {
    "name": lambda ask: ask.person.name,
    "band": lambda ask: ask.turn.band(ask.person),
    "minimum_age": lambda ask: ask.turn.world.settings.minimum_age,
    "role": lambda ask: ask.person.role,
    "language": lambda ask: ask.person.language,
    "practice": _practice,
    "working_hours": wording.working_hours,
    "working_now": wording.working_now,
    "reading_from": wording.reading_from,
    "reads_at_once": wording.reads_at_once,
    "helplines": wording.helplines,
    "first_helplines": wording.first_helplines,
    **facts_youth.LOOKUPS,
    **facts_reader.LOOKUPS,
    **facts_care.LOOKUPS,
    **facts_rights.LOOKUPS,
    **facts_staff.LOOKUPS,
    **replying.LOOKUPS,
    **rehearsing.LOOKUPS,
    **facts_access.LOOKUPS,
    **colleague_link.LOOKUPS,
    **reader_search.LOOKUPS,
    **facts_alert.LOOKUPS,
    **facts_halt.LOOKUPS,
    **on_call.LOOKUPS,
    **facts_holiday.LOOKUPS,
    **promised.LOOKUPS,
    **handover.LOOKUPS,
    **holiday_told.LOOKUPS,
    **reader_news.LOOKUPS,
    **unread.LOOKUPS,
    **facts_operation.LOOKUPS,
    **facts_withdrawn.LOOKUPS,
    **facts_exercise.LOOKUPS,
    **advice.LOOKUPS,
    **goal_scores.LOOKUPS,
    **looking_back.LOOKUPS,
    **digest_times.LOOKUPS,
    **digesting.LOOKUPS,
    **reading_round.LOOKUPS,
    **discussing.LOOKUPS,
    **quiet_list.LOOKUPS,
    **shared_picture.LOOKUPS,
    **taking_over.LOOKUPS,
    **youth_card.LOOKUPS,
    **choosing.LOOKUPS,
    **adapted_page.LOOKUPS,
    **noting.LOOKUPS,
    **talk_plans.LOOKUPS,
    **my_challenges.LOOKUPS,
    **stories.LOOKUPS,
    **pausing.LOOKUPS,
    **given_pause.LOOKUPS,
    **my_moments.LOOKUPS,
    **settings.LOOKUPS,
    **upcoming.LOOKUPS,
    **evening_choices.LOOKUPS,
    **evenings.LOOKUPS,
    **rhythm_page.LOOKUPS,
    **attended.LOOKUPS,
    **scary.LOOKUPS,
    **missing.LOOKUPS,
    **observing.LOOKUPS,
    **preparing.LOOKUPS,
    **trial_talk.LOOKUPS,
    **signing_up.FACTS_FOR_MEMBERS,
    **first_talk.LOOKUPS,
    **taking_on.LOOKUPS,
    **team_page.LOOKUPS,
    **locations.LOOKUPS,
    **place_moved.LOOKUPS,
    **group_setup_page.LOOKUPS,
    **closing_page.LOOKUPS,
    **closing_way.LOOKUPS,
    **posters.LOOKUPS,
    **overview_page.LOOKUPS,
    **batch_inviting.LOOKUPS,
    **waiting_list.LOOKUPS,
    **growing_up.LOOKUPS,
    **phase_page.LOOKUPS,
    **leaving.LOOKUPS,
    **ready.LOOKUPS,
    **breaks.LOOKUPS,
    **elsewhere.LOOKUPS,
    **entering.LOOKUPS,
    **assisted.LOOKUPS,
    **assisted_danger.LOOKUPS,
    **assisted_rights.LOOKUPS,
    **assisted_steps.LOOKUPS,
    **errands.LOOKUPS,
    **month_card.LOOKUPS,
    **paper_consent.LOOKUPS,
    **facts_content.LOOKUPS,
    **owning_content.LOOKUPS,
    **approving_content.LOOKUPS,
    **second_content.LOOKUPS,
    **facts_play.LOOKUPS,
}


class Facts(Mapping[str, Any]):
    """The facts about one person and the rows their dialog is about."""

    def __init__(self, turn: Turn, person: Person, state: State) -> None:
        self._ask = Asked(turn, person, state)
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = LOOKUPS[name](self._ask)
        return self._known[name]

    def __contains__(self, name: object) -> bool:
        return name in LOOKUPS

    def __iter__(self) -> Iterator[str]:
        return iter(LOOKUPS)

    def __len__(self) -> int:
        return len(LOOKUPS)
