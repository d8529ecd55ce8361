"""A move between two saved connections as the wizard goes through it: its sides, their secrets, what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .draft import Draft
from .steps import WizardStep

if TYPE_CHECKING:
    from oneroster_checks.moving.model import Moved

    from .kept_mapping import KeptMapping


@dataclass(slots=True, eq=False)
class MovePlan:
    """The connection to move from, and the one to move to, None as long as there is none.

    `moved` is what came of the last comparison, with the `mapping` of what matches in it, None where it was not kept.
    """

    old: Draft
    new: Draft | None = None
    moved: Moved | None = field(default=None, repr=False)
    mapping: KeptMapping | None = field(default=None, repr=False)
    # The side whose secrets are asked for now, None for neither.
    asking: Draft | None = field(default=None, repr=False)
    # The profiles whose secrets the person was asked for: who gives none is not asked again.
    _asked: set[str] = field(default_factory=set)

    def way(self) -> tuple[WizardStep, Draft]:
        """The step that comes next, with its draft: the secrets of a side that has none, then the comparison."""
        for which, side in (("old", self.old), ("new", self.new)):
            if self.new is None or side is None or side.credentials.client_secret:
                continue
            if side.profile not in self._asked:
                self._asked.add(side.profile)
                side.move, self.asking = self, side
                side.note = f"This is the {which} connection of the move. {side.note}".strip()
                return WizardStep.SECRETS, side
        self.old.move, self.asking = self, None
        return WizardStep.MOVE, self.old

    def keep(self, moved: Moved, mapping: KeptMapping | None) -> None:
        """Take what came of a comparison in the place of the one before."""
        if self.mapping is not None:
            self.mapping.close()
        self.moved, self.mapping = moved, mapping
