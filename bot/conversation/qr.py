"""A QR code as a PNG. Pure."""

from __future__ import annotations

import io


def qr_code(text: str) -> bytes:
    """*text* as a QR code, large enough to scan from a screen held by somebody else."""
    import segno  # heavy ones are imported on first use

    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="png", scale=10, border=4)
    return picture.getvalue()
