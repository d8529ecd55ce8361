"""What is kept of the run of a saved profile; where that fails, it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..fleet_run import EndedRun, keep_run
from ..storage.profiles import Profile, ProfileStore
from .console import complain

if TYPE_CHECKING:
    from oneroster_checks.result import Result

    from ..profile_secrets import Unable


def keep(result: Result, fingerprints: Mapping[str, str], profile: Profile | Unable) -> EndedRun:
    """Keep the result of the run of a saved profile; where that fails, say so and go on.

    `fingerprints` are keyed ones of its secrets, by the field's name.
    """
    kept = keep_run(ProfileStore(), result, fingerprints, profile)
    if kept.trouble:
        complain(f"The run could not be saved: {kept.trouble}")
    return kept
