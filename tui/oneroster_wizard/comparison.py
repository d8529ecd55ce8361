"""Two kept runs side by side, for the command line and the wizard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .limits import COMPARED_COLUMNS
from .named_run import NamedRun, NoSuchRun, named_run
from .storage.fingerprints import are_of_one_key
from .storage.profiles import ProfileError, ProfileStore

if TYPE_CHECKING:
    from oneroster_checks.report.compared import RunComparison


def compared(left: NamedRun, right: NamedRun) -> RunComparison:
    """Two runs; whether their secrets differ is told of one profile alone, and only where both are known."""
    from oneroster_checks.report.compared import compare

    are_known = left.secrets and right.secrets and are_of_one_key(left.secrets, right.secrets)
    is_told = are_known and left.result.profile == right.result.profile
    return compare(left.result, right.result, secrets=(left.secrets, right.secrets) if is_told else None)


def comparison_of(store: ProfileStore, one: str, other: str) -> str:
    """The text of a comparison of two runs by their names, the older of one connection first.

    ProfileError with a sentence where one of them has no run, or cannot be read.
    """
    from oneroster_checks.report.text_compared import comparison_text

    try:
        with store.history:
            left, right = named_run(store, one), named_run(store, other)
    except NoSuchRun as error:
        raise ProfileError(str(error)) from None
    if left.result.profile == right.result.profile:
        left, right = right, left
    return comparison_text(compared(left, right), COMPARED_COLUMNS)
