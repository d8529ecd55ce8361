"""Programs that write one history at once, and one that is killed in the middle of it.

`python -m tests.storage.writers PATH NAME RUNS` adds so many runs of a profile; with 0 runs it adds some without end,
one letter on standard output for each that is kept.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from oneroster_wizard.storage.history import History

from .runs import NOW, StandingClock, run_of


def write(path: Path, name: str, runs: int) -> None:
    """Add runs of a profile, each a second after the one before it."""
    history = History(path, StandingClock())
    for number in range(runs) if runs else count():
        history.add(replace(run_of(name), started=NOW + timedelta(seconds=number)), {"client_secret": name})
        if not runs:
            sys.stdout.write(".")
            sys.stdout.flush()


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
