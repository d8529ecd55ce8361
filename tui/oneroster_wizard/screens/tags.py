"""Asks for the tags of a saved connection."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.storage.profile_tags import tags_in
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog


class TagsScreen(Dialog["tuple[str, ...] | None"]):
    """Gives the tags, None when it is closed without them."""

    AUTO_FOCUS = "#tags"

    def __init__(self, name: str, tags: Sequence[str]) -> None:
        super().__init__(f"Tags of {name}")
        self._tags = tags

    def compose_body(self) -> ComposeResult:
        box = PlainInput(", ".join(self._tags), id="tags", compact=True, placeholder="texas, pilot")
        box.cursor_blink = False
        yield box
        yield Static("Words separated by commas. On the list, / and #word find a tag.", id="tags-says")

    def compose_actions(self) -> ComposeResult:
        yield Button("Save", id="yes", variant="primary")

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _tags_given(self) -> None:
        box = self.query_one("#tags", Input)
        try:
            tags = tags_in(box.value)
        except ProfileError as error:
            self.query_one("#tags-says", Static).update(plain(str(error)))
            box.focus()
        else:
            self.dismiss(tags)
