"""A server may be odd in many ways and right: the trace of one record names the same there."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.finding import Status
from oneroster_practice.faults import FAULTS

from .odd import NEED_READING, ODD
from .traced import CODES, NOTED, VERSIONS, district_of, planted

# A filter hides nothing where it is not followed, and where no list is below a record nothing shows what it hides.
UNSEEN = {
    "trace.hidden-by-filter": {*NEED_READING, "no lists below records", "only lists at the top"},
    "trace.own-list-differs": {"no lists below records", "only lists at the top"},
}
CASES = [
    (code, odd, VERSIONS[(at + number) % 2])
    for at, code in enumerate(CODES)
    for number, odd in enumerate(ODD)
    if odd not in UNSEEN.get(code, ())
]


@pytest.mark.parametrize(("code", "odd", "version"), CASES)
async def test_the_same_is_named(code: str, odd: str, version: OneRosterVersion) -> None:
    with district_of(ODD[odd](FAULTS[code]), version) as district:
        trace = await planted(district, may_read=True)
    verdict = trace.result.verdict
    assert (verdict.cause, verdict.status) == (code, Status.WARN if code in NOTED else Status.FAIL)
    assert "trace.needs-whole-list" not in {each.finding.cause for each in trace.result.findings}
