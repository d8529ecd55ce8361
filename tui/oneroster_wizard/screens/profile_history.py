"""The runs of one saved connection as a timeline: those that ended alike, and what changed before them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from oneroster_wizard.widgets.timeline import timeline

from .details import DetailsScreen

if TYPE_CHECKING:
    from oneroster_wizard.storage.kept_run import KeptRun


class ProfileHistoryScreen(DetailsScreen):
    """Shows the runs of a profile; `runs` are the newest first, and so are they shown."""

    def __init__(self, name: str, runs: Sequence[KeptRun]) -> None:
        super().__init__(f"History of {name}", timeline(runs))
