"""Runs of some checks only: what they take from an earlier result, and what they refuse."""

from __future__ import annotations

import pytest

from oneroster_checks.connection import Connection, Share
from oneroster_checks.diagnosis.plan import every_check
from oneroster_checks.diagnosis.runner import run
from oneroster_checks.diagnosis.watch import watch
from oneroster_checks.errors import InvalidConnection, UnknownCheck
from oneroster_checks.finding import Status
from oneroster_checks.limits import LONGEST_REQUEST_S
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from .running import campus, outcome, secrets

GRADES: tuple[Share, ...] = ("rostering", "gradebook")


async def test_a_check_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownCheck, match=r"token\.isue"):
        await outcome(campus("http://127.0.0.1:9"), secrets(), only=("token.isue", "token.issue"))
    with pytest.raises(UnknownCheck, match=r"gradebook\.read"):
        await outcome(campus("http://127.0.0.1:9"), secrets(), only=("gradebook.read",))


async def test_a_finding_that_has_no_place_any_more_is_dropped() -> None:
    with PracticeDistrict("gradebook.not-enabled", share=GRADES) as district:
        before = await outcome(district.connection, district.credentials)
        assert before.verdict.cause == "gradebook.not-enabled"
        rostering = district.connection.but(share=("rostering",))
        after = await run(rostering, district.credentials, only=("token.issue",), previous=before)
    assert after.finding("gradebook.read") is None
    assert after.verdict.status is Status.PASS


async def test_a_check_that_is_new_stands_in_its_place() -> None:
    with PracticeDistrict(share=GRADES) as district:
        rostering = district.connection.but(share=("rostering",))
        before = await outcome(rostering, district.credentials)
        after = await run(
            district.connection, district.credentials, only=("gradebook.content",), previous=before
        )
    place = [check.id for check in every_check()]
    order = [place.index(each.finding.check) for each in after.findings]
    assert order == sorted(order)
    assert {"gradebook.read", "gradebook.content", "load.pace"} <= {
        each.finding.check for each in after.findings
    }


async def test_what_waited_for_a_check_runs_when_it_runs_again() -> None:
    with PracticeDistrict("gradebook.vendor-credentials-missing", share=GRADES) as district:
        before = await outcome(district.connection, district.credentials)
    content = before.finding("gradebook.content")
    assert content is not None
    assert content.status is Status.SKIP
    with PracticeDistrict(share=GRADES) as district:
        after = await run(
            district.connection, district.credentials, only=("gradebook.read",), previous=before
        )
    content = after.finding("gradebook.content")
    assert content is not None
    assert content.status is Status.PASS
    assert after.verdict.status is Status.PASS


async def test_a_check_of_the_full_depth_is_watched_at_that_depth() -> None:
    with PracticeDistrict() as district:
        before = await run(district.connection, district.credentials, depth=Depth.FULL)
        async for tried in watch(district.connection, district.credentials, "paging.whole", previous=before):
            assert tried.passed
            assert tried.result.requests > 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"oneroster": "1.3"}, "The OneRoster version is one of 1.1, 1.2."),
        ({"oauth": 3}, "The OAuth version is one of 1, 2."),
        ({"oauth": True}, "The OAuth version is one of 1, 2."),
        ({"share": ("roster",)}, "The data you expect is no tuple of rostering, "),
        ({"share": ["rostering"]}, "The data you expect is no tuple of rostering, "),
        ({"timeout": "30"}, "The time limit is no number of seconds from 0.1 to 600."),
        ({"timeout": 0.01}, "The time limit is no number of seconds from 0.1 to 600."),
        ({"timeout": -1}, "The time limit is no number of seconds from 0.1 to 600."),
        ({"timeout": float("nan")}, "The time limit is no number of seconds from 0.1 to 600."),
        ({"timeout": LONGEST_REQUEST_S + 1}, "The time limit is no number of seconds from 0.1 to 600."),
        ({"base_url": None}, "The base URL is no text."),
        ({"created": "2026-01-01"}, "The creation date is no date."),
    ],
)
async def test_a_connection_that_cannot_be_is_refused_in_one_sentence(
    changes: dict[str, object], words: str
) -> None:
    connection: Connection = campus("http://127.0.0.1:9").but(**changes)
    with pytest.raises(InvalidConnection) as caught:
        await outcome(connection, secrets())
    assert str(caught.value).startswith(words)
