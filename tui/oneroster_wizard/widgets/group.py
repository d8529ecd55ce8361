"""A framed group of a form, with its title in the frame."""

from __future__ import annotations

from textual.containers import Vertical
from textual.widget import Widget

from .state import plain


class Group(Vertical):
    """A frame with a title at its upper edge and, when there is one, a hint at its lower edge."""

    def __init__(self, title: str, *children: Widget, id: str | None = None) -> None:
        super().__init__(*children, id=id, classes="group")
        self.name_it(title)

    def name_it(self, title: str) -> None:
        """Put a title into the frame."""
        self.border_title = plain(title)

    def hint(self, text: str) -> None:
        """Put a hint into the frame, or take it away with an empty text."""
        self.border_subtitle = plain(text)
