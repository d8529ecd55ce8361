"""What a text has beside its letters, by what the terminal can show: colors, links, and its own width."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import re
import struct
import termios
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from oneroster_wizard.terminal_features import columns_of, shows_colors, shows_links

from ..on_a_pty import on_a_pty
from .command import COMMAND, call, environment

FAILS = ("demo", "--problem", "gradebook.not-enabled", "--format", "text")
ESCAPE = re.compile(rb"\x1b(?:\[[0-9;]*m|\]8;;[^\x1b]*\x1b\\)")
XTERM = {"TERM": "xterm-256color"}


@contextmanager
def terminal(columns: int = 80) -> Generator[IO[str]]:
    """The program's side of a pseudo-terminal."""
    screen, line = pty.openpty()
    fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with os.fdopen(line, "w") as stream:
        yield stream
    os.close(screen)


def written(more: dict[str, str]) -> tuple[list[bytes], bytes]:
    """The lines of the report on a terminal of 80 columns, and the whole of it."""
    with on_a_pty([*COMMAND, *FAILS], environment(more)) as program:
        assert program.end() == 1
        report = program.seen[program.seen.index(b"Connection: ") :]
    return report.replace(b"\r\n", b"\n").splitlines(), report


def test_a_terminal_gets_colors_by_state_and_its_own_width() -> None:
    lines, report = written({})
    assert b"  \x1b[1;31mFAIL\x1b[0m  The Data to Share setting" in report
    assert b"  \x1b[32mPASS\x1b[0m  The connection is active." in report
    assert lines[-1].startswith(b"Verdict: \x1b[1;31mFAIL\x1b[0m. Grade Book is not enabled")
    assert b"\x1b]8" not in report
    lengths = [len(ESCAPE.sub(b"", line).decode()) for line in lines if b"://" not in line]
    assert 70 < max(lengths) <= 80


def test_no_color_is_kept_and_a_link_takes_the_place_of_an_address() -> None:
    page = b"https://kb.infinitecampus.com/help/configuring-oneroster-connections"
    _, report = written({"NO_COLOR": "1", "FORCE_HYPERLINK": "1"})
    assert not re.search(rb"\x1b\[[0-9;]*m", report)
    assert b"\x1b]8;;" + page + b"\x1b\\Infinite Campus help: OneRoster Connections\x1b]8;;\x1b\\" in report
    assert ESCAPE.sub(b"", report).count(page) == 0
    _, plain = written({"NO_COLOR": "1"})
    assert b"\x1b" not in plain
    assert plain.count(page) == 1


def test_without_a_terminal_there_is_none_of_it(tmp_path: Path) -> None:
    ended = call(*FAILS, more={**XTERM, "FORCE_HYPERLINK": "1"})
    assert "\x1b" not in ended.stdout
    assert "42 passed" not in ended.stdout
    assert re.search(r"\n  \d+ passed, \d+ not checked \(-v lists them\)\.\n", ended.stdout)
    assert "PASS  Paging" not in ended.stdout
    assert "  PASS  Paging" in call(*FAILS, "-v").stdout
    assert max(len(line) for line in ended.stdout.splitlines() if "://" not in line) > 80


def test_a_file_gets_no_marks_also_from_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    with on_a_pty([*COMMAND, *FAILS, "--output", str(path)], environment()) as program:
        assert program.end() == 1
    assert "\x1b" not in path.read_text()
    assert path.read_text().splitlines()[-1].endswith("[gradebook.not-enabled]")


@pytest.mark.parametrize(
    ("variables", "colors", "links"),
    [
        (XTERM, True, False),
        ({}, False, False),
        ({"TERM": "dumb", "TERM_PROGRAM": "WezTerm", "FORCE_HYPERLINK": "1"}, False, False),
        ({**XTERM, "NO_COLOR": "1"}, False, False),
        ({**XTERM, "NO_COLOR": ""}, True, False),
        ({**XTERM, "TERM_PROGRAM": "iTerm.app"}, True, True),
        ({**XTERM, "TERM_PROGRAM": "iTerm.app", "NO_COLOR": "1"}, False, True),
        ({**XTERM, "TERM_PROGRAM": "iTerm.app", "FORCE_HYPERLINK": "0"}, True, False),
        ({**XTERM, "TERM_PROGRAM": "Apple_Terminal"}, True, False),
        ({**XTERM, "VTE_VERSION": "7006"}, True, True),
        ({**XTERM, "VTE_VERSION": "4800"}, True, False),
        ({**XTERM, "VTE_VERSION": "²"}, True, False),
        ({"TERM": "xterm-kitty"}, True, True),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/tmux"}, True, False),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux", "FORCE_HYPERLINK": "1"}, True, True),
        ({**XTERM, "WT_SESSION": "x"}, True, True),
    ],
)  # fmt: skip
def test_what_a_terminal_shows(variables: dict[str, str], colors: bool, links: bool) -> None:
    with terminal() as stream:
        assert (shows_colors(stream, variables), shows_links(stream, variables)) == (colors, links)
    every = {**variables, "FORCE_HYPERLINK": "1"}
    for no_terminal in (io.StringIO(), stream, None):
        assert not shows_colors(no_terminal, every)
        assert not shows_links(no_terminal, every)


def test_the_columns_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    with terminal(132) as stream:
        assert columns_of(stream, 100) == 132
    with terminal(0) as stream:
        assert columns_of(stream, 100) == 100
    assert columns_of(io.StringIO(), 100) == columns_of(None, 100) == 100


@pytest.mark.parametrize(
    ("wish", "columns"), [("50", 50), ("0", 132), ("", 132), ("-3", 132), ("wide", 132), ("²", 132)]
)
def test_the_columns_that_a_person_wishes(wish: str, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", wish)
    with terminal(132) as stream:
        assert columns_of(stream, 100) == columns
    assert columns_of(io.StringIO(), 100) == columns_of(None, 100) == 100
