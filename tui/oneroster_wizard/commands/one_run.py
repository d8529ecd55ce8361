"""One connection without the wizard: its run to the result, with its progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from oneroster_checks.connection import Connection, Credentials, DistrictAnswer
from oneroster_checks.limits import READ_MINUTES

from ..read_words import read_words
from ..waiting import waiting_words
from .console import show_progress, tell
from .exit_codes import ExitCode

if TYPE_CHECKING:
    from oneroster_checks.diagnosis.options import RunOptions
    from oneroster_checks.result import Result
    from oneroster_checks.stages.model import Consumer

    from .job_writes import JobWrites


@dataclass(frozen=True, slots=True)
class Job:
    """One connection to check, with its secrets and the district's answers; `profile` is its name, if any.

    `fingerprints` are keyed ones of its secrets, by the field's name; none where the keyring has no key for them.
    """

    connection: Connection
    credentials: Credentials
    answers: Mapping[str, DistrictAnswer] = field(default_factory=dict)
    profile: str | None = None
    fingerprints: Mapping[str, str] = field(default_factory=dict)


class Deep(TypedDict):
    """How much a run reads, as `run_job` takes it."""

    full: bool
    max_minutes: float
    consumer: Consumer | None


async def run_job(
    job: Job,
    *,
    full: bool = False,
    max_minutes: float = READ_MINUTES,
    consumer: Consumer | None = None,
    writing: JobWrites | None = None,
) -> Result:
    """The result of one connection; with `full`, every page of its roster is read, in at most `max_minutes`.

    `consumer` adds the steps of that consumer, and reads everything, too; `writing` is what is written to its grade
    book, None for nothing.
    InputError when its CA file or the proxy cannot be used.
    """
    from oneroster_checks.diagnosis.runner import stream
    from oneroster_checks.events import CheckStarted, ReadProgress, RunFinished, RunStarted, Waiting

    progress = _Progress(job.profile or "")
    options = run_options(job, {"full": full, "max_minutes": max_minutes, "consumer": consumer})
    if writing is not None:
        options |= {"leftovers": writing.leftovers, "journal": writing.journal}
        if writing.class_id:
            options["write_test"] = writing.class_id
    events = stream(job.connection, job.credentials, **options)
    result: Result | None = None
    async with aclosing(events):
        async for event in events:
            match event:
                case RunStarted(checks):
                    progress.titles = {check.check: check.title for check in checks}
                case CheckStarted(check):
                    progress.show(f"{progress.titles[check]} ...")
                case Waiting(check, reason, seconds):
                    progress.show(f"{progress.titles[check]} ... {waiting_words(reason, seconds)}")
                case ReadProgress():
                    progress.show_read(read_words(event), ended=event.ended)
                case RunFinished():
                    result = event.result
                case _:
                    pass
    progress.clear()
    assert result is not None
    return result


def run_options(job: Job, deep: Deep) -> RunOptions:
    """The options of a run of a job that writes nothing."""
    from oneroster_checks.stages.model import Depth

    from ..proxy import https_proxy_for

    return {
        "answers": job.answers,
        "profile": job.profile,
        "https_proxy": https_proxy_for(job.connection),
        "depth": Depth.FULL if deep["full"] else Depth.QUICK,
        "max_minutes": deep["max_minutes"],
        "consumer": deep["consumer"],
    }


class _Progress:
    """One line on a terminal's standard error that says what is going on.

    Where there is no terminal, only the end of each collection of a full read is told, on a line of its own.
    """

    def __init__(self, profile: str) -> None:
        self.titles: dict[str, str] = {}
        self._of = f"{profile}: " if profile else ""
        self._shown = sys.stderr.isatty()

    def show(self, text: str) -> None:
        if self._shown:
            show_progress(text)

    def show_read(self, words: str, *, ended: bool) -> None:
        if self._shown:
            self.show(f"{self._of}{words}")
        elif ended:
            tell(f"{self._of}{words}")

    def clear(self) -> None:
        self.show("")


def exit_code_of(results: Sequence[Result]) -> ExitCode:
    """The exit code for finished runs: the highest of theirs."""
    return max((_code(result) for result in results), default=ExitCode.OK)


def _code(result: Result) -> ExitCode:
    from oneroster_checks.diagnosis.unable import could_not_run
    from oneroster_checks.finding import Status

    if result.verdict.status is Status.ERROR:
        return ExitCode.USAGE if could_not_run(result) else ExitCode.BROKEN
    return ExitCode.FAILED if result.verdict.status is Status.FAIL else ExitCode.OK
