"""One run of a profile: compared with those before it, and kept beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from .history import History

if TYPE_CHECKING:
    from oneroster_checks.result import Result


def compared_and_kept(
    history: History,
    result: Result,
    secrets: Mapping[str, str],
    timeout: float | None = None,
    *,
    is_told: bool = True,
) -> Result:
    """The result of a run, which names its profile, with what changed since the runs before it; it is kept now.

    `secrets` are keyed fingerprints by the field's name. `timeout` is the profile's own time limit, where an option of
    this run may have replaced it: it was no change of the profile. One that is not `is_told` waits for `History.tell`.
    """
    from oneroster_checks.changes.compare import with_changes

    name = result.profile or ""
    connection = result.connection.but(timeout=timeout) if timeout else result.connection
    before = history.snapshots(name, before=result.started)
    ran = history.endings(name, before=result.started)
    compared = with_changes(replace(result, connection=connection), before, secrets, ran)
    kept = replace(result, changed=compared.changed)
    history.add(kept, secrets, timeout, is_told=is_told)
    return kept
