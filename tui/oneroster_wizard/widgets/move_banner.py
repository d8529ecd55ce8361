"""The verdict of a move in the frame of a verdict: whether it is safe, and what to do first."""

from __future__ import annotations

from textual.content import Content

from oneroster_checks.finding import Status
from oneroster_checks.moving.model import Moved
from oneroster_checks.report.moved import words_of
from oneroster_checks.report.words import root_title
from oneroster_checks.result import Result

from .details import heading
from .state import plain, stated
from .verdict_banner import VerdictBanner


class MoveBanner(VerdictBanner):
    """Shows what came of one comparison."""

    def __init__(self, moved: Moved) -> None:
        super().__init__(moved.result)
        self._moved = moved

    def title_of(self, result: Result) -> Content:
        """Whether it is safe to move."""
        return Content.assemble(
            stated(result.verdict.status), plain(f": {words_of(self._moved).rstrip('.')}")
        )

    def words_of(self, result: Result, width: int, *, whole: bool) -> Content:
        """What stands in the way, and its steps."""
        words = super().words_of(result, width, whole=whole)
        title = root_title(result) if result.verdict.status is not Status.PASS else ""
        return Content("\n").join([heading(title), words]) if title else words
