"""With every log of the libraries switched on, what is typed and pasted in the wizard is in none of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ..cli.command import COMMAND, environment
from ..on_a_pty import on_a_pty

UP = "\x1b[?2004h"
TYPED = ("typed-client-4c1e", "typed-vendor-key-8d2f", "typed-vendor-secret-6b7a")
PASTED = ("pasted-client-91ad", "pasted-vendor-key-52cf", "pasted-vendor-secret-0e3b")
IN_A_BLOCK = "block-client-secret-77d0"

LOGS = {
    "TEXTUAL_LOG": "{folder}/textual.log",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL": "debug,devtools",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONFAULTHANDLER": "1",
    "PYTHONVERBOSE": "",
    "HTTPX_LOG_LEVEL": "trace",
    "SSLKEYLOGFILE": "{folder}/keys.log",
    "SSLKEYLOG": "{folder}/keys.log",
}


def paste(text: str) -> bytes:
    """A paste as a terminal brackets it."""
    return b"\x1b[200~" + text.encode() + b"\x1b[201~"


def read_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_no_secret_is_in_any_log(way: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    logs = {name: value.format(folder=tmp_path) for name, value in LOGS.items() if value}
    secrets = TYPED if way == "typed" else PASTED
    with on_a_pty(COMMAND, {**environment(logs), "HOME": str(home)}, cwd=tmp_path) as wizard:
        wizard.until(UP)
        wizard.until("Step 1 of 7")
        wizard.type(b"\x0e")
        wizard.until("Step 2 of 7")
        # The grade book, so that the vendor's pair is asked for; then the Connection step with its paste box.
        wizard.focus("Grade")
        wizard.type(b" ")
        wizard.type(b"\x0e")
        wizard.until("Step 3 of 7")
        block = (
            "Base URL: https://sis.elm.invalid/campus/api/oneroster/v1p2/elm/ims/oneroster\n"
            "Token URL: https://sis.elm.invalid/campus/oauth2/token?appName=elm\n"
            f"Key: InfiniteCampus_elm\nSecret: {IN_A_BLOCK}\n"
        )
        wizard.type(paste(block))
        wizard.until("InfiniteCampus_elm")
        wizard.type(b"\x0e")
        wizard.until("Step 4 of 7")
        for secret in secrets:
            wizard.type(b"\x15")
            wizard.type(secret.encode() if way == "typed" else paste(secret))
            wizard.type(b"\t")
        wizard.type(b"\x1b[12~")
        wizard.until("x")
        wizard.type(b"\x03")
        wizard.type(b"\r")
        wizard.process.terminate()
        wizard.end()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]
    written = read_below(tmp_path)
    for secret in (*TYPED, *PASTED, IN_A_BLOCK):
        assert secret.encode() not in written
