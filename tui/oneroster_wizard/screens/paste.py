"""A window for the block that the district sent; it shows what was found while one types."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static, TextArea

if TYPE_CHECKING:
    from oneroster_checks.paste import Pasted

NAMES = {
    "base_url": "Base URL",
    "token_url": "Token URL",
    "client_id": "Client id",
    "client_secret": "Client secret",
    "vendor_key": "Vendor key",
    "vendor_secret": "Vendor secret",
    "created": "Day created",
    "oauth": "OAuth version",
    "oneroster": "OneRoster version",
}
EMPTY = "Paste the mail, the table or the Information to Share here, in any order, with its labels."


class PasteScreen(ModalScreen["Pasted | None"]):
    """Gives what was read from the text, None when the person leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        Binding("ctrl+n", "fill", "Fill in"),
    ]
    AUTO_FOCUS = "#block"
    CSS_PATH = ["windows.tcss", "paste.tcss"]  # noqa: RUF012

    def __init__(self, text: str, keep: Callable[[str], None]) -> None:
        super().__init__()
        self._text = text
        self._keep = keep
        self._pasted: Pasted | None = None

    def compose(self) -> ComposeResult:
        with Vertical(classes="window", id="paste-window"):
            yield Static("Paste what the district sent", classes="window-title")
            area = TextArea(self._text, id="block", compact=True, soft_wrap=True, tab_behavior="focus")
            area.cursor_blink = False
            yield area
            yield Static(Content(EMPTY), id="found")
            with Horizontal(classes="actions"):
                yield Button("Fill in (Ctrl+N)", id="fill", variant="primary")
                yield Button("Leave", id="leave")

    @on(TextArea.Changed)
    def _text_changed(self) -> None:
        from oneroster_checks.paste import read_block

        text = self.query_one("#block", TextArea).text
        self._pasted = read_block(text) if text.strip() else None
        self.query_one("#found", Static).update(Content(self._words()))

    def _words(self) -> str:
        pasted = self._pasted
        if pasted is None:
            return EMPTY
        if not pasted.found:
            return "Nothing was recognised yet. Paste the labels too: Key, Secret, Base URL, Token URL."
        found = ", ".join(NAMES.get(name, name) for name in pasted.found)
        return " ".join([f"Found: {found}.", *pasted.notes])

    @on(Button.Pressed, "#fill")
    def action_fill(self) -> None:
        """Close with what was found."""
        if self._pasted is not None and self._pasted.found:
            self.dismiss(self._pasted)
        else:
            self.query_one("#block").focus()

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Close without it."""
        # What was pasted is there again when the window opens the next time.
        self._keep(self.query_one("#block", TextArea).text)
        self.dismiss(None)
