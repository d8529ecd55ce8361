"""The options that name who writes to whom in the message to the district; what is settled once is their default."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..profile_secrets import Unable
from ..storage.profile_error import ProfileError
from .console import complain

if TYPE_CHECKING:
    from oneroster_checks.report import Letterhead, LetterheadOf
    from oneroster_checks.result import Result

    from ..storage.profiles import Profile
    from ..storage.settings import Settings


def add_letterhead(parser: argparse.ArgumentParser) -> None:
    """Add the options for the names in a message to the district."""
    add = parser.add_argument_group("names in the message to the district (message, html)").add_argument
    add("--district", metavar="NAME", help="the district's name (default: the profile's)")
    add("--product", metavar="NAME", help="the name of your product (default: from the settings)")
    add("--sender", metavar="NAME", help="who signs the message (default: from the settings)")


def letterhead_of(options: argparse.Namespace, profiles: Iterable[Profile | Unable] = ()) -> LetterheadOf:
    """Who writes about a result: by the options, the profile of the result among `profiles`, and the settings.

    Settings that cannot be read are told and not used.
    """
    from oneroster_checks.report import Letterhead, format_of

    districts = {each.name: each.district for each in profiles if not isinstance(each, Unable)}
    # Only a report with a message in it needs them.
    settled = _settings() if format_of(options.format or "text").names_people else None

    def of(result: Result) -> Letterhead:
        return Letterhead(
            district=_either(options.district, districts.get(result.profile or "", "")),
            product=_either(options.product, settled.product if settled else ""),
            sender=_either(options.sender, settled.sender if settled else ""),
        )

    return of


def _either(given: str | None, settled: str) -> str:
    # An empty text is the user's choice, too.
    return settled if given is None else given


def _settings() -> Settings | None:
    from ..storage.settings import SettingsFile

    try:
        return SettingsFile().load()
    except ProfileError as error:
        complain(str(error))
        return None
