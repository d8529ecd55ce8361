"""Asks in which format and where a report is saved."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, RadioSet, Static

from oneroster_checks.report import REPORT_FORMATS
from oneroster_wizard.widgets.choice import Choice, ChoiceRow
from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog


@dataclass(frozen=True, slots=True)
class FileForm:
    """One form of a file: its id, its name on the screen, and the suffix."""

    id: str
    label: str
    suffix: str


def forms_of(*ids: str) -> tuple[FileForm, ...]:
    """Formats of reports by their ids."""
    return tuple(FileForm(each.id, each.label, each.suffix) for each in map(REPORT_FORMATS.__getitem__, ids))


CHOICES = forms_of("markdown", "text", "json", "html", "har")
NO_NAMES = "It has no secrets and no one's name in it. Only you can read it."


class SaveReportScreen(Dialog["tuple[str, Path] | None"]):
    """Gives the format and the path, None when it is closed; a file that would be replaced is named first.

    `forms` are the formats to choose from, of which the first is offered, and `means` says what is in the file.
    """

    AUTO_FOCUS = "#path"
    CSS_PATH = ["forms.tcss", "dialog.tcss", "save_report.tcss"]  # noqa: RUF012

    def __init__(
        self,
        path: Path,
        forms: Sequence[FileForm] = CHOICES,
        *,
        title: str = "Save the report",
        means: str = NO_NAMES,
    ) -> None:
        super().__init__(title)
        self._path = path
        self._forms = forms
        self._means = means
        self._replaces = ""

    def compose_body(self) -> ComposeResult:
        if len(self._forms) > 1:
            yield ChoiceRow(
                *(Choice(form.label, form is self._forms[0], compact=True) for form in self._forms), id="form"
            )
        box = PlainInput(str(self._path), id="path", compact=True)
        box.cursor_blink = False
        yield box
        yield Static(plain(self._means), id="save-says")

    def compose_actions(self) -> ComposeResult:
        yield Button("Save", id="yes", variant="primary")

    @on(RadioSet.Changed)
    def _form_chosen(self, event: RadioSet.Changed) -> None:
        box = self.query_one("#path", Input)
        path = Path(box.value)
        # A device or a pipe has its name, whatever the format.
        if path.name and (os.path.isfile(path) or not os.path.exists(path)):
            box.value = str(path.with_suffix(self._forms[event.index].suffix))

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
        index = max([0, *(row.pressed_index for row in self.query("#form").results(RadioSet))])
        self.dismiss((self._forms[index].id, path))

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
