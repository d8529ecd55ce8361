"""A crash leaves no copy of the memory behind: the program's own limits, and what the system makes of them."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ..on_a_pty import on_a_pty
from ..servers import LoopServer
from .command import COMMAND, environment

LIMIT_S = 60
SECRET = "a-secret-of-the-test-0c7e"
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def cores_allowed() -> None:
    """What `ulimit -c unlimited` does, as far as this machine lets it."""
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def core_limit(process_id: int) -> list[str]:
    """The soft and the hard limit of a process's core file."""
    lines = Path(f"/proc/{process_id}/limits").read_text().splitlines()
    return next(line for line in lines if line.startswith("Max core file size")).split()[4:6]


@linux
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
async def test_a_check_that_crashes_leaves_no_dump(number: signal.Signals, tmp_path: Path) -> None:
    asked = asyncio.Event()

    async def silent() -> AsyncIterator[bytes]:
        asked.set()
        await asyncio.Event().wait()
        yield b""

    async with LoopServer(lambda heard: silent()) as server:
        process = await asyncio.create_subprocess_exec(
            *COMMAND, "check", "--base-url", f"{server.origin}/ims/oneroster",
            "--token-url", f"{server.origin}/t?appName=a", "--client-id", "InfiniteCampus_x",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, cwd=tmp_path,
            env=environment({"ONEROSTER_CLIENT_SECRET": SECRET}), preexec_fn=cores_allowed,
        )  # fmt: skip
        await asyncio.wait_for(asked.wait(), LIMIT_S)
        limit = await asyncio.to_thread(core_limit, process.pid)
        process.send_signal(number)
        reported, complaints = await asyncio.wait_for(process.communicate(), LIMIT_S)
    assert (process.returncode, limit) == (-number, ["0", "0"])
    assert SECRET.encode() not in reported + complaints
    assert os.listdir(tmp_path) == []


_ASKS_ITSELF = """
import ctypes, os, signal, sys
import oneroster_wizard.entry
from oneroster_wizard.no_dumps import no_memory_for_others
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
no_memory_for_others()
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
"""


@linux
def test_the_system_is_told_not_to_dump(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _ASKS_ITSELF], env=environment(), cwd=tmp_path, capture_output=True, text=True,
        timeout=LIMIT_S, check=False, preexec_fn=cores_allowed,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGSEGV, "1 0\n", "")
    assert list(tmp_path.iterdir()) == []


@linux
def test_a_process_that_only_imports_the_program_stays_as_it_is() -> None:
    code = _ASKS_ITSELF.replace("import oneroster_wizard.entry\n", "").replace("os.kill", "(lambda *a: None)")
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, timeout=LIMIT_S, check=True
    )  # fmt: skip
    assert ended.stdout == "1 1\n"


@linux
def test_the_wizard_leaves_no_dump(tmp_path: Path) -> None:
    with on_a_pty(COMMAND, environment({"HOME": str(tmp_path)}), cwd=tmp_path) as wizard:
        wizard.until("Step 1 of 6")
        wizard.until("\x1b[?2004h")
        assert core_limit(wizard.process.pid) == ["0", "0"]
        before = {path.name for path in tmp_path.iterdir()}
        wizard.process.send_signal(signal.SIGSEGV)
        assert wizard.end() == -signal.SIGSEGV
        assert {path.name for path in tmp_path.iterdir()} == before


def test_help_loads_no_ctypes() -> None:
    code = (
        "import sys\nsys.argv = ['oneroster-wizard', '--help']\nfrom oneroster_wizard.entry import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\nassert not {'ctypes', 'textual', 'httpx'} & set(sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, timeout=LIMIT_S, check=False
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
