"""The last line of every screen: its keys. One widget, since a widget a key makes the first screen slow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widgets import Static

from oneroster_wizard.keys import Key, key_name

if TYPE_CHECKING:
    from textual.screen import Screen

GAP = "  "
# These stand last, and have their room first: they lead out of everything, and to all other keys.
_ALWAYS = (Key.BACK.value, Key.HELP.value)


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
        palette: list[tuple[str, str]] = []
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.key == self.app.COMMAND_PALETTE_BINDING:
                palette = [(binding.key, "Commands")]
            elif binding.show and enabled:
                shown.setdefault(binding.action, (binding.key, binding.description))
        always = [each for each in shown.values() if each[0] in _ALWAYS]
        others = [each for each in shown.values() if each[0] not in _ALWAYS]
        # What this screen alone can do comes first.
        others.sort(key=lambda each: each[0] == Key.QUIT.value)
        room = self.content_size.width - sum(map(_width, always))
        parts: list[tuple[str, str]] = []
        for each in [*others, *palette]:
            # A key without room is left out; help and the commands name it too.
            if _width(each) <= room:
                parts.append(each)
                room -= _width(each)
        self._show([*parts, *always])

    def _show(self, keys: list[tuple[str, str]]) -> None:
        contents: list[Content] = []
        self._places = []
        at = 0
        for key, description in keys:
            name = key_name(key)
            contents.append(Content.assemble((name, "bold $footer-key-foreground"), f" {description}"))
            behind = at + contents[-1].cell_length
            self._places.append((at, behind, key))
            at = behind + len(GAP)
        self.update(Content(GAP).join(contents), layout=False)


def _width(key: tuple[str, str]) -> int:
    return len(key_name(key[0])) + 1 + len(key[1]) + len(GAP)
