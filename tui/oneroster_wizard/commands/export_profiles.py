"""`oneroster-wizard profiles export`: saved profiles without their secrets, to hand to somebody else."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..storage.profiles import BrokenProfile, Profile, ProfileStore
from .completes import Named, completes
from .console import complain, tell
from .errors import CommandLineError
from .exit_codes import ExitCode
from .output import refuse_output, write_text
from .tag_option import add_tag, tagged

FORMATS = ("toml", "csv")


def add_export(parser: argparse.ArgumentParser) -> None:
    """Add the options of `profiles export`."""
    names = parser.add_argument("names", nargs="*", metavar="NAME", help="a saved profile (default all)")
    completes(names, Named.PROFILE)
    add_tag(parser)
    parser.add_argument("--format", choices=FORMATS, help="the format (default: from the path, else toml)")
    output = parser.add_argument(
        "--output", metavar="PATH", help="write to this path (- for standard output)"
    )
    completes(output, Named.FILE)


def export_profiles(options: argparse.Namespace) -> ExitCode:
    """Write the profiles that can be handed on; the others are named, and the exit code is 2.

    ProfileError or CommandLineError when one cannot be chosen, or none is left.
    """
    from ..exchange.document import document_of
    from ..exchange.written_table import MARK, table_of

    refuse_output(options.output)
    found, broken = _chosen(options)
    for entry in broken:
        complain(f"{entry.path}: {entry.sentence}")
    kept = [profile for profile in found if not _refused(profile)]
    if not kept:
        raise CommandLineError("There is no profile to export.")
    form = options.format or _form_of(options.output)
    text = table_of(kept) if form == "csv" else document_of(kept)
    to_file = write_text(text, options.output, mark=MARK if form == "csv" else "")
    if to_file:
        count = "1 profile" if len(kept) == 1 else f"{len(kept):,} profiles"
        tell(f"{count}, without secrets. Import it with: oneroster-wizard profiles import FILE")
    return ExitCode.OK if len(kept) == len(found) and not broken else ExitCode.USAGE


def _chosen(options: argparse.Namespace) -> tuple[list[Profile], list[BrokenProfile]]:
    store = ProfileStore()
    if options.tag and options.names:
        raise CommandLineError("--tag chooses the profiles. Leave out their names, or --tag.")
    if options.tag:
        return tagged(store, options.tag)
    if options.names:
        return [store.load(name) for name in dict.fromkeys(options.names)], []
    return store.list()


def _refused(profile: Profile) -> bool:
    """Whether a profile cannot be handed on, which is said with what to change."""
    from ..exchange.judged import problems_of
    from ..exchange.problem import label_of_field

    wrong = list(problems_of(profile))
    if wrong:
        complain(
            f"The profile “{profile.name}” was left out:",
            *(f"  {label_of_field(name)}: {sentence}" for name, sentence in wrong),
        )
    return bool(wrong)


def _form_of(output: str | None) -> str:
    suffix = Path(output or "").suffix.lower().removeprefix(".")
    return suffix if suffix in FORMATS else FORMATS[0]
