"""Two weeks of runs, one every morning, made of the result of a real one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache

from oneroster_checks.changes.compare import changed
from oneroster_checks.changes.model import Changed, FindingState, Observed, Snapshot
from oneroster_checks.changes.snapshot import snapshot
from oneroster_checks.finding import Status
from oneroster_checks.result import Result
from oneroster_practice import PracticeDistrict

from ..engine import outcome

Change = Callable[[Snapshot], Snapshot]

MORNING = datetime(2026, 11, 2, 6, 2, tzinfo=timezone(timedelta(hours=-6)))
# In the first so many mornings the connection works: the last is that of November 11.
GOOD, DAYS = 10, 14
WHEN = "between November 11 and November 12, 2026"
SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/"
SECRETS = {"client_secret": "a3f1", "vendor_key": "", "vendor_secret": ""}


@cache
def healthy() -> Result:
    """The result of a run of the practice district that works."""

    async def result() -> Result:
        with PracticeDistrict(share=("rostering", "demographics", "gradebook")) as district:
            return await outcome(district.connection, district.credentials)

    return asyncio.run(result())


def good(full: bool = False) -> Snapshot:
    """What is kept of one that worked, of a district on the Internet."""
    made = snapshot(healthy(), SECRETS)
    return replace(
        made,
        started=MORNING,
        full=full,
        connection=made.connection.but(
            base_url="https://sis.elm.example/campus/api/oneroster/v1p2/app/ims/oneroster",
            token_url="https://sis.elm.example/campus/oauth2/token?appName=app",
        ),
        counts={"orgs": 3, "students": 1204, "teachers": 90, "classes": 400},
        observed=Observed(
            date(2027, 3, 1),
            "Elm Trust",
            "nginx/1",
            (f"{SCOPE}roster-core.readonly", f"{SCOPE}roster-demographics.readonly"),
            date(2027, 6, 30),
            180,
        ),
    )


def failing(cause: str, check: str) -> Change:
    """The check fails by this cause, and so does the run."""

    def change(run: Snapshot) -> Snapshot:
        failed = FindingState(run.findings[check].title, Status.FAIL, cause)
        return replace(run, status=Status.FAIL, cause=cause, findings={**run.findings, check: failed})

    return change


def field(**values: object) -> Change:
    """Fields of the connection have other values."""
    return lambda run: replace(run, connection=run.connection.but(**values))


def observed(**values: object) -> Change:
    """The server shows itself otherwise."""
    return lambda run: replace(run, observed=replace(run.observed, **values))  # type: ignore[arg-type]


def counts(**values: int) -> Change:
    """Some counts are others."""
    return lambda run: replace(run, counts={**run.counts, **values})


def morning(day: int, run: Snapshot, *changes: Change) -> Snapshot:
    """The run of a morning, with some changes; 0 is the first."""
    for change in changes:
        run = change(run)
    return replace(run, started=MORNING + timedelta(days=day))


def weeks(*changes: Change, run: Snapshot | None = None) -> list[Snapshot]:
    """Two weeks: these changes come after GOOD mornings, and stay."""
    run = run or good()
    return [morning(day, run, *(changes if day >= GOOD else ())) for day in range(DAYS)]


def told(runs: list[Snapshot]) -> Changed:
    """How the last of the runs compares with those before it."""
    *before, now = runs
    compared = changed(before, now)
    assert compared is not None
    return compared


def sentences(runs: list[Snapshot]) -> list[str]:
    """What the last of the runs says of its differences."""
    return [each.summary for each in told(runs).differences]
