"""How many requests a trace takes where filters are followed: each problem that one shows, and what is in order."""

from __future__ import annotations

import asyncio

from oneroster_checks.tracing.model import Subject
from oneroster_checks.tracing.trace import trace
from oneroster_practice import PracticeDistrict, problems

from .line import Name, line

GOAL = 12
_HEALTHY = (
    Subject("student", "1000001"), Subject("teacher", "7000001"), Subject("class", "class-3"),
    Subject("grade", "result-5"), Subject("grade", "lineItem-5"),
)  # fmt: skip


async def traces() -> str:
    """The most requests for records of one trace, and how many each took."""
    taken: dict[str, int] = {}
    with PracticeDistrict(share=("rostering", "gradebook")) as district:
        for subject in _HEALTHY:
            found = await trace(district.connection, district.credentials, subject)
            assert found.is_fine
            taken[f"a {subject.kind} in order"] = found.requests
    for problem in problems():
        if problem.traced is None:
            continue
        with PracticeDistrict(problem.code) as district:
            assert district.traced is not None
            found = await trace(district.connection, district.credentials, Subject(*district.traced))
            assert found.result.verdict.cause == problem.code
            taken[problem.code] = found.requests
    most = max(taken, key=lambda name: taken[name])
    total = sum(taken.values()) / len(taken)
    made_of = f"{len(taken)} traces, {total:.1f} requests on average; the most for {most}"
    return line(Name.TRACE, taken[most], GOAL, made_of, "requests")


if __name__ == "__main__":
    print(asyncio.run(traces()))
