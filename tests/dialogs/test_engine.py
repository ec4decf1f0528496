"""What a conversation does next, whatever a person or a client sends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import engine
from dialogs.effects import (
    Chosen,
    Effect,
    Ended,
    ExplainOutdated,
    Failed,
    Option,
    Paused,
    Perform,
    Say,
    TooLong,
    Unasked,
)
from dialogs.events import ChoiceTapped, Event, Performed, Resumed, TextReceived
from dialogs.script import (
    LATER,
    SKIP,
    Action,
    Branch,
    Choice,
    Choices,
    Code,
    End,
    FreeText,
    Kind,
    Scale,
    Script,
    Step,
    Tell,
)
from dialogs.state import State, StateError, dump, load
from dialogs.text import Condition, Rendered, Scope, Span, Text, literal, plain
from dialogs.words import Words

LADDER = (Option("nod", "Knik"), Option("hoi", "Zeg hoi"))
FACTS: dict[str, Any] = {"ladder": LADDER, "nobody": (), "name": Words("Sam")}


def to(key: str) -> tuple[Branch, ...]:
    return (Branch(key),)


def answer_of(key: str, value: object) -> Condition:
    return lambda scope: scope["answers"][key] == value


def result_is(value: str) -> Condition:
    return lambda scope: scope["result"] == value


def about_item(scope: Scope) -> Rendered:
    return (Span(f"Hoe spannend is: {scope['item'].label}?"),)


def ask(key: str, goto: str, *choices: Choice, **more: Any) -> Step:
    return Step(key, Choices(choices), literal(f"{key}?"), to(goto), **more)


def choice(key: str, goto: str | None = None) -> Choice:
    return Choice(key, literal(key.title()), goto)


def script(*steps: Step, later: Text | None = None) -> Script:
    fields = frozenset(step.save for step in steps if step.save)
    return Script("checkin", steps[0].key, {step.key: step for step in steps}, later=later, fields=fields)


END = Step("end", End("done", then="menu"), literal("Tot dinsdag."))

WALK = script(
    Step("hello", Tell(), literal("Hoi."), to("done")),
    Step(
        "done",
        Choices((choice("gedaan"), choice("deels"), choice("niet", goto="smaller")), columns=2),
        literal("Hoe ging het?"),
        to("tension"),
        save="outcome",
    ),
    Step("smaller", Tell(), literal("Dat kan."), to("end")),
    Step(
        "tension",
        Scale(literal("helemaal niet"), literal("heel erg")),
        about_item,
        to("happened"),
        save="tension",
        each="ladder",
        skip=literal("Sla over"),
    ),
    Step(
        "happened",
        FreeText((Choice("mee", literal("Het viel mee")), choice("anders", goto="end")), limit=20),
        literal("Wat gebeurde er?"),
        to("code"),
        save="happened",
        skip=literal("Sla over"),
        skip_to="send",
    ),
    Step("code", Code(4), literal("Kies vier cijfers."), to("send"), save="code", in_place=True),
    Step(
        "send",
        Action("send_checkin"),
        route=(
            Branch("code", result_is("different")),
            Branch("more", answer_of("outcome", "deels")),
            Branch("end"),
        ),
    ),
    Step("more", Choices(options="ladder"), literal("Welke stap nu?"), to("end"), save="next"),
    END,
    later=literal("Later"),
)


def play(given: Script, *events: Event, facts: dict[str, Any] = FACTS) -> tuple[State, tuple[Effect, ...]]:
    state, effects = engine.start(given, {"assignment": 7}, facts)
    for event in events:
        state, effects = engine.step(given, state, event, facts)
    return state, effects


def said(effects: Iterable[Effect]) -> list[str]:
    return [plain(effect.text) for effect in effects if isinstance(effect, Say)]


def buttons(effects: Iterable[Effect]) -> list[list[str]]:
    [*_, last] = [effect for effect in effects if isinstance(effect, Say)]
    return [[option.label for option in row] for row in last.rows]


def typed(text: str) -> TextReceived:
    return TextReceived(Words(text))


def test_a_dialog_opens_with_what_it_tells_and_its_first_question():
    state, effects = play(WALK)

    assert said(effects) == ["Hoi.", "Hoe ging het?"]
    assert state.at == "done"
    assert state.screen == 2
    assert state.subject == {"assignment": 7}


def test_buttons_stand_in_the_columns_asked_for_and_later_stands_last():
    _, effects = play(WALK)

    assert buttons(effects) == [["Gedaan", "Deels"], ["Niet"], ["Later"]]


def test_a_tap_is_kept_shown_as_chosen_and_leads_on():
    state, effects = play(WALK, ChoiceTapped(2, "gedaan"))

    assert effects[0] == Chosen(2, "Gedaan")
    assert state.answers == {"outcome": "gedaan"}
    assert state.at == "tension"


def test_a_choice_may_lead_somewhere_of_its_own():
    state, effects = play(WALK, ChoiceTapped(2, "niet"))

    assert said(effects) == ["Dat kan.", "Tot dinsdag."]
    assert effects[-1] == Ended("done", "menu")
    assert state.at is None


def test_a_question_for_each_item_is_asked_once_for_every_item():
    first, shown = play(WALK, ChoiceTapped(2, "gedaan"))
    second, more = engine.step(WALK, first, ChoiceTapped(3, "3"), FACTS)
    third, _ = engine.step(WALK, second, ChoiceTapped(4, SKIP), FACTS)

    assert said(shown)[0].startswith("Hoe spannend is: Knik?")
    assert said(more)[0].startswith("Hoe spannend is: Zeg hoi?")
    assert third.answers["tension"] == {"nod": 3, "hoi": None}
    assert third.at == "happened"


def test_a_question_for_each_of_nothing_is_passed():
    state, _ = play(WALK, ChoiceTapped(2, "gedaan"), facts={**FACTS, "ladder": ()})

    assert state.at == "happened"


def test_a_scale_has_words_for_both_ends_and_eleven_buttons():
    _, effects = play(WALK, ChoiceTapped(2, "gedaan"))

    assert said(effects)[0].endswith("0 = helemaal niet\n10 = heel erg")
    assert [len(row) for row in buttons(effects)] == [6, 5, 2]


@pytest.fixture
def at_text() -> State:
    state, _ = play(WALK, ChoiceTapped(2, "deels"), ChoiceTapped(3, "3"), ChoiceTapped(4, "4"))
    assert state.at == "happened"
    return state


def test_typed_words_stay_marked_as_typed(at_text):
    state, _ = engine.step(WALK, at_text, typed("  Zij zeiden hoi "), FACTS)

    assert state.answers["happened"] == Words("Zij zeiden hoi")
    assert isinstance(state.answers["happened"], Words)


def test_more_than_the_field_holds_is_not_taken_rather_than_cut(at_text):
    state, effects = engine.step(WALK, at_text, typed("Zij zeiden hoi terug, heel gewoon eigenlijk"), FACTS)

    assert state == at_text
    assert effects == (TooLong(20),)


def test_words_so_long_that_the_app_cut_them_leave_a_mark_until_the_next_event(at_text):
    cut, _ = engine.step(WALK, at_text, typed("hoi " * 800), FACTS)
    after, _ = engine.step(WALK, cut, typed("Zij zeiden hoi"), FACTS)

    assert cut.cut
    assert load(dump(cut)) == cut
    assert not after.cut


def test_typing_the_label_of_a_button_is_tapping_it(at_text):
    state, effects = engine.step(WALK, at_text, typed("het viel MEE"), FACTS)

    assert effects[0] == Chosen(5, "Het viel mee")
    assert not isinstance(state.answers["happened"], Words)


def test_an_example_may_lead_somewhere_of_its_own(at_text):
    _, effects = engine.step(WALK, at_text, ChoiceTapped(5, "anders"), FACTS)

    assert effects[-1] == Ended("done", "menu")


def test_skipping_leaves_no_words_and_follows_its_own_way(at_text):
    state, effects = engine.step(WALK, at_text, ChoiceTapped(5, SKIP), FACTS)

    assert state.answers["happened"] is None
    assert effects[-1] == Perform("send_checkin")


@pytest.mark.parametrize("words", ["sla", "Sla over.", "SLA OVER!"])
def test_the_skip_button_in_fewer_words_is_skipping(at_text, words):
    state, _ = engine.step(WALK, at_text, typed(words), FACTS)

    assert state.answers["happened"] is None


@pytest.mark.parametrize("words", ["over", "sla mij over", "slaap", "?!"])
def test_other_words_are_an_answer_and_no_skip(at_text, words):
    state, _ = engine.step(WALK, at_text, typed(words), FACTS)

    assert state.answers["happened"] == Words(words)


def test_text_where_a_button_was_asked_is_not_kept():
    before, _ = play(WALK)
    after, effects = engine.step(WALK, before, typed("ik weet het niet"), FACTS)

    assert effects == (Unasked(),)
    assert after == before


def test_blank_text_is_no_answer(at_text):
    assert engine.step(WALK, at_text, typed("   "), FACTS) == (at_text, (Unasked(),))


def test_later_keeps_every_answer_and_the_question(at_text):
    state, effects = engine.step(WALK, at_text, ChoiceTapped(5, LATER), FACTS)

    assert effects == (Chosen(5, "Later"), Paused())
    assert state == at_text


def test_coming_back_shows_the_same_screen_with_the_same_number(at_text):
    state, effects = engine.step(WALK, at_text, Resumed(), FACTS)

    assert state == at_text
    assert [effect.screen for effect in effects if isinstance(effect, Say)] == [5]


def digits(state: State, *keys: str) -> tuple[State, tuple[Effect, ...]]:
    effects: tuple[Effect, ...] = ()
    for key in keys:
        state, effects = engine.step(WALK, state, ChoiceTapped(state.screen, key), FACTS)
    return state, effects


def test_a_code_is_tapped_in_place_shown_as_dots_and_forgotten_after_the_action(at_text):
    at_code, _ = engine.step(WALK, at_text, typed("iets"), FACTS)
    three, shown = digits(at_code, "1", "2", "9", "erase", "3")
    four, effects = digits(three, "4")
    after, _ = engine.step(WALK, four, Performed("send_checkin", "sent"), FACTS)

    assert three.screen == at_code.screen
    assert isinstance(shown[0], Say)
    assert shown[0].in_place
    assert "123" not in plain(shown[0].text)
    assert four.answers["code"] == "1234"
    assert effects == (Perform("send_checkin"),)
    assert "code" not in after.answers


def test_a_code_cannot_be_typed_as_a_message(at_text):
    at_code, _ = engine.step(WALK, at_text, typed("iets"), FACTS)

    assert engine.step(WALK, at_code, typed("1"), FACTS) == (at_code, (Unasked(),))


@pytest.fixture
def awaiting(at_text) -> State:
    state, effects = engine.step(WALK, at_text, ChoiceTapped(5, SKIP), FACTS)
    assert effects[-1] == Perform("send_checkin")
    return state


def test_the_result_of_an_action_decides_the_way(awaiting):
    again, _ = engine.step(WALK, awaiting, Performed("send_checkin", "different"), FACTS)
    on, _ = engine.step(WALK, awaiting, Performed("send_checkin", "sent"), FACTS)

    assert again.at == "code"
    assert on.at == "more"


def test_while_an_action_is_carried_out_nothing_else_moves_the_dialog(awaiting):
    for event in (ChoiceTapped(awaiting.screen, "gedaan"), typed("hallo"), Performed("other", "ok")):
        after, _ = engine.step(WALK, awaiting, event, FACTS)
        assert after == awaiting


def test_coming_back_during_an_action_asks_for_it_again(awaiting):
    assert engine.step(WALK, awaiting, Resumed(), FACTS) == (awaiting, (Perform("send_checkin"),))


def test_options_come_from_a_fact(awaiting):
    _, effects = engine.step(WALK, awaiting, Performed("send_checkin", "sent"), FACTS)

    assert buttons(effects) == [["Knik"], ["Zeg hoi"], ["Later"]]


def test_options_that_change_in_between_do_not_change_the_buttons_that_were_shown(awaiting):
    asked, _ = engine.step(WALK, awaiting, Performed("send_checkin", "sent"), FACTS)
    state, effects = engine.step(WALK, asked, ChoiceTapped(asked.screen, "hoi"), {**FACTS, "ladder": ()})

    assert state.answers["next"] == "hoi"
    assert effects[-1] == Ended("done", "menu")


def test_a_button_of_an_earlier_screen_changes_nothing_and_is_explained():
    before, _ = play(WALK, ChoiceTapped(2, "deels"))

    assert engine.step(WALK, before, ChoiceTapped(2, "gedaan"), FACTS) == (before, (ExplainOutdated(),))


def test_a_button_that_was_never_shown_changes_nothing():
    before, _ = play(WALK)

    assert engine.step(WALK, before, ChoiceTapped(2, "root"), FACTS) == (before, (ExplainOutdated(),))


def test_after_the_end_a_button_is_explained_and_text_is_not_kept():
    ended, _ = play(WALK, ChoiceTapped(2, "niet"))

    assert engine.step(WALK, ended, ChoiceTapped(2, "niet"), FACTS) == (ended, (ExplainOutdated(),))
    assert engine.step(WALK, ended, typed("nog iets"), FACTS) == (ended, (Unasked(),))
    assert engine.step(WALK, ended, Resumed(), FACTS) == (ended, ())


def test_a_hidden_choice_is_not_offered():
    never: Condition = lambda scope: False  # noqa: E731  # a named condition reads better than a function of one line
    hidden = script(ask("q", "end", choice("a"), Choice("b", literal("B"), when=never)), END)

    assert buttons(play(hidden)[1]) == [["A"]]


def test_a_hidden_example_is_not_offered():
    never: Condition = lambda scope: False  # noqa: E731  # a named condition reads better than a function of one line
    examples = FreeText((choice("a"), Choice("b", literal("B"), when=never)))
    hidden = script(Step("q", examples, literal("q?"), to("end"), skip=literal("Sla over")), END)

    assert buttons(play(hidden)[1]) == [["A"], ["Sla over"]]


@pytest.mark.parametrize(
    "steps",
    [
        (Step("a", Tell(), literal("A"), to("b")), Step("b", Tell(), literal("B"), to("a"))),
        (Step("a", Tell(), route=to("a")),),
    ],
    ids=["two steps that tell", "one step to itself"],
)
def test_a_loop_of_silent_steps_ends_visibly(steps):
    state, effects = play(script(*steps))

    assert state.at is None
    assert effects[-1] == Failed("a loop of silent steps")


def test_a_step_that_is_gone_ends_visibly():
    state, effects = engine.step(WALK, State("checkin", at="removed", screen=1), Resumed(), FACTS)

    assert state.at is None
    assert effects == (Failed("unknown step 'removed'"),)


def test_a_route_without_a_way_ends_visibly():
    never: Condition = lambda scope: False  # noqa: E731  # idem
    stuck = script(Step("q", Choices((choice("a"),)), literal("q?"), (Branch("end", never),)), END)

    state, effects = play(stuck, ChoiceTapped(1, "a"))
    assert state.at is None
    assert effects[-1] == Failed("step 'q' leads nowhere")


def test_a_state_of_another_version_is_refused():
    state, _ = play(WALK)

    with pytest.raises(StateError):
        load(dump(state).replace('"version":1', '"version":2'))


def test_what_a_person_typed_is_not_in_the_repr_of_the_state(at_text):
    state, _ = engine.step(WALK, at_text, typed("geheim"), FACTS)

    assert "geheim" not in repr(state)
    assert "geheim" not in repr(state.answers["happened"])


# Properties

CHOICES = st.sampled_from(
    [
        "gedaan",
        "deels",
        "niet",
        "mee",
        "anders",
        "nod",
        "hoi",
        SKIP,
        LATER,
        "erase",
        "1",
        "7",
        "10",
        "",
        "root",
    ]
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(ChoiceTapped, st.integers(-1, 12), CHOICES),
    st.builds(TextReceived, st.text(max_size=30).map(Words)),
    st.builds(TextReceived, st.sampled_from(["Gedaan", "Later", "Sla over", "Het viel mee", "3"]).map(Words)),
    st.builds(
        Performed, st.sampled_from(["send_checkin", "other"]), st.sampled_from(["sent", "different", ""])
    ),
    st.just(Resumed()),
)


def current(state: State, choice: int) -> Event:
    """An event that fits the open question, so that random play gets somewhere."""
    if state.awaiting:
        return Performed(state.awaiting, "different" if choice % 3 == 0 else "sent")
    if state.shown:
        return ChoiceTapped(state.screen, state.shown[choice % len(state.shown)].key)
    return Resumed()


def rests_well(state: State, effects: tuple[Effect, ...]) -> bool:
    """Ended, waiting for an action, or an open question with at least one button."""
    if any(isinstance(effect, Failed) for effect in effects):
        return state.at is None
    return state.at is None or state.awaiting is not None or len(state.shown) > 0


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(EVENTS, st.integers(0, 30)), max_size=25))
def test_no_sequence_of_events_raises_or_leaves_a_question_without_a_button(events):
    state, effects = engine.start(WALK, {}, FACTS)
    assert rests_well(state, effects)
    for event in events:
        happening = current(state, event) if isinstance(event, int) else event
        state, effects = engine.step(WALK, state, happening, FACTS)
        assert rests_well(state, effects)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(EVENTS, st.integers(0, 30)), max_size=20))
def test_a_dialog_that_is_stored_between_all_steps_goes_the_same_way(events):
    kept, _ = engine.start(WALK, {"assignment": 7}, FACTS)
    stored = load(dump(kept))
    for event in events:
        happening = current(kept, event) if isinstance(event, int) else event
        kept, effects = engine.step(WALK, kept, happening, FACTS)
        stored, same = engine.step(WALK, load(dump(stored)), happening, FACTS)
        assert dump(stored) == dump(kept)
        assert same == effects


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), CHOICES, st.data())
def test_an_old_button_never_changes_anything(taps, pressed, data):
    state, _ = engine.start(WALK, {}, FACTS)
    for tap in taps:
        state, _ = engine.step(WALK, state, current(state, tap), FACTS)
    old = data.draw(st.integers(-5, state.screen - 1))

    assert engine.step(WALK, state, ChoiceTapped(old, pressed), FACTS) == (state, (ExplainOutdated(),))


def list_again() -> Script:
    """A list that is drawn anew after each tap, beside a question with the same keys that is not."""
    return script(
        ask(
            "list",
            "flip",
            choice("nod"),
            choice("hoi"),
            choice("other", "other"),
            redraws=True,
            in_place=True,
        ),
        Step("flip", Action("flip"), route=(Branch("other", result_is("other")), Branch("list"))),
        ask("other", "back", choice("nod"), choice("hoi"), choice("list", "list")),
        Step("back", Tell(), route=to("other")),
    )


def test_a_list_that_is_drawn_anew_takes_a_button_of_the_picture_before():
    again = list_again()
    state, _ = engine.start(again, {}, FACTS)
    first = state.screen
    for key in ("nod", "hoi"):
        state, _ = engine.step(again, state, ChoiceTapped(first, key), FACTS)
        state, _ = engine.step(again, load(dump(state)), Performed("flip", "ok"), FACTS)
        assert (state.at, state.screen) == ("list", first)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["ok", "other"])), max_size=25))
def test_a_number_of_a_screen_is_only_ever_of_one_question(taps):
    again = list_again()
    state, _ = engine.start(again, {}, FACTS)
    asked: dict[int, str | None] = {}
    for tap, result in taps:
        event = Performed(state.awaiting, result) if state.awaiting else current(state, tap)
        state, _ = engine.step(again, load(dump(state)), event, FACTS)
        if state.shown:
            assert asked.setdefault(state.screen, state.at) == state.at


@settings(max_examples=100, deadline=None)
@given(st.lists(EVENTS, max_size=15))
def test_the_number_of_a_screen_never_goes_back(events):
    state, _ = engine.start(WALK, {}, FACTS)
    for event in events:
        after, _ = engine.step(WALK, state, event, FACTS)
        assert after.screen >= state.screen
        state = after


KEYS = ["a", "b", "c", "d"]


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    """Any dialog of four steps, also senseless ones: circles, questions for each of nothing, ways to nowhere."""

    def goto() -> str:
        return draw(st.sampled_from([*KEYS, "end", "gone"]))

    steps = []
    for key in KEYS:
        kinds: list[Kind] = [
            Choices((choice("x"), choice("y", goto=goto()))),
            Scale(literal("laag"), literal("hoog")),
            FreeText((choice("x"),)),
            Code(2),
            Tell(),
            Action("send_checkin"),
        ]
        kind = draw(st.sampled_from(kinds))
        asked = isinstance(kind, Choices | Scale | FreeText)
        each = draw(st.sampled_from([None, None, "ladder", "nobody"])) if asked else None
        steps.append(
            Step(
                key,
                kind,
                literal(key),
                to(goto()),
                save=key if asked else None,
                each=each,
                skip=literal("Sla over") if asked else None,
            )
        )
    return script(*steps, END, later=literal("Later"))


@settings(max_examples=150, deadline=None)
@given(scripts(), st.lists(st.integers(0, 30), max_size=12))
def test_every_dialog_however_senseless_ends_visibly_or_asks_something(made, taps):
    state, effects = engine.start(made, {}, FACTS)
    assert rests_well(state, effects)
    for tap in taps:
        state, effects = engine.step(made, state, current(state, tap), FACTS)
        assert rests_well(state, effects)
        assert dump(load(dump(state))) == dump(state)


# Several answers to one question

FEELINGS = script(
    ask("feelings", "end", choice("bang"), choice("leeg"), save="feelings", skip=literal("Weet ik niet")),
    END,
    later=literal("Later"),
)


@pytest.fixture
def several():
    here = FEELINGS.steps["feelings"]
    assert isinstance(here.kind, Choices)
    asked = replace(here, kind=replace(here.kind, several=literal("Klaar")))
    return replace(FEELINGS, steps={**FEELINGS.steps, "feelings": asked})


def labels_of(effects):
    return [
        [option.label for option in row]
        for effect in effects
        if isinstance(effect, Say)
        for row in effect.rows
    ]


def test_taps_put_ticks_on_the_same_screen_until_the_last_button(several):
    state, effects = play(several, ChoiceTapped(1, "leeg"), ChoiceTapped(1, "bang"))

    assert labels_of(effects) == [["✓ Bang"], ["✓ Leeg"], ["Klaar"], ["Weet ik niet", "Later"]]
    assert isinstance(effects[0], Say)
    assert effects[0].in_place
    assert (state.at, state.screen) == ("feelings", 1)

    state, effects = engine.step(several, load(dump(state)), ChoiceTapped(1, "done"), FACTS)

    assert state.answers == {"feelings": {"leeg": "Leeg", "bang": "Bang"}}
    assert effects[0] == Chosen(1, "Leeg, Bang")
    assert effects[-1] == Ended("done", "menu")


def test_a_second_tap_takes_the_tick_away_also_when_it_is_typed(several):
    state, _ = play(several, ChoiceTapped(1, "leeg"), TextReceived(Words("leeg")), ChoiceTapped(1, "bang"))

    assert state.answers == {"feelings": {"bang": "Bang"}}


def test_no_tick_at_all_is_an_answer_too(several):
    state, _ = play(several, ChoiceTapped(1, "leeg"), ChoiceTapped(1, "leeg"), ChoiceTapped(1, "done"))

    assert state.answers == {"feelings": None}


def test_ticks_are_there_when_the_question_is_shown_again(several):
    _, effects = play(several, ChoiceTapped(1, "leeg"), ChoiceTapped(1, "later"), Resumed())

    assert labels_of(effects)[:2] == [["Bang"], ["✓ Leeg"]]
