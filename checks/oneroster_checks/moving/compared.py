"""The checks of a move, in the order in which they are told, each over what both sides have."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..causes.words import report, shown_facts
from ..evidence import Evidence
from ..finding import FactDict, Finding, Stage, Status
from ..labels import PARTS
from ..records.disk import DiskFault
from ..records.move_found import DELETED
from ..records.move_keeper import MoveKeeper
from ..redaction.shown import redacted_facts
from ..result import ReportedFinding
from ..stages.model import failed
from ..stages.outcome import Outcome
from .model import KindCounts, MoveSide, SideRead
from .sides import ending, not_read, other_district, other_year, parts_missing, parts_unexpected

# What both sides must have been read of, and whose numbers a report has, in the order of reading.
KINDS = ("orgs", "academicSessions", "courses", "classes", "users", "enrollments", "lineItems", "results")
# Whom the roles of a family are called, where the new side has nobody of it.
_PEOPLE = {
    "student": "students",
    "teacher": "teachers",
    "guardian": "guardians",
    "staff": "administrators or aides",
}
_OTHER_YEAR = "the two connections have different school years"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A check that is a rule over the records of both sides: what it needs, and what its pass says.

    `of_a_year` says that records of two school years cannot be compared.
    """

    check: str
    title: str
    code: str
    status: Status
    needs: tuple[str, ...]
    in_order: str
    of_a_year: bool = False


_PEOPLE_OF_SCHOOLS = ("users", "orgs")
_RULES = (
    _Rule(
        "move.schools", "Schools", "migrate.school-missing", Status.FAIL, ("orgs", "users"),
        "All {of} schools of the old connection are in the new one.",
    ),
    _Rule(
        "move.ids", "Repeated sourcedIds", "migrate.duplicate-id", Status.FAIL, ("users",),
        "No sourcedId of a user, class, or school came twice.",
    ),
    _Rule(
        "move.legacy-twice", "Legacy ids", "migrate.legacy-duplicate", Status.FAIL, ("users",),
        "No two new users have the same legacy id.",
    ),
    _Rule(
        "move.taken-ids", "New sourcedIds", "migrate.id-collision", Status.FAIL, ("users",),
        "No new sourcedId was somebody else's.",
    ),
    _Rule(
        "move.legacy", "Legacy ids of new users", "migrate.legacy-missing", Status.FAIL, _PEOPLE_OF_SCHOOLS,
        "Nobody is missing whom a new user without a legacy id could be.",
    ),
    _Rule(
        "move.users", "Old users", "migrate.users-lost", Status.FAIL, _PEOPLE_OF_SCHOOLS,
        "All {of} users of the old connection are in the new one.",
    ),
    _Rule(
        "move.classes", "Classes", "migrate.classes-lost", Status.FAIL, ("classes", "courses", "orgs"),
        "All {of} classes of the old connection are in the new one.", of_a_year=True,
    ),
    _Rule(
        "move.enrollments", "Enrollments", "migrate.enrollments-lost", Status.FAIL, ("enrollments", "users", "classes"),
        "Every enrollment whose user and class were found is in the new connection.", of_a_year=True,
    ),
    _Rule(
        "move.line-items", "Line items", "migrate.line-items-lost", Status.FAIL, ("lineItems", "classes"),
        "Every line item whose class was found is in the new connection.", of_a_year=True,
    ),
    _Rule(
        "move.results", "Results", "migrate.results-lost", Status.FAIL, ("results", "lineItems", "users"),
        "Every result whose line item and student were found is in the new connection.", of_a_year=True,
    ),
    _Rule(
        "move.roles", "Roles", "migrate.role-changed", Status.WARN, ("users",),
        "Every user has the same role in both connections.",
    ),
    _Rule(
        "move.user-schools", "Schools of users", "migrate.school-changed", Status.WARN, _PEOPLE_OF_SCHOOLS,
        "Every user is at the same school in both connections.",
    ),
    _Rule(
        "move.class-ids", "sourcedIds of classes", "migrate.class-ids-changed", Status.WARN,
        ("classes", "courses", "orgs"), "Classes have the same sourcedIds in both connections.", of_a_year=True,
    ),
)  # fmt: skip
_NOTES = (
    _Rule(
        "move.merged", "Users with several roles", "migrate.roles-merged", Status.WARN, ("users",),
        "Every new user comes from one old record.",
    ),
    _Rule(
        "move.new-users", "New users", "migrate.users-new", Status.WARN, _PEOPLE_OF_SCHOOLS,
        "Everybody in the new connection was in the old one.",
    ),
)  # fmt: skip


