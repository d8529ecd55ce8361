"""Many runs at once: one request at a time at each host, side by side over hosts, and none costs another anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, aclosing

import pytest

from oneroster_checks.connection import Connection, Credentials
from oneroster_checks.diagnosis.many import Ended, RunJob, by_host, run_many
from oneroster_checks.diagnosis.unable import could_not_run, unable_to_run
from oneroster_checks.events import Event, RequestMade, RunStarted
from oneroster_checks.http.gates import HostGates
from oneroster_checks.result import Result
from oneroster_checks.urls import place_of
from oneroster_practice import PracticeDistrict

from ..servers import LoopServer
from ..servers.relay import Relay
from .engine import campus, secrets

LIMIT_S = 60


def job(connection: Connection, credentials: Credentials, name: str) -> RunJob:
    """A job whose secrets are at hand."""

    async def at_hand() -> Credentials:
        return credentials

    return RunJob(connection, at_hand, {"profile": name})


async def all_ended(jobs: list[RunJob], limit: int = 32) -> dict[str, Result]:
    """The results of jobs by the names of their profiles."""
    found: dict[str, Result] = {}
    async with asyncio.timeout(LIMIT_S), aclosing(run_many(jobs, limit)) as every:
        async for each in every:
            assert isinstance(each, Ended)
            found[each.result.profile or ""] = each.result
    assert len(found) == len(jobs)
    return found


def verdicts(results: dict[str, Result]) -> dict[str, tuple[str, str | None]]:
    """Status and cause by profile."""
    return {name: (str(each.verdict.status), each.verdict.cause) for name, each in results.items()}


async def test_a_host_never_sees_two_requests_at_once_and_hosts_are_side_by_side() -> None:
    async with AsyncExitStack() as stack:
        jobs, relays = [], []
        for number in range(3):
            district = stack.enter_context(PracticeDistrict())
            relay = await stack.enter_async_context(Relay(district.connection, pause=0.02))
            relays.append(relay)
            jobs += [job(relay.connection, district.credentials, f"{number}-{each}") for each in range(3)]
        # Whether two hosts were busy together, as the runs' own events tell it.
        under_way: set[str] = set()
        together = 0

        def hear(running: RunJob, event: Event) -> None:
            nonlocal together
            if isinstance(event, RunStarted):
                under_way.add(running.connection.base_url)
                together = max(together, len(under_way))

        async with aclosing(run_many(jobs, 32, listener=hear)) as every:
            async for ended in every:
                assert ended.result.verdict.cause is None
                under_way.discard(ended.job.connection.base_url)
        assert [relay.most_at_once for relay in relays] == [1, 1, 1]
        assert together == 3


async def test_a_token_host_that_districts_share_sees_one_request_at_a_time() -> None:
    async with AsyncExitStack() as stack:
        first = stack.enter_context(PracticeDistrict())
        second = stack.enter_context(PracticeDistrict("token.invalid-client"))
        shared = await stack.enter_async_context(Relay(first.connection, pause=0.05))
        token_url = shared.connection.token_url
        jobs = [
            job(first.connection.but(token_url=token_url), first.credentials, "first"),
            job(second.connection.but(token_url=token_url), second.credentials, "second"),
        ]
        results = await all_ended(jobs)
        assert shared.most_at_once == 1
        assert results["first"].verdict.cause is None
        assert str(results["second"].verdict.cause).startswith("token.")


async def test_waiting_for_the_gate_takes_nothing_of_the_time_of_a_run() -> None:
    async with AsyncExitStack() as stack:
        district = stack.enter_context(PracticeDistrict())
        # Together the requests of these runs take far longer than one run may.
        relay = await stack.enter_async_context(Relay(district.connection, pause=0.03))
        elsewhere = [stack.enter_context(PracticeDistrict()) for _ in range(4)]
        jobs = [
            job(
                other.connection.but(token_url=relay.connection.token_url, timeout=0.5),
                district.credentials, str(number),
            )
            for number, other in enumerate(elsewhere)
        ]  # fmt: skip
        results = await all_ended(jobs)
        assert relay.most_at_once == 1
        assert not any(each.finding("tool.limits") for each in results.values())


async def test_a_run_that_hangs_or_cannot_begin_costs_the_others_nothing() -> None:
    hung = asyncio.Event()

    async def never() -> Credentials | Result:
        await hung.wait()
        raise AssertionError

    async def refused() -> Credentials | Result:
        facts = {"profile": "locked", "reason": "It is locked."}
        return unable_to_run(Connection(), "tool.keyring", profile="locked", facts=facts)

    async def crashed() -> Credentials | Result:
        raise LookupError("a text that nobody is to see")

    with PracticeDistrict() as district:
        good = district.connection
        jobs = [
            RunJob(good, never, {"profile": "hanging"}),
            RunJob(good, refused, {"profile": "locked"}),
            RunJob(good, crashed, {"profile": "crashed"}),
            job(good.but(ca_file="/nowhere/authority.pem"), district.credentials, "papers"),
            job(good.but(provider="nobody"), district.credentials, "nobody"),
            job(good, district.credentials, "good"),
        ]
        found: dict[str, Result] = {}
        async with asyncio.timeout(LIMIT_S), aclosing(run_many(jobs, 32)) as every:
            async for each in every:
                found[each.result.profile or ""] = each.result
                if len(found) == len(jobs) - 1:
                    break
    assert verdicts(found) == {
        "locked": ("error", "tool.keyring"),
        "crashed": ("error", "tool.fault"),
        "papers": ("error", "tool.ca-file"),
        "nobody": ("error", "tool.profile-broken"),
        "good": ("pass", None),
    }
    assert "nobody is to see" not in repr(found["crashed"])
    assert not could_not_run(found["crashed"])
    assert could_not_run(found["papers"])


async def test_a_listener_that_fails_ends_its_run_and_no_other() -> None:
    heard: list[Event] = []

    def hear(running: RunJob, event: Event) -> None:
        if running.options.get("profile") == "heard":
            heard.append(event)
            if isinstance(event, RequestMade):
                raise LookupError("a text that nobody is to see")

    with PracticeDistrict() as first, PracticeDistrict() as second:
        jobs = [
            job(first.connection, first.credentials, "heard"),
            job(second.connection, second.credentials, "other"),
        ]
        around = asyncio.all_tasks()
        found: dict[str, Result] = {}
        async with asyncio.timeout(LIMIT_S), aclosing(run_many(jobs, 32, listener=hear)) as every:
            async for each in every:
                found[each.result.profile or ""] = each.result
        assert asyncio.all_tasks() == around
    assert verdicts(found) == {"heard": ("error", "tool.fault"), "other": ("pass", None)}
    assert "nobody is to see" not in repr(found["heard"])
    # It is not told anything behind that.
    assert [isinstance(event, RequestMade) for event in heard].index(True) == len(heard) - 1


async def test_no_more_than_the_limit_run_at_once() -> None:
    most = 0

    async with AsyncExitStack() as stack:
        jobs = []
        for number in range(6):
            district = stack.enter_context(PracticeDistrict())
            jobs.append(job(district.connection, district.credentials, str(number)))
        under_way: set[RunJob] = set()

        def hear(running: RunJob, event: Event) -> None:
            nonlocal most
            if isinstance(event, RequestMade):
                under_way.add(running)
                most = max(most, len(under_way))

        async with aclosing(run_many(jobs, 2, listener=hear)) as every:
            async for ended in every:
                under_way.discard(ended.job)
    assert most == 2


@pytest.mark.parametrize("after", [0, 1])
async def test_canceling_closes_every_connection_and_keeps_what_has_ended(after: int) -> None:
    asked = asyncio.Event()

    async def silent() -> AsyncIterator[bytes]:
        asked.set()
        await asyncio.Event().wait()
        yield b""

    async with AsyncExitStack() as stack:
        district = stack.enter_context(PracticeDistrict())
        server = await stack.enter_async_context(LoopServer(lambda heard: silent()))
        jobs = [job(campus(server.origin, timeout=60.0), secrets(), "hanging")]
        jobs += [job(district.connection, district.credentials, "good")] * after
        ended: list[Ended] = []
        around = asyncio.all_tasks()
        every = run_many(jobs, 32)
        taking = asyncio.ensure_future(anext(every))
        await asyncio.wait_for(asked.wait(), LIMIT_S)
        if after:
            ended.append(await asyncio.wait_for(taking, LIMIT_S))
        else:
            taking.cancel()
            await asyncio.wait([taking])
        await every.aclose()
        # The server's own task for the connection is not a run's.
        assert {each.get_coro() for each in asyncio.all_tasks() - around} <= {
            each.get_coro() for each in server.tasks
        }
    assert [each.result.profile for each in ended] == ["good"] * after


async def test_what_has_ended_is_heard_of_though_it_is_not_yielded() -> None:
    with ExitStack() as districts:
        jobs = []
        for name in "abc":
            district = districts.enter_context(PracticeDistrict())
            jobs.append(job(district.connection, district.credentials, name))
        heard: list[str | None] = []
        async with (
            asyncio.timeout(LIMIT_S),
            aclosing(run_many(jobs, 3, on_end=lambda each: heard.append(each.result.profile))) as every,
        ):
            first = await anext(every)
            while len(heard) < len(jobs):  # noqa: ASYNC110
                await asyncio.sleep(0)
    assert heard[0] == first.result.profile
    assert sorted(map(str, heard)) == ["a", "b", "c"]


def test_jobs_are_grouped_by_scheme_name_and_port() -> None:
    urls = [
        "https://one.example/ims/oneroster/v1p1",
        "https://ONE.example:443/other",
        "http://one.example/ims",
        "https://one.example:8443/ims",
        "https://two.example/ims",
        # Another spelling is no other host.
        "https://one.example./ims",
        "https://schüler.example/ims",
        "https://xn--schler-5ya.example/ims",
    ]
    jobs = [job(Connection(base_url=url), Credentials(), url) for url in urls]
    assert by_host(jobs) == [[*jobs[:2], jobs[5]], [jobs[2]], [jobs[3]], [jobs[4]], jobs[6:]]
    gates = HostGates()
    assert len({id(gates.at(place_of(url))) for url in urls}) == 5
