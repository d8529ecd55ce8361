"""The steps of Google that write: those of the write test, each a finding of its own, and nothing written twice."""

from __future__ import annotations

import pytest

from oneroster_checks.causes.remaining import to_fix
from oneroster_checks.connection import OneRosterVersion
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Status
from oneroster_checks.report.words import expected_after
from oneroster_checks.stages.consumers.steps import NOT_WRITTEN
from oneroster_practice import PracticeDistrict

from ...servers import json_reply
from ...servers.meddler import Meddler, Meddling, Passing
from ..http.sessions import SwiftClock
from ..writing import CLASS, STEPS, Journal, changes, delete_of, put_to, says, unchanged


def of_title(passing: Passing) -> bool:
    """The writing of the long title."""
    return put_to("lineItems")(passing) and b"long title" in passing.body


def of_score(passing: Passing) -> bool:
    """The writing of Google's score above the maximum."""
    return put_to("results")(passing) and b'"score":300' in passing.body.replace(b" ", b"")


def of_status(passing: Passing) -> bool:
    """The writing of a result that is exempt."""
    return put_to("results")(passing) and b'"exempt"' in passing.body


FORBIDDEN = json_reply(403, {"imsx_codeMajor": "failure", "imsx_description": "Writing is not allowed"})
REFUSED, NOT_KEPT, LEFT = "gradebook.write-refused", "gradebook.write-not-kept", "gradebook.cleanup-failed"
# One way to break each step that writes, and the cause that it names.
BROKEN_WRITES: tuple[tuple[str, Meddling, str], ...] = (
    ("google.line-item", says(put_to("lineItems"), FORBIDDEN), REFUSED),
    ("google.line-item-title", says(of_title, FORBIDDEN), REFUSED),
    ("google.line-item-title", lambda passing: passing.body.replace(b"again and ", b"") if of_title(passing) else None,
     NOT_KEPT),
    ("google.result", says(put_to("results"), FORBIDDEN), REFUSED),
    ("google.extra-credit", says(of_score, FORBIDDEN), REFUSED),
    ("google.extra-credit", lambda passing: passing.body.replace(b"300", b"100") if of_score(passing) else None,
     NOT_KEPT),
    ("google.exempt", says(of_status, FORBIDDEN), REFUSED),
    ("google.exempt", changes("PUT", "results", scoreStatus="fully graded"), NOT_KEPT),
    ("google.result-deleted", says(delete_of("results"), FORBIDDEN), LEFT),
    ("google.line-item-deleted", says(delete_of("lineItems"), FORBIDDEN), LEFT),
)  # fmt: skip
WRITES_OF_GOOGLE = tuple(dict.fromkeys(check for check, _, _ in BROKEN_WRITES))


@pytest.mark.parametrize(
    ("check", "meddling", "cause"),
    BROKEN_WRITES,
    ids=[f"{check} {cause}" for check, _, cause in BROKEN_WRITES],
)
async def test_each_step_that_writes_and_is_broken_has_its_own_finding(
    check: str, meddling: Meddling, cause: str
) -> None:
    with PracticeDistrict(share=("rostering", "gradebook")) as district:
        async with Meddler(district.connection, meddling) as relay:
            result = await run(
                relay.connection, district.credentials, consumer="google-classroom", write_test=CLASS,
                journal=Journal(), clock=SwiftClock(), only=(*STEPS, *WRITES_OF_GOOGLE),
            )  # fmt: skip
    found = {name: result.finding(name) for name in WRITES_OF_GOOGLE}
    failing = {name: each.cause for name, each in found.items() if each and each.status is Status.FAIL}
    assert failing == {check: cause}
    assert result.verdict.cause == cause
    # The same is not announced for the time when it is fixed.
    assert expected_after(result) == ()
    finding, needed = found[check], ("PUT", "DELETE")
    assert finding is not None
    assert {each.method for each in finding.evidence} & {*needed}
    words = (
        {"result": "-result", "line": "-lineItem"}[check.removeprefix("google.").split("-")[0]]
        if cause == LEFT
        else ""
    )
    assert all(words in each.url for each in finding.evidence)


async def test_records_that_are_left_behind_are_announced_once() -> None:
    with PracticeDistrict("gradebook.cleanup-failed", share=("rostering", "gradebook")) as district:
        result = await run(
            district.connection, district.credentials, consumer="google-classroom", write_test=CLASS,
            journal=Journal(), clock=SwiftClock(), only=(*STEPS, *WRITES_OF_GOOGLE),
        )  # fmt: skip
    assert result.verdict.cause == LEFT
    assert result.verdict.summary.count("orwt-") == 3
    assert [each.finding.cause for each in to_fix(result)] == [LEFT]
    assert expected_after(result) == ()


@pytest.mark.parametrize("oneroster", ["1.1", "1.2"])
async def test_the_write_test_of_google_passes_and_leaves_nothing(oneroster: OneRosterVersion) -> None:
    with (
        PracticeDistrict(oneroster=oneroster, share=("rostering", "gradebook")) as district,
        unchanged(district),
    ):
        async with Meddler(district.connection) as relay:
            result = await run(
                relay.connection, district.credentials, consumer="google-classroom", write_test=CLASS,
                journal=Journal(), clock=SwiftClock(),
            )  # fmt: skip
            wrote = [passing.method for passing in relay.heard if passing.writes]
    assert (result.verdict.status, result.verdict.cause) == (Status.PASS, None)
    found = [result.finding(name) for name in WRITES_OF_GOOGLE]
    assert [each and each.status for each in found] == [Status.PASS] * len(WRITES_OF_GOOGLE)
    # The steps of Google's are the write test's own: nothing is written twice.
    assert wrote == ["PUT"] * 6 + ["DELETE"] * 3


async def test_a_class_that_is_not_there_is_said_once() -> None:
    with PracticeDistrict(share=("rostering", "gradebook")) as district:
        result = await run(
            district.connection, district.credentials, consumer="google-classroom", write_test="no-such-class",
            journal=Journal(), clock=SwiftClock(), only=(*STEPS, *WRITES_OF_GOOGLE),
        )  # fmt: skip
    assert result.verdict.cause == "gradebook.write-class"
    reasons = {each.reason for name in WRITES_OF_GOOGLE if (each := result.finding(name))}
    assert reasons == {NOT_WRITTEN}
