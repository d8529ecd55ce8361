"""A trace that cannot go on says at which request, and one that is broken off leaves nothing open."""

from __future__ import annotations

import asyncio
from typing import Literal

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.errors import InvalidSubject
from oneroster_checks.finding import Status
from oneroster_checks.tracing.model import LinkState, Subject, SubjectKind
from oneroster_checks.tracing.trace import trace
from oneroster_practice import PracticeDistrict
from oneroster_practice.fault import Fault, ListRules, Problem
from oneroster_practice.people import Role, family_name

from ...servers.relay import Relay
from .traced import VERSIONS, district_of, shown, traced

Filters = Literal["applied", "ignored", "refused"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("id", ["result-30", "lineItem-3", "nothing-30"])
async def test_a_grade_without_the_vendor_pair(id: str, version: OneRosterVersion) -> None:
    with PracticeDistrict("gradebook.vendor-credentials-missing", oneroster=version) as district:
        trace = await traced(district, "grade", id)
    assert trace.result.verdict.cause == "gradebook.vendor-credentials-missing"
    assert trace.chain is None
    assert trace.requests <= 12


@pytest.mark.parametrize(
    ("problem", "kind", "id", "path"),
    [
        ("gradebook.vendor-credentials-rejected", "grade", "result-30", "/results"),
        ("gradebook.not-enabled", "grade", "result-30", "/results"),
        ("access.part-broken", "student", "1000008", "/enrollments"),
        ("sharing.rostering-off", "student", "1000008", "/users"),
        ("access.forbidden", "class", "class-1", "/classes"),
        ("access.server-error", "teacher", "7000002", "/users"),
    ],
)
async def test_a_part_that_is_refused(problem: str, kind: SubjectKind, id: str, path: str) -> None:
    with PracticeDistrict(problem, oneroster="1.2") as district:
        trace = await traced(district, kind, id)
    assert trace.result.verdict.cause == "trace.stopped"
    assert trace.result.verdict.status is Status.FAIL
    assert path in trace.result.verdict.summary
    (found,) = [each.finding for each in trace.result.findings if each.finding.cause == "trace.stopped"]
    assert found.evidence


async def test_what_was_seen_before_a_list_fails_is_told_all_the_same() -> None:
    with PracticeDistrict("access.part-broken", oneroster="1.2") as district:
        trace = await traced(district, "student", "1000008")
    assert trace.chain is not None
    assert (trace.chain.what, trace.chain.state) == ("user", LinkState.FINE)
    assert [(link.what, link.state) for link in trace.chain.below] == [
        ("org", LinkState.FINE),
        ("enrollment", LinkState.UNSEEN),
    ]
    assert not trace.is_whole


@pytest.mark.parametrize("problem", ["token.invalid-client", "network.refused", "access.token-rejected"])
async def test_a_connection_that_fails_is_told_first(problem: str) -> None:
    with PracticeDistrict(problem) as district:
        trace = await traced(district, "student", "1000008")
    assert trace.chain is None
    assert trace.result.verdict.status is not Status.PASS
    assert not trace.is_fine
    if not problem.startswith("access."):
        assert trace.result.verdict.cause == problem
        assert trace.requests == 0


@pytest.mark.parametrize("filters", ["ignored", "refused"])
async def test_a_list_is_read_whole_only_with_a_yes(filters: Filters) -> None:
    odd = Fault(
        Problem("trace.needs-whole-list", "Filters are not followed"), lists=ListRules(filters=filters)
    )
    asked: list[tuple[str, int | None]] = []
    with district_of(odd, "1.2", "medium") as district:

        async def no(path: str, total: int | None) -> bool:
            asked.append((path, total))
            return False

        trace_of = Subject("student", "1000008")
        without = await trace(district.connection, district.credentials, trace_of, may_read=no)
    assert without.result.verdict.cause == "trace.needs-whole-list"
    assert without.result.verdict.status is Status.WARN
    assert asked == [("/enrollments", 87_780)]
    assert without.chain is not None
    # Those that the lists of the student's own classes have are there all the same.
    links = [link for link in without.chain.each() if link.what == "enrollment"]
    assert len([link for link in links if link.state is LinkState.FINE]) == 11
    assert [link.told for link in links if link.state is LinkState.UNSEEN] == [("more enrollments not seen",)]


async def test_how_far_a_list_was_read_is_told() -> None:
    odd = Fault(Problem("trace.needs-whole-list", "Filters are ignored"), lists=ListRules(filters="ignored"))
    told: list[tuple[str, int]] = []

    async def yes(path: str, total: int | None) -> bool:
        return True

    with district_of(odd, "1.2", "medium") as district:
        read = await trace(
            district.connection, district.credentials, Subject("student", "1000008"),
            may_read=yes, told=lambda path, records: told.append((path, records)),
        )  # fmt: skip
    assert read.is_fine
    assert read.chain is not None
    assert {link.state for link in read.chain.each()} == {LinkState.FINE}
    assert told[-1] == ("/enrollments", 87_780)
    assert [records for _, records in told] == sorted(records for _, records in told)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("filters", ["applied", "ignored", "refused"])
@pytest.mark.parametrize(
    "typed",
    [
        "someone.made-up@lakeside-high.example",
        "o'Brien.Nobody",
        "jaywalker77",
        "s1000046.{family}",
        "21000046",
    ],
)
async def test_what_was_typed_is_nowhere(typed: str, filters: Filters, version: OneRosterVersion) -> None:
    typed = typed.replace("{family}", family_name(Role.STUDENT, 45).lower())
    odd = Fault(Problem("trace.not-found", "Filters may not be followed"), lists=ListRules(filters=filters))
    with district_of(odd, version) as district:
        trace = await traced(district, "student", typed, may_read=True)
    assert trace.chain is not None
    text = shown(trace).casefold()
    words = [typed, typed.replace("'", "%27"), typed.replace("@", "%40"), typed.replace("'", "''")]
    assert [word for word in words if word.casefold() in text] == []


@pytest.mark.parametrize("text", ["", "  ", "x" * 400, "two\nlines", "bell\x07"])
async def test_what_is_no_id_is_refused_before_anything_is_sent(text: str) -> None:
    with PracticeDistrict() as district:
        async with Relay(district.connection) as relay:
            with pytest.raises(InvalidSubject):
                await trace(relay.connection, district.credentials, Subject("student", text))
    assert relay.requests == 0


class HoldsAt(Relay):
    """Holds the answer to the request of a number back until its client goes away."""

    number = 1

    async def before_answer(self, reader: asyncio.StreamReader) -> None:
        if self.requests == self.number:
            self.holds.set()
            await reader.read(1)
            raise ConnectionResetError

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.holds = asyncio.Event()


@pytest.mark.parametrize("number", range(1, 9))
async def test_a_cancel_leaves_nothing_open(number: int) -> None:
    with PracticeDistrict() as district:
        async with HoldsAt(district.connection) as relay:
            relay.number = number
            before = asyncio.all_tasks()
            task = asyncio.create_task(
                trace(relay.connection, district.credentials, Subject("student", "1000008"))
            )
            async with asyncio.timeout(20):
                await relay.holds.wait()
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                # The relay sees the end of each connection.
                await relay.closed()
            left = [each for each in asyncio.all_tasks() - before if not each.done()]
    assert left == []
    assert relay.requests == number
