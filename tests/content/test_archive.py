"""An archive from somebody else: what is whole comes back as it was, everything else is refused as a whole."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.archive import MANIFEST, Archive, BadArchive, pack, unpack
from bot.content.pages import Pages
from tests.content.pages import CHALLENGE, CHALLENGE_WORDS, DIALOG, WORDS

GREETING = Pages("challenge", "groet", CHALLENGE.encode(), CHALLENGE_WORDS.encode())
CHECKIN = Pages("dialog", "checkin", DIALOG.encode(), WORDS.encode())
ARCHIVE = Archive("CC BY 4.0", "Welzijn Voorbeeld, Noordwijk", (GREETING, CHECKIN))
NL = "challenge_catalog/nl/groet.yaml"


def zipped(inside, /, **manifest):
    """A zip with these files *inside* and a manifest that fits them, but for what *manifest* says."""
    texts = {name: text.encode() if isinstance(text, str) else text for name, text in inside}
    said = {
        "format": 1,
        "licence": "CC BY 4.0",
        "origin": "Elders",
        "files": {name: hashlib.sha256(text).hexdigest() for name, text in texts.items()},
        **manifest,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            MANIFEST, json.dumps({key: value for key, value in said.items() if value is not None})
        )
        for name, text in inside:
            packed.writestr(name, text)
    return made.getvalue()


def refusal(content):
    with pytest.raises(BadArchive) as refused:
        unpack(content)
    return refused.value.reason


def test_what_was_packed_comes_back_as_it_was():
    assert unpack(pack(ARCHIVE)) == ARCHIVE


def test_the_same_texts_give_the_same_bytes():
    assert pack(ARCHIVE) == pack(Archive(ARCHIVE.licence, ARCHIVE.origin, ARCHIVE.pages[::-1]))


def test_a_text_without_translation_travels_too():
    alone = Archive("CC0", "Hier", (Pages("challenge", "groet", CHALLENGE.encode()),))

    assert unpack(pack(alone)) == alone


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "challenge_catalog/nl/../../x.yaml",
        "challenge_catalog\\nl\\groet.yaml",
        "challenge_catalog/nl/sub/groet.yaml",
        "challenge_catalog/de/groet.yaml",
        "challenge_catalog/nl/groet.yml",
        "challenge_catalog/nl/GROET.yaml",
        "challenge_catalog/nl/",
        "bot/app.py",
        "config.toml",
        "challenge_catalog/nl/groet.yaml\n",
    ],
)
def test_a_name_that_leads_anywhere_else_is_refused(name):
    assert refusal(zipped([(name, "x")])) == "strange_name"


@pytest.mark.parametrize("name", ["dialogs/nl/phrases.yaml", "dialogs/nl/helplines.yaml"])
def test_helplines_and_sentences_of_the_bot_are_not_given_away(name):
    assert refusal(zipped([(name, "x: y")])) == "not_shared"


def test_a_file_that_unpacks_to_gigabytes_is_refused_after_a_quarter_of_a_megabyte():
    bomb = zipped([(NL, b"0" * 50_000_000)])
    assert len(bomb) < 100_000

    assert refusal(bomb) == "too_large"


def test_many_files_that_are_large_together_are_refused():
    files = [(f"challenge_catalog/nl/f{n}.yaml", b"#" * 250_000) for n in range(40)]

    assert refusal(zipped(files)) == "too_large"


def test_a_file_that_lies_about_its_size_is_read_no_further():
    content = bytearray(zipped([(NL, b"0" * 5_000_000)]))
    for place in range(len(content) - 4):
        if content[place : place + 4] == (5_000_000).to_bytes(4, "little"):
            content[place : place + 4] = (10).to_bytes(4, "little")

    assert refusal(bytes(content)) in ("no_zip", "too_large", "hash_differs")


@pytest.mark.parametrize(
    "content, reason",
    [
        (b"", "no_zip"),
        (b"PK\x03\x04 no zip at all", "no_zip"),
        (b"x" * (4 * 2**20 + 1), "too_large"),
        (zipped([(f"challenge_catalog/nl/f{n}.yaml", "x") for n in range(201)]), "too_many"),
        (zipped([(NL, CHALLENGE)], format=2), "other_format"),
        (zipped([(NL, CHALLENGE)], licence=""), "no_licence"),
        (zipped([(NL, CHALLENGE)], origin=None), "no_licence"),
        (zipped([(NL, CHALLENGE)], origin="x" * 201), "no_licence"),
        (zipped([(NL, CHALLENGE)], licence="CC\n0"), "no_licence"),
        (zipped([(NL, CHALLENGE)], files=[]), "wrong_manifest"),
        (zipped([(NL, CHALLENGE)], files={}), "hash_differs"),
        (zipped([(NL, CHALLENGE)], files={NL: "0" * 64}), "hash_differs"),
        (zipped([], files={NL: "0" * 64}), "hash_differs"),
        (zipped([("challenge_catalog/en/groet.yaml", CHALLENGE_WORDS)]), "no_dutch"),
    ],
)
def test_what_is_not_whole_is_refused(content, reason):
    assert refusal(content) == reason


def test_without_a_manifest_it_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(NL, CHALLENGE)

    assert refusal(made.getvalue()) == "no_manifest"


def test_the_same_name_twice_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr(NL, "een")
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr(NL, "twee")

    assert refusal(made.getvalue()) == "twice"


def test_an_encrypted_file_is_refused():
    content = bytearray(zipped([(NL, CHALLENGE)]))
    central = content.find(b"PK\x01\x02", content.find(b"PK\x01\x02") + 1)
    content[central + 8] |= 1

    assert refusal(bytes(content)) == "encrypted"


@given(st.data())
def test_one_byte_that_differs_never_passes_for_the_whole(data):
    good = pack(ARCHIVE)
    place = data.draw(st.integers(0, len(good) - 1))
    other = bytearray(good)
    other[place] ^= data.draw(st.integers(1, 255))

    try:
        found = unpack(bytes(other))
    except BadArchive:
        return
    assert found == ARCHIVE
