"""Asks for the name of a saved connection."""

from __future__ import annotations

from collections.abc import Collection

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog


class NameScreen(Dialog["str | None"]):
    """Gives the name, None when it is closed without one; names in `taken` are refused."""

    AUTO_FOCUS = "#name"

    def __init__(self, title: str, name: str, button: str, *, taken: Collection[str] = ()) -> None:
        super().__init__(title)
        self._name_to_offer = name
        self._button = button
        self._taken = {other.casefold() for other in taken}

    def compose_body(self) -> ComposeResult:
        box = PlainInput(self._name_to_offer, id="name", compact=True)
        box.cursor_blink = False
        yield box
        yield Static(id="name-says")

    def compose_actions(self) -> ComposeResult:
        yield Button(self._button, id="yes", variant="primary")

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _name_given(self) -> None:
        name = self.query_one("#name", Input).value.strip()
        wrong = self._what_is_wrong(name)
        if wrong:
            self.query_one("#name-says", Static).update(plain(wrong))
            self.query_one("#name").focus()
        else:
            self.dismiss(name)

    def _what_is_wrong(self, name: str) -> str:
        if not name:
            return "Give it a name, such as the district's."
        if name.casefold() in self._taken:
            return f"A connection named {name} already exists. Choose another name."
        return ""
