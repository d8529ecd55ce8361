"""The first line of every screen: which step this is, of how many."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from oneroster_wizard.steps import WAY, WizardStep

from .state import plain


class StepLine(Widget):
    """Says "Step 3 of 6: Connection"; a wide window names the other steps too."""

    def __init__(self, step: WizardStep, note: str = "") -> None:
        super().__init__()
        self.step = step
        self.note = note

    def render(self) -> Content:
        """The step at the left; at the right its place, as names where they fit and as a bar where not."""
        number, last = self.step.number, len(WAY)
        if not number:
            # It stands beside the way.
            return Content.assemble(plain(self.step.title, "bold"), plain(f"  {self.note}"))
        left = Content.assemble(
            plain(f"Step {number} of {last}: {self.step.title}", "bold"), plain(f"  {self.note}")
        )
        parts: list[tuple[str, str]] = []
        for step in WAY:
            style = "bold underline" if step is self.step else "" if step.number < number else "$text-muted"
            parts += [("  ", ""), (step.title, style)]
        right = Content.assemble(*parts)
        room = self.content_size.width - left.cell_length
        if right.cell_length > room:
            done = "━━" * number + "──" * (last - number)
            right = plain(f"  {done}", "$text-primary")
        if right.cell_length > room:
            return left
        return Content.assemble(left, " " * (room - right.cell_length), right)
