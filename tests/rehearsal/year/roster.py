"""Who comes to Join Us in the year, when, and what happens to them: forty made-up youngsters, as a table.

What somebody answers is left to their character; what stands here happens on its day. ``how``: *invited* after a talk
elsewhere, *signed up* by themselves, or *phone* for somebody too young for Telegram, who takes part all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast

from bot.rehearsal.personas import Character

How = Literal["invited", "signed up", "phone"]


@dataclass(frozen=True, slots=True)
class Youngster:
    """*events*: at which local moment what happens."""

    name: str
    group: str
    born: str
    character: Character
    how: How
    joins: date
    events: tuple[tuple[datetime, str], ...]


TABLE = """
Sam | 18-25 | 2004-03 | ordinary | invited | 2026-09-01 | 2026-09-03 challenge; 2027-03-02 outflow
Noa | 18-25 | 2003-07 | ordinary | invited | 2026-09-01 | 2026-10-06 outflow aftercare
Ids | 18-25 | 2005-01 | shy | invited | 2026-09-01 | 2026-09-10 challenge; 2026-12-14 leaves
Puk | 18-25 | 2006-11 | silent | invited | 2026-09-02 | 2026-11-05 pause open; 2027-01-20 back
Teun | 18-25 | 2002-05 | ordinary | invited | 2026-09-02 | 2027-01-06 breaks; 2027-02-08 returns
Wout | 18-25 | 2001-02 | goes_wrong | invited | 2026-09-03 | 2026-10-19 pause week; 2027-05-10 refers
Fem | 18-25 | 2004-09 | ordinary | invited | 2026-09-03 | 2026-11-30 stops; 2027-01-11 starts again
Yara | 18-25 | 2005-06 | silent | invited | 2026-09-04 | 2027-02-15 blocks; 2027-03-08 unblocks
Ruud | 18-25 | 2006-04 | ordinary | invited | 2026-09-04 | 2026-12-07 dies
Lies | 18-25 | 2003-12 | shy | signed up | 2026-09-28 | 2026-11-09 challenge
Bram | 18-25 | 2007-02 | ordinary | signed up | 2026-10-08 | 2027-01-13 pause week
Juul | 18-25 | 2002-10 | ordinary | invited | 2026-10-26 | 2027-01-18 challenge; 2027-05-03 outflow
Gijs | 18-25 | 2004-04 | goes_wrong | signed up | 2026-11-04 | 2027-04-12 pause open
Dirk | 18-25 | 2005-08 | shy | invited | 2026-11-12 |
Roos | 18-25 | 2006-06 | ordinary | signed up | 2026-11-23 | 2027-03-16 challenge
Mees | 18-25 | 2003-03 | ordinary | invited | 2026-12-03 | 2027-06-07 stops
Eefje | 18-25 | 2004-12 | silent | signed up | 2027-01-07 |
Job | 18-25 | 2002-07 | ordinary | invited | 2027-01-14 | 2027-06-15 erases
Anouk | 18-25 | 2001-09 | shy | invited | 2027-01-21 |
Boris | 18-25 | 2005-05 | ordinary | signed up | 2027-02-02 |
Cato | 18-25 | 2006-01 | goes_wrong | invited | 2027-02-18 |
Daan | 18-25 | 2003-10 | ordinary | signed up | 2027-03-11 |
Kim | 12-18 | 2008-12 | ordinary | invited | 2026-09-01 | 2026-09-09 challenge
Mila | 12-18 | 2009-10 | ordinary | invited | 2026-09-01 | 2026-12-02 challenge
Luuk | 12-18 | 2009-05 | shy | invited | 2026-09-02 | 2026-10-12 pause week
Saar | 12-18 | 2010-03 | ordinary | invited | 2026-09-02 | 2027-02-10 challenge
Finn | 12-18 | 2009-12 | silent | invited | 2026-09-03 |
Evi | 12-18 | 2010-01 | goes_wrong | invited | 2026-09-03 | 2026-11-16 refers
Thijs | 12-18 | 2009-02 | ordinary | invited | 2026-09-04 | 2027-03-03 outflow
Fien | 12-18 | 2012-05 | ordinary | phone | 2026-09-07 |
Jip | 12-18 | 2009-08 | ordinary | signed up | 2026-09-24 | 2026-12-16 breaks; 2027-01-25 returns
Sofie | 12-18 | 2010-02 | shy | signed up | 2026-10-15 | 2027-02-22 leaves; 2027-04-07 comes back
Otis | 12-18 | 2009-11 | ordinary | invited | 2026-11-02 | 2026-11-05 challenge
Nina | 12-18 | 2008-10 | ordinary | invited | 2026-11-11 | 2027-04-19 stops
Siem | 12-18 | 2010-05 | goes_wrong | signed up | 2026-12-08 |
Vic | 12-18 | 2009-06 | silent | invited | 2027-01-12 | 2027-05-17 blocks
Pien | 12-18 | 2009-09 | ordinary | signed up | 2027-02-03 | 2027-03-30 pause week
Hugo | 12-18 | 2010-04 | ordinary | invited | 2027-03-05 | 2027-06-22 erases
Isa | 12-18 | 2010-07 | shy | signed up | 2027-04-06 |
Morris | 12-18 | 2010-08 | ordinary | invited | 2027-05-06 |
"""
HOUR = 11
"""When staff do what the table says; what a youngster does comes in the afternoon."""


def everybody(table: str = TABLE) -> list[Youngster]:
    """The rows of the table."""
    return [_row(line) for line in table.strip().splitlines()]


def _row(line: str) -> Youngster:
    name, group, born, character, how, joins, events = (part.strip() for part in line.split("|"))
    found = []
    for part in filter(None, (one.strip() for one in events.split(";"))):
        day, _, what = part.partition(" ")
        found.append((datetime.fromisoformat(f"{day} {HOUR}:00"), what))
    return Youngster(
        name, group, born, cast(Character, character), cast(How, how), date.fromisoformat(joins), tuple(found)
    )
