"""Where the journals of write tests are. It is light: the first screen asks whether there is any."""

from __future__ import annotations

import os
from pathlib import Path

JOURNAL_SUFFIX = ".json"


def journal_folder() -> Path:
    """The folder of the user's own journals; it may not be there yet."""
    from platformdirs import user_state_path

    return user_state_path("oneroster-wizard", appauthor=False) / "write-tests"


def journal_names(folder: Path) -> list[str]:
    """The names of the files in it that are meant to be journals; none where it cannot be read."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return sorted(name for name in names if name.endswith(JOURNAL_SUFFIX) and not name.startswith("."))
