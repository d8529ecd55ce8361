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

    def __init__(self, title: str, module: str, screen: str) -> None:
        self.title = title
        self.module = module
        self.screen = screen

    @property
    def number(self) -> int:
        """The place of the step, from 1."""
        return _ORDER.index(self) + 1

    @property
    def next(self) -> WizardStep:
        """The step behind this one; the last has itself behind it."""
        return _ORDER[min(self.number, len(_ORDER) - 1)]


_ORDER = tuple(WizardStep)
