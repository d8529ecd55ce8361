"""The pane beside the list of checks: what was sent and what came back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_checks.diagnosis.plan import every_check, info
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.evidence import Evidence, EvidenceKind
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict
from oneroster_wizard.storage.profiles import Profile, ProfileStore
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


@pytest.fixture
async def refused() -> Result:
    with PracticeDistrict("access.forbidden") as district:
        return await run(district.connection, district.credentials)


async def test_what_the_server_said_is_beside_the_finding(refused: Result) -> None:
    (reported,) = [each for each in refused.findings if each.finding.check == "access.data"]
    (words, *_) = [each.said for each in reported.finding.evidence if each.said]
    check = next(info(each) for each in every_check() if each.id == "access.data")
    lines = details(check, reported, ()).plain.splitlines()
    assert lines[0] == reported.summary
    assert lines[1] == f"The server said: “{words}”"
    # While a check runs there is no finding yet, and its requests say what they say in the log only.
    assert words not in details(check, None, reported.finding.evidence).plain


@pytest.mark.parametrize("words", ["[bold red]no[/] [@click=app.quit]x[/]", "$text-error [/]", "\\[b]x"])
async def test_words_are_no_markup(words: str, refused: Result) -> None:
    (reported,) = [each for each in refused.findings if each.finding.check == "access.data"]
    spoken = tuple(replace(each, said=words) for each in reported.finding.evidence)
    loud = replace(reported, finding=replace(reported.finding, evidence=spoken))
    check = next(info(each) for each in every_check() if each.id == "access.data")
    content = details(check, loud, ())
    start = content.plain.index(words)
    assert f"The server said: “{words}”" in content.plain
    assert not [span for span in content.spans if span.start < start + len(words) and span.end > start]


def test_a_saved_result_keeps_the_words_and_is_read_again(refused: Result, tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    with PracticeDistrict() as district:
        store.save(Profile("a school", district.connection))
    store.save_run("a school", refused)
    kept = store.last_run("a school")
    assert kept is not None
    assert (kept.status, kept.cause) == ("fail", "access.forbidden")
    findings = store.history.result(kept).findings
    told = [entry.said for each in findings for entry in each.finding.evidence if entry.said]
    assert told == [entry.said for each in refused.findings for entry in each.finding.evidence if entry.said]
    assert told
