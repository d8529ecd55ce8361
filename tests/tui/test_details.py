"""The pane beside the list of checks: what was sent and what came back."""

from __future__ import annotations

import pytest

from oneroster_checks.diagnosis.runner import run
from oneroster_checks.evidence import Evidence, EvidenceKind
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict
from oneroster_wizard.widgets.details import details, request_line
from oneroster_wizard.widgets.result_words import point_details

URL = "https://district.example"


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        (Evidence("CONNECT", URL, None, 3, kind=EvidenceKind.CONNECTION), "CONNECT connected  3 ms"),
        (
            Evidence("CONNECT", URL, None, 3, kind=EvidenceKind.CONNECTION, failed=True),
            "CONNECT failed  3 ms",
        ),
        (Evidence("GET", URL, None, 3, failed=True), "GET no answer  3 ms"),
        (Evidence("GET", URL, 403, 3), "GET HTTP 403  3 ms"),
    ],
)
def test_a_request_says_what_came_back(evidence: Evidence, words: str) -> None:
    assert request_line(evidence).plain == f"{words}  {URL}"


@pytest.fixture
async def healthy() -> Result:
    with PracticeDistrict() as district:
        return await run(district.connection, district.credentials)


async def test_a_pass_repeats_no_sentence(healthy: Result) -> None:
    from oneroster_checks.diagnosis.plan import every_check, info

    quiet = [each for each in healthy.findings if not each.says_more]
    assert quiet
    by_id = {check.id: info(check) for check in every_check()}
    for reported in quiet:
        assert reported.summary not in details(by_id[reported.finding.check], reported, ()).plain


async def test_the_checks_behind_a_point_are_named(healthy: Result) -> None:
    (row,) = [each for each in healthy.checklist if each.item == "connection-active"]
    titles = [each.finding.title for each in healthy.findings if each.finding.check in row.findings]
    text = point_details(row, healthy).plain
    assert titles
    assert all(title in text for title in titles)
