"""A photo of a place, made small and without what a phone writes into it (where and when it was taken)."""

from __future__ import annotations

from io import BytesIO

MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1000
COLOURS = 256


class NoPhoto(ValueError):
    """The file is no photo that can be used; the text says why, to whoever chose it."""


def as_png(content: bytes) -> bytes:
    """The photo in *content* (JPEG or PNG) upright, at most 1000 pixels long, as PNG of some 300 kB; ``NoPhoto``."""
    from PIL import Image, ImageOps, UnidentifiedImageError  # heavy, and needed by the seed only

    if len(content) > MOST_BYTES:
        raise NoPhoto(f"is larger than {MOST_BYTES // 1024 // 1024} MB")
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NoPhoto(f"has more than {MOST_PIXELS // 1_000_000} million pixels")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except UnidentifiedImageError:
        raise NoPhoto("is no JPEG or PNG") from None
    except (OSError, SyntaxError, Image.DecompressionBombError):
        raise NoPhoto("is damaged") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = BytesIO()
    upright.quantize(COLOURS).save(written, "PNG", optimize=True)
    return written.getvalue()
