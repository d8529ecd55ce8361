"""Ticks and choices whose mark differs when they are off, so that no color is needed to see it."""

from __future__ import annotations

from textual.widgets import Checkbox, RadioButton, RadioSet


class Tick(Checkbox):
    """A checkbox: [X] when it is ticked, [ ] when it is not."""

    # The mark itself tells what is on; no box around it.
    DEFAULT_CSS = """
    Tick > .toggle--button { color: $foreground; background: transparent; }
    Tick.-on > .toggle--button { color: $text-success; background: transparent; }
    """
    BUTTON_LEFT = BUTTON_RIGHT = ""

    def on_mount(self) -> None:
        self._mark()

    def watch_value(self) -> None:
        self._mark()
        super().watch_value()

    def _mark(self) -> None:
        self.BUTTON_INNER = "[X]" if self.value else "[ ]"


class Choice(RadioButton):
    """A radio button: (●) when it is chosen, (○) when it is not."""

    BUTTON_LEFT = BUTTON_RIGHT = ""

    def on_mount(self) -> None:
        self._mark()

    def watch_value(self) -> None:
        self._mark()
        super().watch_value()

    def _mark(self) -> None:
        self.BUTTON_INNER = "(●)" if self.value else "(○)"


class ChoiceRow(RadioSet):
    """Choices side by side; the cursor begins on the one that is chosen."""

    # The cursor of a row without focus would look like a second choice.
    DEFAULT_CSS = """
    ChoiceRow { layout: horizontal; width: 1fr; background: transparent; }
    ChoiceRow > Choice > .toggle--button { color: $foreground; background: transparent; }
    ChoiceRow > Choice.-on > .toggle--button { color: $text-success; background: transparent; }
    ChoiceRow:blur > Choice.-selected > .toggle--label {
        color: $foreground; background: transparent; text-style: none;
    }
    """

    def __init__(self, *choices: Choice, id: str | None = None) -> None:
        super().__init__(*choices, id=id, compact=True)
        self._begins_at = next((index for index, choice in enumerate(choices) if choice.value), 0)

    def on_mount(self) -> None:
        # The set itself moves its cursor once when it is mounted, from nowhere to the first choice.
        for _ in range(self._begins_at):
            self.action_next_button()
