"""Signals at any moment: the exit code of the contract, not a word of Python's own, and nothing left open."""

from __future__ import annotations

import asyncio
import signal
import subprocess
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from oneroster_practice import PracticeDistrict

from ..moments import Moments
from ..servers import LoopServer
from ..servers.relay import Relay
from .command import COMMAND, environment, options_of, practice, secrets_of

LIMIT_S = 60
# How many moments of the start and of the run are tried each, in groups that the workers of a test run share.
MOMENTS, GROUPS = 100, 4
# Runs at once; each mostly waits.
AT_ONCE = 4
WORD = {signal.SIGINT: b"Interrupted.\n", signal.SIGTERM: b"", signal.SIGHUP: b""}


async def ended(*arguments: str, more: Mapping[str, str]) -> tuple[int, bytes, bytes]:
    """The exit code of a command, what it reported and what it complained of."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=more
    )  # fmt: skip
    reported, complaints = await asyncio.wait_for(process.communicate(), LIMIT_S)
    assert process.returncode is not None
    return process.returncode, reported, complaints


@pytest.mark.parametrize("calls", [False, True], ids=["of the start", "of the run"])
@pytest.mark.parametrize("group", range(GROUPS))
async def test_ctrl_c_at_any_moment(group: int, calls: bool, tmp_path: Path) -> None:
    moments = Moments(tmp_path / "hook", calls=calls)
    with PracticeDistrict() as district:
        async with Relay(district.connection) as relay:
            connection = relay.connection
            ready = {
                **district.ready_line(),
                "base_url": connection.base_url,
                "token_url": connection.token_url,
            }
            command = ["check", *options_of(ready)]
            env = environment(secrets_of(ready))
            code, whole, complaints = await ended(*command, more=moments.counting(env))
            assert (code, complaints) == (0, b"")
            alone = relay.requests
            chosen = [1 + at * moments.counted // MOMENTS for at in range(group, MOMENTS, GROUPS)]
            turns = asyncio.Semaphore(AT_ONCE)

            async def stopped_at(moment: int) -> tuple[int, bytes, bytes]:
                async with turns:
                    return await ended(*command, more=moments.stopping(env, signal.SIGINT, [moment]))

            for moment, found in zip(chosen, await asyncio.gather(*map(stopped_at, chosen)), strict=True):
                code, reported, complaints = found
                if code == 0:
                    # Everything was said, and the interpreter was taking itself apart.
                    assert (len(reported.splitlines()), complaints) == (len(whole.splitlines()), b""), moment
                else:
                    assert (code, complaints) == (130, b"Interrupted.\n"), moment
            await asyncio.wait_for(relay.closed(), LIMIT_S)
            # Those of the run were in the middle of it.
            assert relay.requests >= alone * (1 + 0.2 * len(chosen) * calls)


@pytest.mark.parametrize("number", list(WORD))
@pytest.mark.parametrize("again", [1, 2, 3, 40])
async def test_a_second_signal_ends_what_the_first_has_begun_to_end(
    number: signal.Signals, again: int, tmp_path: Path
) -> None:
    moments = Moments(tmp_path / "hook")
    with PracticeDistrict() as district:
        ready = district.ready_line()
        env = environment(secrets_of(ready))
        await ended("check", *options_of(ready), more=moments.counting(env))
        first = moments.counted - 120
        found = await ended(
            "check", *options_of(ready), more=moments.stopping(env, number, [first, first + again])
        )
    assert (found[0], found[2]) == (128 + number, WORD[number])


@pytest.mark.parametrize("number", list(WORD))
async def test_a_signal_closes_the_connection_that_is_open(number: signal.Signals) -> None:
    asked = asyncio.Event()

    async def silent() -> AsyncIterator[bytes]:
        asked.set()
        await asyncio.Event().wait()
        yield b""

    async with LoopServer(lambda heard: silent()) as server:
        process = await asyncio.create_subprocess_exec(
            *COMMAND, "check", "--base-url", f"{server.origin}/ims/oneroster",
            "--token-url", f"{server.origin}/t?appName=a", "--client-id", "InfiniteCampus_x", "--timeout", "60",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
            env=environment({"ONEROSTER_CLIENT_SECRET": "a-secret-of-the-test"}),
        )  # fmt: skip
        await asyncio.wait_for(asked.wait(), LIMIT_S)
        assert server.tasks
        process.send_signal(number)
        reported, complaints = await asyncio.wait_for(process.communicate(), LIMIT_S)
        assert (process.returncode, reported, complaints) == (128 + number, b"", WORD[number])


@pytest.mark.parametrize("number", list(WORD))
@pytest.mark.parametrize("arguments", [("practice",), ("practice", "--problem", "tls.expired")], ids=" ".join)
def test_practice_ends_quietly(arguments: tuple[str, ...], number: signal.Signals, tmp_path: Path) -> None:
    more = environment({"TMPDIR": str(tmp_path)})
    with subprocess.Popen(
        [*COMMAND, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=more
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().startswith(b'{"ready": true')
        process.send_signal(number)
        reported, complaints = process.communicate(timeout=LIMIT_S)
    # A server that is told to end by SIGTERM has done its work.
    expected = 0 if number is signal.SIGTERM else 128 + number
    assert (process.returncode, reported, complaints) == (expected, b"", WORD[number])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("practice", "--problem", "tls.expired"),
        ("demo", "--problem", "tls.expired"),
        ("explain",),
        ("profiles",),
    ],
    ids=" ".join,
)
async def test_ctrl_c_at_any_moment_of_other_commands(arguments: tuple[str, ...], tmp_path: Path) -> None:
    moments = Moments(tmp_path / "hook")
    kept = tmp_path / "kept"
    kept.mkdir()
    env = environment({"TMPDIR": str(kept)})
    whole = ("practice", "--list") if arguments[0] == "practice" else arguments
    await ended(*whole, more=moments.counting(env))
    chosen = [1 + at * moments.counted // 12 for at in range(12)]
    turns = asyncio.Semaphore(AT_ONCE)

    async def stopped_at(moment: int) -> tuple[int, bytes, bytes]:
        async with turns:
            return await ended(*arguments, more=moments.stopping(env, signal.SIGINT, [moment]))

    for code, _, complaints in await asyncio.gather(*map(stopped_at, chosen)):
        assert (code, complaints) == (130, b"Interrupted.\n")
    assert list(kept.iterdir()) == []


@pytest.mark.parametrize("since", ["os.mkdir", "shutil.rmtree"])
async def test_ctrl_c_while_a_certificate_is_made_or_removed(since: str, tmp_path: Path) -> None:
    moments = Moments(tmp_path / "hook", since=since)
    kept = tmp_path / "kept"
    kept.mkdir()
    env = environment({"TMPDIR": str(kept)})
    turns = asyncio.Semaphore(AT_ONCE)

    async def stopped_at(moment: int) -> tuple[int, bytes, bytes]:
        async with turns:
            stopping = moments.stopping(env, signal.SIGINT, [moment])
            return await ended("demo", "--problem", "tls.expired", more=stopping)

    for code, _, complaints in await asyncio.gather(*map(stopped_at, range(1, 8))):
        assert (code, complaints) == (130, b"Interrupted.\n")
    assert list(kept.iterdir()) == []


def test_what_a_shell_has_told_to_ignore_stays_ignored() -> None:
    with (
        practice("--problem", "tls.expired") as ready,
        subprocess.Popen(
            ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *COMMAND, "practice"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment(),
        ) as process,
    ):  # fmt: skip
        assert ready
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGHUP)
        process.send_signal(signal.SIGTERM)
        assert process.wait(LIMIT_S) == 0
