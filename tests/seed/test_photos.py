"""Photos in a seed file: read from beside it, refused with every mistake at once."""

from __future__ import annotations

import pytest
from PIL import Image

from bot.seed.photos import read_photos
from bot.seed.problems import SeedProblems
from bot.seed.reading import read_seed
from tests.seed.conftest import EXAMPLE

TEXT = EXAMPLE.read_text("utf-8").replace("# door_photo", "door_photo").replace("# room_photo", "room_photo")


@pytest.fixture
def file(tmp_path):
    """A seed file that names two photos, which are not there yet."""
    path = tmp_path / "programme.toml"
    path.write_text(TEXT, "utf-8")
    return path


def plan(file):
    return read_seed(file.read_text("utf-8"), file)


def test_both_photos_of_the_example_are_read(file):
    for name in ("x-out-door.jpg", "x-out-room.jpg"):
        Image.new("RGB", (40, 30)).save(file.with_name(name))

    found = read_photos(plan(file), file)

    assert sorted(found) == [("x-out", "door"), ("x-out", "room")]
    assert all(png.startswith(b"\x89PNG") for png in found.values())


def test_every_photo_that_cannot_be_used_is_told(file):
    file.with_name("x-out-door.jpg").write_text("no photo", "utf-8")

    with pytest.raises(SeedProblems) as refused:
        read_photos(plan(file), file)

    said = str(refused.value)
    assert 'location.x-out.door_photo: "x-out-door.jpg" is no JPEG or PNG' in said
    assert 'location.x-out.room_photo: "x-out-room.jpg" cannot be read: No such file' in said
