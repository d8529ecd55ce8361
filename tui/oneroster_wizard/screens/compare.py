"""Chooses what a connection's last run is compared with: an earlier run of its own, or another connection."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from oneroster_wizard.limits import COMPARED_RUNS
from oneroster_wizard.storage.kept_run import KeptRun
from oneroster_wizard.widgets.state import plain

from .dialog import Dialog


class CompareScreen(Dialog["str | None"]):
    """Gives the name of the other run, as `compare` of the command line takes it; None when it is closed."""

    WINDOW = "compare-window"
    AUTO_FOCUS = "#others"
    CSS_PATH = ["lists.tcss", "dialog.tcss"]  # noqa: RUF012
    HELP_TEXT = """
Compares the last run of this connection with the run that you choose: findings, versions, fields, and counts, \
differences first. Run 2 is the one before the last. Nothing is sent.
"""

    def __init__(self, name: str, runs: Sequence[KeptRun], others: Sequence[str]) -> None:
        super().__init__(f"Compare {name} with")
        self._name = name
        self._runs = runs
        self._others = others

    def compose_body(self) -> ComposeResult:
        yield OptionList(*self._options(), id="others", compact=True)

    def _options(self) -> list[Option]:
        from oneroster_checks.when import moment_words
        from oneroster_wizard.run_groups import ending_words

        earlier = [
            Option(
                plain(f"its run {number}, of {moment_words(run.started.astimezone())}: {ending_words(run)}"),
                id=f"run-{number}",
            )
            for number, run in enumerate(self._runs[1 : COMPARED_RUNS + 1], start=2)
        ]
        others = [Option(plain(name), id=f"other-{place}") for place, name in enumerate(self._others)]
        return [*earlier, *others]

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        kind, _, number = (event.option_id or "").partition("-")
        self.dismiss(f"{self._name}@{number}" if kind == "run" else self._others[int(number)])
