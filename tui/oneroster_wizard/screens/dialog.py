"""What every dialog has: a title, a body, its buttons, and Close."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from oneroster_wizard.keys import Key
from oneroster_wizard.widgets.key_line import KeyLine
from oneroster_wizard.widgets.state import plain
from oneroster_wizard.widgets.too_small import TooSmall

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A dialog over a screen. Esc and the button Close end it with None; a subclass may give something else.

    Its last line shows its keys; F1 lists them.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.BACK.bound("close", "Close", tooltip="Close this dialog"),
        Key.HELP.bound("app.dialog_keys", "Keys", tooltip="The keys of this dialog"),
    ]
    HELP_TEXT: ClassVar[str] = ""
    WINDOW: ClassVar[str] = "dialog"
    CSS_PATH = ["dialog.tcss"]  # noqa: RUF012

    def __init__(self, title: str) -> None:
        super().__init__()
        # What stands over its body, and over the list of its keys.
        self.heading = title

    # What a subclass fills in.

    def compose_body(self) -> ComposeResult:
        """The widgets between the title and the buttons."""
        yield from ()

    def compose_actions(self) -> ComposeResult:
        """The buttons before Close."""
        yield from ()

    # What all dialogs do alike.

    def compose(self) -> ComposeResult:
        yield TooSmall()
        with Vertical(classes="window", id=self.WINDOW):
            yield Static(plain(self.heading), classes="window-title")
            yield from self.compose_body()
            with Horizontal(classes="actions"):
                yield from self.compose_actions()
                yield Button("Close", id="close")
            yield KeyLine()

    @on(Button.Pressed, "#close")
    def _close_pressed(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        """Close the dialog without anything else."""
        self.dismiss(None)
