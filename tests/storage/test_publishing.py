"""From a draft to the text everybody gets: what may go out, what is refused and in which word, and back again."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from bot.content.child import Beside, Limits, examine_one
from bot.content.kinds import sources_of
from bot.content.pages import SHELL, Actor, Examined, Pages, examined, pages_of
from bot.content.problem import Problem
from bot.content.publishing import confirm, publish, save
from bot.content.rollback import adopt, keep, news, rollback
from bot.conversation.shelf import open_shelf
from bot.errors import Refused
from bot.storage import drafts, owners, people, publications, revisions, withdrawals
from bot.storage.database import transaction
from bot.storage.schema_people import audit as audit_table
from tests.content.pages import CHALLENGE, CHALLENGE_WORDS, DIALOG, GOOD, PHRASES, WORDS, written
from tests.storage.example import NOW, seconds

KEY = "groet"
DIALOGS = Path(__file__).resolve().parents[2] / "dialogs"
FLAW = Problem(
    "challenge_catalog/nl/groet.yaml", 3, 1, "long_sentence", (("count", "14"), ("limit", "12")), "warning"
)
BROKEN = Problem("challenge_catalog/nl/groet.yaml", 3, 1, "empty_file")
LATER = NOW + seconds(60)


def pages(title="Een groet per dag", do="Zeg hoi tegen een bekende."):
    nl = CHALLENGE.replace("title: Een groet per dag", f"title: {title}")
    nl = nl.replace("Zeg hoi tegen een bekende.", do, 1)
    return Pages("challenge", KEY, nl.encode(), CHALLENGE_WORDS.encode())


def checked(one, *problems):
    return Examined(one, problems)


@pytest.fixture
def shelf(tmp_path):
    from tests.content import pages as good

    folders = written(tmp_path, {("challenge", KEY, "nl"): good.CHALLENGE})
    beside(folders[0])
    return open_shelf(*folders)


HELPLINES = """\
helplines:
  - {key: a, name: "112", line: "Direct gevaar:", number: "112", chat: null, ages: {from: 0, to: 120}, open: null,
     kinds: [danger, talk], always: true, verified_on: null}
  - {key: b, name: "113", line: "Praten:", number: "113", chat: null, ages: {from: 0, to: 120}, open: null,
     kinds: [suicide, talk], always: true, verified_on: null}
"""


def beside(dialogs):
    """The files that every release has beside its dialogs."""
    for language in ("nl", "en"):
        (dialogs / language / "helplines.yaml").write_text(HELPLINES, "utf-8")
        shutil.copy(DIALOGS / language / "screening.yaml", dialogs / language)


@pytest.fixture
def released(conn, shelf):
    """The release's texts stand in the database; the hash of the challenge."""
    shelf.publish(conn, NOW)
    return publications.current(conn, "challenge", KEY)


def person(conn, name, role="admin"):
    return Actor(people.add(conn, name, NOW, {"role": role}), role)


@pytest.fixture
def joost(conn):
    return person(conn, "Joost")


@pytest.fixture
def ria(conn):
    return person(conn, "Ria")


