"""Drafts, the log of publishing, withdrawals, approvals and owners."""

from datetime import date

import pytest

from bot.storage import approvals, drafts, meta, owners, people, publications, revisions, withdrawals
from bot.storage.publications import Entry
from tests.storage.example import NOW, seconds

KEY = "een-groet-per-dag"


def stored(conn, *names, kind="challenge", key=KEY):
    for name in names:
        revisions.add(conn, name, kind, key, f"nl {name}", f"en {name}", "local", NOW)


def noted(conn, name, action, kind="challenge", key=KEY, at=NOW):
    return publications.add(conn, Entry(kind, key, name, action), at)


@pytest.fixture
def joost(conn):
    return people.add(conn, "Joost", NOW, {"role": "admin"})


@pytest.fixture
def ria(conn):
    return people.add(conn, "Ria", NOW, {"role": "admin"})


class TestPublications:
    def test_the_release_is_current_until_something_is_published_here(self, conn):
        stored(conn, "a", "b")
        assert publications.current(conn, "challenge", KEY) is None
        noted(conn, "a", "release")
        assert publications.current(conn, "challenge", KEY) == "a"

        noted(conn, "b", "publish")

        assert publications.current(conn, "challenge", KEY) == "b"
        assert publications.local(conn) == {("challenge", KEY): "b"}

    def test_a_later_release_changes_nothing_until_it_is_adopted(self, conn):
        stored(conn, "a", "b", "c")
        for name, action in (("a", "release"), ("b", "publish"), ("c", "release")):
            noted(conn, name, action)
        assert publications.current(conn, "challenge", KEY) == "b"
        assert publications.shipped(conn) == {("challenge", KEY): "c"}

        noted(conn, "c", "adopt")

        assert publications.current(conn, "challenge", KEY) == "c"
        assert publications.local(conn) == {}

    def test_a_text_that_a_release_has_no_more_is_current_only_where_it_was_published(self, conn):
        stored(conn, "a", "b")
        noted(conn, "a", "release")
        noted(conn, "a", "gone")
        assert publications.current(conn, "challenge", KEY) is None

        noted(conn, "b", "publish")

        assert publications.current(conn, "challenge", KEY) == "b"

    def test_it_is_remembered_which_release_was_seen_when_ours_was_made(self, conn):
        stored(conn, "a", "b", "c")
        for name, action in (("a", "release"), ("b", "publish"), ("c", "release")):
            noted(conn, name, action)
        assert publications.seen(conn) == {("challenge", KEY): "a"}

        noted(conn, "b", "keep")

        assert publications.seen(conn) == {("challenge", KEY): "c"}
        assert publications.current(conn, "challenge", KEY) == "b"

    def test_the_log_keeps_who_and_why_with_the_reason_sealed(self, conn, joost, ria):
        stored(conn, "b")
        why = "Toch, omdat Ria het vroeg"
        publications.add(conn, Entry("challenge", KEY, "b", "publish", joost, ria, why), NOW)

        [line] = publications.history(conn, "challenge", KEY)

        assert (line.by_id, line.second_id, str(line.because), line.at) == (joost, ria, why, NOW)
        assert why not in repr(line)

    def test_files_do_not_get_into_each_others_way(self, conn):
        stored(conn, "a", "b")
        stored(conn, "p", kind="dialog", key="plan")
        noted(conn, "a", "release")
        noted(conn, "p", "publish", "dialog", "plan")

        assert publications.current(conn, "challenge", KEY) == "a"
        assert publications.current(conn, "dialog", "plan") == "p"
        assert publications.current(conn, "challenge", "plan") is None


class TestStamp:
    def test_it_changes_with_what_is_published_or_withdrawn_and_with_nothing_else(self, conn):
        meta.drop(conn, publications.STAMP)
        assert publications.stamp(conn) == ""
        stored(conn, "a", "b")
        noted(conn, "a", "release")
        first = publications.stamp(conn)
        noted(conn, "b", "publish")
        second = publications.stamp(conn)
        noted(conn, "b", "keep")
        assert publications.stamp(conn) == second != first

        withdrawals.add(conn, "challenge", KEY, ["b"], "hoi", "", None, NOW)
        third = publications.stamp(conn)
        assert third not in (first, second)
        withdrawals.lift(conn, [1], None, NOW)

        assert publications.stamp(conn) == second


