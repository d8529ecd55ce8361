"""Runs a program of its own process and tells the most memory that it ever had, in megabytes."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Linux tells it for this program alone; what `getrusage` tells begins with the memory of the one that started it.
_PROGRAM = """
import atexit, sys
def tell():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            print("PEAK", line.split()[1], file=sys.stderr)
atexit.register(tell)
from oneroster_wizard.cli import main
sys.exit(main(sys.argv[1:]))
"""


@dataclass(frozen=True)
class Run:
    """How a run ended: its exit code, what it wrote, and its peak in megabytes."""

    code: int
    output: str
    errors: str
    peak: float


async def run_alone(*arguments: str, environment: Mapping[str, str]) -> Run:
    """One run of the command line; what it writes is read while it runs."""
    folders = os.pathsep.join(sys.path)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _PROGRAM, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        stdin=asyncio.subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": folders, **environment},
    )  # fmt: skip
    output, errors = await process.communicate()
    lines = errors.decode().splitlines()
    peaks = [int(line.split()[1]) / 1024 for line in lines if line.startswith("PEAK ")]
    assert process.returncode is not None
    return Run(process.returncode, output.decode(), errors.decode(), peaks[-1] if peaks else 0.0)


def check_arguments(origin: str, root: str, token_path: str, *more: str) -> Sequence[str]:
    """The arguments of a check of a server on loopback."""
    return (
        "check", "--base-url", f"{origin}{root}", "--token-url", f"{origin}{token_path}", "--client-id",
        "InfiniteCampus_test", "--format", "json", *more,
    )  # fmt: skip


def peak_of_this_process() -> float:
    """The most megabytes that this process ever had; 0 where the system does not tell it for one process alone."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