class TestPublish:
    def test_a_good_text_is_current_from_then_on(self, conn, released, joost):
        done = publish(conn, checked(pages("Elke dag hoi")), released, joost, NOW)

        assert done.state == "published"
        assert publications.current(conn, "challenge", KEY) == done.revision == pages("Elke dag hoi").revision
        assert pages_of(conn, done.revision).nl == pages("Elke dag hoi").nl
        assert revisions.load(conn, done.revision).origin == "local"

    def test_it_is_written_down(self, conn, released, joost):
        publish(conn, checked(pages("Elke dag hoi")), released, joost, NOW)

        row = conn.execute(audit_table.select().order_by(audit_table.c.id.desc())).first()

        assert (row.actor_id, row.action, row.object_type, row.outcome) == (
            joost.id,
            "publish_content",
            "challenge",
            "done",
        )

    def test_a_text_with_an_error_never_goes_out(self, conn, released, joost):
        done = publish(conn, checked(pages("x"), BROKEN, FLAW), released, joost, NOW, because="toch")

        assert done.state == "errors"
        assert publications.current(conn, "challenge", KEY) == released

    def test_a_warning_asks_for_a_reason_which_is_kept(self, conn, released, joost):
        flawed = checked(pages("Elke dag hoi"), FLAW)
        assert publish(conn, flawed, released, joost, NOW, because="  ").state == "reason"

        assert publish(conn, flawed, released, joost, NOW, because="korter kan niet").state == "published"

        assert str(publications.history(conn, "challenge", KEY)[-1].because) == "korter kan niet"

    def test_what_was_edited_from_an_older_text_overwrites_nothing(self, conn, released, joost, ria):
        publish(conn, checked(pages("Van Ria")), released, ria, NOW)

        done = publish(conn, checked(pages("Van Joost")), released, joost, NOW)

        assert done.state == "outdated"
        assert publications.current(conn, "challenge", KEY) == pages("Van Ria").revision

    def test_the_same_text_again_is_no_publication(self, conn, released, joost):
        assert publish(conn, checked(pages()), released, joost, NOW).state == "unchanged"

    def test_something_new_has_no_text_before_it(self, conn, released, joost):
        new = Pages("challenge", "nieuw", CHALLENGE.replace("groet", "nieuw").encode())

        assert publish(conn, checked(new), None, joost, NOW).state == "published"

    def test_the_text_of_the_release_follows_the_release_again(self, conn, released, joost):
        first = publish(conn, checked(pages("Van ons")), released, joost, NOW)

        publish(conn, checked(pages()), first.revision, joost, NOW)

        assert publications.local(conn) == {}
        assert publications.current(conn, "challenge", KEY) == released

    @pytest.mark.parametrize("role", ["professional", "coordinator", "youth", "dpo"])
    def test_nobody_but_an_admin_may(self, conn, released, role):
        other = person(conn, "Vera", role)
        with pytest.raises(Refused):
            publish(conn, checked(pages("Van Vera")), released, other, NOW)

        assert publications.current(conn, "challenge", KEY) == released


class TestAtOnce:
    def test_two_who_publish_at_the_same_moment_do_not_overwrite_each_other(self, engine, shelf):
        with transaction(engine) as conn:
            shelf.publish(conn, NOW)
            released = publications.current(conn, "challenge", KEY)
        states = []

        def second():
            with transaction(engine) as conn:
                states.append(publish(conn, checked(pages("Van Ria")), released, SHELL, NOW).state)

        other = threading.Thread(target=second)
        with transaction(engine) as conn:
            assert publish(conn, checked(pages("Van Joost")), released, SHELL, NOW).state == "published"
            other.start()
            # Time for the other to look at what is current, if nothing makes it wait.
            other.join(timeout=1)
        other.join()

        assert states == ["outdated"]


class TestDraft:
    def test_the_second_editor_is_told_and_both_texts_are_there(self, conn, released, joost, ria):
        assert save(conn, pages("Van Joost"), released, joost, NOW).others == ()

        saved = save(conn, pages("Van Ria"), released, ria, LATER)

        assert [one.author_id for one in saved.others] == [joost.id]
        assert not saved.outdated
        assert len(drafts.of_key(conn, "challenge", KEY)) == 2

    def test_who_edits_an_older_text_is_told(self, conn, released, joost, ria):
        publish(conn, checked(pages("Van Ria")), released, ria, NOW)

        assert save(conn, pages("Van Joost"), released, joost, NOW).outdated

    def test_a_draft_is_gone_once_its_text_is_published_and_others_stay(self, conn, released, joost, ria):
        save(conn, pages("Van Joost"), released, joost, NOW)
        save(conn, pages("Van Ria"), released, ria, NOW)

        publish(conn, checked(pages("Van Joost")), released, joost, NOW)

        assert [one.author_id for one in drafts.of_key(conn, "challenge", KEY)] == [ria.id]


