"""Traces what a practice district says is to be traced, and makes districts whose fault is not among the known ones."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from unittest.mock import patch

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.tracing.model import Subject, SubjectKind, Trace
from oneroster_checks.tracing.trace import trace
from oneroster_practice import PracticeDistrict, problems
from oneroster_practice.fault import Fault
from oneroster_practice.faults import FAULTS
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES, MAIL_DOMAIN

VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")
CODES = [problem.code for problem in problems() if problem.traced is not None]
# What breaks nothing, so that a trace names it as a warning.
NOTED = frozenset({
    "trace.hidden-by-filter",
    "trace.own-list-differs",
    "trace.changed-today",
    "trace.class-without-teacher",
    "trace.score-out-of-range",
    "trace.due-outside-period",
    "trace.category-missing",
})  # fmt: skip


async def allowed(path: str, total: int | None) -> bool:
    """Every list may be read whole."""
    return True


async def planted(district: PracticeDistrict, *, may_read: bool = False) -> Trace:
    """The trace of the record that a district's problem is about."""
    assert district.traced is not None
    kind, id = district.traced
    return await traced(district, kind, id, may_read=may_read)


async def traced(
    district: PracticeDistrict, kind: SubjectKind, id: str, *, only_class: str = "", may_read: bool = False
) -> Trace:
    """The trace of one record of a district; with `may_read` lists may be read whole."""
    subject = Subject(kind, id, only_class)
    if may_read:
        return await trace(district.connection, district.credentials, subject, may_read=allowed)
    return await trace(district.connection, district.credentials, subject)


@contextmanager
def district_of(fault: Fault, version: OneRosterVersion, size: str = "small") -> Generator[PracticeDistrict]:
    """A district with a fault that is made for a test; its problem must have a code that is known."""
    assert fault.problem is not None
    with (
        patch.dict(FAULTS, {fault.problem.code: fault}),
        PracticeDistrict(fault.problem.code, oneroster=version, size=size) as district,
    ):
        yield district


def personal_values(number: int, letter: str) -> tuple[str, ...]:
    """What must be nowhere: every name and the domain of every email, and how one person is called."""
    return (*GIVEN_NAMES, *FAMILY_NAMES, MAIL_DOMAIN, f"2{number}", f"{letter}{number}.")


def shown(trace: Trace) -> str:
    """Everything of a trace that anybody can see."""
    return f"{trace!r} {trace.chain!r} {trace.result!r} {trace.result.trace!r}"
