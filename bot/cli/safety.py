"""`companion safety`: the detector of danger, by itself: try it, train it, measure it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import DEFAULT, AsJson, ConfigPath, WrongUsage

if TYPE_CHECKING:
    from bot.safety.training.corpus import Item

CORPUS = Annotated[
    list[Path], typer.Option("--corpus", metavar="FILE", help="A corpus file (JSON lines); may be repeated.")
]
OUT = Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Where the files of the model go.")]
INSTALL = "is needed: run 'make safety-train', or 'pip install --require-hashes -r deploy/lock/train.txt'"


def register(app: typer.Typer) -> None:
    """Add the commands of this file."""
    family = typer.Typer(help="Try, train and measure the detector of danger.", rich_markup_mode=None)
    family.command()(classify)
    family.command()(train)
    family.command()(evaluate)
    app.add_typer(family, name="safety")


def classify(config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:
    """Classify lines {"id", "text"} of stdin as crisis, concern or none; exit code 1 when a line was no such line."""
    from bot.safety.detector import detect
    from bot.safety.reasons import in_words

    wrong = False
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name, text = row["id"], row["text"]
        except (ValueError, TypeError, KeyError):
            name, text = None, None
        if not isinstance(text, str):
            wrong = True
            print(f'line {number} of stdin: should be {{"id": ..., "text": "..."}}', file=sys.stderr)
            continue
        found = detect(text)
        print(json.dumps({"id": name, "label": found.label, "why": in_words(found.why)}, ensure_ascii=False))
    return 1 if wrong else 0


def train(corpus: CORPUS = [], out: OUT = None, config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:  # noqa: B006  typer copies it
    """Train the model; the same corpus gives the same bytes. Needs scikit-learn."""
    _needs_scikit()
    from bot.safety.model import FOLDER
    from bot.safety.training.fit import examples_of, save, speller_of
    from bot.safety.training.fit import train as fitted
    from bot.safety.training.folds import choose_thresholds, out_of_fold

    items = _items(corpus)
    speller = speller_of(items)
    scores = out_of_fold(items, _say)
    _say("the model of the product")
    trained = fitted(examples_of(items, speller), speller)
    thresholds = choose_thresholds(items, scores)
    trained.model.thresholds.update(thresholds)
    save(trained, out or FOLDER, items)
    if as_json:
        print(json.dumps({"items": len(items), "thresholds": thresholds}))
    else:
        print(f"Trained on {len(items)} texts; thresholds {thresholds}.")
    return 0


def evaluate(corpus: CORPUS = [], config: ConfigPath = DEFAULT, as_json: AsJson = False) -> int:  # noqa: B006  typer copies it
    """Measure the detector on authors it has not read, and on the sentences kept apart. Needs scikit-learn."""
    _needs_scikit()
    from bot.safety.detector import decide, detect
    from bot.safety.model import model
    from bot.safety.training.corpus import heldout_files, outside_files, read_corpus
    from bot.safety.training.figures import Judged, as_table, figures, misses
    from bot.safety.training.folds import out_of_fold

    items = _items(corpus)
    scores = out_of_fold(items, _say)
    thresholds = model().thresholds
    judged = [Judged(item, decide(scores[item.text], model())) for item in items if item.text in scores]
    apart = [Judged(item, detect(item.text)) for item in read_corpus(heldout_files())]
    outside = {
        path.stem: [Judged(item, detect(item.text)) for item in read_corpus([path])]
        for path in outside_files()
    }
    if as_json:
        print(
            json.dumps(
                {
                    "thresholds": thresholds,
                    "out_of_fold": figures(judged),
                    "kept_apart": figures(apart),
                    "outside": {name: figures(found) for name, found in outside.items()},
                    "misses": misses(judged),
                    "misses_kept_apart": misses(apart),
                },
                ensure_ascii=False,
            )
        )
        return 0
    print(f"Authors left out, thresholds {thresholds}\n\n{as_table(figures(judged))}\n")
    for name, found in outside.items():
        print(f"Sentences by an outsider, {name}\n\n{as_table(figures(found))}\n")
    print(f"Sentences kept apart\n\n{as_table(figures(apart))}\n")
    for title, texts in misses(judged).items():
        print(f"{title}:", *texts, sep="\n  ")
    return 0


def _items(corpus: list[Path]) -> list[Item]:
    from bot.safety.training.corpus import standard_files, training_items

    files = corpus or standard_files()
    if missing := [path for path in files if not path.is_file()]:
        raise WrongUsage("--corpus", f"there is no file {missing[0]}")
    if not files:
        raise WrongUsage("--corpus", "is needed: an installed package does not hold the corpus")
    return training_items(files)


def _needs_scikit() -> None:
    from importlib.util import find_spec

    if find_spec("sklearn") is None:
        raise WrongUsage("scikit-learn", INSTALL)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
