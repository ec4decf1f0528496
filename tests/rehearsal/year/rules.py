"""What must be true of everything that went out unasked in the year. Written from the table in the architecture, and
without any code of the schedule: own hours, own holidays, own caps.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.rehearsal.year.evenings import AMSTERDAM, Evening
from tests.rehearsal.year.ledger import Entry
from tests.rehearsal.year.probes import BEFORE, Probe, earlier, is_minor, is_quiet
from tests.rehearsal.year.town import Year

UNASKED = frozenset(
    {
        "meeting_48h", "meeting_3h", "two_weekly", "challenge", "measure", "readiness", "aftercare",
        "waiting_sign", "positive_log", "quieter",
    }
)  # fmt: skip
ASKED_OR_OWED = frozenset(
    {
        "nudge", "follow_up", "cue", "evaluate", "look_back", "pause_over", "trial_briefing", "trial_day_after",
        "meeting_moved", "meeting_cancelled", "place_moved", "reader_changed", "age_told", "goodbye", "deletion_soon",
        "term_ended", "withdrawn", "limits_again", "terms", "reconfirm", "inspection_told", "card_told", "erase",
        "danger_silence", "lost_hours",
    }
)  # fmt: skip
BY_PEOPLE = frozenset({"relay", "alert", "reply", "tidy"})
"""What has no due moment: words of people, and what follows at once from what somebody did."""
MAY_CHOOSE = frozenset({"two_weekly", "challenge", "positive_log"})
"""For these somebody may choose moments of their own, also in the morning."""
CHOSEN_MOMENT = frozenset({"nudge", "cue"})
IN_A_PAUSE = frozenset(
    {
        "danger_silence",
        "lost_hours",
        "meeting_moved",
        "meeting_cancelled",
        "place_moved",
        "erase",
        "relay",
        "alert",
        "pause_over",
    }
)
AFTER_LEAVING = frozenset(
    {"aftercare", "deletion_soon", "goodbye", "term_ended", "erase", "relay", "alert", "terms"}
)
TAKES_PART = frozenset({None, "trial", "participating", "outflow"})
GONE = frozenset({"left", "referred", "aftercare", "halted", "erased"})
MOST_A_DAY, MOST_A_WEEK, MOST_IN_A_GROUP = 1, 4, 15
LATE = timedelta(minutes=10)
FAULTS = frozenset({"turn_failed", "due_failed", "content_outdated"})
LEADS = {"18-25": {"Vera", "Tom"}, "12-18": {"Amira", "Bas"}}


@dataclass(frozen=True, slots=True)
class Report:
    """*failed* are the rules that were broken, one line each; *counted* says how much was looked at."""

    failed: tuple[str, ...]
    counted: Counter[str]


def check(year: Year) -> Report:
    """Everything at once."""
    return _Check(year).all()


class _Check:
    def __init__(self, year: Year) -> None:
        self.year = year
        self.counted: Counter[str] = Counter()
        self.group_of = {number: name for name, number in year.groups.items()}
        self.evening = {(one.group, one.name): one for one in year.evenings}
        self.of_youth = [one for one in year.ledger if one.who in year.people]
        self.by_person: dict[str, list[Entry]] = defaultdict(list)
        for one in self.of_youth:
            self.by_person[one.who].append(one)

    def all(self) -> Report:
        rules = (
            self._played, self._named, self._in_time, self._reminders_come, self._quiet_hours, self._caps,
            self._silence, self._groups, self._two_weekly, self._changes_are_told, self._staff, self._places,
            self._erased,
        )  # fmt: skip
        return Report(tuple(line for rule in rules for line in rule()), self.counted)

    def _played(self) -> Iterator[str]:
        yield from self.year.trouble
        yield from (f"the operator was called: {one}" for one in self.year.alarms if one in FAULTS)
        if self.year.outcomes["failed"]:
            yield f"{self.year.outcomes['failed']} turns failed"

    def _named(self) -> Iterator[str]:
        """Whatever nobody named would count as unasked, so nothing may be nameless."""
        for one in self.of_youth:
            if one.kind not in UNASKED | ASKED_OR_OWED | BY_PEOPLE:
                yield f"{_when(one)} a kind nobody named: {one.kind} ({one.line[:40]})"

    def _about(self, one: Entry) -> Evening | None:
        if one.evening is None:
            return None
        return self.evening.get((self.group_of[one.evening[0]], one.evening[1]))

    def _in_time(self) -> Iterator[str]:
        """Once for every moment an evening was announced for, at its time, never after it began."""
        seen: Counter[tuple[str, str, str, datetime]] = Counter()
        expected = self._expected()
        for one in self.of_youth:
            if one.kind not in BEFORE:
                continue
            about = self._about(one)
            start = about.starts(one.at) if about is not None else None
            if about is None or start is None:
                yield f"{_when(one)} {one.kind} about an evening that does not go on: {one.evening}"
                continue
            self.counted["reminders looked at"] += 1
            key = (one.who, one.kind, about.name, start)
            seen[key] += 1
            if seen[key] > 1:
                yield f"{_when(one)} {one.kind} of {about.name} a second time"
            if one.at >= start:
                yield f"{_when(one)} {one.kind} after it began"
            born = self.year.people[one.who].born
            minor = is_minor(born, one.at.astimezone(AMSTERDAM).date())
            moment = earlier(start - BEFORE[one.kind], minor=minor)
            if one.at < moment:
                yield f"{_when(one)} {one.kind} of {about.name} too early, it was to come {_local(moment)}"
            if one.at > moment + LATE:
                self.counted["reminders after their moment, because somebody came in or back later"] += 1
                if (one.who, one.kind, about.name, moment) in expected:
                    yield f"{_when(one)} {one.kind} of {about.name} late, it was to come {_local(moment)}"

    def _eligible(self, one: Probe) -> bool:
        facts = one.facts
        return (
            facts.state == "active"
            and facts.phase in TAKES_PART
            and not (facts.halted or facts.pausing or facts.leaving)
            and one.reachable
            and not (facts.moves_on is not None and facts.moves_on <= one.evening.name)
        )

    def _moment(self, one: Probe) -> bool:
        """Whether this really was the moment: by how the evening stood then."""
        start = one.evening.starts(one.at)
        return start is not None and earlier(start - BEFORE[one.kind], minor=one.minor) == one.at

    def _expected(self) -> set[tuple[str, str, str, datetime]]:
        """Reminders that nothing may hold back: of who takes part and attends, and did not answer already."""
        found = set()
        for one in self.year.probes:
            answered = one.said == "not" or (one.kind == "meeting_48h" and one.said == "come")
            if one.who and self._moment(one) and self._eligible(one) and one.attends and not answered:
                found.add((one.who, one.kind, one.evening.name, one.at))
        return found

    def _reminders_come(self) -> Iterator[str]:
        expected = self._expected()
        for who, kind, name, moment in sorted(expected, key=lambda one: one[3]):
            came = [
                one
                for one in self.by_person[who]
                if one.kind == kind
                and one.evening
                and one.evening[1] == name
                and moment <= one.at <= moment + LATE
            ]
            self.counted["reminders that had to come"] += 1
            if len(came) != 1:
                yield f"{_local(moment)} {who}: {kind} of {name} came {len(came)} times"
        for probe in self.year.probes:
            answered = probe.said == "not" or (probe.kind == "meeting_48h" and probe.said == "come")
            if not (probe.who and self._moment(probe)) or (self._eligible(probe) and not answered):
                continue
            self.counted["reminders that had to stay away"] += 1
            for one in self.by_person[probe.who]:
                same = one.kind == probe.kind and one.evening and one.evening[1] == probe.evening.name
                if same and probe.at <= one.at <= probe.at + timedelta(minutes=2):
                    yield f"{_when(one)} {one.kind} of {probe.evening.name} although {_why(probe)}"

    def _quiet_hours(self) -> Iterator[str]:
        for one in self.of_youth:
            if one.kind in CHOSEN_MOMENT | {"alert", "reply", "tidy"}:
                continue
            if one.kind == "relay" and one.silent:
                continue  # an answer they waited for comes at once, without a sound
            if one.kind in MAY_CHOOSE and one.facts is not None and one.facts.chose:
                continue
            minor = is_minor(self.year.people[one.who].born, one.at.astimezone(AMSTERDAM).date())
            if not is_quiet(one.at, minor=minor):
                self.counted["messages outside quiet hours"] += 1
                continue
            about = self._about(one)
            starts = [start for _, start in about.versions if start is not None] if about else []
            near = any(one.at < start < one.at + timedelta(hours=24) for start in starts)
            if near and one.kind in ("meeting_moved", "meeting_cancelled"):
                continue
            yield f"{_when(one)} {one.kind} in quiet hours ({one.line[:40]})"

    def _caps(self) -> Iterator[str]:
        """At most one a day and four in seven days; a reminder of who attends counts, and is never held back."""
        attending = {
            (probe.who, probe.kind, probe.evening.name)
            for probe in self.year.probes
            if probe.who and probe.attends
        }
        for who, entries in self.by_person.items():
            sent = [one for one in entries if one.kind in UNASKED]
            for place, one in enumerate(sent):
                self.counted["unasked messages"] += 1
                name = one.evening[1] if one.evening else ""
                if one.kind in BEFORE and (
                    (who, one.kind, name) in attending
                    or not any(p.evening.name == name for p in self._probes(who))
                ):
                    continue
                before = sent[:place]
                day = one.at.astimezone(AMSTERDAM).date()
                today = [two for two in before if two.at.astimezone(AMSTERDAM).date() == day]
                week = [two for two in before if two.at > one.at - timedelta(days=7)]
                if len(today) >= MOST_A_DAY:
                    yield f"{_when(one)} {one.kind} is a second unasked message that day, after {today[-1].kind}"
                if len(week) >= MOST_A_WEEK:
                    yield f"{_when(one)} {one.kind} is unasked message {len(week) + 1} in seven days"

    def _probes(self, who: str) -> list[Probe]:
        return [one for one in self.year.probes if one.who == who]

    def _silence(self) -> Iterator[str]:
        """Nothing to who stopped, left, blocked the bot, was halted, or is in a pause."""
        for one in self.of_youth:
            for since, until in self.year.stopped.get(one.who, []):
                inside = since + timedelta(seconds=5) < one.at and (until is None or one.at < until)
                if inside and one.kind not in AFTER_LEAVING - {"aftercare", "goodbye", "terms"}:
                    yield f"{_when(one)} {one.kind} to somebody who stopped ({one.line[:40]})"
            facts = one.facts
            if facts is None:
                continue
            self.counted["messages of which was looked whether they might come"] += 1
            if facts.halted:
                yield f"{_when(one)} {one.kind} to somebody who was halted"
            if facts.phase in GONE and one.kind not in AFTER_LEAVING:
                yield f"{_when(one)} {one.kind} in the phase {facts.phase}"
            if facts.pausing and one.kind not in IN_A_PAUSE:
                yield f"{_when(one)} {one.kind} in a pause"
            if facts.leaving and one.kind in UNASKED:
                yield f"{_when(one)} {one.kind} to somebody who asked to be erased"
            if one.kind in BEFORE and facts.phase not in TAKES_PART:
                yield f"{_when(one)} {one.kind} in the phase {facts.phase}"

    def _groups(self) -> Iterator[str]:
        """What is about an evening goes to who belongs to its group, and nobody else."""
        for one in self.of_youth:
            if one.evening is not None and one.facts is not None:
                self.counted["messages about an evening"] += 1
                goes = one.facts.moves_on
                if goes is not None and one.evening[1] >= goes and one.kind in BEFORE:
                    yield f"{_when(one)} {one.kind} about {one.evening}, after going to another group"
                if one.facts.group != one.evening[0]:
                    yield f"{_when(one)} {one.kind} about {one.evening} of another group"

    def _two_weekly(self) -> Iterator[str]:
        """Once after each evening, from four in the afternoon of the day after, within a week."""
        seen: Counter[tuple[str, str]] = Counter()
        for one in self.of_youth:
            if one.kind != "two_weekly" or one.evening is None:
                continue
            name = one.evening[1]
            seen[one.who, name] += 1
            if seen[one.who, name] > 1:
                yield f"{_when(one)} two_weekly of {name} a second time"
            about = self._about(one)
            starts = [start for _, start in about.versions if start is not None] if about else []
            # Of an evening that never was to be, in a holiday or a stop, its own day counts.
            days = [start.astimezone(AMSTERDAM).date() for start in starts] or [date.fromisoformat(name)]
            here = one.at.astimezone(AMSTERDAM).date()
            if not any(0 < (here - day).days <= 8 for day in days):
                yield f"{_when(one)} two_weekly of {name} on another day than after it"
            self.counted["two-weekly questions"] += 1

    def _changes_are_told(self) -> Iterator[str]:
        """Everybody whom a change concerns hears it, once."""
        told: Counter[tuple[str, str]] = Counter()
        for one in self.of_youth:
            if one.kind in ("meeting_moved", "meeting_cancelled"):
                told[one.who, one.occurrence] += 1
        yield from (
            f"{who}: {what} was told {often} times" for (who, what), often in told.items() if often > 1
        )
        for when, change, who in self.year.concerned:
            heard = [
                one
                for one in self.by_person[who]
                if one.kind in ("meeting_moved", "meeting_cancelled")
                and when <= one.at <= when + timedelta(hours=20)
                and one.evening
                and one.evening[1] == change.day
            ]
            self.counted["changes that had to be told"] += 1
            if len(heard) != 1:
                yield f"{_local(when)} {who} heard {len(heard)} times of {change.what} {change.day}"

    def _staff(self) -> Iterator[str]:
        """A card two hours before for who leads the group, one question who came, one digest a working day."""
        seen: Counter[tuple[str, str, str]] = Counter()
        for one in self.year.ledger:
            if one.who in self.year.people:
                continue
            about = self._about(one)
            if one.kind == "preparation" and about is not None:
                start = about.starts(one.at)
                wanted = start - timedelta(hours=2) if start is not None else None
                if wanted is None or not wanted <= one.at <= wanted + LATE:
                    yield f"{_when(one)} preparation of {about.name} at another time than {wanted}"
            if one.kind in ("preparation", "attendance") and about is not None:
                if one.who not in LEADS[about.group]:
                    yield f"{_when(one)} {one.kind} of another group"
                seen[one.who, one.kind, str(about.name) + str(about.starts(one.at))] += 1
            if one.kind == "digest":
                day = one.at.astimezone(AMSTERDAM).date()
                seen[one.who, one.kind, day.isoformat()] += 1
                if day.weekday() > 4:
                    yield f"{_when(one)} digest on a day off"
        self.counted["messages to staff"] = sum(one.who not in self.year.people for one in self.year.ledger)
        yield from (
            f"{who}: {kind} of {what} came {n} times" for (who, kind, what), n in seen.items() if n > 1
        )

    def _places(self) -> Iterator[str]:
        for day, group, taken in self.year.places:
            self.counted["counts of places"] += 1
            if taken > MOST_IN_A_GROUP:
                yield f"{day} {group} holds {taken}"

    def _erased(self) -> Iterator[str]:
        """Who asked for it, and who went on alone and whose time was over, is gone."""
        for who in self.year.gone:
            if who not in self.year.erased:
                yield f"{who} was to be erased"
            else:
                self.counted["people who were erased"] += 1


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%a %Y-%m-%d %H:%M}"


def _when(one: Entry) -> str:
    return f"{_local(one.at)} {one.who}:"


def _why(probe: Probe) -> str:
    facts = probe.facts
    return (
        f"said {probe.said}, state {facts.state}, phase {facts.phase}, halted {facts.halted},"
        f" pausing {facts.pausing}, leaving {facts.leaving}, reachable {probe.reachable}"
    )
