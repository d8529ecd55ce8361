"""The first line of every screen: which step this is, of how many."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

STEPS = ("Start", "Versions", "Connection", "Secrets", "Ask the district", "Run", "Checklist")


class StepLine(Widget):
    """Says "Step 3 of 7: Connection"; a wide window names the other steps too."""

    def __init__(self, step: int, note: str = "") -> None:
        super().__init__()
        self.step = step
        self.note = note

    def render(self) -> Content:
        """The step at the left; at the right its place, as names where they fit and as a bar where not."""
        left = Content.assemble(
            (f"Step {self.step} of {len(STEPS)}: {STEPS[self.step - 1]}", "bold"), f"  {self.note}"
        )
        parts: list[tuple[str, str]] = []
        for number, name in enumerate(STEPS, start=1):
            style = "bold underline" if number == self.step else "" if number < self.step else "dim"
            parts += [("  ", ""), (name, style)]
        right = Content.assemble(*parts)
        room = self.content_size.width - left.cell_length
        if right.cell_length > room:
            done = "━━" * self.step + "──" * (len(STEPS) - self.step)
            right = Content.styled(f"  {done}", "$text-primary")
        if right.cell_length > room:
            return left
        return Content.assemble(left, " " * (room - right.cell_length), right)
