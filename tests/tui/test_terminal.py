"""However the wizard ends, the terminal is as it was: on a real pseudo-terminal, with the real program."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from ..cli.command import COMMAND, environment
from ..moments import Moments
from ..on_a_pty import ALTERNATE_SCREEN, on_a_pty

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Bracketed paste is the last thing that Textual switches on.
UP = "\x1b[?2004h"
# How many moments of the start of the wizard are tried.
MOMENTS = 12


@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("arguments", [(), ("demo",), ("demo", "--problem", "tls.expired")], ids=" ".join)
def test_a_signal_gives_the_terminal_back(
    number: signal.Signals, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    home = tmp_path / "home"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    more = environment({"HOME": str(home), "TMPDIR": str(temporary)})
    with on_a_pty([*COMMAND, *arguments], more) as wizard:
        wizard.until(UP)
        wizard.until("Step 2 of 6" if arguments else "Step 1 of 6")
        assert wizard.modes[ALTERNATE_SCREEN]
        assert not wizard.echoes
        wizard.process.send_signal(number)
        assert wizard.end() == 128 + number
        assert wizard.is_as_before()
        assert b"Traceback" not in wizard.seen
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("number", SIGNALS)
def test_a_second_signal_gives_it_back_at_once(number: signal.Signals) -> None:
    with on_a_pty(COMMAND, environment()) as wizard:
        wizard.until(UP)
        wizard.until("Step 1 of 6")
        wizard.process.send_signal(number)
        wizard.process.send_signal(number)
        assert wizard.end() == 128 + number
        assert wizard.is_as_before()


def test_a_signal_at_any_moment_of_its_start(tmp_path: Path) -> None:
    moments = Moments(tmp_path / "hook")
    with on_a_pty([*COMMAND, "demo"], moments.counting(environment())) as wizard:
        wizard.until(UP)
        wizard.until("Step 2 of 6")
        wizard.process.send_signal(signal.SIGTERM)
        wizard.end()
    by_itself = 0
    # The last events are those of the end, to which a wizard that is left alone does not come.
    for moment in (1 + at * moments.counted // MOMENTS for at in range(MOMENTS)):
        stopping = moments.stopping(environment(), signal.SIGTERM, [moment])
        with on_a_pty([*COMMAND, "demo"], stopping) as wizard:
            # A program that finds more of itself compiled has fewer moments, and waits for someone at the last.
            wizard.until_or_end("Step 2 of 6")
            if wizard.process.poll() is None:
                wizard.process.send_signal(signal.SIGTERM)
            else:
                by_itself += 1
            assert wizard.end() == 143
            assert wizard.is_as_before(), moment
            assert b"Traceback" not in wizard.seen, wizard.seen[-6000:].decode()
    assert by_itself >= MOMENTS // 2


def test_a_terminal_that_is_closed_ends_the_wizard() -> None:
    with on_a_pty(COMMAND, environment()) as wizard:
        wizard.until(UP)
        wizard.hang_up()
        assert wizard.process.wait(60) == 129


CRASHES = {
    "a handler": "def on_mount(self):\n        raise RuntimeError('the-secret-of-the-test')",
    "a key": "def on_key(self):\n        raise RuntimeError('the-secret-of-the-test')",
    "a worker": "def on_ready(self):\n        self.run_worker(self.dies())\n"
    "    async def dies(self):\n        raise RuntimeError('the-secret-of-the-test')",
    "an exit": "def on_key(self):\n        raise SystemExit(7)",
    "the closing": "async def on_unmount(self):\n        raise RuntimeError('the-secret-of-the-test')",
    "the program around it": "def run(self):\n        import threading\n"
    "        self.call_later(lambda: None)\n        super().run()\n        raise MemoryError",
}


@pytest.mark.parametrize("crash", CRASHES.values(), ids=list(CRASHES))
def test_a_crash_gives_the_terminal_back(crash: str) -> None:
    code = f"""
import sys
sys.argv = ["oneroster-wizard"]
from oneroster_wizard.entry import main
import oneroster_wizard.app as a
from oneroster_checks.connection import Credentials, Secret
class Crashing(a.WizardApp):
    def __init__(self):
        super().__init__()
        self.draft.credentials = Credentials(Secret("the-secret-of-the-test"))
    {crash}
a.WizardApp = Crashing
sys.exit(main())
"""
    with on_a_pty([sys.executable, "-c", code], environment()) as wizard:
        wizard.until(UP)
        if "on_mount" not in crash and "on_ready" not in crash:
            wizard.until("Step 1 of 6")
            wizard.type(b"q" if "unmount" in crash or "run" in crash else b"x")
        assert wizard.end() != 0
        assert wizard.is_as_before(), (wizard.modes, wizard.seen[-300:])
        assert b"the-secret-of-the-test" not in wizard.seen


@pytest.mark.parametrize("number", SIGNALS)
def test_a_hidden_prompt_gives_the_echo_back(number: signal.Signals) -> None:
    code = """
import sys
import oneroster_wizard.entry
import getpass
print(getpass.getpass("Client secret: "))
"""
    with on_a_pty([sys.executable, "-c", code], environment()) as asking:
        asking.until("Client secret: ")
        assert not asking.echoes
        if number == signal.SIGINT:
            # By its key, so that the terminal has taken what was typed before it.
            asking.type(b"half-a-secr\x03")
        else:
            asking.type(b"half-a-secr")
            asking.process.send_signal(number)
        assert asking.end() == 128 + number
        assert asking.is_as_before()
        assert b"half-a-secr" not in asking.seen
        assert b"Traceback" not in asking.seen


@pytest.mark.parametrize("stream", ["2>&-", "2>{file}"])
def test_where_standard_error_leads_elsewhere_the_wizard_is_on_the_terminal(
    stream: str, tmp_path: Path
) -> None:
    file = tmp_path / "errors"
    shell = f"exec {' '.join(COMMAND)} {stream.format(file=file)}"
    with on_a_pty(["sh", "-c", shell], environment()) as wizard:
        wizard.until(UP)
        wizard.until("Step 1 of 6")
        os.kill(wizard.process.pid, signal.SIGTERM)
        assert wizard.end() == 143
        assert wizard.is_as_before()
    assert not file.exists() or file.read_bytes() == b""
