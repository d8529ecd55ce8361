"""What the commands write on a terminal holds nothing that a server, a profile or a file brought to act there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from oneroster_checks.connection import Connection
from oneroster_checks.report import FORMATS
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from tests.tui.living_server import living_server

from ..hostile_texts import MARK, acting
from ..servers import Reply
from .command import call

ESCAPE = f"{MARK}\x1b]0;owned\x07\x1b[31m"
SECRET = {"ONEROSTER_CLIENT_SECRET": "elm-Valley~secret/9931+x"}


async def test_a_date_header_carries_no_escape_to_the_terminal() -> None:
    async with living_server() as (_, scripted, draft):
        refused = Reply(403, b"{}", (("Date", "Thu, 01 Jan 2026 00:00:00 \x1b[31mZ"),))
        scripted.says("/orgs", refused)
        connection = draft.connection
        options = ["--base-url", connection.base_url, "--token-url", connection.token_url]
        options += ["--client-id", connection.client_id, "--timeout", "5"]
        for form in FORMATS:
            ended = await asyncio.to_thread(call, "check", *options, "--format", form, more=SECRET)
            assert ended.returncode == 1, ended.stderr
            # Metrics are numbers alone.
            assert "Thu, 01 Jan 2026 00:00:00" in ended.stdout or form == "prometheus"
            assert acting(ended.stdout + ended.stderr) == set()


def test_a_profile_carries_no_escape_to_the_terminal(home: Path) -> None:
    store = ProfileStore()
    hostile = Connection(base_url=f"https://d.example/{ESCAPE}", client_id=f"{ESCAPE}\nOAuth: 1")
    store.save(Profile("lakeside", hostile))
    store.save(Profile("lakeside two", replace(hostile, token_url=ESCAPE, scope=ESCAPE)))
    (store.folder / f"x{ESCAPE}\n.toml").write_text("not = = toml")
    for arguments in (("show", "lakeside"), ("list",), ("delete", ESCAPE), ("show", ESCAPE), (ESCAPE,)):
        ended = call("profiles", *arguments)
        assert acting(ended.stdout + ended.stderr) == set(), arguments
    assert MARK in call("profiles", "list").stderr
    assert "\\x1b]0;owned" in call("profiles", "show", "lakeside").stdout
    assert len(call("profiles", "show", "lakeside").stdout.splitlines()) == 12
