"""The disk of this computer does not keep the records: told by a code, as this tool's own, and nothing crashes."""

from __future__ import annotations

import errno
import sqlite3
from datetime import date

import pytest

from oneroster_checks.diagnosis.runner import run
from oneroster_checks.finding import Finding, Status
from oneroster_checks.records import database
from oneroster_checks.records.disk import DiskFailed, DiskFault, disk_fault
from oneroster_checks.records.judge import Judge
from oneroster_checks.result import Result
from oneroster_checks.stages.model import Depth
from oneroster_practice import PracticeDistrict

from ...full_disk import full_disk
from ..records.judging import body_of, district

KIB = 1024
LIMITS = ("tool.read-limit", "tool.run-limit")


@pytest.fixture
def small_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that keeps next to nothing in memory, so that few records reach the disk."""
    monkeypatch.setattr(database, "_SETTINGS", (*database._SETTINGS, "cache_size = 10"))


def test_a_database_without_room() -> None:
    held = sqlite3.connect(":memory:")
    held.execute("PRAGMA max_page_count = 3")
    held.execute("CREATE TABLE rows (text)")
    with pytest.raises(sqlite3.OperationalError) as full:
        held.executemany("INSERT INTO rows VALUES (?)", [("x" * 5000,)] * 10)
    assert disk_fault(full.value) is DiskFault.FULL
    with pytest.raises(sqlite3.OperationalError) as other:
        held.execute("SELECT nothing")
    assert disk_fault(other.value) is None
    held.close()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_without_room(code: int) -> None:
    assert disk_fault(OSError(code, "the words of the system")) is DiskFault.FULL
    assert disk_fault(OSError(errno.EACCES, "the words of the system")) is None
    assert disk_fault(ValueError()) is None


def told(result: Result) -> list[Finding]:
    """The findings that name a limit of this tool."""
    return [each.finding for each in result.findings if each.finding.cause in LIMITS]


@pytest.mark.usefixtures("small_cache")
@pytest.mark.parametrize("room", [0, 64, 128, 192, 256, 320, 384, 448, 512, 640, 768, 1024])
async def test_wherever_the_room_ends_it_is_this_computer_s(room: int) -> None:
    with PracticeDistrict(size="small") as served, full_disk(room * KIB):
        result = await run(served.connection, served.credentials, depth=Depth.FULL)
    states = {each.finding.check: each.finding.status for each in result.findings}
    assert Status.ERROR not in states.values()
    assert Status.FAIL not in states.values()
    for finding in told(result):
        assert finding.facts["disk"] == "not writable"
    assert len(told(result)) <= 1
    judged = [name for name, state in states.items() if name.startswith("data.") and state is Status.PASS]
    if told(result):
        assert result.verdict.status is Status.WARN
        assert "the disk of this computer" in result.verdict.summary
        assert "is not writable" in result.verdict.summary
        (reason,) = {
            each.finding.reason for each in result.findings if each.finding.check == "data.duplicate-id"
        }
        assert reason is None or "this computer's disk is not writable" in reason or "read" in reason
    else:
        assert len(judged) > 10


@pytest.mark.usefixtures("small_cache")
async def test_what_was_kept_before_is_not_asked_any_more() -> None:
    data = district("1.2")
    judge = Judge("1.2", date.today(), lambda names: None)

    async def keep_many() -> None:
        for start in range(100):
            rows = [{**data["classes"][0], "sourcedId": f"c-{start}-{number}"} for number in range(500)]
            page = await judge.strict(body_of("classes", rows), "/classes")
            assert page is not None
            await judge.add(page)

    with full_disk(64 * KIB), pytest.raises(DiskFailed) as failed:
        await keep_many()
    assert failed.value.fault is DiskFault.NOT_WRITABLE
    with pytest.raises(DiskFailed):
        await judge.found("data.duplicate-id")
    await judge.aclose()
