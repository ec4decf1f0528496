"""One tiny script, written as a behavioural scientist writes it, loaded by the loader and played in pure memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import dedent

import pytest

from bot.content.library import Vocabulary
from bot.content.loader import build
from bot.content.source import Source
from dialogs import engine
from dialogs.effects import Chosen, Effect, Ended, ExplainOutdated, Paused, Perform, Say, Unasked
from dialogs.events import ChoiceTapped, Performed, Resumed, TextReceived
from dialogs.script import Script
from dialogs.state import State, dump, load
from dialogs.text import plain
from dialogs.words import Words

DUTCH = """\
dialog: begroeting
about: Iemand groeten, en zeggen hoe het was.
for: youth
later: Later
first: wie
steps:
  wie:
    say: "Hoi {{ name }}. Wie ga je groeten?"
    text:
      examples:
        buur: "De buurvrouw"
      limit: 20
    skip: "Sla over"
    save: who
    goto: bewaar
  bewaar:
    do: save_greeting
    goto:
      - {if: "result == 'full'", to: vol}
      - {to: spanning}
  vol:
    say: "Er past niets meer bij."
    end: full
  spanning:
    say: "Hoe spannend is dat?"
    scale: {low: helemaal niet, high: heel erg}
    save: tension
    goto:
      - {if: "answers.tension >= 8", to: kleiner}
      - {to: klaar}
  kleiner:
    say: "Dat is veel. Wil je iets kleiners?"
    choices:
      ja: {say: "Ja", goto: wie}
      nee: {say: "Nee", goto: klaar}
    columns: 2
    goto: klaar
  klaar:
    say: "Oké. {% if answers.who is not none %}Je groet: {{ answers.who }}.{% else %}Jij kiest wie.{% endif %}"
    end: done
"""
ENGLISH = """\
dialog: begroeting
later: Later
steps:
  wie:
    say: "Hi {{ name }}. Who will you greet?"
    text:
      examples:
        buur: "The neighbour"
    skip: "Skip"
  vol:
    say: "There is no room for more."
  spanning:
    say: "How scary is that?"
    scale: {low: not at all, high: very}
  kleiner:
    say: "That is a lot. Do you want something smaller?"
    choices:
      ja: "Yes"
      nee: "No"
  klaar:
    say: "Okay. {% if answers.who is not none %}You greet: {{ answers.who }}.{% else %}You choose who.{% endif %}"
