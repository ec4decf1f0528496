"""From the text of a seed file to a plan, or to all its mistakes."""

import tomllib
from datetime import date, time
from pathlib import Path

import pytest

from bot.schedule.series import Series
from bot.seed.problems import SeedProblems
from bot.seed.reading import KEYS, SERIES, WEEKDAYS, read_seed
from tests.seed.conftest import EXAMPLE

FILE = Path("programme.toml")
TEXT = EXAMPLE.read_text("utf-8")


def mistakes(old, new, count=1):
    """What is said of the example with *old* replaced."""
    assert old in TEXT
    with pytest.raises(SeedProblems) as caught:
        read_seed(TEXT.replace(old, new, count), FILE)
    return list(caught.value.found)


class TestNoordwijk:
    def test_the_groups_are_those_of_the_sources(self, noordwijk):
        assert [(group.age_group, group.location, group.series) for group in noordwijk.groups] == [
            ("18-25", "x-out", Series(date(2021, 5, 11), time(19), time(22), 2)),
            ("12-18", "the-base", Series(date(2021, 5, 17), time(19), time(22), 2)),
        ]
        assert [(one.name, one.place, one.address) for one in noordwijk.locations] == [
            ("X-Out", "Noordwijkerhout", None),
            ("The Base", "Noordwijk", None),
        ]

    def test_every_group_has_two_professionals_and_the_organisation_a_coordinator(self, noordwijk):
        roles = {one.key: one.role for one in noordwijk.staff}

        assert [[roles[key] for key in group.staff] for group in noordwijk.groups] == [
            ["professional"] * 2
        ] * 2
        assert list(roles.values()).count("coordinator") == 1

    def test_names_and_times_are_marked_as_examples(self, noordwijk):
        assert all(group.example for group in noordwijk.groups)

    def test_the_file_shows_every_key(self):
        shown = tomllib.loads(TEXT.replace("# address", "address"))

        for table, keys in KEYS.items():
            assert {key for one in shown[table] for key in one} == set(keys), table
        assert {key for group in shown["group"] for key in group["series"]} == set(SERIES)
        assert set(shown) == set(KEYS)


