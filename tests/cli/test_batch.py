"""`companion invite --batch`: one PDF with a link for everybody of a professional who has not begun."""

import re

import pytest

from bot.storage import invitations
from bot.storage.database import transaction
from tests.cli.test_invite import options

LINK = re.compile(rb"/URI \(https://t\.me/een_bot\?start=([\w-]+)\)")


@pytest.fixture
def named(seeded):
    """The name of the bot is known."""
    from bot.storage import meta

    with seeded.open() as opened, transaction(opened.engine) as conn:
        meta.put(conn, "bot_name", "een_bot")
    return seeded


def test_everybody_who_waits_stands_on_the_paper_once(named, tmp_path):
    older = [named.fine("invite", *options(name=name))["payload"] for name in ("Sam", "Pim", "Kim")]
    out = tmp_path / "vel.pdf"
    made = named.fine("invite", "--batch", "--professional", "vera", "--out", str(out))
    on_paper = [one.decode() for one in LINK.findall(out.read_bytes())]

    assert made["names"] == ["Kim", "Pim", "Sam"]
    assert on_paper == made["payloads"]
    assert len(set(on_paper)) == 3
    with named.open() as opened, transaction(opened.engine) as conn:
        found = [invitations.find(conn, token) for token in (*older, *on_paper)]
    ends = [one.expires_at for one in found if one is not None]
    assert len(ends) == 6
    assert max(ends[:3]) < min(ends[3:])
    assert b"Kim" not in out.read_bytes()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--batch",),
        ("--batch", "--professional", "niemand"),
        ("--batch", "--professional", "tom"),
        ("--batch", "--professional", "vera", "--role", "youth"),
        ("--batch", "--professional", "vera", "--group", "nergens"),
        ("--batch", "--professional", "vera", "--lang", "fr"),
        ("--batch", "--professional", "vera", "--out", "/nergens/vel.pdf"),
    ],
)
def test_what_cannot_be_printed_is_wrong_usage_and_ends_no_link(named, wrong):
    token = named.fine("invite", *options())["payload"]

    assert named("invite", *wrong).code == 2
    with named.open() as opened, transaction(opened.engine) as conn:
        found = invitations.find(conn, token)
    assert found is not None
    assert (found.expires_at - named.invitation(token).expires_at).total_seconds() == 0
    assert named.invitation(token).used_at is None


def test_without_the_name_of_the_bot_there_is_no_link_to_print(seeded):
    seeded.fine("invite", *options())

    assert seeded("invite", "--batch", "--professional", "vera").code == 2
