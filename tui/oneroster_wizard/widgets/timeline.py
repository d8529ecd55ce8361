"""The runs of a connection as a timeline: those that ended alike, and what changed before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from oneroster_wizard.run_groups import AlikeRuns, alike, ending_words, title_of

from .state import plain, style_of

if TYPE_CHECKING:
    from oneroster_wizard.storage.kept_run import KeptRun


def timeline(runs: Sequence[KeptRun]) -> Content:
    """The runs, the newest first, as a text."""
    return Content("\n\n").join([_head(runs), *map(_entry, alike(runs))])


def _head(runs: Sequence[KeptRun]) -> Content:
    from oneroster_checks.when import moment_words

    if not runs:
        return plain("Not run yet.")
    number = "1 run is kept" if len(runs) == 1 else f"{len(runs)} runs are kept"
    worked = next((run for run in runs if run.worked), None)
    if worked is None:
        return plain(f"{number}; it has not worked in any of them.")
    return plain(f"{number}. Last worked: {moment_words(worked.started.astimezone())}.")


def _entry(same: AlikeRuns) -> Content:
    return Content("\n").join(_lines(same))


def _lines(same: AlikeRuns) -> Iterator[Content]:
    newest = same.newest
    words = ending_words(newest)
    number = f" ({same.number})" if len(same.runs) > 1 else ""
    yield Content.assemble(
        plain(f"{same.days}: ", "bold"), plain(words, style_of(newest.status)), plain(number)
    )
    if newest.cause:
        yield plain(f"  {f'{title_of(newest)} [{newest.cause}]'.strip()}")
    elif not newest.worked:
        yield plain(f"  {newest.summary}")
    for sentence in same.differences:
        yield plain(f"  - {sentence}")
