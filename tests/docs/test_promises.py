"""What the documents promise exists: links, commands, settings, words, decisions."""

import re
import tomllib
from pathlib import Path

import pytest

from bot.config import setting_names
from bot.config.sources import SECRETS, variable

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted(
    path
    for folder in (
        "",
        "docs",
        "docs/decisions",
        ".github",
        "deploy",
        "dialogs",
        "challenge_catalog",
        "bot/sandbox",
    )
    for path in (ROOT / folder).glob("*.md")
)
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
UNIT = (ROOT / "deploy" / "companion.service").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z0-9-]+):", MAKEFILE, re.MULTILINE))


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_within_the_repository_leads_somewhere(page):
    links = re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8"))
    within = [link for link in links if not link.startswith(("http://", "https://", "mailto:"))]

    assert [link for link in within if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_make_command_that_a_page_names_exists(page):
    named = set(re.findall(r"(?:`|&& |^)make ([a-z0-9-]+)", page.read_text("utf-8"), re.MULTILINE))

    assert named <= TARGETS


def test_the_makefile_explains_every_target():
    explained = set(re.findall(r'@echo "make ([a-z0-9-]+)', MAKEFILE))

    assert explained == TARGETS - {"help"}


def test_ci_runs_the_command_of_the_readme():
    assert re.search(r"^make test$", (ROOT / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    assert "make test" in (ROOT / "README.md").read_text("utf-8")
    assert "make demo" in (ROOT / "README.md").read_text("utf-8")


def test_the_changelog_knows_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

    assert f"## [{version}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_licence_is_the_one_that_is_declared():
    licence = (ROOT / "LICENSE").read_text("utf-8")

    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert re.findall(r"^(\d+)\. ", licence, re.MULTILINE) == [str(article) for article in range(1, 16)]
    assert tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license"] == "EUPL-1.2"


class TestGlossary:
    ROWS = tuple(
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| Dutch")
    )

    def test_every_row_has_four_cells_and_a_meaning(self):
        assert [row for row in self.ROWS if len(row) != 4 or not row[1] or not row[2]] == []

    @pytest.mark.parametrize("column", [0, 1])
    def test_a_word_has_one_row(self, column):
        words = [word.strip() for row in self.ROWS for word in row[column].split(",") if word.strip()]

        assert [word for word in set(words) if words.count(word) > 1] == []


class TestDecisions:
    @pytest.mark.parametrize("page", DECISIONS, ids=name)
    def test_each_gives_its_context_consequences_and_what_was_rejected(self, page):
        text = page.read_text("utf-8")

        assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == [
            "Context", "Decision", "Consequences", "Rejected",
        ]  # fmt: skip
        assert text.startswith(f"# {page.name[:4]} ")

    def test_the_list_names_each_with_its_own_title(self):
        listed = re.findall(
            r"^- \[\d+\]\((.+)\) (.+)$", (DECISIONS[0].parent / "README.md").read_text("utf-8"), re.MULTILINE
        )
        titles = [
            (page.name, page.read_text("utf-8").splitlines()[0][len("# 0001 ") :]) for page in DECISIONS
        ]

        assert listed == titles


class TestService:
    def test_it_sets_only_settings_that_exist(self):
        named = re.findall(r"^Environment=(COMPANION_\w+)=", UNIT, re.MULTILINE)

        assert named
        assert set(named) <= {variable(*setting) for setting in setting_names()}

    def test_its_credentials_are_secrets_that_are_looked_for_or_handed_on_by_name(self):
        credentials = set(re.findall(r"^LoadCredential=(\w+):", UNIT, re.MULTILINE))
        handed_on = set(re.findall(r"=%d/(\w+)$", UNIT, re.MULTILINE))

        assert credentials <= {f"{section}_{key}" for section, key in SECRETS} | handed_on
        assert handed_on <= credentials
