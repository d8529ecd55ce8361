"""With every log of the libraries switched on, what is typed and pasted in the wizard is in none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from ..cli.command import COMMAND, district, environment, options_of, run, secrets_of
from ..on_a_pty import on_a_pty

BASE = "https://sis.elm.invalid/campus/api/oneroster/v1p2/elm/ims/oneroster"
TOKEN = "https://sis.elm.invalid/campus/oauth2/token?appName=elm"
F2, F3 = b"\x1b[12~", b"\x1b[13~"
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
    "HTTPX_LOG_LEVEL": "trace",
    "SSLKEYLOGFILE": "{folder}/keys.log",
    "SSLKEYLOG": "{folder}/keys.log",
}


def paste(text: str) -> bytes:
    """A paste as a terminal brackets it."""
    return b"\x1b[200~" + text.encode() + b"\x1b[201~"


@pytest.fixture
def logs(tmp_path: Path) -> dict[str, str]:
    """The environment of a wizard with one saved connection, and every log on; its folder is empty otherwise."""
    ProfileStore().save(
        Profile(
            "elm", Connection(base_url=BASE, token_url=TOKEN, client_id="a", share=("rostering", "gradebook"))
        )
    )
    return environment({name: value.format(folder=tmp_path) for name, value in LOGS.items()})


def written_below(*folders: Path) -> bytes:
    """Every byte in the files of some folders."""
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    return b"".join(path.read_bytes() for path in files)


@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_no_secret_of_a_field_is_in_any_log(
    way: str, logs: dict[str, str], tmp_path: Path, home: Path
) -> None:
    secrets = TYPED if way == "typed" else PASTED
    with on_a_pty(COMMAND, logs, cwd=tmp_path) as wizard:
        wizard.until(UP)
        wizard.until("elm")
        wizard.type(b"\r")
        # The note is there once the screen is.
        wizard.until("no usable keyring")
        wizard.settle()
        for secret in secrets:
            wizard.type(secret.encode() if way == "typed" else paste(secret))
            wizard.settle()
            wizard.type(b"\t")
        # F3 shows them: they have arrived.
        wizard.type(F3)
        for secret in secrets:
            wizard.until(secret)
        wizard.process.terminate()
        assert wizard.end() == 143
    assert list(tmp_path.iterdir()) == []
    for secret in secrets:
        assert secret.encode() not in written_below(home)


def test_no_secret_of_a_pasted_block_is_in_any_log(logs: dict[str, str], tmp_path: Path, home: Path) -> None:
    with on_a_pty(COMMAND, logs, cwd=tmp_path) as wizard:
        wizard.until(UP)
        wizard.until("elm")
        wizard.type(b"\x0e")
        wizard.until("Step 2 of 6")
        wizard.type(b"\x0e")
        wizard.until("Step 3 of 6")
        wizard.type(F2)
        wizard.until("Paste the email")
        wizard.type(
            paste(f"Base URL: {BASE}\nToken URL: {TOKEN}\nKey: InfiniteCampus_elm\nSecret: {IN_A_BLOCK}\n")
        )
        wizard.until("Found")
        wizard.type(b"\x0e")
        wizard.until("InfiniteCampus_elm")
        wizard.process.terminate()
        assert wizard.end() == 143
    assert list(tmp_path.iterdir()) == []
    assert IN_A_BLOCK.encode() not in written_below(home)


def test_debugging_asyncio_tells_no_secret_in_a_run(tmp_path: Path) -> None:
    with district("oauth1.expired") as ready:
        more = {name: value.format(folder=tmp_path) for name, value in LOGS.items()}
        ended = run("check", *options_of(ready), "--format", "json", more={**secrets_of(ready), **more})
    assert ended.returncode == 1
    assert ready["client_secret"] not in ended.stdout + ended.stderr
    assert list(tmp_path.iterdir()) == []
