"""What an engineer takes from a result: a request as curl, the run as HAR, and two runs side by side."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.widgets import Input

from oneroster_checks.authorized import AuthorizedBy
from oneroster_checks.connection import Connection
from oneroster_checks.report.as_curl import curl
from oneroster_wizard.app import WizardApp
from oneroster_wizard.steps import WizardStep
from oneroster_wizard.storage.profiles import Profile, ProfileStore
from oneroster_wizard.widgets.requests_table import RequestsTable

from ..pictures.settled import settled_draft
from ..storage.runs import run_of
from .wizard_driver import driving

NOW = datetime.now(UTC)


async def test_each_request_is_copied_as_curl_without_a_secret(tmp_path: Path) -> None:
    draft = await settled_draft("access.forbidden")
    async with driving(WizardApp(folder=tmp_path), (120, 36)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, draft)
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.press("3")
        table = wizard.app.screen.query_one(RequestsTable)
        assert draft.result is not None
        assert table.row_count == len(draft.result.trace)
        assert "U Copy as curl" in wizard.picture().splitlines()[-1]
        made = tmp_path / "copied" / "curl.sh"
        authorized = set[AuthorizedBy]()
        for place in range(table.row_count):
            table.move_cursor(row=place)
            chosen = table.request
            assert chosen is not None
            made.unlink(missing_ok=True)
            await wizard.press("u")
            await wizard.until(made.exists)
            # These very lines are run in bash by the tests of `as_curl`.
            assert made.read_text() == curl(chosen.evidence, draft.result)
            assert all(secret not in made.read_text() for secret in draft.credentials.texts())
            if chosen.evidence.authorized is not None:
                authorized.add(chosen.evidence.authorized.by)
        assert authorized >= {AuthorizedBy.CLIENT, AuthorizedBy.TOKEN}
        assert "curl.sh" in wizard.words()
        # Enter shows what came back, with the server's own words.
        await wizard.press("enter")
        await wizard.until(lambda: "Made by: " in wizard.words())
        # The outline of a body has lines of its own.
        assert "\\n" not in wizard.words()


async def test_the_run_is_saved_as_har(tmp_path: Path, home: Path) -> None:
    draft = await settled_draft("access.forbidden")
    async with driving(WizardApp(folder=tmp_path), (120, 36)) as wizard:
        await wizard.app.go(WizardStep.CHECKLIST, draft)
        await wizard.step(WizardStep.CHECKLIST)
        await wizard.press("w")
        await wizard.until(lambda: wizard.focused == "path")
        await wizard.press("shift+tab", *["right"] * 4, "enter")
        path = wizard.app.screen.query_one("#path", Input)
        assert path.value.endswith(".har")
        path.value = str(home / "run.har")
        await wizard.focus("path")
        await wizard.press("enter")
        await wizard.until(lambda: "Saved as" in wizard.words())
    log = json.loads((home / "run.har").read_text())["log"]
    assert log["version"] == "1.2"
    assert draft.result is not None
    assert len(log["entries"]) == len(draft.result.trace)


async def test_two_runs_are_compared_from_start(tmp_path: Path) -> None:
    store = ProfileStore(tmp_path)
    for name in ("Hill", "Lakeside"):
        store.save(Profile(name, Connection(base_url="https://a.example/campus"), {}, False))
    store.save_run("Hill", replace(run_of("Hill", works=True), started=NOW - timedelta(hours=1)))
    for hours, works in ((3, True), (2, False)):
        run = replace(run_of("Lakeside", works=works), started=NOW - timedelta(hours=hours))
        store.save_run("Lakeside", run)
    async with driving(WizardApp(folder=tmp_path)) as wizard:
        # What fails stands first.
        await wizard.press("k")
        await wizard.until(lambda: wizard.focused == "others")
        assert "its run 2, of" in wizard.picture()
        await wizard.press("enter")
        await wizard.until(lambda: "What differs" in wizard.words())
        assert "A: Lakeside" in wizard.words()
        await wizard.press("escape", "k")
        await wizard.until(lambda: wizard.focused == "others")
        await wizard.press("end", "enter")
        await wizard.until(lambda: "What differs" in wizard.words())
        assert "B: Hill" in wizard.words()
