"""A proxy that cannot be used, in the wizard: a sentence on the Run screen, nothing lost, and a way on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep

from .living_server import living_server
from .wizard_driver import driving


@pytest.mark.parametrize(
    "proxy", ["ftp://user:pa55word@proxy.example", "socks4://proxy.example", "http://[::1"]
)
async def test_a_proxy_that_cannot_be_used(
    proxy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with living_server() as (server, _, draft):
        near = draft.connection
        draft.connection = replace(
            near, base_url="https://sis.elm.example/campus/api/oneroster/v1p2/elm/ims/oneroster"
        )
        typed = draft.connection, draft.credentials
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        async with driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard:
            await wizard.until(lambda: "this computer's proxy" in wizard.words())
            assert "pa55word" not in wizard.words()
            assert "Run again" in wizard.words() or wizard.app.screen.query_one("#again").display
            assert (draft.connection, draft.credentials) == typed
            assert server.heard == []
            # Corrected, here by a connection that needs no proxy, the same screen runs.
            monkeypatch.delenv("HTTPS_PROXY")
            draft.connection = near
            await wizard.press("r")
            await wizard.finished()
            await wizard.next(WizardStep.CHECKLIST)


async def test_a_result_outlives_a_run_that_cannot_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        living_server() as (_, _, draft),
        driving(WizardApp(draft=draft, start="run", folder=tmp_path)) as wizard,
    ):
        result = await wizard.finished()
        monkeypatch.setenv("HTTPS_PROXY", "ftp://proxy.example")
        draft.change(token_url="https://sis.elm.example/token")
        await wizard.until(lambda: not wizard.app.screen.query_one("#cancel").display)
        await wizard.press("r")
        await wizard.until(lambda: "this computer's proxy" in wizard.words())
        assert draft.result is result
