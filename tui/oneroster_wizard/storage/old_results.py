"""The last runs as earlier versions kept them, in files beside the profiles: they move into the history once."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from oneroster_checks.files import read_file
from oneroster_checks.finding import Status
from oneroster_checks.limits import SAID_CHARACTERS

from ..limits import OLD_RESULT_BYTES
from .kept_run import KeptRun

_SUFFIX = ".last.json"


def old_result_path(profile: Path) -> Path:
    """Where an earlier version kept the last run of the profile in this file."""
    return profile.with_name(profile.name.removesuffix(".toml") + _SUFFIX)


def profiles_with_old_results(folder: Path) -> list[Path]:
    """The files of the profiles, whether there or not, beside which there is a last run; none without a folder."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    stems = [name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX) and name[0] != "."]
    return sorted(folder / f"{stem}.toml" for stem in stems)


def old_result_of(path: Path, profile: str) -> KeptRun | None:
    """How the last run of the profile in this file ended; None where that cannot be read."""
    import json

    try:
        kept: Any = json.loads(read_file(old_result_path(path), OLD_RESULT_BYTES))
        # The first and the last year leave no room for another time zone.
        when = datetime.fromisoformat(kept["when"]).astimezone()
        status, cause, summary = Status(kept["status"]), kept["cause"], kept["summary"]
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    if not isinstance(summary, str) or not isinstance(cause, str | None):
        return None
    cause = cause[:SAID_CHARACTERS] if cause else None
    return KeptRun(profile, when, status, cause, summary[:SAID_CHARACTERS], has_report=False)
