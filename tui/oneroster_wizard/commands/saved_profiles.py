"""Saved profiles that are to run: which they are, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oneroster_checks.errors import CannotRun

from ..profile_secrets import Unable
from ..storage.profiles import BrokenProfile, Profile, ProfileError, ProfileStore, UnreadableProfile
from .console import complain
from .errors import CommandLineError
from .tag_option import tagged


def saved_profiles(names: Sequence[str], *, every: bool, quiet: bool = False) -> list[Profile | Unable]:
    """The profiles of these names, or `every` one; of a file that is none, why.

    `quiet` leaves out what is wrong with them otherwise, which the report of several profiles tells too.
    CommandLineError when there is no profile of a name, or none at all.
    """
    store = ProfileStore()
    found = _every(store, quiet=quiet) if every else [_load(store, name) for name in names]
    return found if quiet else _warned_of(found)


def each_once(found: Iterable[Profile | Unable]) -> list[Profile | Unable]:
    """Profiles without those that came before, in another spelling of the name perhaps."""
    named = {each.profile if isinstance(each, Unable) else each.name: each for each in found}
    return list(named.values())


def tagged_profiles(tags: Sequence[str], *, quiet: bool = False) -> tuple[list[Profile | Unable], bool]:
    """The profiles with any of these tags, and whether it was complained of files that may have them, too.

    `quiet` complains only where that is new, as the history knows it, and of nothing else. CommandLineError when there
    is no profile of a tag.
    """
    store = ProfileStore()
    found, unreadable = tagged(store, tags)
    told = [entry for entry in unreadable if not quiet or _is_news(store, entry)]
    for entry in told:
        # It may belong to another group, so it is no run of this one.
        complain(f"{entry.path}: {entry.sentence} Its tags cannot be read, so it was left out.")
    return list(found) if quiet else _warned_of(found), bool(told)


def _is_news(store: ProfileStore, entry: BrokenProfile) -> bool:
    from ..fleet_run import keep_run

    broken = _broken(entry)
    return keep_run(store, broken.result(), {}, broken).is_news


def _warned_of(found: Sequence[Profile | Unable]) -> list[Profile | Unable]:
    for profile in found:
        if isinstance(profile, Profile):
            _warn_of_future(profile)
    return list(found)


def _warn_of_future(profile: Profile) -> None:
    from oneroster_checks.days import in_the_future

    created = profile.connection.created
    if created is not None and in_the_future(created):
        complain(
            f"The creation date of the profile “{profile.name}”, {created}, is in the future. Check the year."
        )


def _every(store: ProfileStore, *, quiet: bool) -> list[Profile | Unable]:
    try:
        profiles, unreadable = store.list()
    except ProfileError as error:
        raise CommandLineError(str(error)) from None
    for entry in () if quiet else unreadable:
        complain(f"{entry.path}: {entry.sentence}")
    if not profiles and not unreadable:
        raise CommandLineError("There is no saved profile. The wizard saves one: run `oneroster-wizard`.")
    return [*profiles, *(_broken(entry) for entry in unreadable)]


def _broken(entry: BrokenProfile, sentence: str = "") -> Unable:
    return Unable(
        entry.name, CannotRun.PROFILE_BROKEN, sentence or entry.sentence, {"reason": entry.sentence}
    )


def _load(store: ProfileStore, name: str) -> Profile | Unable:
    try:
        return store.load(name)
    except UnreadableProfile as error:
        return _broken(error.file, str(error))
    except ProfileError as error:
        raise CommandLineError(str(error)) from None
