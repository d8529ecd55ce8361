"""Two kept runs side by side, as the wizard shows them."""

from __future__ import annotations

from .limits import COMPARED_COLUMNS
from .named_run import NoSuchRun, named_run
from .storage.profiles import ProfileError, ProfileStore


def comparison_of(store: ProfileStore, one: str, other: str) -> str:
    """The text of a comparison of two runs by their names, the older of one connection's first.

    ProfileError with a sentence where one of them has no run, or cannot be read.
    """
    from oneroster_checks.report.compared import compare
    from oneroster_checks.report.text_compared import comparison_text

    try:
        with store.history:
            pair = [named_run(store, other), named_run(store, one)]
    except NoSuchRun as error:
        raise ProfileError(str(error)) from None
    left, right = pair if pair[0].result.profile == pair[1].result.profile else reversed(pair)
    same = left.secrets and right.secrets and left.result.profile == right.result.profile
    found = compare(left.result, right.result, secrets=(left.secrets, right.secrets) if same else None)
    return comparison_text(found, COMPARED_COLUMNS)
