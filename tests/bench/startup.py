"""Start-up in fresh processes: `--help` against a bare interpreter, the first screen against a bare Textual app."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median

from .line import Name, line

ROOT = Path(__file__).resolve().parents[2]
HELP_GOAL, SCREEN_GOAL = 3.0, 1.2
HELP_TRIES, SCREEN_TRIES = 21, 11
PATIENCE = 30.0

BARE_APP = """
from textual.app import App
from textual.widgets import Button, Static
class Bare(App):
    def compose(self):
        yield Static("a bare app")
        yield Button("a button")
"""
# An app is usable when it has drawn its first screen and waits for a key: this file then says so.
_USABLE = """
import os
def told(kind):
    before = vars(kind).get("on_ready")
    async def on_ready(self):
        if before is not None:
            await before(self)
        def usable():
            os.write(int(os.environ["BENCH_TELL"]), b"!")
            self.exit()
        self.call_after_refresh(usable)
    kind.on_ready = on_ready
    return kind
"""
BARE = f"{BARE_APP}\n{_USABLE}\ntold(Bare)().run()"
WIZARD = f"from oneroster_wizard.app import WizardApp\n{_USABLE}\ntold(WizardApp)().run()"


def help_against_python() -> str:
    """`--help` and a bare interpreter in turns, so that a busy moment of the machine meets both."""
    with tempfile.TemporaryDirectory() as home:
        more = _environment(home)
        bare: list[float] = []
        helped: list[float] = []
        for _ in range(HELP_TRIES):
            bare.append(_timed([sys.executable, "-c", "pass"], more))
            helped.append(_timed([sys.executable, "-m", "oneroster_wizard", "--help"], more))
    one, other = median(helped), median(bare)
    made_of = f"{one * 1000:.0f} ms against {other * 1000:.0f} ms of `python -c pass`, median of {HELP_TRIES}"
    return line(Name.HELP, one / other, HELP_GOAL, made_of)


def screen_against_textual() -> str:
    """The wizard's first screen, ready for a key, and a bare Textual app's, in turns."""
    with tempfile.TemporaryDirectory() as home:
        more = _environment(home)
        # The first start of each writes compiled modules; it is not what a user waits for.
        for code in (BARE, WIZARD):
            _until_usable(code, more)
        bare: list[float] = []
        wizard: list[float] = []
        for _ in range(SCREEN_TRIES):
            bare.append(_until_usable(BARE, more))
            wizard.append(_until_usable(WIZARD, more))
    one, other = median(wizard), median(bare)
    made_of = f"{one * 1000:.0f} ms against {other * 1000:.0f} ms, median of {SCREEN_TRIES}"
    return line(Name.SCREEN, one / other, SCREEN_GOAL, made_of)


def _environment(home: str) -> dict[str, str]:
    paths = os.pathsep.join(str(ROOT / folder) for folder in ("checks", "tui"))
    folders = {"HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_STATE_HOME": f"{home}/state"}
    return {**os.environ, **folders, "PYTHONPATH": paths, "TERM": "xterm-256color"}


def _timed(command: Sequence[str], more: dict[str, str]) -> float:
    # With a time limit the end would be looked for after 16, 32, and 64 milliseconds only.
    started = time.perf_counter()
    subprocess.run(command, env=more, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def _until_usable(code: str, more: dict[str, str]) -> float:
    """Seconds from the start of the process to the app's word that it waits for a key, in a real terminal."""
    listening, telling = os.pipe()
    screen, terminal = pty.openpty()
    try:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env={**more, "BENCH_TELL": str(telling), "COLUMNS": "80", "LINES": "24"},
            pass_fds=(telling,),
            start_new_session=True,
        )
        drawn = bytearray()
        while True:
            ready, _, _ = select.select([listening, screen], [], [], PATIENCE)
            if listening in ready:
                seconds = time.perf_counter() - started
                break
            if not ready or process.poll() is not None:
                process.kill()
                process.wait()
                raise RuntimeError(
                    f"the app never said that it is usable:\n{drawn.decode(errors='replace')[-2000:]}"
                )
            drawn += os.read(screen, 65536)
        _let_end(process, screen)
        return seconds
    finally:
        for each in (listening, telling, screen, terminal):
            os.close(each)


def _let_end(process: subprocess.Popen[bytes], screen: int) -> None:
    """Read what it still draws, so that it can end."""
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        if select.select([screen], [], [], 0.05)[0]:
            with suppress(OSError):
                os.read(screen, 65536)
    if process.poll() is None:
        process.kill()
    process.wait()