class TestMistakes:
    @pytest.mark.parametrize(
        "old, new, place, said",
        [
            (
                "[[organisation]]",
                "[[organization]]",
                "organization",
                'unknown table; did you mean "organisation"?',
            ),
            (
                "[[municipality]]",
                "[municipality]",
                "municipality",
                "should be written as [[municipality]], once for each",
            ),
            ('name = "Noordwijk"\n', "", "municipality.noordwijk.name", "is missing"),
            (
                'name = "Noordwijk"',
                'name = ""',
                "municipality.noordwijk.name",
                "should be a text between quotes",
            ),
            (
                'name = "Noordwijk"',
                "name = 5",
                "municipality.noordwijk.name",
                "should be a text between quotes",
            ),
            (
                'name = "Noordwijk"',
                f'name = "{"a" * 81}"',
                "municipality.noordwijk.name",
                "should be one line of at most 80 characters",
            ),
            (
                'name = "Noordwijk"',
                'name = "a\\nb"',
                "municipality.noordwijk.name",
                "should be one line of at most 80 characters",
            ),
            (
                'key = "noordwijk"\n',
                'key = "Noord wijk"\n',
                "municipality.Noord wijk.key",
                'should be at most 40 of a-z, 0-9 and -, as in "noordwijk-18-25"',
            ),
            ('key = "noordwijk"\n', "", "municipality number 1.key", "is missing"),
            (
                'place = "Noordwijk"',
                'plce = "Noordwijk"',
                "location.the-base.plce",
                'unknown key; did you mean "place"?',
            ),
            ('key = "the-base"', 'key = "x-out"', "location.x-out.key", "is used twice"),
            (
                'role = "coordinator"',
                'role = "coordinater"',
                "staff.noor.role",
                '"coordinater" is not known; did you mean "coordinator"?',
            ),
            (
                "practice = false",
                'practice = "no"',
                "staff.vera.practice",
                "should be true or false, without quotes",
            ),
            (
                'age_group = "12-18"',
                'age_group = "12-17"',
                "group.noordwijk-12-18.age_group",
                '"12-17" is not known; did you mean "12-18"?',
            ),
            (
                'municipality = "noordwijk"',
                'municipality = "noordwjk"',
                "group.noordwijk-18-25.municipality",
                '"noordwjk" is not known; did you mean "noordwijk"?',
            ),
            (
                'staff = ["amira", "bas"]',
                'staff = ["amira", "amira"]',
                "group.noordwijk-12-18.staff",
                '"amira" is named twice',
            ),
            (
                'staff = ["amira", "bas"]',
                'staff = ["amira"]',
                "group.noordwijk-12-18.staff",
                "should name two professionals: one looks after a youngster, one is the backup",
            ),
            (
                'staff = ["amira", "bas"]',
                'staff = "amira"',
                "group.noordwijk-12-18.staff",
                'should be a list of keys, as in ["vera", "tom"]',
            ),
            (
                'staff = ["amira", "bas"]',
                'staff = ["amira", "bas", "noor"]',
                "group.noordwijk-12-18.staff",
                '"noor" is a coordinator; only professionals lead a group',
            ),
            (
                'staff = ["amira", "bas"]',
                'staff = ["amira", "bas", "mo"]',
                "group.noordwijk-12-18.staff",
                '"mo" is not known; use one of: vera, tom, amira, bas, noor, ria',
            ),
            (
                'on_call = "none"',
                'on_call = "never"',
                "organisation.welzijn-voorbeeld.on_call",
                '"never" is not known; use one of: none, roster',
            ),
            (
                'decided_by = "Noor, 2026-11-01"',
                'decided_by = "Noor"',
                "organisation.welzijn-voorbeeld.decided_by",
                'should say who decided and when, as in "Noor Jansen, 2026-11-01"',
            ),
            (
                "https://www.example.org",
                "www.example.org",
                "organisation.welzijn-voorbeeld.meldcode_url",
                'should be an address that begins with "https://"',
            ),
            (
                "until = 2026-11-23T09:00:00",
                "until = 2026-11-20T09:00:00",
                "duty number 1.until",
                "should be later than from",
            ),
            (
                "from = 2026-11-20T17:00:00",
                'from = "friday"',
                "duty number 1.from",
                "should be a local day and time, as in 2026-11-27T17:00:00",
            ),
            ("2021-05-11", "2021-02-30", "the file", None),
            (
                "2021-05-11",
                '"2021-02-30"',
                "group.noordwijk-18-25.series.first_date",
                "should be a day that exists, as in 2021-05-11",
            ),
            (
                "2021-05-11",
                "2021-05-11T19:00:00",
                "group.noordwijk-18-25.series.first_date",
                "should be a day that exists, as in 2021-05-11",
            ),
            (
                "2021-05-11",
                "2021-05-12",
                "group.noordwijk-18-25.series.weekday",
                "2021-05-12 is a woensdag, not a dinsdag",
            ),
            (
                '"dinsdag"',
                '"Monday"',
                "group.noordwijk-18-25.series.weekday",
                "2021-05-11 is a tuesday, not a monday",
            ),
            (
                '"dinsdag"',
                '"dinsdagg"',
                "group.noordwijk-18-25.series.weekday",
                '"dinsdagg" is no day of the week; did you mean "dinsdag"?',
            ),
            (
                'starts = "19:00"',
                'starts = "7 uur"',
                "group.noordwijk-18-25.series.starts",
                'should be a time of day, as in "19:00"',
            ),
            (
                'starts = "19:00"',
                'starts = "19:00:30"',
                "group.noordwijk-18-25.series.starts",
                'should be a time of day, as in "19:00"',
            ),
            (
                'starts = "19:00"',
                'starts = "22:00"',
                "group.noordwijk-18-25.series.ends",
                "should be later than starts, on the same evening",
            ),
            (
                "every_weeks = 2",
                "every_weeks = 0",
                "group.noordwijk-18-25.series.every_weeks",
                "should be a whole number from 1 to 8",
            ),
            (
                "every_weeks = 2",
                "every_weeks = true",
                "group.noordwijk-18-25.series.every_weeks",
                "should be a whole number from 1 to 8",
            ),
        ],
    )
    def test_each_is_told_with_its_table_and_key(self, old, new, place, said):
        found = mistakes(old, new)

        assert found[0][0] == place
        assert said is None or found[0] == (place, said)

    def test_a_group_without_evenings_is_one(self):
        series = TEXT[TEXT.index("[group.series]") : TEXT.index('[[group]]\nkey = "noordwijk-12-18"')]

        assert mistakes(series, "") == [("group.noordwijk-18-25.series", "is missing")]

    def test_staff_of_another_organisation_do_not_lead_a_group(self):
        other = '[[organisation]]\nkey = "jeugdhuis"\nname = "Jeugdhuis"\n\n[[municipality]]'
        text = TEXT.replace("[[municipality]]", other, 1)
        start = text.index('key = "bas"')
        text = text[:start] + text[start:].replace("welzijn-voorbeeld", "jeugdhuis", 1)

        with pytest.raises(SeedProblems) as caught:
            read_seed(text, FILE)

        assert caught.value.found == (
            ("group.noordwijk-12-18.staff", '"bas" belongs to "jeugdhuis"; organisations stay apart'),
        )

    def test_an_empty_file_is_an_empty_plan(self):
        assert read_seed("", FILE).groups == ()

    def test_all_are_listed_with_the_name_of_the_file(self):
        with pytest.raises(SeedProblems) as caught:
            read_seed("[[organisation]]\nkey = 1\n[[group]]\n", FILE)

        lines = str(caught.value).splitlines()
        assert len(lines) == len(caught.value.found) > 5
        assert all(line.startswith("programme.toml: ") for line in lines)


class TestForms:
    def test_a_day_may_stand_between_quotes_and_a_time_outside_them(self):
        text = TEXT.replace("2021-05-11 ", '"2021-05-11" ').replace(
            'starts = "19:00"', "starts = 19:30:00", 1
        )

        assert read_seed(text, FILE).groups[0].series.starts == time(19, 30)

    @pytest.mark.parametrize("name", ["dinsdag", "Dinsdag", "tuesday"])
    def test_a_weekday_is_dutch_or_english(self, name):
        assert read_seed(TEXT.replace('"dinsdag"', f'"{name}"'), FILE).groups

    def test_the_week_has_seven_days_in_two_languages(self):
        assert sorted(WEEKDAYS.values()) == sorted([*range(7), *range(7)])
