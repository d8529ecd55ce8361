"""A server may be odd in many ways and right: the trace of one record names the same there."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.finding import Status
from oneroster_checks.tracing.model import LinkState, SubjectKind
from oneroster_practice.fault import Fault, Problem
from oneroster_practice.faults import FAULTS

from .odd import NEED_READING, ODD
from .traced import CODES, NOTED, VERSIONS, district_of, planted, traced

# A filter hides nothing where it is not followed, and where no list is below a record nothing shows what it hides.
UNSEEN = {
    "trace.hidden-by-filter": {*NEED_READING, "no lists below records", "only lists at the top"},
    "trace.own-list-differs": {"no lists below records", "only lists at the top"},
}
# What is named in its place where not all of it was seen, and is true as well.
LESS = {"trace.without-account": {"trace.not-found"}}
RECORDS: tuple[tuple[SubjectKind, str], ...] = (
    ("student", "s1000046"),
    ("student", "21000046"),
    ("class", "class-3"),
    ("grade", "result-30"),
    ("grade", "lineItem-3"),
)
# These depend on what a server does with lists and filters; each of the others is tried on a third of the servers.
DEPEND = {
    "trace.not-found", "trace.without-account", "trace.several-users", "trace.lists-differ", "trace.stale",
    "trace.school-not-shared", "trace.no-enrollment", "trace.enrollment-ended", "trace.hidden-by-filter",
    "trace.own-list-differs", "trace.class-not-returned", "trace.class-without-teacher", "trace.term-missing",
    "trace.no-result", "trace.line-item-missing", "trace.line-item-without-class", "trace.category-missing",
    "trace.result-other-student",
}  # fmt: skip
CASES = [
    (code, odd, VERSIONS[(at + number) % 2])
    for at, code in enumerate(CODES)
    for number, odd in enumerate(ODD)
    if odd not in UNSEEN.get(code, ()) and (code in DEPEND or (at + number) % 3 == 0)
]
WITHOUT_A_YES = [
    (code, odd)
    for at, code in enumerate(CODES)
    for number, odd in enumerate(sorted(NEED_READING))
    if (at + number) % 3 == 0 or code == "trace.enrollment-ended"
]


@pytest.mark.parametrize(("code", "odd", "version"), CASES)
async def test_the_same_is_named(code: str, odd: str, version: OneRosterVersion) -> None:
    with district_of(ODD[odd](FAULTS[code]), version) as district:
        trace = await planted(district, may_read=True)
    verdict = trace.result.verdict
    assert (verdict.cause, verdict.status) == (code, Status.WARN if code in NOTED else Status.FAIL)
    assert "trace.needs-whole-list" not in {each.finding.cause for each in trace.result.findings}


def test_what_depends_on_lists_is_known() -> None:
    assert {*CODES} > DEPEND


@pytest.mark.parametrize(("code", "odd"), WITHOUT_A_YES)
async def test_without_a_yes_nothing_is_named_that_was_not_seen(code: str, odd: str) -> None:
    # Its lists are too long for one page.
    with district_of(ODD[odd](FAULTS[code]), "1.2", "medium") as district:
        trace = await planted(district)
    findings = [each.finding for each in trace.result.findings if each.finding.check.startswith("trace.")]
    named = {finding.cause for finding in findings}
    assert named <= {code, "trace.needs-whole-list", *LESS.get(code, ())}
    assert named or code in UNSEEN
    assert trace.chain is not None
    if any("more enrollments not seen" in link.told for link in trace.chain.each()):
        assert {f.status for f in findings if f.check.startswith(("trace.enrollment", "trace.class"))} <= {
            Status.WARN
        }


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(("kind", "id"), RECORDS)
@pytest.mark.parametrize("odd", ODD)
async def test_nothing_is_named_where_nothing_is_wrong(
    odd: str, kind: SubjectKind, id: str, version: OneRosterVersion
) -> None:
    healthy = Fault(Problem("trace.not-found", "Nothing is wrong", share=("rostering", "gradebook")))
    with district_of(ODD[odd](healthy), version) as district:
        trace = await traced(district, kind, id.replace("s1", "1") if version == "1.2" else id, may_read=True)
    assert trace.is_fine
    assert trace.chain is not None
    assert {link.state for link in trace.chain.each()} == {LinkState.FINE}
