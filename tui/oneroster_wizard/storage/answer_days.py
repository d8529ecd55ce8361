"""The day of an answer that a person wrote into the file of a profile without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from oneroster_checks.connection import DatedAnswer, DistrictAnswer
from oneroster_checks.files import reason_of

from .profile_error import ProfileError
from .profile_file import Profile


def with_days(profile: Profile, path: Path) -> Profile:
    """The profile of a file with a day for each answer: one without is as old as the last change of the file.

    ProfileError where the file is not there any more.
    """
    try:
        changed = date.fromtimestamp(path.stat().st_mtime)
    except OSError as error:
        # It was read a moment ago, and may be gone by now.
        raise ProfileError(f"It cannot be read: {reason_of(error)}.") from None
    dated: dict[str, DistrictAnswer] = {
        question: given if isinstance(given, DatedAnswer) else DatedAnswer(given, changed)
        for question, given in profile.answers.items()
    }
    return replace(profile, answers=dated)
