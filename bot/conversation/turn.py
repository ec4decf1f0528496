"""One turn: the open transaction, the moment, who acts, and what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Connection

from bot.age import Band, band_on
from bot.authorize import Action, Role, Target, authorize
from bot.conversation.world import World
from bot.errors import Refused
from bot.message import Lane, Message, Promise, dump
from bot.storage import alarms, audit, halts, outbox, people
from bot.storage.people import Account, Person
from dialogs.text import plain


@dataclass(frozen=True, slots=True)
class Opening:
    """How the first message of a dialog goes out: most are replies; a due moment or a relay says otherwise."""

    lane: Lane = Lane.REPLY
    promise: Promise = Promise.SCREEN
    not_before: datetime | None = None
    not_after: datetime | None = None
    dedupe_key: str | None = None
    silent: bool = False
    doubt: str = ""


REPLY = Opening()


Alarm = tuple[str, str]
"""Kind and reference of something the operator hears: no words, no name."""


@dataclass(frozen=True, slots=True)
class Start:
    """A dialog that begins with somebody else, or later, because of what happened in this turn."""

    person_id: int
    script: str
    subject: Mapping[str, int]
    opening: Opening


@dataclass(slots=True)
class Turn:
    """*toast* is the small text that answers a tap; *alarms* are what the operator hears after commit.

    *made_link* is the token of an invitation made in this very turn: it is shown once and stored nowhere.
    *danger_kind* is what the words of this turn seem to be about: it chooses the helplines.
    *starts* begin when this turn is done.
    *ended* are the dialogs that ended in this turn, each with its ending.
    *speaker* is whose message this turn answers; none for what happens by itself.
    *stranger_language* is what the account of somebody unknown says it speaks, when we do too.
    *views* are what this turn asked to look at, with the answer.
    """

    conn: Connection
    world: World
    now: datetime
    toast: str = ""
    alarms: list[Alarm] = field(default_factory=list)
    made_link: str = ""
    danger_kind: str = ""
    starts: list[Start] = field(default_factory=list)
    ended: list[tuple[str, str]] = field(default_factory=list)
    stranger_language: str = ""
    speaker: int | None = None
    views: dict[tuple[int, Action, Target], bool] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.world.settings.zone).date()

    def band(self, person: Person) -> Band:
        return band_on(person.born, self.today)

    def language_of(self, person: Person | None) -> str:
        """The language somebody reads; *person* is none for a stranger."""
        return person.language if person else self.stranger_language or self.world.settings.language

    def phrase(self, key: str, person: Person | None = None, **facts: Any) -> str:
        """A small sentence of ours, in the language of *person*."""
        language = self.language_of(person)
        scope: Mapping[str, Any] = {"band": self.band(person) if person else "18plus", **facts}
        return plain(self.world.library.phrase(key, language)(scope))

    def phrase_in(self, language: str, key: str, **facts: Any) -> str:
        """A small sentence of ours in *language*, for a page that is read by grown-ups."""
        return plain(self.world.library.phrase(key, language)({"band": "18plus", **facts}))

    def send(
        self,
        person_id: int | None,
        account: Account,
        message: Message,
        opening: Opening = REPLY,
        edits: int | None = None,
    ) -> int:
        """Put *message* into the outbox; it leaves after commit. Returns the outbox row."""
        return outbox.add(
            self.conn,
            outbox.NewRow(
                account_id=account.id,
                person_id=person_id,
                lane=opening.lane,
                promise=opening.promise,
                payload=dump(replace(message, silent=message.silent or opening.silent)),
                not_before=opening.not_before,
                not_after=opening.not_after,
                dedupe_key=opening.dedupe_key,
                edits=edits,
            ),
            self.now,
        )

    def alarm(self, kind: str, reference: str = "") -> None:
        """Have the operator hear of it after commit; kept with whatever this turn decides."""
        alarms.add(self.conn, kind, reference, self.now)
        self.alarms.append((kind, reference))

    def begin(self, person: Person, script: str, subject: Mapping[str, int], opening: Opening) -> None:
        """Have *script* begin with somebody at the end of this turn, in the background."""
        self.starts.append(Start(person.id, script, subject, opening))

    def tell(self, person: Person, message: Message, opening: Opening = REPLY) -> int | None:
        """Send to a person if they can be reached."""
        account = people.account_of(self.conn, person.id)
        if account is None or account.state != "active":
            return None
        if person.role == "youth" and self.speaker != person.id and halts.running(self.conn, person.id):
            return None
        return self.send(person.id, account, message, opening)

    def allow(self, actor: Person, action: Action, target: Target) -> None:
        """Ask ``authorize`` and write the answer down. Raises ``Refused``; the caller decides what the person sees."""
        allowed = self.allowed(actor, action, target)
        if not allowed:
            raise Refused(actor.role, action, target.kind)

    def allowed(self, actor: Person, action: Action, target: Target) -> bool:
        """Ask ``authorize`` and write the answer down."""
        allowed = authorize(cast(Role, actor.role), action, target.relation)
        entry = audit.Entry(
            actor_id=actor.id,
            actor_role=actor.role,
            action=action,
            object_type=target.kind,
            object_id=target.id,
            subject_id=target.subject_id,
            outcome="allowed" if allowed else "refused",
        )
        audit.add(self.conn, entry, self.now)
        return allowed

    def may_see(self, actor: Person, action: Action, target: Target) -> bool:
        """The same for a view whose sentences and buttons each ask: one look is written down once a turn."""
        view = (actor.id, action, target)
        if view not in self.views:
            self.views[view] = self.allowed(actor, action, target)
        return self.views[view]

    def note(
        self, actor: Person, action: str, kind: str, object_id: int | None, subject_id: int | None
    ) -> None:
        """Write down something a person did with their own things, or that the bot did for them."""
        entry = audit.Entry(actor.id, actor.role, action, kind, object_id, subject_id, "done")
        audit.add(self.conn, entry, self.now)
