"""A dialog for the block that the district sent; it shows what was found while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Button, Static, TextArea

from oneroster_checks.labels import field_label
from oneroster_wizard.keys import Key
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted

EMPTY = "Paste the email, table or Information to Share here, in any order, with its labels."


class PasteScreen(Dialog["Pasted | None"]):
    """Gives what was read from the text, None when it is closed; `keep` then takes the text for another time."""

    BINDINGS: ClassVar[list[BindingType]] = [Key.NEXT.bound("fill", "Fill in")]
    WINDOW = "paste-window"
    AUTO_FOCUS = "#block"
    CSS_PATH = ["dialog.tcss", "paste.tcss"]  # noqa: RUF012

    def __init__(self, text: str, keep: Callable[[str], None]) -> None:
        super().__init__("Paste what the district sent")
        self._text = text
        self._keep = keep
        self._pasted: Pasted | None = None

    def compose_body(self) -> ComposeResult:
        area = TextArea(self._text, id="block", compact=True, soft_wrap=True, tab_behavior="focus")
        area.cursor_blink = False
        yield area
        yield Static(plain(EMPTY), id="found")

    def compose_actions(self) -> ComposeResult:
        yield Button("Fill in (Ctrl+N)", id="fill", variant="primary")

    @on(TextArea.Changed)
    def _text_changed(self) -> None:
        from oneroster_checks.paste import read_block

        text = self.query_one("#block", TextArea).text
        self._pasted = read_block(text) if text.strip() else None
        self.query_one("#found", Static).update(plain(self._words()))

    def _words(self) -> str:
        pasted = self._pasted
        if pasted is None:
            return EMPTY
        if not pasted.found:
            return "Nothing was recognized yet. Paste the labels too: Key, Secret, Base URL, Token URL."
        found = ", ".join(field_label(name) for name in pasted.found)
        return " ".join([f"Found: {found}.", *pasted.notes])

    @on(Button.Pressed, "#fill")
    def action_fill(self) -> None:
        """Close with what was found."""
        if self._pasted is not None and self._pasted.found:
            self.dismiss(self._pasted)
        else:
            self.query_one("#block").focus()

    def action_close(self) -> None:
        # What was pasted is there again when the dialog opens the next time.
        self._keep(self.query_one("#block", TextArea).text)
        super().action_close()
