"""The option `--tag`, and the saved profiles that it chooses."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from ..storage.profile_tags import tags_in, with_tags
from ..storage.profiles import Listing, ProfileError, ProfileStore
from .completes import Named, completes
from .errors import CommandLineError


def add_tag(parser: argparse.ArgumentParser) -> None:
    """Add `--tag`: repeatable, and a comma list each time."""
    tag = parser.add_argument(
        "--tag",
        action="append",
        default=[],
        metavar="NAME",
        help="the saved profiles with this tag, or any of several separated by commas; may be repeated",
    )
    completes(tag, Named.TAG)


def tagged(store: ProfileStore, tags: Sequence[str]) -> Listing:
    """The profiles that have any of these tags, and the files that are none, whose tags nobody knows.

    `tags` are as they were typed. CommandLineError for a tag that is on no profile, with those that exist, or for
    one that can be none.
    """
    try:
        found, broken = store.list()
        wanted = tags_in(",".join(tags))
        if not wanted:
            raise CommandLineError("--tag needs the name of a tag.")
        return with_tags(found, wanted), broken
    except ProfileError as error:
        raise CommandLineError(str(error)) from None
