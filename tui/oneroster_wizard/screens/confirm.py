"""A question before something is lost, or takes long."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Button, Static

from oneroster_wizard.keys import Key
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog


class ConfirmScreen(Dialog[bool]):
    """Asks a question; gives True when the person goes through with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.YES.bound("confirm", "Yes"),
        Key.NO.bound("refuse", "No"),
    ]
    AUTO_FOCUS = "#close"

    def __init__(self, title: str, text: str, yes: str, *, is_loss: bool = True) -> None:
        """`yes` is the title of its button, and `is_loss` whether that takes something away."""
        super().__init__(title)
        self._text = text
        self._yes = yes
        self._is_loss = is_loss

    def compose_body(self) -> ComposeResult:
        yield Static(plain(self._text))

    def compose_actions(self) -> ComposeResult:
        yield Button(self._yes, id="yes", variant="error" if self._is_loss else "primary")

    @on(Button.Pressed, "#yes")
    def action_confirm(self) -> None:
        """Close with yes."""
        self.dismiss(True)

    def action_refuse(self) -> None:
        """Close without it."""
        self.action_close()
