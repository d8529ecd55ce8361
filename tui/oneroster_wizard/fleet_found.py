"""The saved connections as they were read for the table of Start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .limits import STRIP_RUNS
from .storage.profile_error import ProfileError

if TYPE_CHECKING:
    from .fleet_rows import FleetRow
    from .storage.profiles import Profile
    from .storage.saved_connections import SavedConnections


@dataclass(slots=True)
class FleetFound:
    """The saved connections as they were read: their profiles, their rows by name, and what cannot be used."""

    profiles: list[Profile] = field(default_factory=list)
    rows: dict[str, FleetRow] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def read_fleet(saved: SavedConnections) -> FleetFound:
    """Read all of them with their last runs; where something cannot be read, `troubles` says why."""
    from .fleet_rows import rows_of

    try:
        profiles, broken = saved.list()
    except ProfileError as error:
        return FleetFound(troubles=[str(error)])
    troubles = [f"{file.path.name} cannot be used and was left as it is. {file.sentence}" for file in broken]
    runs, unknown = saved.last_runs(STRIP_RUNS) if profiles else ({}, "")
    rows = {row.name: row for row in rows_of(profiles, runs, saved.today())}
    return FleetFound(profiles, rows, [*troubles, unknown] if unknown else troubles)
