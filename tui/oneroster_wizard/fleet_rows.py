"""Every saved profile as a row: how it is, since when, and what ends soon; what needs attention first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import IntEnum
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from oneroster_checks.changes.limits import SOON_DAYS
from oneroster_checks.changes.model import EndingKind
from oneroster_checks.errors import UnknownProvider
from oneroster_checks.finding import Status
from oneroster_checks.labels import authorization_label
from oneroster_checks.providers import provider
from oneroster_checks.when import day_words

from .limits import STRIP_RUNS
from .run_groups import title_of

if TYPE_CHECKING:
    from .storage.kept_run import KeptRun
    from .storage.profile_file import Profile

# In a filter, what begins a word that is only a tag.
TAG_MARK = "#"
_OAUTH = re.compile(r"oauth (?=[0-9])")


class FleetState(IntEnum):
    """How a profile is, in the order of what needs attention."""

    FAILING = 0
    NOT_CHECKED = 1
    WARNING = 2
    WORKING = 3
    NEVER_RUN = 4

    @property
    def word(self) -> str:
        """The word for it."""
        return _WORDS[self]


_WORDS = {
    FleetState.FAILING: "Failing",
    FleetState.NOT_CHECKED: "Not checked",
    FleetState.WARNING: "Warning",
    FleetState.WORKING: "Working",
    FleetState.NEVER_RUN: "Not run yet",
}
_STATES = {
    Status.FAIL: FleetState.FAILING,
    Status.ERROR: FleetState.NOT_CHECKED,
    Status.WARN: FleetState.WARNING,
    Status.PASS: FleetState.WORKING,
}
# Runs in a strip: each state has a mark of its own, so that no color is needed.
STRIP_MARKS = {
    FleetState.FAILING: "F",
    FleetState.NOT_CHECKED: "?",
    FleetState.WARNING: "w",
    FleetState.WORKING: ".",
    FleetState.NEVER_RUN: " ",
}
_ENDS = {
    EndingKind.CREDENTIALS: ("credentials expire", "credentials were to expire"),
    EndingKind.CERTIFICATE: ("certificate expires", "certificate was to expire"),
    EndingKind.YEAR: ("school year or term ends", "school year or term was to end"),
}


@dataclass(frozen=True, slots=True)
class FleetRow:
    """One profile as the table shows it.

    `cause` is the cause of its last run in plain words, or that run's sentence where the cause has none; `since` is
    when this cause came, or when it came to work, `strip` its last runs, the oldest first. `days` are those until
    something ends, less than 0 when it is over, None where nothing is known to end, and `ends` what. `last` is its last
    run, None before the first. `runs` says that a run is under way now.
    """

    name: str
    provider: str
    authorization: str
    oneroster: str
    tags: tuple[str, ...] = ()
    state: FleetState = FleetState.NEVER_RUN
    cause: str = ""
    since: datetime | None = None
    strip: tuple[FleetState, ...] = ()
    days: int | None = None
    ends: EndingKind | None = None
    last: KeptRun | None = None
    runs: bool = False

    @property
    def ends_soon(self) -> bool:
        """Whether people are to be warned of what ends."""
        return self.days is not None and self.ends is not None and self.days <= SOON_DAYS[self.ends]

    @property
    def ends_words(self) -> str:
        """What ends and when, as "certificate expires in 12 days"; "" where nothing is known to end.

        Of a day that is past, only the last run's word is known: it may have been renewed since.
        """
        if self.days is None or self.ends is None or self.last is None or self.last.ends is None:
            return ""
        ends, ended = _ENDS[self.ends]
        match self.days:
            case 0:
                return f"{ends} today"
            case 1:
                return f"{ends} tomorrow"
            case days if days < 0:
                return f"{ended} on {day_words(self.last.ends)}"
            case days:
                return f"{ends} in {days:,} days"

    @property
    def order(self) -> tuple[int, str]:
        """What needs attention comes first: what ends soon is as urgent as a warning; then the name."""
        state = self.state
        if state is FleetState.WORKING and self.ends_soon:
            state = FleetState.WARNING
        return state, self.name.casefold()

    def has(self, word: str) -> bool:
        """Whether a word of a filter, folded, is in it; behind the mark of a tag, only a tag begins so."""
        if word.startswith(TAG_MARK):
            return any(_folded(tag).startswith(word.removeprefix(TAG_MARK)) for tag in self.tags)
        code = (self.last.cause or "") if self.last else ""
        made = self.provider, self.authorization, self.oneroster
        texts = (self.name, *made, self.state.word, self.cause, code, *self.tags)
        return any(word in _folded(text) for text in texts)


def rows_of(
    profiles: Iterable[Profile], newest: Mapping[str, Sequence[KeptRun]], today: date
) -> list[FleetRow]:
    """The rows of profiles, as they come; `newest` are their last runs by name, the newest first."""
    return [row_with(_row(profile), newest.get(profile.name, ()), today) for profile in profiles]


def row_with(row: FleetRow, runs: Sequence[KeptRun], today: date) -> FleetRow:
    """A row with its last runs, the newest first; how it is follows from them."""
    if not runs:
        return row
    last = runs[0]
    ends = _kind(last.ends_kind) if last.ends else None
    return replace(
        row,
        state=_STATES.get(last.status, FleetState.NOT_CHECKED),
        cause=_cause_words(last),
        since=_since(runs),
        strip=tuple(_STATES.get(run.status, FleetState.NOT_CHECKED) for run in reversed(runs[:STRIP_RUNS])),
        days=(last.ends - today).days if last.ends and ends else None,
        ends=ends,
        last=last,
        runs=False,
    )


def with_run(row: FleetRow, run: KeptRun, today: date) -> FleetRow:
    """A row after one more run."""
    ended = row_with(row, (run,) if row.last is None else (run, row.last), today)
    since = row.since if _is_alike(run, row.last) else ended.since
    strip = (*row.strip, ended.state)[-STRIP_RUNS:]
    return replace(ended, since=since, strip=strip)


def in_order(rows: Iterable[FleetRow], wanted: str = "") -> list[FleetRow]:
    """The rows that have every word of a filter, what needs attention first."""
    words = _folded(wanted).split()
    return sorted((row for row in rows if all(map(row.has, words))), key=lambda row: row.order)


def _folded(text: str) -> str:
    """A text in small letters without accents, which few people type into a filter; "OAuth 2" is one word."""
    small = text.casefold()
    if not small.isascii():
        small = "".join(each for each in normalize("NFKD", small) if not combining(each))
    return _OAUTH.sub("oauth", small)


def _row(profile: Profile) -> FleetRow:
    connection = profile.connection
    try:
        title = provider(connection.provider).title
    except UnknownProvider:
        title = connection.provider
    authorization = authorization_label(connection.oauth, fixed_token=connection.fixed_token)
    return FleetRow(profile.name, title, authorization, connection.oneroster, profile.tags)


def _since(runs: Sequence[KeptRun]) -> datetime:
    """When the cause of the last run came, as far as these runs show it, or that run says; or since when it works.

    One that an earlier version kept knows by itself only since when the connection works, or does not.
    """
    last = first = runs[0]
    for run in runs[1:] if last.status is not Status.PASS else ():
        if run.status is Status.ERROR and last.status is not Status.ERROR:
            continue
        if not _is_alike(run, last):
            if last.worked or not run.worked:
                return first.started
            break
        first = run
    return last.since or last.started


def _is_alike(run: KeptRun, other: KeptRun | None) -> bool:
    return other is not None and (run.status, run.cause) == (other.status, other.cause)


def _cause_words(run: KeptRun) -> str:
    if run.cause:
        return title_of(run) or run.summary
    return "" if run.worked else run.summary


def _kind(name: str) -> EndingKind | None:
    try:
        return EndingKind(name)
    except ValueError:
        return None
