"""F1: what a screen is for, and its keys, in plain words."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from oneroster_wizard.keys import Key, key_name
from oneroster_wizard.widgets.state import several_lines

from .dialog import Dialog

ALWAYS = """\
Tab and Shift+Tab go from one part to the next, arrow keys move inside a part, Enter presses what \
has the focus. You can also click everything. Ctrl+P opens the list of commands, light and \
dark among them."""

# Actions of the framework; what they do is said in ALWAYS.
FRAMEWORK = (
    "app.focus",
    "app.command",
    "app.help",
    "screen.",
    "scroll_",
    "copy_text",
    "maximize",
    "minimize",
)


class HelpScreen(Dialog[None]):
    """The help for a screen, with its keys; Esc, F1 or the button closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Key.HELP.bound("close", "Close", show=False)]
    WINDOW = "help"
    AUTO_FOCUS = "#help-text"

    def __init__(self, title: str, text: str, screen: Screen[Any], *, explained: str = "") -> None:
        """`explained` is about what has the focus, and comes before the keys."""
        super().__init__(f"Help: {title}")
        self._text = text
        self._explained = explained
        self._keys = [
            (key_name(active.binding.key), active.binding.description)
            for active in screen.active_bindings.values()
            if active.binding.description
            and (active.node is screen or active.binding.show)
            and (active.node is not screen or not active.binding.action.startswith(FRAMEWORK))
        ]

    def compose_body(self) -> ComposeResult:
        with VerticalScroll(id="help-text"):
            if self._explained:
                yield Static(several_lines(self._explained))
                yield Static("Keys", classes="heading")
            lines = [f"{key:<10} {description}" for key, description in self._keys]
            yield Static(several_lines("\n".join(lines)))
            yield Static(several_lines(ALWAYS), classes="note")
            if self._text:
                yield Static("What this is", classes="heading")
                yield Static(several_lines(self._text.strip()))
