"""Copying: a file always, and every clipboard that answers, among them a real tmux."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from textual.app import App

from oneroster_wizard import clipboard, limits
from tests.secret_service import needed

TEXT = "Verdict: fail\nçà et là — ✓\n"


def test_a_private_file_is_always_written_and_named(tmp_path: Path) -> None:
    copied = clipboard.copy(TEXT, folder=tmp_path / "copied", name="Lakeside/summary.md", app=None)
    assert copied.ways == ()
    assert copied.path is not None
    assert copied.path == tmp_path / "copied" / "Lakeside-summary.md"
    assert copied.path.read_text(encoding="utf-8") == TEXT
    assert stat.S_IMODE(copied.path.stat().st_mode) == 0o600
    assert str(copied.path) in copied.sentence
    assert "No clipboard" in copied.sentence


def test_the_default_place_is_the_users_state_folder(home: Path) -> None:
    copied = clipboard.copy(TEXT, folder=None, name="../..", app=None)
    assert copied.path is not None
    assert copied.path.is_relative_to(home / "state")
    assert copied.path.name == "copied.txt"


def test_a_later_copy_of_the_same_name_replaces_the_file(tmp_path: Path) -> None:
    for text in ("first", "second"):
        clipboard.copy(text, folder=tmp_path, name="summary.md", app=None)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["second"]


async def test_the_terminal_is_asked_too(tmp_path: Path) -> None:
    app: App[None] = App()
    async with app.run_test():
        copied = clipboard.copy(TEXT, folder=tmp_path, name="summary.md", app=app)
        assert app.clipboard == TEXT
    assert copied.ways == ("the terminal (OSC 52)",)
    assert copied.sentence.startswith("Copied. If nothing pastes, the same text is in ")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    copied = clipboard.copy(TEXT, folder=tmp_path / "file", name="summary.md", app=None)
    assert (copied.path, copied.ways) == (None, ())
    assert copied.sentence == "It could not be copied."


def test_a_real_tmux_takes_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tmux = [needed("tmux", "tmux"), "-S", str(tmp_path / "socket"), "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "-s", "test", "sleep 60"], check=True, timeout=20)
    try:
        shown = subprocess.run(
            [*tmux, "display-message", "-p", "#{socket_path},#{pid},0"],
            check=True,
            capture_output=True,
            text=True,
            timeout=20,
        )
        monkeypatch.setenv("TMUX", shown.stdout.strip())
        copied = clipboard.copy(TEXT, folder=tmp_path, name="summary.md", app=None)
        held = subprocess.run([*tmux, "show-buffer"], check=True, capture_output=True, timeout=20)
    finally:
        subprocess.run([*tmux, "kill-server"], check=False, timeout=20)
    assert copied.ways == ("tmux",)
    assert held.stdout.decode() == TEXT


def test_a_tmux_that_is_gone_is_no_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", f"{tmp_path}/gone,1,0")
    assert clipboard.copy(TEXT, folder=tmp_path, name="summary.md", app=None).ways == ()


@pytest.mark.parametrize(
    ("script", "works"), [("cat > {out}", True), ("echo $$ > {out}; exec sleep 60", False)]
)
def test_a_system_tool_is_used_and_given_up_when_it_hangs(
    tmp_path: Path, script: str, works: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tools stand in a PATH of their own, as xclip would; pyperclip chooses among them afresh."""
    import pyperclip

    tools, out = tmp_path / "tools", tmp_path / "out"
    tools.mkdir()
    tool = tools / "xclip"
    tool.write_text(f"#!/bin/sh\n{script.format(out=out)}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.setattr(limits, "CLIPBOARD_TOOL_S", 1.0)
    chosen = pyperclip.determine_clipboard()
    monkeypatch.setattr(pyperclip, "copy", chosen[0])
    copied = clipboard.copy(TEXT, folder=tmp_path / "copied", name="summary.md", app=None)
    assert copied.ways == (("the system's clipboard",) if works else ())
    assert copied.path is not None
    if works:
        assert out.read_text(encoding="utf-8") == TEXT
    else:
        os.kill(int(out.read_text()), signal.SIGKILL)
