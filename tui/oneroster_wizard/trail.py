"""The way that a person took through the steps, so that one step back leads to where they came from."""

from __future__ import annotations

from .steps import WizardStep


class Trail:
    """The steps behind the one that is shown; at its end, one step back leads to Start."""

    def __init__(self) -> None:
        self._behind: list[WizardStep] = []

    def begin(self) -> None:
        """Begin anew, as on Start or with another connection."""
        self._behind.clear()

    def forward(self, here: WizardStep, to: WizardStep, *, returns: bool = False) -> None:
        """Go from a step to another.

        Who comes to a step again goes back from there as the first time; with `returns`, back to this one.
        """
        if not returns and to in self._behind:
            del self._behind[self._behind.index(to) :]
        else:
            self._behind.append(here)

    def back(self) -> WizardStep:
        """The step to go back to."""
        return self._behind.pop() if self._behind else WizardStep.START
