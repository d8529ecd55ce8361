"""Files that are no readable profile, and the names under which their runs are kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from .profile_error import ProfileError


@dataclass(frozen=True, slots=True)
class BrokenProfile:
    """A file that is not a readable profile: where it is, and one sentence on what is wrong with it.

    `name` is what its runs go by, which no readable profile has.
    """

    path: Path
    sentence: str
    name: str


class UnreadableProfile(ProfileError):
    """There is a file for this name, and it is no readable profile; `file` says which, and why."""

    def __init__(self, file: BrokenProfile) -> None:
        super().__init__(
            f"The profile in {file.path} is broken. {file.sentence} Correct the file, or delete it."
        )
        self.file = file


def label_of(path: Path, taken: Collection[str]) -> str:
    """What the runs of a broken file go by: its name, where no profile among those `taken` has the same."""
    names = (path.name.removesuffix(".toml"), path.name, str(path))
    # A file's name may be no text, and a report is one.
    texts = [name.encode(errors="replace").decode() for name in names]
    return next((text for text in texts if text not in taken), texts[-1])
