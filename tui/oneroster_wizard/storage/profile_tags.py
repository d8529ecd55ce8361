"""Tags of profiles: words by which a person puts connections into groups, such as "texas" or "pilot"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar

from oneroster_checks.visible import acts

from ..limits import TAG_CHARACTERS, TAGS_OF_A_PROFILE
from ..nearest import did_you_mean
from .profile_error import ProfileError

# What stands between the tags of a list, in a cell or on the command line.
SEPARATORS = ",;"


class Tagged(Protocol):
    """A profile, of which nothing but its tags is asked here."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags, as `clean_tags` gives them."""
        ...


T = TypeVar("T", bound=Tagged)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: each once, whatever its letters' case, in the order of the alphabet.

    ProfileError with a sentence for one that cannot be a tag, or for too many. An empty one is left out.
    """
    found: dict[str, str] = {}
    for tag in tags:
        kept = unicodedata.normalize("NFC", tag).strip()
        if kept:
            _refuse(kept)
            found.setdefault(_key(kept), kept)
    if len(found) > TAGS_OF_A_PROFILE:
        raise ProfileError(f"A profile takes up to {TAGS_OF_A_PROFILE} tags; this has {len(found)}.")
    return tuple(found[key] for key in sorted(found))


def tags_in(text: str) -> tuple[str, ...]:
    """The tags of a comma list; ProfileError as for `clean_tags`."""
    for separator in SEPARATORS + "\r\n":
        text = text.replace(separator, SEPARATORS[0])
    return clean_tags(text.split(SEPARATORS[0]))


def with_tags(profiles: Iterable[T], wanted: Iterable[str]) -> list[T]:
    """The profiles that have any of the wanted tags, whatever the case of their letters.

    ProfileError with the tags that exist where a wanted one is on no profile.
    """
    every = list(profiles)
    known = {_key(tag): tag for profile in every for tag in profile.tags}
    keys = {_key(tag): tag for tag in wanted}
    for key, tag in keys.items():
        if key not in known:
            meant = did_you_mean(tag, known.values())
            raise ProfileError(f"No profile has the tag “{tag}”.{meant} {_existing(known.values())}")
    return [profile for profile in every if any(_key(tag) in keys for tag in profile.tags)]


def _existing(tags: Iterable[str]) -> str:
    there = sorted(tags, key=_key)
    if not there:
        return 'There are no tags yet. Add a line such as tags = ["pilot"] to the file of a profile.'
    return f"These tags exist: {', '.join(there)}."


def _key(tag: str) -> str:
    return unicodedata.normalize("NFC", tag).casefold()


def _refuse(tag: str) -> None:
    if len(tag) > TAG_CHARACTERS:
        raise ProfileError(f"A tag takes up to {TAG_CHARACTERS} characters; one has {len(tag)}.")
    if any(acts(char) for char in tag):
        raise ProfileError("A tag cannot have line breaks, tabs or invisible characters.")
    if any(separator in tag for separator in SEPARATORS):
        raise ProfileError("A tag cannot have a comma or a semicolon: they separate tags.")