"""
VOCABULARY = Vocabulary(facts={"name": Words("Sam")}, actions={"save_greeting": frozenset({"ok", "full"})})


@pytest.fixture(scope="module")
def scripts():
    built = build(
        [
            Source("dialog", "begroeting", "nl", "dialogs/nl/begroeting.yaml", dedent(DUTCH).encode()),
            Source("dialog", "begroeting", "en", "dialogs/en/begroeting.yaml", dedent(ENGLISH).encode()),
        ],
        VOCABULARY,
    )
    assert [str(problem) for problem in built.problems if problem.severity == "error"] == []
    return built.library.dialogs


@dataclass
class Talk:
    """A conversation in memory. Between any two events the state is written down and read again."""

    script: Script
    results: dict[str, str] = field(default_factory=lambda: {"save_greeting": "ok"})
    said: list[str] = field(default_factory=list)
    ended: str | None = None
    last: tuple[Effect, ...] = ()
    state: State = field(default_factory=lambda: State("begroeting", None))

    def begins(self):
        self._takes(engine.start(self.script, {}, {"name": Words("Sam")}))
        return self

    def taps(self, label):
        option = next(option for option in self.state.shown if option.label == label)
        return self.happens(ChoiceTapped(self.state.screen, option.key))

    def types(self, text):
        return self.happens(TextReceived(Words(text)))

    def happens(self, event):
        self._takes(engine.step(self.script, load(dump(self.state)), event, {"name": Words("Sam")}))
        return self

    @property
    def labels(self):
        return [option.label for option in self.state.shown]

    def _takes(self, sprint):
        self.state, self.last = sprint
        for effect in self.last:
            match effect:
                case Say(text=text):
                    self.said.append(plain(text))
                case Ended(ending=ending):
                    self.ended = ending
                case Perform(action=action):
                    self.happens(Performed(action, self.results[action]))


@pytest.fixture
def talk(scripts):
    return Talk(scripts["begroeting", "nl"]).begins()


def test_it_asks_with_an_example_a_skip_and_a_way_out(talk):
    assert talk.said == ["Hoi Sam. Wie ga je groeten?"]
    assert talk.labels == ["De buurvrouw", "Sla over", "Later"]


def test_typed_words_come_back_as_they_were(talk):
    talk.types("  <b>Noor</b> ").taps("3")

    assert talk.said[-1] == "Oké. Je groet: <b>Noor</b>."
    assert talk.ended == "done"


def test_an_example_is_as_good_as_own_words(talk):
    talk.taps("De buurvrouw").taps("0")

    assert talk.said[-1] == "Oké. Je groet: De buurvrouw."


def test_skipping_leaves_the_answer_open(talk):
    talk.taps("Sla over").taps("5")

    assert talk.said[-1] == "Oké. Jij kiest wie."


def test_a_high_figure_asks_whether_it_may_be_smaller_and_begins_anew(talk):
    talk.taps("De buurvrouw").taps("9")
    assert talk.said[-1] == "Dat is veel. Wil je iets kleiners?"

    talk.taps("Ja")

    assert talk.said[-1] == "Hoi Sam. Wie ga je groeten?"
    assert talk.ended is None


def test_the_result_of_an_action_decides_where_it_goes(scripts):
    talk = Talk(scripts["begroeting", "nl"], results={"save_greeting": "full"}).begins().types("Noor")

    assert talk.ended == "full"
    assert talk.said[-1] == "Er past niets meer bij."


def test_a_figure_may_be_typed(talk):
    talk.types("Noor").types("4")

    assert talk.ended == "done"


def test_words_where_a_figure_was_asked_are_unasked(talk):
    talk.types("Noor").types("best wel spannend")

    assert talk.last == (Unasked(),)
    assert talk.said[-1].startswith("Hoe spannend is dat?")


def test_later_keeps_everything_and_the_same_question_comes_back(talk):
    talk.types("Noor")
    screen = talk.state.screen
    talk.taps("Later")
    assert Paused() in talk.last

    talk.happens(Resumed())

    assert talk.said[-1].startswith("Hoe spannend is dat?")
    assert talk.state.screen == screen
    assert talk.taps("2").said[-1] == "Oké. Je groet: Noor."


def test_a_second_tap_is_explained_and_changes_nothing(talk):
    first = ChoiceTapped(talk.state.screen, "buur")
    talk.happens(first)
    before = talk.state

    talk.happens(first)

    assert talk.last == (ExplainOutdated(),)
    assert talk.state == before


def test_what_was_chosen_is_marked_on_the_question(talk):
    talk.taps("De buurvrouw").taps("3")

    assert Chosen(2, "3") in talk.last


def test_the_english_script_has_the_same_steps_and_speaks_english(scripts):
    dutch, english = scripts["begroeting", "nl"], scripts["begroeting", "en"]
    assert dutch.steps.keys() == english.steps.keys()

    talk = Talk(english).begins()

    assert talk.said == ["Hi Sam. Who will you greet?"]
    assert talk.labels == ["The neighbour", "Skip", "Later"]


def test_after_a_change_of_language_the_same_question_has_its_buttons_in_the_new_one(scripts, talk):
    talk.script = scripts["begroeting", "en"]

    talk.happens(Resumed())

    assert talk.said[-1] == "Hi Sam. Who will you greet?"
    assert talk.labels == ["The neighbour", "Skip", "Later"]


def test_what_a_person_typed_is_in_no_repr(talk):
    talk.types("Noor")

    assert "Noor" not in repr(talk.state)
    assert "Noor" not in repr(talk.last)
