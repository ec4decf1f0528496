"""`companion invite --poster`: a PDF and a link for one door; and `--phase` for where a youngster begins."""

import pytest
from sqlalchemy import select, update

from bot.storage import phases, sources
from bot.storage.database import transaction
from bot.storage.schema_programme import meeting_group
from tests.cli.test_invite import invited, options

GROUP = ("--group", "noordwijk-18-25")


@pytest.fixture
def named(seeded):
    """The name of the bot is known."""
    from bot.storage import meta

    with seeded.open() as opened, transaction(opened.engine) as conn:
        meta.put(conn, "bot_name", "een_bot")
    return seeded


def test_a_poster_is_written_with_its_link(named, tmp_path):
    made = named.fine("invite", "--poster", "school-x", *GROUP, "--out", str(tmp_path / "p.pdf"))

    assert made["link"] == "https://t.me/een_bot?start=src_school-x"
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
    with named.open() as opened, transaction(opened.engine) as conn:
        door = sources.find(conn, "school-x")
        assert door is not None
        assert door.group_id is not None


@pytest.mark.parametrize(
    "wrong",
    [
        ("--poster", "School X", *GROUP),
        ("--poster", "school-x"),
        ("--poster", "school-x", "--group", "nergens"),
        ("--poster", "school-x", "--municipality", "nergens"),
        ("--poster", "school-x", *GROUP, "--lang", "fr"),
        ("--poster", "school-x", *GROUP, "--role", "youth"),
        (),
    ],
)
def test_what_cannot_be_a_poster_is_wrong_usage(named, wrong):
    assert named("invite", *wrong).code == 2


@pytest.mark.parametrize("phase", ["trial", "participating", "waiting", "screening"])
def test_where_somebody_begins_is_recorded(seeded, phase):
    made = seeded.fine("invite", *options(phase=phase))
    sam, _ = invited(seeded, made["payload"])

    with seeded.open() as opened, transaction(opened.engine) as conn:
        assert phases.phase_of(conn, sam.id) == phase


def test_a_full_group_is_refused_and_names_the_way_out(seeded):
    with seeded.open() as opened, transaction(opened.engine) as conn:
        conn.execute(update(meeting_group).values(capacity=1))
        assert conn.execute(select(meeting_group.c.id)).first() is not None
    seeded.fine("invite", *options())
    refused = seeded("invite", *options(name="Pim"))

    assert refused.code == 2
    assert "--phase waiting" in refused.err
    seeded.fine("invite", *options(name="Pim", phase="waiting"))
