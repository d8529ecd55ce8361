"""A dialog with the details of one check or point."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from .dialog import Dialog


class DetailsScreen(Dialog[None]):
    """Shows a text that scrolls; Esc and Enter close it too."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "close", "Close", show=False)]
    WINDOW = "details-window"
    AUTO_FOCUS = "#text"
    CSS_PATH = ["dialog.tcss", "details.tcss"]  # noqa: RUF012

    def __init__(self, title: str, text: Content) -> None:
        super().__init__(title)
        self._text = text

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="text"):
            yield Static(self._text)
