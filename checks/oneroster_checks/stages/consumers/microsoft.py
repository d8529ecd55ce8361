"""What Microsoft School Data Sync asks of a server, by its published collection of tests for OneRoster 1.1."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from ... import limits
from ...finding import FactDict
from ...labels import CONSUMER_NAMES
from ...records.reference_types import ReferenceTypes
from ...standard.envelopes import Record, id_of, references
from ...standard.fields import ENTITY, REFERENCE_MEMBERS, fields, problems
from ...standard.operations import collection, operation_of
from ..asked import ask, first_page
from ..context import RunContext
from ..judged_pages import two_small_pages
from ..judged_queries import changed_after, nothing_matches
from ..model import Check, Consumer, Outcome, failed, known, passed, skipped
from ..operation_answers import Answered, State
from ..people import is_guardian
from ..verified import Judging
from .steps import over_lists, step, without_records

MICROSOFT: Consumer = "microsoft-sds"
_NAME = CONSUMER_NAMES[MICROSOFT]
PATHS = (
    "/orgs", "/schools", "/academicSessions", "/terms", "/courses", "/classes", "/users", "/students", "/teachers",
    "/enrollments",
)  # fmt: skip
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")


async def _answers(run: RunContext) -> AsyncIterator[Answered]:
    """The answer of each collection that is read, one after the other."""
    for path in PATHS:
        yield await ask(run, collection(run.connection.oneroster, path))


async def _version(run: RunContext) -> Outcome:
    if run.connection.oneroster == "1.1":
        return passed()
    return skipped("Microsoft's tests are only for OneRoster 1.1, and this connection uses 1.2")


async def _lists(run: RunContext) -> Outcome:
    seconds: list[float] = []
    async for answer in _answers(run):
        outcome = without_records(MICROSOFT, answer)
        if outcome is not None:
            return outcome
        seconds.append(answer.evidence.elapsed_ms / 1000)
        if seconds[-1] > limits.SLOW_REQUEST_S:
            slow = round(seconds[-1], 1)
            return failed("load.slow", answer.evidence, seconds=slow, median=slow, path=answer.operation.path)
    return passed(of=len(seconds))


async def _totals(run: RunContext) -> Outcome:
    bad = [answer async for answer in _answers(run) if answer.works and answer.reading.total is None]
    if not bad:
        return passed()
    paths = [answer.operation.path for answer in bad]
    evidence = [answer.evidence for answer in bad[: limits.REQUESTS_SHOWN]]
    return failed("paging.total-missing", *evidence, path=", ".join(paths))


async def _first_records(run: RunContext) -> Outcome:
    version = run.connection.oneroster
    seen = 0
    async for answer in _answers(run):
        for row in answer.rows[:1]:
            seen += 1
            found = list(problems(row, version, ENTITY[answer.operation.path]))
            if found:
                facts: FactDict = {
                    "path": answer.operation.path, "count": 1, "of": 1,
                    "detail": "; ".join(f"{each.field}: {each.what}" for each in found[: limits.RECORDS_SHOWN]),
                }  # fmt: skip
                return failed("payload.invalid", answer.evidence, **facts)
    return passed(of=seen) if seen else skipped("no collection has records")


async def _references(run: RunContext) -> Outcome:
    version, seen = run.connection.oneroster, ReferenceTypes(run.connection.oneroster)
    async for answer in _answers(run):
        entity = ENTITY[answer.operation.path]
        for row in answer.rows[:1]:
            seen.add(answer.operation.path, [row])
            if seen.wrong:
                return failed("payload.reference-type", answer.evidence, **seen.facts())
            for field in fields(version, entity):
                lacking = _without_members(row.get(field.name)) if "reference to" in field.type else ""
                if lacking:
                    return failed(
                        "consumer.fields-missing", answer.evidence, path=answer.operation.path, count=1, of=1,
                        consumer=_NAME, detail=f"{field.name}.{lacking}",
                    )  # fmt: skip
    return passed(of=seen.of) if seen.of else skipped("no record has a reference")


def _without_members(value: object) -> str:
    """What the first reference lacks that every reference should have, "" for nothing."""
    item = value[0] if isinstance(value, list) and value else value
    if not isinstance(item, dict):
        return ""
    return next((member for member in REFERENCE_MEMBERS if not item.get(member)), "")


async def _usernames(run: RunContext) -> Outcome:
    page = await first_page(run, "/users")
    named = [row for row in page.rows if isinstance(row.get("username"), str) and row["username"]]
    if not named:
        return skipped("no user on the first page has a username", page.evidence)
    bad = [row for row in named if "@" in str(row["username"])]
    if not bad:
        return passed(page.evidence, of=len(named))
    ids = tuple(id for row in bad[: limits.RECORDS_SHOWN] if (id := id_of(row)))
    facts = known({"count": len(bad), "of": len(named), "examples": ids, "consumer": _NAME})
    return failed("consumer.usernames", page.evidence, **facts)


async def _times(run: RunContext) -> Outcome:
    seen = 0
    async for answer in _answers(run):
        bad = [row for row in answer.rows if not _TIME.fullmatch(str(row.get("dateLastModified")))]
        seen += len(answer.rows)
        if bad:
            ids = tuple(id for row in bad[: limits.RECORDS_SHOWN] if (id := id_of(row)))
            facts = known({"count": len(bad), "of": len(answer.rows), "examples": ids, "consumer": _NAME})
            return failed("consumer.timestamps", answer.evidence, path=answer.operation.path, **facts)
    return passed(of=seen) if seen else skipped("no collection has records")


async def _guardians(run: RunContext) -> Outcome:
    users, students = await first_page(run, "/users"), await first_page(run, "/students")
    people = [*users.rows, *students.rows]
    named = {agent for row in people for agent in references(row, "agents")}
    guardians = [row for row in users.rows if is_guardian(row) and row.get("status") != "tobedeleted"]
    agent = next(iter(sorted(named)), "")
    if not guardians and agent:
        # Those of a large district come behind the first page; one whom a student names is asked for.
        found = await ask(run, operation_of(run.connection.oneroster, "getUser"), agent)
        if found.state is State.ABSENT:
            return failed("accounts.guardians-missing", found.evidence, count=1, of=1, examples=(agent,))
        return passed(found.evidence, of=1) if found.works else skipped("the guardian could not be read")
    if not guardians:
        return skipped("the first page has no guardian, and no student on it names one", users.evidence)
    bad = [row for row in guardians if not _is_of_somebody(row, named)]
    # Students behind the first page may name the others.
    if len(bad) < len(guardians) or not users.whole_by_total:
        return passed(users.evidence, of=len(guardians))
    ids = tuple(id for row in bad[: limits.RECORDS_SHOWN] if (id := id_of(row)))
    return failed(
        "accounts.guardians-missing", users.evidence, count=len(bad), of=len(guardians), examples=ids
    )


def _is_of_somebody(guardian: Record, named: set[str]) -> bool:
    return bool(references(guardian, "agents")) or id_of(guardian) in named


def _over(id: str, title: str, description: str, judge: Judging, *causes: str) -> Check:
    return over_lists(MICROSOFT, id, title, description, judge, *causes, paths=lambda run: PATHS)


CHECKS: tuple[Check, ...] = (
    step(MICROSOFT, "sds.version", "Microsoft: OneRoster version",
         "Whether the connection has the OneRoster version of Microsoft's tests.", _version),
    step(MICROSOFT, "sds.answers", "Microsoft: lists",
         "Whether every list that is read comes as JSON within 30 seconds and has records.", _lists,
         in_order="[[Tried on {of} collections.]]"),
    step(MICROSOFT, "sds.total", "Microsoft: total counts",
         "Whether every list comes with X-Total-Count.", _totals),
    step(MICROSOFT, "sds.required-fields", "Microsoft: required fields",
         "Whether the first record of each list has the required fields with the right values.", _first_records,
         in_order="[[Records checked: {of}.]]"),
    step(MICROSOFT, "sds.references", "Microsoft: references",
         "Whether references of the first record of each list have href, sourcedId, and the right type.", _references,
         in_order="[[References checked: {of}.]]"),
    step(MICROSOFT, "sds.usernames", "Microsoft: usernames",
         "Whether usernames have no @ in them.", _usernames, in_order="[[Usernames checked: {of}.]]"),
    step(MICROSOFT, "sds.timestamps", "Microsoft: change dates",
         "Whether dateLastModified is in UTC with milliseconds.", _times, in_order="[[Records checked: {of}.]]"),
    _over("sds.paging", "Microsoft: paging", "Whether two pages of one record each differ.", two_small_pages,
          "paging.offset-ignored", "paging.duplicates", "paging.limit-ignored"),
    _over("sds.no-match", "Microsoft: filters that match nothing",
          "Whether a filter that matches no record returns an empty list.", nothing_matches, "query.no-match"),
    _over("sds.delta", "Microsoft: records that changed",
          "Whether a filter on dateLastModified returns only what changed after a date.", changed_after,
          "query.delta-ignored"),
    step(MICROSOFT, "sds.guardians", "Microsoft: guardians",
         "Whether guardians and students name each other.", _guardians,
         in_order="[[Guardians checked: {of}.]]"),
)  # fmt: skip
