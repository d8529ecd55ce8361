"""Asks for the name of a saved connection."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static


class NameScreen(ModalScreen[str]):
    """Gives the name, or an empty text when the person leaves; names in `taken` are refused."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]
    AUTO_FOCUS = "#name"
    CSS_PATH = "windows.tcss"

    def __init__(self, title: str, name: str, button: str, *, taken: Collection[str] = ()) -> None:
        super().__init__()
        self._title = title
        self._name_to_offer = name
        self._button = button
        self._taken = {other.casefold() for other in taken}

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield Static(Content(self._title), classes="window-title")
            box = Input(self._name_to_offer, id="name", compact=True)
            box.cursor_blink = False
            yield box
            yield Static(id="name-says")
            with Horizontal(classes="actions"):
                yield Button(self._button, id="yes", variant="primary")
                yield Button("Leave it", id="no")

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _name_given(self) -> None:
        name = self.query_one("#name", Input).value.strip()
        wrong = self._what_is_wrong(name)
        if wrong:
            self.query_one("#name-says", Static).update(Content(wrong))
            self.query_one("#name").focus()
        else:
            self.dismiss(name)

    def _what_is_wrong(self, name: str) -> str:
        if not name:
            return "Give it a name, such as the district's."
        if name.casefold() in self._taken:
            return f"There is a connection named {name} already. Choose another name."
        return ""

    @on(Button.Pressed, "#no")
    def action_leave(self) -> None:
        """Close without a name."""
        self.dismiss("")
