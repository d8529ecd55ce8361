"""`oneroster-wizard history`: the runs of one saved profile, or of all, as a timeline or as JSON.

The differences of a run are those that its own report told: from the run that last worked before it, as it was known
at that time. Nothing is compared anew, so that what was said stays said.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence

from oneroster_checks.finding import Status
from oneroster_checks.visible import safe_json

from ..limits import HISTORY_MOST
from ..run_groups import alike, ending_words, title_of
from ..storage.profiles import KeptRun, ProfileError, ProfileStore, UnreadableProfile
from .completes import Named, completes
from .console import complain, say, write_report_text
from .errors import CommandLineError
from .exit_codes import ExitCode

DESCRIPTION = (
    "Shows the runs of a saved profile, or of all of them: when each last worked, and what changed since. Runs are "
    "kept on this computer for 400 days, and at most 200 per profile, beside which the last one that worked stays."
)
EXAMPLES = (
    ("every saved profile: its state, and since when", "oneroster-wizard history"),
    ("the runs of one profile, oldest first", "oneroster-wizard history my-district"),
    ("the same for a program", "oneroster-wizard history my-district --format json"),
)
_SCHEMA_VERSION = 1
_NO_RUN = "not run yet"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `history`."""
    profile = parser.add_argument(
        "profile", nargs="?", metavar="PROFILE", help="a saved profile; without one, all of them"
    )
    completes(profile, Named.PROFILE)
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="the format (default text)"
    )
    parser.add_argument(
        "--prune", action="store_true", help="delete the runs that are too old or too many, and show nothing"
    )


def run(options: argparse.Namespace) -> ExitCode:
    """Show the runs; CommandLineError for a name that no profile has, or a history that cannot be read."""
    store = ProfileStore()
    if options.prune and options.profile:
        raise CommandLineError("--prune is for all profiles; leave out the name.")
    try:
        if options.prune:
            return _prune(store)
        if options.profile is not None:
            runs, code = _one(store, options.profile), ExitCode.OK
        else:
            runs, code = _every(store)
    except ProfileError as error:
        raise CommandLineError(str(error)) from None
    if options.format == "json":
        document = json.dumps(_document(runs), indent=2, ensure_ascii=False)
        write_report_text(safe_json(document) + "\n", utf8=True)
    elif options.profile is not None:
        for name, kept in runs.items():
            say(f"{name}: {_NO_RUN}." if not kept else f"{name}:", *_timeline(kept))
    elif runs:
        say(*(line for name, kept in runs.items() for line in _block(name, kept)))
    elif code is ExitCode.OK:
        say("There is no saved profile. The wizard saves one: run `oneroster-wizard`.")
    return code


def _prune(store: ProfileStore) -> ExitCode:
    gone = store.history.prune()
    say(f"Deleted {'1 run' if gone == 1 else f'{gone:,} runs'}.")
    return ExitCode.OK


def _one(store: ProfileStore, name: str) -> dict[str, list[KeptRun]]:
    """The runs of one profile by its name; those of a broken one too, with a complaint, where it has any."""
    try:
        name = store.load(name).name
    except UnreadableProfile as error:
        kept = store.history.runs(error.file.name)
        if not kept:
            raise
        complain(f"{error.file.path}: {error.file.sentence}")
        return {error.file.name: kept}
    return {name: store.history.runs(name)}


def _every(store: ProfileStore) -> tuple[dict[str, list[KeptRun]], ExitCode]:
    """The runs of every profile by its name; files that are none are complained about, and there if they have runs."""
    profiles, broken = store.list()
    for entry in broken:
        complain(f"{entry.path}: {entry.sentence}")
    kept = store.history.newest(HISTORY_MOST) if profiles or broken else {}
    runs = {profile.name: kept.get(profile.name, []) for profile in profiles}
    runs |= {entry.name: kept[entry.name] for entry in broken if entry.name in kept}
    return runs, ExitCode.USAGE if broken else ExitCode.OK


def _document(runs: Mapping[str, Sequence[KeptRun]]) -> dict[str, object]:
    profiles = [
        {"profile": name, "last_worked": _last_worked(kept), "runs": [_run(each) for each in kept]}
        for name, kept in runs.items()
    ]
    return {"schema_version": _SCHEMA_VERSION, "profiles": profiles}


def _last_worked(kept: Sequence[KeptRun]) -> str | None:
    return next((each.started.isoformat(timespec="milliseconds") for each in kept if each.worked), None)


def _run(kept: KeptRun) -> dict[str, object]:
    return {
        "started": kept.started.isoformat(timespec="milliseconds"),
        "status": kept.status.value,
        "cause": kept.cause,
        "summary": kept.summary,
        "depth": "full" if kept.full else "quick",
        "requests": kept.requests,
        "duration_ms": kept.duration_ms,
        "counts": dict(kept.counts),
        "differences": list(kept.differences),
    }


def _block(name: str, kept: Sequence[KeptRun]) -> Iterator[str]:
    """A profile among others: how it is and since when, when it last worked, and what changed."""
    from oneroster_checks.when import by_one_clock, moment_words

    if not kept:
        yield f"{name}: {_NO_RUN}."
        return
    # A run that could not even begin says nothing of the connection.
    last = kept[0]
    same = next(alike([run for run in kept if run.status is not Status.ERROR or last.status is Status.ERROR]))
    yield f"{name}: {_state(same.newest)} since {moment_words(same.runs[-1].started)} ({same.number})."
    if not last.worked:
        worked = next((each for each in kept if each.worked), None)
        yield (
            f"  Last worked: {moment_words(by_one_clock(worked.started, last.started))}."
            if worked
            else "  It has not worked in any run here."
        )
        yield from (f"  {each}" for each in same.differences)


def _timeline(kept: Sequence[KeptRun]) -> Iterator[str]:
    """The runs of a profile, the oldest first: a line for those that ended alike, and what changed under it."""
    for same in reversed(list(alike(kept))):
        number = f" ({same.number})" if len(same.runs) > 1 else ""
        yield f"  {same.days}: {_state(same.newest)}{number}"
        yield from (f"    {each}" for each in same.differences)


def _state(kept: KeptRun) -> str:
    """How a run ended, in words: "worked", or "failed, Key or secret refused [token.invalid-client]"."""
    if not kept.cause:
        return ending_words(kept)
    return f"{ending_words(kept)}, {f'{title_of(kept)} [{kept.cause}]'.strip()}"
