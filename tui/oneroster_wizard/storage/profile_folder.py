"""Where profiles are, and which files there are any. It is light: the first screen asks it before all else."""

from __future__ import annotations

from pathlib import Path


def default_folder() -> Path:
    """The folder of the user's own profiles; it may not be there yet."""
    from platformdirs import user_config_path

    return user_config_path("oneroster-wizard", appauthor=False) / "profiles"


def profile_files(folder: Path) -> list[Path]:
    """The files of a folder that are meant to be profiles, by name; none where it cannot be read."""
    try:
        return sorted(path for path in folder.glob("*.toml") if not path.name.startswith("."))
    except OSError:
        return []