class TestDrafts:
    def save(self, conn, author, text="nieuw", base="a", at=NOW):
        return drafts.save(conn, "challenge", KEY, text, "new", base, author, at)

    def test_an_author_has_one_of_each_file(self, conn, joost):
        first = self.save(conn, joost)
        again = self.save(conn, joost, "nieuwer", at=NOW + seconds(5))

        [one] = drafts.of_key(conn, "challenge", KEY)

        assert again == first
        assert (one.nl, one.en, one.base, one.saved_at) == ("nieuwer", "new", "a", NOW + seconds(5))

    def test_two_authors_overwrite_nothing_and_the_latest_stands_first(self, conn, joost, ria):
        self.save(conn, joost, "van Joost")
        self.save(conn, ria, "van Ria", at=NOW + seconds(1))
        self.save(conn, None, "van de beheerder", at=NOW + seconds(2))

        texts = [one.nl for one in drafts.of_key(conn, "challenge", KEY)]

        assert texts == ["van de beheerder", "van Ria", "van Joost"]
        assert len(drafts.every(conn)) == 3

    def test_a_proposal_carries_its_reason_and_ends_when_the_text_changes(self, conn, joost):
        number = self.save(conn, joost)
        drafts.propose(conn, number, "kort genoeg", NOW)
        proposed = drafts.load(conn, number)
        assert proposed is not None
        assert (str(proposed.because), proposed.proposed_at) == ("kort genoeg", NOW)

        self.save(conn, joost, "anders")

        changed = drafts.load(conn, number)
        assert changed is not None
        assert (str(changed.because), changed.proposed_at) == ("", None)

    def test_it_can_be_thrown_away_once(self, conn, joost):
        number = self.save(conn, joost)

        assert drafts.drop(conn, number)
        assert not drafts.drop(conn, number)
        assert drafts.load(conn, number) is None


class TestWithdrawals:
    def test_a_step_is_withdrawn_in_the_revisions_that_are_named(self, conn):
        stored(conn, "a", "b")
        made = withdrawals.add(conn, "challenge", KEY, ["a"], "hoi", "te spannend", None, NOW)

        assert len(made) == 1
        assert withdrawals.steps(conn, "a") == {"hoi"}
        assert withdrawals.steps(conn, "b") == frozenset()
        assert not withdrawals.whole(conn, "a")
        assert str(withdrawals.load(conn, made[0]).because) == "te spannend"

    def test_twice_is_once_and_a_whole_text_is_something_else(self, conn):
        stored(conn, "a")
        withdrawals.add(conn, "challenge", KEY, ["a"], "hoi", "", None, NOW)

        assert withdrawals.add(conn, "challenge", KEY, ["a"], "hoi", "", None, NOW) == []
        assert len(withdrawals.add(conn, "challenge", KEY, ["a", "a"], None, "", None, NOW)) == 1
        assert withdrawals.whole(conn, "a")

    def test_lifted_it_counts_no_more_and_can_be_withdrawn_anew(self, conn, joost):
        stored(conn, "a")
        made = withdrawals.add(conn, "challenge", KEY, ["a"], None, "", joost, NOW)

        assert withdrawals.lift(conn, made, joost, NOW) == 1
        assert withdrawals.lift(conn, made, joost, NOW) == 0
        assert not withdrawals.whole(conn, "a")
        assert not withdrawals.is_standing(conn, made[0])
        assert withdrawals.standing(conn, "challenge", KEY) == []
        assert withdrawals.add(conn, "challenge", KEY, ["a"], None, "", None, NOW)


class TestApprovals:
    def test_it_is_of_one_revision_and_can_be_undone(self, conn, joost):
        stored(conn, "a", "b")
        approvals.add(conn, "challenge", KEY, "a", "Ria, gedragsdeskundige", date(2026, 11, 1), joost, NOW)

        assert approvals.has(conn, "a")
        assert not approvals.has(conn, "b")
        assert approvals.approved(conn) == {"a"}
        [one] = approvals.of_key(conn, "challenge", KEY)
        assert (str(one.name), one.approved_on, one.by_id) == (
            "Ria, gedragsdeskundige",
            date(2026, 11, 1),
            joost,
        )
        assert "Ria" not in repr(one)

        assert approvals.undo(conn, "a", NOW) == 1
        assert not approvals.has(conn, "a")
        assert approvals.undo(conn, "a", NOW) == 0


class TestOwners:
    def test_there_is_one_at_most_and_it_is_handed_over(self, conn, joost, ria):
        assert owners.of(conn, "challenge", KEY) is None
        owners.give(conn, "challenge", KEY, joost, None, NOW)
        owners.give(conn, "challenge", KEY, ria, joost, NOW)

        assert owners.of(conn, "challenge", KEY) == ria
        assert owners.every(conn) == {("challenge", KEY): ria}
        assert owners.take_away(conn, "challenge", KEY)
        assert not owners.take_away(conn, "challenge", KEY)
        assert owners.of(conn, "challenge", KEY) is None


class TestRevisions:
    def test_every_text_of_a_file_is_found_again(self, conn):
        stored(conn, "a", "b")
        stored(conn, "p", kind="dialog", key="plan")

        assert revisions.of_key(conn, "challenge", KEY) == ["a", "b"]
        assert revisions.stored(conn) == {"a", "b", "p"}
        assert revisions.load(conn, "p").nl == "nl p"
        assert revisions.texts(conn, "p") == ("nl p", "en p")
        assert not revisions.add(conn, "a", "challenge", KEY, "anders", "", "local", NOW)
        assert revisions.texts(conn, "a") == ("nl a", "en a")
