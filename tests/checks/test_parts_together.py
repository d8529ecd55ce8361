"""Two parts of the data that the district does not share are one problem with two parts, wherever it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from oneroster_checks import problems
from oneroster_checks.causes.steps import SCREEN
from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.unable import unable_to_run
from oneroster_checks.finding import Status
from oneroster_checks.report import render, ticket
from oneroster_checks.result import Result

from .districts.district import District, data_says, gradebook_says
from .districts.replies import bare, error_1_2
from .districts.row import VENDOR_PAIR, Expected, Row, Typed, fails, run
from .districts.shapes import CAMPUS, GENERIC, V12

ALL_PARTS = Typed(share=("rostering", "demographics", "gradebook"), vendor=VENDOR_PAIR)
NO_DEMOGRAPHICS = data_says(error_1_2(403, "forbidden"), "demographics")
NEITHER = District(CAMPUS).where(NO_DEMOGRAPHICS, gradebook_says(bare(403)))
TITLE = "Demographics and Grade Book are not shared"
TURN_ON = "Under Data to Share, turn on Demographics and Grade Book, then click Save."


async def _result(district: District, expected: Expected, folder: Path, typed: Typed = ALL_PARTS) -> Result:
    result, _ = await run(Row("parts", district, expected, typed), folder)
    assert result.verdict.cause == expected.cause
    return result


async def test_two_refusals_are_one_problem_everywhere(tmp_path: Path) -> None:
    result = await _result(NEITHER, fails("sharing.demographics-off"), tmp_path)
    (problem,) = problems(result)
    assert (problem.title, problem.cause) == (TITLE, "sharing.demographics-off")
    assert problem.causes == ("sharing.demographics-off", "gradebook.not-enabled")
    assert problem.checks == ("sharing.demographics", "gradebook.read")
    verdict = result.verdict
    assert verdict.then == ()
    assert (verdict.summary, verdict.fix) == (problem.summary, problem.fix)
    assert verdict.summary == (
        "Rostering works, but the connection does not share demographics or the grade book: the requests were refused "
        "(HTTP 403)."
    )
    texts = [step.text for step in verdict.fix]
    assert texts[0].startswith(SCREEN)
    assert texts[0].endswith(TURN_ON)
    assert len([text for text in texts if "turn on" in text]) == 1
    for report in (ticket(result), render([result], "html"), " ".join(render([result], "text").split())):
        assert TITLE in report
        assert TURN_ON in report
        assert "After that, expect" not in report


async def test_json_has_every_problem_with_all_its_causes(tmp_path: Path) -> None:
    result = await _result(NEITHER, fails("sharing.demographics-off"), tmp_path)
    verdict = json.loads(render([result], "json"))["runs"][0]["verdict"]
    assert verdict["cause"] == "sharing.demographics-off"
    (problem,) = verdict["problems"]
    assert problem["causes"] == ["sharing.demographics-off", "gradebook.not-enabled"]
    assert problem["checks"] == ["sharing.demographics", "gradebook.read"]
    assert problem["fix"] == verdict["fix"]
    assert problem["title"] == TITLE


async def test_parts_that_are_refused_in_two_ways_are_one(tmp_path: Path) -> None:
    district = District(CAMPUS).where(NO_DEMOGRAPHICS, gradebook_says(bare(404)))
    result = await _result(district, fails("sharing.demographics-off"), tmp_path)
    assert "were refused (HTTP 403, HTTP 404)." in result.verdict.summary


async def test_a_scope_and_a_refusal_are_one(tmp_path: Path) -> None:
    """The scope leaves one part out, and the other is not found: both are turned on in the same place."""
    district = District(GENERIC).where(
        NO_DEMOGRAPHICS, gradebook_says(bare(404)), grants=f"{V12}roster.readonly"
    )
    result = await _result(district, fails("sharing.scope-missing"), tmp_path, ALL_PARTS)
    (problem,) = problems(result)
    assert problem.causes == ("sharing.scope-missing", "gradebook.not-enabled")
    assert problem.title == TITLE
    assert "the token's scope lacks roster-demographics.readonly" in problem.summary
    assert [step.text for step in problem.fix if "Turn on" in step.text] == [
        "Turn on demographics and the grade book for the vendor's connection."
    ]


async def test_what_only_a_provider_has_steps_for_is_told_alone(tmp_path: Path) -> None:
    """Ed-Fi offers no grade book: what the district turns on is one matter, what the vendor gives up another."""
    district = District(GENERIC).where(NO_DEMOGRAPHICS, gradebook_says(bare(404)))
    typed = Typed(share=("rostering", "demographics", "gradebook"), provider="ed-fi")
    result = await _result(district, fails("sharing.demographics-off"), tmp_path, typed)
    assert [problem.cause for problem in problems(result)] == [
        "sharing.demographics-off",
        "gradebook.not-enabled",
    ]
    assert result.verdict.then == ("gradebook.not-enabled",)


async def test_a_list_that_is_empty_is_a_problem_of_its_own(tmp_path: Path) -> None:
    district = District(CAMPUS).where(data_says(error_1_2(500, "server_busy"), "classes"), NO_DEMOGRAPHICS)
    result = await _result(district, fails("access.part-broken"), tmp_path)
    assert [problem.causes for problem in problems(result)] == [
        ("access.part-broken",),
        ("sharing.demographics-off",),
    ]


def test_a_run_that_never_began_is_one_problem() -> None:
    result = unable_to_run(Connection(client_id="x"), "tool.proxy", profile=None, facts={})
    (problem,) = problems(result)
    assert (problem.cause, problem.status) == ("tool.proxy", Status.ERROR)
    # A result that is kept without its findings still has what its verdict says.
    (bare_problem,) = problems(replace(result, findings=()))
    assert bare_problem.summary == result.verdict.summary
    assert bare_problem.title == "Unusable proxy"
