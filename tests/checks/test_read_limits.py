"""A full read ends within this tool's own limits, and says so; what was read before stays judged."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from oneroster_checks import limits
from oneroster_checks.diagnosis.runner import run as run_checks
from oneroster_checks.errors import InvalidOption
from oneroster_checks.finding import Status
from oneroster_checks.report import render
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth

from ..servers import LoopServer, Reply, Request
from .districts.district import Change, District, Living, data_says
from .districts.row import AS_GIVEN, Served, connection_of, credentials_of
from .districts.shapes import GENERIC
from .engine import campus, outcome, secrets, wrong_facts

ENDLESS = 9_999_999
# A full read asks for more rows than any other request.
FULL_ROWS = 1000
LIMIT = "tool.read-limit"


def _endless(
    new: int,
    *,
    told: int | None = ENDLESS,
    repeats: int = 0,
    delay: float = 0.0,
    kept: list[dict[str, object]] | None = None,
) -> Change:
    """A list without an end: each page brings so many new records, and the first ones again where it repeats.

    All are made of the first one, which is `kept`.
    """
    first = [] if kept is None else kept

    def change(request: Request, reply: Reply) -> Reply:
        asked, offset = int(request.asks("limit") or 0), int(request.asks("offset") or 0)
        if asked < FULL_ROWS:
            return reply
        document = json.loads(reply.body)
        ((key, rows),) = document.items()
        # Every record keeps the standard.
        first.extend(rows[:1])
        one = first[0]
        names = [f"endless-{offset + number}" for number in range(new)] + ["endless-0"] * repeats
        body = json.dumps({key: [{**one, "sourcedId": name} for name in names]}).encode()
        plain = reply.without("X-Total-Count", "Link", "Content-Length").but(body=body, delay=delay)
        return plain if told is None else plain.but(("X-Total-Count", str(told)))

    return change


async def _read(change: Change, *, minutes: float = limits.READ_MINUTES) -> tuple[Result, LoopServer]:
    """A full read of a district whose users are answered so."""
    district = District(GENERIC).where(data_says(change, "users", when=_offset_or_full))
    living = Living(district, time.time)
    async with LoopServer(living) as server:
        served = Served(server, 1, False, living, district)
        result = await run_checks(
            connection_of(AS_GIVEN, served),
            credentials_of(AS_GIVEN, served),
            depth=Depth.FULL,
            max_minutes=minutes,
        )
    return result, server


def _offset_or_full(request: Request) -> bool:
    # The first page is honest, so that only the full read meets the endless list.
    return int(request.asks("limit") or 0) >= FULL_ROWS


def _stopped(result: Result) -> str:
    """The sentence of the full read, which is a warning of this tool and nothing else."""
    finding = next(each for each in result.findings if each.finding.check == "paging.whole")
    assert (finding.finding.status, finding.finding.cause) == (Status.WARN, LIMIT)
    assert result.verdict.status is Status.WARN
    assert result.verdict.cause == LIMIT
    assert not wrong_facts(result)
    assert not any(each.finding.status in (Status.FAIL, Status.ERROR) for each in result.findings)
    assert "One of this tool's own limits was reached, so not everything was checked." in render(
        [result], "text"
    )
    document = json.loads(render([result], "json"))
    assert document["runs"][0]["verdict"]["status"] == "warn"
    return finding.summary


async def test_an_endless_list_of_one_new_record_a_page_ends_by_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "POOR_PAGES", 40)
    result, server = await _read(_endless(1, told=None))
    assert len(server.heard) < 100
    assert _stopped(result) == (
        "This tool stopped reading /users after 40 records, by a limit of its own: 40 pages brought fewer than "
        "10 new records each."
    )


async def test_an_endless_list_with_a_total_of_millions_ends_before_it_takes_hours() -> None:
    result, server = await _read(_endless(1))
    assert len(server.heard) < 100
    assert _stopped(result) == (
        "This tool stopped reading /users after 10 records of 9,999,999, by a limit of its own: a full read may take "
        "1 h, and with about 1 record a page where 1,000 were asked for, the rest would take longer."
    )


async def test_small_pages_of_a_slow_server_end_early_by_the_minutes_that_are_allowed() -> None:
    # 40,000 records in pages of 20, each in 50 ms, are 100 seconds.
    result, server = await _read(_endless(20, told=40_000, delay=0.05), minutes=1)
    assert len(server.heard) < 100
    assert "a full read may take 1 minute, and with about 20 records a page" in _stopped(result)


async def test_small_pages_are_read_to_the_end_where_there_is_time() -> None:
    kept: list[dict[str, object]] = []

    def ends(request: Request, reply: Reply) -> Reply:
        rest = 600 - int(request.asks("offset") or 0)
        return _endless(min(20, max(0, rest)), told=600, kept=kept)(request, reply)

    result, _ = await _read(ends)
    assert result.counts["users"] == 600
    assert LIMIT not in [each.finding.cause for each in result.findings]


async def test_full_pages_end_by_the_time_itself() -> None:
    result, _ = await _read(_endless(FULL_ROWS, delay=0.1), minutes=0.01)
    assert _stopped(result).endswith("by a limit of its own: a full read may take 0.01 minutes.")


async def test_full_pages_end_by_the_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RECORDS_OF_A_COLLECTION", 3000)
    result, _ = await _read(_endless(FULL_ROWS))
    assert _stopped(result) == (
        "This tool stopped reading /users after 3,000 records of 9,999,999, by a limit of its own: it reads at most "
        "3,000 records of one collection."
    )


async def test_full_pages_end_by_the_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "READ_REQUESTS", 4)
    result, _ = await _read(_endless(FULL_ROWS))
    assert "it sends at most 4 requests for a full read" in _stopped(result)


async def test_records_that_come_again_and_again_are_no_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "POOR_PAGES", 40)
    result, server = await _read(_endless(1, told=None, repeats=99))
    # The pages of the read; what else a full run asks for has pages of its own.
    assert sum("offset=" in each.target for each in server.heard) < 100
    # That they came twice was seen, and is the server's own fault.
    assert result.verdict.cause == "paging.duplicates"


async def test_the_other_checks_keep_the_limits_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RUN_REQUESTS", 45)
    monkeypatch.setattr(limits, "POOR_PAGES", 80)
    result, server = await _read(_endless(1, told=None))
    assert len(server.heard) > 80
    assert result.finding("tool.limits") is None
    _stopped(result)


@pytest.mark.parametrize("minutes", [0, -1, float("nan"), float("inf"), 1e9, True, "60", None])
async def test_impossible_minutes_are_refused(minutes: object, tmp_path: Path) -> None:
    with pytest.raises(InvalidOption, match="max_minutes"):
        await run_checks(campus("http://127.0.0.1:9"), secrets(), max_minutes=minutes)  # type: ignore[arg-type]
    assert (await outcome(campus("http://127.0.0.1:9"), secrets())).verdict.cause == "network.refused"
