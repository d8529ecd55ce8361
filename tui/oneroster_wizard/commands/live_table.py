"""A table on the terminal of standard error while many profiles run: how many are done, failing and to come.

Rich draws it, and takes it away at the end; every text in it is made safe before, as in the console module.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from oneroster_checks.finding import Status
from oneroster_checks.labels import STATES
from oneroster_checks.visible import visible

from ..limits import LIVE_LINES, LIVE_REFRESHES_A_SECOND
from ..read_words import read_words
from ..stopping import undoing
from .console import tell

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live

    from oneroster_checks.diagnosis.many import RunJob
    from oneroster_checks.events import Event
    from oneroster_checks.result import Result


class LiveTable:
    """What is known of `total` runs. Without a terminal only the end of each collection of a full read is told."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._began = time.monotonic()
        self._states: dict[Status, int] = {}
        self._failing: list[str] = []
        self._running: dict[RunJob, str] = {}
        self._titles: dict[str, str] = {}
        self._live: Live | None = None

    def hear(self, job: RunJob, event: Event) -> None:
        """Take in what happens in a run."""
        from oneroster_checks.events import CheckStarted, ReadProgress, RunStarted

        match event:
            case RunStarted(checks):
                self._titles |= {check.check: check.title for check in checks}
                self._running[job] = ""
            case CheckStarted(check):
                self._running[job] = self._titles[check]
            case ReadProgress():
                self._running[job] = read_words(event)
                if self._live is None and event.ended:
                    tell(f"{job.options.get('profile')}: {read_words(event)}")
            case _:
                pass

    def ended(self, job: RunJob, result: Result) -> None:
        """Take in how a run ended."""
        from oneroster_checks.report.words import root_title

        self._running.pop(job, None)
        status = result.verdict.status
        self._states[status] = self._states.get(status, 0) + 1
        if status in (Status.FAIL, Status.ERROR):
            self._failing.append(f"{STATES[status]:5} {result.profile}: {root_title(result)}")

    def show(self) -> None:
        """Draw on the terminal of standard error from now on."""
        from rich.console import Console
        from rich.live import Live

        self._live = Live(
            console=Console(stderr=True), transient=True, refresh_per_second=LIVE_REFRESHES_A_SECOND,
            redirect_stdout=False, redirect_stderr=False, get_renderable=self._drawn,
        )  # fmt: skip
        self._live.start(refresh=True)

    def close(self) -> None:
        """Take the table away; closing twice does no harm."""
        if self._live is not None:
            self._live.stop()

    def _drawn(self) -> RenderableType:
        from rich.console import Group
        from rich.table import Table
        from rich.text import Text

        done = sum(self._states.values())
        failing, broken = self._states.get(Status.FAIL, 0), self._states.get(Status.ERROR, 0)
        table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0))
        for heading in ("Done", "Failing", "Not checked", "Remaining", "Time"):
            table.add_column(heading, justify="right")
        minutes, seconds = divmod(round(time.monotonic() - self._began), 60)
        cells = (
            f"{done:,}",
            f"{failing:,}",
            f"{broken:,}",
            f"{self._total - done:,}",
            f"{minutes}:{seconds:02}",
        )
        table.add_row(*cells)
        running = [f"{job.options.get('profile')}: {words}" for job, words in list(self._running.items())]
        lines = [*self._failing[-LIVE_LINES:], *running[: max(1, LIVE_LINES - len(self._failing))]]
        return Group(table, *(Text(visible(line), no_wrap=True, overflow="ellipsis") for line in lines))


@contextmanager
def live_table(total: int, *, shown: bool) -> Generator[LiveTable]:
    """The table of `total` runs, drawn as long as the block lasts where `shown` and standard error is a terminal."""
    table = LiveTable(total)
    if not shown or not sys.stderr.isatty():
        yield table
        return
    table.show()
    try:
        # A program that leaves at once gives the cursor back.
        with undoing(table.close):
            yield table
    finally:
        table.close()
