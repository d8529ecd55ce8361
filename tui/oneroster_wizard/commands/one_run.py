"""One connection without the wizard: its run to the result, with the progress on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oneroster_checks.connection import Answer, Connection, Credentials

from .exit_codes import ExitCode

if TYPE_CHECKING:
    from oneroster_checks.result import Result


@dataclass(frozen=True, slots=True)
class Job:
    """One connection to check, with its secrets and the district's answers; `profile` is its name, if any."""

    connection: Connection
    credentials: Credentials
    answers: Mapping[str, Answer] = field(default_factory=dict)
    profile: str | None = None


async def run_job(job: Job, *, full: bool = False) -> Result:
    """The result of one connection; with `full`, every page of its roster is read.

    InputError when its CA file or the proxy cannot be used.
    """
    from oneroster_checks.events import CheckStarted, RunFinished, RunStarted

    from ..runs import run_events

    shown = sys.stderr.isatty()
    titles: dict[str, str] = {}
    stream = run_events(job.connection, job.credentials, answers=job.answers, profile=job.profile, full=full)
    result: Result | None = None
    async with aclosing(stream):
        async for event in stream:
            if isinstance(event, RunStarted):
                titles = {check.check: check.title for check in event.checks}
            elif isinstance(event, CheckStarted) and shown:
                print(f"\r\033[K{titles[event.check]} ...", end="", file=sys.stderr, flush=True)
            elif isinstance(event, RunFinished):
                result = event.result
    if shown:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    assert result is not None
    return result


def exit_code_of(results: Sequence[Result]) -> ExitCode:
    """The exit code for finished runs: the highest of theirs."""
    return max((_code(result) for result in results), default=ExitCode.OK)


def _code(result: Result) -> ExitCode:
    from oneroster_checks.diagnosis.unable import could_not_run
    from oneroster_checks.finding import Status

    if result.verdict.status is Status.ERROR:
        return ExitCode.USAGE if could_not_run(result) else ExitCode.BROKEN
    return ExitCode.FAILED if result.verdict.status is Status.FAIL else ExitCode.OK
