"""The lines above a run: how far it is and with which check, and how fast the district answers."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import ProgressBar, Sparkline, Static

from oneroster_checks.evidence import EvidenceKind
from oneroster_wizard.run_log import RunLog

from .state import plain


class RunStrip(Horizontal):
    """Shows a bar, the progress in words, and the response times as a line between the shortest and the longest."""

    def __init__(self) -> None:
        super().__init__(id="strip")

    def compose(self) -> ComposeResult:
        yield ProgressBar(id="bar", show_eta=False, show_percentage=False)
        yield Static("Starting", id="progress")
        yield Static("", id="shortest")
        yield Sparkline([], id="times")
        yield Static("", id="longest")

    def show_pace(self, log: RunLog | None) -> None:
        """Show how long each request of a run took."""
        every = [evidence for made in log.requests.values() for evidence in made] if log else []
        times = [evidence.elapsed_ms for evidence in every if evidence.kind is EvidenceKind.REQUEST]
        self.query_one("#times", Sparkline).data = [float(time) for time in times]
        self.query_one("#shortest", Static).update(f"{min(times)}" if times else "")
        self.query_one("#longest", Static).update(f"{max(times)} ms" if times else "")

    def show_progress(self, log: RunLog, running_s: float | None, now: str = "") -> None:
        """Say how far a run is; `running_s` are the seconds since its start, None when it does not run.

        `now` is the title of the check that runs.
        """
        done, every = len(log.findings), len(log.checks)
        bar = self.query_one("#bar", ProgressBar)
        bar.update(total=every or None, progress=done)
        # Once a run has ended, its bar says nothing more.
        bar.display = running_s is not None
        if running_s is not None:
            words = f"{done} of {every}, {running_s:.0f} s"
            words += f": {log.waiting or now}" if log.waiting or now else ""
        elif log.result is not None:
            seconds = log.result.duration_ms / 1000
            words = f"{every} checks, {log.result.requests} requests, {seconds:.1f} s"
        else:
            words = f"Stopped after {done} of {every} checks"
        self.query_one("#progress", Static).update(plain(words))