class MoveComparison:
    """Compares two sides that were read, once what matches is known; `kinds` are the numbers, `findings` the rest."""

    def __init__(
        self, keeper: MoveKeeper, old: SideRead, new: SideRead, sides: tuple[MoveSide, MoveSide]
    ) -> None:
        self.kinds: tuple[KindCounts, ...] = ()
        self.findings: list[ReportedFinding] = []
        self._keeper = keeper
        self._old = old
        self._new = new
        self._sides = sides
        self._counted: dict[str, int] = {}

    @property
    def is_whole(self) -> bool:
        """Whether everything was read, and both sides are of one district, so that what matches is all there is."""
        named = {each.finding.cause for each in self.findings}
        return bool(self.kinds) and not named & {"migrate.not-read", "migrate.other-district"}

    async def make(self) -> None:
        """Make all findings, in order. DiskFailed when the disk of this computer does not keep the records."""
        old, new = self._old, self._new
        for read, side in ((old, "old"), (new, "new")):
            self._tell(f"move.{side}", f"Reading the {side} connection", not_read(read, side))
        if not (old.is_authorized and new.is_authorized):
            return
        names_old = self._sides[1].connection.oneroster == "1.2" != self._sides[0].connection.oneroster
        await self._keeper.match(names_old=names_old)
        found = [await self._counts(kind) for kind in KINDS if old.has(kind) and new.has(kind)]
        district = other_district(found, self._proof("users", "classes", "orgs"))
        self._tell("move.district", "District", district)
        if district.cause is None:
            await self._rest()
        self.kinds = tuple(map(self._with_changes, found))

    def tell_disk(self, fault: DiskFault) -> None:
        """Tell that the records could not be kept, so that nothing is known."""
        detail = f"the disk of this computer, where the records are kept meanwhile, is {fault}"
        self._tell("move.disk", "Comparing", failed("migrate.not-read", side="old", detail=detail))

    async def _rest(self) -> None:
        old, new = self._old, self._new
        before = await self._keeper.asked(lambda database: database.years("old"))
        after = await self._keeper.asked(lambda database: database.years("new"))
        year = other_year(before, after, self._proof("academicSessions"))
        self._tell("move.year", "School year", year)
        self._tell("move.parts", "Data to share", parts_missing(old, new))
        self._tell("move.expected", "Data you expect", parts_unexpected(old, new))
        for rule in _RULES:
            await self._follow(rule, is_other_year=year.cause is not None)
        self._tell("move.credentials", "Old credentials", ending(old))
        for rule in _NOTES:
            await self._follow(rule, is_other_year=False)

    async def _counts(self, kind: str) -> KindCounts:
        return await self._keeper.asked(lambda database: database.counts(kind))

    async def _follow(self, rule: _Rule, *, is_other_year: bool) -> None:
        old, new = self._old, self._new
        if any(name not in old.reads and name not in new.reads for name in rule.needs):
            # Nobody expects them, so there is nothing to compare.
            return
        missing = [
            (name, side)
            for side, read in (("old", old), ("new", new))
            for name in rule.needs
            if not read.has(name)
        ]
        if missing:
            name, side = missing[0]
            reason = f"{PARTS.get(name, name)} were not read whole from the {side} connection"
            self._tell(rule.check, rule.title, Outcome(Status.SKIP, reason=reason))
            return
        if is_other_year and rule.of_a_year:
            self._tell(rule.check, rule.title, Outcome(Status.SKIP, reason=_OTHER_YEAR))
            return
        found, figures = await self._keeper.asked(lambda database: database.found(rule.code))
        self._counted[rule.code] = found.count
        proof = self._proof(*rule.needs[:1])
        if not found.count:
            outcome = Outcome(Status.PASS, facts={"of": found.of}, evidence=proof)
            self._tell(rule.check, rule.title, outcome, rule.in_order)
            return
        facts: FactDict = {"count": found.count, "of": found.of}
        facts |= {name: number for name, number in figures.items() if number}
        if found.examples:
            facts["examples"] = found.examples
        if found.kinds:
            facts["kinds"] = found.kinds
        if rule.code == "migrate.users-lost":
            if found.kinds.get(DELETED):
                facts["deleted"] = found.kinds[DELETED]
            gone = await self._keeper.asked(lambda database: database.roles_gone())
            if gone:
                facts["roles_gone"] = ", ".join(_PEOPLE.get(each, each) for each in gone)
        self._tell(rule.check, rule.title, Outcome(rule.status, rule.code, facts, proof))

    def _with_changes(self, counts: KindCounts) -> KindCounts:
        of = {
            "users": ("migrate.role-changed", "migrate.school-changed"),
            "classes": ("migrate.class-ids-changed",),
        }
        changed = sum(self._counted.get(code, 0) for code in of.get(counts.kind, ()))
        return replace(counts, changed=changed)

    def _proof(self, *collections: str) -> tuple[Evidence, ...]:
        """The requests for the first page of each collection on either side."""
        pages = (read.proof.get(name, ())[:1] for read in (self._old, self._new) for name in collections)
        return tuple(dict.fromkeys(each for some in pages for each in some))

    def _tell(self, check: str, title: str, outcome: Outcome, in_order: str = "") -> None:
        facts = shown_facts(outcome.cause, outcome.facts, in_order)
        for read in (self._old, self._new):
            if read.redactor is not None:
                facts = redacted_facts(facts, read.redactor)
        finding = Finding(
            check, title, Stage.DATA, outcome.status, outcome.cause, facts, outcome.reason,
            evidence=outcome.evidence,
        )  # fmt: skip
        self.findings.append(report(finding, self._sides[1].connection.provider, in_order))
