"""The steps of the wizard: the one table of them. A new step is a line here and the file of its screen."""

from __future__ import annotations

from enum import Enum


class WizardStep(Enum):
    """A step: its title, the module of its screen in `screens`, and the class there."""

    START = "Start", "start", "StartScreen"
    VERSIONS = "Versions", "versions", "VersionsScreen"
    CONNECTION = "Connection", "connection", "ConnectionScreen"
    SECRETS = "Secrets", "secrets", "SecretsScreen"
    RUN = "Run", "run", "RunScreen"
    CHECKLIST = "Checklist", "checklist", "ChecklistScreen"
    # Beside the way: they have no number, and nothing comes behind them.
    TRACE = "Trace", "trace", "TraceScreen"
    MOVE = "Move", "move", "MoveScreen"

    def __init__(self, title: str, module: str, screen: str) -> None:
        self.title = title
        self.module = module
        self.screen = screen

    @property
    def number(self) -> int:
        """The place of the step on the way, from 1; 0 for one that stands beside it."""
        return WAY.index(self) + 1 if self in WAY else 0

    @property
    def asks(self) -> bool:
        """Whether a district is asked there."""
        return self in (WizardStep.RUN, WizardStep.TRACE, WizardStep.MOVE)

    @property
    def next(self) -> WizardStep:
        """The step behind this one; the last has itself behind it."""
        return WAY[min(self.number, len(WAY) - 1)] if self in WAY else self


# The steps from the first to the last.
WAY = tuple(step for step in WizardStep if step not in (WizardStep.TRACE, WizardStep.MOVE))
