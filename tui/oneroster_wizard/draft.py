"""What the person has entered so far; it outlives every screen, so that Back loses nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from oneroster_checks.connection import (
    SECRET_FIELDS,
    Answer,
    Connection,
    Credentials,
    DatedAnswer,
    DistrictAnswer,
    Secret,
)

from .steps import WizardStep

if TYPE_CHECKING:
    from oneroster_checks.moving.model import Moved
    from oneroster_checks.result import Result
    from oneroster_checks.stages.model import Consumer

    from .draft_writes import DraftWrites
    from .kept_mapping import KeptMapping
    from .run_log import RunLog


@dataclass(slots=True)
class Draft:
    """One connection while the person works on it.

    `profile` is the name under which it is saved, empty while it is not. `remember` says whether the
    secrets go into the keyring, `stored` whether they are there; `tags` are those of the profile, and `district` is
    the district's name for messages, `moves_to` the profile that replaces it. `as_typed` holds
    texts that are not yet a value, such as half a date. `note` is one sentence for the next screen to show, `look_at`
    the field on which it opens, `every_record` whether runs read every record, `consumer` whose steps such runs take
    too, and `rerun` the checks that the next run is limited to, empty for all of them; `writes` is what it writes,
    None for nothing; `runs_anew` has it run although the last result is still true, and `to_trace` leads from the
    secrets to a trace, not to a run; `to_be_traced` is the kind and the id of the record by which a practice district
    shows its problem, and `move` the move of which this is one side. `refusals` counts the tries of watches, one after
    the other, in which the district refused this connection's credentials;
    `names_asked` says that the names for a message were asked for already.
    """

    profile: str = ""
    connection: Connection = field(default_factory=Connection)
    credentials: Credentials = field(default_factory=Credentials)
    answers: dict[str, DistrictAnswer] = field(default_factory=dict)
    remember: bool = True
    stored: bool = False
    tags: tuple[str, ...] = ()
    district: str = ""
    moves_to: str = ""
    practice: bool = False
    problem: str | None = None
    unsaved: bool = False
    note: str = ""
    suggested_name: str = ""
    # Not in the repr: what was pasted may hold a secret.
    as_typed: dict[str, str] = field(default_factory=dict, repr=False)
    log: RunLog | None = None
    look_at: str = ""
    rerun: tuple[str, ...] = ()
    every_record: bool = False
    consumer: Consumer | None = None
    writes: DraftWrites | None = None
    runs_anew: bool = False
    to_trace: bool = False
    to_be_traced: tuple[str, str] | None = None
    # Not in the repr: it leads back here.
    move: MovePlan | None = field(default=None, repr=False, compare=False)
    refusals: int = 0
    names_asked: bool = False

    @property
    def result(self) -> Result | None:
        """The result of the last run that came to its end, None before the first."""
        return self.log.result if self.log else None

    def change(self, **fields: object) -> None:
        """Put new values into the connection; OAuth 1 ends the choice of a fixed token, which it excludes."""
        if fields.get("oauth") == 1:
            fields = {"fixed_token": False, **fields}
        changed = self.connection.but(**fields)
        if changed != self.connection:
            self.connection = changed
            self.unsaved = True
            self.refusals = 0

    def changed_since_run(self) -> frozenset[str]:
        """The fields that differ from those of the last run, empty before the first."""
        if self.log is None:
            return frozenset()
        pairs = ((self.log.connection, self.connection), (self.log.credentials, self.credentials))
        return frozenset(
            each.name
            for before, now in pairs
            for each in fields(now)
            if getattr(before, each.name) != getattr(now, each.name)
        )

    def text(self, name: str) -> str:
        """The text of one input, as it was typed."""
        if name in self.as_typed:
            return self.as_typed[name]
        if name in SECRET_FIELDS:
            secret: Secret = getattr(self.credentials, name)
            return secret.reveal()
        if name == "created":
            return self.connection.created.isoformat() if self.connection.created else ""
        if name == "timeout":
            return f"{self.connection.timeout:g}"
        return str(getattr(self.connection, name))

    def put_text(self, name: str, text: str) -> None:
        """Take the text of one input: a plain field or a secret."""
        if name in SECRET_FIELDS:
            changes: dict[str, Secret] = {name: Secret(text)}
            changed = replace(self.credentials, **changes)
            if changed != self.credentials:
                self.credentials = changed
                self.stored = False
                self.unsaved = True
                self.refusals = 0
        else:
            self.change(**{name: text})

    def put_answer(self, question: str, answer: Answer, day: date) -> None:
        """Take an answer to what only the district knows, given on a day, into the checklist of the last run too."""
        answers: dict[str, DistrictAnswer] = {**self.answers, question: DatedAnswer(answer, day)}
        if answer == "unknown":
            del answers[question]
        if answers == self.answers:
            return
        self.answers = answers
        self.unsaved = True
        if self.log is not None and self.log.result is not None:
            from oneroster_checks.diagnosis.checklist import answered

            self.log.end(answered(self.log.result, self.answers))

    def secret_texts(self) -> list[str]:
        """The secrets in memory: its own, and those of both sides of its move."""
        sides = (self, self.move.old, self.move.new) if self.move is not None else (self,)
        return [text for side in sides if side is not None for text in side.credentials.texts()]

    @property
    def wants_vendor_pair(self) -> bool:
        """Whether grade-book requests, assessments among them, need the vendor's own key at this provider."""
        from oneroster_checks.diagnosis.questions import wants_grades
        from oneroster_checks.providers import provider

        return wants_grades(self.connection) and provider(self.connection.provider).vendor_header

    def name_to_offer(self, taken: Collection[str] = ()) -> str:
        """A name for the profile: its own, or what was typed, or one from the address that is not among those taken."""
        if self.profile:
            return self.profile
        name = self.suggested_name or self._name_of_host()
        used = {other.casefold() for other in taken}
        numbered = (f"{name} {number}" for number in count(2))
        return (
            name
            if name.casefold() not in used
            else next(each for each in numbered if each.casefold() not in used)
        )

    def _name_of_host(self) -> str:
        from oneroster_checks.urls import host_of

        first = host_of(self.connection.base_url).split(".")[0]
        return first if first and not first.isdigit() else "my-district"


@dataclass(slots=True, eq=False)
class MovePlan:
    """The connection to move from, and the one to move to, None as long as there is none.

    `moved` is what came of the last comparison, with the `mapping` of what matches in it, None where it was not kept.
    """

    old: Draft
    new: Draft | None = None
    moved: Moved | None = field(default=None, repr=False)
    mapping: KeptMapping | None = field(default=None, repr=False)
    # The side whose secrets are asked for now, None for neither.
    asking: Draft | None = field(default=None, repr=False)
    # The profiles whose secrets the person was asked for: who gives none is not asked again.
    _asked: set[str] = field(default_factory=set)

    def way(self) -> tuple[WizardStep, Draft]:
        """The step that comes next, with its draft: the secrets of a side that has none, then the comparison."""
        for which, side in (("old", self.old), ("new", self.new)):
            if self.new is None or side is None or side.credentials.client_secret:
                continue
            if side.profile not in self._asked:
                self._asked.add(side.profile)
                side.move, self.asking = self, side
                side.note = f"This is the {which} connection of the move. {side.note}".strip()
                return WizardStep.SECRETS, side
        self.old.move, self.asking = self, None
        return WizardStep.MOVE, self.old

    def keep(self, moved: Moved, mapping: KeptMapping | None) -> None:
        """Take what came of a comparison in the place of the one before."""
        if self.mapping is not None:
            self.mapping.close()
        self.moved, self.mapping = moved, mapping
