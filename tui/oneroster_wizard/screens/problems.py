"""Chooses how the practice district is broken."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, OptionList
from textual.widgets.option_list import Option

from oneroster_wizard.widgets.state import plain

from .dialog import Dialog


class ProblemsScreen(Dialog["str | None"]):
    """Gives the code of the chosen problem, an empty text for a healthy district, None when it is closed."""

    WINDOW = "problems-window"
    AUTO_FOCUS = "#problems"
    CSS_PATH = ["lists.tcss", "dialog.tcss", "problems.tcss"]  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__("Practice district: what should be wrong with it?")

    def compose_body(self) -> ComposeResult:
        from oneroster_practice import problems_alone

        self._codes = ["", *(problem.code for problem in problems_alone())]
        options = [Option(plain("Healthy: nothing is wrong with it"))]
        options += [
            Option(Content.assemble(plain(problem.title), plain(f"  {problem.code}", "$text-muted")))
            for problem in problems_alone()
        ]
        yield OptionList(*options, id="problems", compact=True)

    def compose_actions(self) -> ComposeResult:
        yield Button("Open it", id="yes", variant="primary")

    @on(OptionList.OptionSelected)
    @on(Button.Pressed, "#yes")
    def _chosen(self) -> None:
        index = self.query_one("#problems", OptionList).highlighted or 0
        self.dismiss(self._codes[index])
