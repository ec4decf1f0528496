"""Documents on a phone: taken from the chat to a folder, changed there as in any text editor, sent back."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import expect

from tests.e2e.hands import LONG, Person


async def takes(person: Person, name: str, folder: Path) -> Path:
    """Download the latest document called *name*; where it lies now."""
    link = person.theirs.locator("a.file").filter(has_text=name).last
    await expect(link).to_be_attached(timeout=LONG)
    async with person.screen.mouse:
        await person.looks()
        async with person.page.expect_download() as coming:
            await link.click()
        download = await coming.value
    path = folder / str(download.suggested_filename)
    await download.save_as(path)
    return path


async def sends(person: Person, path: Path, sees: str = "") -> None:
    """Send a file from the folder through the paperclip, and read the answer."""
    before = await person.theirs.count()
    async with person.screen.mouse:
        await person.looks()
        await person.phone.get_by_test_id("attach").click()
        async with person.page.expect_file_chooser() as opening:
            await person.phone.get_by_test_id("attach-document").click()
        await (await opening.value).set_files(path)
    await person.gets_more_than(before, sees)


def read(path: Path) -> str:
    """All that stands in the file."""
    return path.read_text("utf-8")


def becomes(path: Path, text: str) -> None:
    """The file holds *text* from now on."""
    path.write_text(text, "utf-8")


def changes(path: Path, old: str, new: str) -> None:
    """Replace a piece of a text in the file; it has to stand there."""
    text = read(path)
    assert old in text, (old, path.name)
    becomes(path, text.replace(old, new, 1))


def line_becomes(path: Path, start: str, words: str) -> None:
    """The first line that begins with *start* says *words* from now on."""
    line = next(one for one in read(path).splitlines() if one.startswith(start))
    changes(path, line, f'{start}"{words}"')


def line_of(path: Path, words: str) -> int:
    """On which line of the file *words* stand first, counted from 1."""
    lines = read(path).splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)
