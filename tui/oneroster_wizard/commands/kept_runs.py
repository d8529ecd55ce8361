"""What is kept of a run of a saved profile, and whether it says anything new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oneroster_checks.connection import Credentials

from .console import complain

if TYPE_CHECKING:
    from oneroster_checks.result import Result


@dataclass(frozen=True, slots=True)
class KeptRun:
    """A result as it was kept; `is_news` says that the last run of its profile had another verdict or cause, or that
    there was none."""

    result: Result
    is_news: bool


def keep(result: Result, credentials: Credentials) -> KeptRun:
    """Keep the result of a run of a saved profile; where that fails, say so and go on."""
    from ..storage.profiles import ProfileError, ProfileStore

    assert result.profile is not None
    store = ProfileStore()
    verdict = result.verdict
    is_news = True
    try:
        last = store.last_run(result.profile)
        is_news = last is None or (last.status, last.cause) != (verdict.status, verdict.cause)
        result = store.save_run(result.profile, result)
    except ProfileError as error:
        complain(f"The run could not be kept: {error}")
    return KeptRun(result, is_news)
