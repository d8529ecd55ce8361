"""The box in which a person types what to look for among the saved profiles."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from oneroster_wizard.keys import Key

from .nothing_acts import PlainInput


class FleetFilter(PlainInput):
    """Tells each change by `Input.Changed`; Enter and Down go to the rows, Esc ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Key.BACK.bound("show_all", "Clear", tooltip="Show every connection again"),
        Binding("enter", "to_rows", "To the list", tooltip="Go to the connections that are left"),
        Binding("down", "to_rows", "To the list", show=False),
    ]

    class Ended(Message):
        """Every profile is wanted again."""

    class Done(Message):
        """The person goes to the rows."""

    def __init__(self) -> None:
        super().__init__(id="filter", placeholder="Name, provider, cause or #tag", compact=True)
        self.cursor_blink = False

    def action_show_all(self) -> None:
        """Show everything again."""
        self.post_message(self.Ended())

    def action_to_rows(self) -> None:
        """Go to the rows."""
        self.post_message(self.Done())
