"""The verdict of a trace in the frame of a verdict: the first broken link and its steps, or that nothing is broken."""

from __future__ import annotations

from textual.content import Content

from oneroster_checks.finding import Status
from oneroster_checks.report.traced import verdict_words
from oneroster_checks.result import Result
from oneroster_checks.tracing.model import Trace

from .state import plain, stated
from .verdict_banner import VerdictBanner


class TraceBanner(VerdictBanner):
    """Shows what came of one trace."""

    def __init__(self, trace: Trace) -> None:
        super().__init__(trace.result)
        self._trace = trace

    def state_of(self, result: Result) -> Status:
        """That of the verdict; what was not seen is no pass."""
        passes = result.verdict.status is Status.PASS
        return Status.WARN if passes and not self._trace.is_whole else result.verdict.status

    def title_of(self, result: Result) -> Content:
        """The first broken link."""
        if result.verdict.cause:
            return super().title_of(result)
        title = "Nothing is broken" if self._trace.is_whole else "Not everything was seen"
        return Content.assemble(stated(self.state_of(result)), plain(f": {title}"))

    def words_of(self, result: Result, width: int, *, whole: bool) -> Content:
        """Its sentence and its steps; where nothing is broken, where to look then."""
        if result.verdict.cause:
            return super().words_of(result, width, whole=whole)
        return Content("\n").join(map(plain, verdict_words(self._trace)))
