"""The last line of every screen: its keys. One widget, since a widget a key makes the first screen slow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.screen import Screen

_NAMED = {"escape": "Esc", "delete": "Del", "slash": "/", "enter": "Enter"}
GAP = "  "


def key_name(key: str) -> str:
    """A key as people write it: "ctrl+n" becomes "Ctrl+N"."""
    if key in _NAMED:
        return _NAMED[key]
    *modifiers, last = key.split("+")
    return "+".join([*(part.capitalize() for part in modifiers), last.upper()])


class KeyLine(Static):
    """Shows the keys that work now; a click on one is the key."""

    def __init__(self) -> None:
        super().__init__()
        # Where each key stands in the line: its first cell, the one behind its last, and the key.
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_updated)

    def on_resize(self) -> None:
        self._list_keys()

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        for first, behind, key in self._places:
            if at is not None and first <= at.x < behind:
                self.app.simulate_key(key)

    def _bindings_updated(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._list_keys()

    def _list_keys(self) -> None:
        shown: dict[str, tuple[str, str]] = {}
        palette: tuple[str, str] | None = None
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.key == self.app.COMMAND_PALETTE_BINDING:
                palette = binding.key, "Commands"
            elif binding.show and enabled:
                shown.setdefault(binding.action, (binding.key, binding.description))
        parts: list[Content] = []
        self._places = []
        at = 0
        for key, description in [*shown.values(), *([palette] if palette else [])]:
            name = key_name(key)
            behind = at + len(name) + 1 + len(description)
            # A key without room is left out; help and the commands name it too.
            if behind <= self.content_size.width:
                parts.append(Content.assemble((name, "bold $footer-key-foreground"), f" {description}"))
                self._places.append((at, behind, key))
                at = behind + len(GAP)
        self.update(Content(GAP).join(parts), layout=False)