class TestSecondPerson:
    def proposed(self, conn, released, joost, **more):
        done = publish(conn, checked(pages("Van Joost")), released, joost, NOW, second=True, **more)
        assert done.state == "proposed"
        return drafts.of_key(conn, "challenge", KEY)[0]

    def test_a_publication_waits_for_another(self, conn, released, joost):
        self.proposed(conn, released, joost)

        assert publications.current(conn, "challenge", KEY) == released

    def test_another_confirms_and_both_stand_in_the_log(self, conn, released, joost, ria):
        one = self.proposed(conn, released, joost, because="kort")

        done = confirm(conn, checked(pages("Van Joost")), one, ria, LATER)

        assert done.state == "published"
        line = publications.history(conn, "challenge", KEY)[-1]
        assert (line.by_id, line.second_id, str(line.because)) == (joost.id, ria.id, "kort")
        assert drafts.of_key(conn, "challenge", KEY) == []

    def test_the_same_person_is_refused(self, conn, released, joost):
        one = self.proposed(conn, released, joost)

        assert confirm(conn, checked(pages("Van Joost")), one, joost, LATER).state == "same_person"
        assert publications.current(conn, "challenge", KEY) == released

    def test_the_shell_cannot_agree_with_itself(self, conn, released):
        one = self.proposed(conn, released, SHELL)

        assert confirm(conn, checked(pages("Van Joost")), one, SHELL, LATER).state == "same_person"

    def test_only_the_very_text_that_was_proposed_is_confirmed(self, conn, released, joost, ria):
        one = self.proposed(conn, released, joost)

        assert confirm(conn, checked(pages("Iets anders")), one, ria, LATER).state == "nothing"

    def test_what_its_author_changed_after_it_was_read_is_not_confirmed(self, conn, released, joost, ria):
        one = self.proposed(conn, released, joost)
        save(conn, pages("Toch anders"), released, joost, LATER)

        assert confirm(conn, checked(pages("Van Joost")), one, ria, LATER).state == "nothing"
        assert publications.current(conn, "challenge", KEY) == released

    def test_what_its_author_took_back_after_it_was_read_is_not_confirmed(self, conn, released, joost, ria):
        one = self.proposed(conn, released, joost)
        drafts.drop(conn, one.id)

        assert confirm(conn, checked(pages("Van Joost")), one, ria, LATER).state == "nothing"

    def test_what_is_wrong_by_now_is_refused_all_the_same(self, conn, released, joost, ria):
        one = self.proposed(conn, released, joost)

        assert confirm(conn, checked(pages("Van Joost"), BROKEN), one, ria, LATER).state == "errors"
        publish(conn, checked(pages("Intussen")), released, SHELL, NOW)
        assert confirm(conn, checked(pages("Van Joost")), one, ria, LATER).state == "outdated"


class TestOwner:
    def test_who_owns_it_not_can_save_and_propose_but_not_publish(self, conn, released, joost, ria):
        owners.give(conn, "challenge", KEY, ria.id, None, NOW)

        assert publish(conn, checked(pages("Van Joost")), released, joost, NOW).state == "not_owner"
        assert save(conn, pages("Van Joost"), released, joost, NOW).number
        assert publish(conn, checked(pages("Van Ria")), released, ria, NOW).state == "published"

    def test_the_owner_or_the_shell_is_one_of_the_two(self, conn, released, joost, ria):
        bas = person(conn, "Bas")
        owners.give(conn, "challenge", KEY, ria.id, None, NOW)
        publish(conn, checked(pages("Van Joost")), released, joost, NOW, second=True)
        [one] = drafts.of_key(conn, "challenge", KEY)

        assert confirm(conn, checked(pages("Van Joost")), one, bas, NOW).state == "not_owner"
        assert confirm(conn, checked(pages("Van Joost")), one, ria, NOW).state == "published"

    def test_the_shell_publishes_whoever_owns_it(self, conn, released, ria):
        owners.give(conn, "challenge", KEY, ria.id, None, NOW)

        assert publish(conn, checked(pages("Nu")), released, SHELL, NOW).state == "published"


