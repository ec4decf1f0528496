"""Photos of a place: small, upright, and without where and when they were taken."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from bot.picture.photo import NoPhoto, as_png

RED, BLUE = (200, 20, 20), (20, 20, 200)
ORIENTATION, ARTIST, ROTATED = 0x0112, 0x013B, 6


def photo(width=2000, height=1500, *, kind="JPEG", **exif):
    """A photo of which the left half is red, as bytes."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width // 2, height))
    tags = Image.Exif()
    tags[ARTIST] = "Sam"
    if "turned" in exif:
        tags[ORIENTATION] = ROTATED
    written = BytesIO()
    picture.save(written, kind, exif=tags)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_becomes_a_small_png_without_what_the_phone_wrote(kind):
    made = as_png(photo(kind=kind))

    with Image.open(BytesIO(made)) as picture:
        assert picture.format == "PNG"
        assert picture.size == (1000, 750)
        assert not picture.getexif()
    assert b"Sam" not in made


def test_a_photo_of_a_phone_held_upright_stands_upright():
    with Image.open(BytesIO(as_png(photo(400, 200, turned=True)))) as picture:
        assert picture.size == (200, 400)
        top = picture.convert("RGB").getpixel((100, 20))
    assert isinstance(top, tuple)
    assert top[0] > top[2]


@pytest.mark.parametrize(
    "content, said",
    [
        (b"%PDF-1.7", "is no JPEG or PNG"),
        (b"", "is no JPEG or PNG"),
        (photo()[:500], "is damaged"),
        (b"\xff" * (13 * 1024 * 1024), "is larger than 12 MB"),
    ],
)
def test_what_is_no_photo_is_told(content, said):
    with pytest.raises(NoPhoto, match=said):
        as_png(content)


def test_a_picture_that_would_take_all_memory_is_refused_before_it_is_opened():
    written = BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")

    with pytest.raises(NoPhoto, match="million pixels"):
        as_png(written.getvalue())
