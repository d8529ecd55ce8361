"""Asks for the names in a message to the district: whose it is, what the product is called, and who writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label, Static

from oneroster_wizard.storage.profile_error import ProfileError
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog

if TYPE_CHECKING:
    from oneroster_checks.report import Letterhead

NAMES = {"district": "The district", "product": "Your product", "sender": "Your name"}


class LetterNamesScreen(Dialog["Letterhead | None"]):
    """Gives the names, None when it is closed; each may stay empty, and the message does without it."""

    WINDOW = "names-window"
    CSS_PATH = ["dialog.tcss", "letter_names.tcss"]  # noqa: RUF012
    HELP_TEXT = """
These names go into the message to the district. The district's is saved with the connection, the product's and \
yours for all messages. Any of them may be empty.
"""

    def __init__(self, known: Letterhead) -> None:
        super().__init__("Names in the message")
        self._known = known

    def compose_body(self) -> ComposeResult:
        for name, label in NAMES.items():
            with Horizontal(classes="name-line"):
                yield Label(label)
                box = PlainInput(getattr(self._known, name), id=name, compact=True)
                box.cursor_blink = False
                yield box
        yield Static("Asked once. Leave empty what the message does not need.", id="names-say")

    def compose_actions(self) -> ComposeResult:
        yield Button("Copy the message", id="yes", variant="primary")

    def on_mount(self) -> None:
        empty = [name for name in NAMES if not getattr(self._known, name)]
        self.query_one(f"#{empty[0] if empty else 'district'}").focus()

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _names_given(self) -> None:
        from oneroster_checks.report import Letterhead
        from oneroster_wizard.storage.profile_file import clean_district
        from oneroster_wizard.storage.settings import clean_setting

        texts: dict[str, str] = {}
        for name in NAMES:
            box = self.query_one(f"#{name}", Input)
            try:
                is_districts = name == "district"
                texts[name] = clean_district(box.value) if is_districts else clean_setting(name, box.value)
            except ProfileError as error:
                self.query_one("#names-say", Static).update(plain(str(error)))
                box.focus()
                return
        self.dismiss(Letterhead(**texts))
