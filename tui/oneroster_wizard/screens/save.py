"""Asks in which form and where a report is saved."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, RadioSet, Static

from oneroster_wizard.widgets.choice import Choice, ChoiceRow

FORMS = (("markdown", "Markdown", ".md"), ("text", "Plain text", ".txt"), ("json", "JSON", ".json"))


class SaveScreen(ModalScreen["tuple[str, Path] | None"]):
    """Gives the form and the path, None when the person leaves; an existing file is named before it goes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]
    AUTO_FOCUS = "#path"
    CSS_PATH = ["forms.tcss", "windows.tcss", "save.tcss"]  # noqa: RUF012

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._replaces = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="window"):
            yield Static("Save the report", classes="window-title")
            yield ChoiceRow(
                *(Choice(label, form == "markdown", compact=True) for form, label, _ in FORMS), id="form"
            )
            box = Input(str(self._path.with_suffix(".md")), id="path", compact=True)
            box.cursor_blink = False
            yield box
            yield Static("It holds no secret and no person's name.", id="save-says")
            with Horizontal(classes="actions"):
                yield Button("Save", id="yes", variant="primary")
                yield Button("Leave", id="no")

    @on(RadioSet.Changed)
    def _form_chosen(self, event: RadioSet.Changed) -> None:
        box = self.query_one("#path", Input)
        path = Path(box.value)
        if path.name:
            box.value = str(path.with_suffix(FORMS[event.index][2]))

    @on(Input.Submitted)
    @on(Button.Pressed, "#yes")
    def _save(self) -> None:
        text = self.query_one("#path", Input).value.strip()
        path = Path(text).expanduser()
        wrong = ""
        if not text:
            wrong = "Write where the report should go."
        elif path.is_dir():
            wrong = "This is a folder. Add a name for the file."
        elif path.exists() and self._replaces != text:
            self._replaces = text
            wrong = "This file exists. Save again replaces it."
        if wrong:
            self.query_one("#save-says", Static).update(Content(wrong))
            return
        index = max(0, self.query_one("#form", RadioSet).pressed_index)
        self.dismiss((FORMS[index][0], path))

    @on(Button.Pressed, "#no")
    def action_leave(self) -> None:
        """Close without saving."""
        self.dismiss(None)
