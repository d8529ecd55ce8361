"""Each fault of the data that a practice district can have is found as often as it is there, and nothing else is."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import SHARES, OneRosterVersion, Share
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Finding, Status
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict
from oneroster_practice.faults import problems

CODES = [problem.code for problem in problems() if problem.code.startswith("data.")]
VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")


async def what_is_wrong(district: PracticeDistrict) -> dict[str | None, Finding]:
    """What a full read of a district finds wrong, by cause."""
    result = await run(district.connection, district.credentials, depth=Depth.FULL)
    told = (Status.FAIL, Status.WARN, Status.ERROR)
    return {each.finding.cause: each.finding for each in result.findings if each.finding.status in told}


def test_every_fault_of_the_data_can_be_planted() -> None:
    assert len(CODES) == 19


@pytest.mark.parametrize("oneroster", VERSIONS)
@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("code", CODES)
async def test_a_planted_fault_is_found_as_often_as_it_is_there(
    code: str, count: int, oneroster: OneRosterVersion
) -> None:
    count = min(count, 3) + (count == 1) if code == "data.org-cycle" else count
    with PracticeDistrict(code, oneroster=oneroster, count=count) as district:
        wrong = await what_is_wrong(district)
    assert list(wrong) == [code]
    facts = wrong[code].facts
    assert facts["count"] == count
    of, examples = facts["of"], facts["examples"]
    assert isinstance(of, int)
    assert isinstance(examples, tuple)
    assert of >= count
    assert 1 <= len(examples) <= 5


@pytest.mark.parametrize("oneroster", VERSIONS)
@pytest.mark.parametrize("size", ["small", "medium"])
async def test_a_healthy_district_breaks_no_rule(size: str, oneroster: OneRosterVersion) -> None:
    share: tuple[Share, ...] = tuple(part for part in SHARES if oneroster == "1.2" or part != "assessments")
    with PracticeDistrict(size=size, oneroster=oneroster, share=share) as district:
        assert await what_is_wrong(district) == {}
