"""Memory stays flat: ten times as many records take hardly more of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
# Generous: the records themselves would be some 200 MB more.
MORE_KB = 60_000
SCRIPT = """
import asyncio, json, resource, sys
from datetime import date
from oneroster_checks.records.judge import Judge
from oneroster_checks.records.rules_read import rules

def page(start):
    to = lambda id: {"href": f"https://d.example/{id}", "sourcedId": id, "type": "x"}
    return json.dumps({"enrollments": [{
        "sourcedId": f"enrollment-{number}", "status": "active",
        "dateLastModified": f"2026-01-01T00:00:{number % 60:02}.{number}Z",
        "user": to(f"user-{number % 7919}"), "class": to(f"class-{number // 21}"), "school": to("school-1"),
        "role": "student" if number % 21 else "teacher", "beginDate": "2026-08-01",
    } for number in range(start, start + 5000)]}).encode()

async def main():
    judge = Judge("1.2", date(2026, 9, 1), lambda names: None)
    for start in range(0, int(sys.argv[1]), 5000):
        typed = await judge.strict(page(start), "/enrollments")
        await judge.add(typed)
        del typed
    for code in rules():
        await judge.found(code)
    assert (await judge.found("data.class-without-students")).of == 0
    await judge.aclose()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)

asyncio.run(main())
"""


def _peak_kb(records: int) -> int:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(records)],
        capture_output=True, text=True, check=True, timeout=120, env={"PYTHONPATH": str(ROOT / "checks")},
    )  # fmt: skip
    return int(done.stdout)


def test_ten_times_the_records_take_hardly_more_memory() -> None:
    assert _peak_kb(200_000) - _peak_kb(20_000) < MORE_KB
