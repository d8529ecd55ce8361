"""How a kept run is named: `lakeside` for the last one, `lakeside@2` for the one before, `lakeside@2026-11-20`."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from .storage.profiles import KeptRun, ProfileError, ProfileStore, UnreadableProfile

if TYPE_CHECKING:
    from oneroster_checks.result import Result

_NUMBER = re.compile(r"[0-9]{1,6}")
# A day with the time where there are several runs of one: in ISO form, or as lists show it.
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}))?")
# Days that are named where the one that was asked for has no run.
_DAYS_TOLD = 5


class NoSuchRun(ValueError):
    """No kept run has this name; the text is a sentence that says which there are."""


@dataclass(frozen=True, slots=True)
class NamedRun:
    """A run that was kept, with the keyed fingerprints of its secrets by the field's name, empty where unknown."""

    result: Result
    secrets: Mapping[str, str] = field(default_factory=dict)


def named_run(store: ProfileStore, name: str) -> NamedRun:
    """The run of a name; NoSuchRun for none, ProfileError where the profile or the history cannot be read.

    A profile whose own name has an @ is found by its whole name first.
    """
    profile, which = _taken_apart(store, name)
    kept = store.history.runs(profile)
    if not kept:
        raise NoSuchRun(
            f"The profile “{profile}” has not run yet. Run: oneroster-wizard check {shlex.quote(profile)}"
        )
    return _opened(store, _chosen(profile, kept, which))


def last_and_earlier(store: ProfileStore, name: str) -> tuple[NamedRun, NamedRun]:
    """An earlier run of a profile, and the last one; NoSuchRun where there is only one.

    Where the last one does not work, the earlier one is the last that worked though it had the check that failed, or
    the last that worked, if one is kept: what differs is then why.
    """
    profile, which = _taken_apart(store, name)
    if which:
        raise NoSuchRun(f"This is one run. Name another one to compare it with: {name} {profile}")
    kept = store.history.runs(profile)
    if len(kept) < 2:
        number = "has not run yet" if not kept else "has only one run"
        raise NoSuchRun(f"The profile “{profile}” {number}, and a comparison takes two.")
    return _opened(store, kept[1] if kept[0].worked else _last_that_worked(store, kept)), _opened(
        store, kept[0]
    )


def _last_that_worked(store: ProfileStore, kept: Sequence[KeptRun]) -> KeptRun:
    """The run with which one that does not work, the first of several, is compared."""
    from oneroster_checks.changes.comparable import has_the_checks_of

    known = {each.started: each for each in store.history.snapshots(kept[0].profile)}
    worked = [each for each in kept[1:] if each.worked and each.has_report]
    if (last := known.get(kept[0].started)) is None:
        return next(iter(worked), kept[1])
    could_fail = has_the_checks_of(last)
    shown = (each for each in worked if each.started in known and could_fail(known[each.started]))
    return next(shown, next(iter(worked), kept[1]))


def _taken_apart(store: ProfileStore, name: str) -> tuple[str, str]:
    """The name of the profile and what stands behind the @, "" for nothing."""
    try:
        return store.load(name).name, ""
    except UnreadableProfile:
        # It has this name, and a broken file is no reason to take a run of another profile for it.
        raise
    except ProfileError:
        profile, sign, which = name.rpartition("@")
        if not sign or not (_NUMBER.fullmatch(which) or _DAY.fullmatch(which)):
            raise
        return store.load(profile).name, which


def _chosen(profile: str, kept: Sequence[KeptRun], which: str) -> KeptRun:
    if not which:
        return kept[0]
    if _NUMBER.fullmatch(which):
        number = int(which)
        if not 1 <= number <= len(kept):
            there = "is 1 run" if len(kept) == 1 else f"are {len(kept)} runs"
            raise NoSuchRun(
                f"There {there} of “{profile}”. {profile}@1 is the last one, {profile}@2 the one before."
            )
        return kept[number - 1]
    match = _DAY.fullmatch(which)
    assert match, "it is a number or a day"
    day, time = match.groups()
    try:
        date.fromisoformat(day)
    except ValueError:
        raise NoSuchRun(f"There is no day {day}. Use YYYY-MM-DD.") from None
    wanted = f"{day} {time}" if time else day
    found = [each for each in kept if _local(each, time=bool(time)) == wanted]
    if not found:
        days = ", ".join(list(dict.fromkeys(map(_local, kept)))[:_DAYS_TOLD])
        raise NoSuchRun(f"“{profile}” has no run from {which}. The last ones are from {days}.")
    return found[0]


def _local(kept: KeptRun, *, time: bool = False) -> str:
    from oneroster_checks.days import day_and_time

    moment = day_and_time(kept.started)
    return moment if time else moment.partition(" ")[0]


def _opened(store: ProfileStore, kept: KeptRun) -> NamedRun:
    result = store.history.result(kept)
    compared = (each for each in store.history.snapshots(kept.profile) if each.started == kept.started)
    secrets = next((each.secrets for each in compared), {})
    return NamedRun(result, secrets)
