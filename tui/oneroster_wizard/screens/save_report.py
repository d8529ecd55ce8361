"""Asks in which format and where a report is saved."""

from __future__ import annotations

import os
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, RadioSet, Static

from oneroster_checks.report import REPORT_FORMATS
from oneroster_wizard.widgets.choice import Choice, ChoiceRow
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog

# The formats to choose from; the first one is offered.
CHOICES = tuple(REPORT_FORMATS[form] for form in ("markdown", "text", "json", "html", "har"))


class SaveReportScreen(Dialog["tuple[str, Path] | None"]):
    """Gives the format and the path, None when it is closed; a file that would be replaced is named first."""

    AUTO_FOCUS = "#path"
    CSS_PATH = ["forms.tcss", "dialog.tcss", "save_report.tcss"]  # noqa: RUF012

    def __init__(self, path: Path) -> None:
        super().__init__("Save the report")
        self._path = path
        self._replaces = ""

    def compose_body(self) -> ComposeResult:
        yield ChoiceRow(
            *(Choice(form.label, form is CHOICES[0], compact=True) for form in CHOICES), id="form"
        )
        box = PlainInput(str(self._path.with_suffix(CHOICES[0].suffix)), id="path", compact=True)
        box.cursor_blink = False
        yield box
        yield Static("It has no secrets and no one's name in it. Only you can read it.", id="save-says")

    def compose_actions(self) -> ComposeResult:
        yield Button("Save", id="yes", variant="primary")

    @on(RadioSet.Changed)
    def _form_chosen(self, event: RadioSet.Changed) -> None:
        box = self.query_one("#path", Input)
        path = Path(box.value)
        # A device or a pipe has its name, whatever the format.
        if path.name and (os.path.isfile(path) or not os.path.exists(path)):
            box.value = str(path.with_suffix(CHOICES[event.index].suffix))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _save(self) -> None:
        text = self.query_one("#path", Input).value.strip()
        # A name that no user has keeps its tilde.
        path = Path(os.path.expanduser(text))
        wrong = self._what_is_wrong(text, path)
        if wrong:
            self.query_one("#save-says", Static).update(plain(wrong))
            return
        index = max(0, self.query_one("#form", RadioSet).pressed_index)
        self.dismiss((CHOICES[index].id, path))

    def _what_is_wrong(self, text: str, path: Path) -> str:
        from oneroster_checks.files import reason_of
        from oneroster_wizard.storage.report_file import refuse_place
        from oneroster_wizard.storage.special_files import descriptor_of

        if not text:
            return "Enter where the report should go."
        if os.path.isdir(path):
            return "This is a folder. Add a name for the file."
        if descriptor_of(path) is not None:
            return "This is the screen of the wizard. Enter where the report should go."
        try:
            refuse_place(path)
        except OSError as error:
            return f"No file can be written there: {reason_of(error)}."
        if os.path.isfile(path) and self._replaces != text:
            self._replaces = text
            return "This file exists. Save again replaces it."
        return ""