class TestBack:
    def test_the_one_before_is_current_again_and_back_twice_is_forth(self, conn, released, joost):
        first = publish(conn, checked(pages("Een")), released, joost, NOW).revision
        second = publish(conn, checked(pages("Twee")), first, joost, NOW).revision

        assert rollback(conn, "challenge", KEY, joost, NOW).revision == first
        assert publications.current(conn, "challenge", KEY) == first
        assert rollback(conn, "challenge", KEY, joost, NOW).revision == second

    def test_to_a_text_by_the_beginning_of_its_hash(self, conn, released, joost):
        first = publish(conn, checked(pages("Een")), released, joost, NOW).revision
        publish(conn, checked(pages("Twee")), first, joost, NOW)

        assert rollback(conn, "challenge", KEY, joost, NOW, to=released[:12]).revision == released
        assert rollback(conn, "challenge", KEY, joost, NOW, to="zzz").state == "nothing"

    def test_a_withdrawn_text_is_passed_over(self, conn, released, joost):
        first = publish(conn, checked(pages("Een")), released, joost, NOW).revision
        publish(conn, checked(pages("Twee")), first, joost, NOW)
        withdrawals.add(conn, "challenge", KEY, [first], None, "", None, NOW)

        assert rollback(conn, "challenge", KEY, joost, NOW).revision == released

    def test_a_text_of_a_release_that_nobody_ever_got_is_no_earlier_text(
        self, conn, released, joost, tmp_path
    ):
        publish(conn, checked(pages("Van ons")), released, joost, NOW)
        unseen = next_release(conn, tmp_path, pages("Van de release"))

        assert rollback(conn, "challenge", KEY, joost, LATER).revision == released
        assert rollback(conn, "challenge", KEY, joost, LATER, to=unseen[:12]).revision == unseen

    def test_the_first_text_has_none_before_it(self, conn, released, joost):
        assert rollback(conn, "challenge", KEY, joost, NOW).state == "nothing"
        assert rollback(conn, "challenge", "nergens", joost, NOW).state == "nothing"


class TestRelease:
    def test_ours_stays_and_the_change_is_told_until_somebody_decides(self, conn, released, joost, tmp_path):
        ours = publish(conn, checked(pages("Van ons")), released, joost, NOW).revision
        assert news(conn) == []
        theirs = next_release(conn, tmp_path, pages("Van hen"))

        [told] = news(conn)

        assert (told.ours, told.before, told.theirs) == (ours, released, theirs)
        assert publications.current(conn, "challenge", KEY) == ours
        assert keep(conn, "challenge", KEY, joost, NOW).state == "published"
        assert news(conn) == []
        assert publications.current(conn, "challenge", KEY) == ours

    def test_adopted_it_follows_every_release_to_come(self, conn, released, joost, tmp_path):
        publish(conn, checked(pages("Van ons")), released, joost, NOW)
        theirs = next_release(conn, tmp_path, pages("Van hen"))

        assert adopt(conn, "challenge", KEY, joost, NOW).revision == theirs

        again = next_release(conn, tmp_path / "again", pages("Nog nieuwer"))
        assert publications.current(conn, "challenge", KEY) == again

    def test_a_release_that_took_our_text_over_is_followed(self, conn, released, joost, tmp_path):
        publish(conn, checked(pages("Van ons")), released, joost, NOW)

        next_release(conn, tmp_path, pages("Van ons"))

        assert publications.local(conn) == {}
        assert news(conn) == []

    def test_without_a_text_of_ours_there_is_nothing_to_adopt_or_keep(self, conn, released, joost):
        assert adopt(conn, "challenge", KEY, joost, NOW).state == "nothing"
        assert keep(conn, "challenge", KEY, joost, NOW).state == "nothing"

    def test_a_step_that_was_withdrawn_stays_so_in_the_text_of_a_release(self, conn, released, tmp_path):
        withdrawals.add(conn, "challenge", KEY, [released], "hoi", "te spannend", None, NOW)

        theirs = next_release(conn, tmp_path, pages("Van hen"))

        assert withdrawals.steps(conn, theirs) == {"hoi"}

    def test_started_twice_a_release_is_noted_once(self, conn, released, shelf):
        before = len(publications.history(conn, "challenge", KEY))

        assert shelf.publish(conn, LATER) == 0

        assert len(publications.history(conn, "challenge", KEY)) == before


class TestWithdrawnSteps:
    def test_a_step_that_did_not_change_stays_withdrawn(self, conn, released, joost):
        withdrawals.add(conn, "challenge", KEY, [released], "hoi", "te spannend", None, NOW)

        done = publish(conn, checked(pages("Andere titel")), released, joost, NOW)

        assert (done.withdrawn, done.offered) == (("hoi",), ())
        assert withdrawals.steps(conn, done.revision) == {"hoi"}

    def test_a_step_that_was_mended_is_offered_again_to_who_begins_now(self, conn, released, joost):
        withdrawals.add(conn, "challenge", KEY, [released], "knik", "te spannend", None, NOW)

        done = publish(conn, checked(pages(do="Knik naar een bekende.")), released, joost, NOW)

        assert (done.withdrawn, done.offered) == ((), ("knik",))
        assert withdrawals.steps(conn, done.revision) == frozenset()
        assert withdrawals.steps(conn, released) == {"knik"}


