"""The runs of a profile as a timeline: those that ended alike are one entry, with what changed before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from oneroster_checks.finding import Status

from .storage.kept_run import KeptRun


@dataclass(frozen=True, slots=True)
class AlikeRuns:
    """Runs that followed each other and ended alike, the newest first; there is at least one."""

    runs: tuple[KeptRun, ...]

    @property
    def newest(self) -> KeptRun:
        """The last of them. Of runs that failed alike, it knew most."""
        return self.runs[0]

    @property
    def days(self) -> str:
        """From which day to which they were."""
        from oneroster_checks.when import day_words

        first, last = day_words(self.runs[-1].started), day_words(self.newest.started)
        return first if first == last else f"{first} to {last}"

    @property
    def number(self) -> str:
        """How many they are, in words."""
        return "1 run" if len(self.runs) == 1 else f"{len(self.runs)} runs"

    @property
    def differences(self) -> tuple[str, ...]:
        """What changed since the connection last worked, as sentences; none where it worked.

        What the newest run said, and then what the newest full one did, which knew more.
        """
        if self.newest.worked:
            return ()
        full = next((run for run in self.runs if run.full), self.newest)
        return tuple(dict.fromkeys((*self.newest.differences, *full.differences)))


def alike(kept: Sequence[KeptRun]) -> Iterator[AlikeRuns]:
    """The runs of a profile, the newest first, in groups that ended alike; all by the clock of the newest."""
    from oneroster_checks.when import by_one_clock

    same: list[KeptRun] = []
    for run in kept:
        each = replace(run, started=by_one_clock(run.started, kept[0].started))
        if same and (each.status, each.cause) != (same[0].status, same[0].cause):
            yield AlikeRuns(tuple(same))
            same = []
        same.append(each)
    if same:
        yield AlikeRuns(tuple(same))


def ending_words(kept: KeptRun) -> str:
    """How a run ended, in words: "worked", "worked, with a warning", "failed" or "could not be checked"."""
    if kept.worked:
        return f"worked{', with a warning' if kept.status is Status.WARN else ''}"
    return "failed" if kept.status is Status.FAIL else "could not be checked"


def title_of(kept: KeptRun) -> str:
    """The title of a run's root cause as the run told it, or the catalogue's; "" for a cause of another version."""
    return kept.title or _catalogued(kept.cause or "")


def _catalogued(code: str) -> str:
    from oneroster_checks.causes import cause
    from oneroster_checks.errors import UnknownCause

    try:
        return cause(code).title
    except UnknownCause:
        return ""
