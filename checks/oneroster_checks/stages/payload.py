"""The checks of the records: how a list is sent, of which version they are, whether they are whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from .. import limits
from ..connection import OneRosterVersion
from ..enumeration import enumerated
from ..finding import FactDict, Stage, Status
from ..standard.envelopes import Record
from ..standard.fields import ENTITY, RecordProblem, broken, problems
from ..standard.operations import collection
from .content_types import other_type
from .context import RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned
from .part_outcomes import expects_roster

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..records.violations import Violations


# How many of the lists that were sent as an object are named.
_PATHS_SHOWN = 5
# The share, in percent, of all of them; and the collections that are read before anything is compared.
_EVERY = 100
_ROSTER = ("/orgs", "/students", "/teachers", "/classes", "/enrollments", "/academicSessions")


def _read(run: RunContext) -> list[Reading]:
    return [reading for reading in run.readings.values() if reading.good and reading.listing]


async def _envelope(run: RunContext) -> Outcome:
    version = run.connection.oneroster
    readings = _read(run)
    for reading in readings:
        expected = collection(version, reading.path).envelope
        key = reading.listing.key if reading.listing else expected
        if key != expected:
            # The server may call its list anything, as it may a record.
            facts = known(
                {"path": reading.path, "expected": expected, "found": run.redactor.id(key) if key else None}
            )
            return warned("payload.other-key", reading.evidence, **facts)
    return passed(count=len(readings))


async def _content_type(run: RunContext) -> Outcome:
    readings = _read(run)
    for reading in readings:
        found = other_type(reading)
        if found:
            shown = run.redactor.id(found)
            return warned("payload.content-type", reading.evidence, path=reading.path, found=shown)
    return passed(count=len(readings))


async def _empty_lists(run: RunContext) -> Outcome:
    bare = run.data.bare
    if not bare:
        return passed()
    shown = tuple(bare)[:_PATHS_SHOWN]
    facts: FactDict = {"path": shown[0] if len(shown) == 1 else shown}
    if len(bare) > len(shown):
        facts["further"] = len(bare) - len(shown)
    return warned("payload.list-missing", *list(bare.values())[: limits.REQUESTS_SHOWN], **facts)


def version_of(record: Record) -> OneRosterVersion | None:
    """The OneRoster version that a user record has the shape of; None when it could be either."""
    if isinstance(record.get("roles"), list) or "primaryOrg" in record:
        return "1.2"
    if isinstance(record.get("role"), str) and ("orgs" in record or "orgSourcedIds" in record):
        return "1.1"
    return None


async def _version(run: RunContext) -> Outcome:
    chosen = run.connection.oneroster
    for path in ("/students", "/teachers", "/users"):
        reading = run.readings.get(path)
        versions = (
            Counter(version for row in reading.rows if (version := version_of(row))) if reading else Counter()
        )
        if not reading or not versions:
            continue
        found = versions.most_common(1)[0][0]
        facts: FactDict = {
            "path": path,
            "expected": chosen,
            "found": found,
            "count": versions[found],
        }
        if found != chosen:
            return failed("payload.version-mismatch", reading.evidence, **facts)
        return passed(reading.evidence, **facts)
    return skipped("no user record shows its version", goes_on=True)


async def _usable(run: RunContext) -> Outcome:
    """Whether nobody can use a collection at all; what is wrong in some records is told later in the run."""
    for reading in _read(run):
        if reading.path in _ROSTER and reading.rows and _is_of_no_use(run, reading):
            return _of_records(run, (reading.path,))
    outcome = _of_records(run, _ROSTER)
    if run.full is not None and outcome.status is not Status.SKIP:
        # Every record is judged later.
        return passed()
    if outcome.status is Status.SKIP:
        return replace(outcome, goes_on=True)
    return outcome if outcome.facts.get("share") == _EVERY else passed()


def _is_of_no_use(run: RunContext, reading: Reading) -> bool:
    """Whether each of the records lacks what they are there for."""
    version, entity = run.connection.oneroster, ENTITY.get(reading.path, "")
    return all(any(each.essential for each in problems(row, version, entity)) for row in reading.rows)


async def _records(run: RunContext) -> Outcome:
    if run.full is not None and run.full.judge.violations.records:
        return _of_all(run.full.judge.violations)
    if expects_roster(run.target) is None and _of_records(run, _ROSTER).facts.get("share") == _EVERY:
        return skipped("every record of the roster breaks the standard, as already found")
    return _of_records(run)


def _broken(run: RunContext, reading: Reading) -> list[list[RecordProblem]]:
    """What is wrong with its records, found once."""
    rows, found = run.broken.get(reading.path, ((), []))
    if rows is not reading.rows:
        found = broken(reading.rows, run.connection.oneroster, ENTITY.get(reading.path, ""))
        run.broken[reading.path] = reading.rows, found
    return found


def _of_records(run: RunContext, paths: Collection[str] = ()) -> Outcome:
    """What is wrong with the records that were read, at some paths or, with none, at all."""
    counted: Counter[tuple[str, str, str]] = Counter()
    essential: Counter[tuple[str, str, str]] = Counter()
    with_any = sampled = 0
    for reading in _read(run):
        if paths and reading.path not in paths:
            continue
        found = _broken(run, reading)
        sampled += len(reading.rows)
        with_any += len(found)
        for problem in chain.from_iterable(found):
            key = (reading.path, problem.field, problem.what)
            counted[key] += 1
            if problem.essential:
                essential[key] += 1
    if not sampled:
        return skipped("no records were read")
    if not counted:
        return passed(of=sampled)
    worst = (essential or counted).most_common(1)[0][0]
    evidence = run.readings[worst[0]].evidence
    facts: FactDict = {
        "path": worst[0], "detail": _detail(counted), "count": with_any, "of": sampled,
        "share": _share(with_any, sampled),
    }  # fmt: skip
    if essential:
        return failed("payload.invalid", evidence, **facts)
    return warned("payload.invalid", evidence, **facts)


def _of_all(found: Violations) -> Outcome:
    """What is wrong with every record that depth full has read, deleted ones too."""
    if not found.broken:
        return passed(count=0, of=found.records, examples=())
    facts: FactDict = {
        "detail": _detail(found.counted), "count": found.broken, "of": found.records, "kinds": found.kinds,
        "share": _share(found.broken, found.records), "examples": found.shown,
    }  # fmt: skip
    judged = failed if found.unusable else warned
    return judged("payload.invalid", **known(dict(facts)))


def _share(count: int, of: int) -> int:
    """How many these are in percent; less than all of them is not every record."""
    return _EVERY if count == of else min(round(100 * count / of), _EVERY - 1)


def _detail(counted: Counter[tuple[str, str, str]]) -> str:
    return enumerated(
        [f"{path} {field}: {what} ({number:,})" for (path, field, what), number in counted.most_common()]
    )


# Records that nobody can use are told before people are compared.
_FIRST = ("sharing.rostering", "year.active")
# What is only odd comes behind what is wrong with paging and queries.
_AFTER = (
    *_FIRST,
    "gradebook.content",
    "sharing.demographics",
    "sharing.resources",
    "sharing.assessments",
    "paging.pages",
    "paging.total",
    "query.filter",
    "query.sort",
    "query.fields",
)

CHECKS: tuple[Check, ...] = (
    Check(
        "payload.envelope", "List names",
        "Whether each list has the name the standard gives it.",
        Stage.PROTOCOL, _envelope, requires=("sharing.orgs",), after=_AFTER,
    ),
    Check(
        "payload.content-type", "Content type",
        "Whether lists are sent as JSON by their Content-Type header.",
        Stage.PROTOCOL, _content_type, requires=("sharing.orgs",), after=_AFTER,
    ),
    Check(
        "payload.version", "Record version",
        "Whether user records have the form of the OneRoster version you chose.",
        Stage.PROTOCOL, _version, requires=("sharing.orgs",), after=_FIRST, applies=expects_roster,
        in_order="[[The users have the form of OneRoster {found}.]]",
    ),
    Check(
        "payload.usable", "Usable records",
        "Whether each collection has records that can be used.",
        Stage.PROTOCOL, _usable, requires=("payload.version",), after=(*_FIRST, "paging.whole"),
        applies=expects_roster,
    ),
    Check(
        "payload.records", "Record fields",
        "Whether records have the required fields, with the right types and values.",
        Stage.PROTOCOL, _records, requires=("payload.usable",), after=_AFTER,
        in_order="[[Records checked: {of}.]]",
    ),
    Check(
        "payload.empty-lists", "Empty lists",
        "Whether a list without records is sent as an empty list.",
        Stage.PROTOCOL, _empty_lists, requires=("sharing.orgs",),
        # Behind the requests of depth full, which ask for more lists.
        after=(*_AFTER, "payload.content-type", "payload.records", "verified.reference-types", "verified.guardians"),
    ),
)  # fmt: skip
