"""Asks for the class of a write test, and for the person's yes."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from oneroster_wizard.widgets.nothing_acts import PlainInput
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog

MEANS = (
    "This writes to the district's grade book: a category, a line item, and a result of one student in the class. "
    "Each gets a sourcedId that begins with orwt-, is read back, and is removed at the end, even if you cancel."
)
REMOVAL = "Removing them deletes them, and nothing else, from the district's grade book."
YES = "yes"


class WriteTestScreen(Dialog["str | None"]):
    """Gives the sourcedId of a class once the person has typed yes, None when it is closed; `classes` are offered."""

    WINDOW = "write-window"
    CSS_PATH = ["lists.tcss", "dialog.tcss", "write_test.tcss"]  # noqa: RUF012

    def __init__(self, classes: Sequence[str]) -> None:
        super().__init__("Write test")
        self._offered = tuple(classes)

    def compose_body(self) -> ComposeResult:
        yield Static(MEANS, id="write-means")
        if self._offered:
            yield Static("Choose a class, or type its sourcedId:", classes="label")
            yield OptionList(*(Option(plain(each)) for each in self._offered), id="classes", compact=True)
        else:
            yield Static("The sourcedId of a class:", classes="label")
        yield self._box("class-id", self._offered[0] if self._offered else "")
        yield Static("Type yes to write:", classes="label")
        yield self._box("write-yes", "")
        yield Static(id="write-says")

    def _box(self, id: str, text: str) -> PlainInput:
        box = PlainInput(text, id=id, compact=True)
        box.cursor_blink = False
        return box

    def compose_actions(self) -> ComposeResult:
        yield Button("Write and remove", id="write", variant="warning")

    def on_mount(self) -> None:
        self.query_one("#classes" if self._offered else "#class-id").focus()

    @on(OptionList.OptionHighlighted, "#classes")
    @on(OptionList.OptionSelected, "#classes")
    def _class_chosen(self, event: OptionList.OptionHighlighted | OptionList.OptionSelected) -> None:
        self.query_one("#class-id", Input).value = self._offered[event.option_index]
        if isinstance(event, OptionList.OptionSelected):
            self.query_one("#write-yes").focus()

    @on(Input.Submitted, "#class-id")
    def _class_typed(self) -> None:
        self.query_one("#write-yes").focus()

    @on(Input.Submitted, "#write-yes")
    @on(Button.Pressed, "#write")
    def _told_to_write(self) -> None:
        class_id = self.query_one("#class-id", Input).value.strip()
        if not class_id:
            self._says("Enter the sourcedId of a class.", "class-id")
        elif self.query_one("#write-yes", Input).value.strip().lower() != YES:
            self._says("Nothing is written until you type yes.", "write-yes")
        else:
            self.dismiss(class_id)

    def _says(self, sentence: str, field: str) -> None:
        self.query_one("#write-says", Static).update(sentence)
        self.query_one(f"#{field}").focus()
