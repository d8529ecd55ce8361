"""`oneroster-wizard profiles import`: the connections of a file, shown first, then saved as a whole or not at all."""

from __future__ import annotations

import argparse
import asyncio
import os
import stat
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .. import stopping
from ..storage.report_file import shown_path
from ..streams import reader_may_leave
from .completes import Named, completes
from .console import PROGRAM, ask, complain, say, show_progress, tell, tell_while_leaving
from .errors import CommandLineError
from .exit_codes import ExitCode

if TYPE_CHECKING:
    from ..exchange.candidate import ReadFile
    from ..exchange.plan import Plan
    from ..exchange.saving import NotSaved
    from ..storage.many_profiles import ManyProfiles

_YES = "yes"
_STREAM = "-"


def add_import(parser: argparse.ArgumentParser) -> None:
    """Add the options of `profiles import`."""
    file = parser.add_argument(
        "file",
        metavar="FILE",
        help="a CSV file, or a .toml file that `profiles export` wrote; - for standard input",
    )
    completes(file, Named.FILE)
    parser.add_argument("--yes", action="store_true", help="save without asking")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be saved")
    parser.add_argument(
        "--replace", action="store_true", help="also change existing profiles (the default is to refuse)"
    )


def import_profiles(options: argparse.Namespace) -> ExitCode:
    """Import a file; CommandLineError when it cannot be read, or is refused as a whole."""
    from ..exchange.foretold import profiles_words
    from ..exchange.plan import plan_of
    from ..exchange.problem import FileProblem
    from ..no_dumps import no_memory_for_others
    from ..storage.many_profiles import ManyProfiles
    from ..storage.profile_error import ProfileError

    no_memory_for_others()
    store = ManyProfiles()
    try:
        read = _read(options.file)
        there, broken = store.list()
    except (FileProblem, ProfileError) as error:
        raise CommandLineError(f"{_shown(options.file)}: {error}") from None
    for entry in broken:
        complain(f"{entry.path}: {entry.sentence}")
    plan = plan_of(read, there, broken)
    # Who reads no more of it has still asked for the import.
    with reader_may_leave():
        _tell(options.file, read, plan)
    if plan.troubles:
        raise CommandLineError(_refused(len(plan.troubles)))
    if plan.changed and not options.replace:
        raise CommandLineError(
            "Nothing was saved: existing profiles are changed only with --replace. Add it, or remove their lines."
        )
    if not plan.every or options.dry_run:
        say("Nothing to save." if not plan.every else "This was a dry run: nothing was saved.")
        return ExitCode.OK
    if not options.yes and not _confirmed(plan):
        say("Nothing was saved.")
        return ExitCode.OK
    _save(store, plan)
    say(f"Saved {profiles_words(len(plan.every))}.")
    if plan.file_has_secrets and options.file != _STREAM:
        say(
            f"{shown_path(options.file)} still has the secrets. Delete it now, and empty the trash. "
            f"Delete it from backups and shared folders, too."
        )
    stopping.raise_if_told()
    return ExitCode.OK


def _read(path: str) -> ReadFile:
    from ..exchange.incoming import read_file_of, read_stream

    if path != _STREAM:
        if os.path.exists(path) and stat.S_ISFIFO(os.stat(path).st_mode):
            raise CommandLineError(f"{_shown(path)}: it is a pipe. Give - to read standard input.")
        return read_file_of(path)
    if sys.stdin.isatty():
        raise CommandLineError("Standard input is a terminal. Name a file, or give the lines by a pipe.")
    return read_stream(sys.stdin.buffer)


def _shown(path: str) -> str:
    return "Standard input" if path == _STREAM else shown_path(path)


def _tell(path: str, read: ReadFile, plan: Plan) -> None:
    """Say what an import would do, and name everything that is wrong or was corrected."""
    from ..exchange.foretold import foretold

    first, *others = foretold(read, plan)
    say(f"{_shown(path)}: {first}", *others)
    if plan.troubles:
        tell(*(trouble.text for trouble in plan.troubles))


def _refused(count: int) -> str:
    them = "this place" if count == 1 else f"these {count:,} places"
    return f"Nothing was saved. Correct {them} in the file, then import it again."


def _confirmed(plan: Plan) -> bool:
    from ..exchange.foretold import profiles_words

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CommandLineError("Nothing was saved. Run it again with --yes to save them.")
    return ask(f"Save {profiles_words(len(plan.every))}? Type {_YES}: ").strip().lower() == _YES


def _save(store: ManyProfiles, plan: Plan) -> None:
    """Save everything; CommandLineError when it was taken back, Stopped when a signal came."""
    from ..exchange.saving import NotSaved, Saving
    from ..storage.secrets import SecretStore

    shown = sys.stderr.isatty()
    count = len(plan.every)
    saving = Saving(store, SecretStore())

    def progress(done: int) -> None:
        if shown:
            show_progress(f"Saving {done + 1:,} of {count:,} …")

    def goes_back(left: int) -> None:
        if shown:
            show_progress(f"Undoing: {left:,} left …")

    def leaves() -> None:
        names = saving.standing()
        if names:
            tell_while_leaving(*_stays(names))

    try:
        # A signal waits for the one that is being saved: then everything is taken back.
        with (
            stopping.listening(lambda number: None),
            stopping.taking_longer(saving.take_back_s),
            stopping.undoing(leaves),
        ):
            asyncio.run(saving.save(plan.every, progress, goes_back))
    except NotSaved as error:
        if shown:
            show_progress("")
        _say_taken_back(error)
        stopping.raise_if_told()
        raise CommandLineError(error.sentence) from None
    if shown:
        show_progress("")


def _stays(names: Sequence[str]) -> tuple[str, str]:
    """What to say of the profiles that this import leaves behind."""
    from ..exchange.foretold import profiles_words, some_names

    stay = "stays" if len(names) == 1 else "stay"
    return (
        f"{PROGRAM}: {profiles_words(len(names))} of this import {stay}: {some_names(names)}.",
        "Import again with --replace, or remove each with: profiles delete NAME",
    )


def _say_taken_back(error: NotSaved) -> None:
    if not error.left:
        if error.taken_back:
            complain("Nothing was saved: what had been saved so far was undone.")
        else:
            complain("Nothing was saved.")
        return
    complain(
        f"{error.why} So these could not be reverted, with their secrets: {', '.join(error.left)}.",
        "Once that is fixed, import again with --replace, or remove each with: profiles delete NAME",
    )
