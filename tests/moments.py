"""Signals at chosen moments of a program's life: it sends them to itself, at the n-th event of the interpreter.

The events of `Moments()` are those of `sys.addaudithook` from the command line on: imports, opened files, compiled
code, connections, started threads; those of `Moments(since=NAME)` begin with the first event of that name. Those of
`Moments(calls=True)` are the calls of functions from the making of the HTTP session on, which are the run. Unlike a
pause they hit the same place of the program on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

_HOOK = """\
import atexit, os, sys

seen, begun = 0, False
calls = "TEST_CALLS" in os.environ
since = os.environ.get("TEST_SINCE")
first = "oneroster_checks.http.session" if calls else "oneroster_wizard.cli"

def note(event, about):
    global begun
    if not begun:
        begun = event == since if since else event == "import" and about[0] == first
        if begun and calls:
            sys.setprofile(lambda frame, event, argument: event == "call" and happened())
        if not begun or not since:
            return
    if not calls:
        happened()

def happened():
    global seen
    seen += 1
    if seen in moments:
        os.kill(os.getpid(), number)

def write_down():
    with open(counted, "w") as file:
        file.write(str(seen))

counted = os.environ.get("TEST_COUNT_INTO")
moments = frozenset(map(int, os.environ.get("TEST_MOMENTS", "").split()))
number = int(os.environ.get("TEST_SIGNAL", "2"))
sys.addaudithook(note)
if counted:
    atexit.register(write_down)
"""


class Moments:
    """The events of one program; `folder` is for the hook."""

    def __init__(self, folder: Path, *, calls: bool = False, since: str = "") -> None:
        self._calls = calls
        self._since = since
        self._folder = folder
        self._count = folder / "count"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "sitecustomize.py").write_text(_HOOK)

    def counting(self, environment: Mapping[str, str]) -> dict[str, str]:
        """The environment of a program that counts its events, and is left alone."""
        return {**self._hooked(environment), "TEST_COUNT_INTO": str(self._count)}

    def stopping(self, environment: Mapping[str, str], number: int, moments: Sequence[int]) -> dict[str, str]:
        """The environment of a program that sends itself a signal at each of these events."""
        chosen = " ".join(map(str, moments))
        return {**self._hooked(environment), "TEST_SIGNAL": str(int(number)), "TEST_MOMENTS": chosen}

    @property
    def counted(self) -> int:
        """How many events a counting program had."""
        return int(self._count.read_text())

    def _hooked(self, environment: Mapping[str, str]) -> dict[str, str]:
        return {
            **environment,
            **({"TEST_CALLS": "1"} if self._calls else {}),
            **({"TEST_SINCE": self._since} if self._since else {}),
            "PYTHONPATH": os.pathsep.join((str(self._folder), environment["PYTHONPATH"])),
        }