def next_release(conn, folder, one):
    """Another release in which the challenge reads otherwise; its hash."""
    dialogs, catalog = written(
        folder / "next", {("challenge", KEY, "nl"): one.nl, ("challenge", KEY, "en"): one.en}
    )
    beside(dialogs)
    open_shelf(dialogs, catalog).publish(conn, LATER)
    return one.revision


class TestShelf:
    def test_what_is_published_is_read_anew_and_only_then(self, conn, released, shelf, joost):
        assert shelf.refresh(conn)
        assert not shelf.refresh(conn)

        publish(conn, checked(pages("Elke dag hoi")), released, joost, NOW)

        assert shelf.challenge(KEY, "nl").title == "Een groet per dag"
        assert shelf.refresh(conn)
        assert shelf.challenge(KEY, "nl").title == "Elke dag hoi"
        assert shelf.revision("challenge", KEY) == pages("Elke dag hoi").revision

    def test_who_began_with_the_earlier_text_keeps_it(self, conn, released, shelf, joost):
        publish(conn, checked(pages("Elke dag hoi")), released, joost, NOW)
        shelf.refresh(conn)

        assert shelf.challenge(KEY, "nl", released, conn).title == "Een groet per dag"

    def test_a_restart_changes_nothing(self, conn, released, joost, tmp_path):
        publish(conn, checked(pages("Elke dag hoi")), released, joost, NOW)
        dialogs, catalog = written(tmp_path / "again")
        beside(dialogs)

        other = open_shelf(dialogs, catalog)
        other.publish(conn, LATER)
        other.refresh(conn)

        assert other.challenge(KEY, "nl").title == "Elke dag hoi"

    def test_a_challenge_of_our_own_is_there_too(self, conn, released, shelf, joost):
        new = Pages("challenge", "nieuw", CHALLENGE.replace("challenge: groet", "challenge: nieuw").encode())
        publish(conn, checked(new), None, joost, NOW)
        shelf.refresh(conn)

        assert [one.key for one in shelf.challenges("nl")] == ["groet", "nieuw"]

    def test_sentences_and_helplines_too(self, conn, released, shelf, joost):
        texts = Pages("phrases", "phrases", PHRASES.replace("Ontvangen.", "Binnen.").encode())
        lines = Pages("helplines", "helplines", HELPLINES.replace("Praten:", "Praat:").encode())
        for one in (texts, lines):
            base = publications.current(conn, one.kind, one.key)
            assert publish(conn, checked(one), base, joost, NOW).state == "published"
        shelf.refresh(conn)

        assert shelf.phrase("received", "nl")({})[0].text == "Binnen."
        assert shelf.helplines("nl")[1].line == "Praat:"

    @pytest.mark.parametrize(
        "broken",
        [
            DIALOG.replace("do: send_checkin", "do: send_pigeon"),
            DIALOG.replace("{{ step_title }}", "{{ shoe_size }}"),
            DIALOG.replace("goto: happened", "goto: nowhere"),
            DIALOG.replace("for: youth", "for: youth\nsmell: fresh"),
            "dialog: checkin\n",
        ],
        ids=["action", "fact", "step", "field", "empty"],
    )
    def test_a_text_this_version_cannot_play_gives_way_to_the_release_and_is_named(
        self, conn, released, shelf, joost, broken
    ):
        base = publications.current(conn, "dialog", "checkin")
        ours = Pages("dialog", "checkin", broken.encode(), WORDS.encode())
        publish(conn, checked(ours), base, joost, NOW)
        publish(conn, checked(pages("Elke dag hoi")), released, joost, NOW)

        shelf.refresh(conn)

        assert set(shelf.outdated) == {("dialog", "checkin")}
        assert shelf.revision("dialog", "checkin") == base
        assert shelf.script("checkin", "nl").steps["done"].say is not None
        assert shelf.challenge(KEY, "nl").title == "Elke dag hoi"

    def test_somebody_in_a_text_this_version_cannot_play_goes_on_in_the_newest(self, conn, released, shelf):
        broken = GOOD["dialog", "checkin", "nl"].replace("do: send_checkin", "do: send_pigeon")
        ours = Pages("dialog", "checkin", broken.encode(), WORDS.encode())
        revisions.add(conn, ours.revision, "dialog", "checkin", broken, WORDS, "local", NOW)

        script = shelf.script("checkin", "nl", ours.revision, conn)

        assert script is shelf.script("checkin", "nl")

    def test_and_in_the_newest_of_every_later_moment(self, conn, released, shelf, joost):
        broken = GOOD["dialog", "checkin", "nl"].replace("do: send_checkin", "do: send_pigeon")
        ours = Pages("dialog", "checkin", broken.encode(), WORDS.encode())
        revisions.add(conn, ours.revision, "dialog", "checkin", broken, WORDS, "local", NOW)
        shelf.script("checkin", "nl", ours.revision, conn)
        mended = Pages(
            "dialog",
            "checkin",
            DIALOG.replace("Ontvangen", "Binnen").encode() + b"# anders\n",
            WORDS.encode(),
        )
        publish(conn, checked(mended), publications.current(conn, "dialog", "checkin"), joost, NOW)
        shelf.refresh(conn)

        script = shelf.script("checkin", "nl", ours.revision, conn)

        assert script is shelf.script("checkin", "nl")


