"""Full reads of the real command that end early, and what is looked for behind them."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oneroster_practice import PracticeDistrict

from ..servers.meddler import Meddler
from .command import COMMAND, environment, options_of, secrets_of

LIMIT_S = 90


@dataclass(frozen=True)
class Ended:
    """How a run ended: its exit code, what it reported and what it complained of."""

    code: int
    out: bytes
    complaints: bytes


class Runs:
    """Runs of `check`, each with a home and a folder for temporary files of its own below `folder`.

    `behind` is what is left of a run: files, and processes of its session.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0

    async def ended(
        self,
        line: Mapping[str, Any],
        *more: str,
        started: Callable[[asyncio.subprocess.Process], None] = lambda process: None,
    ) -> tuple[Ended, list[str]]:
        """One run of everything to its end, and what it has left behind."""
        self._number += 1
        own = self._folder / f"run-{self._number}"
        homes = {name: own / name for name in ("home", "state", "config", "temporary")}
        for each in homes.values():
            each.mkdir(parents=True)
        process = await asyncio.create_subprocess_exec(
            *COMMAND, "check", *options_of(line), "--depth", "full", *more, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
            env=environment({
                **secrets_of(line), "HOME": str(homes["home"]), "XDG_STATE_HOME": str(homes["state"]),
                "XDG_CONFIG_HOME": str(homes["config"]), "TMPDIR": str(homes["temporary"]),
            }),
        )  # fmt: skip
        started(process)
        out, complaints = await asyncio.wait_for(process.communicate(), LIMIT_S)
        assert process.returncode is not None
        left = [str(path.relative_to(own)) for path in own.rglob("*") if path.is_file()]
        return Ended(process.returncode, out, complaints), left + processes_of(process.pid)


def processes_of(session: int) -> list[str]:
    """The processes of a session that are still there."""
    found: list[str] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            # It has ended meanwhile.
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(f"the process {stat.parent.name}")
    return found


def ready_line(district: PracticeDistrict, relay: Meddler) -> dict[str, Any]:
    """What a district hands out, by way of a relay."""
    through = relay.connection
    return {**district.ready_line(), "base_url": through.base_url, "token_url": through.token_url}


def spread(number: int, moments: int) -> list[int]:
    """So many different numbers from 1 to a number, spread evenly, the last one among them."""
    return sorted({max(1, round(number * place / moments)) for place in range(1, moments + 1)})
