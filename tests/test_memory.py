"""No answer raises the memory of a run by more than 150 MB, measured in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .checks.engine import APP, ROOT, TOKEN_PATH
from .hostile_bodies import JSON, MAKERS, USUAL, hostile
from .hostile_collections import LARGE, serves
from .peak import Run, check_arguments, run_alone
from .servers import Answer, LoopServer, Reply, Request, json_reply, token_reply

MOST_MB = 150
ALL = os.environ.get("HOSTILE") == "all"
TIMEOUT_S = 20
# How long one request may be over its limit.
OVER_S = 2

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux alone tells the peak")


async def peak_of(answers: Callable[[Request], Answer], home: Path, *more: str) -> Run:
    """One run of the command line against a server."""
    async with LoopServer(answers) as server:
        arguments = check_arguments(
            server.origin, ROOT, f"{TOKEN_PATH}?appName={APP}", "--timeout", str(TIMEOUT_S), *more
        )
        return await run_alone(
            *arguments, environment={"HOME": str(home), "ONEROSTER_CLIENT_SECRET": "a-secret-of-the-test"}
        )


def at_token(reply: Reply) -> Callable[[Request], Answer]:
    """A server whose token URL says this."""
    return lambda heard: reply


def at_data(reply: Reply) -> Callable[[Request], Answer]:
    """A server whose every data URL says this."""
    return lambda heard: token_reply() if heard.method == "POST" else reply


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> float:
    """The peak of a run on small answers."""
    answers = at_data(json_reply(200, {"orgs": [{"sourcedId": "1"}]}))
    return asyncio.run(peak_of(answers, tmp_path_factory.mktemp("home"))).peak


def judged(run: Run, base: float) -> dict[str, Any]:
    """The run, after what holds for each."""
    assert run.code in (0, 1), run.errors
    document: dict[str, Any] = json.loads(run.output)
    found: dict[str, Any] = document["runs"][0]
    assert "tool.fault" not in run.output
    assert found["requests"] > 0
    assert run.peak - base < MOST_MB, f"{run.peak - base:.0f} MB"
    times = [entry["elapsed_ms"] for finding in found["findings"] for entry in finding["evidence"]]
    assert max(times, default=0) < (TIMEOUT_S + OVER_S) * 1000
    return found


@pytest.mark.parametrize("place", [at_token, at_data])
@pytest.mark.parametrize("name", MAKERS if ALL else USUAL)
async def test_no_answer_raises_the_memory(
    name: str, place: Callable[[Reply], Callable[[Request], Answer]], base: float, tmp_path: Path
) -> None:
    run = await peak_of(place(hostile(name)), tmp_path)
    judged(run, base)


def every_list(body: bytes) -> Callable[[Request], Answer]:
    """A server that answers every data request with the same records, under the name that belongs to it."""
    records = body[body.index(b"[") :]

    def answers(heard: Request) -> Answer:
        if heard.method == "POST":
            return token_reply()
        name = heard.path.rpartition("/")[2]
        key = {"students": "users", "teachers": "users"}.get(name, name)
        return Reply(200, f'{{"{key}":'.encode() + records, (JSON,))

    return answers


LISTS = [name for name in MAKERS if name.startswith(("valid", "empty objects under", "chains", "objects of"))]
_USUAL_NAMES = (
    "valid users, 44 MB", "valid users of 1 MB each", "objects of their own, within", "valid users with many values",
)  # fmt: skip
USUAL_LISTS = [name for name in LISTS if name in _USUAL_NAMES]


@pytest.mark.parametrize("depth", ["quick", "full"])
@pytest.mark.parametrize("name", LISTS if ALL else USUAL_LISTS)
async def test_no_list_that_comes_everywhere_raises_it(
    name: str, depth: str, base: float, tmp_path: Path
) -> None:
    run = await peak_of(every_list(hostile(name).body), tmp_path, "--depth", depth)
    found = judged(run, base)
    assert "paging.limit-ignored" in run.output or found["requests"] < 12


# The others are measured with HOSTILE=all.
LARGEST = tuple(LARGE) if ALL else ("16 MB of one id",)


@pytest.mark.parametrize("name", LARGEST)
async def test_no_collection_that_is_read_to_its_end_raises_it(
    name: str, base: float, tmp_path: Path
) -> None:
    page, most, total = LARGE[name]
    answers = serves(name, page, most=most, total=total)
    judged(await peak_of(answers, tmp_path, "--depth", "full", "--max-minutes", "1"), base)


LONG, MANY, PAGES = "x" * 900, 6, 14


def long_ids(heard: Request) -> Answer:
    """A server of honest pages whose every id, and every agent, is new and long."""
    if heard.method == "POST":
        return token_reply()
    name = heard.path.rpartition("/")[2]
    key = {"students": "users", "teachers": "users"}.get(name, name)
    rows, start = min(1500, int(heard.asks("limit") or 100)), int(heard.asks("offset") or 0)
    total = 1500 * PAGES
    records = [
        {"sourcedId": f"{number}-{LONG}", "role": f"{number}", "user": {"sourcedId": f"u{number}-{LONG}"},
         "agents": [{"sourcedId": f"{number}-{place}-{LONG}", "type": "user"} for place in range(MANY)]}
        for number in range(start, min(total, start + rows))
    ]  # fmt: skip
    return json_reply(200, {key: records}, ("X-Total-Count", f"{total}"))


async def test_no_roster_of_long_ids_raises_it(base: float, tmp_path: Path) -> None:
    run = await peak_of(long_ids, tmp_path, "--depth", "full")
    found = judged(run, base)
    whole = next(each for each in found["findings"] if each["check"] == "paging.whole")
    assert whole["facts"]["count"] == 6 * 1500 * PAGES