class TestExamined:
    """What happens before anything is written: in a child process, whatever is in the file."""

    BESIDE = Beside({"checkin": "youth"})

    def test_a_good_text_has_no_errors(self):
        assert examined(pages(), self.BESIDE).errors == ()

    def test_a_megabyte_is_refused_without_being_read(self):
        [problem] = examined(Pages("challenge", KEY, b"#" * 2**20), self.BESIDE).problems

        assert problem.kind == "too_big"

    @pytest.mark.parametrize(
        "text, kind",
        [
            ("\"{{ 'a' * 100000000 }}\"", "gap_in_challenge"),
            ("&a hoi", "yaml_alias"),
            ("[" * 40, "too_deep"),
        ],
    )
    def test_a_bomb_is_refused(self, text, kind):
        nl = CHALLENGE.replace("about: Kleine groeten.", f"about: {text}")

        kinds = {one.kind for one in examined(Pages("challenge", KEY, nl.encode()), self.BESIDE).errors}

        assert kind in kinds

    def test_a_file_that_takes_too_long_as_a_whole_is_refused(self):
        steps = "".join(f'  s{n}: {{say: "{{{{ name }}}}", goto: s{n + 1}}}\n' for n in range(5000))
        nl = f"dialog: checkin\nabout: Lang.\nfor: youth\nlater: Later\nfirst: s0\nsteps:\n{steps}"
        assert len(nl) < 256 * 1024

        kinds = {one.kind for one in examined(Pages("dialog", "checkin", nl.encode()), self.BESIDE).errors}

        assert kinds == {"template_heavy"}

    def test_many_sentences_that_are_each_cheap_are_dear_together(self):
        sources = sources_of("dialog", "checkin", DIALOG.encode(), WORDS.encode())

        found = examine_one(sources, self.BESIDE, limits=Limits(seconds=60, total=0.001))

        assert [one.kind for one in found] == ["template_heavy"]

    def test_helplines_have_their_own_check(self):
        good = Pages("helplines", "helplines", HELPLINES.encode(), HELPLINES.encode())
        bad = Pages("helplines", "helplines", HELPLINES.replace('"113", chat', '"114", chat').encode())
        assert examined(good, Beside()).errors == ()

        assert {one.kind for one in examined(bad, Beside()).errors} == {"helpline_missing"}

    def test_what_the_program_counts_on_stays(self, shelf):
        shipped = Beside({}, shelf.shipped("dialog", "checkin"))
        other = DIALOG.replace("for: youth", "for: staff")
        renamed = DIALOG.replace("gedaan: Gedaan", "klaar: Gedaan")

        kinds = {
            one.kind: one.severity
            for text in (other, renamed)
            for one in examined(Pages("dialog", "checkin", text.encode(), WORDS.encode()), shipped).problems
        }

        assert kinds["audience_changed"] == "error"
        assert kinds["choice_gone"] == "warning"

    def test_a_sentence_of_the_bot_names_only_what_the_code_gives_it(self, shelf):
        shipped = Beside({}, shelf.shipped("phrases", "phrases"))
        text = PHRASES.replace("{{ title }}", "{{ title }} {{ secret }}")

        kinds = {one.kind for one in examined(Pages("phrases", "phrases", text.encode()), shipped).errors}

        assert kinds == {"phrase_gap"}
