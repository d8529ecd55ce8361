"""The result of a profile's last run, in a file beside the profile's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oneroster_checks.files import read_file
from oneroster_checks.finding import Status
from oneroster_checks.limits import PLAIN_BYTES, SAID_CHARACTERS
from oneroster_checks.visible import safe_json

from .private_files import write_private

if TYPE_CHECKING:
    from oneroster_checks.result import Result

_SUFFIX = ".last.json"


@dataclass(frozen=True, slots=True)
class LastRun:
    """How the last run of a profile ended: the verdict's status, cause and sentence, and when it began."""

    status: str
    cause: str | None
    summary: str
    when: datetime


def result_path(profile: Path) -> Path:
    """Where the result of the profile in this file is."""
    return profile.with_name(profile.name.removesuffix(".toml") + _SUFFIX)


def save_result(profile: Path, result: Result) -> None:
    """Write a result beside the file of its profile, as the redacted JSON of the reports; OSError when that fails."""
    import json

    from oneroster_checks.report import render

    kept = {
        "status": result.verdict.status.value,
        "cause": result.verdict.cause,
        "summary": result.verdict.summary,
        "when": result.started.isoformat(),
        "report": json.loads(render([result], "json")),
    }
    write_private(result_path(profile), safe_json(json.dumps(kept, indent=2, ensure_ascii=False)) + "\n")


def last_run_in(profile: Path) -> LastRun | None:
    """How the last run of the profile in this file ended; None when there was none, or it cannot be read."""
    import json

    try:
        kept: Any = json.loads(read_file(result_path(profile), PLAIN_BYTES))
        # The first and the last year leave no room for another time zone.
        when = datetime.fromisoformat(kept["when"]).astimezone()
        status, cause, summary = Status(kept["status"]), kept["cause"], kept["summary"]
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    if not isinstance(summary, str) or not isinstance(cause, str | None):
        return None
    return LastRun(status.value, cause and cause[:SAID_CHARACTERS], summary[:SAID_CHARACTERS], when)
