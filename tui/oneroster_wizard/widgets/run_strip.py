"""The line above a run: how far it is, and how fast the district answers."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Sparkline, Static

from oneroster_checks.evidence import EvidenceKind
from oneroster_wizard.run_log import RunLog


class RunStrip(Horizontal):
    """Shows the progress in words, the times of the requests as a line, and their range."""

    def __init__(self) -> None:
        super().__init__(id="strip")

    def compose(self) -> ComposeResult:
        yield Static("Starting", id="progress")
        yield Sparkline([], id="times")
        yield Static("", id="pace")

    def show_pace(self, log: RunLog | None) -> None:
        """Show how long each request of a run took."""
        every = [evidence for made in log.requests.values() for evidence in made] if log else []
        times = [evidence.elapsed_ms for evidence in every if evidence.kind is EvidenceKind.REQUEST]
        self.query_one("#times", Sparkline).data = [float(time) for time in times]
        if times:
            self.query_one("#pace", Static).update(f"{len(times)} requests, {min(times)} to {max(times)} ms")

    def show_progress(self, log: RunLog, running_s: float | None) -> None:
        """Say how far a run is; `running_s` are the seconds since its start, None when it does not run."""
        done, every = len(log.findings), len(log.checks)
        if running_s is not None:
            words = f"Running: {done} of {every} checks, {running_s:.0f} s"
            words += f", {log.waiting}" if log.waiting else ""
        elif log.result is not None:
            words = f"Finished: {every} checks in {log.result.duration_ms / 1000:.1f} s"
        else:
            words = f"Stopped after {done} of {every} checks"
        self.query_one("#progress", Static).update(words)
