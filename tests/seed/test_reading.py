"""From the text of a seed file to a plan, or to all its mistakes."""

import re
import tomllib
from datetime import date, time
from pathlib import Path

import pytest

from bot.schedule.series import Series
from bot.seed.problems import SeedProblems
from bot.seed.reading import KEYS, read_seed
from bot.seed.rhythm import EXCEPTION, SERIES, SUMMER_STOP, WEEKDAYS
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
            ("18-25", "x-out", (Series(date(2021, 5, 11), time(19), time(22), 2),)),
            ("12-18", "the-base", (Series(date(2021, 5, 17), time(19), time(22), 2),)),
        ]
        assert [(one.name, one.place, one.address) for one in noordwijk.locations] == [
            ("X-Out", "Noordwijkerhout", "Voorbeeldstraat 1"),
            ("The Base", "Noordwijk", "Voorbeeldplein 2"),
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
        shown = tomllib.loads(re.sub(r"^# (until|door_photo|room_photo)", r"\1", TEXT, flags=re.MULTILINE))

        for table, keys in KEYS.items():
            assert {key for one in shown[table] for key in one} == set(keys), table
        assert {key for group in shown["group"] for key in group["series"]} == set(SERIES)
        for name, keys in (("exception", EXCEPTION), ("summer_stop", SUMMER_STOP)):
            found = [one for group in shown["group"] for one in group.get(name, ())]
            assert {key for one in found for key in one} == set(keys)
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

        assert read_seed(text, FILE).groups[0].series[0].starts == time(19, 30)

    @pytest.mark.parametrize("name", ["dinsdag", "Dinsdag", "tuesday"])
    def test_a_weekday_is_dutch_or_english(self, name):
        assert read_seed(TEXT.replace('"dinsdag"', f'"{name}"'), FILE).groups

    def test_the_week_has_seven_days_in_two_languages(self):
        assert sorted(WEEKDAYS.values()) == sorted([*range(7), *range(7)])


SERIES_AGAIN = """[[group.series]]
first_date = 2021-05-11
starts = "19:00"
ends = "22:00"

[[group.series]]
first_date = {first}
starts = "10:00"
ends = "12:00"
every_weeks = {weeks}
"""
GROUP = "group.noordwijk-18-25"


def with_series(first, weeks):
    """The example with two series in its first group."""
    start = TEXT.index("[group.series]")
    end = TEXT.index("# What is different about one evening")
    return TEXT[:start] + SERIES_AGAIN.format(first=first, weeks=weeks) + TEXT[end:]


class TestRhythm:
    def test_a_group_may_have_several_series(self):
        found = read_seed(with_series("2021-05-15", 4), FILE).groups[0].series

        assert [(one.first, one.every_weeks) for one in found] == [
            (date(2021, 5, 11), 2),
            (date(2021, 5, 15), 4),
        ]

    def test_two_series_that_meet_on_one_day_are_refused(self):
        with pytest.raises(SeedProblems) as caught:
            read_seed(with_series("2021-05-18", 3), FILE)

        assert caught.value.found[0] == (
            f"{GROUP}.series number 2.first_date",
            "overlaps with series number 1: both meet on 2021-06-08",
        )

    def test_the_keys_of_a_group_and_a_municipality(self, noordwijk):
        older, younger = noordwijk.groups

        assert (older.holidays, older.capacity, older.least, younger.holidays) == ("meet", 15, 3, "skip")
        assert noordwijk.municipalities[0].region == "midden"
        assert [(one.change.kind, one.change.to, one.location) for one in older.exceptions] == [
            ("moved", date(2029, 12, 20), "the-base")
        ]
        assert older.stops[0].message == "Tot na de zomer!"

    @pytest.mark.parametrize(
        "old, new, place, said",
        [
            ('region = "midden"', 'region = "west"', "municipality.noordwijk.region", None),
            ('holidays = "meet"', 'holidays = "maybe"', f"{GROUP}.holidays", None),
            (
                "capacity = 15 ",
                "capacity = 16 ",
                f"{GROUP}.capacity",
                "should be a whole number from 3 to 15",
            ),
            (
                "silent_days = 21 ",
                "silent_days = 5 ",
                f"{GROUP}.silent_days",
                "should be a whole number from 7 to 56",
            ),
            (
                "missed_evenings = 2 ",
                "missed_evenings = 0 ",
                f"{GROUP}.missed_evenings",
                "should be a whole number from 1 to 4",
            ),
            ("least = 3 ", "least = 20 ", f"{GROUP}.least", "should be a whole number from 1 to 15"),
            (
                "# until = 2035-12-31",
                "until = 2020-01-01",
                f"{GROUP}.series.until",
                "should not be before first_date (2021-05-11)",
            ),
            (
                "date = 2029-12-25",
                "date = 2029-12-24",
                f"{GROUP}.exception.date",
                "the group has no evening that day",
            ),
            (
                "to = 2029-12-20",
                "to = 2029-12-11",
                f"{GROUP}.exception.to",
                "the group already meets that day",
            ),
            ('kind = "moved"', 'kind = "gone"', f"{GROUP}.exception.kind", None),
            (
                'kind = "moved"',
                'kind = "cancelled"',
                f"{GROUP}.exception.to",
                "has no place with kind cancelled",
            ),
            (
                'ends = "21:30"',
                'ends = "18:00"',
                f"{GROUP}.exception.ends",
                "should be later than starts, on the same evening",
            ),
            (
                'location = "the-base"      ',
                'location = "nowhere"      ',
                f"{GROUP}.exception.location",
                None,
            ),
            (
                "from = 2029-07-16",
                "from = 2029-09-16",
                f"{GROUP}.summer_stop.until",
                "should not be before from",
            ),
            ('reason = "Op', 'because = "Op', f"{GROUP}.exception.because", None),
        ],
    )
    def test_a_mistake_names_its_key(self, old, new, place, said):
        found = mistakes(old, new)

        assert found[0][0] == place
        assert said is None or found[0] == (place, said)

    def test_an_exception_used_twice_is_named(self):
        again = '[[group.exception]]\ndate = 2029-12-25\nkind = "cancelled"\n\n[[group.summer_stop]]'

        assert mistakes("[[group.summer_stop]]", again) == [
            (f"{GROUP}.exception number 2.date", "is used twice")
        ]

    def test_stops_that_overlap_are_named(self):
        again = "[[group.summer_stop]]\nfrom = 2029-08-20\nuntil = 2029-09-01\n\n[[group.summer_stop]]"

        assert mistakes("[[group.summer_stop]]", again) == [
            (f"{GROUP}.summer_stop number 2.from", "overlaps with another summer_stop of this group")
        ]
