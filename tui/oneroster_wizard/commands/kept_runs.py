"""What is kept of a run of a saved profile; where that fails, it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..fleet_run import EndedRun, keep_run
from ..storage.profiles import ProfileStore
from .console import complain

if TYPE_CHECKING:
    from oneroster_checks.result import Result


def keep(result: Result, fingerprints: Mapping[str, str], store: ProfileStore | None = None) -> EndedRun:
    """Keep the result of a run of a saved profile; where that fails, say so and go on.

    `fingerprints` are keyed ones of its secrets, by the field's name; `store` is that of many runs, which share it.
    """
    kept = keep_run(store or ProfileStore(), result, fingerprints)
    if kept.trouble:
        complain(f"The run could not be saved: {kept.trouble}")
    return kept
