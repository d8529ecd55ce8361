"""Chooses how the practice district is broken."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from oneroster_wizard.widgets.state import plain


class ProblemsScreen(ModalScreen["str | None"]):
    """Gives the code of the chosen problem, an empty text for a healthy district, None for neither."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "leave", "Leave")]
    AUTO_FOCUS = "#problems"
    CSS_PATH = ["windows.tcss", "problems.tcss"]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        from oneroster_practice import problems

        self._codes = ["", *(problem.code for problem in problems())]
        options = [Option(plain("Healthy: nothing is wrong with it"))]
        options += [
            Option(Content.assemble(plain(problem.title), plain(f"  {problem.code}", "dim")))
            for problem in problems()
        ]
        with Vertical(classes="window", id="problems-window"):
            yield Static("Practice district: what should be wrong with it?", classes="window-title")
            yield OptionList(*options, id="problems", compact=True)
            with Horizontal(classes="actions"):
                yield Button("Open it", id="yes", variant="primary")
                yield Button("Leave it", id="no")

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#yes")
    def _chosen(self) -> None:
        index = self.query_one("#problems", OptionList).highlighted or 0
        self.dismiss(self._codes[index])

    @on(Button.Pressed, "#no")
    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
