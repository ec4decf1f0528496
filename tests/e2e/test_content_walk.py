"""The guide for who edits texts, walked on a phone: from nothing to published, changed, put back, withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e import papers, texts
from tests.e2e.album import PICTURES, Album, picture
from tests.e2e.companion import started
from tests.e2e.conftest import SMALL, Opens
from tests.e2e.hands import Person, Screen
from tests.e2e.test_small_screen import OUTSIDE

pytestmark = pytest.mark.e2e

TALL = (390, 1300)
"""For the pictures: what belongs together stands on one screen."""


async def test_a_text_is_made_changed_and_put_back_without_a_terminal(tmp_path: Path, opens: Opens) -> None:
    folder = str(tmp_path / "demo")
    async with (
        started("demo", "--no-browser", "--port", "0", "--folder", folder, "--json") as demo,
        opens(demo.said["url"], TALL if PICTURES else SMALL) as page,
    ):
        joost = Person(Screen(page, Album("content")), 1004, "Joost")
        try:
            await texts.joost_begins(joost)
            await texts.opens_the_texts(joost)
            await joost.keeps("teksten")
            await picture(page, "begin", joost.last)
            await texts.answers_the_questions(joost)
            await joost.keeps("in-twee-documenten")
            await picture(page, "new", joost.theirs.nth(-3), joost.last)
            dutch, english = await texts.gets_both(joost, texts.NEW, tmp_path)
            texts.written_over(dutch, texts.DUTCH)
            texts.written_over(english, texts.ENGLISH)
            await texts.sends_with_mistakes(joost, dutch)
            await texts.publishes_the_new_one(joost, dutch, english)
            await texts.withdraws_and_offers_again(joost)
            await texts.approves_and_takes_it_back(joost)
            await texts.asks_for_the_old_one(joost)
            dutch, english = await texts.gets_both(joost, texts.OLD, tmp_path)
            before = papers.read(dutch)
            await texts.publishes_although(joost, dutch)
            await texts.puts_it_back(joost, tmp_path, before)
            await texts.changes_both(joost, dutch, english)
            assert await page.evaluate(OUTSIDE) == []
        except BaseException:
            print(await joost.reads())
            raise
