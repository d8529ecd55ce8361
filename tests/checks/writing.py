"""What the tests of the write test share: a run of it and nothing else, a journal, and what the grade book holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from oneroster_checks.connection import Connection, Credentials, OAuthVersion, OneRosterVersion, Share
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Finding, Status
from oneroster_checks.made_records import COLLECTIONS, MadeRecord
from oneroster_checks.result import Result
from oneroster_checks.stages.write_test import CHECKS, LEFTOVERS
from oneroster_practice import PracticeDistrict

from ..practice.caller import Caller
from ..servers.meddler import Meddling, Passing
from ..servers.reply import Reply
from .http.sessions import SwiftClock

CLASS = "class-1"
SHARE: tuple[Share, ...] = ("rostering", "gradebook")
STEPS = tuple(check.id for check in CHECKS if check.id != LEFTOVERS)
REMOVAL = "gradebook.write-removal"
VERSIONS: tuple[tuple[OneRosterVersion, OAuthVersion], ...] = (("1.2", 2), ("1.1", 2), ("1.1", 1))


@dataclass
class Journal:
    """A journal in memory: `held` is what may be there, `taken` everything that ever was."""

    held: list[MadeRecord] = field(default_factory=list)
    taken: list[MadeRecord] = field(default_factory=list)
    classes: set[str] = field(default_factory=set)
    broken: bool = False

    def about_to_write(self, class_id: str, record: MadeRecord) -> None:
        if self.broken:
            raise OSError(28, "no space left")
        self.classes.add(class_id)
        self.held.append(record)
        self.taken.append(record)

    def removed(self, record: MadeRecord) -> None:
        if self.broken:
            raise OSError(28, "no space left")
        self.held.remove(record)


async def write_test(
    connection: Connection,
    credentials: Credentials,
    journal: Journal | None = None,
    *,
    class_id: str = CLASS,
) -> Result:
    """The result of the write test with what it requires; its pauses take no time."""
    return await run(
        connection,
        credentials,
        only=STEPS,
        write_test=class_id,
        journal=journal or Journal(),
        clock=SwiftClock(),
    )


def of_step(result: Result, step: str) -> Finding:
    """The finding of one step of the write test, by the end of its id."""
    found = result.finding(f"gradebook.write-{step}")
    assert found is not None
    return found


def failures(result: Result) -> dict[str, str | None]:
    """The causes of the findings that failed or warned, by the step."""
    return {
        each.finding.check.removeprefix("gradebook.write-"): each.finding.cause
        for each in result.findings
        if each.finding.status in (Status.FAIL, Status.WARN, Status.ERROR)
        and each.finding.check.startswith("gradebook.")
    }


def in_gradebook(district: PracticeDistrict) -> dict[str, Any]:
    """Everything that the grade book holds, by collection."""
    with Caller(district) as caller:
        return {path: caller.records(path.strip("/"), service="gradebook") for path in COLLECTIONS}


@contextmanager
def unchanged(district: PracticeDistrict) -> Generator[None]:
    """The grade book is afterwards as it was before."""
    before = in_gradebook(district)
    yield
    assert in_gradebook(district) == before


def says(test: Callable[[Passing], bool], reply: Reply, *, times: int | None = None) -> Meddling:
    """The requests that the test picks get this reply, all of them or the first ones."""
    left = [times]

    def meddle(passing: Passing) -> Reply | None:
        if not test(passing) or left[0] == 0:
            return None
        left[0] = None if left[0] is None else left[0] - 1
        return reply

    return meddle


def changes(method: str, collection: str, **values: object) -> Meddling:
    """The server keeps these values in place of what is sent to a collection."""

    def meddle(passing: Passing) -> bytes | None:
        if passing.method != method or not passing.is_of(collection):
            return None
        ((envelope, record),) = json.loads(passing.body).items()
        return json.dumps({envelope: {**record, **{k: v for k, v in values.items() if k in record}}}).encode()

    return meddle


def put_to(collection: str) -> Callable[[Passing], bool]:
    """Writes to a collection."""
    return lambda passing: passing.method == "PUT" and passing.is_of(collection)


def delete_of(collection: str) -> Callable[[Passing], bool]:
    """Deletions in a collection."""
    return lambda passing: passing.method == "DELETE" and passing.is_of(collection)


def read_of(collection: str) -> Callable[[Passing], bool]:
    """Reads of a test record of a collection by its id."""
    return lambda passing: passing.method == "GET" and passing.is_of(collection) and "orwt-" in passing.path
