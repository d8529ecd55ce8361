"""What a window shows that is too small for any screen."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from oneroster_wizard.window_sizes import LEAST_HEIGHT, LEAST_WIDTH

from .state import plain


class TooSmall(Widget):
    """Says how large the window is, and how large it has to be; shown in the place of everything else."""

    def render(self) -> Content:
        """One sentence on what to do."""
        width, height = self.app.size
        return plain(
            f"This window is {width} by {height}. Make it at least {LEAST_WIDTH} by {LEAST_HEIGHT}: nothing is lost. "
            "Ctrl+C quits."
        )
