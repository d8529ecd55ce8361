"""A window with everything about one row of the checklist, or with what a cause means."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static


class DetailsScreen(ModalScreen[None]):
    """Shows a text; Esc, Enter, F1, q or the button closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,f1", "close", "Close")]
    AUTO_FOCUS = "#text"
    CSS_PATH = ["windows.tcss", "details.tcss"]  # noqa: RUF012

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="window", id="details-window"):
            yield Static(Content(self._title), classes="window-title")
            with VerticalScroll(id="text"):
                yield Static(self._text)
            with Horizontal(classes="actions"):
                yield Button("Close", id="close", variant="primary")

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Close the window."""
        self.dismiss(None)
