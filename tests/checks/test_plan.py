"""Which checks run, in which order, and what is skipped."""

from __future__ import annotations

from contextlib import aclosing
from itertools import pairwise

import pytest

from oneroster_checks.connection import SHARES, Connection, Credentials, Secret, Share
from oneroster_checks.diagnosis.plan import every_check, plan, required_among, required_by
from oneroster_checks.diagnosis.runner import stream
from oneroster_checks.errors import CAFileError, UnknownProvider
from oneroster_checks.events import RunFinished
from oneroster_checks.finding import Status
from oneroster_checks.stages.model import Check, Consumer, Depth, Precondition
from oneroster_checks.target import make_target
from oneroster_practice import PracticeDistrict

from ..servers import LoopServer, Reply, Request, json_reply, token_reply
from .engine import campus, outcome, secrets

ONLY = [check.id for check in every_check() if not check.option]


def _planned(connection: Connection, check: str) -> tuple[Check, ...]:
    """The checks of a full run, and those of the consumer whose step a check is."""
    consumer: Consumer | None = next(each.consumer for each in every_check() if each.id == check)
    return plan(make_target(connection, Credentials()), depth=Depth.FULL, consumer=consumer)


def _needed(connection: Connection, check: str) -> set[str]:
    planned = {each.id: each for each in _planned(connection, check)}
    needed, stack = set(), [check]
    while stack:
        id = stack.pop()
        if id in planned and id not in needed:
            needed.add(id)
            stack += required_by(planned[id])
    return needed


@pytest.mark.parametrize("check", ONLY)
async def test_one_check_runs_with_what_it_requires_and_nothing_else(check: str) -> None:
    oauth1 = check.startswith("oauth1.")
    old = oauth1 or check.startswith("accounts.")
    share: tuple[Share, ...] = tuple(part for part in SHARES if part != "assessments" or not old)
    with PracticeDistrict(
        oauth=1 if oauth1 else 2,
        oneroster="1.1" if old else "1.2",
        share=share,
    ) as district:
        connection = district.connection.but(fixed_token=check == "token.fixed")
        if check not in {each.id for each in _planned(connection, check)}:
            # The host of the token URL is the base URL's own here, and the token is requested, so these have no place.
            assert check in ("network.token-host", "token.fixed")
            return
        result = await outcome(connection, district.credentials, only=(check,), depth=Depth.FULL)
    ran = {reported.finding.check for reported in result.findings}
    assert ran == _needed(connection, check)
    assert check in ran
    assert [reported.finding for reported in result.findings if reported.finding.failed] == []


async def test_a_check_that_ran_again_takes_the_place_of_its_earlier_finding() -> None:
    with PracticeDistrict() as district:
        wrong = Credentials(Secret("not-the-secret-at-all"))
        earlier = await outcome(district.connection, wrong)
        assert earlier.verdict.cause == "token.invalid-client"
        async with aclosing(
            stream(district.connection, district.credentials, only=("token.issue",), previous=earlier)
        ) as events:
            every = [event async for event in events]
    last = every[-1]
    assert isinstance(last, RunFinished)
    result = last.result
    assert [reported.finding.check for reported in result.findings] == [
        reported.finding.check for reported in earlier.findings
    ]
    token, data = result.finding("token.issue"), result.finding("access.data")
    assert token is not None
    assert data is not None
    # What had waited for the token has run too.
    assert (token.status, data.status) == (Status.PASS, Status.PASS)
    assert result.verdict.cause is None


@pytest.mark.parametrize(
    ("problem", "check", "title"),
    [
        ("address.doubled-path", "token.issue", "URL paths"),
        ("network.refused", "access.data", "Base URL host"),
        ("token.invalid-client", "access.data", "Access token"),
        ("oauth1.rejected", "access.data", "OAuth 1 signature"),
        ("access.forbidden", "sharing.orgs", "Data access"),
        ("sharing.nothing", "paging.pages", "Schools"),
    ],
)
async def test_what_cannot_be_judged_is_skipped_with_its_reason(problem: str, check: str, title: str) -> None:
    with PracticeDistrict(problem) as district:
        result = await outcome(district.connection, district.credentials)
    finding = result.finding(check)
    assert finding is not None
    assert finding.status is Status.SKIP
    assert finding.reason == f"“{title}” failed first"
    assert finding.cause is None
    assert finding.evidence == ()
    # Nobody reads twenty failures with one reason.
    failed = [reported.finding.check for reported in result.findings if reported.finding.failed]
    assert len(failed) <= 2
    assert all(
        reported.finding.reason for reported in result.findings if reported.finding.status is Status.SKIP
    )


def test_every_check_comes_behind_what_it_requires() -> None:
    every = every_check()
    place = {check.id: index for index, check in enumerate(every)}
    assert len(place) == len(every)
    for check in every:
        for id in (
            *required_by(check),
            *(name for name in check.after if not isinstance(name, Precondition)),
        ):
            assert id not in place or place[id] < place[check.id], f"{check.id} needs {id}"
        assert required_by(check) <= set(place) | {"token.issue", "oauth1.signature"}
    # Titles stand side by side on the screen.
    assert len({check.title for check in every}) >= len(every) - 1
    assert all(len(check.title) <= 45 for check in every)
    assert all(first.id != second.id for first, second in pairwise(every))


def test_what_a_check_requires_has_a_stand_in_where_it_has_no_place() -> None:
    by_id = {check.id: check for check in every_check()}
    roster_and_grades: tuple[Share, ...] = ("rostering", "gradebook")
    whole = {check.id for check in plan(make_target(Connection(share=roster_and_grades), Credentials()))}
    alone = {check.id for check in plan(make_target(Connection(share=("gradebook",)), Credentials()))}
    read = by_id["gradebook.read"]
    assert required_among(read, whole) == {"sharing.orgs"}
    # Nobody expects schools, so that data comes at all is what is required.
    assert required_among(read, alone) == {"access.data"}
    assert not any(id.startswith(("sharing.", "year.", "accounts.")) for id in alone)


async def test_an_unknown_provider_and_a_missing_ca_file_are_told_at_once() -> None:
    with pytest.raises(UnknownProvider):
        await outcome(campus("http://127.0.0.1:9", provider="nobody"), secrets())
    with pytest.raises(CAFileError, match="there is no such file"):
        await outcome(campus("http://127.0.0.1:9", ca_file="/nowhere/authority.pem"), secrets())


async def test_a_server_that_shares_a_single_org_is_judged_without_a_crash() -> None:
    def answers(heard: Request) -> Reply | None:
        if heard.method == "POST":
            return token_reply()
        return json_reply(200, {"orgs": [{"sourcedId": "1"}]}) if heard.path.endswith("/orgs") else None

    async with LoopServer(answers) as server:
        result = await outcome(campus(server.origin), secrets())
    assert result.verdict.status is Status.FAIL
    assert all(reported.finding.status is not Status.ERROR for reported in result.findings)
