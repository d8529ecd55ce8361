"""What is kept of the run of a saved profile, and that somebody was told of it; where keeping fails, it is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from ..fleet_run import EndedRun, keep_run
from ..storage.profiles import Profile, ProfileError, ProfileStore
from .console import complain

if TYPE_CHECKING:
    from oneroster_checks.result import Result

    from ..profile_secrets import Unable


def keep(
    result: Result, fingerprints: Mapping[str, str], profile: Profile | Unable, *, tells: bool = True
) -> EndedRun:
    """Keep the result of the run of a saved profile; where that fails, say so and go on.

    `fingerprints` are keyed ones of its secrets, by the field's name; `tells` is as in `keep_run`.
    """
    kept = keep_run(ProfileStore(), result, fingerprints, profile, tells=tells)
    if kept.trouble:
        complain(f"The run could not be saved: {kept.trouble}")
    return kept


def note_told(runs: Iterable[EndedRun]) -> None:
    """Note that somebody was told of runs. Where that fails, they are told once more, which is better than never."""
    # No run but one with news waits for it.
    if news := [run.result for run in runs if run.is_news and not run.trouble]:
        with suppress(ProfileError):
            ProfileStore().history.tell((each.profile or "", each.started) for each in news)
