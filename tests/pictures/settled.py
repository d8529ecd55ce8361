"""A real run of the practice district, with what changes from run to run settled: ports, times, dates, ids."""

from __future__ import annotations

import dataclasses
import re
import zlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.evidence import Evidence
from oneroster_checks.finding import Finding
from oneroster_checks.moving.migrating import migrate
from oneroster_checks.moving.model import MoveSide
from oneroster_checks.result import Result
from oneroster_checks.tracing.model import Link, Subject, SubjectKind, Trace
from oneroster_checks.tracing.trace import trace
from oneroster_practice import PracticeDistrict, PracticePair
from oneroster_wizard.draft import Draft, MovePlan
from oneroster_wizard.run_log import RunLog

T = TypeVar("T")

DAY = date(2026, 8, 15)
WHEN = datetime(2026, 11, 23, 20, 15, 30, tzinfo=UTC)
_TEXTS = (
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:50000"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), DAY.isoformat()),
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "20:15:30"),
    (re.compile(r"\b\d+ ms\b"), "12 ms"),
    (re.compile(r"\b\d+ seconds? apart\b"), "1 second apart"),
    (re.compile(r"\w{3}, \d\d \w{3} 20\d\d \d\d:\d\d:\d\d GMT"), "Mon, 23 Nov 2026 20:15:30 GMT"),
    (re.compile(r"\b[0-9a-f]{16,}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "request-id"),
)

_YEAR = re.compile(r"\b20\d\d(?=-\d\d-\d\d\b)")


async def settled_draft(problem: str | None = None) -> Draft:
    """A draft on the practice district with the log of a run that has ended."""
    with PracticeDistrict(problem) as district:
        log = RunLog(district.connection, district.credentials)
        async for event in stream(district.connection, district.credentials):
            log.record(event)
        connection = _settle_connection(district.connection)
        credentials = district.credentials
    settled = RunLog(
        connection, credentials, log.checks, _settle(log.findings), _settle(log.requests), _settle(log.result)
    )
    return Draft(connection=connection, credentials=credentials, practice=True, log=settled)


async def settled_trace(kind: SubjectKind, id: str) -> Trace:
    """The trace of a record of the healthy practice district, which has ended."""
    with PracticeDistrict() as district:
        found = await trace(district.connection, district.credentials, Subject(kind, id, shows_people=True))
    assert found.chain is not None
    # Days of the school year, which would all be one day as everything else is.
    return dataclasses.replace(_settle(found), chain=_in_one_year(found.chain))


async def settled_move(problem: str | None = None) -> Draft:
    """The draft of the old side of a practice pair, with a comparison of both that has ended."""
    with PracticePair(problem) as pair:
        sides = [(pair.old, "lakeside-1p1"), (pair.new, "lakeside-1p2")]
        moved = await migrate(*(MoveSide(each.connection, each.credentials, name) for each, name in sides))
        old, new = (
            Draft(profile=name, connection=_settle_connection(each.connection), credentials=each.credentials)
            for each, name in sides
        )
    old.move = MovePlan(old, new, _settle(moved))
    return old


def _in_one_year(link: Link) -> Link:
    today = date.today()
    later = DAY.year - (today.year - (today.month < 7))
    told = (_YEAR.sub(lambda year: str(int(year[0]) + later), words) for words in link.told)
    return dataclasses.replace(link, told=tuple(told), below=tuple(map(_in_one_year, link.below)))


def _settle_connection(connection: Connection) -> Connection:
    return _settle(connection).but(ca_file="")


def _settle(value: T) -> T:
    """The same value with everything that changes from run to run replaced."""
    return cast(T, _settled(value, ""))


def _settled(value: Any, name: str) -> Any:
    if isinstance(value, Credentials):
        return value
    if isinstance(value, datetime):
        return WHEN
    if isinstance(value, date):
        return DAY
    if isinstance(value, str) and type(value) is str:
        for pattern, instead in _TEXTS:
            value = pattern.sub(instead, value)
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {
            each.name: _settled(getattr(value, each.name), each.name) for each in dataclasses.fields(value)
        }
        if isinstance(value, Evidence):
            # A time that hangs on the address only: pictures with a time of their own for each request.
            changes["elapsed_ms"] = 5 + zlib.adler32(changes["url"].encode()) % 40
        elif isinstance(value, Finding):
            changes["duration_ms"] = sum(each.elapsed_ms for each in changes["evidence"])
        elif isinstance(value, Result):
            changes["duration_ms"] = 640
        return dataclasses.replace(value, **changes)
    if isinstance(value, Mapping):
        return {key: _settled(inner, str(key)) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_settled(inner, name) for inner in value)
    return value
