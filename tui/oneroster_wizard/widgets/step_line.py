"""The first line of every screen: which step this is, of how many."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

STEPS = ("Start", "Versions", "Connection", "Secrets", "Ask the district", "Run", "Checklist")


class StepLine(Horizontal):
    """Says "Step 3 of 7: Connection"; a wide window names the other steps too."""

    def __init__(self, step: int, note: str = "") -> None:
        super().__init__()
        self.step = step
        self.note = note

    def compose(self) -> ComposeResult:
        title = f"Step {self.step} of {len(STEPS)}: {STEPS[self.step - 1]}"
        yield Static(
            Content.assemble((title, "bold"), f"  {self.note}" if self.note else ""), id="step-title"
        )
        yield Static("━" * self.step * 2 + "─" * (len(STEPS) - self.step) * 2, id="step-bar")
        trail: list[tuple[str, str]] = []
        for number, name in enumerate(STEPS, start=1):
            style = "bold underline" if number == self.step else "" if number < self.step else "dim"
            trail += [(name, style), ("  ", "")]
        yield Static(Content.assemble(*trail), id="step-trail")
