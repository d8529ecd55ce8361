"""The bytes that the real program writes on a real terminal: none of them is what a stranger brought."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oneroster_checks.connection import Connection
from oneroster_wizard.draft import Draft
from oneroster_wizard.storage.profiles import Profile, ProfileStore

from .checks.districts.district import SECRET
from .cli.command import COMMAND, environment
from .hostile_district import CONTROL, MARKUP, TEXT, hostile_server
from .hostile_texts import MARK
from .real_terminal import RealTerminal, on_a_terminal

# What a sequence of the strangers would look like on the wire. The program's own styles lead with more than one number
# or end before a blank; a stranger's are followed by their marks.
BROUGHT = re.compile(
    rb"\x1b\[31m(?:C0ntr0l|Z)|own3d\x07|\x1b\]0;|\xc2\x9b|\x9b2J|\x1b\]8;|\x08|\x7f"
    + "|".join(["", "\u202e", "\u200b", "\u2066"]).encode()
)


def nothing_brought(terminal: RealTerminal) -> None:
    """Nothing that a stranger sent acts in what was written; the stranger's marks are there."""
    found = BROUGHT.search(terminal.written)
    assert found is None, terminal.written[max(0, found.start() - 80) : found.end() + 80]


def save_hostile(home: Path, draft: Draft) -> ProfileStore:
    """Two profiles and two files of other people's making: one leads to the hostile server."""
    store = ProfileStore(home / "config" / "oneroster-wizard" / "profiles")
    store.save(Profile(f"a {MARKUP}", draft.connection.but(ca_file="", scope=TEXT)))
    hostile = Connection(
        base_url=f"https://d.test/{TEXT}", client_id=TEXT, token_url=f"https://d.test/{TEXT}"
    )
    store.save(Profile("b", hostile))
    (store.folder / f"{CONTROL}.toml").write_text("no = = toml")
    return store


@pytest.mark.parametrize("kind", ["data refused", "names of lists", "values of records"])
async def test_check_on_a_terminal(kind: str, home: Path) -> None:
    async with hostile_server(kind) as (_, draft):
        save_hostile(home, draft)
        secret = {"ONEROSTER_CLIENT_SECRET": SECRET}
        for more in ([], ["--format", "json"], ["--format", "junit"], ["--format", "markdown"], ["-v"]):
            command = [*COMMAND, "check", f"a {MARKUP}", *more]
            async with on_a_terminal(command, environment(secret)) as terminal:
                code = await terminal.ended()
                nothing_brought(terminal)
                if "-v" not in more:
                    assert code == 1
                    assert b"00:00:00" in terminal.written


@pytest.mark.parametrize(
    "arguments",
    [
        ("profiles",),
        ("profiles", "show", "b"),
        ("profiles", "show", f"a {MARKUP}"),
        ("profiles", "show", TEXT),
        ("profiles", "delete", f"x{MARKUP}"),
        ("profiles", TEXT),
        ("check", f"x{MARKUP}{CONTROL}"),
        ("check", "--all"),
        ("check", "b"),
        ("check", f"--{TEXT}"),
        ("check", "--provider", TEXT),
        ("check", "--share", TEXT),
        ("check", "--created", TEXT),
        ("check", "--oneroster", TEXT),
        ("check", "--base-url", TEXT, "--client-id", TEXT, "--token-url", TEXT, "--ca-file", f"/{TEXT}"),
        ("explain", TEXT),
        ("practice", "--problem", TEXT),
        ("demo", "--format", TEXT),
        ("demo", "--format", "text", "--output", f"/nowhere/{TEXT}"),
        (TEXT,),
    ],
)
async def test_commands_and_errors_on_a_terminal(arguments: tuple[str, ...], home: Path) -> None:
    save_hostile(home, Draft())
    variables = {"ONEROSTER_CLIENT_SECRET": SECRET, "HTTPS_PROXY": f"http://{CONTROL}"}
    async with on_a_terminal([*COMMAND, *arguments], environment(variables)) as terminal:
        assert await terminal.ended() in (0, 1, 2)
        nothing_brought(terminal)
        assert b"Traceback" not in terminal.written


async def test_the_wizard_on_a_terminal(home: Path) -> None:
    async with hostile_server("data refused") as (_, draft):
        save_hostile(home, draft)
        async with on_a_terminal(COMMAND, environment()) as terminal:
            await terminal.until(f"a {MARKUP}")
            terminal.keys("r")
            at = await terminal.until("Step 4 of 6")
            terminal.keys(f"\x1b[200~{SECRET}\x1b[201~")
            await terminal.until("•••", after=at)
            terminal.keys("\x0e")
            at = await terminal.until("opens the checklist", after=at)
            terminal.keys("\x0e")
            at = await terminal.until("Step 6 of 6", after=at)
            terminal.keys("s")
            at = await terminal.until("opied", after=at)
            terminal.keys("\x1b")
            at = await terminal.until("Step 5 of 6", after=at)
            terminal.keys("q")
            assert await terminal.ended() == 0
        nothing_brought(terminal)
        left = terminal.written[at:].decode(errors="replace")
        assert f"Profile: a {MARKUP}" in left
        assert terminal.written.count(MARK.encode()) > 10
