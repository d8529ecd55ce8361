"""Where profiles are, and which files there are any. It is light: the first screen asks it before all else."""

from __future__ import annotations

import os
from pathlib import Path

from .profile_error import ProfileError


def default_folder() -> Path:
    """The folder of the user's own profiles; it may not be there yet."""
    from platformdirs import user_config_path

    return user_config_path("oneroster-wizard", appauthor=False) / "profiles"


def profile_files(folder: Path) -> list[Path]:
    """The files of a folder that are meant to be profiles, by name; none where there is no folder.

    ProfileError when nobody can say. What killed programs left in the folder is removed.
    """
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        from oneroster_checks.files import reason_of

        raise ProfileError(f"The profiles in {folder} cannot be read: {reason_of(error)}.") from None
    if any(name.endswith(".tmp") for name in names):
        from .temporary_files import remove_leftovers

        remove_leftovers(folder, own=True)
    return sorted(folder / name for name in names if name.endswith(".toml") and not name.startswith("."))
